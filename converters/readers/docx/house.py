"""What the styles of the house say: masthead, colophon and articles of a DOCX that was made by this program.

Where a file uses these styles they are believed, whoever has edited it since; other files are one flat article,
which repair divides by what it reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from converters.diagnostics import Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, SourceLine
from converters.model.masthead import Labels, labels
from converters.model.metadata import Kind, Metadata
from converters.model.walk import split_lines
from converters.records import dataclass

from ..dates import parse_date
from .assemble import assemble
from .parts import Grid, Para, Part

if TYPE_CHECKING:
    from .story import Story

# Styles that only this program's files have; one of them is enough.
_SIGNS = frozenset(
    ("issue", "issuer", "source", "column", "kicker", "red-rule", "colophon", "document-number", "attachment")
)
_HEAD = frozenset(("secrecy", "super-title", "title", "issue", "document-number", "issuer", "red-rule"))
_PARTS = frozenset(("column", "kicker", "subtitle", "author", "source", "attachment"))
_URGENCY = frozenset(("特急", "加急", "平急", "特提", "急件"))
_LONGEST_COPY_NUMBER = 12


def is_ours(parts: Sequence[Part]) -> bool:
    """Whether a document uses the styles of the house."""
    return any(isinstance(part, Para) and part.meaning in _SIGNS for part in parts)


@dataclass(slots=True)
class _Draft:
    title: tuple[tuple[i.Inline, ...], ...] = ()
    kicker: tuple[i.Inline, ...] = ()
    subtitle: tuple[i.Inline, ...] = ()
    column: tuple[i.Inline, ...] = ()
    author: tuple[i.Inline, ...] = ()
    attachment: str = ""
    note: list[Para] = field(default_factory=list)
    body: list[Part] = field(default_factory=list)
    source: SourceLine | None = None
    first: Span | None = None
    last: Span | None = None

    def begun(self) -> bool:
        return self.first is not None


def read_metadata(parts: list[Part], lang: str) -> tuple[Metadata, list[Part]]:
    """The metadata of masthead and colophon, and the parts that are left."""
    word = labels(lang)
    found: dict[str, Any] = {"lang": lang}
    rest: list[Part] = []
    notes: list[str] = []
    first = next((place for place, part in enumerate(parts) if isinstance(part, Para) and part.level), len(parts))
    for place, part in enumerate(parts):
        if isinstance(part, Para) and part.meaning in _HEAD and place <= first and not part.level:
            _head_line(part, found, word)
        elif isinstance(part, Para) and part.mark.startswith("_jb_m_note"):
            notes.append(part.text)
        elif isinstance(part, Grid) and place <= first and _is_made_of(part, "title"):
            _joint_name(part, found, word)
        elif isinstance(part, Grid) and place <= first and _is_made_of(part, "issuer"):
            _signers(part, found, word)
        elif isinstance(part, Grid) and _is_colophon(part):
            _colophon(part, found, word)
        elif isinstance(part, Para) and part.meaning == "colophon":
            if part.text.strip():
                _recipients(part.text, found, word)
        else:
            if isinstance(part, Para) and part.meaning == "attendance":
                # Only minutes name those who were there in a style of its own (10.3).
                found["form"], found["kind"] = "纪要", Kind.GONGWEN
            rest.append(part)
    if notes:
        label = word.editor_note + word.colon
        note = "\n".join(notes)
        found["editor_note"] = note
        if note.startswith(label) and not note[len(label) :].strip():
            found.pop("editor_note")
    return Metadata(**found), rest


def _head_line(para: Para, found: dict[str, Any], word: Labels) -> None:
    text = para.text.replace("\n", "")
    left, _, right = text.partition("\t")
    match para.meaning:
        case "title":
            # A name that is drawn has its letters in the description.
            found["name"] = text or "".join(image.alt for image in para.images)
            if para.framed:
                # Only a letter has its rule under the name itself (GB/T 9704-2012, 10.1).
                found["form"], found["kind"] = "信函", Kind.GONGWEN
        case "super-title":
            found["super_title"] = text
        case "issue":
            _issue(text, found, word)
        case "document-number" if text.startswith(word.signer):
            found["signer"] = text[len(word.signer) + len(word.colon) :]
        case "document-number":
            found["document_number"] = text
            found["kind"] = Kind.GONGWEN
        case "issuer" if right.startswith(word.signer):
            found["signer"] = right[len(word.signer) + len(word.colon) :]
            if left:
                found["document_number"] = left
                found["kind"] = Kind.GONGWEN
        case "issuer":
            if left:
                found["issuer"] = left
            date = parse_date(right)
            if date is not None:
                found["date"] = date
        case "secrecy":
            bare = text.strip()
            if bare.isdecimal() and len(bare) <= _LONGEST_COPY_NUMBER:
                found["copy_no"] = bare
            elif bare in _URGENCY:
                found["urgency"] = bare
            elif bare:
                secrecy, _, term = bare.partition("★")
                found["secrecy"], found["secrecy_term"] = secrecy, term
        case _:
            pass


def _issue(text: str, found: dict[str, Any], word: Labels) -> None:
    issue, total = (re.escape(form).replace(r"\{n\}", r"(\d+)") for form in (word.issue, word.total_issue))
    match = re.fullmatch(rf"({re.escape(word.supplement)})?{issue}(?:（{total}）)?", text)
    if match is None:
        found["issue"] = text
        return
    found["issue"] = match[2]
    found["supplement"] = match[1] is not None
    if match[3]:
        found["total_issue"] = int(match[3])


def _is_made_of(grid: Grid, meaning: str) -> bool:
    """Whether a table is one of two cells that hold nothing but lines of the head with a meaning."""
    cells = [cell for row in grid.rows for cell in row]
    parts = [part for cell in cells for part in cell.parts]
    return len(cells) == 2 and all(isinstance(part, Para) and part.meaning == meaning for part in parts)


def _signers(grid: Grid, found: dict[str, Any], word: Labels) -> None:
    """The number of a document that goes upward, and those who sign it."""
    number, names = ("\t".join(p.text for p in cell.parts if isinstance(p, Para)) for cell in grid.rows[0])
    if number.strip():
        found["document_number"] = number.strip()
    found["kind"] = Kind.GONGWEN
    found["signer"] = " ".join(names.removeprefix(word.signer + word.colon).split())


def _joint_name(grid: Grid, found: dict[str, Any], word: Labels) -> None:
    """The organs of a joint issue and, where it is another than 文件, what stands beside them."""
    organs, beside = ([part.text for part in cell.parts if isinstance(part, Para)] for cell in grid.rows[0])
    found["organs"], found["kind"] = tuple(organs), Kind.GONGWEN
    if "".join(beside) != word.document:
        found["name"] = "\n".join((*organs, "".join(beside)))


def _is_colophon(grid: Grid) -> bool:
    texts = [part for cells in grid.rows for cell in cells for part in cell.parts]
    return bool(texts) and all(isinstance(part, Para) and part.meaning == "colophon" for part in texts)


def _colophon(grid: Grid, found: dict[str, Any], word: Labels) -> None:
    for cells in grid.rows:
        texts = ["".join(part.text for part in cell.parts if isinstance(part, Para)) for cell in cells]
        if len(texts) == 1 and _recipients(texts[0], found, word):
            continue
        _imprint(texts, found, word)


def _recipients(text: str, found: dict[str, Any], word: Labels) -> bool:
    for label, name in (
        (word.extra_to, "extra_to"), (word.copy_to, "send_to"), (word.report_to, "report_to"),
        (word.send_to, "send_to"), (word.distribute_to, "distribute_to"),
    ):  # fmt: skip
        if text.startswith(label + word.colon):
            found[name] = (text[len(label) + len(word.colon) :],)
            if label == word.copy_to:
                found["kind"] = Kind.GONGWEN
            return True
    return False


def _imprint(texts: list[str], found: dict[str, Any], word: Labels) -> None:
    left, right = texts[0], texts[-1] if len(texts) > 1 else ""
    copies = re.fullmatch(re.escape(word.copies).replace(r"\{n\}", r"(\d+)"), right)
    if copies is not None:
        found["copies"] = int(copies[1])
    elif right.endswith(word.printed) and (date := parse_date(right[: -len(word.printed)])) is not None:
        found["printed_date"], found["kind"] = date, Kind.GONGWEN
    staff = False
    for piece in left.split("　"):
        for label, name in ((word.editors, "editors"), (word.reviewers, "reviewers"), (word.contact, "contact")):
            if piece.startswith(label + word.colon):
                value = piece[len(label) + len(word.colon) :]
                found[name] = value if name == "contact" else tuple(value.split("、"))
                staff = True
    if left and not staff:
        found["printed_by"], found["kind"] = left, Kind.GONGWEN


def read_articles(parts: list[Part], story: Story) -> tuple[Article, ...]:
    """The articles that headings of the first level and the styles around them make."""
    drafts = [_Draft()]
    for part in parts:
        draft = drafts[-1]
        if isinstance(part, Para) and (part.meaning in _PARTS or part.level == 1):
            if _begins(part, draft):
                draft = _Draft()
                drafts.append(draft)
            _take(part, draft)
        elif isinstance(part, Para) and part.meaning == "editor-note" and not part.level:
            if draft.title or draft.body or draft.source:
                draft = _Draft()
                drafts.append(draft)
            draft.note.append(part)
        elif isinstance(part, Para) and part.empty:
            continue
        else:
            if draft.source is not None:
                draft = _Draft()
                drafts.append(draft)
            draft.body.append(part)
        draft.first = draft.first or part.span
        draft.last = part.span
    return tuple(_article(draft, story) for draft in drafts if draft.begun())


def _begins(para: Para, draft: _Draft) -> bool:
    """Whether a line of an article's head begins another article."""
    if para.meaning == "source" and not para.level:
        return False
    if para.level == 1:
        return bool(draft.title or draft.body or draft.source)
    if para.meaning in ("subtitle", "author"):
        return False
    return bool(draft.title or draft.body or draft.source)


def _take(para: Para, draft: _Draft) -> None:
    if para.level == 1:
        draft.title = split_lines(para.inlines)
        return
    match para.meaning:
        case "attachment":
            draft.attachment = para.text.strip()
        case "column":
            draft.column = para.inlines
        case "kicker":
            draft.kicker = para.inlines
        case "subtitle":
            draft.subtitle = para.inlines
        case "author":
            draft.author = para.inlines
        case _ if draft.source is not None:
            # A second source line is text: nothing is lost.
            draft.body.append(replace(para, meaning=""))
        case _:
            draft.source = SourceLine(para.inlines, para.span)


def _article(draft: _Draft, story: Story) -> Article:
    note = tuple(
        b.Paragraph(para.inlines, para.run_in, para.run_in_level, para.span) for para in draft.note if para.inlines
    )
    # Headings in an article count from its own title.
    body = [
        replace(part, level=part.level - 1) if isinstance(part, Para) and part.level > 1 else part
        for part in draft.body
    ]
    if body and isinstance(body[0], Para) and body[0].page_break and not draft.title:
        body[0] = replace(body[0], page_break=False)
    span = None
    if draft.first is not None and draft.last is not None:
        span = Span(draft.first.source, draft.first.start, draft.last.end)
    return Article(
        draft.title, tuple(assemble(body, story)), draft.kicker, draft.subtitle, draft.column, draft.author, note,
        draft.source, None, draft.attachment, span,
    )  # fmt: skip
