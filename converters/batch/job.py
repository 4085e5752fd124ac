"""What a batch is asked to do: its sources, where the editions go, and the settings that all share."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import NamedTuple

from converters.errors import StyleError
from converters.files import DISK
from converters.pipeline import SUFFIXES, Options
from converters.readers import formats
from converters.records import dataclass

from .shelves import Shelf, digest

OWN = ".jianbao"
"""The hidden folder beside the editions in which a batch keeps what it needs for `--resume`."""


@dataclass(frozen=True, slots=True)
class Job:
    """One batch. `sources` and `target` are addresses of shelves.

    `report` is the file that gets a line for each source as it is finished.
    """

    sources: str
    target: str
    options: Options
    report: str = "report.jsonl"


class Task(NamedTuple):
    """One source of a batch and the editions it becomes: edition → name on the target's shelf."""

    source: str
    editions: tuple[tuple[str, str], ...]

    @property
    def files(self) -> tuple[str, ...]:
        """Everything that a worker writes for this task."""
        return (*(name for _, name in self.editions), self.receipt)

    @property
    def receipt(self) -> str:
        """Where the receipt of this task lies while its editions are being put down."""
        return receipt_of(self.source)


def receipt_of(source: str) -> str:
    """The place of a source's receipt on the target's shelf (see ledger.py)."""
    name = digest(source.encode("utf-8", "surrogatepass"))[:32]
    return f"{OWN}/receipts/{name}.json"


def tasks(sources: Shelf, options: Options, leave_out: str = "") -> Iterator[Task]:
    """Every source on a shelf, in the order of the names; `leave_out` is the folder of the editions, if it is below.

    An edition has its source's place and name. Where two sources of a folder differ in their suffix only, their
    editions keep it: bulletin.md.pdf, bulletin.docx.pdf; so does that of bulletin.md.md, which would be called the
    same. Word's lock files (~$…) are no sources.
    """
    known = {f".{suffix}" for suffix in formats()}
    found: list[PurePosixPath] = []
    for name in sources.names():
        path = PurePosixPath(name)
        if path.suffix.lower() not in known or path.name.startswith(("~$", ".")):
            continue
        if leave_out and path.is_relative_to(leave_out):
            continue
        found.append(path)
    bases = _bases(found)
    for path in found:
        yield Task(str(path), tuple((edition, f"{bases[path]}.{SUFFIXES[edition]}") for edition in options.to))


def _bases(paths: Sequence[PurePosixPath]) -> dict[PurePosixPath, str]:
    """What the editions of each source are called, without their suffix; no two sources share a name.

    Names that differ only in large and small letters, or in how an accent is coded, are one on some systems' disks.
    """
    bases = {path: str(path.with_suffix("")) for path in paths}
    while True:
        users: dict[str, list[PurePosixPath]] = defaultdict(list)
        for path, base in bases.items():
            users[unicodedata.normalize("NFC", base).casefold()].append(path)
        shared = {path: str(path) for several in users.values() if len(several) > 1 for path in several}
        # A whole name is no other source's whole name, so this comes to an end; where two whole names are alike but
        # for their letters, the disk that they lie on tells them apart.
        if shared.items() <= bases.items():
            return bases
        bases |= shared


def settings_key(options: Options, version: str) -> str:
    """What stands for everything that steers a build beside its own files, as a digest: what is done under one key

    is not done again. The faces count as they are chosen for each language. Raises StyleError, FontError.
    """
    from converters.fonts.roles import resolve
    from converters.theme.load import available, load, sheet_text

    theme = load(options.style or "jianbao", dict(options.overrides), DISK)
    faces: dict[str, list[str]] = {}
    by_file: dict[str, str] = {}
    for language in ("zh-Hans", "zh-Hant", "ja", "ko"):
        for choice in resolve(theme, language, options.font_paths, options.strict_fonts).value.choices:
            path = str(choice.path)
            if path not in by_file:
                by_file[path] = digest(choice.path.read_bytes())
            faces.setdefault(language, []).append(f"{choice.role.value} {by_file[path]} {choice.index} {choice.weight}")
    told = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(options).items()}
    # Where faces come from and whether something is kept changes no edition.
    for name in ("font_paths", "cache"):
        del told[name]
    parts = {
        "version": version,
        "options": told,
        "sheets": [digest(sheet_text(name).encode()) for name, _ in available()],
        "faces": faces,
        "date": DISK.environment("SOURCE_DATE_EPOCH"),
    }
    return digest(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode())


def check_apart(job: Job) -> None:
    """Refuse a batch whose editions would lie in the folder of its sources itself. Raises StyleError."""
    if job.sources.rstrip("/") == job.target.rstrip("/"):
        raise StyleError(
            "the editions would lie among their sources", where=job.target, hint="name another folder with -o"
        )
