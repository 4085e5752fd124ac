"""R-MAST: the lines of a masthead that stand in the text above the first article."""

from __future__ import annotations

import datetime
from dataclasses import field, replace
from typing import Any

from converters.diagnostics import Change, Changes, Checked, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Document
from converters.model.lines import flat
from converters.model.metadata import Kind, Metadata
from converters.model.patterns import compiled
from converters.records import dataclass

from . import signals
from .rule import Class, Options, Pass, Rule

R_MAST = Rule(
    "R-MAST",
    "Masthead in the text",
    Class.AUTO,
    """\
Takes the lines above the first article for what they are: the bulletin's name, 第N期, who issues it, the date,
secrecy. Each goes where front matter would have put it.

Condition: an issue line (第12期) within the first eight blocks with a name above it. What front matter says is not
overruled; a line that says otherwise stays in the text.
Mend: applied; --no-fix R-MAST leaves the lines in the text.
""",
)

_BLOCKS = 8
_NAME = r"[^。，；：！？,;:!?]{2,24}$"


@dataclass(slots=True)
class _Masthead:
    """What the lines say: values of the metadata, and the part that each line (by index) is taken for."""

    metadata: Metadata
    values: dict[str, Any] = field(default_factory=dict)
    taken: dict[int, str] = field(default_factory=dict)

    def note(self, name: str, value: object, index: int, part: str = "") -> bool:
        """Note a value, unless front matter says another; `part` is named as the value where not said."""
        said = getattr(self.metadata, name)
        if said and said != value:
            return False
        self.values[name] = value
        self.taken[index] = part or name
        return True


def run(document: Document, options: Options) -> Checked[Document]:
    """Read the masthead at the head of a document that is not yet divided."""
    if (
        not options.runs(R_MAST)
        or len(document.articles) != 1
        or document.articles[0].title
        or document.metadata.kind is Kind.GONGWEN
    ):
        return Checked(document)
    article = document.articles[0]
    lines = [_line(block) for block in article.blocks[:_BLOCKS]]
    found = _read(lines, document.metadata)
    if found is None:
        return Checked(document)
    changes = []
    for index, part in sorted(found.taken.items()):
        block = article.blocks[index]
        changes.append(Change("R-MAST", block.span or Span("", -1, -1), lines[index], lines[index], "high", part))
    blocks = tuple(block for index, block in enumerate(article.blocks) if index not in found.taken)
    metadata = replace(document.metadata, **found.values)
    document = replace(document, metadata=metadata, articles=(replace(article, blocks=blocks),))
    return Checked(document, changes=Changes(changes))


def _line(block: b.Block) -> str:
    match block:
        case b.Paragraph(inlines=(i.Text() | i.LineBreak(), *_) as inlines, run_in=()) | b.Heading(inlines=inlines):
            text = flat(tuple(inlines)).strip()
            return text if len(text) <= 60 and all(isinstance(inline, i.Text) for inline in inlines) else ""
        case _:
            return ""


def _read(lines: list[str], metadata: Metadata) -> _Masthead | None:
    issue_at = next((index for index, line in enumerate(lines) if line and _is_issue(line)), -1)
    if issue_at < (0 if metadata.name else 1):
        return None
    found = _Masthead(metadata)
    names: list[int] = []
    for index in range(issue_at):
        line = lines[index]
        if not line:
            return None
        if compiled(signals.SECRECY).match(line):
            if found.note("secrecy", line.partition("★")[0].strip(), index) and "★" in line:
                found.values["secrecy_term"] = line.partition("★")[2].strip()
        elif compiled(_NAME).match(line) and not signals.is_source(line):
            names.append(index)
        else:
            return None
    if len(names) > 2 or not (names or metadata.name):
        return None
    # A DOCX says by its looks which line is the name; the reader has taken it then.
    if names and not found.note("name", _closed(lines[names[-1]]), names[-1]):
        return None
    if len(names) == 2:
        found.note("super_title", _closed(lines[names[0]]), names[0], "line above the name")
    _issue(found, lines[issue_at], issue_at)
    for index in range(issue_at + 1, len(lines)):
        line = lines[index]
        match = compiled(signals.ISSUER_LINE).match(line) if line else None
        if line and signals.is_date(line):
            date = _date(line)
            if date is None or not found.note("date", date, index):
                break
        elif match is not None and match["issuer"]:
            date = _date(match["date"])
            same = metadata.issuer in ("", match["issuer"].strip()) and metadata.date in (None, date)
            if date is None or not same:
                break
            found.values.update(issuer=match["issuer"].strip(), date=date)
            found.taken[index] = "issuer and date"
        elif match is not None:
            if not found.note("issuer", line, index):
                break
        else:
            break
    return found


def _is_issue(line: str) -> bool:
    return compiled(signals.ISSUE_LINE).match(line) is not None


def _closed(line: str) -> str:
    """A name that was set wide (民 政 简 报) as one word."""
    parts = line.split()
    return "".join(parts) if all(len(part) == 1 for part in parts) else line


def _issue(found: _Masthead, line: str, index: int) -> None:
    match = compiled(r"第\s*(\d+)\s*期\s*(?:[（(]\s*总第\s*(\d+)\s*期\s*[)）])?").fullmatch(line)
    if match is None:
        found.note("issue", line, index)
        return
    total = int(match[2]) if match[2] else None
    if found.metadata.total_issue in (None, total) and found.note("issue", match[1], index) and total:
        found.values["total_issue"] = total


def _date(line: str) -> datetime.date | None:
    match = compiled(r"\s*(\d{4})\s*[年.-]\s*(\d{1,2})\s*[月.-]\s*(\d{1,2})\s*日?\s*").fullmatch(line)
    if match is None:
        return None
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


PASS = Pass("masthead", (R_MAST,), run)
