"""What a paragraph of a DOCX holds that a source has no place for: drawings, formulas, fields, bookmarks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from converters.ooxml import W
from converters.readers.docx.package import Package
from converters.readers.docx.runs import choice
from converters.readers.docx.styles import w

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_XML = "{http://schemas.openxmlformats.org/"
_MC = _XML + "markup-compatibility/2006}AlternateContent"
_MATH = _XML + "officeDocument/2006/math}"
_A = _XML + "drawingml/2006/main}"
_WP = _XML + "drawingml/2006/wordprocessingDrawing}"
_R = _XML + "officeDocument/2006/relationships}"
_CHART = _XML + "drawingml/2006/chart}"
_IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
_GONE = frozenset(map(w, ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "rubyPr", "txbxContent", "pict")))
# Fields that an edition has itself, and those that are read as something else: links, calls of notes.
_OWN_FIELDS = frozenset((
    "TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "NOTEREF", "HYPERLINK", "",
))  # fmt: skip


# What a paragraph may hold that has no words.
WORDLESS = frozenset((
    "drawn", "object", "boxed", "bookmarked", "controlled", "formula", "field", "sign", "permStart", "subDoc", "afloat",
    "hidden", "column",
))  # fmt: skip


class Departure(NamedTuple):
    """What was set by hand: of which sort, on which values, and the words that have it ("": the whole paragraph)."""

    sort: str
    values: tuple[tuple[str, str], ...]
    words: str = ""


class Holdings:
    """Reads what the paragraphs of one package hold."""

    def __init__(self, package: Package) -> None:
        self.package = package

    def of(self, paragraph: Element) -> Iterator[Departure]:
        """What a paragraph holds that a source has no place for."""
        instruction, words, depth, result = "", "", 0, False
        for child in _within(paragraph):
            tag = child.tag
            name = tag.rpartition("}")[2]
            if tag == w("fldChar"):
                kind = child.get(w("fldCharType"))
                depth += {"begin": 1, "end": -1}.get(kind or "", 0)
                result = kind == "separate" if depth == 1 else result
                if kind == "end" and depth <= 0:
                    yield from _field(instruction, words)
                    instruction, words, depth, result = "", "", 0, False
            elif tag == w("instrText"):
                instruction += child.text or "" if depth == 1 else ""
            elif tag == w("t"):
                words += child.text or "" if result else ""
            elif tag == w("fldSimple"):
                yield from _field(child.get(w("instr"), ""), "".join(text.text or "" for text in child.iter(w("t"))))
            elif tag == w("bookmarkStart"):
                if not child.get(w("name"), "").startswith("_"):
                    yield Departure("bookmarked", (("name", child.get(w("name"), "")),), child.get(w("name"), ""))
            elif tag == w("hyperlink"):
                anchor, words_ = child.get(w("anchor"), ""), "".join(text.text or "" for text in child.iter(w("t")))
                if anchor:
                    yield Departure("linked", (("anchor", anchor),), words_)
                if child.get(w("tooltip")):
                    yield Departure("tip", (("tip", child.get(w("tooltip"), "")),), words_)
            elif tag == w("pgNum"):
                yield Departure("field", (("field", "PAGE"),), "")
            elif tag == w("contentPart"):
                yield Departure("drawn", (), "")
            elif tag == w("sdt"):
                yield Departure("controlled", (), "".join(text.text or "" for text in child.iter(w("t"))))
            elif tag in (_MATH + "oMath", _MATH + "oMathPara"):
                yield Departure("formula", (), "".join(text.text or "" for text in child.iter(_MATH + "t")))
            elif tag in (w("drawing"), w("pict"), w("object")):
                yield from self._drawing(child)
            elif tag == w("sym"):
                yield Departure("sign", (), f"{child.get(w('font'), '')} {child.get(w('char'), '')}".strip())
            elif name in ("permStart", "softHyphen", "subDoc"):
                yield Departure(name, (), "")
            elif tag == w("br") and child.get(w("type")) == "column":
                yield Departure("column", (), "")

    def _drawing(self, drawing: Element) -> Iterator[Departure]:
        pictures = [each for each in drawing.iter(_A + "blip", _IMAGE_DATA) if not _in_box(each)]
        boxes = list(drawing.iter(w("txbxContent")))
        described = next(map(_described, drawing.iter(_WP + "docPr")), "")
        if drawing.tag == w("object"):
            yield Departure("object", (), described)
        elif boxes:
            yield Departure("boxed", (), "".join(text.text or "" for text in boxes[0].iter(w("t"))))
        elif not pictures:
            yield Departure("drawn", (), " ".join(filter(None, (described, self._drawn(drawing)))))
        elif drawing.find(_WP + "anchor") is not None:
            yield Departure("afloat", (), described)
        if pictures and drawing.tag != w("object"):
            yield from _shape(drawing, described)
        cut = next(drawing.iter(_A + "srcRect"), None)
        if cut is not None and any(value not in ("", "0") for value in cut.attrib.values()):
            yield Departure("cropped", (), described)

    def _drawn(self, drawing: Element) -> str:
        """The words of a chart or of SmartArt, which stand in parts of their own."""
        out = []
        for element in drawing.iter():
            for name in ("id", "dm"):
                identifier = element.get(_R + name, "")
                relation = self.package.relations(self.package.main).get(identifier) if identifier else None
                if relation is None or relation.external or relation.kind not in DRAWN:
                    continue
                if self.package.has(relation.target):
                    out.append(drawn_words(self.package.xml(relation.target)))
        return " ".join(filter(None, out))


# The kinds of the parts in which words of charts and of SmartArt stand.
DRAWN = frozenset(("chart", "chartEx", "diagramData"))


def drawn_words(root: Element) -> str:
    """The words of a chart (its titles and the cells that it shows) or of SmartArt."""
    texts = [element.text or "" for element in root.iter(_A + "t", _CHART + "v") if (element.text or "").strip()]
    return " ".join(texts)


def _shape(drawing: Element, described: str) -> Iterator[Departure]:
    """The proportions of a picture, and whether it is turned, bordered or has effects."""
    extent = drawing.find(f".//{_WP}extent")
    width, height = (extent.get(name, "") if extent is not None else "" for name in ("cx", "cy"))
    if width.isdecimal() and height.isdecimal() and int(height) and len(width + height) < 20:
        yield Departure("stretched", (("percent", str(100 * int(width) // int(height))),), described)
    turned = any(
        form.get("rot", "0") != "0" or form.get("flipH") or form.get("flipV") for form in drawing.iter(_A + "xfrm")
    )
    bordered = any(child.tag != _A + "noFill" for line in drawing.iter(_A + "ln") for child in line)
    effects = any(len(each) for each in drawing.iter(_A + "effectLst")) or any(
        str(child.tag) not in (_A + "extLst",) for blip in drawing.iter(_A + "blip") for child in blip
    )
    if turned or bordered or effects:
        yield Departure("adorned", (("sorts", f"{turned:d}{bordered:d}{effects:d}"),), described)


def _described(properties: Element) -> str:
    said = " ".join(filter(None, (properties.get("title", ""), properties.get("descr", ""))))
    return said or properties.get("name", "")


def _field(instruction: str, words: str) -> Iterator[Departure]:
    kind = (instruction.split() or [""])[0].upper()
    if kind not in _OWN_FIELDS:
        yield Departure("field", (("field", kind),), words)


def _in_box(element: Element) -> bool:
    return any(above.tag == w("txbxContent") for above in element.iterancestors())


def _within(element: Element) -> Iterator[Element]:
    """What stands in a paragraph in the accepted view, text boxes apart; drawings and formulas are not entered."""
    for child in element:
        tag = child.tag
        if tag == _MC:
            chosen = choice(child)
            if chosen is not None:
                yield from _within(chosen)
        elif not isinstance(tag, str) or (tag in _GONE and tag != w("pict")):
            continue
        else:
            yield child
            if tag.startswith(f"{{{W}}}") and tag not in (w("drawing"), w("pict"), w("object"), w("t")):
                yield from _within(child)


def runs_of(element: Element) -> Iterator[Element]:
    """The runs of a paragraph in the accepted view, without those of text boxes and of readings."""
    for child in element:
        tag = child.tag
        if tag == w("r"):
            yield child
        elif tag == _MC:
            chosen = choice(child)
            if chosen is not None:
                yield from runs_of(chosen)
        elif isinstance(tag, str) and tag.startswith(f"{{{W}}}") and tag not in _GONE:
            yield from runs_of(child)


def words_of(run: Element) -> str:
    """The words of a run, those under readings too."""
    out = []
    for child in run:
        if child.tag == w("t"):
            out.append(child.text or "")
        elif child.tag == w("ruby"):
            out += [text.text or "" for base in child.iterfind(w("rubyBase")) for text in base.iter(w("t"))]
    return "".join(out)
