"""What a style sheet can say: every key, its unit and its default.

Lengths are points; names that end in `_em` count ems of the style's own size, in `_rows` rows of the page
grid, in `_ratio` parts of one. The defaults are those of styles/base.toml and are the 简报 page of
GB/T 9704-2012 (22 rows of 28 hanzi on A4).
"""

from __future__ import annotations

import enum
from dataclasses import field

from converters.records import dataclass
from converters.units import mm


class Role(enum.Enum):
    """What a face is for; the values are the keys of the style sheet's [fonts] table."""

    XIAOBIAOSONG = "xiaobiaosong"
    FANGSONG = "fangsong"
    KAITI = "kaiti"
    HEITI = "heiti"
    SONGTI = "songti"
    LATIN = "latin"
    MONO = "mono"


class Align(enum.Enum):
    """How the lines of a style stand."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Page:
    """The paper and the type area. `inner` is the binding side; with `duplex` even pages are mirrored.

    `row_pitch` 0: rows fill the type area. `hang` is how far the first and last row hang out of the type area of the
    standard, where half their leading does: masthead, 版记 and page number keep their places in that.

    `fit` (凑页) is a number of pages, or "multiple of" a number: rows and hanzi to a line are changed, pitch and cell
    by at most the given parts of their own, and blank rows between articles, until the issue has them. Sizes are
    never changed.
    """

    width: float = mm(210)
    height: float = mm(297)
    top: float = mm(37)
    bottom: float = mm(35)
    inner: float = mm(28)
    outer: float = mm(26)
    duplex: bool = True
    rows: int = 22
    characters: int = 28
    row_pitch: float = 0.0
    hang: float = 0.0
    fit: str = ""
    fit_pitch_ratio: float = 0.1
    fit_cell_ratio: float = 0.04
    fit_gap_rows: int = 1
    columns: int = 1
    column_gap: float = mm(8)
    writing_mode: str = "horizontal-tb"

    @property
    def measure(self) -> float:
        """Length of a line of the type area: its width, its height where lines are vertical."""
        if self.writing_mode == "vertical-rl":
            return self.height - self.top - self.bottom
        return self.width - self.inner - self.outer

    @property
    def column_width(self) -> float:
        """Width of one column of the type area."""
        return (self.measure - (self.columns - 1) * self.column_gap) / self.columns

    @property
    def depth(self) -> float:
        """What the lines of the type area fill: its height, its width where lines are vertical."""
        if self.writing_mode == "vertical-rl":
            return self.width - self.inner - self.outer
        return self.height - self.top - self.bottom

    @property
    def pitch(self) -> float:
        """From one row of the grid to the next."""
        return self.row_pitch or self.depth / self.rows

    @property
    def cell(self) -> float:
        """One place of a row: the advance of a body hanzi."""
        return self.measure / self.characters


@dataclass(frozen=True, slots=True)
class Composition:
    """How lines are made (clreq; GB/T 15834-2011, 5.1). None: as the language has it.

    `gap_em` is the space between hanzi and Latin letters, `digit_gap_em` that between hanzi and digits;
    `level` is none, basic, gb or strict; `breaking` is total-fit or greedy; `emphasis` is a form of emphasis marks.
    """

    gap_em: float | None = None
    digit_gap_em: float | None = None
    level: str | None = None
    trim_start: bool | None = None
    trim_end: bool | None = None
    hanging: bool = False
    breaking: str = "total-fit"
    hyphenate: bool = True
    emphasis: str | None = None
    widows: int = 2
    orphans: int = 2


@dataclass(frozen=True, slots=True)
class TextStyle:
    """The look of one kind of text.

    `leading` 0 means the page's row pitch. `on_grid`: body-sized hanzi stand on the page's cells (28 to the
    line); otherwise they are set solid. `indent_em` is the first line's; `left_em` and `right_em` stand on all.
    `before_rows` and `after_rows` are blank rows. `widows` and `orphans` 0: those of [text].
    """

    role: Role = Role.FANGSONG
    size: float = 16.0
    leading: float = 0.0
    align: Align = Align.JUSTIFY
    indent_em: float = 0.0
    left_em: float = 0.0
    right_em: float = 0.0
    before_rows: float = 0.0
    after_rows: float = 0.0
    tracking_em: float = 0.0
    color: str = "black"
    on_grid: bool = True
    keep_with_next: bool = False
    widows: int = 0
    orphans: int = 0


@dataclass(frozen=True, slots=True)
class Styles:
    """A TextStyle for each part of a bulletin; the field names are the tables [styles.NAME]."""

    body: TextStyle = TextStyle(indent_em=2)
    title: TextStyle = TextStyle(
        Role.XIAOBIAOSONG, 22, 34, Align.CENTRE, before_rows=1, after_rows=1, on_grid=False, keep_with_next=True
    )
    kicker: TextStyle = TextStyle(Role.KAITI, align=Align.CENTRE, on_grid=False, keep_with_next=True)
    subtitle: TextStyle = TextStyle(Role.KAITI, align=Align.CENTRE, on_grid=False, keep_with_next=True)
    author: TextStyle = TextStyle(Role.KAITI, align=Align.CENTRE, on_grid=False, keep_with_next=True)
    column: TextStyle = TextStyle(Role.HEITI, align=Align.CENTRE, before_rows=1, on_grid=False, keep_with_next=True)
    heading1: TextStyle = TextStyle(Role.HEITI, align=Align.LEFT, indent_em=2, keep_with_next=True)
    heading2: TextStyle = TextStyle(Role.KAITI, align=Align.LEFT, indent_em=2, keep_with_next=True)
    heading3: TextStyle = TextStyle(Role.FANGSONG, align=Align.LEFT, indent_em=2, keep_with_next=True)
    heading4: TextStyle = TextStyle(Role.FANGSONG, align=Align.LEFT, indent_em=2, keep_with_next=True)
    heading5: TextStyle = TextStyle(Role.FANGSONG, align=Align.LEFT, indent_em=2, keep_with_next=True)
    source: TextStyle = TextStyle(Role.KAITI, align=Align.RIGHT, right_em=2)
    editor_note: TextStyle = TextStyle(Role.KAITI, indent_em=2, left_em=2, right_em=2, before_rows=1)
    editor_label: TextStyle = TextStyle(Role.HEITI)
    addressee: TextStyle = TextStyle(align=Align.JUSTIFY)
    attachment_note: TextStyle = TextStyle(left_em=2, before_rows=1)
    attachment_label: TextStyle = TextStyle(Role.HEITI, align=Align.LEFT)
    attendance: TextStyle = TextStyle(left_em=2, before_rows=1)
    attendance_label: TextStyle = TextStyle(Role.HEITI)
    signature: TextStyle = TextStyle(align=Align.RIGHT, before_rows=2)
    quote: TextStyle = TextStyle(Role.KAITI, indent_em=2, left_em=2, right_em=2)
    verse: TextStyle = TextStyle(Role.KAITI, align=Align.LEFT, left_em=4)
    list: TextStyle = TextStyle(indent_em=0, left_em=2)
    code: TextStyle = TextStyle(Role.MONO, 10.5, 16, Align.LEFT, left_em=2, on_grid=False)
    table: TextStyle = TextStyle(Role.FANGSONG, 12, 18, Align.LEFT, on_grid=False)
    table_head: TextStyle = TextStyle(Role.HEITI, 12, 18, Align.CENTRE, on_grid=False)
    caption: TextStyle = TextStyle(Role.HEITI, 12, 20, Align.CENTRE, on_grid=False)
    note: TextStyle = TextStyle(Role.FANGSONG, 10.5, 16, on_grid=False)
    contents_title: TextStyle = TextStyle(Role.HEITI, align=Align.CENTRE, tracking_em=0.5, on_grid=False)
    contents: TextStyle = TextStyle(Role.KAITI, 14, 23.16, Align.LEFT, left_em=1, right_em=1, on_grid=False)
    masthead_name: TextStyle = TextStyle(
        Role.XIAOBIAOSONG, 60, 0, Align.CENTRE, tracking_em=0.18, color="red", on_grid=False
    )
    masthead_super: TextStyle = TextStyle(Role.HEITI, 22, 34, Align.CENTRE, on_grid=False)
    organ_mark: TextStyle = TextStyle(
        Role.XIAOBIAOSONG, 42, 0, Align.CENTRE, tracking_em=0.2, color="red", on_grid=False
    )
    issue: TextStyle = TextStyle(align=Align.CENTRE, on_grid=False)
    issuer: TextStyle = TextStyle(align=Align.LEFT, left_em=1, right_em=1, on_grid=False)
    secrecy: TextStyle = TextStyle(Role.HEITI, align=Align.LEFT, on_grid=False)
    document_number: TextStyle = TextStyle(align=Align.CENTRE, on_grid=False)
    colophon: TextStyle = TextStyle(size=14, leading=23.16, align=Align.LEFT, left_em=1, right_em=1, on_grid=False)
    page_number: TextStyle = TextStyle(Role.SONGTI, 14, 14, Align.LEFT, left_em=1, right_em=1, on_grid=False)
    draft: TextStyle = TextStyle(Role.HEITI, align=Align.RIGHT, on_grid=False)
    running_head: TextStyle = TextStyle(Role.SONGTI, 10.5, 14, Align.CENTRE, on_grid=False)


@dataclass(frozen=True, slots=True)
class MastheadStyle:
    """报头. `top` runs from the top of the type area to the ink of the name; `rule_gap` from the em box of
    the line above to the top of the rule; `blank_rows` stand between the name and the issue line. `form` is letter,
    order or minutes for a 公文 whose front matter names none. `rule_form` is plain, star (★ in its middle, `rule_star`
    wide), thick-thin or thin-thick (文武线, of which `rule_thickness` is the thick line); a letter's is always double.

    `preprinted` (套打): the print and Word editions keep the room of name and red rule and draw neither. `image` is
    the path of artwork that stands in place of the name, which is its alternative text; see Theme.folder.
    """

    show: bool = True
    form: str = ""
    top: float = mm(35)
    blank_rows: float = 1.0
    rule_gap: float = mm(4)
    rule_thickness: float = 1.5
    rule_form: str = "plain"
    rule_star: float = 16.0
    rule_color: str = "red"
    issue_form: str = ""
    preprinted: bool = False
    image: str = ""


@dataclass(frozen=True, slots=True)
class ContentsStyle:
    """本期要目. Where `toc` is auto: shown for at least `min_articles` articles on at least `min_pages` pages, and
    never where `show` is False; front matter that says true or false is obeyed."""

    show: bool = True
    min_articles: int = 2
    min_pages: int = 4
    leader_pitch: float = 7.0
    turnover_em: float = 3.0
    page_numbers: bool = True
    own_page: bool = False


@dataclass(frozen=True, slots=True)
class ColophonStyle:
    """报尾 and 版记: rules as wide as the type area at the foot of the last page. `rule_gap` is room between a rule
    and the lines beside it, over half their leading."""

    show: bool = True
    rule_thick: float = mm(0.35)
    rule_thin: float = mm(0.25)
    rule_gap: float = 0.0
    even_page: bool = False


@dataclass(frozen=True, slots=True)
class SignatureStyle:
    """落款. `seal` is the width of a seal, which keeps the organs of a joint issue apart; a stamp of a signature
    (签名章) takes `stamp_width` by `stamp_height`."""

    seal: float = mm(42)
    stamp_width: float = mm(40)
    stamp_height: float = mm(20)


@dataclass(frozen=True, slots=True)
class PageNumberStyle:
    """页码. `gap` runs from the bottom of the type area to the upper edge of the dash; `position` is outside,
    center or none; `first_page` is False where page 1 carries no number."""

    form: str = "— {page} —"
    position: str = "outside"
    gap: float = mm(7)
    first_page: bool = True


@dataclass(frozen=True, slots=True)
class DraftStyle:
    """送审稿, 征求意见稿: `text` is printed on every page where the front matter's `draft` says nothing else; `form` is
    label (above the type area, at its right end) or watermark (across the page, under its text)."""

    text: str = ""
    form: str = "label"
    color: str = "#EAEAEA"


@dataclass(frozen=True, slots=True)
class ArticleStyle:
    """How articles follow each other: `break_` is run-on or page; `gap_rows` blank rows stand between."""

    break_: str = "run-on"
    gap_rows: float = 2.0


@dataclass(frozen=True, slots=True)
class PdfStyle:
    """Settings of the print edition alone.

    `profile` is office (grey and sRGB) or press (the four inks of a printing press); `output_intent` is the path of the
    press's ICC profile. `bleed` is room around the trimmed page. `standard` is what an archive is promised; `packing`
    is plain, small (object streams) or web (linearised). `right_to_left` tells viewers that facing pages of vertical
    lines stand from right to left.
    """

    running_head: str = ""
    profile: str = "office"
    output_intent: str = ""
    bleed: float = 0.0
    crop_marks: bool = False
    standard: str = "a-2a"
    packing: str = "plain"
    right_to_left: bool = False


@dataclass(frozen=True, slots=True)
class DocxStyle:
    """Settings of the Word edition alone, lengths in twips; 0 means: from the page.

    `line_twips` is the exact line (579 for 22 rows on 225 mm), `spacing_twips` the run spacing that puts the
    page's number of hanzi on a line (-6 for 28 hanzi of 16 pt on 156 mm). `embed_fonts` puts whole faces into the
    file, where their licences allow it.
    """

    line_twips: int = 0
    spacing_twips: int = 0
    embed_fonts: bool = False


@dataclass(frozen=True, slots=True)
class EpubStyle:
    """Settings of the phone edition alone; `glyf` turns CFF outlines into TrueType ones, for old e-ink readers."""

    embed_fonts: bool = True
    glyf: bool = False
    cover: bool = True
    line_height: float = 1.75
    image_max_px: int = 1600


@dataclass(frozen=True, slots=True)
class Theme:
    """A resolved style sheet.

    `fonts` gives, for each role, the names of the wanted faces in order of choice; the first is the one that
    the DOCX names. `regional_fonts` does so for a language other than Simplified Chinese. `colors` maps a
    colour's name to "#RRGGBB", `inks` to the recipe that a press prints it by. `folder` is where the sheet lies
    that names `masthead.image`; None: where the source does. `missing` says what becomes of a character that no face
    draws: "error", the document fails; "code", its code point stands in a frame.
    """

    name: str = "jianbao"
    title: str = ""
    # [check]: pairs of a rule and what is said of it; "words" names a word list.
    checks: tuple[tuple[str, str], ...] = ()
    page: Page = field(default_factory=Page)
    text: Composition = field(default_factory=Composition)
    styles: Styles = field(default_factory=Styles)
    masthead: MastheadStyle = field(default_factory=MastheadStyle)
    contents: ContentsStyle = field(default_factory=ContentsStyle)
    colophon: ColophonStyle = field(default_factory=ColophonStyle)
    signature: SignatureStyle = field(default_factory=SignatureStyle)
    page_number: PageNumberStyle = field(default_factory=PageNumberStyle)
    draft: DraftStyle = field(default_factory=DraftStyle)
    article: ArticleStyle = field(default_factory=ArticleStyle)
    pdf: PdfStyle = field(default_factory=PdfStyle)
    docx: DocxStyle = field(default_factory=DocxStyle)
    epub: EpubStyle = field(default_factory=EpubStyle)
    fonts: tuple[tuple[Role, tuple[str, ...]], ...] = (
        (Role.XIAOBIAOSONG, ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "华文中宋", "STZhongsong")),
        (Role.FANGSONG, ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong")),
        (Role.KAITI, ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti")),
        (Role.HEITI, ("黑体", "SimHei", "华文黑体", "STHeiti")),
        (Role.SONGTI, ("宋体", "SimSun", "宋体-简", "Songti SC", "STSong")),
        (Role.LATIN, ("Times New Roman", "Liberation Serif")),
        (Role.MONO, ("Courier New", "Liberation Mono", "DejaVu Sans Mono", "Noto Sans Mono CJK SC")),
    )
    regional_fonts: tuple[tuple[str, tuple[tuple[Role, tuple[str, ...]], ...]], ...] = (
        (
            "zh-Hant",
            (
                (Role.XIAOBIAOSONG, ("華康粗明體", "DFMing-Bold", "Noto Serif CJK TC Bold")),
                (Role.FANGSONG, ("華康仿宋體", "DFFangSong", "仿宋體", "cwTeXFangSong")),
                (Role.KAITI, ("標楷體", "DFKai-SB", "BiauKai", "標楷體-繁", "Kaiti TC", "TW-Kai", "全字庫正楷體")),
                (Role.HEITI, ("微軟正黑體", "Microsoft JhengHei", "PingFang TC", "Heiti TC", "Noto Sans CJK TC")),
                (Role.SONGTI, ("新細明體", "PMingLiU", "細明體", "MingLiU", "Songti TC", "Noto Serif CJK TC")),
            ),
        ),
        (
            "ja",
            (
                (Role.XIAOBIAOSONG, ("ヒラギノ明朝 ProN W6", "Hiragino Mincho ProN W6", "Noto Serif CJK JP Bold")),
                (Role.FANGSONG, ("MS 明朝", "MS Mincho", "游明朝", "Yu Mincho", "Noto Serif CJK JP")),
                (Role.KAITI, ("UD デジタル 教科書体 N-R", "HG教科書体", "Klee One", "Noto Serif CJK JP")),
                (Role.HEITI, ("MS ゴシック", "MS Gothic", "游ゴシック", "Yu Gothic", "Noto Sans CJK JP")),
                (Role.SONGTI, ("MS 明朝", "MS Mincho", "游明朝", "Yu Mincho", "Noto Serif CJK JP")),
            ),
        ),
        (
            "ko",
            (
                (Role.XIAOBIAOSONG, ("HY견명조", "HYMyeongJo-Extra", "Noto Serif CJK KR Bold")),
                (Role.FANGSONG, ("바탕", "Batang", "AppleMyungjo", "Noto Serif CJK KR")),
                (Role.KAITI, ("궁서", "Gungsuh", "Noto Serif CJK KR")),
                (Role.HEITI, ("맑은 고딕", "Malgun Gothic", "Apple SD Gothic Neo", "Noto Sans CJK KR")),
                (Role.SONGTI, ("바탕", "Batang", "AppleMyungjo", "Noto Serif CJK KR")),
            ),
        ),
    )
    missing: str = "error"
    colors: tuple[tuple[str, str], ...] = (("black", "#000000"), ("red", "#E2231A"))
    inks: tuple[tuple[str, str], ...] = (("black", "K100"), ("red", "M80 Y80"))
    folder: str | None = None

    def face_names(self, role: Role, lang: str = "zh-Hans") -> tuple[str, ...]:
        """The wanted faces of a role, first choice first: those of the language where the sheet names any."""
        tag = {"zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-mo": "zh-hant"}.get(lang.lower(), lang.lower())
        for language, fonts in self.regional_fonts:
            if tag == language.lower() or tag.startswith(language.lower() + "-"):
                return dict(fonts).get(role) or dict(self.fonts)[role]
        return dict(self.fonts)[role]

    def color(self, name: str) -> str:
        """A named or written colour as "#RRGGBB"."""
        return dict(self.colors).get(name, name)

    def recipe(self, color: str) -> str:
        """The recipe of inks for "#RRGGBB": that of the colour's name; "" for a colour without one."""
        wanted = color.upper()
        return next((recipe for name, recipe in self.inks if self.color(name).upper() == wanted), "")
