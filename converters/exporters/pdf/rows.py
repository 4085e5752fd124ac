"""What stands in one row of a page is written so that programs which read by place alone find it in one line.

Poppler puts words into lines and lines into blocks by the gaps between them: the two halves of a row at the ends of a
measure, or the cells around an empty one, are different blocks to it, and what stands below the left one is read before
the right one. But a stretch that says what is read in it (ActualText, ISO 32000-1, 14.9.4) reaches, to Poppler, from
where its first sign begins to where the pen stands after its last one. So the last sign of a part of a row says itself,
with a pen that goes on to the next part; and what turns over in a cell, or stands above its base, says itself as a
whole, behind a space on the baseline of its row. Nothing is seen of either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from converters.layout.result import Passage, Piece, Placed
from converters.theme.schema import Align
from converters.typeset import Lines

from .composite import SOFT_HYPHEN
from .file import text_string
from .leftwards import read_in
from .stretches import segments_of, tail_of

if TYPE_CHECKING:
    from .painter import Painter

_SAME_ROW = 0.5
"""Baselines nearer than this (in points) are one row's."""
_GAP = 0.5
"""How far before the next part of its row a stretch ends, in em: far enough to be another word, near enough to stand on
the same line (Poppler, 0.1 to 1.5)."""
_PARAGRAPH = 2.0
"""Lines whose baselines are nearer than this, in em, are one block to Poppler."""
_HAIR = 0.02
"""How wide a sign of a reading is to those who find it in the line of its base, in em."""


class Row(NamedTuple):
    """From where to where a piece reaches, as x of the page, where that is further than it is seen; with `start`, also
    the baseline on which all of it is found."""

    reach: float | None = None
    start: float | None = None
    baseline: float = 0.0


def rows_of(items: Sequence[Placed]) -> dict[int, Row]:
    """The pieces, by their place among `items`, that do not fill their row: more stands behind them, or they are ranged
    right, or they turn over in a cell."""
    found: dict[int, Row] = {}
    group: list[int] = []
    bottom, fills = 0.0, True
    for index, item in enumerate(items):
        if type(item) is not Piece:
            continue
        passage, first, last, _, y = item
        if first >= last or _is_empty(passage.lines):
            continue
        # Nearly every piece stands below the one before it, and nearly every one fills its row.
        if group and (y >= bottom or not _follows(items[group[-1]], item)):
            if len(group) > 1 or not fills:
                _link(items, group, found)
            group = []
        if not group:
            fills = _fills_its_row(item)
        group.append(index)
        bottom = y + (last - first) * passage.pitch
    if len(group) > 1 or not fills:
        _link(items, group, found)
    return found


def _is_empty(lines: Lines) -> bool:
    """Whether lines show nothing at all. They are not taken out of their packing: most pages hold hundreds."""
    count, special = len(lines.gaps), lines.special
    if not count:
        return True
    start = special[0].start if 0 in special else lines.starts[0]
    return start == (special[count - 1].end if count - 1 in special else lines.starts[count])


def _follows(before: Placed, piece: Piece) -> bool:
    """Whether a piece stands in the same row as the one before it, further to the right."""
    assert isinstance(before, Piece)
    depth = (before.last - before.first) * before.passage.pitch
    if piece.y >= before.y + depth or _start(piece) <= _start(before):
        return False
    row = _row_element(before.passage)
    if row is not None and row is _row_element(piece.passage):
        return True
    if abs(_last_baseline(before) - _first_baseline(piece)) < _SAME_ROW:
        return True
    middle = piece.y + (piece.last - piece.first) * piece.passage.pitch / 2
    return before.passage.element is None and abs(before.y + depth / 2 - middle) < _SAME_ROW


def _row_element(passage: Passage) -> object:
    element = passage.element
    return element.parent if element is not None and element.tag in ("TD", "TH") else None


def _first_baseline(piece: Piece) -> float:
    return piece.y + piece.passage.pitch / 2 + piece.passage.setting.drop


def _last_baseline(piece: Piece) -> float:
    return _first_baseline(piece) + (piece.last - piece.first - 1) * piece.passage.pitch


def _middle_baseline(piece: Piece) -> float:
    return (_first_baseline(piece) + _last_baseline(piece)) / 2


def _link(items: Sequence[Placed], group: Sequence[int], found: dict[int, Row]) -> None:
    """Say of the pieces of one row, if they do not fill it, how far each reaches."""
    pieces = [item for index in group if isinstance(item := items[index], Piece)]
    if not pieces:
        return
    # The head of a table that is repeated is furniture: its cells have no element.
    passage = pieces[0].passage
    is_table = _row_element(passage) is not None or (passage.element is None and any(_depth(p) > 1 for p in pieces))
    if len(pieces) == 1 and not is_table:
        after = _apart(items, group[0], pieces[0])
        if after is None:
            return
        following = items[after]
        if isinstance(following, Piece) and following.passage.element is None:
            # A folio reaches below what stands at its right.
            found[after] = Row(_end(pieces[0]))
        else:
            found[group[0]] = Row(None, pieces[0].x, _first_baseline(pieces[0]))
        return
    baselines = [round(_middle_baseline(piece), 1) for piece in pieces]
    # A cell that spans rows has its middle elsewhere: it stands on the line of those that most agree.
    baseline = max(reversed(baselines), key=baselines.count)
    for number, (index, piece) in enumerate(zip(group, pieces, strict=True)):
        passage = piece.passage
        start: float | None = None
        reach = piece.x + passage.measure
        if number + 1 < len(pieces):
            following = pieces[number + 1]
            reach = _start(following)
        if is_table and (_depth(piece) > 1 or abs(baselines[number] - baseline) > _SAME_ROW):
            start = _start(piece)
        elif number + 1 == len(pieces):
            continue
        found[index] = Row(reach - _GAP * passage.setting.size, start, baseline)


def _fills_its_row(piece: Piece) -> bool:
    """Whether a piece that is alone in its row is ordinary text, neither in a table nor ranged right, or one line of
    furniture."""
    passage = piece.passage
    element = passage.element
    if element is None:
        return _depth(piece) <= 1
    return passage.align is not Align.RIGHT and element.tag not in ("TD", "TH")


def _apart(items: Sequence[Placed], index: int, piece: Piece) -> int | None:
    """The place of the next piece, if this one is a line ranged right that stands alone, and that one stands below it,
    wholly at its left."""
    passage = piece.passage
    if passage.align is not Align.RIGHT or passage.element is None or _depth(piece) > 1 or passage.runs:
        return None
    before = items[index - 1] if index else None
    if (
        isinstance(before, Piece)
        and before.first < before.last
        and before.passage.setting.size == passage.setting.size
        and 0 < _first_baseline(piece) - _last_baseline(before) < _PARAGRAPH * passage.setting.size
    ):
        # Poppler takes it for the last line of the paragraph above it.
        return None
    for place, following in enumerate(items[index + 1 :], index + 1):
        if isinstance(following, Piece) and following.first < following.last:
            line = following.passage.lines[following.first]
            end = _start(following) + line.width * following.passage.em
            return place if following.y > piece.y and end < _start(piece) else None
    return None


def _start(piece: Piece) -> float:
    """Where the first line of a piece begins."""
    return piece.x + piece.passage.offset(piece.first)


def _depth(piece: Piece) -> int:
    return piece.last - piece.first


def paint_in_row(painter: Painter, piece: Piece, row: Row) -> None:
    """Paint a piece that reaches as far as its row says."""
    passage, first, last, *_ = piece
    if row.start is None or not _can_say(painter, piece):
        painter.piece(piece, row.reach if row.start is None else None)
        return
    painter.begin_text()
    said = _read(painter, passage, first, last)
    if row.reach is None:
        _reach_back(painter, piece, row.start, said)
        return
    painter.open_saying(passage.element, passage.furniture, said)
    painter.show_space(passage.setting, row.start, row.baseline)
    painter.lines(piece)
    _reach(painter, piece, max(row.reach, row.start + passage.setting.size))
    painter.emit(b"EMC\nEMC")


def _reach_back(painter: Painter, piece: Piece, start: float, said: str) -> None:
    """Paint one line, of which `said` is read, whose first sign reaches back to an x of the page."""
    passage = piece.passage
    painter.open_saying(passage.element, passage.furniture, said[:1])
    painter.show_space(passage.setting, start, _first_baseline(piece))
    painter.lines(piece)
    operator = painter.take_last()
    string = next(_STRING.finditer(operator))
    tokens = _BYTE.findall(string[0][1:-1])
    closing = operator[string.end() :]
    painter.emit(operator[: string.start() + 1] + b"".join(tokens[:2]) + (b")]TJ" if b"]" in closing else b")Tj"))
    painter.emit(b"EMC\nEMC")
    rest = (b"[(" if b"]" in closing else b"(") + b"".join(tokens[2:]) + b")" + closing
    painter.open_content(passage.element, passage.furniture)
    painter.emit(rest)
    painter.emit(b"EMC")


def paint_reading(painter: Painter, base: Piece, signs: Sequence[Piece], end: float) -> None:
    """Paint the signs of a reading, in one piece or more, as if they stood in the line of their base, behind it and
    before `end`, an x of the page."""
    setting = base.passage.setting
    face = setting.face
    if not base.passage.lines or not all(_can_say(painter, sign) for sign in signs):
        for sign in signs:
            painter.piece(sign)
        return
    hair = _HAIR * setting.size
    x, baseline = _end(base), _first_baseline(base)
    for number, sign in enumerate(signs, 1):
        painter.begin_text()
        said = _read(painter, sign.passage, sign.first, sign.last)
        painter.open_saying(sign.passage.element, sign.passage.furniture, said)
        painter.show_space(setting, x, baseline)
        painter.lines(sign)
        x = max(end, x + hair) if number == len(signs) else x + hair
        # Poppler takes the font of what is shown last for that of all that is said.
        painter.show_space(setting, x - face.advance(face.glyphs[ord(" ")]) * setting.size, baseline)
        painter.emit(b"EMC\nEMC")


def reach_out(painter: Painter, piece: Piece, reach: float) -> None:
    """Let the last sign of a piece that has just been painted reach to an x of the page."""
    passage, _, last, *_ = piece
    line = passage.lines[last - 1]
    is_plain = not painter.absolute and not painter.says and not tail_of(passage, line, last - 1)
    if not is_plain or reach < _end(piece) or line.start == line.end:
        return
    said = passage.text[line.end - 1]
    for _, _, setting in segments_of(passage, line.end - 1, line.end):
        said = painter.fonts[setting.face].meaning(said) if setting.face in painter.fonts else ""
    if not said:
        return
    operator = painter.take_last()
    if not operator.endswith((b")Tj", b")]TJ")):
        painter.emit(operator)
        return
    before, code = _cut_off_last(operator)
    if before:
        painter.emit(before)
    painter.emit(b"/Span<</ActualText " + text_string(said) + b">>BDC")
    painter.show_last(code, reach - _end(piece))
    painter.emit(b"EMC")


def _reach(painter: Painter, piece: Piece, reach: float) -> None:
    """The same, within a stretch that says itself already."""
    operator = painter.take_last()
    if not operator.endswith((b")Tj", b")]TJ")):
        painter.emit(operator)
        return
    before, code = _cut_off_last(operator)
    if before:
        painter.emit(before)
    painter.show_last(code, reach - _end(piece))


_STRING = re.compile(rb"\((?:[^\\()]|\\.)*\)", re.DOTALL)
_BYTE = re.compile(rb"\\.|[^\\]", re.DOTALL)


def _cut_off_last(operator: bytes) -> tuple[bytes, bytes]:
    """An operator that shows text without its last code (two bytes), b"" where it shows no other; and that code."""
    *_, string = _STRING.finditer(operator)
    tokens = _BYTE.findall(string[0][1:-1])
    before = operator[: string.start() + 1] + b"".join(tokens[:-2]) + operator[string.end() - 1 :]
    return (b"" if before == b"()Tj" else before), b"".join(tokens[-2:])


def _end(piece: Piece) -> float:
    """Where the last line of a piece ends."""
    passage = piece.passage
    number = piece.last - 1
    return piece.x + passage.offset(number) + passage.lines[number].width * passage.em


def _can_say(painter: Painter, piece: Piece) -> bool:
    """Whether a piece may stand in a stretch that says what is read in it: nothing within does so itself."""
    passage, first, last, *_ = piece
    if painter.absolute or painter.says or passage.marks or passage.insets or passage.target:
        return False
    if passage.element is not None and passage.element.replacement:
        return False
    face = passage.setting.face
    if face not in painter.fonts or not face.glyphs[ord(" ")]:
        return False
    text = passage.text
    for number in range(first, last):
        line = passage.lines[number]
        if line.start == line.end or (text[line.end - 1] == "-" and not line.hyphen):
            return False
        for start, end, setting in segments_of(passage, line.start, line.end):
            font = painter.fonts.get(setting.face)
            if font is None or font.said(text[start:end]) or font.is_silent(text[start:end]):
                return False
    return True


def _read(painter: Painter, passage: Passage, first: int, last: int) -> str:
    """What is read in lines of a passage."""
    said: list[str] = []
    for number in range(first, last):
        line = passage.lines[number]
        for start, end, setting in segments_of(passage, line.start, line.end):
            said.append(read_in(passage, start, end, painter.fonts[setting.face].meaning))
        # A word that is divided is read as one.
        said.append(tail_of(passage, line, number).removeprefix(SOFT_HYPHEN))
    return "".join(said)
