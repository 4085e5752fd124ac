"""A line of Markdown into inlines, each character with its place in the source.

The grammar is CommonMark 0.31 with strikethrough, notes, readings, scripts and bracketed spans. It is written
here because the inline tokens of markdown-it carry no offsets.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from converters.model import inlines as i
from converters.model.blocks import Paragraph
from converters.model.markup import flanking
from converters.model.walk import WRAPPERS, plain

from . import syntax
from .delimiters import Mark
from .places import CONTENTS, ROW, Placed, glue
from .scanner import Scanner
from .spans import SCRIPTS, TOTAL_DEPTH_LIMIT, Cut, Item, Opener, Run, nesting, resolve, to_inlines
from .state import Reading
from .tags import read_angle

_SPECIAL = re.compile(r"[\\`*_~^\[\]!<&{\n]")
# What may stand between a line break and the next visible character.
_MARKUP = re.compile(r"(?:[*_~`\[{^!]|\\(?=[!-/:-@\[-`{-~])|<[^<>\n]*>)*")
_BACKTICKS = re.compile(r"`+")


def _dots(form: str) -> Callable[[tuple[i.Inline, ...]], i.Inline]:
    return lambda children: i.Dots(children, form)


_SPAN_CLASSES: dict[str, Callable[[tuple[i.Inline, ...]], i.Inline]] = {
    "dots": i.Dots, "着重": i.Dots,
    "hollow-dots": _dots("hollow-dot"), "空心着重": _dots("hollow-dot"),
    "sesame": _dots("sesame"), "顿点": _dots("sesame"),
    "hollow-sesame": _dots("hollow-sesame"), "空心顿点": _dots("hollow-sesame"),
    "deceased": i.Deceased, "示亡": i.Deceased,
    "name": i.ProperName, "专名": i.ProperName,
    "book": i.BookTitle, "书名": i.BookTitle,
}  # fmt: skip


def read_inlines(placed: Placed, reading: Reading) -> tuple[i.Inline, ...]:
    """A line of text as inlines; where HTML blocks end in it, nothing is put."""
    return tuple(inline for part in read_parts(placed, reading) for inline in part)


def read_parts(placed: Placed, reading: Reading) -> list[tuple[i.Inline, ...]]:
    """A text as inlines, cut where HTML ends a block in it; without HTML it is one part."""
    if _SPECIAL.search(placed.text) is None:
        return [tuple(placed.texts(0, len(placed.text)))] if placed.text else []
    return _Marks(placed, reading).read()


class _Marks(Scanner):
    """Reads the marks of Markdown, each by its first character."""

    def read(self) -> list[tuple[i.Inline, ...]]:
        """Scan the whole text and resolve what it holds."""
        text, position, end = self.text, 0, len(self.text)
        handlers: dict[str, Callable[[int], int]] = {
            "\\": self._escape, "`": self._code, "*": self._emphasis, "_": self._emphasis, "~": self._tilde,
            "^": self._caret, "[": self._open, "]": self._close, "!": self._bang, "<": self._angle,
            "&": self._ampersand, "{": self._brace, "\n": self._newline,
        }  # fmt: skip
        while position < end:
            match = _SPECIAL.search(text, position)
            if match is None:
                self.literal(position, end)
                break
            at = match.start()
            if at > position:
                self.literal(position, at)
            position = handlers[text[at]](at)
        parts: list[tuple[i.Inline, ...]] = []
        part: list[Item] = []
        for item in (*resolve(self.items, self.placed, self.reading), Cut()):
            if isinstance(item, Cut):
                if part:
                    parts.append(to_inlines(part, self.placed))
                part = []
            else:
                part.append(item)
        return parts

    def _escape(self, at: int) -> int:
        following = self.text[at + 1 : at + 2]
        if following == "\n":
            return self.line_break(at, at + 1)
        if following in syntax.ESCAPABLE and following:
            # A run of its own: the backslash is no part of it.
            self.items.append(Run(at + 1, at + 2))
            self.last = following
            return at + 2
        return self.literal(at, at + 1)

    def _newline(self, at: int) -> int:
        last = self.items[-1] if self.items else None
        spaces = 0
        if isinstance(last, Run):
            run = self.text[last.start : last.end]
            kept = len(run.rstrip(" \t"))
            spaces = len(run) - len(run.rstrip(" ")) if last.end == at else 0
            last.end = last.start + kept
            if not kept:
                self.items.pop()
            self.last = self.last.rstrip(" \t")
        last_line = self.last
        row = last_line[-1:].isdecimal() and ROW.search(last_line)
        if spaces >= 2 or row or (len(self.items) == 1 and CONTENTS.fullmatch(last_line.strip())):
            return self.line_break(at, at)
        following = self.skip_blanks(at + 1)
        if self.text[following : following + 1] == "\n":
            # Blank lines stand only in raw HTML.
            self.items.append(Cut())
            return following
        ahead = _MARKUP.match(self.text, following)
        visible = self.text[ahead.end() if ahead else following :][:8]
        if glue(self.last, visible):
            self.items.append(i.Text(" "))
            self.last = " "
        return following

    def _code(self, at: int) -> int:
        if self.backticks is None:
            self.backticks = {}
            for match in _BACKTICKS.finditer(self.text):
                self.backticks.setdefault(len(match[0]), []).append(match.start())
        start = at
        while self.text[start : start + 1] == "`":
            start += 1
        length = start - at
        places = self.backticks.get(length, [])
        index = bisect_left(places, start)
        if index == len(places):
            return self.literal(at, start)
        end = places[index]
        code = self.text[start:end].replace("\n", " ")
        inner = start
        if code[:1] == " " == code[-1:] and code.strip(" "):
            code, inner = code[1:-1], start + 1
        offset = self.placed.offset(inner)
        if self.reading.source.text[offset : offset + len(code)] != code:
            offset = -1
        self.add(i.Code(code, offset), code)
        return end + length

    def _emphasis(self, at: int) -> int:
        char, end = self.text[at], at + 1
        while self.text[end : end + 1] == char:
            end += 1
        opens, closes = flanking(char, self.text[at - 1 : at] if at else "", self.text[end : end + 1])
        self.items.extend(Mark(char, start, start + 1, end - at, opens, closes) for start in range(at, end))
        return end

    def _tilde(self, at: int) -> int:
        end = at + 1
        while self.text[end : end + 1] == "~":
            end += 1
        before, after = self.text[at - 1 : at] if at else "", self.text[end : end + 1]
        if end - at == 1:
            match = syntax.SUBSCRIPT.match(self.text, at)
            if match and not (before.isdigit() and after.isdigit()):
                return self._script(i.Subscript, match)
            return self.literal(at, end)
        opens, closes = flanking("~", before, after)
        start = at
        if (end - at) % 2:
            start = self.literal(at, at + 1)
        self.items.extend(Mark("~", place, place + 2, 0, opens, closes) for place in range(start, end, 2))
        return end

    def _script(self, make: Callable[[tuple[i.Inline, ...]], i.Inline], match: re.Match[str]) -> int:
        self.add(make(tuple(self.placed.texts(match.start(1), match.end(1)))), match[1])
        return match.end()

    def _caret(self, at: int) -> int:
        if self.text[at + 1 : at + 2] == "[":
            return self.push("^[", at, at + 2)
        match = syntax.SUPERSCRIPT.match(self.text, at)
        return self._script(i.Superscript, match) if match else self.literal(at, at + 1)

    def _bang(self, at: int) -> int:
        if self.text[at + 1 : at + 2] == "[":
            return self.push("![", at, at + 2)
        return self.literal(at, at + 1)

    def _open(self, at: int) -> int:
        match = syntax.NOTE_CALL.match(self.text, at)
        if match:
            blocks = self.reading.note(match[1], self.place(at, match.end()))
            if blocks is None:
                return self.literal(at, match.end())
            self.add(i.Note(match[1], blocks, self.placed.offset(at)), "")
            return match.end()
        return self.push("[", at, at + 1)

    def _close(self, at: int) -> int:
        index = len(self.openers) - 1
        while index >= 0 and self.openers[index].kind in SCRIPTS:
            index -= 1
        if index < 0:
            return self.literal(at, at + 1)
        opener = self.openers[index]
        end = self._finish(opener, at)
        if end is None:
            del self.openers[index]
            return self.literal(at, at + 1)
        del self.openers[index:]
        return end

    def _finish(self, opener: Opener, at: int) -> int | None:
        """Make what a closing bracket completes; the position behind it, or None where it completes nothing."""
        if opener.kind == "^[":
            children = self.take(opener)
            if not plain(children).strip():
                self.items.extend((opener, *children))
                return None
            if nesting(children) >= TOTAL_DEPTH_LIMIT:
                self.reading.report("marks-depth", self.place(opener.start, opener.end))
                self.items.extend(children)
                return at + 1
            inner = self.place(opener.end, at)
            note = Paragraph(children, span=self.reading.span(*inner))
            self.items.append(i.Note("", (note,), self.placed.offset(opener.start)))
            return at + 1
        following = self.text[at + 1 : at + 2]
        if following == "(" and opener.active:
            tail = syntax.link_tail(self.text, at + 1)
            if tail:
                target, title, end, title_place = tail
                return self._link(opener, (target, title), end, title_place)
        elif following == "{" and opener.kind == "[":
            behind = self._bracketed(opener, at + 1)
            if behind is not None:
                return behind
        return self._referred(opener, at) if self.reading.references and opener.active else None

    def _bracketed(self, opener: Opener, at: int) -> int | None:
        match = syntax.ATTRIBUTES.match(self.text, at)
        found = syntax.attributes(match[1]) if match else None
        if match is None or found is None or found[1] or not all(name in _SPAN_CLASSES for name in found[0]):
            return None
        children = self.take(opener)
        for name in reversed(found[0][:8]):
            children = self.wrap(children, _SPAN_CLASSES[name], opener)
        self.items.extend(children)
        return match.end()

    def _referred(self, opener: Opener, at: int) -> int | None:
        """A link whose target stands elsewhere: [text][label], [label][] or [label]."""
        label, end = self.text[opener.end : at], at + 1
        if self.text[end : end + 1] == "[":
            close = self.text.find("]", end)
            if close > 0 and "[" not in self.text[end + 1 : close]:
                label, end = self.text[end + 1 : close] or label, close + 1
        found = self.reading.references.get(syntax.normalise_label(label)) if len(label) < 1000 else None
        return None if found is None else self._link(opener, found, end, -1)

    def _link(self, opener: Opener, where: tuple[str, str], end: int, title_place: int) -> int:
        target, title = where
        children = self.take(opener)
        start = self.placed.offset(opener.start)
        scheme = syntax.scheme(target)
        refused = bool(scheme) and scheme not in syntax.SCHEMES
        if refused:
            self.reading.report("link", self.place(opener.start, end), scheme=scheme)
        if opener.kind == "[":
            # No link stands in another.
            for earlier in self.openers:
                if earlier.kind == "[":
                    earlier.active = False
            if refused:
                self.items.extend(children)
            else:
                self.items.extend(self.wrap(children, lambda inner: i.Link(inner, target, title), opener))
            return end
        alt = _description(children)
        image = i.Image(target, alt, title, start=start)
        if title_place >= 0:
            self.reading.title_places[start] = self.placed.offset(title_place)
        match = syntax.ATTRIBUTES.match(self.text, end)
        found = syntax.attributes(match[1]) if match else None
        if match and found:
            image = self._dress(image, found, self.place(end, match.end()))
            end = match.end()
        self.items.extend(children if refused else (image,))
        return end

    def _dress(self, image: i.Image, found: tuple[tuple[str, ...], dict[str, str]], place: tuple[int, int]) -> i.Image:
        classes, settings = found
        unknown = [f".{name}" for name in classes if name not in ("decorative", "装饰", "no-caption")]
        unknown += [key for key in settings if key not in ("width", "id")]
        for name in unknown:
            self.reading.report("attribute", place, name=name)
        if "no-caption" in classes:
            self.reading.uncaptioned.add(image.start)
        decorative = "decorative" in classes or "装饰" in classes
        return replace(image, width=settings.get("width", ""), decorative=decorative)

    def _ampersand(self, at: int) -> int:
        match = syntax.ENTITY.match(self.text, at)
        characters = syntax.entity(match[0]) if match else None
        if match is None or characters is None:
            return self.literal(at, at + 1)
        self.add(i.Text(characters), characters)
        return match.end()

    def _brace(self, at: int) -> int:
        match = syntax.RUBY.match(self.text, at)
        if match is None or match[0].isascii() or self.depth:
            return self.literal(at, at + 1)
        base = self.inner(match.start(1), match.end(1))
        readings = [syntax.unescape(part) for part in re.split(r"(?<!\\)\|", match[2])]
        start = self.placed.offset(at)
        first = base[0] if len(base) == 1 else None
        if len(readings) > 1 and isinstance(first, i.Text) and len(readings) == len(first.text):
            for index, reading in enumerate(readings):
                char = i.Text(first.text[index], first.start + index if first.start >= 0 else -1)
                self.add(i.Ruby((char,), reading, start), char.text)
        else:
            self.add(i.Ruby(base, "".join(readings), start), plain(base))
        return match.end()

    def _angle(self, at: int) -> int:
        return read_angle(self, at)


def _description(inlines: tuple[i.Inline, ...]) -> str:
    """A picture's description as bare text; that of a picture inside it is part of it."""
    words = ""
    for inline in inlines:
        if isinstance(inline, i.Image):
            words += inline.alt
        elif isinstance(inline, WRAPPERS):
            words += _description(inline.children)
        else:
            words += plain((inline,)).replace("\n", " ")
    return words
