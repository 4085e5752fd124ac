"""`jianbao return`: the edited Word file back into its source."""

from __future__ import annotations

import posixpath
import sys

import click

from converters.files import DISK, STANDARD
from converters.returning import Entry, merge

from .messages import say, translate
from .report import Reporter
from .verb import verb

# An entry shows so many characters of each text.
_SHOWN = 60


@verb(
    "return",
    "Bring the edits of EDITED, a DOCX that was made from SOURCE, back into it.",
    "jianbao return edited.docx seeds/minzheng.md -o minzheng.returned.md\njianbao return edited.docx a.md > b.md",
)
@click.argument("edited", metavar="EDITED")
@click.argument("source", metavar="SOURCE")
@click.option(
    "-o", "--output", default="-", metavar="FILE", help="Where the source with the edits goes (else to stdout)."
)
def command(edited: str, source: str, output: str) -> int:
    """Return one file; what could not be brought back is listed and makes the result 1."""
    returned = merge(DISK.read(edited), source, DISK.read(source), edited_name=edited)
    folder = posixpath.dirname(source if output == STANDARD else output)
    for name, data in returned.pictures:
        path = posixpath.join(folder, name)
        DISK.make_folder(posixpath.dirname(path) or ".")
        DISK.write(path, data, (source, edited))
    DISK.write(output, returned.text, (source, edited))
    Reporter(sys.stderr, (), edited).full(returned.findings)
    for title, entries in (
        (translate("applied"), returned.applied),
        (translate("conflict"), returned.conflicts),
        (translate("ignored"), returned.ignored),
    ):
        say(f"{title}: {len(entries)}")
        for entry in entries:
            say(*_lines(entry, source))
    if returned.pictures:
        say(f"{translate('new pictures')}: {len(returned.pictures)}")
    for name, _ in returned.pictures:
        say(f"  {posixpath.join(folder, name)}")
    if returned.comments:
        say(f"{translate('review notes')}: {len(returned.comments)}")
    for note in returned.comments:
        say(f"  {note.author}: {_short(note.text)} [{_short(note.about)}]")
    count = returned.count
    say(
        translate(
            "{total} characters: {kept} as they were ({furniture} of them in headers, footers and contents), "
            "{applied} applied, {conflict} in conflict, {ignored} ignored"
        ).format(
            total=count.total, kept=count.kept, furniture=count.furniture, applied=count.applied,
            conflict=count.conflict, ignored=count.ignored,
        )
    )  # fmt: skip
    return 1 if returned.conflicts or count.lost else 0


def _lines(entry: Entry, source: str) -> tuple[str, ...]:
    """An entry: its place in the source and in the edited file, its kind, what stood there and what does."""
    place = f"{source}:{entry.line}" if entry.line else source
    tracked = f", {translate('tracked')}" if entry.tracked else ""
    paragraph = translate("paragraph {number}").format(number=entry.paragraph) if entry.paragraph else ""
    head = f"  {place}: {translate(entry.kind)}{tracked}" + (f" ({paragraph})" if paragraph else "")
    if entry.reason:
        head += f": {translate(entry.reason)}"
    texts = (("-", _named(entry, entry.before)), ("+", _named(entry, entry.after)))
    return (head, *(f"    {sign} {_short(text)}" for sign, text in texts if text))


def _named(entry: Entry, text: str) -> str:
    """What is said of looks with the names of looks translated."""
    if entry.kind not in ("style", "page", "table") or (entry.paragraph and entry.kind != "table"):
        return text
    parts = (part.split(": ") for part in text.split(", "))
    return ", ".join(": ".join((*map(translate, part[:-1]), translate(part[-1]))) for part in parts)


def _short(text: str) -> str:
    flat = " / ".join(text.split("\n"))
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…"
