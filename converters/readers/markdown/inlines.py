"""A line of Markdown into inlines, each character with its place in the source.

The grammar is CommonMark 0.31 with strikethrough, notes, readings, scripts and bracketed spans. It is written
here because the inline tokens of markdown-it carry no offsets.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from converters.diagnostics import Severity
from converters.model import inlines as i
from converters.model.blocks import Paragraph
from converters.model.document import Comment
from converters.model.walk import plain

from . import syntax, tags
from .delimiters import Mark, flanking
from .places import Placed, glue
from .spans import (
    DEPTH_LIMIT, TOTAL_DEPTH_LIMIT, Cut, Item, Opener, Run, nesting, report_depth, resolve, to_inlines,
)  # fmt: skip
from .state import Reading

_SPECIAL = re.compile(r"[\\`*_~^\[\]!<&{\n]")
# What may stand between a line break and the next visible character.
_MARKUP = re.compile(r"(?:[*_~`\[{^!]|\\(?=[!-/:-@\[-`{-~])|<[^<>\n]*>)*")
# A raised text longer than this is a forgotten closing tag.
_SCRIPT_LENGTH = 2000
_BACKTICKS = re.compile(r"`+")
_SPAN_CLASSES: dict[str, Callable[[tuple[i.Inline, ...]], i.Inline]] = {
    "dots": i.Dots, "着重": i.Dots,
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
    return _Scanner(placed, reading).read()


class _Scanner:
    """One pass over one text. `items` is what has been read; brackets wait in `openers` for their partners."""

    def __init__(self, placed: Placed, reading: Reading, depth: int = 0) -> None:
        self.placed = placed
        self.text = placed.text
        self.reading = reading
        self.depth = depth
        self.items: list[Item] = []
        self.openers: list[Opener] = []
        self.last = ""
        self.backticks: dict[int, list[int]] | None = None
        # Closing strings that a search has shown not to follow any more.
        self.absent: set[str] = set()

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
                self._literal(position, end)
                break
            at = match.start()
            if at > position:
                self._literal(position, at)
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

    def _literal(self, start: int, end: int) -> int:
        """Take characters as they are."""
        last = self.items[-1] if self.items else None
        if isinstance(last, Run) and last.end == start:
            last.end = end
        else:
            self.items.append(Run(start, end))
        self.last = self.text[max(start, end - 8) : end]
        return end

    def _add(self, inline: i.Inline, visible: str) -> None:
        self.items.append(inline)
        if visible:
            self.last = visible[-8:]

    def _place(self, start: int, end: int) -> tuple[int, int]:
        first = self.placed.offset(start)
        return first, max(first, self.placed.offset(end - 1) + 1) if end > start else first

    def _escape(self, at: int) -> int:
        following = self.text[at + 1 : at + 2]
        if following == "\n":
            return self._line_break(at, at + 1)
        if following in syntax.ESCAPABLE and following:
            # A run of its own: the backslash is no part of it.
            self.items.append(Run(at + 1, at + 2))
            self.last = following
            return at + 2
        return self._literal(at, at + 1)

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
        if spaces >= 2:
            return self._line_break(at, at)
        following = self._skip_blanks(at + 1)
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

    def _line_break(self, start: int, newline: int) -> int:
        self.items.append(i.LineBreak(self.placed.offset(start)))
        self.last = ""
        return self._skip_blanks(newline + 1)

    def _skip_blanks(self, position: int) -> int:
        while self.text[position : position + 1] in (" ", "\t"):
            position += 1
        return position

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
            return self._literal(at, start)
        end = places[index]
        code = self.text[start:end].replace("\n", " ")
        inner = start
        if code[:1] == " " == code[-1:] and code.strip(" "):
            code, inner = code[1:-1], start + 1
        offset = self.placed.offset(inner)
        if self.reading.source.text[offset : offset + len(code)] != code:
            offset = -1
        self._add(i.Code(code, offset), code)
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
            return self._literal(at, end)
        opens, closes = flanking("~", before, after)
        start = at
        if (end - at) % 2:
            start = self._literal(at, at + 1)
        self.items.extend(Mark("~", place, place + 2, 0, opens, closes) for place in range(start, end, 2))
        return end

    def _script(self, make: Callable[[tuple[i.Inline, ...]], i.Inline], match: re.Match[str]) -> int:
        self._add(make(tuple(self.placed.texts(match.start(1), match.end(1)))), match[1])
        return match.end()

    def _caret(self, at: int) -> int:
        if self.text[at + 1 : at + 2] == "[":
            return self._push("^[", at, at + 2)
        match = syntax.SUPERSCRIPT.match(self.text, at)
        return self._script(i.Superscript, match) if match else self._literal(at, at + 1)

    def _bang(self, at: int) -> int:
        if self.text[at + 1 : at + 2] == "[":
            return self._push("![", at, at + 2)
        return self._literal(at, at + 1)

    def _open(self, at: int) -> int:
        match = syntax.NOTE_CALL.match(self.text, at)
        if match:
            blocks = self.reading.note(match[1], self._place(at, match.end()))
            if blocks is None:
                return self._literal(at, match.end())
            self._add(i.Note(match[1], blocks, self.placed.offset(at)), "")
            return match.end()
        return self._push("[", at, at + 1)

    def _push(self, kind: str, at: int, end: int) -> int:
        opener = Opener(kind, at, end, len(self.items))
        self.items.append(opener)
        self.openers.append(opener)
        return end

    def _close(self, at: int) -> int:
        index = len(self.openers) - 1
        while index >= 0 and self.openers[index].kind in tags.SCRIPTS:
            index -= 1
        if index < 0:
            return self._literal(at, at + 1)
        opener = self.openers[index]
        if not opener.active:
            del self.openers[index:]
            return self._literal(at, at + 1)
        end = self._finish(opener, at)
        if end is None:
            del self.openers[index]
            return self._literal(at, at + 1)
        del self.openers[index:]
        if opener.kind == "[" and isinstance(self.items[-1], i.Link):
            for earlier in self.openers:
                if earlier.kind == "[":
                    earlier.active = False
        return end

    def _finish(self, opener: Opener, at: int) -> int | None:
        """Make what a closing bracket completes; the position behind it, or None where it completes nothing."""
        if opener.kind == "^[":
            children = self._take(opener)
            if not plain(children).strip():
                self.items.extend((opener, *children))
                return None
            if nesting(children) >= TOTAL_DEPTH_LIMIT:
                report_depth(self.reading, self._place(opener.start, opener.end))
                self.items.extend(children)
                return at + 1
            inner = self._place(opener.end, at)
            note = Paragraph(children, span=self.reading.span(*inner))
            self.items.append(i.Note("", (note,), self.placed.offset(opener.start)))
            return at + 1
        following = self.text[at + 1 : at + 2]
        if following == "(":
            tail = syntax.link_tail(self.text, at + 1)
            if tail:
                target, title, end, title_place = tail
                return self._link(opener, (target, title), end, title_place)
        elif following == "{" and opener.kind == "[":
            end = self._bracketed(opener, at + 1)
            if end is not None:
                return end
        return self._referred(opener, at) if self.reading.references else None

    def _take(self, opener: Opener) -> tuple[i.Inline, ...]:
        """Take off what was read since an opener, as inlines."""
        inner = self.items[opener.index + 1 :]
        del self.items[opener.index :]
        resolved = [item for item in resolve(inner, self.placed, self.reading) if not isinstance(item, Cut)]
        return to_inlines(resolved, self.placed)

    def _bracketed(self, opener: Opener, at: int) -> int | None:
        match = syntax.ATTRIBUTES.match(self.text, at)
        found = syntax.attributes(match[1]) if match else None
        if match is None or found is None or found[1] or not all(name in _SPAN_CLASSES for name in found[0]):
            return None
        children = self._take(opener)
        for name in reversed(found[0][:8]):
            children = self._wrap(children, _SPAN_CLASSES[name], opener)
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
        children = self._take(opener)
        start = self.placed.offset(opener.start)
        scheme = syntax.scheme(target)
        refused = bool(scheme) and scheme not in syntax.SCHEMES
        if refused:
            self.reading.find(
                "M-LINK", Severity.WARNING, "an address that begins with “{scheme}:” is not followed; only its text is kept",
                self._place(opener.start, end), "give an address on the web, or a file beside the source", scheme=scheme,
            )  # fmt: skip
        if opener.kind == "[":
            if refused:
                self.items.extend(children)
            else:
                self.items.extend(self._wrap(children, lambda inner: i.Link(inner, target, title), opener))
            return end
        alt = plain(children).replace("\n", " ")
        image = i.Image(target, alt, title, start=start)
        if title_place >= 0:
            self.reading.title_places[start] = self.placed.offset(title_place)
        match = syntax.ATTRIBUTES.match(self.text, end)
        found = syntax.attributes(match[1]) if match else None
        if match and found:
            image = self._dress(image, found, self._place(end, match.end()))
            end = match.end()
        self.items.extend(children if refused else (image,))
        return end

    def _dress(self, image: i.Image, found: tuple[tuple[str, ...], dict[str, str]], place: tuple[int, int]) -> i.Image:
        classes, settings = found
        unknown = [f".{name}" for name in classes if name not in ("decorative", "装饰", "no-caption")]
        unknown += [key for key in settings if key not in ("width", "id")]
        for name in unknown:
            self.reading.find(
                "M-ATTR", Severity.WARNING, "a picture has no attribute “{name}”; it is left out", place,
                "write width=60%, width=60mm or .decorative", name=name,
            )  # fmt: skip
        if "no-caption" in classes:
            self.reading.uncaptioned.add(image.start)
        decorative = "decorative" in classes or "装饰" in classes
        return replace(image, width=settings.get("width", ""), decorative=decorative)

    def _ampersand(self, at: int) -> int:
        match = syntax.ENTITY.match(self.text, at)
        characters = syntax.entity(match[0]) if match else None
        if match is None or characters is None:
            return self._literal(at, at + 1)
        self._add(i.Text(characters), characters)
        return match.end()

    def _brace(self, at: int) -> int:
        match = syntax.RUBY.match(self.text, at)
        if match is None or match[0].isascii() or self.depth:
            return self._literal(at, at + 1)
        base = self._inner(match.start(1), match.end(1))
        readings = [syntax.unescape(part) for part in re.split(r"(?<!\\)\|", match[2])]
        start = self.placed.offset(at)
        first = base[0] if len(base) == 1 else None
        if len(readings) > 1 and isinstance(first, i.Text) and len(readings) == len(first.text):
            for index, reading in enumerate(readings):
                char = i.Text(first.text[index], first.start + index if first.start >= 0 else -1)
                self._add(i.Ruby((char,), reading, start), char.text)
        else:
            self._add(i.Ruby(base, "".join(readings), start), plain(base))
        return match.end()

    def _inner(self, start: int, end: int) -> tuple[i.Inline, ...]:
        """A part of the text read for itself."""
        scanner = _Scanner(self.placed.part(start, end), self.reading, self.depth + 1)
        return tuple(inline for part in scanner.read() for inline in part)

    def _angle(self, at: int) -> int:
        for pattern, prefix in ((syntax.AUTOLINK, ""), (syntax.AUTOMAIL, "mailto:")):
            match = pattern.match(self.text, at)
            if match:
                return self._autolink(match, prefix)
        if self.text.startswith("<!--", at):
            return self._comment(at)
        for opening, closing in (("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">")):
            if self.text.startswith(opening, at) and (opening != "<!" or self.text[at + 2 : at + 3].isalpha()):
                end = self._find(closing, at)
                if end < 0:
                    return self._literal(at, at + 1)
                self._dropped(at, end + len(closing), opening)
                return end + len(closing)
        tag = syntax.TAG.match(self.text, at)
        return self._tag(tag) if tag else self._literal(at, at + 1)

    def _find(self, closing: str, at: int) -> int:
        """Where a closing string follows, -1 if nowhere; a search that failed is not made again."""
        if closing in self.absent:
            return -1
        end = self.text.find(closing, at)
        if end < 0:
            self.absent.add(closing)
        return end

    def _autolink(self, match: re.Match[str], prefix: str) -> int:
        address = tuple(self.placed.texts(match.start(1), match.end(1)))
        scheme = syntax.scheme(match[1])
        if prefix or scheme in syntax.SCHEMES:
            self._add(i.Link(address, prefix + match[1]), match[1])
        else:
            self.reading.find(
                "M-LINK", Severity.WARNING, "an address that begins with “{scheme}:” is not followed; only its text is kept",
                self._place(match.start(), match.end()), scheme=scheme,
            )  # fmt: skip
            for text in address:
                self._add(text, text.text)
        return match.end()

    def _comment(self, at: int) -> int:
        if self.text.startswith(("<!-->", "<!--->"), at):
            return self.text.index(">", at) + 1
        end = self._find("-->", at + 4)
        if end < 0:
            return self._literal(at, at + 1)
        words = self.text[at + 4 : end].strip()
        if words.startswith("jianbao:"):
            place = self._place(at, end + 3)
            self.reading.comments.append(Comment(words, self.reading.span(*place)))
        # Of the spaces on either side of a comment one stays.
        return self._skip_blanks(end + 3) if self.last.endswith(" ") else end + 3

    def _dropped(self, start: int, end: int, name: str) -> None:
        grave = name not in tags.LOOKS
        self.reading.find(
            "M-HTML", Severity.WARNING if grave else Severity.INFO, "the HTML tag <{name}> is dropped; its text is kept",
            self._place(start, end), "write it in Markdown" if grave else "", name=name.strip("<"),
        )  # fmt: skip

    def _tag(self, match: re.Match[str]) -> int:
        closes, name = bool(match[1]), match[2].lower()
        at, end = match.span()
        if name == "br":
            return self._line_break(at, end - 1) if self.text[end : end + 1] != "\n" else self._line_break(at, end)
        if name in tags.SCRIPTS and closes:
            return self._close_script(name, at, end)
        if name in tags.SCRIPTS and sum(opener.kind in tags.SCRIPTS for opener in self.openers[-99:]) < DEPTH_LIMIT:
            return self._push(name, at, end)
        if name == "ruby" and not closes and not self.depth:
            ruby = self._ruby(at, end)
            if ruby:
                return ruby
        if name in tags.DROPPED_CONTENTS and not closes:
            close = (
                re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.text, end) if name not in self.absent else None
            )
            if close is None:
                self.absent.add(name)
            else:
                self.reading.find(
                    "M-HTML", Severity.WARNING, "<{name}> and what it holds are dropped; nothing of it is run",
                    self._place(at, close.end()), "remove it from the source", name=name,
                )  # fmt: skip
                return close.end()
        if not closes:
            self._dropped(at, end, name)
        if name in tags.BLOCKS:
            self.items.append(Cut())
            self.last = ""
            return self._skip_blanks(end)
        return end

    def _close_script(self, name: str, at: int, end: int) -> int:
        index = len(self.openers) - 1
        while index >= 0 and self.openers[index].kind != name and at - self.openers[index].start < _SCRIPT_LENGTH:
            index -= 1
        if index < 0 or self.openers[index].kind != name:
            self._dropped(at, end, f"/{name}")
            return end
        opener = self.openers[index]
        del self.openers[index:]
        self.items.extend(self._wrap(self._take(opener), i.Superscript if name == "sup" else i.Subscript, opener))
        return end

    def _wrap(
        self, children: tuple[i.Inline, ...], make: Callable[[tuple[i.Inline, ...]], i.Inline], opener: Opener
    ) -> tuple[i.Inline, ...]:
        """Children inside a mark of the model; left bare, with a finding, where marks are nested too deeply."""
        if not children:
            return ()
        if nesting(children) < TOTAL_DEPTH_LIMIT:
            return (make(children),)
        report_depth(self.reading, self._place(opener.start, opener.end))
        return children

    def _ruby(self, at: int, end: int) -> int | None:
        """<ruby>base<rt>reading</rt></ruby>, with rb and rp; the position behind it, None where it is not closed."""
        close = re.compile(r"</ruby\s*>", re.IGNORECASE).search(self.text, end) if "ruby" not in self.absent else None
        if close is None:
            self.absent.add("ruby")
            return None
        base: list[i.Inline] = []
        reading, mode, position = "", "rb", end
        start = self.placed.offset(at)

        def finish() -> None:
            if reading.strip() and base:
                self._add(i.Ruby(tuple(base), reading.strip(), start), plain(tuple(base)))
            else:
                for inline in base:
                    self._add(inline, plain((inline,)))
            base.clear()

        inner_tags = [tag for tag in syntax.TAG.finditer(self.text, end, close.start()) if tag[2].lower() in tags.RUBY]
        for tag in (*inner_tags, close):
            if mode == "rt":
                reading += syntax.unescape(self.text[position : tag.start()])
            elif mode == "rb" and self.text[position : tag.start()].strip():
                if reading:
                    finish()
                    reading = ""
                base.extend(self._inner(position, tag.start()))
            position = tag.end()
            if tag is not close:
                mode = "rb" if tag[1] or tag[2].lower() == "rb" else tag[2].lower()
        finish()
        return close.end()
