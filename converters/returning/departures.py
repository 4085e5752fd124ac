"""How a paragraph of a DOCX departs from its style: what was set on it, or on some of its words, by hand.

A departure is told from the file itself: a value that the paragraph or the run gives, and that its style (with all
that this is based on, and the defaults) does not. So it is the same whoever saved the file, and however the style
looks. What the model has a place for (bold, dots, levels, lists) is no departure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from converters.readers.docx.runs import is_heiti, is_kaiti
from converters.readers.docx.styles import Styles, w

from .holdings import Departure, Holdings, runs_of, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
# The children of w:pPr and w:rPr (ECMA-376 part 1, 17.3.1.26 and 17.3.2.28) by what they set.
_OF_PARAGRAPH = {
    "jc": "placed", "ind": "indented", "spacing": "spaced", "keepNext": "kept", "keepLines": "kept",
    "widowControl": "kept", "pBdr": "framed", "shd": "shaded", "tabs": "tabbed", "framePr": "framed",
    "bidi": "directed", "textDirection": "directed", "textAlignment": "composed", "kinsoku": "composed",
    "wordWrap": "composed", "overflowPunct": "composed", "topLinePunct": "composed", "autoSpaceDE": "composed",
    "autoSpaceDN": "composed", "adjustRightInd": "composed", "snapToGrid": "composed", "contextualSpacing": "spaced",
    "mirrorIndents": "indented", "suppressAutoHyphens": "composed", "suppressLineNumbers": "composed",
    "suppressOverlap": "framed",
}  # fmt: skip
_OF_RUN = {
    "rFonts": "faced", "sz": "sized", "color": "coloured", "highlight": "highlighted", "shd": "shaded",
    "u": "underlined", "bdr": "framed", "spacing": "let out", "w": "widened", "position": "lifted", "kern": "let out",
    "caps": "capitals", "smallCaps": "capitals", "outline": "effects", "shadow": "effects", "emboss": "effects",
    "imprint": "effects", "effect": "effects", "fitText": "widened", "eastAsianLayout": "two in one", "rtl": "directed",
    "b": "lightened", "i": "lightened", "em": "dotted",
}  # fmt: skip
# What holds where nobody says anything; switches that are not here are off.
_DEFAULTS = {
    "jc": "left", "ind.left": "0", "ind.right": "0", "ind.first": "0", "spacing.before": "0", "spacing.after": "0",
    "spacing.line": "240", "spacing.rule": "auto", "color": "auto", "highlight": "none", "u": "none", "w": "100",
    "r.spacing": "0", "position": "0", "kern": "0", "sz": "20", "r.shd": "", "shd": "", "bdr": "", "pBdr": "",
    "effect": "none", "em": "none", "textAlignment": "auto", "textDirection": "lrTb", "tabs": "", "framePr": "",
    "fitText": "", "eastAsianLayout": "", "w14": "", "rFonts.latin": "", "rFonts.asian": "",
    **dict.fromkeys((
        "widowControl", "kinsoku", "wordWrap", "overflowPunct", "autoSpaceDE", "autoSpaceDN", "adjustRightInd",
        "snapToGrid",
    ), "1"),
}  # fmt: skip
_SWITCHES = frozenset((
    "keepNext", "keepLines", "widowControl", "bidi", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
    "autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid", "contextualSpacing", "mirrorIndents",
    "suppressAutoHyphens", "suppressLineNumbers", "suppressOverlap", "caps", "smallCaps", "outline", "shadow", "emboss",
    "imprint", "rtl", "b", "i",
))  # fmt: skip
_SIDES = {"start": "left", "end": "right", "distribute": "both", "thaiDistribute": "both"}
_OFF = frozenset(("0", "false", "off", "none"))
# Two measures that differ by less than this, in twentieths of a point or by share, are one rounded in two ways.
_ROUNDING = 15
_ROUNDING_RATIO = 0.03


class Hand(NamedTuple):
    """The style of a paragraph, by its name, and what was set on it and on its words."""

    style: str = ""
    departures: tuple[Departure, ...] = ()


class Departures:
    """Reads departures of the paragraphs of one file."""

    def __init__(self, root: Element | None, styles: Styles, holdings: Holdings) -> None:
        self.styles = styles
        self.holdings = holdings
        self.own: dict[str, dict[str, str]] = {}
        self.based: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.defaults = dict(_DEFAULTS)
        self._given: dict[str, dict[str, str]] = {}
        if root is None:
            return
        for properties in root.iterfind(f"{w('docDefaults')}/*/*"):
            self.defaults |= said(properties)
        for style in root.iter(w("style")):
            identifier = style.get(w("styleId"), "")
            self.own[identifier] = _own(style)
            for name, into in (("basedOn", self.based), ("name", self.names)):
                child = style.find(w(name))
                if child is not None:
                    into[identifier] = child.get(w("val"), "")
            self.kinds[identifier] = style.get(w("type"), "")

    def given(self, style: str) -> Mapping[str, str]:
        """All that a style says, with what it is based on and the defaults."""
        known = self._given.get(style)
        if known is None:
            chain: list[dict[str, str]] = []
            at = style
            while at in self.own and len(chain) < 32:
                chain.append(self.own[at])
                at = self.based.get(at, "")
            known = dict(self.defaults)
            for each in reversed(chain):
                known |= each
            self._given[style] = known
        return known

    def of(self, paragraph: Element) -> Hand:
        """What was set by hand on a paragraph and its words."""
        properties = paragraph.find(w("pPr"))
        reference = properties.find(w("pStyle")) if properties is not None else None
        style = reference.get(w("val"), "") if reference is not None else self.styles.default_paragraph
        given = self.given(style)
        found: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = {}
        if properties is not None:
            for sort, values in _parted(said(properties), given, _OF_PARAGRAPH):
                found.setdefault((sort, values), [])
        for run in runs_of(paragraph):
            if self._hidden(run):
                found.setdefault(("hidden", ()), []).append(words_of(run))
                continue
            for each in self._of_run(run, given):
                found.setdefault(each, []).append(words_of(run))
        departures = (
            Departure(sort, values, "".join(words)) for (sort, values), words in found.items()
            if not words or "".join(words).strip()
        )  # fmt: skip
        return Hand(key(self.names.get(style, "")), (*departures, *self.holdings.of(paragraph)))

    def _hidden(self, run: Element) -> bool:
        properties = run.find(w("rPr"))
        if properties is None:
            return False
        switch, reference = properties.find(w("vanish")), properties.find(w("rStyle"))
        if switch is not None:
            return switch.get(w("val"), "1").lower() not in _OFF
        return bool(reference is not None and self.styles.switch(reference.get(w("val"), ""), "vanish"))

    def _of_run(self, run: Element, given: Mapping[str, str]) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        properties = run.find(w("rPr"))
        if properties is None:
            return
        direct = said(properties)
        reference = properties.find(w("rStyle"))
        if reference is not None:
            character = reference.get(w("val"), "")
            if self.styles.meaning(character):
                given = {**given, **self._chain(character)}
            else:
                direct = {**self._chain(character), **direct}
        if not direct:
            return
        for sort, values in _parted(direct, given, _OF_RUN):
            match sort:
                case "faced":
                    kept = tuple(each for each in values if not _told(each, given))
                    if kept:
                        yield sort, kept
                case "lightened":
                    # Bold and italics put on are the model's; those of a style taken off are not.
                    off = tuple(each for each in values if each[1] == "0")
                    if off and reference is None:
                        yield sort, off
                case "underlined" if values[0][1] in ("wave", ""):
                    pass
                case "dotted" if values[0][1] in ("dot", "none", "circle", "comma"):
                    pass
                case _:
                    yield sort, values

    def _chain(self, character: str) -> dict[str, str]:
        """What a style of characters says with what it is based on, without the defaults."""
        found: dict[str, str] = {}
        for _ in range(32):
            if character not in self.own:
                break
            found = {**self.own[character], **found}
            character = self.based.get(character, "")
        return found


def _own(style: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for properties in style:
        if properties.tag in (w("pPr"), w("rPr")):
            found |= said(properties)
    return found


def key(name: str) -> str:
    """The name of a style as it is compared: without blanks, in lower case."""
    return "".join(name.lower().split())


def said(properties: Element) -> dict[str, str]:
    """What a w:pPr or w:rPr says, one value a key."""
    found: dict[str, str] = {}
    of_run = properties.tag == w("rPr")
    for child in properties:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        if tag.startswith(_W14):
            found["w14"] = found.get("w14", "") + tag.rpartition("}")[2]
            continue
        name = tag.rpartition("}")[2]
        if name not in (_OF_RUN if of_run else _OF_PARAGRAPH):
            continue
        value = child.get(w("val"), "")
        match name:
            case "rFonts":
                for script, names in (("latin", ("asciiTheme", "ascii")), ("asian", ("eastAsiaTheme", "eastAsia"))):
                    face = next((child.get(w(each), "") for each in names if child.get(w(each))), "")
                    if face:
                        found[f"rFonts.{script}"] = face
            case "ind":
                found |= _indents(child)
            case "spacing" if not of_run:
                found |= _spacing(child)
            case "pBdr":
                found[name] = " ".join(
                    side.tag.rpartition("}")[2] for side in child if side.get(w("val")) not in (None, "nil", "none")
                )
            case "bdr":
                found[name] = "" if value in ("nil", "none") else value
            case "shd":
                fill = child.get(w("fill"), "auto").lower()
                found["r.shd" if of_run else name] = (
                    "" if fill in ("auto", "ffffff") and value in ("clear", "nil") else fill
                )
            case "tabs":
                found[name] = " ".join(
                    f"{tab.get(w('val'), '')} {tab.get(w('pos'), '')}" for tab in child if tab.get(w("val")) != "clear"
                )
            case "framePr" | "fitText" | "eastAsianLayout":
                found[name] = name
            case "color":
                found[name] = (
                    "auto" if value.lower() in ("000000", "") and not child.get(w("themeColor")) else value.lower()
                )
                if child.get(w("themeColor")) and value.lower() in ("000000", "auto", ""):
                    found[name] = "auto"
            case "jc":
                found[name] = _SIDES.get(value, value)
            case "spacing":
                found["r.spacing"] = value
            case _ if name in _SWITCHES:
                found[name] = "0" if value.lower() in _OFF else "1"
            case _:
                found[name] = value
    return found


def _indents(child: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for into, names in (("left", ("left", "start")), ("right", ("right", "end"))):
        for name in names:
            value = child.get(w(name)) or _characters(child.get(w(f"{name}Chars")))
            if value is not None:
                found[f"ind.{into}"] = value
    hanging = child.get(w("hanging")) or _characters(child.get(w("hangingChars")))
    first = child.get(w("firstLine")) or _characters(child.get(w("firstLineChars")))
    if hanging not in (None, "0"):
        found["ind.first"] = f"-{hanging}"
    elif first is not None or hanging is not None:
        found["ind.first"] = first or "0"
    return found


def _characters(hundredths: str | None) -> str | None:
    """An indent in characters as one of 三号 (16 pt) would be: only whether it is there and changes is of use."""
    if hundredths is None or not hundredths.lstrip("-").isdecimal() or hundredths == "0":
        return None if hundredths is None else "0"
    return str(int(hundredths) * 320 // 100)


def _spacing(child: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("before", "after"):
        value = child.get(w(name)) or child.get(w(f"{name}Lines"))
        if value is not None:
            found[f"spacing.{name}"] = value
    if child.get(w("line")) is not None:
        found["spacing.line"] = child.get(w("line"), "")
        found["spacing.rule"] = child.get(w("lineRule"), "auto")
    return found


def _parted(
    direct: Mapping[str, str], given: Mapping[str, str], sorts: Mapping[str, str]
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """What is said and not given, by its sort."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, value in direct.items():
        if not near(name, value, given.get(name, _DEFAULTS.get(name, "0"))):
            sort = sorts.get(name.removeprefix("r.").partition(".")[0], "effects")
            found.setdefault(sort, []).append((name, value))
    for sort, values in found.items():
        yield sort, tuple(values)


def near(name: str, one: str, two: str) -> bool:
    """Whether two values of one name are the same, or the same measure rounded in two ways."""
    if one == two:
        return True
    try:
        first, second = float(one), float(two)
    except ValueError:
        return one.lower() == two.lower()
    if not name.startswith(("ind.", "spacing.")):
        return first == second
    return abs(first - second) <= max(_ROUNDING, abs(second) * _ROUNDING_RATIO)


def _told(each: tuple[str, str], given: Mapping[str, str]) -> bool:
    """Whether a face is one that the model reads as a look: 黑体 is strong, 楷体 is emphasis."""
    name, face = each
    of_style = given.get("rFonts.asian", "")
    if name == "rFonts.latin" and (is_heiti(face) or is_kaiti(face)):
        return True
    return name == "rFonts.asian" and (
        (is_heiti(face) and not is_heiti(of_style)) or (is_kaiti(face) and not is_kaiti(of_style))
    )
