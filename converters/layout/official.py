"""Parts that only official documents have: 附件说明, and who was present, excused or sat in on minutes."""

from __future__ import annotations

from dataclasses import replace

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model import walk
from converters.model.patterns import compiled
from converters.theme.schema import Align
from converters.typeset import Lines, SetLine

from .compositor import Manner
from .items import Item, Rows
from .result import Element
from .setter import Place, Setter

_ATTENDANCE = compiled(r"(?:出席|请假|列席|缺席|請假)(?:人员|人員|人|者)?\s*[：:]")
_NUMBERED = compiled(r"\d{1,3}\s*[.．、)）]\s*")
_MOST_TOGETHER = 6
_NUMBER_GAP_EM = 0.25
"""Space after the number of an attachment, in 公文 too, where hanzi and figures elsewhere stand close (targets)."""


def attachment_note(setter: Setter, block: b.AttachmentNote, place: Place) -> list[Item]:
    """附件说明: names under each other, turnovers under the first hanzi of the name (GB/T 9704-2012, 7.3.4)."""
    shop, style = setter.shop, setter.styles.attachment_note
    em = shop.em(style)
    case = shop.typecase(style)
    start = place.left + style.left_em * em
    label = None
    element = Element("P", place.parent)
    left = start
    if block.label:
        flush = replace(style, align=Align.LEFT)
        label = shop.set(block.label, flush, setter.measure, element, Manner(gap=0.0, trim=False))
        left = start + (label.lines[0].width * label.em if label.lines else 0.0)
    items: list[Item] = []
    for number, line in enumerate(block.items):
        if number:
            element = Element("P", place.parent)
        found = _NUMBERED.match(walk.plain(line))
        number_width = case.width(found[0]) if found else 0.0
        hang = number_width + (_NUMBER_GAP_EM * em if found else 0.0)
        measure = max(setter.measure - left - hang - place.right, em)
        flat = shop.flatten(style, line, element)
        passage, notes = setter.set_flat(
            flat, replace(style, align=Align.LEFT), measure, element,
            Manner(-hang, span=block.span, inlines=line),
        )  # fmt: skip
        if found and passage.lines:
            passage.lines = Lines.of([_set_apart(passage.lines[0], found.end()), *passage.lines[1:]])
        item = setter.item(passage, replace(style, before_rows=0.0), left + hang, notes, block.span)
        # A list of a few names is read as one: it is not parted at the foot of a page.
        item.keep = number < len(block.items) - 1 and len(block.items) <= _MOST_TOGETHER
        items.append(item)
    if label is not None and items:
        first = items[0]
        assert isinstance(first, Rows)
        first.label, first.label_x = label, start
    elif label is not None:
        items.append(Rows(label, start))
    return setter.spaced(items, style)


def attendance_label(block: b.Paragraph) -> int:
    """How many characters of a paragraph are 出席：, 请假： or 列席：, 0 for none."""
    first = block.inlines[0] if block.inlines and not block.run_in else None
    found = _ATTENDANCE.match(first.text) if isinstance(first, i.Text) else None
    return found.end() if found else 0


def attendance(setter: Setter, block: b.Paragraph, cut: int, place: Place) -> Rows:
    """出席, 请假, 列席: the label in 黑体, turnovers under the first name (GB/T 9704-2012, 10.3)."""
    shop, style = setter.shop, setter.styles.attendance
    em = shop.em(style)
    label, rest = parted(block.inlines, cut)
    element = Element("P", place.parent)
    start = place.left + style.left_em * em
    look = replace(style, role=setter.styles.attendance_label.role, align=Align.LEFT)
    labelled = shop.set((label,), look, setter.measure, element, Manner(gap=0.0, trim=False))
    width = labelled.lines[0].width * labelled.em if labelled.lines else 0.0
    measure = max(setter.measure - start - width - place.right - style.right_em * em, em)
    flat = shop.flatten(style, rest, element)
    passage, notes = setter.set_flat(flat, style, measure, element, Manner(span=block.span, inlines=rest))
    if not setter.attending:
        setter.attending = True
    else:
        style = replace(style, before_rows=0.0)
    item = setter.item(passage, style, start + width, notes, block.span)
    item.label, item.label_x = labelled, start
    return item


def _set_apart(line: SetLine, place: int) -> SetLine:
    """A line with the number's gap before a place."""
    shifts = dict(line.shifts)
    shifts[place] = shifts.get(place, 0.0) + _NUMBER_GAP_EM
    return line._replace(shifts=tuple(sorted(shifts.items())), width=line.width + _NUMBER_GAP_EM)


def parted(inlines: tuple[i.Inline, ...], cut: int) -> tuple[i.Text, tuple[i.Inline, ...]]:
    """The first characters of a line, which are plain text, and the rest."""
    first = inlines[0]
    assert isinstance(first, i.Text)
    rest = i.Text(first.text[cut:], first.start + cut if first.start >= 0 else -1)
    return i.Text(first.text[:cut], first.start), (rest, *inlines[1:])
