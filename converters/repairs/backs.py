"""R-DIST: the distribution list and imprint that stand in the text below the last article."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from converters.diagnostics import Change, Changes, Checked, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Document
from converters.model.lines import flat
from converters.model.metadata import Kind, Metadata
from converters.model.patterns import compiled

from .rule import Class, Options, Pass, Rule

R_DIST = Rule(
    "R-DIST",
    "Distribution list in the text",
    Class.AUTO,
    """\
Takes the rows at the end of the text for what they are: 报：, 送：, 发：, 本期增发：, 编辑：, 审核：, 电话：, 共印N份;
in an official document 抄送： and the row of the printing office. Each goes where front matter would have put it.

Rows are read from the end of the text backwards, up to the first that is none of these or that front matter
already gives in other words; that one stays in the text.
Mend: applied; --no-fix R-DIST leaves the rows in the text.
""",
)

_BULLETIN = {"报": "report_to", "報": "report_to", "送": "send_to", "发": "distribute_to", "發": "distribute_to",
             "本期增发": "extra_to", "本期增發": "extra_to"}  # fmt: skip
_OFFICIAL = {"抄送": "send_to"}
_STAFF = {
    "编辑": "editors",
    "編輯": "editors",
    "审核": "reviewers",
    "審核": "reviewers",
    "电话": "contact",
    "電話": "contact",
}


def run(document: Document, options: Options) -> Checked[Document]:
    """Read the rows at the end of a document that is not yet divided."""
    if not options.runs(R_DIST) or len(document.articles) != 1:
        return Checked(document)
    last = document.articles[0]
    if last.title or last.source or last.column or last.editor_note:
        return Checked(document)  # divided already
    blocks = last.blocks
    values: dict[str, Any] = {}
    taken: list[int] = []
    rules: list[int] = []
    distributed = False
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if isinstance(block, b.Rule):
            rules.append(index)
            continue
        text = _line(block)
        row = _row(text, document.metadata) if text else None
        if row is None or any(
            _said(document.metadata, name, value) or values.get(name, value) != value for name, value in row.items()
        ):
            break
        distributed = distributed or not row.keys() <= {"editors", "reviewers", "contact"}
        values.update(row)
        taken.append(index)
    if not taken or not distributed:
        return Checked(document)
    gone = set(taken) | {index for index in rules if index > min(taken) or index == min(taken) - 1}
    changes = []
    for index in sorted(taken):
        text = _line(blocks[index])
        changes.append(
            Change("R-DIST", blocks[index].span or Span("", -1, -1), text, text, "high", "a row of the colophon")
        )
    article = replace(last, blocks=tuple(block for index, block in enumerate(blocks) if index not in gone))
    metadata = replace(document.metadata, **values)
    articles = (*document.articles[:-1], article)
    return Checked(replace(document, metadata=metadata, articles=articles), changes=Changes(changes))


def _line(block: b.Block) -> str:
    match block:
        case b.Paragraph(inlines=inlines, run_in=()) if all(isinstance(inline, i.Text) for inline in inlines):
            return flat(inlines).strip()
        case _:
            return ""


def _said(metadata: Metadata, name: str, value: object) -> bool:
    said = getattr(metadata, name)
    return bool(said) and said != value


def _row(text: str, metadata: Metadata) -> dict[str, object] | None:
    """What a row says, by the names of front matter; None for a line that is no row."""
    official = metadata.kind is Kind.GONGWEN
    match = compiled(r"([报報送发發]|抄送|本期增[发發])\s*[：:]\s*(\S.*)").fullmatch(text)
    if match is not None:
        name = (_OFFICIAL if official else _BULLETIN).get(match[1])
        return {name: (match[2],)} if name else None
    if official:
        match = compiled(r"(\S.{1,40}?)[\s\u3000]+(\d{4})年(\d{1,2})月(\d{1,2})日印发").fullmatch(text)
        if match is None:
            return None
        try:
            printed = datetime.date(int(match[2]), int(match[3]), int(match[4]))
        except ValueError:
            return None
        return {"printed_by": match[1], "printed_date": printed}
    return _staff(text)


def _staff(text: str) -> dict[str, object] | None:
    values: dict[str, Any] = {}
    copies = compiled(r"[（(]?\s*共印\s*(\d+)\s*份\s*[)）]?\s*$").search(text)
    if copies is not None:
        values["copies"] = int(copies[1])
        text = text[: copies.start()]
    for part in compiled(r"[\s\u3000]{1,}(?=\S{2}\s*[：:])").split(text.strip()):
        if not part:
            continue
        match = compiled(r"(\S{2})\s*[：:]\s*(\S.*)").fullmatch(part.strip())
        name = _STAFF.get(match[1]) if match else None
        if match is None or name is None or name in values:
            return None
        values[name] = match[2] if name == "contact" else tuple(match[2].split("、"))
    return values or None


PASS = Pass("distribution", (R_DIST,), run)
