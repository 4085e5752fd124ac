"""Which face of a chain draws which character; a character that none draws is an error, never an empty box."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from converters.diagnostics import Diagnostic, Severity, Source, Span
from converters.records import dataclass
from converters.theme.schema import Role

from .face import Face
from .roles import FontSet

# Default-ignorable characters that Unicode's general category alone does not tell (Unicode, DerivedCoreProperties).
_IGNORABLE = frozenset((0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0))
_MESSAGE = "no face here draws {char} ({code}, {name})"
_MESSAGE_UNNAMED = "no face here draws {char} ({code})"
_MESSAGE_CONTROL = "no face here draws {code}, which is a control character"
_MESSAGE_PRIVATE = "{code} is a private code, which no face here draws"
_MESSAGE_NONE = "{code} is no character of Unicode"
_MESSAGES_OF_SEVERAL = {
    _MESSAGE: "no face here draws {char} ({code}, {name}), which stands {count} times",
    _MESSAGE_UNNAMED: "no face here draws {char} ({code}), which stands {count} times",
    _MESSAGE_CONTROL: "no face here draws {code}, which is a control character and stands {count} times",
    _MESSAGE_PRIVATE: "{code} is a private code, which no face here draws and which stands {count} times",
    _MESSAGE_NONE: "{code} is no character of Unicode, and stands {count} times",
}
_HINT = "run `jianbao fonts install`, put a face for it into a --font-path folder, or set fonts.missing = code"
_HINT_RARE = (
    "run `jianbao fonts install --rare`, put a face for it into a --font-path folder, or set fonts.missing = code"
)
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0), range(0x180B, 0x1810))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text, `end` exclusive, and the face that draws it."""

    start: int
    end: int
    face: Face


def is_invisible(char: str) -> bool:
    """Is there nothing to draw: a control, a format character, a selector, a filler, a line end?"""
    return ord(char) in _IGNORABLE or is_selector(char) or unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")


def is_selector(char: str) -> bool:
    """Is this a variation selector (IVS, emoji, Mongolian)?"""
    code = ord(char)
    return code >= 0x180B and any(code in block for block in _SELECTORS)


def split(text: str, chain: Sequence[Face]) -> tuple[list[Run], tuple[int, ...]]:
    """A text in runs by the first face of the chain that draws each character, and where no face does.

    Combining marks and variation selectors stay with the character before them; invisible characters go with
    their neighbours. A character that is missing everywhere stays in a run, so that the runs cover the text.
    """
    if not text:
        return [], ()
    first = chain[0]
    if "\0" not in text.translate(first.glyphs):
        return [Run(0, len(text), first)], ()
    runs: list[Run] = []
    missing: list[int] = []
    for start, end in _clusters(text):
        cluster = text[start:end]
        if all(map(is_invisible, cluster)):
            if runs:
                runs[-1] = Run(runs[-1].start, end, runs[-1].face)
            continue
        face = face_for(cluster, chain)
        if face is None:
            missing += [place for place in range(start, end) if not _has(text[place], chain)]
            face = runs[-1].face if runs else first
        if runs and runs[-1].face is face:
            runs[-1] = Run(runs[-1].start, end, face)
        else:
            runs.append(Run(runs[-1].end if runs else 0, end, face))
    return runs or [Run(0, len(text), first)], tuple(missing)


def face_for(cluster: str, chain: Sequence[Face]) -> Face | None:
    """The first face that draws a character with its marks; None where a part of it is in no face.

    A face that knows a variation sequence goes before those that do not. Marks that no face has together with
    their base do not keep the base from being drawn, so long as some face has them.
    """
    base = cluster[0]
    for selector in filter(is_selector, cluster[1:]):
        for face in chain:
            if face.variation_glyph(base, selector):
                return face
    visible = [char for char in cluster if not is_invisible(char)]
    for face in chain:
        if all(face.glyphs[ord(char)] for char in visible):
            return face
    if all(_has(char, chain) for char in visible):
        return next(face for face in chain if face.glyphs[ord(visible[0])])
    return None


def _has(char: str, chain: Sequence[Face]) -> bool:
    return is_invisible(char) or any(face.glyphs[ord(char)] for face in chain)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for index in range(1, len(text)):
        char = text[index]
        if char < "\u0300" or not (unicodedata.category(char) in ("Mn", "Me", "Mc") or is_selector(char)):
            yield start, index
            start = index
    yield start, len(text)


def missing_characters(
    text: str, chain: Sequence[Face], beyond: Callable[[str], Face | None] | None = None
) -> tuple[str, ...]:
    """The different characters of a text that no face of a chain draws, nor one `beyond` it, in the order in which
    they come."""
    distinct = dict.fromkeys(text)
    left = [char for char in distinct if not chain[0].glyphs[ord(char)]]
    return tuple(char for char in left if not (_has(char, chain) or (beyond and beyond(char))))


def missing_finding(char: str, *, span: Span | None = None, place: str = "", count: int = 1) -> Diagnostic:
    """F-GLYPH: no face draws a character. Gives its code point and name, and advice that fits its kind."""
    message, hint = _advice(char)
    if count > 1:
        message = _MESSAGES_OF_SEVERAL[message]
    return Diagnostic(
        "F-GLYPH", Severity.ERROR, message, span=span, place=place, hint=hint,
        values=(
            ("char", char), ("code", code_point(char)), ("name", unicodedata.name(char, "")), ("count", str(count)),
        ),
    )  # fmt: skip


def _advice(char: str) -> tuple[str, str]:
    """What to say of a character that no face draws, and what to do about it."""
    code = ord(char)
    if code == 0xFFFD:
        return _MESSAGE, "take this place from the original file: here a character was lost"
    match unicodedata.category(char):
        case "Cn":
            # Ideographs newer than the tables of this Python are assigned nevertheless.
            if 0x20000 <= code <= 0x3FFFD and code & 0xFFFE != 0xFFFE:
                return _MESSAGE_UNNAMED, _HINT_RARE
            return _MESSAGE_NONE, "write the character that is meant"
        case "Co":
            return (
                _MESSAGE_PRIVATE,
                "write the character that it stands for, or put the face that it belongs to into a --font-path folder",
            )
        case "Cc" | "Cf" | "Cs":
            return _MESSAGE_CONTROL, "remove it"
    name = unicodedata.name(char, "")
    if name.startswith("CJK "):
        return _MESSAGE, _HINT_RARE
    return (_MESSAGE if name else _MESSAGE_UNNAMED), _HINT


def code_point(char: str) -> str:
    """A character's code point as it is written: U+4E00."""
    return f"U+{ord(char):04X}"


def check_source_coverage(source: Source, fonts: FontSet, role: Role = Role.FANGSONG) -> tuple[Diagnostic, ...]:
    """A finding for each different character of a source that no face draws, at the first place where it stands."""
    text = source.text
    return tuple(
        missing_finding(
            char, span=Span(source.name, text.index(char), text.index(char) + 1), count=text.count(char)
        )
        for char in missing_characters(text, fonts.chain(role), fonts.beyond)
    )  # fmt: skip


def drawn_by(text: str, chain: Sequence[Face]) -> tuple[tuple[Face, str], ...]:
    """The different visible characters of a text by the face that draws them, in the order of the chain."""
    drawn: dict[Face, list[str]] = {}
    for char in dict.fromkeys(text):
        if not is_invisible(char) and not char.isspace():
            face = next((face for face in chain if face.glyphs[ord(char)]), None)
            if face is not None:
                drawn.setdefault(face, []).append(char)
    return tuple((face, "".join(drawn[face])) for face in chain if face in drawn)
