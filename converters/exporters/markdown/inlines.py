"""Inlines as Markdown that reads back to the same inlines: what needs an escape gets one, and little else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import assert_never

from converters.model import inlines as i
from converters.model.characters import SPACES
from converters.model.markup import ENTITY, SCRIPT, flanking
from converters.model.walk import WRAPPERS
from converters.records import dataclass

# Stands between marks that would otherwise be read together; a comment is no text.
SEPARATOR = "<!-- -->"
_CLASSES: dict[type, str] = {i.Deceased: "deceased", i.ProperName: "name", i.BookTitle: "book"}
_DOT_CLASSES = {"hollow-dot": "hollow-dots", "sesame": "sesame", "hollow-sesame": "hollow-sesame"}
_SCRIPT_TEXT = re.compile(rf"[{SCRIPT}]{{1,24}}")
_ENTITY = re.compile(ENTITY)
_AUTOLINK = re.compile(r"(?:https?|ftp|mailto):[^<>\x00-\x20]+")
_PLAIN_TARGET = re.compile(r"[A-Za-z0-9/:.#?=%+~,@$;_-][A-Za-z0-9/:.#?=%+~,@$;_!'-]*")
# What would begin a block where a line begins.
_LINE_START = re.compile(
    r"(?P<mark>#{1,6}(?=[ \t]|$)|>|\||[-+](?=[ \t]|$)|:(?=[ \t:])|=(?==*[ \t]*$)|-(?=[-:| \t]*$)|-(?=-)|:(?=[-:| \t]*$)"
    r"|~(?=[ \t]|~~))|(?P<number>\d{1,9})(?=[.)](?:[ \t]|$))"
)
_EDGE_SPACE = re.compile(f"^[{SPACES}]+|[{SPACES}]+$")


@dataclass(slots=True)
class Mark:
    """A run of marks that opens or closes emphasis; `inside` says that it stands in emphasis of the same mark."""

    text: str
    opens: bool
    inside: bool


def write_inlines(inlines: tuple[i.Inline, ...], notes: Callable[[i.Note], str], *, lines: bool = True) -> str:
    """A line of the model as Markdown. Line breaks become new lines, or <br> where `lines` is false.

    `notes` gives the label under which a note is defined elsewhere.
    """
    if len(inlines) == 1 and isinstance(inlines[0], i.Text) and _harmless(inlines[0].text):
        return inlines[0].text
    writer = _Writer(notes, lines)
    writer.write(inlines, "")
    return writer.text()


_SUSPECT = re.compile(rf"[\\`*_\[\]<&{{~^\n]|^[-#>|+:=!0-9{SPACES}]|[!{SPACES}]$")


def _harmless(text: str) -> bool:
    return bool(text) and _SUSPECT.search(text) is None


class _Writer:
    """Collects pieces of text and marks, and joins them so that each mark is read as what it is."""

    def __init__(self, notes: Callable[[i.Note], str], lines: bool) -> None:
        self.notes = notes
        self.lines = lines
        self.pieces: list[str | Mark] = []

    def write(self, inlines: tuple[i.Inline, ...], around: str, bracketed: bool = False) -> None:
        """Write a line; `around` are the marks that stand open, `bracketed` says that a ] would close something."""
        merged = _merged(inlines)
        for number, inline in enumerate(merged):
            before = merged[number - 1] if number else None
            after = merged[number + 1] if number + 1 < len(merged) else None
            enclosed = bool(around) or bracketed
            match inline:
                case i.Text(text=text):
                    edge = before is not None or enclosed
                    self.pieces.append(_escape(text, edge, after or _end(enclosed), bracketed))
                case i.Code(text=text):
                    self.pieces.append(_code(text))
                case i.LineBreak():
                    # A line break at an edge would be an escaped nothing.
                    inner = before is not None and after is not None and not around and not bracketed
                    self.pieces.append("\\\n" if self.lines and inner else "<br>")
                case i.Strong() | i.Emphasis() | i.Strike():
                    self._emphasis(inline, around, bracketed)
                case i.Dots(children=children, form=form):
                    self._bracketed("[", children, f"]{{.{_DOT_CLASSES.get(form, 'dots')}}}")
                case i.Deceased() | i.ProperName() | i.BookTitle():
                    self._bracketed("[", inline.children, f"]{{.{_CLASSES[type(inline)]}}}")
                case i.Superscript(children=children):
                    self._script("sup", "^", children, (before, after or _end(enclosed)), bracketed)
                case i.Subscript(children=children):
                    self._script("sub", "~", children, (before, after or _end(enclosed)), bracketed)
                case i.Link(children=(i.Text(text=text),), target=target, title="") if (
                    text == target and _AUTOLINK.fullmatch(target)
                ):
                    self.pieces.append(f"<{target}>")
                case i.Link(children=children, target=target, title=title):
                    self._bracketed("[", children, f"]({_target(target)}{_title(title)})")
                case i.Note():
                    self._note(inline)
                case i.Ruby():
                    self._ruby(inline)
                case i.Image():
                    self.pieces.append(_image(inline))
                case _:
                    assert_never(inline)

    def _emphasis(self, inline: i.Strong | i.Emphasis | i.Strike, around: str, bracketed: bool) -> None:
        if isinstance(inline, i.Strike) and "~" in around:
            # Struck out twice is struck out.
            self.write(inline.children, around, bracketed)
            return
        if isinstance(inline, i.Strike):
            mark, kind = "~~", "~"
        else:
            depth = sum(1 for open_mark in around if open_mark in "*_")
            kind = "*_"[depth % 2]
            mark = kind * (2 if isinstance(inline, i.Strong) else 1)
        self.pieces.append(Mark(mark, True, kind in around))
        self.write(inline.children, around + kind, bracketed)
        self.pieces.append(Mark(mark, False, kind in around))

    def _bracketed(self, opening: str, children: tuple[i.Inline, ...], closing: str) -> None:
        self.pieces.append(opening)
        # Inside brackets marks pair among themselves.
        self.write(children, "", bracketed=True)
        self.pieces.append(closing)

    def _script(
        self,
        tag: str,
        mark: str,
        children: tuple[i.Inline, ...],
        beside: tuple[i.Inline | None, i.Inline | None],
        bracketed: bool,
    ) -> None:
        only = children[0] if len(children) == 1 else None
        if isinstance(only, i.Text) and _SCRIPT_TEXT.fullmatch(only.text) and _stands_alone(mark, *beside):
            self.pieces.append(f"{mark}{only.text}{mark}")
            return
        self.pieces.append(f"<{tag}>")
        self.write(children, "", bracketed)
        self.pieces.append(f"</{tag}>")

    def _note(self, note: i.Note) -> None:
        from converters.model.blocks import Paragraph

        if not note.label and len(note.blocks) == 1:
            only = note.blocks[0]
            if isinstance(only, Paragraph) and not only.indented and only.inlines:
                self._bracketed("^[", only.run_in + only.inlines, "]")
                return
        self.pieces.append(f"[^{self.notes(note)}]")

    def _ruby(self, ruby: i.Ruby) -> None:
        base = ruby.base[0].text if len(ruby.base) == 1 and isinstance(ruby.base[0], i.Text) else ""
        reading = ruby.reading
        if base and not re.search(r"[\\{}|&<\n]", base + reading) and not (base + reading).isascii():
            self.pieces.append(f"{{{_escape(base, False, None, True)}|{reading}}}")
            return
        self.pieces.append("<ruby>")
        self.write(ruby.base, "", True)
        text = reading.replace("&", "&amp;").replace("<", "&lt;").replace("\\", "&#92;").replace("\n", "&#10;")
        self.pieces.append(f"<rt>{text}</rt></ruby>")

    def text(self) -> str:
        """The pieces joined, with separators where marks would be misread."""
        pieces = [piece for piece in self.pieces if piece != ""]
        out = ""
        for number, piece in enumerate(pieces):
            after = pieces[number + 1] if number + 1 < len(pieces) else ""
            if isinstance(piece, str):
                if piece[0] == "`" and out[-1:] == "`":
                    out += SEPARATOR
                if piece[0] in " \t" and out.endswith((SEPARATOR, "<br>", "\n")):
                    piece = f"&#{ord(piece[0])};{piece[1:]}"
                out += piece
                continue
            if piece.opens and isinstance(after, str) and after[:1].isspace():
                # Emphasis neither begins nor ends with a bare space.
                after = pieces[number + 1] = f"&#{ord(after[0])};{after[1:]}"
            if not piece.opens and out[-1:].isspace():
                out = f"{out[:-1]}&#{ord(out[-1])};"
            following = after.text[0] if isinstance(after, Mark) else after[:1]
            previous = pieces[number - 1] if number else ""
            before = out[-1:]
            touching = isinstance(previous, Mark) and previous.text[0] == piece.text[0]
            if touching or (piece.opens and not _works(piece, before, following)):
                out += SEPARATOR if (out and not out.endswith(SEPARATOR)) or not out else ""
            out += piece.text
            touching = isinstance(after, Mark) and after.text[0] == piece.text[0]
            if touching or (not piece.opens and not _works(piece, before, following)):
                out += SEPARATOR
        return out


def _works(mark: Mark, before: str, after: str) -> bool:
    """Whether a mark between two characters does what it should, and nothing else where that would harm."""
    opens, closes = flanking(mark.text[0], before, after)
    if mark.inside:
        return opens and not closes if mark.opens else closes and not opens
    return opens if mark.opens else closes


def _merged(inlines: tuple[i.Inline, ...]) -> list[i.Inline]:
    """The inlines with texts that touch made one and empty ones left out."""
    out: list[i.Inline] = []
    for inline in inlines:
        if isinstance(inline, i.Text):
            if not inline.text:
                continue
            if out and isinstance(out[-1], i.Text):
                out[-1] = i.Text(out[-1].text + inline.text)
                continue
        elif isinstance(inline, WRAPPERS) and not inline.children:
            continue
        out.append(inline)
    return out


def _end(enclosed: bool) -> i.Inline | None:
    """What follows the last inline: nothing, or, inside marks or brackets, something that is no text."""
    return i.Code("") if enclosed else None


def _stands_alone(mark: str, before: i.Inline | None, after: i.Inline | None) -> bool:
    """Whether a script may be written with bare marks: nothing beside it that its grammar would take in."""
    if not (isinstance(before, i.Text) and before.text[-1] not in "~^0123456789\\"):
        return False
    forbidden = r"[~^]" if mark == "~" else r"[~^0-9A-Za-z(]"
    return after is None or (isinstance(after, i.Text) and not re.match(forbidden, after.text))


def _escape(text: str, preceded: bool, after: i.Inline | None, bracketed: bool) -> str:
    """A text with the escapes that it needs between its neighbours."""
    tildes = text.count("~") > 1
    carets = text.count("^") > 1
    brackets = bracketed or re.search(r"\][({:\[]|\[\^|!\[", text) is not None
    out: list[str] = []
    last = len(text) - 1
    for position, char in enumerate(text):
        edge = (position == 0 and preceded) or (position == last and after is not None)
        following = text[position + 1 : position + 2]
        if char == "\n":
            out.append("&#10;")
        elif (
            char in "\\`*"
            or (char in "[]" and (brackets or edge or position in (0, last)))
            or (char == "_" and not (_is_word(text, position - 1) and _is_word(text, position + 1)))
            or (char == "~" and (tildes or edge))
            or (char == "^" and (carets or edge or following == "["))
            or (char == "{" and (edge or "|" in text or "}" in text))
            or (char == "!" and (following == "[" or (position == last and after is not None)))
            or (char == "<" and (following.isascii() and (following.isalpha() or following in "/!?" or edge)))
            or (char == "&" and (edge or _ENTITY.match(text, position)))
        ):
            out.append("\\" + char)
        else:
            out.append(char)
    joined = "".join(out)
    if isinstance(after, i.LineBreak) and joined[-1:] in (" ", "\t"):
        joined = joined[:-1] + f"&#{ord(joined[-1])};"
    return joined


def _is_word(text: str, position: int) -> bool:
    return 0 <= position < len(text) and text[position].isalnum()


def _code(text: str) -> str:
    """Inline code between more backticks than it holds itself."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    while text and fence in re.findall("`+", text):
        fence += "`"
    pad = " " if text[:1] == "`" or text[-1:] == "`" or (text[:1] == " " == text[-1:] and text.strip(" ")) else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _target(target: str) -> str:
    if _PLAIN_TARGET.fullmatch(target):
        return target
    return "<" + re.sub(r"([\\<>&])", r"\\\1", target).replace("\n", "&#10;") + ">"


def _title(title: str) -> str:
    return ' "' + re.sub(r'(["\\&])', r"\\\1", title).replace("\n", "&#10;") + '"' if title else ""


def _image(image: i.Image, *, captionless: bool = False) -> str:
    """A picture with its attributes; `captionless` forbids that its title or description becomes a caption."""
    said = []
    if image.width:
        said.append(f"width={image.width}" if re.fullmatch(r"[\w.%]+", image.width) else f'width="{image.width}"')
    if image.decorative:
        said.append(".decorative")
    if captionless:
        said.append(".no-caption")
    attributes = "{" + " ".join(said) + "}" if said else ""
    alt = _escape(image.alt, True, i.LineBreak(), True) if image.alt else ""
    return f"![{alt}]({_target(image.target)}{_title(image.title)}){attributes}"


write_image = _image


def guard(text: str) -> str:
    """A paragraph's Markdown with escapes where one of its lines would begin another block, or lose its spaces."""
    lines = []
    for line in text.split("\n"):
        match = _LINE_START.match(line)
        if match:
            place = match.end() if match["number"] else 0
            line = line[:place] + "\\" + line[place:]
        lines.append(_EDGE_SPACE.sub(_numbered, line))
    return "\n".join(lines)


def _numbered(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(char)};" for char in match[0])
