"""The small grammars inside a line: links, attributes, entities, tags, readings."""

from __future__ import annotations

import re

from converters.model import markup

ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
ENTITY = re.compile(markup.ENTITY)
AUTOLINK = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^<>\x00-\x20]*)>")
AUTOMAIL = re.compile(r"<([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9.-]{0,250}[a-zA-Z0-9])?)>")
_ATTRIBUTE = r"\s+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:\s*=\s*(?:[^\"'=<>`\x00-\x20]+|'[^']*'|\"[^\"]*\"))?"
TAG = re.compile(rf"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:{_ATTRIBUTE})*)\s*/?>")
RUBY = re.compile(r"\{((?:[^{}|\\\n]|\\.)+)\|((?:[^{}\\\n]|\\.)+)\}")
SUBSCRIPT = re.compile(rf"~([{markup.SCRIPT}]{{1,24}})~(?!~)")
SUPERSCRIPT = re.compile(rf"\^([{markup.SCRIPT}]{{1,24}})\^(?![\^0-9A-Za-z(])")
NOTE_CALL = re.compile(r"\[\^([^\s\[\]]+)\]")
ATTRIBUTES = re.compile(r"\{([^{}\n]*)\}")
_ATTRIBUTE_PART = re.compile(r"\s*(?:\.([\w-]+)|#([\w-]+)|([\w-]+)=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'{}]+)))(?=\s|$)")
_TITLE = re.compile(r"""[ \t\n]+(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|\(((?:[^()\\]|\\.)*)\))""", re.DOTALL)
_BLANKS = re.compile(r"[ \t]*\n?[ \t]*")
_POINTED = re.compile(r"<((?:[^<>\\\n]|\\.)*)>")
# Round brackets in a bare target nest at most so deep (CommonMark leaves the number open).
_BRACKET_DEPTH = 32

# Addresses that a reader of an edition may be sent to.
SCHEMES = frozenset(("http", "https", "ftp", "ftps", "mailto", "tel", "sms", "geo", "urn", "doi", "news"))


def attributes(text: str) -> tuple[tuple[str, ...], dict[str, str]] | None:
    """The classes and settings of an attribute list without its braces; None where it is none."""
    classes: list[str] = []
    settings: dict[str, str] = {}
    position = 0
    bare = text.rstrip()
    while position < len(bare):
        match = _ATTRIBUTE_PART.match(bare, position)
        if match is None:
            return None
        if match[1]:
            classes.append(match[1])
        elif match[2]:
            settings["id"] = match[2]
        else:
            settings[match[3]] = next(value for value in match.group(4, 5, 6) if value is not None)
        position = match.end()
    return (tuple(classes), settings) if classes or settings else None


def unescape(text: str) -> str:
    """A text without its backslash escapes and entities, as targets and titles have them."""
    if "\\" not in text and "&" not in text:
        return text
    pieces, position = [], 0
    for match in re.finditer(rf"{ESCAPE.pattern}|{ENTITY.pattern}", text):
        pieces.append(text[position : match.start()])
        pieces.append(match[1] if match[1] else entity(match[0]) or match[0])
        position = match.end()
    return "".join((*pieces, text[position:]))


def entity(reference: str) -> str | None:
    """The characters that an entity or character reference stands for; None where it is none."""
    match = ENTITY.fullmatch(reference)
    if match is None:
        return None
    if match[3]:
        from html.entities import html5

        return html5.get(f"{match[3]};")
    code = int(match[1], 16) if match[1] else int(match[2])
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return chr(code)


def link_tail(text: str, position: int) -> tuple[str, str, int, int] | None:
    """What follows a link's text: "(target "title")" from its bracket on.

    Gives the target, the title, the position behind the closing bracket and that of the title's first
    character (-1 without one or where it holds escapes); None where it is no such tail.
    """
    blanks = _BLANKS.match(text, position + 1)
    position = blanks.end() if blanks else position + 1
    pointed = _POINTED.match(text, position)
    if pointed:
        target, position = unescape(pointed[1]), pointed.end()
    else:
        end = _bare_target(text, position)
        if end is None:
            return None
        target, position = unescape(text[position:end]), end
    title, place = "", -1
    match = _TITLE.match(text, position)
    if match and "\n\n" not in match[0]:
        group = next(number for number in (1, 2, 3) if match[number] is not None)
        title, position = unescape(match[group]), match.end()
        place = match.start(group) if title == match[group] else -1
    blanks = _BLANKS.match(text, position)
    position = blanks.end() if blanks else position
    return (target, title, position + 1, place) if text[position : position + 1] == ")" else None


def _bare_target(text: str, position: int) -> int | None:
    """The end of a target that is not in pointed brackets: no spaces, round brackets in pairs."""
    depth = 0
    if text[position : position + 1] == "<":
        return None
    while position < len(text):
        char = text[position]
        if char == "\\" and text[position + 1 : position + 2] in ESCAPABLE:
            position += 2
            continue
        if char <= " " or char == "\x7f":
            break
        if char == "(":
            depth += 1
            if depth > _BRACKET_DEPTH:
                return None
        elif char == ")":
            if depth == 0:
                break
            depth -= 1
        position += 1
    return position if depth == 0 else None


def scheme(target: str) -> str:
    """The scheme of an address in small letters, "" for a relative one; blanks and controls do not hide it."""
    bare = re.sub(r"[\x00-\x20\x7f\u00a0\u200b-\u200f\u2028\u2029\ufeff]+", "", target)
    match = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]+):", bare)
    return match[1].lower() if match else ""


def normalise_label(label: str) -> str:
    """A reference label as labels are compared: runs of blanks as one space, without case."""
    return " ".join(label.split()).casefold().upper()
