"""The state of one export: where paragraphs go, what they are numbered, what was found on the way."""

from __future__ import annotations

import copy
import hashlib
from typing import TYPE_CHECKING, NamedTuple

from converters.deflated import Deflated, Packed, pack_piece
from converters.diagnostics import Diagnostic, Severity, Span
from converters.model import inlines as i
from converters.model.document import Document
from converters.model.masthead import labels
from converters.model.metadata import Form, Kind, form_of
from converters.model.pagination import Pagination
from converters.model.pictures import Pictures
from converters.theme.schema import Theme
from converters.typeset.cells import cells_of

from .figures import Figures
from .grid import grid_of
from .identity import PREFIX, Identity, Told, mark_runs, mark_text, short
from .links import Links
from .looks import block_spacing, languages
from .notes import Notes, WriteBlocks
from .numbering import Numbering
from .paragraphs import NOTHING, Direct, Run
from .runs import PLAIN, Line, Look, run_properties, single_run
from .styles import Style, paragraph_styles

if TYPE_CHECKING:
    from .package import Story

# A paragraph above this is no paragraph that a person wrote; Word opens it, slowly.
_LONG_PARAGRAPH = 100_000


class Written(NamedTuple):
    """A piece of the text: its part of the document part, packed, and the digest of that; what its Identity was told,
    and what was found."""

    text: Packed
    digest: bytes
    told: Told
    findings: list[Diagnostic]


class Writer:
    """Collects the paragraphs of one edition.

    `out` is the story that is being written: the body, or a footnote. `gap` is the space before the next
    paragraph in twips (None: its style's own), `room` the least there is to be, `page_break` whether a new page begins
    there. `references` names the headers and footers, `section` is what the text stands in; `write_blocks` writes the
    blocks of notes.
    """

    def __init__(
        self,
        document: Document,
        theme: Theme,
        pagination: Pagination,
        pictures: Pictures,
        write_blocks: WriteBlocks,
    ) -> None:
        self.document = document
        self.metadata = document.metadata
        self.theme = theme
        self.lang = document.metadata.lang
        self.is_vertical = theme.page.writing_mode == "vertical-rl"
        # What a cell would inherit from its section (ECMA-376 part 1, 17.4.72); LibreOffice draws nothing without it.
        self.flow = '<w:textDirection w:val="tbRl"/>' if self.is_vertical else ""
        official = document.metadata.kind is Kind.GONGWEN
        self.form = form_of(document.metadata.form or theme.masthead.form) if official else Form.DOCUMENT
        self.grid = grid_of(theme, self.lang)
        self.words = labels(self.lang)
        self.asian_language = languages(self.lang).split('w:eastAsia="')[1].split('"')[0]
        self.pagination = pagination
        self.styles: dict[str, Style] = {
            style.id: style for style in paragraph_styles(self.grid, document.metadata.kind)
        }
        self.findings: list[Diagnostic] = []
        self.identity = Identity(document.sources)
        self.numbering = Numbering(self.grid)
        self.notes = Notes(self, write_blocks)
        self.figures = Figures(self, pictures)
        self.links = Links(self)
        self.out: list[str] = []
        self.body = Deflated()
        self.fingerprint = hashlib.sha256()
        self.story: Story
        self.references = ""
        self.section = Run()
        self.gap: int | None = None
        self.room = 0
        self.page_break = False
        self.after_table = False
        self.prefix = ""
        self._properties: dict[tuple[Look, bool, bool], str] = {}

    def apart(self, start: int) -> Writer:
        """Another for a piece of the text, its paragraphs numbered from `start` on; it writes no notes, links, pictures
        and lists."""
        other = copy.copy(self)
        other.out, other.findings = [], []
        other.identity = self.identity.apart(start)
        other.gap, other.room, other.page_break, other.after_table, other.prefix = None, 0, False, False, ""
        return other

    def written(self) -> Written:
        """What one for a piece has written."""
        data = "".join(self.out).encode()
        return Written(pack_piece(data), hashlib.sha256(data).digest(), self.identity.told(), self.findings)

    def take_over(self, piece: Written) -> None:
        """Go on after a piece that another has written."""
        self.pack_text("".join(self.out))
        self.out = []
        self.body.append(piece.text)
        self.fingerprint.update(piece.digest)
        self.identity.take_over(piece.told)
        self.findings += piece.findings

    def report(
        self,
        rule: str,
        message: str,
        span: Span | None,
        *,
        hint: str = "",
        severity: Severity = Severity.WARNING,
        **values: object,
    ) -> None:
        """Add a finding; `values` fill the fields of the message."""
        filled = tuple((name, str(value)) for name, value in values.items())
        self.findings.append(Diagnostic(rule, severity, message, span, "DOCX", hint, filled))

    def run_properties(self, look: Look, hint: bool, latin: bool) -> str:
        """w:rPr of a run."""
        key = (look, hint, latin)
        found = self._properties.get(key)
        if found is None:
            found = self._properties[key] = run_properties(self.grid, look, hint, latin)
        return found

    def runs(self, inlines: tuple[i.Inline, ...], span: Span | None, style: str = "Normal", look: Look = PLAIN) -> str:
        """The runs of a line that stands in a paragraph style."""
        return Line(self, inlines, span, self.styles[style].look.size).runs(inlines, look)

    def text(self, text: str, span: Span | None, style: str = "Normal", look: Look = PLAIN) -> str:
        """The runs of a text that the model holds as a plain string."""
        return self.runs((i.Text(text),), span, style, look) if text else ""

    def paragraph(self, style: str, runs: str, mark: str = "", direct: Direct = NOTHING) -> None:
        """Write a paragraph; `mark` is the id that the way back knows it by."""
        waits = self.gap is not None or self.room or self.page_break or self.prefix
        if direct is not NOTHING or waits or "<w:drawing>" in runs or "<w:ruby>" in runs:
            properties, runs = self._paragraph_properties(style, runs, direct)
        else:
            properties = "" if style == "Normal" else f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        identity = self.identity
        if mark:
            start, end = identity.bookmark(PREFIX + short(mark))
            runs = mark_runs(start, runs, end)
        self.after_table = False
        self.out.append(f'<w:p w14:paraId="{identity.paragraph(mark)}">{properties}{runs}</w:p>')

    def plain_paragraph(self, inlines: tuple[i.Inline, ...], mark: str) -> bool:
        """Write a paragraph of the body that one run holds, the most frequent of all; False where it is no such."""
        if self.gap is not None or self.room or self.page_break or self.prefix or not (found := single_run(inlines)):
            return False
        text, properties = found
        if self.is_vertical and cells_of(text):
            return False
        identity = self.identity
        start, end = identity.bookmark(PREFIX + short(mark))
        self.after_table = False
        self.out.append(f'<w:p w14:paraId="{identity.paragraph(mark)}">{mark_text(start, properties, text, end)}</w:p>')
        return True

    def pack(self) -> None:
        """Pack what is written of the body, but for the last paragraph, which may yet be tied to the next."""
        last = self.out.pop() if self.out else ""
        self.pack_text("".join(self.out))
        self.identity.pack()
        self.out = [last] if last else []

    def pack_text(self, text: str) -> None:
        """Pack a piece of the document part."""
        data = text.encode()
        self.fingerprint.update(data)
        self.body.write(data)

    def spacer(self, before: int = 0) -> None:
        """An empty paragraph of no height: it parts what Word would take for one table, or ends a story."""
        self.out.append(
            f'<w:p w14:paraId="{self.identity.paragraph()}"><w:pPr><w:snapToGrid w:val="0"/>'
            f'<w:spacing w:before="{before}" w:after="0" w:line="20" w:lineRule="exact"/>'
            '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
        )
        self.after_table, self.room = False, 0

    def _paragraph_properties(self, style: str, runs: str, direct: Direct) -> tuple[str, str]:
        """w:pPr with its children in the order of the schema, and the runs with what waits to stand before them."""
        parts: list[str] = []
        if style != "Normal":
            parts.append(f'<w:pStyle w:val="{style}"/>')
        if direct.keep_next:
            parts.append("<w:keepNext/>")
        if direct.page_break or self.page_break:
            parts.append("<w:pageBreakBefore/>")
        has_ruby = "<w:ruby>" in runs
        # A vertical paragraph with a reading that it parts to spare a widow LibreOffice draws over the one before.
        alone = '<w:widowControl w:val="0"/>' if has_ruby and self.is_vertical else ""
        parts += (direct.frame, alone, direct.numbering, direct.border, direct.tabs)
        spacing = direct.spacing
        if self.page_break:
            self.room = 0
        if self.page_break and self.gap is None and self.styles[style].look.before_rows:
            # Word keeps the space before a paragraph at the head of a page that it begins itself.
            self.gap = 0
        if self.room and self.gap is None:
            self.gap = max(self.room, block_spacing(self.grid, self.styles[style].look, 1)[0])
        if self.gap is not None and "w:before=" not in spacing:
            spacing = f'w:before="{self.gap}" {spacing}'.rstrip()
        if "<w:drawing>" in runs and style != "Picture":
            # An exact line would cut the picture off.
            parts.append('<w:snapToGrid w:val="0"/>')
            spacing = f'{spacing} w:line="240" w:lineRule="auto"'.lstrip()
        elif has_ruby and self.grid.exact(self.styles[style].look):
            # On the grid LibreOffice gives a reading rows of its own; Word keeps the exact line either way.
            parts.append('<w:snapToGrid w:val="0"/>')
        if spacing:
            parts.append(f"<w:spacing {spacing}/>")
        parts.append(direct.indent)
        if direct.align:
            parts.append(f'<w:jc w:val="{direct.align}"/>')
        runs = self.prefix + runs
        self.gap, self.room, self.page_break, self.prefix = None, 0, False, ""
        inner = "".join(parts)
        return (f"<w:pPr>{inner}</w:pPr>" if inner else ""), runs

    def check_length(self, text_length: int, span: Span | None) -> None:
        """Report a paragraph that Word will be slow with."""
        if text_length > _LONG_PARAGRAPH:
            self.report(
                "W-LONG",
                "a paragraph of {count} characters: Word will be slow with it",
                span,
                hint="divide it",
                count=text_length,
            )
