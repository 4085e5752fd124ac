"""Inlines → one flat text with its runs, marks and insets, ready for the line breaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING, NamedTuple, assert_never

from converters.model import inlines as i
from converters.model import walk
from converters.model.patterns import compiled
from converters.model.walk import note_identity
from converters.records import dataclass
from converters.theme.schema import Align, Role, TextStyle
from converters.typeset.characters import OBJECT

from .invisible import APOSTROPHE
from .pictures import PictureRoom, picture_box
from .result import Element, Inset, Mark, MarkKind, Passage, Room, RubyBox, Run
from .typecase import Typecase
from .upright import bound

if TYPE_CHECKING:
    from .compositor import Compositor

_SCRIPT_RATIO = 0.6
_SUPERSCRIPT_RISE = 0.33
_SUBSCRIPT_RISE = -0.14
_CALL_RATIO = 0.7
_CALL_RISE = 0.28
_RUBY_RATIO = 0.5
"""Pinyin and furigana are half the size of their base (clreq 5; JIS X 4051, 4.12)."""
_ENDLESS = 1e6
_RUBY_OVERHANG = 0.4
"""A reading hangs over a neighbour by so much of an em of the base at most: two that hang over one hanzi still keep
their distance."""
_MARKS = frozenset("、，。．：；！？・「」『』（）《》〈〉“”‘’")
_RUBY_GAP = 0.25
"""Readings of neighbours keep ¼ em of their own size apart (clreq 5)."""
FRAME_ROOM = 0.14
"""Room before and behind a frame's name, in em: the frame stands in it."""
INVISIBLE = "\N{INVISIBLE SEPARATOR}"
"""Stands for that room in the text: to the compositor it is a part of the character before it."""
_LONGEST_FRAME = 8
"""A longer name may be parted at the end of a line, and each part has a frame."""
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
IN_WORD = compiled("(?<=[A-Za-zÀ-ɏ])’(?=[A-Za-zÀ-ɏ])|(?<=s)’(?= [A-Za-z])")
_STRONG_ALREADY = frozenset((Role.HEITI, Role.XIAOBIAOSONG))


@dataclass(slots=True, eq=False, repr=False)
class Call:
    """A note called at a place of a flat text: its mark, and the element of the call, which the note's own follows."""

    index: int
    mark: str
    note: i.Note
    reference: Element


@dataclass(slots=True, eq=False, repr=False)
class Flat:
    """One text and all that is not said by it; see Passage."""

    case: Typecase
    text: str = ""
    widths: list[float] | None = None
    runs: list[Run] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    insets: dict[int, Inset] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    glued: list[tuple[int, int]] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)


class _Look(NamedTuple):
    """How the text of a leaf is set: another role, another size, lifted; in which inline element it stands."""

    role: Role | None = None
    ratio: float = 1.0
    raised: float = 0.0
    latin: bool | None = None
    element: Element | None = None


class Flattener:
    """Flattens the inlines of one style; `element` is the block element that they stand in."""

    def __init__(self, shop: Compositor, style: TextStyle, element: Element | None) -> None:
        self.shop = shop
        self.style = style
        self.element = element
        self.case = shop.typecase(style)
        self.flat = Flat(self.case)
        self._texts: list[str] = []
        # What is as wide as its character is in the passage's own typecase has None; widths are written out only
        # where something else stands in the line.
        self._widths: list[Sequence[float] | None] = []
        self._own_widths = False
        self._length = 0

    def flatten(self, inlines: Sequence[i.Inline], look_role: Role | None = None) -> Flat:
        """All inlines of a line, one after the other."""
        self.add(inlines, look_role)
        return self.finish()

    def add(self, inlines: Sequence[i.Inline], role: Role | None = None) -> None:
        """Append inlines; `role` sets them in another role's face (a run-in heading)."""
        self._all(inlines, _Look(role=None if role is self.style.role else role, element=self.element))

    def add_label(self, text: str, element: Element) -> None:
        """Append a mark that stands before a text (a note's number) and has an element of its own."""
        start = self._length
        self._text(text, _Look(element=element))
        self.flat.marks.append(Mark(start, self._length, MarkKind.LABEL, element))

    def finish(self) -> Flat:
        """The flat text."""
        flat = self.flat
        flat.text = "".join(self._texts)
        if self._own_widths:
            flat.widths = []
            for text, widths in zip(self._texts, self._widths, strict=True):
                flat.widths += self.case.measure(text) if widths is None else widths
            self._overhang()
        flat.runs.sort()
        return flat

    def _overhang(self) -> None:
        """Let readings that are wider than their base hang over the neighbours (clreq 5; JIS X 4051, 4.12)."""
        flat, shop = self.flat, self.shop
        assert flat.widths is not None
        kana_only = shop.lang.lower().startswith("ja")
        for index, inset in flat.insets.items():
            if not isinstance(inset, RubyBox) or inset.beside:
                continue
            beside = (flat.text[max(index - 1, 0) : index], flat.text[index + 1 : index + 2])
            placed = _with_rooms(inset, [_may_be_covered(neighbour, kana_only) for neighbour in beside])
            flat.insets[index] = placed
            flat.widths[index] = placed.width / self.case.em

    # -- leaves

    def _text(self, text: str, look: _Look) -> None:
        if APOSTROPHE in text and self.shop.is_cjk:
            # Between Latin letters this is no closing quote of an em but an apostrophe of their face.
            place = 0
            for match in IN_WORD.finditer(text):
                self._stretch(text[place : match.start()], look)
                self._apostrophe(look)
                place = match.end()
            text = text[place:]
        self._stretch(text, look)

    def _apostrophe(self, look: _Look) -> None:
        shop = self.shop
        case = shop.typecase(self.style, role=look.role, ratio=look.ratio, raised=look.raised, latin=look.latin)
        setting, width = case.narrow_form(APOSTROPHE)
        self.flat.runs.append(Run(self._length, self._length + 1, setting))
        self._own_widths = True
        self._append(APOSTROPHE, [width * case.em / self.case.em])

    def _stretch(self, text: str, look: _Look) -> None:
        if not text:
            return
        shop, flat = self.shop, self.flat
        case = self.case
        other = look.role is not None or look.ratio != 1.0 or look.raised != 0.0 or look.latin is not None
        if other:
            case = shop.typecase(self.style, role=look.role, ratio=look.ratio, raised=look.raised, latin=look.latin)
        if not case.knows(text):
            text = self._admitted(text, case)
        start = self._length
        if not other:
            flat.runs += case.runs(text, start)
            self._append(text, None)
            return
        flat.runs += case.runs(text, start) if case.main is self.case.main else case.stretches(text, start)
        scale = case.em / self.case.em
        if scale == 1.0 and all(case.widths[c] == self.case.widths[c] for c in set(text)):
            self._append(text, None)
            return
        self._own_widths = True
        self._append(text, [case.widths[character] * scale for character in text])

    def _admitted(self, text: str, case: Typecase) -> str:
        """A text as its typecase sets it, with a stand-in for all that is drawn otherwise than sign by sign."""
        shop, flat = self.shop, self.flat
        text = shop.signs.own(text, case)
        text = shop.clusters.joined(text, case, shop.drawn, vertical=shop.is_vertical)
        if shop.is_vertical:
            text = shop.clusters.in_cell(text, case, shop.drawn)
            flat.glued += [(self._length + start, self._length + end) for start, end in bound(text)]
        text, characters = shop.signs.of(text, case)
        flat.missing |= case.admit(characters - {"\n"})
        return text

    def _append(self, text: str, widths: Sequence[float] | None) -> None:
        self._texts.append(text)
        self._widths.append(widths)
        self._length += len(text)

    def _inset(self, inset: Inset, width: float, sign: str = OBJECT) -> None:
        self.flat.insets[self._length] = inset
        self._own_widths = True
        self._append(sign, [width / self.case.em])

    # -- inlines

    def _all(self, inlines: Sequence[i.Inline], look: _Look) -> None:
        for inline in inlines:
            self._one(inline, look)

    def _one(self, inline: i.Inline, look: _Look) -> None:
        match inline:
            case i.Text(text=text):
                self._text(text, look)
            case i.Code(text=text):
                self._marked(MarkKind.CODE, (i.Text(text),), look._replace(role=Role.MONO, latin=False))
            case i.LineBreak():
                self._append("\n", [0.0])
            case i.Strong(children=children):
                role = look.role or self.style.role
                self._all(children, look if role in _STRONG_ALREADY else look._replace(role=Role.HEITI, latin=False))
            case i.Emphasis(children=children):
                role = Role.KAITI if (look.role or self.style.role) is not Role.KAITI else Role.FANGSONG
                self._all(children, look._replace(role=role, latin=False))
            case i.Strike(children=children):
                # Who hears the text must hear that it is struck out (ISO 32000-1, 14.8.5.4.5).
                element = Element("Span", look.element, inline=True, content=_content(look.element, "Span"))
                element.attributes = (("Layout", "TextDecorationType", "/LineThrough"),)
                self._marked(MarkKind.STRIKE, children, look._replace(element=element))
            case i.Dots(children=children, form=form):
                self._marked(MarkKind.DOTS, children, look, form or self.shop.theme.text.emphasis or "")
            case i.Deceased(children=children):
                self._framed(children, look)
            case i.ProperName(children=children):
                self._marked(MarkKind.LINE, children, look)
            case i.BookTitle(children=children):
                self._marked(MarkKind.WAVE, children, look)
            case i.Superscript(children=children):
                self._all(children, self._script(look, _SCRIPT_RATIO, _SUPERSCRIPT_RISE))
            case i.Subscript(children=children):
                self._all(children, self._script(look, _SCRIPT_RATIO, _SUBSCRIPT_RISE))
            case i.Link(children=children, target=target):
                self._link(children, target, look)
            case i.Note():
                self._call(inline, look)
            case i.Ruby(base=base, reading=reading):
                self._ruby(base, reading, look)
            case i.Image():
                self._picture(inline, look)
            case _:
                assert_never(inline)

    def _script(self, look: _Look, ratio: float, rise: float) -> _Look:
        size = self.style.size * look.ratio
        return look._replace(ratio=look.ratio * ratio, raised=look.raised + rise * size)

    def _marked(self, kind: MarkKind, children: Sequence[i.Inline], look: _Look, form: str = "") -> None:
        start = self._length
        self._all(children, look)
        if self._length > start:
            element = look.element if kind in (MarkKind.STRIKE, MarkKind.FRAME) else None
            self.flat.marks.append(Mark(start, self._length, kind, element, form))

    def _framed(self, children: Sequence[i.Inline], look: _Look) -> None:
        """A name in its frame, which is not parted; room is kept around it, that no neighbour touches it."""
        element = Element("Span", look.element, inline=True, content=_content(look.element, "Span"))
        element.attributes = (("Layout", "BorderStyle", "/Solid"),)
        self._room()
        start = self._length
        self._marked(MarkKind.FRAME, children, look._replace(element=element))
        if 1 < self._length - start <= _LONGEST_FRAME:
            self.flat.glued.append((start, self._length))
        self._room()

    def _room(self) -> None:
        """Room beside a frame, at the line's side of the character before it."""
        width = FRAME_ROOM * self.case.em
        self._inset(Room(width), width, INVISIBLE)

    def _link(self, children: Sequence[i.Inline], target: str, look: _Look) -> None:
        start = self._length
        element = Element("Link", look.element, inline=True, content=_content(look.element, "Link"))
        self._all(children, look._replace(element=element))
        if self._length > start:
            self.flat.marks.append(Mark(start, self._length, MarkKind.LINK, element, target))

    def _call(self, note: i.Note, look: _Look) -> None:
        shop = self.shop
        known = shop.note_marks.get(note_identity(note))
        if known is None:
            shop.note_count += 1
            number = shop.note_count
            mark = _CIRCLED[number - 1] if shop.is_cjk and number <= len(_CIRCLED) else str(number)
            if shop.is_cjk and number > len(_CIRCLED):
                mark = f"[{number}]"
        else:
            mark = known[0]
        reference = Element("Reference", look.element, inline=True)
        reference.again = None if known is None else known[1]
        label = Element("Lbl", reference)
        start = self._length
        self._text(mark, self._script(look, _CALL_RATIO, _CALL_RISE)._replace(role=None, latin=None))
        self.flat.marks.append(Mark(start, self._length, MarkKind.CALL, label))
        self.flat.glued.append((max(start - 1, 0), self._length))
        if known is None:
            shop.note_marks[note_identity(note)] = mark, reference
            self.flat.calls.append(Call(start, mark, note, reference))

    def _ruby(self, base: tuple[i.Inline, ...], reading: str, look: _Look) -> None:
        """A base and its reading as one object; the wider of the two gives the width (clreq 5)."""
        shop = self.shop
        if not reading or not base:
            self._all(base, look)
            return
        from .zhuyin import is_zhuyin

        if is_zhuyin(reading) and self.shop.lang.lower().startswith("zh"):
            self._zhuyin(base, reading, look)
            return
        element = Element("Ruby", look.element, inline=True, content=_content(look.element, "Ruby"))
        base_element = Element("RB", element, content=_content(look.element, "RB"))
        reading_element = Element("RT", element)
        role = look.role or self.style.role
        # What stands in an object begins where the object does, whatever the line around it is ranged on.
        style = replace(self.style, role=role, size=self.style.size * look.ratio, align=Align.LEFT)
        lower = shop.set(base, style, _ENDLESS, base_element, shop.solid)
        upper_style = replace(style, size=style.size * _RUBY_RATIO, on_grid=False, tracking_em=0.0)
        upper = shop.set_text(reading, upper_style, _ENDLESS, reading_element, shop.solid)
        box = RubyBox(lower, upper, element, base_element, reading_element, 0.0)
        box = _with_rooms(box, (False, False))
        self._inset(box, box.width)

    def _zhuyin(self, base: tuple[i.Inline, ...], reading: str, look: _Look) -> None:
        """Hanzi with the signs of their syllables beside them; one by one where there are as many."""
        from .zhuyin import syllable, syllables

        shop = self.shop
        words = walk.text_alone(base)
        parts = syllables(reading, len(words or ""))
        pairs: list[tuple[tuple[i.Inline, ...], str]] = [(base, parts[0])]
        if words is not None and len(words) == len(parts):
            pairs = [((i.Text(word),), part) for word, part in zip(words, parts, strict=True)]
        size = self.style.size * look.ratio
        style = replace(self.style, role=look.role or self.style.role, size=size, align=Align.LEFT)
        start = self._length
        for hanzi, sounds in pairs:
            element = Element("Ruby", look.element, inline=True, content=_content(look.element, "Ruby"))
            base_element = Element("RB", element, content=_content(look.element, "RB"))
            reading_element = Element("RT", element)
            lower = shop.set(hanzi, style, _ENDLESS, base_element, shop.solid)

            def make(sign: str, size: float, parent: Element = reading_element) -> Passage:
                small = replace(style, size=size, on_grid=False, tracking_em=0.0)
                return shop.set_text(sign, small, _ENDLESS, parent, shop.solid)

            made = syllable(sounds, style.size, make, vertical=shop.is_vertical)
            whole = length_of(lower)
            beside = [(sign.passage, sign.along + whole - style.size, sign.down) for sign in made.signs]
            upper = made.signs[0].passage
            box = RubyBox(lower, upper, element, base_element, reading_element, whole + made.room, 0.0, beside)
            self._inset(box, box.width)
        self.flat.glued.append((start, self._length))

    def _picture(self, image: i.Image, look: _Look) -> None:
        size = self.style.size
        box = picture_box(self.shop, image, PictureRoom(size * 12, size * 1.5, look.element, inline=True))
        if box is not None:
            self._inset(box, box.width)


def length_of(passage: Passage) -> float:
    """Length of a passage of one line, in points."""
    return passage.lines[0].width * passage.em if passage.lines else 0.0


def _with_rooms(box: RubyBox, free: Sequence[bool]) -> RubyBox:
    """A base and its reading with the room that the longer reading needs before and after the base: what is `free`
    there it covers."""
    base = length_of(box.base)
    over = (length_of(box.reading) - base) / 2
    if over <= 0:
        return box._replace(width=base, lead=0.0)
    most = _RUBY_OVERHANG * box.base.setting.size
    distance = _RUBY_GAP * box.reading.setting.size / 2
    before, after = (max(0.0, over - most) if is_free else over + distance for is_free in free)
    return box._replace(width=before + base + after, lead=before)


def _may_be_covered(neighbour: str, kana_only: bool) -> bool:
    """Whether a reading may hang over a neighbour of its base: a mark, or a kana in Japanese, a hanzi in Chinese."""
    if not neighbour or neighbour in _MARKS:
        return True
    if kana_only:
        return "\u3041" <= neighbour <= "\u30ff"
    return "\u3400" <= neighbour <= "\u9fff"


def _content(element: Element | None, tag: str) -> str:
    """The content tag of an inline element: that of notes and contents is handed down."""
    if element is not None and element.content in ("Note", "TOCI"):
        return element.content
    return tag
