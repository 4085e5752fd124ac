"""How single characters look: bold, dots, a link, a reading; so that a change of look is seen where no word changed."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias
from urllib.parse import quote

from converters.model import inlines as i
from converters.records import dataclass

# A note's call and a picture; the reader of a DOCX and the model have no character for them.
CALL = "\ufffc"
PICTURE = "\ufffb"
# What .NET's Uri, and so Word, takes in an address; all else is percent-encoded there.
_SAFE = "%/:=&?~#+!$,;'@()*[]-._"


class Shown(NamedTuple):
    """A picture as a sheet shows it: where the source keeps it ("" where nobody can tell), what is said of it."""

    target: str
    alt: str = ""
    width: str = ""


class Look(NamedTuple):
    """What a character departs in from its paragraph; the order of the fields is that of nesting, outermost first."""

    link: str = ""
    strong: bool = False
    emphasis: bool = False
    strike: bool = False
    dots: str = ""
    deceased: bool = False
    name: bool = False
    book: bool = False
    raised: str = ""
    code: bool = False
    reading: str = ""
    picture: Shown | None = None


PLAIN = Look()
Show: TypeAlias = Callable[[i.Image], "Shown | None"]


@dataclass(frozen=True, slots=True)
class Flat:
    """A run of inlines character by character: `places` in the source (-1: none), `paths` the marks around each."""

    text: str = ""
    places: tuple[int, ...] = ()
    paths: tuple[tuple[int, ...], ...] = ()
    looks: tuple[Look, ...] = ()
    # What the numbers in `paths` stand for, and the notes and pictures by their characters.
    marks: dict[int, i.Inline] | None = None
    objects: dict[int, i.Inline] | None = None


def flatten(
    inlines: Iterable[i.Inline],
    *,
    run_in: tuple[i.Inline, ...] = (),
    breaks: bool = True,
    calls: bool = True,
    show: Show | None = None,
) -> Flat:
    """The characters of a line, its run-in heading first; without `breaks`, `calls` no line breaks, no notes' calls.

    `show` says how a picture is shown; None, and pictures that it gives no answer for, are no characters.
    """
    flattener = _Flattener(breaks=breaks, calls=calls, show=show)
    if run_in:
        flattener.walk(run_in, (), PLAIN._replace(strong=True))
    flattener.walk(inlines, (), PLAIN)
    return flattener.flat()


class _Flattener:
    def __init__(self, *, breaks: bool, calls: bool, show: Show | None) -> None:
        self.breaks = breaks
        self.calls = calls
        self.show = show
        self.text: list[str] = []
        self.places: list[int] = []
        self.paths: list[tuple[int, ...]] = []
        self.looks: list[Look] = []
        self.marks: dict[int, i.Inline] = {}
        self.objects: dict[int, i.Inline] = {}

    def flat(self) -> Flat:
        text = "".join(self.text)
        return Flat(text, tuple(self.places), tuple(self.paths), tuple(self.looks), self.marks, self.objects)

    def put(self, words: str, start: int, path: tuple[int, ...], look: Look) -> None:
        count = len(words)
        self.text.append(words)
        self.places.extend(range(start, start + count) if start >= 0 else [-1] * count)
        self.paths.extend([path] * count)
        self.looks.extend([look] * count)

    def put_object(self, char: str, inline: i.Inline, start: int, path: tuple[int, ...], look: Look) -> None:
        self.objects[len(self.places)] = inline
        self.put(char, start, path, look)

    def walk(self, group: Iterable[i.Inline], path: tuple[int, ...], look: Look) -> None:
        for inline in group:
            match inline:
                case i.Text(text=words, start=start):
                    self.put(words, start, path, look)
                case i.Code(text=words, start=start):
                    self.put(words, start, self.inside(inline, path), look._replace(code=True))
                case i.LineBreak(start=start):
                    if self.breaks:
                        self.put("\n", start, path, look)
                case i.Note(start=start):
                    if self.calls:
                        self.put_object(CALL, inline, start, path, look)
                case i.Image(start=start):
                    shown = self.show(inline) if self.show else None
                    if shown is not None:
                        self.put_object(PICTURE, inline, start, path, look._replace(picture=shown))
                case i.Ruby(base=base, reading=reading):
                    self.walk(base, self.inside(inline, path), look._replace(reading=reading))
                case _:
                    self.walk(inline.children, self.inside(inline, path), dressed(look, inline))

    def inside(self, inline: i.Inline, path: tuple[int, ...]) -> tuple[int, ...]:
        self.marks[id(inline)] = inline
        return (*path, id(inline))


def links_of(flat: Flat) -> dict[str, i.Link]:
    """The links of a line by their addresses as Word keeps them."""
    return {_address(mark.target): mark for mark in (flat.marks or {}).values() if isinstance(mark, i.Link)}


def dressed(look: Look, mark: i.Inline) -> Look:
    """A look with what one mark adds to it."""
    match mark:
        case i.Strong():
            return look._replace(strong=True)
        case i.Emphasis():
            return look._replace(emphasis=True)
        case i.Strike():
            return look._replace(strike=True)
        case i.Dots(form=form):
            return look._replace(dots=form or "dots")
        case i.Deceased():
            return look._replace(deceased=True)
        case i.ProperName():
            return look._replace(name=True)
        case i.BookTitle():
            return look._replace(book=True)
        case i.Superscript():
            return look._replace(raised="superscript")
        case i.Subscript():
            return look._replace(raised="subscript")
        case i.Link(target=target):
            return look._replace(link=_address(target))
        case i.Code():
            return look._replace(code=True)
        case i.Ruby(reading=reading):
            return look._replace(reading=reading)
        case _:
            return look


def _address(target: str) -> str:
    """An address as Word keeps it; links inside the document lead to bookmarks there and are compared with none."""
    bare = target.strip()
    return bare if bare.startswith("#") else quote(bare, safe=_SAFE)


def alike(char: str, first: Look, second: Look) -> bool:
    """Whether a character looks the same twice. Nobody sees how a blank, a break or a note's call looks."""
    if first == second or char.isspace() or char in (CALL, "\x1e"):
        return True
    if char == PICTURE and first.picture and second.picture:
        one, two = first.picture, second.picture
        known = one.target and two.target
        return (not known or one.target == two.target) and one.alt == two.alt and one.width == two.width
    return _compared(first) == _compared(second)


def _compared(look: Look) -> Look:
    return look._replace(picture=None, link="" if look.link.startswith("#") else look.link)


def settled(text: str, looks: Sequence[Look]) -> list[Look]:
    """The looks of a text in which blanks look as their neighbours on both sides do, and no mark opens at a blank."""
    out = list(looks)
    place = 0
    while place < len(text):
        if not text[place].isspace():
            place += 1
            continue
        end = place
        while end < len(text) and text[end].isspace():
            end += 1
        before = out[place - 1] if place else PLAIN
        after = out[end] if end < len(text) else PLAIN
        shared = _shared(before, after)
        out[place:end] = [shared] * (end - place)
        place = end
    return out


def _shared(first: Look, second: Look) -> Look:
    if first == second:
        return first._replace(picture=None)
    return first._replace(
        picture=None,
        **{name: PLAIN._asdict()[name] for name in Look._fields if getattr(first, name) != getattr(second, name)},
    )


_WRAPPERS: tuple[tuple[str, Callable[[tuple[i.Inline, ...], str], i.Inline]], ...] = (
    ("strong", lambda inner, _: i.Strong(inner)),
    ("emphasis", lambda inner, _: i.Emphasis(inner)),
    ("strike", lambda inner, _: i.Strike(inner)),
    ("dots", lambda inner, form: i.Dots(inner, "" if form == "dots" else form)),
    ("deceased", lambda inner, _: i.Deceased(inner)),
    ("name", lambda inner, _: i.ProperName(inner)),
    ("book", lambda inner, _: i.BookTitle(inner)),
)


def to_inlines(
    text: str, looks: Sequence[Look], objects: dict[int, i.Inline], links: dict[str, i.Link]
) -> tuple[i.Inline, ...]:
    """A text with its looks as inlines; `objects` stand at their characters, `links` are known by their addresses."""
    chars = [(place, char, look) for place, (char, look) in enumerate(zip(text, looks, strict=True))]
    known = _Known(dict(objects), links)
    return _nest(_with_whole_readings(chars, known), 0, known)


class _Known(NamedTuple):
    objects: dict[int, i.Inline]
    links: dict[str, i.Link]


_Chars: TypeAlias = "list[tuple[int, str, Look]]"


def _with_whole_readings(chars: _Chars, known: _Known) -> _Chars:
    """The characters, each base of a reading that differs in its looks as one: a reading is never doubled."""
    out: _Chars = []
    for reading, each in itertools.groupby(chars, key=lambda each: each[2].reading):
        group = list(each)
        place, char, first = group[0]
        differing = {name for name in Look._fields if any(getattr(first, name) != getattr(g[2], name) for g in group)}
        if not reading or not differing:
            out += group
            continue
        plain, inside = PLAIN._asdict(), first._asdict()
        shared = {name: plain[name] for name in Look._fields if name not in differing} | {"reading": plain["reading"]}
        inner = _nest([(at, one, look._replace(**shared)) for at, one, look in group], 0, known)
        known.objects[place] = i.Ruby(inner, reading)
        around = {name: plain[name] if name in differing else inside[name] for name in Look._fields}
        out.append((place, char, Look(**around | {"reading": plain["reading"]})))
    return out


def _nest(chars: _Chars, depth: int, known: _Known) -> tuple[i.Inline, ...]:
    if not chars:
        return ()
    out: list[i.Inline] = []
    if depth == 0:
        for link, group in itertools.groupby(chars, key=lambda each: each[2].link):
            inner = _nest(list(group), 1, known)
            out += [_linked(inner, link, known.links)] if link else inner
    elif depth <= len(_WRAPPERS):
        name, wrap = _WRAPPERS[depth - 1]
        for on, group in itertools.groupby(chars, key=lambda each: getattr(each[2], name)):
            inner = _nest(list(group), depth + 1, known)
            out += [wrap(inner, on)] if on else inner
    else:
        for (raised, code, reading), group in itertools.groupby(
            chars, key=lambda each: (each[2].raised, each[2].code, each[2].reading)
        ):
            inner = _leaves(list(group), known.objects, code=code)
            inner = (i.Ruby(inner, reading),) if reading else inner
            match raised:
                case "superscript":
                    out.append(i.Superscript(inner))
                case "subscript":
                    out.append(i.Subscript(inner))
                case _:
                    out += inner
    return tuple(out)


def _linked(inner: tuple[i.Inline, ...], address: str, links: dict[str, i.Link]) -> i.Link:
    link = links.get(address)
    return i.Link(inner, address) if link is None else replace(link, children=inner)


def _leaves(chars: _Chars, objects: dict[int, i.Inline], *, code: bool) -> tuple[i.Inline, ...]:
    out: list[i.Inline] = []
    for place, char, _ in chars:
        last = out[-1] if out else None
        if place in objects:
            out.append(objects[place])
        elif char == "\n":
            out.append(i.LineBreak())
        elif code:
            out[-1:] = [i.Code(last.text + char)] if isinstance(last, i.Code) else [*out[-1:], i.Code(char)]
        elif isinstance(last, i.Text):
            out[-1] = replace(last, text=last.text + char)
        else:
            out.append(i.Text(char))
    return tuple(out)
