"""Lines of a page: white space as browsers take it, elements as the inlines that they mean."""

from __future__ import annotations

import re
from html.entities import name2codepoint
from typing import TYPE_CHECKING

from converters.diagnostics import Severity
from converters.model import inlines as i
from converters.model.characters import WIDE_MARKS, is_wide
from converters.model.patterns import compiled

from .story import Story, absolute, classes, flat_text, is_furniture, kinds, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# White space of HTML (HTML Living Standard, ASCII whitespace); a no-break or ideographic space is text.
_BLANKS = " \t\n\f\r"
_SPACE = "([ \t\n\f\r]+)"
# Dropped with all they hold; nothing of it is run or shown.
ACTIVE = frozenset(("script", "iframe", "object", "embed", "applet", "form", "audio", "video", "canvas", "portal"))
_SILENT = frozenset(("head", "style", "template", "noscript", "rp", "link", "meta", "title", "rtc", "map", "datalist"))
_WRAPPERS = frozenset(("strong", "b", "em", "i", "s", "del", "strike", "sup", "sub", "cite", "dfn"))
_CODE = frozenset(("code", "kbd", "samp", "tt", "var"))
_PLAIN = frozenset((
    "span", "a", "u", "small", "big", "mark", "q", "abbr", "time", "data", "bdi", "bdo", "ins", "font", "label",
    "acronym", "wbr", "center", "nobr", "output", "rb",
))  # fmt: skip
INLINE = _WRAPPERS | _CODE | _PLAIN | {"br", "img", "ruby", "rt", "svg", "math"}

# <b> that nobody closes stand in each other by the hundred; no writer means more emphasis than this.
_DEEPEST = 24


class Line:
    """A line that is being put together; text that is held back stands where the next character will."""

    def __init__(self, story: Story, *, verbatim: bool = False) -> None:
        self.story = story
        self.characters: list[str] = []
        self._base = story.position
        self._count = 0
        self._stack: list[list[i.Inline]] = [[]]
        self._held = ""
        self._last = ""
        self._verbatim = verbatim

    def empty(self) -> bool:
        """Has nothing been put into the line?"""
        return not self._stack[0]

    def finish(self) -> tuple[i.Inline, ...]:
        """The line; spaces at its end are dropped."""
        inlines = self._stack[0]
        while inlines and isinstance(inlines[-1], i.LineBreak):
            inlines.pop()
        return tuple(inlines)

    def text(self) -> str:
        """All characters of the line, a line break as "\\n"."""
        return "".join(self.characters)

    # -- putting in

    def add(self, text: str | None) -> None:
        """Characters of a page."""
        if not text:
            return
        if self._verbatim:
            self._put(text)
            return
        for number, piece in enumerate(compiled(_SPACE).split(text)):
            if number % 2:
                self._held += piece
            elif piece:
                self._put(self._space(piece[0]) + piece)

    def _space(self, following: str) -> str:
        """The space between what stands and what follows: a line end between hanzi is nothing."""
        held, self._held = self._held, ""
        if not held or not self._last or self._last in " \n":
            return ""
        return "" if "\n" in held and _are_wide(self._last, following) else " "

    def _put(self, text: str) -> None:
        start = self._base + self._count
        self._keep(text)
        parts = self._stack[-1]
        if parts and isinstance(last := parts[-1], i.Text) and last.start + len(last.text) == start:
            parts[-1] = i.Text(last.text + text, last.start)
        else:
            parts.append(i.Text(text, start))

    def _keep(self, text: str) -> None:
        self.characters.append(text)
        self._count += len(text)
        self._last = text[-1]

    def put_inline(self, inline: i.Inline, character: str = "") -> None:
        """An inline that is made; `character` is what stands for it in the source's text."""
        if character:
            self._keep(character)
        self._stack[-1].append(inline)

    @property
    def offset(self) -> int:
        """Where the next character stands in the source."""
        return self._base + self._count

    # -- elements

    def children(self, element: Element) -> None:
        """What stands in an element."""
        self.add(element.text)
        for child in element:
            self.element(child)
            self.add(child.tail)

    def element(self, element: Element) -> None:
        """An element in the line."""
        name = local(element)
        if not name:
            self.add(_entity(element))
            return
        if "noteref" in kinds(element):
            self._note(element)
            return
        if is_furniture(element) or name in _SILENT:
            return
        if name in ACTIVE:
            self.story.report_once(
                "H-ACTIVE", "<{name}> and what it holds are left out; nothing is run", Severity.WARNING, name=name
            )
            return
        match name:
            case "br":
                self._held = ""
                self.put_inline(i.LineBreak(self.offset), "\n")
            case "img":
                self._image(element)
            case "ruby":
                self._ruby(element)
            case "svg":
                self.story.report_once("H-DRAWING", "a drawing inside the page is left out", Severity.WARNING)
            case _ if name in _CODE:
                self._code(element)
            case _:
                self._wrapped(element, name)

    def _space_before(self, element: Element) -> None:
        """A space that stands before an element is no part of it."""
        text = flat_text(element).lstrip(_BLANKS) if self._held else ""
        if text and (space := self._space(text[0])):
            self._put(space)

    def _wrapped(self, element: Element, name: str) -> None:
        self._space_before(element)
        self._stack.append([])
        self.children(element)
        inner = tuple(self._stack.pop())
        if not inner:
            return
        outer = self._stack[-1]
        match name, classes(element):
            case _ if len(self._stack) > _DEEPEST:
                outer.extend(inner)
            case "em", kind if "dots" in kind:
                outer.append(i.Dots(inner, next((form for form in i.DOT_FORMS if form in kind), "")))
            case "span", kind if "deceased" in kind:
                outer.append(i.Deceased(inner))
            case "u", kind if "name" in kind:
                outer.append(i.ProperName(inner))
            case "cite", kind if "wavy" in kind:
                outer.append(i.BookTitle(inner))
            case "a", _ if target := (element.get("href") or "").strip():
                outer.append(i.Link(inner, self._target(target), element.get("title") or ""))
            case _ if name in _WRAPPERS:
                outer.append(_wrap(name, inner))
            case _:
                outer.extend(inner)

    def _target(self, target: str) -> str:
        """Addresses on the web stay; a place in the book becomes "#" and its name."""
        return f"#{target.partition('#')[2]}" if "#" in target and ":" not in target.partition("#")[0] else target

    def _code(self, element: Element) -> None:
        text = flat_text(element)
        if not self._verbatim:
            text = re.sub(_SPACE, " ", text)
        if text:
            if space := self._space(text[0]):
                self._put(space)
            self.put_inline(i.Code(text, self.offset), text)

    def _image(self, element: Element) -> None:
        source = (element.get("src") or "").strip()
        if not source:
            return
        style = compiled(r"width:\s*([\d.]+(?:%|mm|em))").search(element.get("style") or "")
        alt = element.get("alt")
        if space := self._space("图"):
            self._put(space)
        target = self.story.picture(self.story.page, source)
        decorative = alt == "" or element.get("role") in ("presentation", "none")
        width = style[1] if style else ""
        self.put_inline(i.Image(target, alt or "", element.get("title") or "", width, decorative, self.offset))

    def _ruby(self, element: Element) -> None:
        """Each base with its reading; a base without one is plain text."""
        self._space_before(element)
        self._stack.append([])
        start = self.offset
        self.add(element.text)
        for child in element:
            name = local(child)
            if name == "rt":
                reading = re.sub(_SPACE, " ", flat_text(child)).strip()
                base = tuple(self._stack.pop())
                if base:
                    self._stack[-1].append(i.Ruby(base, reading, start) if reading else base[0])
                self._stack.append([])
                start = self.offset
            else:
                self.element(child)
            self.add(child.tail)
        self._stack[-2].extend(self._stack[-1])
        self._stack.pop()

    def _note(self, element: Element) -> None:
        target = element.get("href") or ""
        address = absolute(self.story.page, target)
        blocks = self.story.notes.get(address)
        if blocks is None:
            self.story.report_once(
                "H-NOTE", "the note {target} is called and not there", Severity.WARNING, target=target
            )
            return
        self._stack[-1].append(i.Note(address.partition("#")[2], blocks, self.offset))


def _wrap(name: str, inner: tuple[i.Inline, ...]) -> i.Inline:
    match name:
        case "strong" | "b":
            return i.Strong(inner)
        case "s" | "del" | "strike":
            return i.Strike(inner)
        case "sup":
            return i.Superscript(inner)
        case "sub":
            return i.Subscript(inner)
        case _:
            return i.Emphasis(inner)


def _are_wide(one: str, other: str) -> bool:
    """Do two characters stand without a space in Chinese? Quotes and dashes do so beside a wide character."""
    wide = [is_wide(char) or char in WIDE_MARKS for char in (one, other)]
    return any(wide) and all(known or char in "“”‘’—…" for known, char in zip(wide, (one, other), strict=True))


def _entity(element: Element) -> str:
    """The character of an entity reference that the parser left alone, "" for comments and instructions."""
    name = getattr(element, "name", None)
    if isinstance(name, str) and name in name2codepoint:
        return chr(name2codepoint[name])
    return ""
