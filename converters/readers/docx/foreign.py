"""What other programs and older Words write, put in the form that the reader knows, before it reads.

Fields without a result that show something (a number in a ring, a check box, a sign), signs of symbol fonts, the
words of WordArt, fields that are never closed, alternatives for other programs. What has no form is left with a
finding.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from converters.diagnostics import Severity
from converters.records import dataclass

from .ledger import Field, Ledger
from .styles import VAL, w
from .symbols import enclosed, is_symbol_font, sign_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"
# What Word of 2010 and its followers take a choice for, by the namespace: shapes, groups, canvases, text, ink aside.
_KNOWN = re.compile(
    r"http://schemas\.microsoft\.com/office/word/201(0/|2/wordml)|http://schemas\.microsoft\.com/office/drawing/2010/main|urn:"
    r"|http://schemas\.openxmlformats\.org/"
)
# Fields that show nothing where they stand: marks for an index, for contents, for a list of authorities; settings.
_UNSEEN = frozenset(("XE", "TC", "TA", "RD", "SET", "ASK", "BOOKMARK", "PRIVATE", "ADVANCE", ""))
_RING = re.compile(r"\\o\\a[clrd]*\s*\(\s*(?:\\s\\up\s*\d+\s*\()?([○◯〇])\)?\s*[,;]\s*(\d{1,2})\s*\)", re.IGNORECASE)
_CODE = re.compile(r"\s*SYMBOL\s+(0x[0-9a-f]{1,5}|\d{1,6})", re.IGNORECASE)
_FONT = re.compile(r'\\f\s*"?([^"\\]+)', re.IGNORECASE)
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_GONE = frozenset(map(w, ("del", "moveFrom")))


@dataclass(slots=True)
class _Open:
    """A field whose end has not come: where it begins, what it says, the elements that tell so."""

    begin: Element
    said: Field = field(default_factory=Field)
    codes: list[Element] = field(default_factory=list)
    separate: Element | None = None
    shows: bool = False


def prepare(root: Element, story: Ledger) -> None:
    """Put a body or a part of notes in the form that the reader knows."""
    _choose(root)
    _simple_links(root)
    _fields(root, story)
    for sign in list(root.iter(w("sym"))):
        _sign(sign)
    for symbols in list(root.iter(w("rFonts"))):
        font = symbols.get(w("ascii"), "") or symbols.get(w("hAnsi"), "")
        if is_symbol_font(font):
            _signs_in_text(symbols, font)
    for path in list(root.iter(_TEXT_PATH)):
        _word_art(path)
    for style in list(root.iter(w("pStyle"))):
        # A head or foot line stands in a part of its own; in the body its style is one like another.
        if story.styles.is_head_or_foot(style.get(VAL, "")):
            _drop(style)
    for control in root.iter(w("showingPlcHdr")):
        if control.get(VAL, "1") not in ("0", "false"):
            story.report_once("W-FIELD", "a place to be filled in still shows its prompt", Severity.WARNING)


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _choose(root: Element) -> None:
    """Drop the choices that need what no Word of 2010 knew, where something else stands for them."""
    for choice in list(root.iter(_MC + "Choice")):
        needed = (choice.nsmap.get(prefix) or "" for prefix in choice.get("Requires", "").split())
        parent = choice.getparent()
        if parent is None or all(_KNOWN.match(name) for name in needed):
            continue
        if any(len(other) for other in parent if other is not choice):
            parent.remove(choice)


def _text_run(text: str, like: Element | None = None) -> Element:
    from lxml import etree

    run = etree.Element(w("r"))
    look = like.find(w("rPr")) if like is not None else None
    if look is not None:
        import copy

        run.append(copy.deepcopy(look))
    etree.SubElement(run, w("t")).text = text
    return run


def _simple_links(root: Element) -> None:
    """A link in a simple field as one in a full field, which the reader follows."""
    from lxml import etree

    for simple in list(root.iter(w("fldSimple"))):
        instruction = simple.get(w("instr"), "")
        parent = simple.getparent()
        if parent is None or Field(instruction).kind != "HYPERLINK":
            continue
        place = parent.index(simple)
        runs: list[Element] = []
        for kind in ("begin", "separate", "end"):
            run = etree.Element(w("r"))
            etree.SubElement(run, w("fldChar")).set(w("fldCharType"), kind)
            runs.append(run)
        etree.SubElement(runs[0], w("instrText")).text = instruction
        parent[place : place + 1] = [*runs[:2], *simple, runs[2]]


def _fields(root: Element, story: Ledger) -> None:
    opened: dict[Element | None, list[_Open]] = {}
    names = (w("fldChar"), w("instrText"), w("t"), w("drawing"), w("pict"), w("sym"))
    for element in list(root.iter(*names)):
        home = _home(element)
        if home is element:
            continue
        fields = opened.setdefault(home, [])
        if element.tag == w("fldChar"):
            _mark(element, fields, story)
        elif element.tag == w("instrText"):
            if fields and not fields[-1].said.in_result:
                fields[-1].said.instruction += element.text or ""
                fields[-1].codes.append(element)
        elif fields and fields[-1].said.in_result:
            for each in fields:
                each.shows = True
    for left in opened.values():
        for each in left:
            # Nothing ends it: it would swallow what follows.
            story.report_once("W-FIELD", "a field that never ends is read as text", Severity.WARNING)
            for element in (each.begin, *each.codes, each.separate):
                if element is not None:
                    _drop(element)


def _home(element: Element) -> Element | None:
    """The text box, note or body that an element stands in; the element itself where it is taken out."""
    for above in element.iterancestors():
        if above.tag in _GONE:
            return element
        if above.tag in (w("txbxContent"), w("footnote"), w("endnote")):
            return above
    return None


def _mark(element: Element, fields: list[_Open], story: Ledger) -> None:
    match element.get(w("fldCharType")):
        case "begin":
            fields.append(_Open(element))
        case "separate" if fields:
            fields[-1].said.in_result = True
            fields[-1].separate = element
        case "end" if fields:
            ended = fields.pop()
            run = element.getparent()
            if ended.said.kind == "PAGEREF" and not any(each.said.kind == "TOC" for each in fields):
                _page_number(ended, story)
            elif run is not None and not ended.shows:
                _without_result(ended, run, story)
        case _:
            pass


def _page_number(ended: _Open, story: Ledger) -> None:
    """The number of a page in the running text, as it stands: without it the sentence has a hole."""
    paragraph = next(ended.begin.iterancestors(w("p")), None)
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}") if paragraph is not None else None
    controls = ended.begin.iterancestors(w("sdt"))
    controlled = any(above.find(f"{w('sdtPr')}/{w('docPartObj')}") is not None for above in controls)
    if controlled or (style is not None and story.styles.meaning(style.get(VAL, "")) == "contents"):
        return
    for code in ended.codes:
        code.text = "REF"
    if ended.shows:
        story.report_once(
            "W-FIELD", "the number of a page in the text is read as it stands; look it over", Severity.WARNING
        )


def _without_result(ended: _Open, run: Element, story: Ledger) -> None:
    """Put what a field without a result shows behind it, or report it."""
    kind, instruction = ended.said.kind, ended.said.instruction
    shown = ""
    if kind == "EQ" and (ring := _RING.search(instruction)) is not None:
        shown = enclosed(ring[1], ring[2])
    elif kind == "SYMBOL" and (code := _CODE.match(instruction)) is not None:
        font = _FONT.search(instruction)
        number = int(code[1], 16 if "x" in code[1].lower() else 10)
        shown = sign_of(font[1].strip() if font else "Symbol", number) if number < 0x10000 else ""
    elif kind == "FORMCHECKBOX":
        shown = "☑" if _checked(ended.begin) else "☐"
    elif kind == "FORMDROPDOWN":
        shown = _chosen(ended.begin)
    if shown:
        run.addnext(_text_run(shown, run))
    elif kind not in _UNSEEN and not ended.said.furniture and kind not in ("HYPERLINK", "FORMTEXT"):
        said = " ".join(instruction.split())
        story.report_once("W-FIELD", "the field “{field}” has no result; it is left out", Severity.WARNING, field=said)


def _checked(begin: Element) -> bool:
    box = begin.find(f"{w('ffData')}/{w('checkBox')}")
    if box is None:
        return False
    state = box.find(w("checked"))
    if state is None:
        state = box.find(w("default"))
    return state is not None and state.get(VAL, "1") not in ("0", "false")


def _chosen(begin: Element) -> str:
    menu = begin.find(f"{w('ffData')}/{w('ddList')}")
    if menu is None:
        return ""
    entries = [entry.get(VAL, "") for entry in menu.iterfind(w("listEntry"))]
    for name in ("result", "default"):
        given = menu.find(w(name))
        if given is not None and (value := given.get(VAL, "")).isdecimal() and len(value) < 4:
            return entries[int(value)] if int(value) < len(entries) else ""
    return entries[0] if entries else ""


def _sign(sign: Element) -> None:
    """A sign as its character; one that has none stays, and the reader reports it."""
    try:
        shown = sign_of(sign.get(w("font"), ""), int(sign.get(w("char"), ""), 16))
    except ValueError:
        return
    if shown:
        for name in list(sign.attrib):
            del sign.attrib[name]
        sign.tag = w("t")
        sign.text = shown


def _signs_in_text(fonts: Element, font: str) -> None:
    """Private characters that were typed in a symbol font."""
    properties = fonts.getparent()
    run = properties.getparent() if properties is not None else None
    if run is None or run.tag != w("r"):
        return
    for text in run.iterfind(w("t")):
        text.text = _PRIVATE.sub(lambda found: sign_of(font, ord(found[0])) or found[0], text.text or "")


def _word_art(path: Element) -> None:
    """The words of an old WordArt behind its drawing."""
    words = path.get("string", "")
    run = next(path.iterancestors(w("r")), None)
    if run is None or not words.strip() or _replaced(path):
        return
    from lxml import etree

    made = _text_run(words)
    size = re.search(r"font-size:\s*(\d{1,3}(?:\.\d)?)pt", path.get("style", ""))
    if size is not None:
        look = etree.Element(w("rPr"))
        etree.SubElement(look, w("sz")).set(VAL, f"{float(size[1]) * 2:g}")
        made.insert(0, look)
    run.addnext(made)
    picture = next(path.iterancestors(w("pict")), None)
    if picture is not None and len(list(picture.iter(_TEXT_PATH))) == 1:
        _drop(picture)


def _replaced(element: Element) -> bool:
    """Whether an element stands in a fallback that is not read."""
    for above in element.iterancestors(_MC + "Fallback"):
        parent = above.getparent()
        if parent is not None and parent.find(_MC + "Choice") is not None:
            return True
    return False
