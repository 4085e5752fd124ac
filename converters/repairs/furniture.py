"""R-PAGENO, R-FURN and R-WX: page numbers, running heads and notices of a web page between the paragraphs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from operator import itemgetter

from converters.diagnostics import Change, Changes, Checked, Diagnostic, Severity, Source, Span
from converters.model import blocks as b
from converters.model.characters import CLOSERS
from converters.model.document import Article, Document
from converters.model.lines import flat
from converters.model.patterns import compiled
from converters.records import dataclass

from . import signals
from .page_lines import DASHES, PAGE, Cut, Piece, parted, without
from .rule import Class, Options, Pass, Rule

R_PAGENO = Rule(
    "R-PAGENO",
    "Page number between paragraphs",
    Class.AUTO,
    """\
Removes page numbers that stand alone between blocks: — 3 —, -3-, 第3页 共8页, 3/8, 3; in Markdown also on a line
of their own in a paragraph, between dashes or as 第3页.

Why: extraction keeps them; they tear paragraphs and are wrong on the new pages.
Condition: two or more that rise by one, or with gaps where one of them stands inside a torn paragraph; bare figures
only there. A single one is reported, and never put into a sentence.
Mend: applied, and recorded; --no-fix R-PAGENO leaves them.
""",
)
R_FURN = Rule(
    "R-FURN",
    "Running head or foot between paragraphs",
    Class.AUTO,
    """\
Removes a short line that recurs at page edges: the running head or foot of the pages the text was taken from.

Condition: the same line (figures apart) of at most 30 characters three times or more, beside a page number or
inside a torn paragraph, and no heading, source line, date, column or signature. Where fewer than half of the copies
stand so, those that do are removed and the others reported.
A line that comes twice inside torn paragraphs is reported, and one that says it is a head (…简报, 第12期) at once.
Mend: applied, and recorded; --no-fix R-FURN leaves them.
""",
)
R_WX = Rule(
    "R-WX",
    "Notice of a web page",
    Class.OPT,
    """\
Reports the notices that come with text copied from WeChat: 点击上方蓝字关注我们, 长按识别二维码, 阅读原文.

Why: they belong to the page, not to the text.
Mend: reported; --fix R-WX removes them, on record.
""",
)

LONGEST = 30
# So many pages in a row may have lost their numbers.
_WIDEST_GAP = 10
# A paragraph of more characters than this is no line of a table or a list.
_PROSE = 60
_STOPS = "。！？…；：!?;:."
# No running head has fewer characters.
_SHORTEST_HEAD = 4
# A line that stops short of this may be a heading.
_SHORTEST_TORN = 24
_YEARS = range(1900, 2100)
_NUMBERS = (
    ("dashes", DASHES),
    ("page", PAGE),
    ("of", r"(\d{1,4})\s*[/／]\s*\d{1,4}"),
    ("bare", r"(\d{1,4})"),
)
_NOTICES = (
    r"(?:点击|點擊)(?:上方|下方|右上角|左下角)?\s*[“「]?(?:蓝字|名片|标题|卡片|阅读原文|关注|箭头).{0,20}$"
    r"|.{0,12}长按.{0,6}(?:识别|扫描)?.{0,6}二维码.{0,12}$|扫(?:描|一扫).{0,6}二维码.{0,16}$|阅读原文$|END$|—\s*END\s*—$"
    r"|(?:来源|编辑|审核|责编|校对|监制|监审)\s*[丨|｜┃].{1,60}$|(?:喜欢|觉得不错|如果喜欢).{0,12}(?:点(?:个)?(?:赞|在看)|转发|分享).{0,12}$"
    r"|关注我们.{0,10}$|[▲▼↑↓]{1,3}$|微信(?:公众)?号\s*[：:].{1,30}$|往期(?:回顾|推荐|精选)$|点(?:个)?“?在看”?.{0,8}$"
)


@dataclass(frozen=True, slots=True)
class _Number:
    index: int
    form: str
    value: int


def run(document: Document, options: Options) -> Checked[Document]:
    """Remove page furniture from every article; report what is in doubt."""
    changes: list[Change] = []
    findings: list[Diagnostic] = []
    articles = tuple(_article(article, document.sources, options, changes, findings) for article in document.articles)
    if all(new is old for new, old in zip(articles, document.articles, strict=True)):
        return Checked(document, tuple(findings))
    return Checked(replace(document, articles=articles), tuple(findings), Changes(changes))


def _article(
    article: Article,
    sources: tuple[Source, ...],
    options: Options,
    changes: list[Change],
    findings: list[Diagnostic],
) -> Article:
    pieces = parted(article.blocks, sources)
    blocks = tuple(piece.block for piece in pieces)
    lines = {
        index: text
        for index, piece in enumerate(pieces)
        if (piece.whole or piece.cut is not None) and (text := _line(piece.block))
    }
    if not lines:
        return article
    numbers = _numbers(lines)
    torn = _torn(blocks, lines, numbers)
    gone: dict[int, tuple[str, str]] = {}
    sure = _rising(numbers, torn)
    if options.runs(R_PAGENO):
        gone.update(dict.fromkeys(sure, ("R-PAGENO", "one of a rising row")))
    if options.runs(R_FURN):
        heads, doubtful = _recurring(lines, sure, numbers, torn, blocks)
        gone.update(dict.fromkeys(heads, ("R-FURN", "recurs at page edges")))
        for index in sorted(doubtful):
            message = "this line looks like a running head or foot: {line}"
            findings.append(_report("R-FURN", message, blocks, lines, index))
    pages = _pages(numbers, blocks)
    for number in numbers:
        bare = number.form in ("bare", "year") and number.index not in torn and number.index not in pages
        if number.index not in gone and not bare and options.runs(R_PAGENO):
            findings.append(
                _report("R-PAGENO", "this line looks like a page number: {line}", blocks, lines, number.index)
            )
    for index, text in lines.items():
        if index not in gone and compiled(_NOTICES).match(text):
            if options.runs(R_WX):
                gone[index] = ("R-WX", "a notice of a web page")
            else:
                findings.append(_report("R-WX", "notice of a web page: {line}", blocks, lines, index))
    if not gone:
        return article
    for index in sorted(gone):
        rule, evidence = gone[index]
        span = blocks[index].span or Span("", -1, -1)
        changes.append(Change(rule, span, lines[index], "", "high", evidence))
    return replace(article, blocks=_left(article.blocks, pieces, set(gone)))


def _left(blocks: tuple[b.Block, ...], pieces: list[Piece], gone: set[int]) -> tuple[b.Block, ...]:
    """What is left of blocks when some of their pieces are gone."""
    cuts: dict[int, list[Cut]] = {}
    whole: set[int] = set()
    for index in sorted(gone):
        piece = pieces[index]
        if piece.cut is None:
            whole.add(piece.of)
        else:
            cuts.setdefault(piece.of, []).append(piece.cut)
    out: list[b.Block] = []
    for index, block in enumerate(blocks):
        if index in cuts:
            out += without(block, cuts[index])
        elif index not in whole:
            out.append(block)
    return tuple(out)


def _line(block: b.Block) -> str:
    """The text of a block that may be page furniture; "" for any other."""
    match block:
        case b.Paragraph(inlines=inlines, run_in=()) if len(inlines) <= 3:
            text = flat(inlines).strip()
        case b.ListBlock(items=(b.ListItem(blocks=(b.Paragraph(inlines=inlines),), marker=marker),)):
            # "- 3 -" at the start of a line reads as an item.
            text = flat(inlines).strip()
            text = (
                f"{marker} {text}"
                if marker in ("-", "*", "+") and compiled(r"\d{1,4}\s*[-—–*+]").fullmatch(text)
                else ""
            )
        case _:
            return ""
    return text if len(text) <= LONGEST else ""


def _numbers(lines: dict[int, str]) -> list[_Number]:
    found = []
    for index, text in lines.items():
        if len(text) > 20 or not compiled(r"\d").search(text):
            continue
        for form, pattern in _NUMBERS:
            match = compiled(pattern).fullmatch(text)
            if match is not None:
                value = int(next(group for group in match.groups() if group))
                # A bare year is never taken for a page.
                found.append(_Number(index, "year" if form == "bare" and value in _YEARS else form, value))
                break
    return found


def _rising(numbers: list[_Number], torn: set[int]) -> set[int]:
    """The blocks whose page numbers rise: by one from each to the next of the same form, or with gaps at tears."""
    sure: set[int] = set()
    for form in {number.form for number in numbers}:
        row = [number for number in numbers if number.form == form]
        chain: list[_Number] = []
        for number in [*row, _Number(-1, form, -10)]:
            if chain and number.value == chain[-1].value + 1:
                chain.append(number)
                continue
            if len(chain) >= 2 and form != "year" and (form != "bare" or any(link.index in torn for link in chain)):
                sure.update(link.index for link in chain)
            if chain and number.index >= 0 and number.value == chain[-1].value:
                continue  # head and foot of one page
            chain = [number]
    may = [one for one in numbers if one.form != "year" and (one.form != "bare" or one.index in torn)]
    return sure | _climbing(may, torn)


def _pages(numbers: list[_Number], blocks: tuple[b.Block, ...]) -> set[int]:
    """The bare figures that rise by one, three or more, with prose between each and the next: they may be pages.

    They may as well number sections, so they are only reported; figures that follow each other are a table's.
    """
    found: set[int] = set()
    chain: list[_Number] = []
    for number in [*(one for one in numbers if one.form == "bare"), _Number(len(blocks), "", -10)]:
        if chain and number.value == chain[-1].value + 1 and _has_prose(blocks[chain[-1].index : number.index]):
            chain.append(number)
            continue
        if len(chain) >= 3:
            found.update(link.index for link in chain)
        chain = [number]
    return found


def _has_prose(blocks: tuple[b.Block, ...]) -> bool:
    """Whether one of some blocks is a paragraph of more than a line."""
    return any(isinstance(block, b.Paragraph) and len(flat(block.inlines)) > _PROSE for block in blocks)


def _climbing(numbers: list[_Number], torn: set[int]) -> set[int]:
    """The longest row of numbers that rise, whatever their form, where some pages have lost theirs.

    Two or more, two thirds of all at least, and one inside a torn paragraph: else they number something else.
    """
    # The longest row that ends in a value so far: its length and its numbers, each with the one before it.
    best: dict[int, tuple[int, _Number, object]] = {}
    for number in numbers:
        before = max((best[value] for value in range(number.value - _WIDEST_GAP, number.value) if value in best),
                     key=itemgetter(0), default=None)  # fmt: skip
        length = 1 + (before[0] if before else 0)
        if number.value not in best or best[number.value][0] < length:
            best[number.value] = (length, number, before)
    row: list[_Number] = []
    link: object = max(best.values(), key=itemgetter(0), default=None)
    while isinstance(link, tuple):
        row.append(link[1])
        link = link[2]
    if len(row) < 2 or len(row) * 3 < len(numbers) * 2 or not any(number.index in torn for number in row):
        return set()
    return {number.index for number in row}


def _torn(blocks: tuple[b.Block, ...], lines: dict[int, str], numbers: list[_Number]) -> set[int]:
    """The short blocks that stand inside a paragraph: what comes before them stops in mid-sentence."""
    torn: set[int] = set()
    shapes = {index: _shape(text) for index, text in lines.items()}
    counts = Counter(shapes.values())
    passed = {number.index for number in numbers} | {index for index, shape in shapes.items() if counts[shape] > 1}
    before: b.Block | None = None
    for index, block in enumerate(blocks):
        if index in lines and (text := _last_text(before)):
            long = len(text) > _SHORTEST_TORN or (len(text) > _SHORTEST_TORN // 2 and "。" in text)
            if long and text[-1:] not in _STOPS:
                torn.add(index)
        if index not in passed:
            before = block
    return torn


def _last_text(block: b.Block | None) -> str:
    """The text with which a paragraph or a list ends, without the closing marks behind it; "" for another block."""
    if isinstance(block, b.ListBlock) and block.items and block.items[-1].blocks:
        block = block.items[-1].blocks[-1]
    if not isinstance(block, b.Paragraph):
        return ""
    return flat(block.inlines).rstrip().rstrip(CLOSERS + "\"')")


def _shape(text: str) -> str:
    """A line without its figures: a running head may hold the page's number."""
    return compiled(r"\d+").sub("#", text)


def _recurring(
    lines: dict[int, str], sure: set[int], numbers: list[_Number], torn: set[int], blocks: tuple[b.Block, ...]
) -> tuple[set[int], set[int]]:
    """The running heads and feet; and the lines that tear paragraphs and come twice only: they are in doubt."""
    shapes: dict[str, list[int]] = {}
    numbered = {number.index for number in numbers}
    headings = {flat(block.inlines).strip() for block in blocks if isinstance(block, b.Heading)}
    for index, text in lines.items():
        if index not in numbered and not _own_line(text) and text not in headings:
            shapes.setdefault(_shape(text), []).append(index)
    found: set[int] = set()
    doubtful: set[int] = set()
    for places in shapes.values():
        at_edge = [index for index in places if index in torn or {index - 1, index + 1} & sure]
        if len(places) < 3:
            said = signals.begins(signals.RUNNING_HEAD, lines[places[0]])
            if len(at_edge) == len(places) and (len(places) == 2 or said):
                doubtful.update(places)
        elif len(at_edge) >= max(2, (len(places) + 1) // 2):
            found.update(places)
        else:
            # Too few stand where a page plainly ends: each copy speaks for itself.
            plain = [index for index in at_edge if index not in torn or _goes_on(blocks, index)]
            if len(plain) >= 2 and len(lines[places[0]]) >= _SHORTEST_HEAD:
                here = {index for index in places if index in plain or _stops_short(blocks, index)}
                found |= here
                doubtful.update(set(places) - here)
    return found, doubtful


def _goes_on(blocks: tuple[b.Block, ...], index: int) -> bool:
    """Whether a line plainly tears a paragraph: prose stands before and behind it."""
    around = blocks[max(0, index - 2) : index + 3]
    texts = [flat(block.inlines) for block in around if isinstance(block, b.Paragraph)]
    return sum(compiled("[，。；,;]").search(text) is not None for text in texts) >= 2


def _stops_short(blocks: tuple[b.Block, ...], index: int) -> bool:
    """Whether the paragraph or item right before a line stops without a mark, however short it is."""
    text = _last_text(blocks[index - 1]) if index else ""
    return bool(text) and text[-1:] not in _STOPS and compiled("[，、。；,;]").search(text) is not None


def _own_line(text: str) -> bool:
    """Whether a short line is a part of a bulletin, or a sentence: such lines may well recur."""
    return (
        text[-1] in "。！？；：，、…”!?;:,."
        or signals.is_source(text)
        or signals.is_date(text)
        or signals.begins(signals.COLUMN, text)
        or signals.begins(signals.ENUMERATION, text)
        or signals.begins(signals.DISTRIBUTION, text)
        or signals.begins(signals.ATTACHMENT, text)
        or compiled(r"[\W_]+").fullmatch(text) is not None
    )


def _report(rule: str, message: str, blocks: tuple[b.Block, ...], lines: dict[int, str], index: int) -> Diagnostic:
    return Diagnostic(
        rule, Severity.INFO, message, blocks[index].span, hint="remove the line if it does not belong to the text",
        values=(("line", lines[index]),),
    )  # fmt: skip


PASS = Pass("furniture", (R_PAGENO, R_FURN, R_WX), run)
