"""HTML inside text: which tags mean something here, and what becomes of the others. Nothing is passed on or run."""

from __future__ import annotations

import re

from converters.model import inlines as i
from converters.model.document import Comment
from converters.model.walk import plain

from . import syntax
from .scanner import Scanner
from .spans import DEPTH_LIMIT, SCRIPTS, Cut

# Tags whose contents are never text.
_DROPPED_CONTENTS = ("script", "style")
_RUBY = ("ruby", "rb", "rt", "rp", "rtc")
# Tags at whose edges a paragraph ends.
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "main", "menu", "nav", "ol",
    "optgroup", "option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "title", "tr", "ul",
))  # fmt: skip
# Tags that only lend a look: their loss is worth a note, the loss of any other a warning.
_LOOKS = frozenset((
    "abbr", "b", "bdi", "bdo", "big", "center", "cite", "code", "del", "dfn", "div", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "p", "q", "s", "samp", "section", "small", "span", "strike", "strong", "tt",
    "u", "var", "wbr",
))  # fmt: skip
# A raised text longer than this is a forgotten closing tag.
_SCRIPT_LENGTH = 2000


def read_angle(scanner: Scanner, at: int) -> int:
    """Read what a < begins; the position behind it."""
    text = scanner.text
    for pattern, prefix in ((syntax.AUTOLINK, ""), (syntax.AUTOMAIL, "mailto:")):
        match = pattern.match(text, at)
        if match:
            return _autolink(scanner, match, prefix)
    if text.startswith("<!--", at):
        return _comment(scanner, at)
    for opening, closing in (("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">")):
        if text.startswith(opening, at) and (opening != "<!" or text[at + 2 : at + 3].isalpha()):
            end = scanner.find(closing, at)
            if end < 0:
                return scanner.literal(at, at + 1)
            scanner.reading.report("tag", scanner.place(at, end + len(closing)), name=opening[1:])
            return end + len(closing)
    tag = syntax.TAG.match(text, at)
    return _tag(scanner, tag) if tag else scanner.literal(at, at + 1)


def _autolink(scanner: Scanner, match: re.Match[str], prefix: str) -> int:
    address = tuple(scanner.placed.texts(match.start(1), match.end(1)))
    scheme = syntax.scheme(match[1])
    if prefix or scheme in syntax.SCHEMES:
        scanner.add(i.Link(address, prefix + match[1]), match[1])
    else:
        scanner.reading.report("link", scanner.place(match.start(), match.end()), scheme=scheme)
        for text in address:
            scanner.add(text, text.text)
    return match.end()


def _comment(scanner: Scanner, at: int) -> int:
    text = scanner.text
    if text.startswith(("<!-->", "<!--->"), at):
        return text.index(">", at) + 1
    end = scanner.find("-->", at + 4)
    if end < 0:
        return scanner.literal(at, at + 1)
    words = text[at + 4 : end].strip()
    if words.startswith("jianbao:"):
        place = scanner.place(at, end + 3)
        scanner.reading.comments.append(Comment(words, scanner.reading.span(*place)))
    # Of the spaces on either side of a comment one stays.
    return scanner.skip_blanks(end + 3) if scanner.last.endswith(" ") else end + 3


def _tag(scanner: Scanner, match: re.Match[str]) -> int:
    closes, name = bool(match[1]), match[2].lower()
    at, end = match.span()
    if name == "br":
        return scanner.line_break(at, end if scanner.text[end : end + 1] == "\n" else end - 1)
    if name in SCRIPTS:
        return _close_script(scanner, name, at, end) if closes else _open_script(scanner, name, at, end)
    if name == "ruby" and not closes and not scanner.depth:
        behind = _ruby(scanner, at, end)
        if behind is not None:
            return behind
    if name in _DROPPED_CONTENTS and not closes:
        close = scanner.find_tag(name, end)
        if close is not None:
            scanner.reading.report("contents", scanner.place(at, close.end()), name=name)
            return close.end()
    if not closes:
        scanner.reading.report("look" if name in _LOOKS else "tag", scanner.place(at, end), name=name)
    if name in _BLOCKS:
        scanner.items.append(Cut())
        scanner.last = ""
        return scanner.skip_blanks(end)
    return end


def _open_script(scanner: Scanner, name: str, at: int, end: int) -> int:
    if sum(opener.kind in SCRIPTS for opener in scanner.openers[-4 * DEPTH_LIMIT :]) < DEPTH_LIMIT:
        return scanner.push(name, at, end)
    scanner.reading.report("marks-depth", scanner.place(at, end))
    return end


def _close_script(scanner: Scanner, name: str, at: int, end: int) -> int:
    openers = scanner.openers
    index = len(openers) - 1
    while index >= 0 and openers[index].kind != name and at - openers[index].start < _SCRIPT_LENGTH:
        index -= 1
    if index < 0 or openers[index].kind != name:
        scanner.reading.report("tag", scanner.place(at, end), name=f"/{name}")
        return end
    opener = openers[index]
    del openers[index:]
    scanner.items.extend(scanner.wrap(scanner.take(opener), i.Superscript if name == "sup" else i.Subscript, opener))
    return end


def _ruby(scanner: Scanner, at: int, end: int) -> int | None:
    """<ruby>base<rt>reading</rt></ruby>, with rb and rp; the position behind it, None where it is not closed."""
    close = scanner.find_tag("ruby", end)
    if close is None:
        return None
    text, start = scanner.text, scanner.placed.offset(at)
    base: list[i.Inline] = []
    reading, mode, position = "", "rb", end
    tags = [tag for tag in syntax.TAG.finditer(text, end, close.start()) if tag[2].lower() in _RUBY]
    for tag in (*tags, close):
        if mode == "rt":
            reading += syntax.unescape(text[position : tag.start()])
        elif mode == "rb" and text[position : tag.start()].strip():
            if reading:
                _add_ruby(scanner, base, reading, start)
                base, reading = [], ""
            base.extend(scanner.inner(position, tag.start()))
        position = tag.end()
        mode = "rb" if tag[1] or tag[2].lower() in ("rb", "rtc") else tag[2].lower()
    _add_ruby(scanner, base, reading, start)
    return close.end()


def _add_ruby(scanner: Scanner, base: list[i.Inline], reading: str, start: int) -> None:
    if reading.strip() and base:
        scanner.add(i.Ruby(tuple(base), reading.strip(), start), plain(tuple(base)))
        return
    for inline in base:
        scanner.add(inline, plain((inline,)))
