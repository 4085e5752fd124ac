"""Files that are broken on purpose, and whether veraPDF finds each fault by the rule that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

import tools
from converters.exporters.pdf.file import PrintFile


class Broken(NamedTuple):
    """A fault: the bytes that are changed (a pattern) and into what, the standard that is broken and its clause."""

    what: str
    before: bytes
    after: bytes
    standard: str
    clause: str


class Judgement(NamedTuple):
    """All verdicts of whole files; those of broken ones, by fault, that were passed or found by another rule."""

    good: set[str]
    missed: dict[str, str]


@contextmanager
def uncompressed() -> Iterator[None]:
    """Streams as they are, so that a byte of them can be changed."""

    def plain(_file: object, data: bytes, entries: bytes = b"", *, compress: bool = True) -> bytes:
        del compress
        return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PrintFile, "stream", plain)
        yield


def judged(
    data: bytes, faults: Sequence[Broken], whole: Sequence[Path], folder: Path
) -> tuple[set[str], dict[str, str]]:
    """What veraPDF says of whole files and of broken ones.

    Every fault is put into `data` by itself; offsets stay, for what becomes shorter is filled with spaces.
    """
    for number, fault in enumerate(faults):
        changed = re.sub(fault.before, lambda found: found.expand(fault.after).ljust(len(found[0])), data)  # noqa: B023 - called at once
        assert changed != data, f"{fault.what}: nothing was changed"
        (folder / f"broken{number}.pdf").write_bytes(changed)
    good: set[str] = set()
    missed: dict[str, str] = {}
    for standard in dict.fromkeys(fault.standard for fault in faults):
        numbers = [number for number, fault in enumerate(faults) if fault.standard == standard]
        verdicts = tools.verapdf(standard, *whole, *(folder / f"broken{number}.pdf" for number in numbers))
        good |= {verdicts[path.name, standard] for path in whole}
        for number in numbers:
            verdict = verdicts[f"broken{number}.pdf", standard]
            if verdict == "pass" or faults[number].clause not in verdict:
                missed[faults[number].what] = verdict
    return Judgement(good, missed)
