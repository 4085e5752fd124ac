"""Fenced divs: what each name means, in English and Chinese.

verse 诗 · signature 落款 · attachments 附件 · addressee 主送 · editor-note 编者按 · note 说明
"""

from __future__ import annotations

import re

from converters.diagnostics import Span
from converters.model import blocks as b
from converters.model.inlines import Inline, LineBreak
from converters.model.walk import plain

from ..dates import parse_date
from .inlines import read_inlines
from .places import Placed
from .state import Reading

NAMES = {
    "verse": "verse", "诗": "verse", "诗歌": "verse", "詩": "verse",
    "signature": "signature", "落款": "signature", "署名": "signature",
    "attachments": "attachments", "attachment": "attachments", "附件": "attachments", "附件说明": "attachments",
    "addressee": "addressee", "主送": "addressee", "主送机关": "addressee",
    "editor-note": "editor-note", "编者按": "editor-note", "按语": "editor-note", "編者按": "editor-note",
    "note": "note", "说明": "note", "說明": "note",
}  # fmt: skip
# Divs whose lines are the author's; the others hold blocks.
OF_LINES = frozenset(("verse", "signature", "attachments", "addressee"))
_LABEL = re.compile(r"附\s*件\s*[:：]?\s*")
_BRACKETED = re.compile(r"[（(].*[）)]$")


SEALED = frozenset(("sealed", "印章", "加盖印章"))
STAMPED = frozenset(("stamped", "签名章", "加盖签名章"))


def div_name(info: str, reading: Reading, place: tuple[int, int]) -> tuple[str, frozenset[str]]:
    """What an opening line asks for ("" where it is not known) and the words after its name."""
    words = re.sub(r"[{}]", " ", info.rstrip(":")).split()
    name = NAMES.get(words[0].lstrip(".").lower(), "") if words else ""
    if not name:
        import difflib

        given = words[0] if words else ""
        near = difflib.get_close_matches(given, list(NAMES), 1, 0.6)
        known = f"::: {near[0]}" if near else "verse, signature, attachments, addressee, editor-note or note"
        reading.report("div-unknown", place, name=given, near=known)
    return name, frozenset(word.lstrip(".") for word in words[1:])


def build_lines(
    name: str, lines: list[Placed], said: frozenset[str], reading: Reading, place: tuple[int, int]
) -> b.Block:
    """The block that a div of lines stands for."""
    span = reading.span(*place)
    read = [read_inlines(line, reading) for line in lines]
    if name == "verse":
        return b.Verse(tuple(read), span)
    full = [line for line in read if line]
    if name == "signature":
        return _signature(full, said, span)
    if name == "attachments":
        return _attachments([line for line in lines if line.text], reading, span)
    inlines: list[Inline] = []
    for line in full:
        if inlines and not isinstance(inlines[-1], LineBreak):
            inlines.append(LineBreak())
        inlines.extend(line)
    return b.Addressee(tuple(inlines), span)


def _signature(lines: list[tuple[Inline, ...]], said: frozenset[str], span: Span) -> b.Signature:
    """Organs, then the date, then a remark in brackets; the last two are known by their form."""
    remark: tuple[Inline, ...] = ()
    date: tuple[Inline, ...] = ()
    if len(lines) > 1 and _BRACKETED.match(plain(lines[-1])):
        remark = lines.pop()
    if lines and parse_date(plain(lines[-1])):
        date = lines.pop()
    return b.Signature(tuple(lines), date, remark, bool(said & SEALED), span, stamped=bool(said & STAMPED))


def _attachments(lines: list[Placed], reading: Reading, span: Span) -> b.AttachmentNote:
    """The label 附件：, on a line of its own or before the first name; a line each."""
    label: tuple[Inline, ...] = ()
    items = []
    for number, line in enumerate(lines):
        match = _LABEL.match(line.text) if number == 0 else None
        if match:
            label = read_inlines(line.part(0, len(match[0].rstrip())), reading)
            line = line.part(match.end(), len(line.text))
        if line.text:
            items.append(read_inlines(line, reading))
    return b.AttachmentNote(tuple(items), label, span)
