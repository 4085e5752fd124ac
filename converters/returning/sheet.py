"""What a DOCX says outside its paragraphs: styles, pages, headers and footers, tables, properties.

A source says none of it (its style sheet does); what an editor changes there is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from converters.readers.docx.package import Package
from converters.readers.docx.styles import w

from .departures import Departures, key, near
from .holdings import runs_of, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_KINDS = {"paragraph": "p", "character": "c", "table": "t", "numbering": "n"}
# What a style says is shown by these names; measures are in twentieths of a point, sizes in half points.
_COMPARED = ("rFonts.latin", "rFonts.asian", "sz", "color", "b", "i", "u", "jc", "ind.left", "ind.right", "ind.first",
             "spacing.before", "spacing.after", "spacing.line", "r.spacing", "shd", "pBdr")  # fmt: skip
# Word and LibreOffice round pages to their own units.
_PAGE_ROUNDING = 30
_TABLE_ROUNDING = 30
_SECTION = (
    ("pgSz", ("w", "h", "orient")),
    ("pgMar", ("top", "right", "bottom", "left")),
    ("cols", ("num",)),
    ("pgNumType", ("start", "fmt")),
)
_PRESENT = ("pgBorders", "lnNumType", "textDirection", "bidi")
_CORE = ("title", "subject", "keywords", "category", "description")
# Of a table: of itself, of its rows and of its cells.
_TABLED = ("tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblpPr", "tblStyle", "trHeight", "vAlign",
           "tcBorders", "textDirection", "tcW", "cantSplit", "tblHeader")  # fmt: skip


# What the compared names are called, and what their numbers count: half points, twentieths of a point.
LABELS = {
    "rFonts.latin": "Latin face", "rFonts.asian": "face", "sz": "size", "color": "colour", "b": "bold", "i": "italic",
    "u": "underline", "jc": "alignment", "ind.left": "left indent", "ind.right": "right indent",
    "ind.first": "first-line indent", "spacing.before": "space before", "spacing.after": "space after",
    "spacing.line": "leading", "r.spacing": "letter-spacing", "shd": "shading", "pBdr": "border", "pgSz.w": "width",
    "pgSz.h": "height", "pgSz.orient": "orientation", "pgMar.top": "top margin", "pgMar.right": "right margin",
    "pgMar.bottom": "bottom margin", "pgMar.left": "left margin", "cols.num": "columns",
    "pgNumType.start": "first page",
    "pgNumType.fmt": "form of page numbers", "pgBorders": "page border", "lnNumType": "line numbers",
    "textDirection": "direction", "bidi": "direction", "tblW": "width", "tblInd": "indent", "tblBorders": "borders",
    "tblLayout": "layout", "tblpPr": "place on the page", "tblStyle": "style", "trHeight": "height of rows",
    "vAlign": "alignment", "tcBorders": "borders of cells", "tcW": "width of cells", "cantSplit": "unbroken rows",
    "tblHeader": "repeated head", "gridCol": "width of columns",
}  # fmt: skip
_TWENTIETHS = frozenset((
    "ind.left", "ind.right", "ind.first", "spacing.before", "spacing.after", "spacing.line", "r.spacing", "pgSz.w",
    "pgSz.h", "pgMar.top", "pgMar.right", "pgMar.bottom", "pgMar.left",
))  # fmt: skip


def _told(name: str, value: str) -> str:
    """A name and its value for people: sizes and measures in points."""
    number = value.lstrip("-").isdecimal()
    if number and (name == "sz" or name in _TWENTIETHS):
        value = f"{int(value) / (2 if name == 'sz' else 20):g} pt"
    return f"{LABELS[name]}: {value or '–'}"


class Sheet(NamedTuple):
    """What one file says outside its paragraphs; `styles` by kind and name.

    `furniture` are the words of headers and footers, with a sign for each picture.
    """

    styles: dict[tuple[str, str], dict[str, str]]
    sections: tuple[dict[str, str], ...]
    furniture: tuple[str, ...]
    properties: dict[str, str]
    background: str
    chunks: int


def read_sheet(package: Package, departures: Departures) -> Sheet:
    """Read a package. Raises InputError for a damaged part."""
    root = package.xml(package.main)
    background = root.find(w("background"))
    return Sheet(
        dict(_styles(departures)), tuple(map(_section, root.iter(w("sectPr")))), tuple(sorted(_furniture(package))),
        _properties(package), background.get(w("color"), "") if background is not None else "",
        sum(1 for _ in root.iter(w("altChunk"), w("subDoc"))),
    )  # fmt: skip


def _styles(departures: Departures) -> Iterator[tuple[tuple[str, str], dict[str, str]]]:
    for identifier, kind in departures.kinds.items():
        if kind in ("paragraph", "character"):
            given = departures.given(identifier) if kind == "paragraph" else departures.own[identifier]
            name = key(departures.names.get(identifier, identifier))
            yield (_KINDS[kind], name), {each: given[each] for each in _COMPARED if each in given}


def _section(properties: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, attributes in _SECTION:
        child = properties.find(w(name))
        for attribute in attributes:
            value = child.get(w(attribute), "") if child is not None else ""
            found[f"{name}.{attribute}"] = {"portrait": "", "1": "", "decimal": ""}.get(value, value)
    for name in _PRESENT:
        child = properties.find(w(name))
        off = child is None or child.get(w("val"), "1") in ("0", "false", "off", "lrTb")
        found[name] = "" if off else child.get(w("val"), "1") if child is not None else ""
    return found


def _furniture(package: Package) -> Iterator[str]:
    for relation in package.relations(package.main).values():
        if relation.kind not in ("header", "footer") or relation.external or not package.has(relation.target):
            continue
        root = package.xml(relation.target)
        words = "".join("".join(words_of(run) for run in runs_of(paragraph)).strip() for paragraph in root.iter(w("p")))
        fields = sum(1 for _ in root.iter(w("fldSimple"))) + sum(
            1 for char in root.iter(w("fldChar")) if char.get(w("fldCharType")) == "begin"
        )
        drawn = sum(1 for _ in root.iter(w("drawing"), w("pict")))
        if words or fields or drawn:
            yield "".join(char for char in words if not char.isdecimal()) + "#" * fields + "▣" * drawn


def _properties(package: Package) -> dict[str, str]:
    part = package.related("", "core-properties")
    if not part:
        return {}
    children = ((str(child.tag).rpartition("}")[2], child.text or "") for child in package.xml(part))
    return {name: text for name, text in children if name in _CORE and text}


class Changed(NamedTuple):
    """Something that was changed outside the paragraphs: its sort, what it was and what it is."""

    sort: str
    before: str
    after: str


def compare(given: Sheet, unedited: Sheet, *, styles: bool) -> Iterator[Changed]:
    """What two files say otherwise; `styles` says that both were made by one style sheet and can be compared."""
    if styles:
        yield from _compare_styles(given.styles, unedited.styles)
        yield from _compare_sections(given.sections, unedited.sections)
        # How often the same one stands in the file is for the program to say.
        one, two = set(unedited.furniture), set(given.furniture)
        if one != two:
            yield Changed("furniture", " / ".join(sorted(one - two)), " / ".join(sorted(two - one)))
        if given.background != unedited.background:
            yield Changed("background", unedited.background, given.background)
    for name in _CORE:
        one_, two_ = unedited.properties.get(name, ""), given.properties.get(name, "")
        if one_ != two_ and two_:
            yield Changed("property", one_, two_)
    for _ in range(given.chunks):
        yield Changed("chunk", "", "")


def _compare_styles(
    given: Mapping[tuple[str, str], Mapping[str, str]], unedited: Mapping[tuple[str, str], Mapping[str, str]]
) -> Iterator[Changed]:
    for name, before in unedited.items():
        after = given.get(name)
        if after is None:
            continue
        differing = [
            each for each in _COMPARED
            if (each in after or name[0] == "p") and not near(each, after.get(each, "0"), before.get(each, "0"))
        ]  # fmt: skip
        if differing:
            yield Changed("style", *(
                f"{name[1]}: " + ", ".join(_told(each, values.get(each, "")) for each in differing)
                for values in (before, after)
            ))  # fmt: skip


def _compare_sections(given: tuple[dict[str, str], ...], unedited: tuple[dict[str, str], ...]) -> Iterator[Changed]:
    if len(given) != len(unedited):
        yield Changed("sections", str(len(unedited)), str(len(given)))
        return
    for before, after in zip(unedited, given, strict=True):
        differing = [name for name in before if not _alike(before[name], after[name])]
        if differing:
            yield Changed(
                "page", *(", ".join(_told(name, each[name]) for name in differing) for each in (before, after))
            )


def _alike(one: str, two: str) -> bool:
    if one.lstrip("-").isdecimal() and two.lstrip("-").isdecimal():
        return abs(int(one) - int(two)) <= _PAGE_ROUNDING
    return one == two


def table_looks(table: Element) -> dict[str, tuple[str, ...]]:
    """How a table looks: what it, its rows and its cells say, by name, in order; widths of columns."""
    found: dict[str, list[str]] = {name: [] for name in _TABLED}
    found["gridCol"] = [column.get(w("w"), "") for column in table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
    for holder in table.iter(w("tblPr"), w("trPr"), w("tcPr")):
        for child in holder:
            name = str(child.tag).rpartition("}")[2]
            if name in found and child.get(w("val"), "1") not in ("0", "false", "off"):
                found[name].append("" if name in ("cantSplit", "tblHeader") else _said(child))
    return {name: tuple(values) for name, values in found.items()}


def differing_looks(given: Mapping[str, tuple[str, ...]], unedited: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The names of what two tables say otherwise, each value once, measures but for rounding."""
    return [name for name, values in unedited.items() if not _within(given.get(name, ()), values)
            or not _within(values, given.get(name, ()))]  # fmt: skip


def _within(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    known = set(others)
    return all(any(_same(value, other) for other in known) for value in set(some))


def _same(one: str, two: str) -> bool:
    first, second = re.split(r"(\d+)", one), re.split(r"(\d+)", two)
    return len(first) == len(second) and all(
        a == z or (a.isdecimal() and z.isdecimal() and abs(int(a) - int(z)) <= max(_TABLE_ROUNDING, int(z) // 20))
        for a, z in zip(first, second, strict=True)
    )


def _said(child: Element) -> str:
    """What one property says, with the sides of borders."""
    own = [f"{str(name).rpartition('}')[2]}={value}" for name, value in sorted(child.attrib.items())]
    return " ".join([*own, *(f"{str(side.tag).rpartition('}')[2]}({_said(side)})" for side in child)])
