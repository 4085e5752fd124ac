"""word/styles.xml as a reader needs it: what a style is, by its name and its ancestors, and how it looks."""

from __future__ import annotations

import functools
from dataclasses import field
from typing import TYPE_CHECKING

from converters.ooxml import W
from converters.records import dataclass

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


@functools.cache
def w(name: str) -> str:
    """A WordprocessingML name in lxml's form."""
    return f"{{{W}}}{name}"


VAL = w("val")

# Names of styles in lower case without blanks, as Word (whose names do not depend on the language) and WPS
# (whose sometimes do) have them -> what they mean. ECMA-376 leaves ids to the program: they are never looked at.
_MEANINGS = {
    "title": "title", "标题": "title", "subtitle": "subtitle", "副标题": "subtitle", "副题": "subtitle",
    "caption": "caption", "题注": "caption", "quote": "quote", "引用": "quote", "intensequote": "quote",
    "明显引用": "quote", "htmlpreformatted": "code", "html预设格式": "code", "代码": "code",
    "tocheading": "contents",
    "toc标题": "contents", "footnotetext": "note", "脚注文本": "note", "endnotetext": "note", "尾注文本": "note",
    "header": "furniture", "页眉": "furniture", "footer": "furniture", "页脚": "furniture",
    "strong": "strong", "要点": "strong", "emphasis": "emphasis", "强调": "emphasis", "htmlcode": "inline-code",
    "html代码": "inline-code", "hyperlink": "hyperlink", "超链接": "hyperlink", "salutation": "addressee",
    "称呼": "addressee", "signature": "organ", "签名": "organ", "date": "date", "日期": "date",
    "引题": "kicker", "作者": "author", "栏目": "column", "编者按": "editor-note", "来源": "source",
    "主送机关": "addressee", "附件说明": "attachment-note", "附件": "attachment", "发文机关署名": "organ",
    "附注": "remark", "诗行": "verse", "术语": "term", "释义": "definition", "分隔线": "rule", "图片": "picture",
    "表格正文": "body",
    "表头": "table-head", "会议名称": "super-title", "期号": "issue", "发文字号": "document-number",
    "编发单位": "issuer", "密级": "secrecy", "红色分隔线": "red-rule", "版记": "colophon", "着重号": "dots",
    "空心着重号": "hollow-dot", "顿点着重号": "sesame", "空心顿点着重号": "hollow-sesame", "示亡号": "deceased",
    "专名号": "proper-name",
    "浪线式书名号": "book-title", "编者按标签": "editor-label",
    "出席": "attendance", "出席标签": "attendance-label", "文稿标记": "furniture",
}  # fmt: skip
# LibreOffice and pandoc have names of their own for parts that Word has too.
_MEANINGS |= {
    "quotations": "quote", "blocktext": "quote", "preformattedtext": "code", "sourcecode": "code",
    "verbatimchar": "inline-code", "definitionterm": "term", "definition": "definition", "author": "author",
}  # fmt: skip
_MEANINGS |= {
    f"{name}{n or ''}": meaning
    for n in (0, 2, 3, 4, 5)
    for name, meaning in (
        ("listcontinue", "list-continue"), ("列表接续", "list-continue"), ("listnumber", "list"), ("列表编号", "list"),
        ("listbullet", "list"), ("列表项目符号", "list"), ("list", "list"), ("列表", "list"),
    )
}  # fmt: skip
_HEADINGS = {f"{word}{n}": n for n in range(1, 10) for word in ("heading", "标题")}
_HEADS_AND_FEET = frozenset(("header", "页眉", "footer", "页脚"))
_RUN_INS = {f"段首标题{n}": n for n in range(1, 6)}
_LARGEST_NUMBER = 1_000_000
# A chain of basedOn that is longer runs in a circle.
_LONGEST_CHAIN = 32


@dataclass(slots=True)
class Style:
    """One style: what it says itself. `properties` are those of w:pPr and w:rPr that say yes or name a value."""

    name: str
    based_on: str
    outline: int | None = None
    number: tuple[str, int] | None = None
    align: str | None = None
    switches: dict[str, bool] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


_SWITCHES = ("b", "i", "strike", "dstrike", "vanish", "pageBreakBefore")


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default_paragraph = ""
        self.language = ""
        self._defaults = Style("", "")
        self._chains: dict[str, list[Style]] = {}
        self._meanings: dict[str, str] = {}
        self._switched: dict[tuple[str, str], bool | None] = {}
        self._valued: dict[tuple[str, str], str] = {}
        if root is None:
            return
        for element in root.iter(w("lang")):
            self.language = self.language or element.get(w("eastAsia"), "")
        defaults = root.find(w("docDefaults"))
        if defaults is not None:
            for kind in ("rPrDefault", "pPrDefault"):
                given = defaults.find(w(kind))
                if given is not None:
                    read_look(given, self._defaults)
        for element in root.iter(w("style")):
            identifier = element.get(w("styleId"), "")
            name = element.find(w("name"))
            based = element.find(w("basedOn"))
            style = Style(
                name.get(VAL, "") if name is not None else identifier, based.get(VAL, "") if based is not None else ""
            )
            read_look(element, style)
            self._styles[identifier] = style
            if element.get(w("type")) == "paragraph" and element.get(w("default")) in ("1", "true", "on"):
                self.default_paragraph = identifier

    def chain(self, identifier: str) -> list[Style]:
        """A style and those that it is based on, the nearest first."""
        known = self._chains.get(identifier)
        if known is None:
            known = self._chains[identifier] = self._find_chain(identifier)
        return known

    def _find_chain(self, identifier: str) -> list[Style]:
        found: list[Style] = []
        while identifier in self._styles and len(found) < _LONGEST_CHAIN:
            style = self._styles[identifier]
            found.append(style)
            identifier = style.based_on
        return found

    def meaning(self, identifier: str) -> str:
        """What a style is for, by its name or that of the nearest ancestor that is known; "" for plain text."""
        known = self._meanings.get(identifier)
        if known is None:
            known = self._meanings[identifier] = self._find_meaning(identifier)
        return known

    def _find_meaning(self, identifier: str) -> str:
        for style in self.chain(identifier):
            name = _key(style.name)
            if name in _MEANINGS:
                return _MEANINGS[name]
            if name in _RUN_INS:
                return f"run-in {_RUN_INS[name]}"
            if name.startswith(("toc", "目录")) and name[-1:].isdigit():
                return "contents"
            if name in _HEADINGS:
                return "heading"
        return ""

    def is_head_or_foot(self, identifier: str) -> bool:
        """Whether a style is that of header or footer, or based on it."""
        return any(_key(style.name) in _HEADS_AND_FEET for style in self.chain(identifier))

    def heading(self, identifier: str, direct: int | None = None) -> int:
        """The heading level of a style (from 1), 0 for none; a level given in the paragraph itself wins."""
        if direct is not None:
            return direct + 1 if direct < 9 else 0
        for style in self.chain(identifier):
            if style.outline is not None:
                return style.outline + 1 if style.outline < 9 else 0
            level = _HEADINGS.get(_key(style.name), 0)
            if level:
                return level
        return 0

    def number(self, identifier: str) -> tuple[str, int] | None:
        """The list and level that a style puts its paragraphs into."""
        return next((style.number for style in self.chain(identifier) if style.number is not None), None)

    def switch(self, identifier: str, name: str) -> bool | None:
        """Whether a style turns something on; None where neither it nor an ancestor says."""
        key = (identifier, name)
        if key not in self._switched:
            self._switched[key] = next(
                (style.switches[name] for style in self.chain(identifier) if name in style.switches), None
            )
        return self._switched[key]

    def value(self, identifier: str, name: str) -> str:
        """A value of a style or of the defaults, "" where nobody says."""
        key = (identifier, name)
        if key not in self._valued:
            given = (*self.chain(identifier), self._defaults)
            self._valued[key] = next((style.values[name] for style in given if name in style.values), "")
        return self._valued[key]


def read_look(element: Element, style: Style) -> None:
    """Put what an element's own w:pPr and w:rPr say into a style."""
    for properties in element:
        if properties.tag not in (w("pPr"), w("rPr")):
            continue
        for child in properties:
            name = child.tag.rpartition("}")[2]
            if name in _SWITCHES:
                style.switches[name] = is_on(child)
            elif name == "outlineLvl":
                style.outline = number_of(child)
            elif name == "jc":
                style.align = style.values["jc"] = child.get(VAL, "")
            elif name in ("sz", "u", "em", "vertAlign", "color"):
                style.values[name] = child.get(VAL, "")
            elif name == "bdr":
                style.values[name] = f"{child.get(VAL, '')} {child.get(w('sz'), '')}"
            elif name == "ind":
                style.values["rightChars"] = child.get(w("rightChars"), "")
            elif name == "rFonts":
                face = child.get(w("eastAsia"))
                if face:
                    style.values["face"] = face
            elif name == "numPr":
                style.number = read_number(child)


def is_on(element: Element) -> bool:
    """Whether a switch such as w:b is on: no value means yes."""
    return element.get(VAL, "1").lower() not in ("0", "false", "off", "none")


def number_of(element: Element) -> int | None:
    """A decimal value, None where it is none or beyond all use."""
    try:
        value = int(element.get(VAL, ""))
    except ValueError:
        return None
    return value if abs(value) < _LARGEST_NUMBER else None


def read_number(properties: Element) -> tuple[str, int]:
    """The list and level of a w:numPr."""
    identifier, level = properties.find(w("numId")), properties.find(w("ilvl"))
    depth = number_of(level) if level is not None else 0
    return (identifier.get(VAL, "") if identifier is not None else "", min(max(depth or 0, 0), 8))


def _key(name: str) -> str:
    return "".join(name.lower().split())
