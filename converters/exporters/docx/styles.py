"""word/styles.xml: the looks of the style sheet as Word's own styles, and the few that Word has no name for.

A built-in style is overridden by its invariant name, so that Word and WPS show it in the user's language
("heading 1" is 标题 1) and their navigation pane, contents and shortcuts work. A style that Word lacks has the
Chinese name that the trade uses.
"""

from __future__ import annotations

import functools
from dataclasses import replace

from converters.model.metadata import Kind
from converters.ooxml import W
from converters.records import dataclass
from converters.theme.schema import Align, Role, TextStyle, Theme
from converters.units import twips

from .grid import Grid
from .looks import FRAMED, block_spacing, colour, dots_style, emphasis_mark, fonts, indents, languages, size
from .red_rule import red_rule

_JC = {Align.JUSTIFY: "both", Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
# How far Word's numbered built-in list styles go.
LIST_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its look, and what a look does not say.

    `outline` is the level in the navigation pane, -1 for none; `contextual` drops the blank rows between
    neighbours of the same style; `own_digits` draws Latin letters and digits in the style's own face.
    """

    id: str
    name: str
    look: TextStyle
    next: str = ""
    outline: int = -1
    contextual: bool = False
    keep_lines: bool = False
    own_digits: bool = False
    priority: int = 99
    tabs: str = ""
    picture: bool = False
    hanging_em: float = 0.0


def paragraph_styles(grid: Grid, kind: Kind) -> tuple[Style, ...]:
    """Every paragraph style of an edition; the first is Normal, which carries the look of the body."""
    theme = grid.theme
    s = theme.styles
    mark = s.organ_mark if kind is Kind.GONGWEN else s.masthead_name
    mark = replace(mark, leading=mark.leading or name_leading(mark))
    headings = (s.title, s.heading1, s.heading2, s.heading3, s.heading4, s.heading5, s.heading5, s.heading5, s.heading5)
    plain = replace(s.body, indent_em=0)
    picture = replace(plain, align=Align.CENTRE, on_grid=False)
    organ = replace(s.signature, keep_with_next=True)
    return (
        Style("Normal", "Normal", s.body, priority=0),
        *(
            Style(f"Heading{n}", f"heading {n}", look, "Normal", n - 1, keep_lines=True, priority=9)
            for n, look in enumerate(headings, 1)
        ),
        Style("Title", "Title", mark, "IssueLine", priority=10),
        Style("Subtitle", "Subtitle", s.subtitle, "Normal", priority=11),
        Style("Kicker", "引题", s.kicker, "Heading1", priority=11),
        Style("Author", "作者", s.author, "Normal", priority=11),
        Style("Column", "栏目", s.column, "Heading1", priority=11),
        Style("EditorNote", "编者按", s.editor_note, "EditorNote", contextual=True, priority=12),
        Style("SourceLine", "来源", s.source, "Normal", priority=12),
        Style("Addressee", "主送机关", s.addressee, "Normal", priority=12),
        Style("AttachmentNote", "附件说明", s.attachment_note, "Normal", contextual=True, priority=12),
        Style("AttachmentLabel", "附件", s.attachment_label, "Heading1", priority=12),
        Style("IssuingOrgan", "发文机关署名", organ, "Date", contextual=True, priority=12),
        Style("Date", "Date", replace(s.signature, before_rows=0), "Normal", priority=12),
        Style("Remark", "附注", replace(s.body, indent_em=2, align=Align.LEFT), "Normal", priority=12),
        Style("Attendance", "出席", s.attendance, "Attendance", contextual=True, priority=12),
        Style("Quote", "Quote", s.quote, "Quote", contextual=True, priority=29),
        Style("Verse", "诗行", s.verse, "Verse", priority=29),
        *_list_styles(theme),
        Style("Term", "术语", replace(plain, role=Role.HEITI, keep_with_next=True), "Definition", priority=30),
        Style("Definition", "释义", replace(plain, left_em=s.list.left_em), priority=30),
        Style("HTMLPreformatted", "HTML Preformatted", s.code, priority=31),
        Style("SectionRule", "分隔线", plain, "Normal", priority=31),
        Style("Picture", "图片", picture, "Caption", priority=34, picture=True),
        Style("Caption", "caption", s.caption, "Normal", priority=35),
        Style("TableText", "表格正文", s.table, priority=36),
        Style("TableHead", "表头", s.table_head, "TableText", priority=36),
        Style("MeetingName", "会议名称", s.masthead_super, "Title", priority=40),
        Style("IssueLine", "期号", s.issue, "Issuer", priority=40),
        Style("DocumentNumber", "发文字号", s.document_number, "RedRule", priority=40),
        Style("Issuer", "编发单位", s.issuer, "RedRule", tabs=_issuer_tabs(grid, s.issuer), priority=40),
        Style("Secrecy", "密级", s.secrecy, "Title", priority=40),
        Style("RedRule", "红色分隔线", replace(plain, size=1, leading=1, on_grid=False), "Normal", priority=40),
        Style("Colophon", "版记", s.colophon, "Colophon", priority=41),
        Style("TOCHeading", "TOC Heading", s.contents_title, "TOC1", priority=39),
        *_contents_styles(grid),
        Style("FootnoteText", "footnote text", replace(s.note, indent_em=max(s.note.indent_em, 2)), "FootnoteText"),
        Style("Header", "header", s.running_head),
        Style("Draft", "文稿标记", s.draft),
        Style("Footer", "footer", replace(s.page_number, leading=0), own_digits=True),
    )  # fmt: skip


def name_leading(look: TextStyle) -> float:
    """The line of a masthead's name in points: 1.3 em clears the ink of every face, and no more."""
    return 1.3 * look.size


def _list_styles(theme: Theme) -> tuple[Style, ...]:
    look = theme.styles.list
    styles: list[Style] = []
    for stem, name in (("ListNumber", "List Number"), ("ListBullet", "List Bullet"), ("ListContinue", "List Continue")):
        for level in range(1, LIST_LEVELS + 1):
            suffix = "" if level == 1 else str(level)
            spaced = name if level == 1 else f"{name} {level}"
            deeper = replace(look, left_em=look.left_em * level)
            hanging = 0.0 if stem == "ListContinue" else look.left_em
            styles.append(Style(stem + suffix, spaced, deeper, priority=30, hanging_em=hanging))
    return tuple(styles)


def _contents_styles(grid: Grid) -> list[Style]:
    """toc 1 to 3: a hanging indent for turned-over titles, a tab stop with dots at the right indent."""
    theme = grid.theme
    look = theme.styles.contents
    turnover = max(theme.contents.turnover_em, look.left_em)
    return [
        Style(
            f"TOC{n}", f"toc {n}", replace(look, left_em=turnover + 2 * (n - 1)), "Normal",
            tabs=_contents_tabs(grid), priority=39, hanging_em=turnover - look.left_em,
        )
        for n in (1, 2, 3)
    ]  # fmt: skip


def _contents_tabs(grid: Grid) -> str:
    look = grid.theme.styles.contents
    position = grid.measure - round(look.right_em * grid.em(look))
    return f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{position}"/></w:tabs>'


def _issuer_tabs(grid: Grid, look: TextStyle) -> str:
    position = grid.measure - round(look.right_em * grid.em(look))
    return f'<w:tabs><w:tab w:val="right" w:pos="{position}"/></w:tabs>'


@functools.lru_cache(maxsize=16)
def styles_xml(grid: Grid, kind: Kind) -> bytes:
    """The styles part of an edition; bulletins of one sheet have the same."""
    theme = grid.theme
    paragraphs = paragraph_styles(grid, kind)
    parts = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
        f'<w:styles xmlns:w="{W}">',
        "<w:docDefaults><w:rPrDefault><w:rPr>",
        fonts(grid, theme.styles.body.role),
        f'<w:kern w:val="2"/>{size(theme.styles.body.size)}{languages(grid.lang)}',
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>",
        # Word has 376 styles of its own, and would list all of them: hidden until somebody takes one up.
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
        ' w:defQFormat="0" w:count="376"/>',
        *(_paragraph_style(grid, style) for style in paragraphs),
        *_character_styles(grid),
        _TABLE_STYLES,
        "</w:styles>",
    ]
    return "".join(parts).encode()


def _paragraph_style(grid: Grid, style: Style) -> str:
    head = f'<w:style w:type="paragraph"{_DEFAULT if style.id == "Normal" else ""} w:styleId="{style.id}">'
    based = "" if style.id == "Normal" else '<w:basedOn w:val="Normal"/>'
    follows = f'<w:next w:val="{style.next}"/>' if style.next and style.next != style.id else ""
    custom = not style.name.isascii()
    if custom:
        head = head.replace(" w:styleId", ' w:customStyle="1" w:styleId')
    return (
        f'{head}<w:name w:val="{style.name}"/>{based}{follows}<w:uiPriority w:val="{style.priority}"/>'
        f"{_shown(style.id)}<w:pPr>{_paragraph_look(grid, style)}</w:pPr>"
        f"<w:rPr>{_run_look(grid, style)}</w:rPr></w:style>"
    )


_DEFAULT = ' w:default="1"'
# Code is no language that Word's spelling knows.
_NO_PROOF = "<w:noProof/>"
# What Word applies by itself, and what only a text of many levels wants: none of it belongs among the styles that one
# picks from.
_APPLIED = frozenset((
    "TOC1", "TOCHeading", "FootnoteText", "FootnoteReference", "Header", "Footer", "PageNumber", "Hyperlink", "RedRule",
))  # fmt: skip
_RARE = frozenset((
    *(f"Heading{level}" for level in range(6, 10)), "TOC2", "TOC3", "Draft",
    *(f"{stem}{level}" for stem in ("ListNumber", "ListBullet") for level in range(3, LIST_LEVELS + 1)),
    *(f"ListContinue{level or ''}" for level in (0, *range(2, LIST_LEVELS + 1))),
))  # fmt: skip


def _shown(identifier: str) -> str:
    """Whether a style stands in Word's gallery and in its list of recommended ones (17.7.4.14 to 17.7.4.20)."""
    if identifier in _RARE:
        return "<w:semiHidden/><w:unhideWhenUsed/>"
    return "<w:unhideWhenUsed/>" if identifier in _APPLIED else "<w:qFormat/>"


def _paragraph_look(grid: Grid, style: Style) -> str:
    """The children of w:pPr in the order of its schema; everything that Normal says is said again or taken back."""
    theme, look = grid.theme, style.look
    normal = style.id == "Normal"
    parts: list[str] = []
    if look.keep_with_next:
        parts.append("<w:keepNext/>")
    elif not normal:
        parts.append('<w:keepNext w:val="0"/>')
    if style.keep_lines:
        parts.append("<w:keepLines/>")
    if normal:
        parts.append(_switch("widowControl", theme.text.widows > 1 or theme.text.orphans > 1))
    if style.id == "RedRule":
        parts.append(red_rule(theme))
    elif style.id == "SectionRule":
        parts.append('<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:pBdr>')
    if style.tabs:
        parts.append(style.tabs)
    if normal:
        parts.append(_asian_typography(theme))
    grid_line = grid.exact(look) and not style.picture
    if not grid_line:
        parts.append('<w:snapToGrid w:val="0"/>')
    parts.append(_spacing(grid, style, grid_line))
    em = grid.em(look)
    parts.append(indents(look.left_em, look.right_em, look.indent_em, em, round(style.hanging_em * em)))
    if style.contextual:
        parts.append("<w:contextualSpacing/>")
    parts.append(f'<w:jc w:val="{_JC[look.align]}"/>')
    if style.outline >= 0:
        parts.append(f'<w:outlineLvl w:val="{style.outline}"/>')
    return "".join(parts)


def _spacing(grid: Grid, style: Style, grid_line: bool) -> str:
    look = style.look
    before, after = block_spacing(grid, look, 2 if style.id == "Heading1" else 1)
    if style.picture:
        line, rule = 240, "auto"
    elif grid_line:
        line, rule = grid.line, "exact"
    elif style.id in ("Title", "RedRule", "Footer"):
        # What stands below must not move with the face: the line is taller than the ink of any of them.
        line, rule = twips(footer_line(grid.theme) if style.id == "Footer" else look.leading), "exact"
    else:
        line, rule = twips(grid.leading(look)), "atLeast"
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


def footer_line(theme: Theme) -> float:
    """The exact line of the page number in points."""
    return 1.45 * theme.styles.page_number.size


def _asian_typography(theme: Theme) -> str:
    text = theme.text
    return (
        _switch("kinsoku", text.level != "none")
        + _switch("overflowPunct", text.hanging)
        + _switch("topLinePunct", text.trim_start is not False)
        + _switch("autoSpaceDE", text.gap_em is None or text.gap_em > 0)
        + _switch("autoSpaceDN", text.digit_gap_em is None or text.digit_gap_em > 0)
    )


def _switch(name: str, on: bool) -> str:
    return f"<w:{name}/>" if on else f'<w:{name} w:val="0"/>'


def _run_look(grid: Grid, style: Style) -> str:
    look = style.look
    return (
        fonts(grid, look.role, own_digits=style.own_digits)
        + '<w:b w:val="0"/><w:bCs w:val="0"/><w:i w:val="0"/><w:iCs w:val="0"/>'
        + (_NO_PROOF if look.role is Role.MONO else "")
        + f'<w:color w:val="{colour(grid.theme, look.color)}"/>'
        + f'<w:spacing w:val="{grid.tracking(look)}"/>{size(look.size)}'
    )


def _character_styles(grid: Grid) -> list[str]:
    """The character styles. 宋, 仿 and 楷 have no bold: strong text is 黑体, and its own weight is enough."""
    lang = grid.lang
    english = lang.lower().startswith("en")
    heiti, kaiti = fonts(grid, Role.HEITI), fonts(grid, Role.KAITI)
    strong = f"{fonts(grid, Role.LATIN)}<w:b/><w:bCs/>" if english else f'{heiti}<w:b w:val="0"/><w:bCs w:val="0"/>'
    leaning = f"{fonts(grid, Role.LATIN)}<w:i/><w:iCs/>" if english else f'{kaiti}<w:i w:val="0"/><w:iCs w:val="0"/>'
    heads = grid.theme.styles
    run_ins = (heads.heading1, heads.heading2, heads.heading3, heads.heading4, heads.heading5)
    rows = [
        ("Strong", "Strong", strong),
        ("Emphasis", "Emphasis", leaning),
        ("EditorLabel", "编者按标签", fonts(grid, heads.editor_label.role)),
        ("AttendanceLabel", "出席标签", fonts(grid, heads.attendance_label.role)),
        *((f"RunIn{n}", f"段首标题 {n}", fonts(grid, look.role)) for n, look in enumerate(run_ins, 1)),
        *(
            (dots_style(form), name, f'<w:em w:val="{emphasis_mark(grid, form)}"/>')
            for form, name in _DOT_NAMES.items()
        ),
        ("Deceased", "示亡号", FRAMED),
        ("ProperName", "专名号", '<w:u w:val="single"/>'),
        ("BookTitle", "浪线式书名号", '<w:u w:val="wave"/>'),
        ("HTMLCode", "HTML Code", fonts(grid, Role.MONO) + _NO_PROOF),
        ("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
        ("Hyperlink", "Hyperlink", '<w:u w:val="single"/>'),
        ("PageNumber", "page number", ""),
    ]
    out = [
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    ]
    for identifier, name, look in rows:
        custom = "" if name.isascii() else ' w:customStyle="1"'
        out.append(
            f'<w:style w:type="character"{custom} w:styleId="{identifier}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="22"/>{_shown(identifier)}'
            f"<w:rPr>{look}</w:rPr></w:style>"
        )
    return out


_DOT_NAMES = {"": "着重号", "hollow-dot": "空心着重号", "sesame": "顿点着重号", "hollow-sesame": "空心顿点着重号"}
_TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    '<w:uiPriority w:val="39"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style>"
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
)
