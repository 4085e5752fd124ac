"""Inlines as runs: w:r, w:hyperlink, w:ruby, w:footnoteReference and inline drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, assert_never

from converters.diagnostics import Span
from converters.model import inlines as i
from converters.model.patterns import compiled
from converters.model.walk import plain
from converters.ooxml import FORBIDDEN, SPECIAL, escape
from converters.theme.schema import Role
from converters.typeset.cells import cells_of

from . import hints
from .grid import WIDE, Grid
from .looks import FRAMED, dots_style, emphasis_mark, fonts

if TYPE_CHECKING:
    from .writer import Writer

# Word stores a paragraph in pieces; one w:t of several megabytes stalls it (and libxml2 refuses 10 MB).
_CHUNK = 30_000
_CONTROLS = compiled("[\t\n\r]")
# What must be escaped, or is no text in a run.
_UNREADY = compiled(f"{SPECIAL.pattern[:-1]}\t\n]")
_IN_CELL = '<w:eastAsianLayout w:vert="1" w:vertCompress="1"/>'
_HINTED = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'

_AS_STYLED = "dots"
"""Emphasis dots of the form that the style sheet has."""


class Look(NamedTuple):
    """What a run departs in from its paragraph's style; `half_points` is its size, `spread` what is
    added behind each character in twips, 0 for the style's.
    """

    style: str = ""
    role: Role | None = None
    strong: bool = False
    emphasis: bool = False
    strike: bool = False
    underline: str = ""
    raised: str = ""
    dots: str = ""
    framed: bool = False
    half_points: int = 0
    spread: int = 0


PLAIN = Look()


def run_properties(grid: Grid, look: Look, hint: bool, latin: bool) -> str:
    """w:rPr of a run, its children in schema order; `latin`: the run has no hanzi, so strong may be bold."""
    parts: list[str] = []
    if look.style:
        parts.append(f'<w:rStyle w:val="{look.style}"/>')
    weight = latin and look.strong
    slant = latin and look.emphasis
    if weight or slant:
        parts.append(fonts(grid, Role.LATIN, hint=hint))
    elif look.role is not None:
        parts.append(fonts(grid, look.role, hint=hint))
    elif hint:
        parts.append('<w:rFonts w:hint="eastAsia"/>')
    if weight:
        parts.append("<w:b/><w:bCs/>")
    if slant:
        parts.append("<w:i/><w:iCs/>")
    if look.strike:
        parts.append("<w:strike/>")
    if look.spread:
        parts.append(f'<w:spacing w:val="{look.spread}"/>')
    if look.half_points:
        parts.append(f'<w:sz w:val="{look.half_points}"/><w:szCs w:val="{look.half_points}"/>')
    if look.underline:
        parts.append(f'<w:u w:val="{look.underline}"/>')
    if look.framed:
        parts.append(FRAMED)
    if look.raised:
        parts.append(f'<w:vertAlign w:val="{look.raised}"/>')
    if look.dots:
        parts.append(f'<w:em w:val="{emphasis_mark(grid, "" if look.dots == _AS_STYLED else look.dots)}"/>')
    return f"<w:rPr>{''.join(parts)}</w:rPr>" if parts else ""


class Line:
    """One line of inlines on its way into runs; it knows what stands beside each mark."""

    __slots__ = ("_answers", "_hint", "_is_ready", "_position", "_size", "_text", "_writer", "span")

    def __init__(self, writer: Writer, inlines: tuple[i.Inline, ...], span: Span | None, size: float) -> None:
        self._writer = writer
        self.span = span
        self._size = size
        self._text = plain(inlines)
        self._position = 0
        self._hint = hints.plain_answer(self._text)
        # Asked once of the whole line: nothing in it is to be escaped, reported or parted.
        words = self._text
        if "\n" in words and words.count("\n") == sum(type(inline) is i.LineBreak for inline in inlines):
            words = words.replace("\n", "")
        self._is_ready = len(words) <= _CHUNK and _UNREADY.search(words) is None
        self._answers: list[bool] | None = None

    def runs(self, inlines: tuple[i.Inline, ...], look: Look = PLAIN) -> str:
        """The runs of some inlines of this line, which must be asked for in order."""
        out: list[str] = []
        text = ""
        for inline in inlines:
            if type(inline) is i.Text:
                # Texts that repair has cut in two are one run again, as if typed at one go.
                text = text + inline.text if text else inline.text
                if not self._is_ready and FORBIDDEN.search(inline.text) is not None:
                    self._report(inline.text, inline.start)
                continue
            if text:
                out.append(self._write(text, look))
                text = ""
            out.append(self._run(inline, look))
        if text:
            out.append(self._write(text, look))
        return "".join(out)

    def _run(self, inline: i.Inline, look: Look) -> str:
        match inline:
            case i.Text(text=text):
                return self._write(text, look)
            case i.Code(text=text, start=start):
                if FORBIDDEN.search(text) is not None:
                    self._report(text, start)
                return self._write(text, _styled(look, "HTMLCode", role=Role.MONO))
            case i.LineBreak():
                self._position += 1
                return "<w:r><w:br/></w:r>"
            case i.Strong(children=children):
                return self.runs(children, _styled(look, "Strong", role=Role.HEITI)._replace(strong=True))
            case i.Emphasis(children=children):
                return self.runs(children, _styled(look, "Emphasis", role=Role.KAITI)._replace(emphasis=True))
            case i.Strike(children=children):
                return self.runs(children, look._replace(strike=True))
            case i.Dots(children=children, form=form):
                return self.runs(children, _styled(look, dots_style(form), dots=form or _AS_STYLED))
            case i.Deceased(children=children):
                return self.runs(children, _styled(look, "Deceased", framed=True))
            case i.ProperName(children=children):
                return self.runs(children, _styled(look, "ProperName", underline="single"))
            case i.BookTitle(children=children):
                return self.runs(children, _styled(look, "BookTitle", underline="wave"))
            case i.Superscript(children=children):
                return self.runs(children, look._replace(raised="superscript"))
            case i.Subscript(children=children):
                return self.runs(children, look._replace(raised="subscript"))
            case i.Link():
                return self._link(inline, look)
            case i.Note():
                return self._writer.notes.call(inline, self.span)
            case i.Ruby(base=base, reading=reading, start=start):
                return self._ruby(base, reading, start, look)
            case i.Image():
                return self._writer.figures.inline(inline, self.span)
            case _:
                assert_never(inline)

    def _write(self, text: str, look: Look) -> str:
        position = self._position
        self._position += len(text)
        if not text:
            return ""
        if hints.AMBIGUOUS.search(text) is None:
            return self._pieces(text, look, False)
        if self._hint is not None:
            return self._pieces(text, look, self._hint)
        if self._answers is None:
            self._answers = hints.answers(self._text)
        out: list[str] = []
        begin = 0
        hint = self._answers[position]
        for index in range(1, len(text) + 1):
            here = self._answers[position + index] if index < len(text) else not hint
            if here != hint:
                out.append(self._pieces(text[begin:index], look, hint))
                begin, hint = index, here
        return "".join(out)

    def _pieces(self, text: str, look: Look, hint: bool) -> str:
        if not self._writer.is_vertical:
            return self._piece(text, look, hint)
        out: list[str] = []
        place = 0
        for start, end in cells_of(text):
            if not text[start:end].isdigit():
                continue
            if start > place:
                out.append(self._piece(text[place:start], look, hint))
            # Figures upright in one cell of a vertical line (ECMA-376 part 1, 17.3.2.10).
            properties = self._writer.run_properties(look, False, False).removesuffix("</w:rPr>") or "<w:rPr>"
            out.append(text_runs(text[start:end], f"{properties}{_IN_CELL}</w:rPr>"))
            place = end
        return "".join([*out, self._piece(text[place:], look, hint)]) if place < len(text) else "".join(out)

    def _piece(self, text: str, look: Look, hint: bool) -> str:
        latin = (look.strong or look.emphasis) and WIDE.search(text) is None and not hint
        properties = self._writer.run_properties(look, hint, latin) if hint or look is not PLAIN else ""
        if not self._is_ready:
            return text_runs(text, properties)
        space = ' xml:space="preserve"' if text[0] == " " or text[-1] == " " else ""
        return f"<w:r>{properties}<w:t{space}>{text}</w:t></w:r>"

    def _ruby(self, base: tuple[i.Inline, ...], reading: str, start: int, look: Look) -> str:
        """A reading above its base (ECMA-376 part 1, 17.3.3.25); its size is half the base's."""
        writer = self._writer
        if FORBIDDEN.search(reading):
            self._report(reading, start)
        notes = "".join(writer.notes.call(note, self.span) for note in base if isinstance(note, i.Note))
        runs = self.runs(tuple(inline for inline in base if not isinstance(inline, (i.Note, i.Image))), look)
        half_points = round(self._size * 2)
        asian = WIDE.search(reading) is not None
        top = text_runs(reading, f'<w:rPr><w:sz w:val="{half_points // 2}"/></w:rPr>')
        alignment = "distributeSpace" if asian else "center"
        return (
            f'<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="{alignment}"/><w:hps w:val="{half_points // 2}"/>'
            f'<w:hpsRaise w:val="{half_points - 2}"/><w:hpsBaseText w:val="{half_points}"/>'
            f'<w:lid w:val="{writer.asian_language}"/></w:rubyPr><w:rt>{top}</w:rt><w:rubyBase>{runs}</w:rubyBase>'
            f"</w:ruby></w:r>{notes}"
        )

    def _link(self, link: i.Link, look: Look) -> str:
        opening = self._writer.links.opening(link, self.span)
        if not opening:
            return self.runs(link.children, look)
        inner = self.runs(link.children, _styled(look, "Hyperlink", underline="single"))
        return f"{opening}{inner}</w:hyperlink>" if inner else ""

    def _report(self, text: str, start: int) -> None:
        for match in FORBIDDEN.finditer(text):
            place = self.span
            if place is not None and start >= 0:
                place = Span(place.source, start + match.start(), start + match.end())
            self._writer.report(
                "W-CHAR",
                "U+{code} cannot be written in XML; U+FFFD stands in its place",
                place,
                hint="take the character out of the source",
                code=f"{ord(match[0]):04X}",
            )


def single_run(inlines: tuple[i.Inline, ...]) -> tuple[str, str] | None:
    """The text and the properties of a line that is one run, with nothing to escape and no blank at its ends."""
    if len(inlines) == 1:
        only = inlines[0]
        if type(only) is not i.Text:
            return None
        text = only.text
    else:
        text = ""
        for inline in inlines:
            if type(inline) is not i.Text:
                return None
            text += inline.text
    if not text or len(text) > _CHUNK or text[0] == " " or text[-1] == " " or _UNREADY.search(text) is not None:
        return None
    if hints.AMBIGUOUS.search(text) is None:
        return text, ""
    hint = hints.plain_answer(text)
    return None if hint is None else (text, _HINTED if hint else "")


def text_runs(text: str, properties: str = "") -> str:
    """A text as one run, or as many as its tabs, line ends and length ask for."""
    if len(text) <= _CHUNK and _CONTROLS.search(text) is None:
        return _text_run(text, properties)
    out: list[str] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if number:
            out.append(f"<w:r>{properties}<w:br/></w:r>")
        for column, cell in enumerate(line.split("\t")):
            if column:
                out.append(f"<w:r>{properties}<w:tab/></w:r>")
            out.extend(_text_run(cell[k : k + _CHUNK], properties) for k in range(0, len(cell), _CHUNK))
    return "".join(out)


def _text_run(text: str, properties: str) -> str:
    space = ' xml:space="preserve"' if text[:1] == " " or text[-1:] == " " else ""
    return f"<w:r>{properties}<w:t{space}>{escape(text)}</w:t></w:r>"


def _styled(look: Look, style: str, **otherwise: Any) -> Look:
    """The look with a character style; where another style is there already, with the same as direct formatting."""
    return look._replace(**otherwise) if look.style else look._replace(style=style)
