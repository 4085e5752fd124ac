"""The compositor: styles become settings, inlines become passages. What every part of layout shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from converters.diagnostics import Diagnostic, Severity, Span
from converters.fonts.coverage import missing_finding
from converters.fonts.face import Face
from converters.fonts.roles import FontSet
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model import walk
from converters.model.masthead import labels
from converters.model.metadata import Form, Kind, Metadata, form_of
from converters.model.pictures import Picture
from converters.records import dataclass
from converters.theme.schema import Align, Role, TextStyle, Theme
from converters.typeset import Copy, Lines, Rules, is_one_hanzi, set_lines

from . import clusters
from .balance import balance
from .flatten import IN_WORD, Flat, Flattener
from .invisible import APOSTROPHE
from .result import Element, Passage
from .signs import Signs
from .stick import Ready, Stick
from .typecase import Faces, Typecase, setting_of, uses_latin
from .upright import bound

_MARKS = "、，；：。．！？‘’“”（）《》〈〉【】〖〗〔〕［］｛｝「」『』"
_FIXED = dict.fromkeys("！？：；", 0.0)
"""In vertical lines these have an em that nothing is taken from (clreq 5)."""
_OPENING = frozenset("‘“（《〈【〖〔［｛「『")
SCRIPT_SIZE = 0.6
"""Size of raised and lowered text; clreq has none, 0.6 keeps hanzi of 3号 above 9 pt."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is set beside its style, and where it stands in the source.

    `indent` (points) stands before the first line. `gap` overrides the style sheet's space between hanzi and
    Latin, `trim` its trimming of marks at the edges, `hyphenate` its dividing of words; `latin` says whether letters
    come from the Latin role.
    `balanced`: lines in the middle are divided at phrases. `span` and `inlines` are for findings.
    """

    indent: float = 0.0
    gap: float | None = None
    trim: bool | None = None
    latin: bool | None = None
    hyphenate: bool | None = None
    balanced: bool = False
    span: Span | None = None
    inlines: Sequence[i.Inline] = ()


_PLAIN = Manner()
MOST_STICKS = 512
"""Tables and lists make styles of their own: their sticks are not all kept."""


class Compositor:
    """Everything that setting a text needs, for one document."""

    def __init__(self, metadata: Metadata, theme: Theme, fonts: FontSet, pictures: Mapping[str, Picture]) -> None:
        if not metadata.form and metadata.kind is Kind.GONGWEN:
            metadata = replace(metadata, form=theme.masthead.form)
        self.metadata = metadata
        self.form = form_of(metadata.form) if metadata.kind is Kind.GONGWEN else Form.DOCUMENT
        self.lang = metadata.lang
        self.theme = theme
        self.fonts = fonts
        self.pictures = pictures
        self.words = labels(metadata.lang)
        self.is_official = metadata.kind is Kind.GONGWEN
        self.findings: list[Diagnostic] = []
        self.drawn: dict[Face, set[str]] = {}
        self.clusters = clusters.Clusters()
        self.signs = Signs(self)
        self.note_count = 0
        self.note_marks: dict[tuple[str, object], tuple[str, Element]] = {}
        self.is_cjk = self.lang.lower().startswith(("zh", "ja", "ko"))
        self._typecases: dict[tuple[object, ...], Typecase] = {}
        self._rules: dict[tuple[object, ...], Rules] = {}
        self._sticks: dict[tuple[object, ...], Stick] = {}
        self.ready: Ready | None = None
        """Lines that were made ahead for what comes next."""
        self._missing: set[str] = set()
        page = theme.page
        self.is_vertical = page.writing_mode == "on-its-side"  # see vertical.py
        self.cell = page.cell
        self.pitch = page.pitch

    solid = Manner(gap=0.0, trim=False)
    """Ruby and labels: nothing between their characters, nothing taken from their edges."""

    # -- settings

    def typecase(
        self,
        style: TextStyle,
        *,
        role: Role | None = None,
        ratio: float = 1.0,
        raised: float = 0.0,
        latin: bool | None = None,
    ) -> Typecase:
        """The typecase of a style; `role` puts another face in it, `ratio` another size, `raised` lifts it (points)."""
        role = role or style.role
        latin = uses_latin(role) if latin is None else latin
        key = (role, style.size, style.on_grid, style.tracking_em, style.color, ratio, raised, latin)
        found = self._typecases.get(key)
        if found is None:
            chain = self.fonts.chain(role)
            face = chain[0]
            size = style.size * ratio
            em = self.em(style) * ratio
            tracking = em - size
            color = self.theme.color(style.color)
            setting = setting_of(face, size, face.em_middle * size - raised, tracking, color)
            beside = self.fonts.chain(Role.LATIN)[:1] if latin else ()
            faces = Faces(beside, chain, self.is_vertical, self.signs.beyond)
            found = Typecase(setting, em, faces=faces, chosen=self._draw, lang=self.lang)
            self._typecases[key] = found
        return found

    def em(self, style: TextStyle) -> float:
        """Advance of a hanzi: the cell of the grid for body-sized text on it, else the size and its tracking."""
        page = self.theme.page
        if style.on_grid and abs(style.size - self.theme.styles.body.size) < 0.01 and page.characters:
            return self.cell
        return style.size * (1 + style.tracking_em)

    def leading(self, style: TextStyle) -> float:
        """Distance from line to line."""
        return style.leading or self.pitch

    def rules(self, case: Typecase, manner: Manner = _PLAIN) -> Rules:
        """How lines are made of a typecase in a manner."""
        gap, trim, hyphenate = manner.gap, manner.trim, manner.hyphenate
        key = (case, gap, trim, hyphenate)
        found = self._rules.get(key)
        if found is None:
            text = self.theme.text
            found = Rules.for_language(
                self.lang,
                level=text.level,
                gap=text.gap_em if gap is None else gap,
                digit_gap=text.digit_gap_em if gap is None else gap,
                trim_start=text.trim_start if trim is None else trim,
                trim_end=text.trim_end if trim is None else trim,
                hanging=text.hanging,
                breaking=text.breaking,
                hyphenate=text.hyphenate if hyphenate is None else hyphenate,
                trims=_FIXED if self.is_vertical else _trims(case.main.face),
                widths=case.widths,
            )
            self._rules[key] = found
        return found

    def _draw(self, face: Face, character: str) -> None:
        self.drawn.setdefault(face, set()).add(character)
        self.signs.drawn(character)

    # -- findings

    def find(
        self, rule: str, severity: Severity, message: str, span: Span | None, hint: str = "", **values: str
    ) -> None:
        """Note a finding."""
        self.findings.append(Diagnostic(rule, severity, message, span, hint=hint, values=tuple(values.items())))

    def report_missing(self, characters: Iterable[str], inlines: Sequence[i.Inline], span: Span | None) -> None:
        """Say where a character stands that no face draws; each character once."""
        for character in sorted(map(self.clusters.meaning, characters)):
            if character in self._missing:
                continue
            self._missing.add(character)
            place = span
            offset = _offset_of(character, inlines)
            if span is not None and offset >= 0:
                place = Span(span.source, offset, offset + 1)
            self.findings.append(missing_finding(character, span=place))

    def report_coded(self, characters: set[str], manner: Manner) -> None:
        """Say where a character stands whose code is drawn in its place."""
        if self.signs.coded and (coded := characters & self.signs.coded.keys()):
            self.signs.report_coded(coded, manner.span, lambda character: _offset_of(character, manner.inlines))

    # -- passages

    def flatten(self, style: TextStyle, inlines: Sequence[i.Inline], element: Element | None) -> Flat:
        """Inlines as one text with its runs, marks and insets."""
        return Flattener(self, style, element).flatten(inlines)

    def set(
        self,
        inlines: Sequence[i.Inline],
        style: TextStyle,
        measure: float,
        element: Element | None,
        manner: Manner = _PLAIN,
    ) -> Passage:
        """Set inlines in lines of a measure."""
        if (text := walk.text_alone(inlines)) is not None:
            return self.set_text(text, style, measure, element, manner)
        return self.set_flat(self.flatten(style, inlines, element), style, measure, element, manner)

    def set_text(
        self,
        text: str,
        style: TextStyle,
        measure: float,
        element: Element | None,
        manner: Manner = _PLAIN,
    ) -> Passage:
        """Set a plain text; the fast lane of almost every paragraph."""
        stick = self.stick(style, measure, manner)
        case = stick.case
        if case.knows(text):
            return self.fill(stick, text, element)
        source = (i.Text(text),)
        text = self.signs.own(text, case)
        text = self.clusters.joined(text, case, self.drawn, vertical=self.is_vertical)
        if self.is_vertical and (joined := self.clusters.in_cell(text, case, self.drawn)) != text:
            if bound(joined):
                flat = self.flatten(style, source, element)
                return self.set_flat(flat, style, measure, element, manner)
            text = joined
        characters = set(text)
        if APOSTROPHE in characters and self.is_cjk and IN_WORD.search(text):
            flat = self.flatten(style, source, element)
            return self.set_flat(flat, style, measure, element, manner)
        text, characters = self.signs.of(text, case)
        characters.discard("\n")
        if missing := case.admit(characters):
            self.report_missing(missing, manner.inlines or source, manner.span)
        self.report_coded(characters, manner)
        return self.fill(stick, text, element)

    def stick(self, style: TextStyle, measure: float, manner: Manner = _PLAIN, left: float = 0.0) -> Stick:
        """The stick of a style and a measure; `left` is for those who hang it in a place of their own."""
        key = (id(style), measure, manner.indent, manner.gap, manner.trim, manner.hyphenate, manner.latin, left)
        found = self._sticks.get(key)
        if found is None:
            case = self.typecase(style, latin=manner.latin)
            rules = self.rules(case, manner)
            # A stick keeps its style alive, so that no other can come by the same id.
            if len(self._sticks) >= MOST_STICKS:
                self._sticks.clear()
            found = Stick(
                style, case, rules, measure, manner.indent, style.leading or self.pitch, left,
                measure / case.em, manner.indent / case.em,
            )  # fmt: skip
            self._sticks[key] = found
        return found

    def fill(self, stick: Stick, text: str, element: Element | None) -> Passage:
        """Set a text of known characters in a stick."""
        passage = stick.set(text, stick.case.runs(text), element, self.ready_lines(stick, text))
        self._admit_hyphens(passage)
        self.arrange(passage)
        return passage

    def ready_lines(self, maker: Stick | Typecase, text: str) -> Lines | None:
        """The lines of a text, where they were made ahead in just this way."""
        ready = self.ready
        return ready.lines if ready is not None and ready.maker is maker and ready.text == text else None

    def arrange(self, passage: Passage) -> None:
        """Put what a passage has of foreign scripts where it is drawn."""
        if self.signs.is_foreign:
            from .visual import arrange

            if leftmost := arrange(passage, self.signs.scripts, self.drawn):
                self.signs.report_leftwards(leftmost)

    def fill_with_head(
        self, stick: Stick, head: tuple[str, Typecase], text: str, element: Element | None
    ) -> Passage | None:
        """Set a text that begins with words from another typecase; None where that takes more than a stick."""
        words, case = head
        own = stick.case
        if case is own:
            return self.fill(stick, words + text, element) if own.knows(words + text) else None
        if not (case.knows(words) and own.knows(text) and case.is_as_wide_as(own, words)):
            return None
        ahead = case.runs(words) if case.main is own.main else case.stretches(words)
        text, runs = words + text, ahead + own.runs(text, len(words))
        passage = stick.set(text, runs, element, self.ready_lines(stick, text))
        self._admit_hyphens(passage)
        return passage

    def _admit_hyphens(self, passage: Passage) -> None:
        """Lines that end with a hyphen of ours carry a soft hyphen, drawn by the face of the word."""
        for line in passage.lines.special.values():
            if line.hyphen:
                setting = passage.setting
                for run in passage.runs:
                    if run.start < line.end <= run.end:
                        setting = run.setting
                self._draw(setting.face, "\u00ad")

    def set_flat(
        self,
        flat: Flat,
        style: TextStyle,
        measure: float,
        element: Element | None,
        manner: Manner = _PLAIN,
    ) -> Passage:
        """Set flattened inlines."""
        case = flat.case
        if flat.missing:
            self.report_missing(flat.missing, manner.inlines, manner.span)
        self.report_coded(set(flat.text) if self.signs.coded else set(), manner)
        rules = self.rules(case, manner)
        em = case.em
        copy = Copy(flat.text, rules, flat.widths, flat.glued)
        lines = set_lines(copy, measure / em, manner.indent / em, justify=style.align is Align.JUSTIFY)
        passage = Passage(flat.text, lines, case.main, em, element)
        passage.runs = flat.runs
        passage.marks = flat.marks
        passage.insets = flat.insets or None
        passage.widths = flat.widths or case.widths
        passage.indent = manner.indent
        passage.align = style.align
        passage.measure = measure
        passage.pitch = style.leading or self.pitch
        if manner.balanced:
            balance(flat, passage, rules)
        self._admit_hyphens(passage)
        self.arrange(passage)
        return passage

    def line(
        self, text: str, style: TextStyle, element: Element | None, measure: float, *, latin: bool | None = None
    ) -> Passage:
        """A text of furniture or masthead: no space between hanzi and digits (targets: 第12期, 共印100份), no word
        divided."""
        return self.set_text(text, style, measure, element, Manner(gap=0.0, latin=latin, hyphenate=False))

    def warn_overfull(self, passage: Passage, span: Span | None) -> None:
        """Say that a line of a passage is wider than its measure, or that a word longer than it had to be divided."""
        for line in passage.lines.special.values():
            if line.overfull or line.torn:
                message = "a line does not fit its measure: {text}"
                if not line.overfull:
                    message = "a word is longer than its line and is divided: {text}"
                self.find(
                    "L-OVERFULL", Severity.WARNING, message, span,
                    "shorten the word, allow it to be divided, or widen the column",
                    text=self.clusters.written(passage.text[line.start : line.end])[-40:],
                )  # fmt: skip
                return

    def note_runt(self, passage: Passage, span: Span | None) -> None:
        """Say that the last line of a passage holds one hanzi alone (孤字), where no way of breaking spared it that.

        What stands below an author's own line end is as the author has it.
        """
        line = passage.lines[-1]
        text = passage.text[line.start : line.end]
        if not self.is_cjk or not is_one_hanzi(text) or "\n" in passage.text[line.start - 1 : line.start]:
            return
        self.find(
            "L-RUNT", Severity.INFO, "the last line of a paragraph holds one hanzi: {text}", span,
            "add or take away a few words before it, or change the measure", text=self.clusters.written(text).strip(),
        )  # fmt: skip


def _trims(face: Face) -> dict[str, float]:
    """The blank that a face's marks can give where it is not half an em (see Face.trims)."""
    found = {}
    for mark in _MARKS:
        if not face.glyphs[ord(mark)]:
            continue
        left, right = face.trims(mark)
        blank = left if mark in _OPENING else right
        if abs(blank - 0.5) > 0.001:
            found[mark] = blank
    return found


def _offset_of(character: str, inlines: Iterable[i.Inline]) -> int:
    """Where a character first stands in the source, -1 where that is not known."""
    for inline in inlines:
        match inline:
            case i.Text(text=text, start=start) | i.Code(text=text, start=start):
                if start >= 0 and character in text:
                    return start + text.index(character)
            case i.Ruby(base=base):
                if (offset := _offset_of(character, base)) >= 0:
                    return offset
            case i.LineBreak() | i.Note() | i.Image():
                pass
            case _:
                if (offset := _offset_of(character, inline.children)) >= 0:
                    return offset
    return -1


def align_of(alignment: b.Alignment, default: Align) -> Align:
    """The model's alignment as the style sheet's."""
    match alignment:
        case b.Alignment.LEFT:
            return Align.LEFT
        case b.Alignment.CENTRE:
            return Align.CENTRE
        case b.Alignment.RIGHT:
            return Align.RIGHT
        case _:
            return default


def restyle(style: TextStyle, **changes: Any) -> TextStyle:
    """A style with some keys changed."""
    return replace(style, **changes)
