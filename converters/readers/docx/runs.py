"""The inside of a w:p: runs, links, fields, notes, readings, pictures, tracked changes and text boxes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import field
from typing import TYPE_CHECKING, NamedTuple

from converters.diagnostics import Severity
from converters.model import inlines as i
from converters.records import dataclass

from .ledger import Field, Ledger
from .styles import VAL, Style, read_look, w

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


_XML = "{http://schemas.openxmlformats.org/"
_BLIP, _RID = _XML + "drawingml/2006/main}blip", _XML + "officeDocument/2006/relationships}embed"
_LINK = _XML + "officeDocument/2006/relationships}link"
_ID = _XML + "officeDocument/2006/relationships}id"
_MC = _XML + "markup-compatibility/2006}"
_DOC_PROPERTIES = _XML + "drawingml/2006/wordprocessingDrawing}docPr"
_EXTENT = _XML + "drawingml/2006/wordprocessingDrawing}extent"
_IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
_OFFICE_TITLE = "{urn:schemas-microsoft-com:office:office}title"
_MATH_TEXT = _XML + "officeDocument/2006/math}t"
_MATH = _XML + "officeDocument/2006/math}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"

# What holds runs and changes nothing about them; the accepted view of tracked changes.
_TRANSPARENT = frozenset(map(w, (
    "ins", "moveTo", "smartTag", "customXml", "sdtContent", "sdt", "dir", "bdo", "fldSimple",
)))  # fmt: skip
_GONE = frozenset(
    map(w, ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "proofErr", "smartTagPr", "customXmlPr"))
)
# Fields whose result is furniture of the page, not text of the author.
_EMU_PER_MM = 36000
# The border of a 示亡号 inside another mark; one that a hand draws in Word has 4.
_FRAME = "single 6"
# Emphasis dots that a run has without a style of ours (ECMA-376 part 1, 17.18.24).
_DOTS = {"": "", "none": "", "circle": "hollow-dot", "comma": "sesame"}


class Mark(NamedTuple):
    """What a run departs in from its paragraph; the order of the fields is the order of nesting, outermost first."""

    link: str = ""
    tip: str = ""
    strong: bool = False
    emphasis: bool = False
    strike: bool = False
    dots: str = ""
    deceased: bool = False
    name: bool = False
    book: bool = False
    raised: str = ""


PLAIN = Mark()


class Piece(NamedTuple):
    """A stretch of a paragraph: text and where it stands in the source, or something else in `inline`."""

    mark: Mark
    text: str
    start: int
    inline: i.Inline | None = None
    code: bool = False
    run_in: int = 0
    note: tuple[str, str] = ("", "")
    ruby: tuple[tuple[Piece, ...], str] | None = None
    page_break: bool = False


@dataclass(slots=True)
class Runs:
    """Collects the pieces of one paragraph; `boxes` are the text boxes that hang on it."""

    story: Ledger
    style: str
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    size: float = 0.0
    sizes: dict[str, int] = field(default_factory=dict)
    colors: set[str] = field(default_factory=set)

    def read(self, element: Element) -> None:
        """Read what a paragraph, or something in it, holds."""
        self._children(element, "", "")

    def skip(self, element: Element) -> None:
        """Follow only the fields of a paragraph that is furniture: they may end in a later one."""
        self._fields_only(element)

    def _children(self, element: Element, link: str, tip: str) -> None:
        for child in element:
            tag = child.tag
            if tag in _GONE:
                continue
            if tag == w("r"):
                self._run(child, link, tip)
            elif tag == w("hyperlink"):
                target = self._target(child)
                self._children(child, target or link, child.get(w("tooltip"), "") if target else tip)
            elif tag == w("fldSimple") and Field(child.get(w("instr"), "")).furniture:
                continue
            elif tag in _TRANSPARENT:
                self._children(child, link, tip)
            elif tag == _MC + "AlternateContent":
                chosen = choice(child)
                if chosen is not None:
                    self._children(chosen, link, tip)
            elif tag.startswith(_MATH):
                self._math(child)
            elif len(child) and next(child.iter(w("r")), None) is not None:
                # A wrapper that is not known: what it wraps is text.
                self._children(child, link, tip)

    def _target(self, element: Element) -> str:
        anchor = element.get(w("anchor"), "")
        identifier = element.get(_ID, "")
        if identifier:
            relation = self.story.relation(identifier)
            if relation is not None and relation.external:
                return relation.target + (f"#{anchor}" if anchor else "")
        return f"#{anchor}" if anchor and not anchor.startswith("_") else ""

    def _run(self, run: Element, link: str, tip: str) -> None:
        story = self.story
        look = Style("", "")
        properties = run.find(w("rPr"))
        character = ""
        if properties is not None:
            read_look(run, look)
            reference = properties.find(w("rStyle"))
            character = reference.get(VAL, "") if reference is not None else ""
        if story.fields and story.open_field_is_furniture():
            self._fields_only(run)
            return
        if self._switch(look, character, "vanish"):
            if any((text.text or "").strip() for text in run.iter(w("t"))):
                story.report_once("W-HIDDEN", "hidden text is left out", Severity.WARNING)
            self._fields_only(run)
            return
        meaning = story.styles.meaning(character) if character else ""
        address = story.field_link() or link if story.fields else link
        mark = PLAIN
        if properties is not None or address:
            mark = self._mark(look, character, meaning, address, tip)
        run_in = int(meaning[-1]) if meaning.startswith("run-in") else 0
        code = meaning == "inline-code"
        for child in run:
            self._content(child, mark, look, run_in=run_in, code=code)

    def _fields_only(self, run: Element) -> None:
        for child in run.iter(w("fldChar"), w("instrText")):
            self._field(child)

    def _field(self, child: Element) -> None:
        fields = self.story.fields
        if child.tag == w("instrText"):
            if fields and not fields[-1].in_result:
                fields[-1].instruction += child.text or ""
            return
        kind = child.get(w("fldCharType"))
        if kind == "begin":
            fields.append(Field())
        elif kind == "separate" and fields:
            fields[-1].in_result = True
        elif kind == "end" and fields:
            ended = fields.pop()
            words = ended.instruction.split()
            if ended.kind == "NOTEREF" and len(words) > 1 and words[1] in self.story.references:
                self.pieces.append(Piece(Mark(), "", -1, note=self.story.references[words[1]]))

    def _content(self, child: Element, mark: Mark, look: Style, *, run_in: int, code: bool) -> None:
        tag = child.tag
        name = tag.rpartition("}")[2]
        story = self.story
        if tag in (w("fldChar"), w("instrText")):
            self._field(child)
        elif story.open_field_is_furniture() or (story.fields and not story.fields[-1].in_result):
            return
        elif tag == w("t"):
            self._text(child.text or "", mark, look, run_in=run_in, code=code)
        elif tag in (w("tab"), w("ptab")):
            self._text("\t", mark, look, run_in=run_in, code=code)
        elif tag == w("noBreakHyphen"):
            self._text("\u2011", mark, look, run_in=run_in, code=code)
        elif tag in (w("br"), w("cr")):
            if child.get(w("type")) == "page":
                self.pieces.append(Piece(mark, "", -1, page_break=True))
            elif child.get(w("type")) != "column":
                self.pieces.append(Piece(mark, "\n", story.put("\n"), i.LineBreak()))
        elif tag == w("sym"):
            story.report_once("W-SYMBOL", "a sign of a symbol font ({code}) has no place in text", Severity.WARNING,
                              code=child.get(w("char"), ""))  # fmt: skip
        elif tag in (w("footnoteReference"), w("endnoteReference")):
            # Its number is raised; the note is not.
            self.pieces.append(Piece(mark._replace(raised=""), "", -1, note=(name[:-9], child.get(w("id"), ""))))
        elif tag == w("ruby"):
            self._ruby(child, mark)
        elif tag in (w("drawing"), w("pict")):
            self._drawing(child, mark)
        elif tag == w("contentPart"):
            story.report_once("W-DRAWING", "a drawing or chart that is no picture is left out", Severity.WARNING)
        elif tag == w("object"):
            story.report_once("W-ACTIVE", "embedded objects are left out", Severity.WARNING)
            self._drawing(child, mark)
        elif tag == _MC + "AlternateContent":
            chosen = choice(child)
            if chosen is not None:
                for inner in chosen:
                    self._content(inner, mark, look, run_in=run_in, code=code)

    def _text(self, text: str, mark: Mark, look: Style, *, run_in: int, code: bool) -> None:
        if not text:
            return
        size = look.values.get("sz") or self.story.styles.value(self.style, "sz")
        self.sizes[size] = self.sizes.get(size, 0) + len(text)
        self.colors.add((look.values.get("color") or self.story.styles.value(self.style, "color")).upper())
        self.pieces.append(Piece(mark, text, self.story.put(text), code=code, run_in=run_in))

    def _math(self, element: Element) -> None:
        text = "".join(part.text or "" for part in element.iter(_MATH_TEXT))
        if text:
            self.story.report_once("W-MATH", "a formula is read as a line of text", Severity.WARNING)
            self.pieces.append(Piece(Mark(), text, self.story.put(text)))

    def _ruby(self, ruby: Element, mark: Mark) -> None:
        base, top = ruby.find(w("rubyBase")), ruby.find(w("rt"))
        inner = Runs(self.story, self.style)
        if base is not None:
            inner.read(base)
        reading = "".join(text.text or "" for text in top.iter(w("t"))) if top is not None else ""
        start = inner.pieces[0].start if inner.pieces else -1
        self.pieces.append(Piece(mark, "", start, ruby=(tuple(inner.pieces), reading)))

    def _drawing(self, drawing: Element, mark: Mark) -> None:
        properties = drawing.find(f".//{_DOC_PROPERTIES}")
        boxes = [box for box in drawing.iter(w("txbxContent")) if not _in_fallback(box, drawing)]
        self.boxes += [box for box in boxes if not any(above in boxes for above in box.iterancestors())]
        found = False
        for blip in drawing.iter(_BLIP, _IMAGE_DATA):
            if any(box in blip.iterancestors() for box in boxes) or _in_fallback(blip, drawing):
                continue
            found = True
            target = self.story.picture(blip.get(_RID, "") or blip.get(_ID, ""), blip.get(_LINK, ""))
            if target:
                image = _image(target, properties, drawing, blip)
                self.pieces.append(Piece(mark, "", -1, image))
        if not found and not boxes and not _is_star(drawing):
            self.story.report_once("W-DRAWING", "a drawing or chart that is no picture is left out", Severity.WARNING)

    def _switch(self, look: Style, character: str, name: str) -> bool:
        if name in look.switches:
            return look.switches[name]
        value = self.story.styles.switch(character, name) if character else None
        return bool(value if value is not None else self.story.styles.switch(self.style, name))

    def _mark(self, look: Style, character: str, meaning: str, link: str, tip: str) -> Mark:
        styles = self.story.styles

        def value(name: str) -> str:
            return look.values.get(name) or (_own(styles.chain(character), name) if character else "")

        # Strong text that was set in the paragraph's own face, or said not to be bold, is strong no more.
        face = look.values.get("face", "")
        plain = face != "" and face == styles.value(self.style, "face")
        strong = meaning == "strong" and not plain and look.switches.get("b") is not False
        stressed = meaning == "emphasis" and not plain and look.switches.get("i") is not False
        heavy = self._departs(look, character, "b") or strong or self._in_heiti(look, character, meaning)
        leaning = self._departs(look, character, "i") or stressed or self._in_kaiti(look, meaning)
        underline = value("u")
        raised = value("vertAlign")
        return Mark(
            link,
            tip if link else "",
            heavy and not meaning.startswith(("run-in", "editor", "attendance")),
            leaning,
            self._departs(look, character, "strike") or self._departs(look, character, "dstrike"),
            meaning if meaning == "dots" or meaning in i.DOT_FORMS else _DOTS.get(value("em"), "dots"),
            meaning == "deceased" or value("bdr") == _FRAME,
            meaning == "proper-name",
            meaning == "book-title" or underline == "wave",
            raised if raised in ("superscript", "subscript") and meaning != "note" else "",
        )

    def _departs(self, look: Style, character: str, name: str) -> bool:
        """Whether a run turns something on that its paragraph's style does not."""
        return self._switch(look, character, name) and not self.story.styles.switch(self.style, name)

    def _in_kaiti(self, look: Style, meaning: str) -> bool:
        """Whether a run itself asks for 楷体 within a paragraph that is in another face."""
        face = look.values.get("face", "")
        return (
            is_kaiti(face)
            and not meaning.startswith("run-in")
            and not is_kaiti(self.story.styles.value(self.style, "face"))
        )

    def _in_heiti(self, look: Style, character: str, meaning: str) -> bool:
        """Whether a run is set in 黑体 within a paragraph that is not: emphasis, where bold is not to be had."""
        if meaning == "inline-code" or meaning.startswith("run-in"):
            return False
        styles = self.story.styles
        face = look.values.get("face") or (_own(styles.chain(character), "face") if character else "")
        return is_heiti(face) and not is_heiti(styles.value(self.style, "face"))


def is_kaiti(face: str) -> bool:
    """Whether a face is a 楷体."""
    return "楷" in face or face.lower() in ("kaiti", "stkaiti", "kaiti_gb2312", "dfkai-sb", "biaukai")


def is_heiti(face: str) -> bool:
    """Whether a face is a 黑体."""
    lowered = face.lower()
    return "黑体" in face or "黑體" in face or lowered in ("simhei", "stheiti", "heiti sc", "microsoft yahei")


def _own(chain: Iterable[Style], name: str) -> str:
    return next((style.values[name] for style in chain if name in style.values), "")


def choice(element: Element) -> Element | None:
    """The branch of an mc:AlternateContent that is read: the first choice, which every Word since 2010 takes."""
    chosen = element.find(_MC + "Choice")
    return chosen if chosen is not None else element.find(_MC + "Fallback")


def _is_star(drawing: Element) -> bool:
    """Whether this is the star in the red rule of a masthead, which the style sheet says."""
    shapes = [child for child in drawing if child.get("id")]
    return bool(shapes) and all(shape.get("id", "").startswith("RedRuleStar") for shape in shapes)


def _in_fallback(element: Element, root: Element) -> bool:
    for above in element.iterancestors():
        if above is root:
            return False
        if above.tag == _MC + "Fallback":
            parent = above.getparent()
            return parent is not None and parent.find(_MC + "Choice") is not None
    return False


def _image(target: str, properties: Element | None, drawing: Element, blip: Element) -> i.Image:
    alt = title = width = ""
    decorative = False
    if properties is not None:
        alt, title = properties.get("descr", ""), properties.get("title", "")
        decorative = properties.find(f".//{_DECORATIVE}") is not None
    elif blip.tag == _IMAGE_DATA:
        alt = blip.get(_OFFICE_TITLE, "")
    extent = drawing.find(f".//{_EXTENT}")
    across = extent.get("cx", "") if extent is not None else ""
    if across.isdecimal() and len(across) < 10:
        width = f"{int(across) / _EMU_PER_MM:.1f}mm"
    return i.Image(target, alt, title, width, decorative)


NoteReader = Callable[[str, str], i.Note | None]


def to_inlines(pieces: Iterable[Piece], note: NoteReader) -> tuple[i.Inline, ...]:
    """Pieces as inlines: neighbours of one look are wrapped together, text that goes on is one run."""
    given = list(pieces)
    if all(piece.mark == PLAIN for piece in given):
        return _flat(given, note)
    return _nest(given, 0, note)


_WRAPPERS: tuple[tuple[str, Callable[[tuple[i.Inline, ...], str], i.Inline]], ...] = (
    ("strong", lambda inner, _: i.Strong(inner)),
    ("emphasis", lambda inner, _: i.Emphasis(inner)),
    ("strike", lambda inner, _: i.Strike(inner)),
    ("dots", lambda inner, form: i.Dots(inner, "" if form == "dots" else form)),
    ("deceased", lambda inner, _: i.Deceased(inner)),
    ("name", lambda inner, _: i.ProperName(inner)),
    ("book", lambda inner, _: i.BookTitle(inner)),
)


def _nest(pieces: list[Piece], depth: int, note: NoteReader) -> tuple[i.Inline, ...]:
    out: list[i.Inline] = []
    if depth == 0:
        for (link, tip), group in itertools.groupby(pieces, key=lambda piece: (piece.mark.link, piece.mark.tip)):
            inner = _nest(list(group), 1, note)
            out += [i.Link(inner, link, tip)] if link and inner else inner
        return tuple(out)
    if depth <= len(_WRAPPERS):
        name, wrap = _WRAPPERS[depth - 1]
        for on, group in itertools.groupby(pieces, key=lambda piece: getattr(piece.mark, name)):
            inner = _nest(list(group), depth + 1, note)
            out += [wrap(inner, on)] if on and inner else inner
        return tuple(out)
    if depth == len(_WRAPPERS) + 1:
        for raised, group in itertools.groupby(pieces, key=lambda piece: piece.mark.raised):
            inner = _nest(list(group), depth + 1, note)
            if raised == "superscript" and inner:
                out.append(i.Superscript(inner))
            elif raised == "subscript" and inner:
                out.append(i.Subscript(inner))
            else:
                out += inner
        return tuple(out)
    return _flat(pieces, note)


def _flat(pieces: list[Piece], note: NoteReader) -> tuple[i.Inline, ...]:
    out: list[i.Inline] = []
    for piece in pieces:
        if piece.note[0]:
            called = note(*piece.note)
            if called is not None:
                out.append(called)
        elif piece.ruby is not None:
            base, reading = piece.ruby
            inner = to_inlines(base, note)
            out += [i.Ruby(inner, reading, piece.start)] if reading else inner
        elif isinstance(piece.inline, i.LineBreak):
            out.append(i.LineBreak(piece.start))
        elif piece.inline is not None:
            out.append(piece.inline)
        elif piece.text:
            kind = i.Code if piece.code else i.Text
            last = out[-1] if out else None
            if type(last) is kind and last.start + len(last.text) == piece.start:
                out[-1] = kind(last.text + piece.text, last.start)
            else:
                out.append(kind(piece.text, piece.start))
    return tuple(out)
