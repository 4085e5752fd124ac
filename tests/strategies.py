"""Hypothesis strategies for whole documents: every block and inline of the model, in Chinese text with some Latin.

What they make can be written as Markdown and read again without loss, except for places (`start`, `span`).
`unplaced` strips those and joins texts that touch, so that two documents can be compared.
"""

from __future__ import annotations

import datetime
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from hypothesis import strategies as st

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.metadata import ArticleOverride, Kind, Metadata

T = TypeVar("T")

HANZI = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
    "面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本"
    "去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比"
    "或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总"
    "次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做"
    "必战先回则任取据处府研员"
)
MARKS = "，。、；：？！“”‘’（）《》〈〉【】〔〕—…·～"
SPECIALS = "*_`[]{}<>&~^|\\#!+-=:.()\"'"
SAFE_LATIN = "abcXYZ0189 "

# Text that an author writes, and text that tries the grammar.
prose = st.text(st.sampled_from(HANZI + MARKS), min_size=1, max_size=30)
mixed = st.text(st.sampled_from(HANZI[:60] + MARKS + SAFE_LATIN), min_size=1, max_size=20)
tricky = st.text(st.sampled_from("中文，“”" + SPECIALS + "a1 "), min_size=1, max_size=14)
words = st.one_of(prose, mixed, tricky)
trimmed = words.map(str.strip)
hanzi = st.text(st.sampled_from(HANZI), min_size=1, max_size=8)
targets = st.sampled_from(
    [
        "https://example.org/a?b=1&c=2",
        "pictures/a.png",
        "图片/一（1）.png",
        "a b.png",
        "#第一章",
        "x(y).png",
        "a\\b|c<d>.png",
    ]
)
code_texts = st.one_of(words, st.sampled_from(["a`b", "``", "` `", " x ", "|", "\\"]))
readings = st.one_of(hanzi, st.sampled_from(["kanji", "běi jīng", "a|b", "<b>", "&amp;"]))
WRAPPERS = (i.Strong, i.Emphasis, i.Strike, i.Dots, i.Deceased, i.ProperName, i.BookTitle, i.Superscript, i.Subscript)


def bare(text: str) -> tuple[i.Inline, ...]:
    """A line that is one text."""
    return (i.Text(text),)


@st.composite
def images(draw: st.DrawFn) -> i.Image:
    """Pictures with and without descriptions, titles, widths."""
    return i.Image(
        draw(targets),
        draw(trimmed) if draw(st.booleans()) else "",
        draw(trimmed) if draw(st.booleans()) else "",
        draw(st.sampled_from(["", "60%", "40mm", "12.5cm"])),
        draw(st.booleans()),
    )


@st.composite
def inlines(draw: st.DrawFn, depth: int = 2, nested: bool = False) -> i.Inline:
    """One inline; `nested` ones are no links and no notes, which cannot stand in their like."""
    kind = draw(st.integers(0, 19))
    if kind < 9 or (depth == 0 and kind >= 15):
        return i.Text(draw(words))
    match kind:
        case 9:
            return i.Code(draw(code_texts))
        case 10:
            return i.LineBreak()
        case 11:
            return i.Ruby(bare(draw(hanzi)), draw(readings))
        case 12:
            return i.Ruby((i.Strong(bare(draw(hanzi))),), draw(hanzi))
        case 13:
            return draw(images())
        case 14:
            return i.Superscript(bare(draw(st.sampled_from(["2", "3", "-1", "n+1"]))))
        case 15:
            return i.Subscript(bare(draw(st.sampled_from(["2", "i", "n+1"]))))
        case 16 if not nested:
            line = draw(lines(3, depth - 1, True))
            return i.Link(line, draw(targets), draw(trimmed) if draw(st.booleans()) else "")
        case 17 if not nested:
            return i.Note("", (b.Paragraph((i.Text(draw(hanzi)), *draw(lines(2, depth - 1, True)))),))
        case _:
            wrapper = draw(st.sampled_from(WRAPPERS))
            line = draw(lines(3, depth - 1, nested))
            # Struck out twice is struck out; Markdown cannot say it.
            return wrapper(_unstruck(line) if wrapper is i.Strike else line)


@st.composite
def lines(draw: st.DrawFn, size: int = 4, depth: int = 2, nested: bool = False) -> tuple[i.Inline, ...]:
    """Lines of inlines of every sort but labelled notes, which need a document around them."""
    return tuple(draw(inlines(depth, nested)) for _ in range(draw(st.integers(1, size))))


def _unstruck(line: tuple[i.Inline, ...]) -> tuple[i.Inline, ...]:
    """A line with its struck-out parts in dots instead."""
    return tuple(
        i.Dots(_unstruck(each.children))
        if isinstance(each, i.Strike)
        else replace(each, children=_unstruck(each.children))
        if isinstance(each, (*WRAPPERS, i.Link))
        else each
        for each in line
    )


@st.composite
def texts(draw: st.DrawFn, size: int = 4) -> tuple[i.Inline, ...]:
    """The inlines of a paragraph: mostly prose, and never pictures and spaces alone."""
    if draw(st.integers(0, 2)) == 0:
        return bare(draw(words.filter(_visible)))
    line = draw(lines(size))
    if any(not isinstance(each, i.Image) and not (isinstance(each, i.Text) and not each.text.strip()) for each in line):
        return line
    return (i.Text(draw(hanzi)), *line)


def _visible(text: str) -> bool:
    return bool(text.strip())


@st.composite
def paragraphs(draw: st.DrawFn, indents: bool = False) -> b.Paragraph:
    """Paragraphs, some of them indented."""
    return b.Paragraph(draw(texts()), indented=indents and draw(st.booleans()))


@st.composite
def tables(draw: st.DrawFn) -> b.Table:
    """Tables with spans, head rows and columns, alignments, widths, captions."""
    width, height = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    header_rows = draw(st.integers(0, height))
    head_columns = draw(st.integers(0, 1)) if header_rows < height else 0
    free = [[True] * width for _ in range(height)]
    rows = []
    for row in range(height):
        line = []
        for column in range(width):
            if not free[row][column]:
                continue
            room = next((step for step in range(column, width) if not free[row][step]), width) - column
            columns = draw(st.integers(1, room)) if column >= head_columns else 1
            limit = header_rows if row < header_rows else height
            span = draw(st.integers(1, limit - row)) if draw(st.integers(0, 3)) == 0 else 1
            for down in range(span):
                for right in range(columns):
                    free[row + down][column + right] = False
            header = row < header_rows or column < head_columns
            line.append(b.Cell(draw(texts(2)) if draw(st.booleans()) else (), columns, span, header))
        rows.append(b.Row(tuple(line)))
    shares = draw(st.sampled_from([(), (0.25, 0.375, 0.2, 0.175)]))
    columns_of = tuple(
        b.Column(draw(st.sampled_from(list(b.Alignment))), shares[column] if shares else 0.0) for column in range(width)
    )
    caption = draw(texts(2)) if draw(st.booleans()) else ()
    return b.Table(columns_of, tuple(rows), header_rows, caption)


@st.composite
def lists(draw: st.DrawFn, depth: int = 1) -> b.ListBlock:
    """Lists: ordered or not, tight or loose, of tasks or not."""
    ordered, tight = draw(st.booleans()), draw(st.booleans())
    start = draw(st.integers(0, 12)) if ordered else 1
    count = draw(st.integers(1, 3))
    bullet, stop = draw(st.sampled_from("-*+")), draw(st.sampled_from(".)"))
    tasks = draw(st.integers(0, 3)) == 0
    items = []
    for number in range(count):
        inner: list[b.Block] = [draw(paragraphs())]
        if tight:
            if draw(st.integers(0, 3)) == 0:
                inner.append(b.CodeBlock(draw(hanzi)))
        else:
            inner += [draw(blocks(depth - 1)) for _ in range(draw(st.integers(0, 2)))]
            if count == 1 or len(inner) > 1:
                # A paragraph more makes the item, and with it the list, loose for certain.
                inner.append(draw(paragraphs()))
        marker = f"{start + number}{stop}" if ordered else bullet
        items.append(b.ListItem(tuple(inner), marker, draw(st.booleans()) if tasks else None))
    return b.ListBlock(tuple(items), ordered, start, tight)


@st.composite
def definition_lists(draw: st.DrawFn, depth: int = 1) -> b.DefinitionList:
    """Terms with one description or two."""
    items = []
    for _ in range(draw(st.integers(1, 2))):
        descriptions = []
        for _ in range(draw(st.integers(1, 2))):
            rest = [draw(blocks(depth - 1))] if draw(st.integers(0, 2)) == 0 else []
            descriptions.append((draw(paragraphs()), *rest))
        items.append(b.Definition(draw(texts(2)), tuple(descriptions)))
    return b.DefinitionList(tuple(items))


@st.composite
def signatures(draw: st.DrawFn) -> b.Signature:
    """Organs with and without a date and a remark."""
    return b.Signature(
        tuple(bare(draw(hanzi)) for _ in range(draw(st.integers(1, 3)))),
        draw(st.sampled_from([(), bare("2026年3月27日"), bare("二〇二六年三月二十七日")])),
        draw(st.sampled_from([(), bare("（此件公开发布）")])),
        draw(st.booleans()),
    )


@st.composite
def blocks(draw: st.DrawFn, depth: int = 1) -> b.Block:
    """One block of any sort; lists, quotes and definitions hold others."""
    kind = draw(st.integers(0, 18 if depth > 0 else 14))
    match kind:
        case 0 | 1 | 2 | 3:
            return draw(paragraphs(True))
        case 4 | 5:
            return b.Heading(draw(st.integers(1, 6)), draw(texts(3)))
        case 6:
            return b.Rule()
        case 7:
            return b.PageBreak()
        case 8:
            rows = st.one_of(words, st.sampled_from(["", "```", "    x", "~~~", ":::", "# a", "<!--"]))
            text = "\n".join(draw(rows) for _ in range(draw(st.integers(0, 4))))
            return b.CodeBlock(text, draw(st.sampled_from(["", "python", "toml"])))
        case 9:
            middle = [draw(texts(2)) if draw(st.booleans()) else () for _ in range(draw(st.integers(0, 2)))]
            return b.Verse((draw(texts(2)), *middle, draw(texts(2))))
        case 10:
            pictures = tuple(draw(images()) for _ in range(draw(st.integers(1, 3))))
            return b.Figure(pictures, draw(texts(2)) if draw(st.booleans()) else ())
        case 11:
            return b.Addressee(bare(draw(hanzi) + "："))
        case 12:
            items = tuple(bare(f"{number}.{draw(hanzi)}") for number in range(1, draw(st.integers(2, 4))))
            return b.AttachmentNote(items, draw(st.sampled_from([(), bare("附件：")])))
        case 13:
            return draw(signatures())
        case 14:
            return draw(tables())
        case 15 | 16:
            return draw(lists(depth))
        case 17:
            return draw(definition_lists(depth))
        case _:
            inner = tuple(draw(blocks(depth - 1)) for _ in range(draw(st.integers(1, 3))))
            return b.Quote(inner, draw(st.sampled_from(list(b.QuoteRole))))


names = st.one_of(hanzi, mixed.map(str.strip), tricky.map(str.strip))
name_lists = st.lists(names.filter(bool), max_size=3).map(tuple)
dates = st.one_of(st.none(), st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)))
numbers = st.one_of(st.none(), st.integers(1, 9999))
overrides = st.builds(
    ArticleOverride, title=name_lists, kicker=names, subtitle=names, column=names, author=name_lists, source=names,
    editor_note=names, date=dates,
)  # fmt: skip
metadatas = st.builds(
    Metadata,
    kind=st.sampled_from(list(Kind)), name=names, super_title=names,
    issue=st.one_of(names, st.just("12"), st.just("007")),
    year=numbers, total_issue=numbers, supplement=st.booleans(), issuer=names, date=dates, secrecy=names,
    secrecy_term=names, copy_no=st.one_of(names, st.just("000012")), urgency=names, signer=names,
    lang=st.sampled_from(["zh-Hans", "zh-Hant", "ja", "ko"]), toc=st.sampled_from(["auto", "true", "false"]),
    toc_title=names, article_break=st.sampled_from(["", "run-on", "page"]), editor_note=names,
    report_to=name_lists, send_to=name_lists, distribute_to=name_lists, extra_to=name_lists, copies=numbers,
    editors=name_lists, reviewers=name_lists, contact=names, identifier=names, profile=names, title=names,
    author=name_lists, description=names, keywords=name_lists, organs=name_lists, document_number=names,
    addressees=name_lists, printed_by=names, printed_date=dates, form=names,
    articles=st.lists(overrides, max_size=1).map(tuple),
    settings=st.sampled_from([(), (("N-DATE", "off"), ("Q-PAIR", "warning"))]),
)  # fmt: skip


@st.composite
def flat_documents(draw: st.DrawFn, size: int = 4) -> Document:
    """Documents as readers give them: one article without a title; some notes are called in paragraphs."""
    found = [draw(blocks(2)) for _ in range(draw(st.integers(1, size)))]
    label = 0
    for index, block in enumerate(found):
        if isinstance(block, b.Paragraph) and draw(st.integers(0, 3)) == 0:
            label += 1
            inner = [draw(paragraphs()), *([draw(lists())] if draw(st.booleans()) else [])]
            found[index] = replace(block, inlines=(*block.inlines, i.Note(str(label), tuple(inner))))
    return Document(draw(metadatas) if draw(st.booleans()) else Metadata(), (Article(blocks=tuple(found)),))


@st.composite
def bulletins(draw: st.DrawFn) -> Document:
    """Documents as repair leaves them: articles with titles, and prose under them."""
    articles = []
    for _ in range(draw(st.integers(1, 3))):
        title = tuple(bare(draw(hanzi)) for _ in range(draw(st.integers(1, 2))))
        articles.append(Article(title, tuple(draw(blocks()) for _ in range(draw(st.integers(1, 4))))))
    return Document(draw(metadatas), tuple(articles))


def unplaced(part: T) -> T:
    """A part of the model without places, with texts that touch joined and empty ones left out."""
    if isinstance(part, tuple):
        return _joined(tuple(unplaced(each) for each in part))  # type: ignore[return-value]  # tuples of one kind
    if not is_dataclass(part) or isinstance(part, type):
        return part
    values: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if field.name in ("span", "sources", "joined", "comments"):
            value = None if field.name == "span" else ()
        elif field.name == "start" and not isinstance(part, b.ListBlock):
            value = -1
        values[field.name] = unplaced(value)
    return replace(part, **values)


def _joined(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    out: list[Any] = []
    for part in parts:
        if isinstance(part, i.Text):
            if not part.text:
                continue
            if out and isinstance(out[-1], i.Text):
                out[-1] = i.Text(out[-1].text + part.text)
                continue
        out.append(part)
    return tuple(out)
