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

HANZI = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处府研员"
MARKS = "，。、；：？！“”‘’（）《》〈〉【】〔〕—…·～"
SPECIALS = "*_`[]{}<>&~^|\\#!+-=:.()\"'"
SAFE_LATIN = "abcXYZ0189 "

# Text that an author writes, and text that tries the grammar.
prose = st.text(st.sampled_from(HANZI + MARKS), min_size=1, max_size=30)
mixed = st.text(st.sampled_from(HANZI[:60] + MARKS + SAFE_LATIN), min_size=1, max_size=20)
tricky = st.text(st.sampled_from("中文，“”" + SPECIALS + "a1 "), min_size=1, max_size=14)
words = st.one_of(prose, mixed, tricky)
hanzi = st.text(st.sampled_from(HANZI), min_size=1, max_size=8)
texts = st.builds(i.Text, words)

targets = st.one_of(
    st.sampled_from(
        [
            "https://example.org/a?b=1&c=2",
            "pictures/a.png",
            "图片/一（1）.png",
            "a b.png",
            "#第一章",
            "x(y).png",
            "a\\b|c<d>.png",
        ]
    ),
    st.from_regex(r"[a-z]{1,6}\.(png|jpg)", fullmatch=True),
)


def _images() -> st.SearchStrategy[i.Image]:
    return st.builds(
        i.Image,
        target=targets,
        alt=st.one_of(st.just(""), words.map(str.strip)),
        title=st.one_of(st.just(""), words.map(str.strip)),
        width=st.sampled_from(["", "60%", "40mm", "12.5cm"]),
        decorative=st.booleans(),
    )


def _leaves() -> st.SearchStrategy[i.Inline]:
    codes = st.one_of(words, st.sampled_from(["a`b", "``", "` `", " x ", "|", "\\"])).map(i.Code)
    rubies = st.builds(
        i.Ruby,
        hanzi.map(lambda text: (i.Text(text),)),
        st.one_of(hanzi, st.sampled_from(["kanji", "běi jīng", "a|b", "<b>", "&amp;"])),
    )
    rich_rubies = st.builds(i.Ruby, words.filter(_visible).map(lambda text: (i.Strong((i.Text(text),)),)), hanzi)
    return st.one_of(texts, texts, texts, codes, st.just(i.LineBreak()), rubies, rich_rubies, _images())


def _visible(text: str) -> bool:
    return bool(text.strip())


def _line(children: st.SearchStrategy[i.Inline], size: int) -> st.SearchStrategy[tuple[i.Inline, ...]]:
    return st.lists(children, min_size=1, max_size=size).map(tuple)


def _wrapped(children: st.SearchStrategy[i.Inline]) -> st.SearchStrategy[i.Inline]:
    inner = _line(children, 3)
    return st.one_of(
        *(
            st.builds(kind, inner)
            for kind in (i.Strong, i.Emphasis, i.Strike, i.Dots, i.ProperName, i.BookTitle, i.Superscript, i.Subscript)
        ),
        st.builds(i.Superscript, st.sampled_from(["2", "3", "-1", "n+1"]).map(lambda text: (i.Text(text),))),
        st.builds(i.Subscript, st.sampled_from(["2", "i", "n+1"]).map(lambda text: (i.Text(text),))),
    )


# Inlines without links and notes: what stands inside those.
plain_inlines: st.SearchStrategy[i.Inline] = st.deferred(lambda: st.recursive(_leaves(), _wrapped, max_leaves=6))
links = st.builds(i.Link, _line(plain_inlines, 3), targets, st.one_of(st.just(""), words.map(str.strip)))
inline_notes = st.builds(
    lambda line: i.Note("", (b.Paragraph(line),)), _line(plain_inlines, 3).filter(lambda line: _says_something(line))
)


def _says_something(line: tuple[i.Inline, ...]) -> bool:
    from converters.model.walk import plain

    return bool(plain(line).strip())


def _is_text(line: tuple[i.Inline, ...]) -> bool:
    """Whether a line is a paragraph's: it does not consist of pictures and spaces alone."""
    return any(
        not isinstance(inline, i.Image) and not (isinstance(inline, i.Text) and not inline.text.strip())
        for inline in line
    )


def lines(size: int = 5) -> st.SearchStrategy[tuple[i.Inline, ...]]:
    """Lines of inlines of every sort but labelled notes, which need a document around them."""
    return st.deferred(
        lambda: _line(st.one_of(plain_inlines, plain_inlines, links, inline_notes), size).filter(_is_text)
    )


titles = st.one_of(prose.map(lambda text: (i.Text(text),)), lines(3))
paragraphs = st.builds(b.Paragraph, lines(), indented=st.booleans())
plain_paragraphs = st.deferred(
    lambda: st.builds(b.Paragraph, st.one_of(prose.map(lambda text: (i.Text(text),)), lines(3)))
)
headings = st.builds(b.Heading, st.integers(1, 6), titles)
rules = st.just(b.Rule())
page_breaks = st.just(b.PageBreak())
codes = st.builds(
    b.CodeBlock,
    st.lists(st.one_of(words, st.sampled_from(["", "```", "    x", "~~~", ":::", "# a", "<!--"])), max_size=4).map(
        "\n".join
    ),
    st.sampled_from(["", "python", "toml"]),
)
verses = st.builds(
    b.Verse,
    st.lists(st.one_of(lines(2), lines(2), st.just(())), min_size=1, max_size=4)
    .filter(lambda rows: bool(rows[0]) and bool(rows[-1]))
    .map(tuple),
)
figures = st.builds(
    b.Figure,
    st.lists(_images(), min_size=1, max_size=3).map(tuple),
    st.one_of(st.just(()), prose.map(lambda text: (i.Text(text),)), lines(2)),
)
addressees = st.builds(b.Addressee, prose.map(lambda text: (i.Text(text + "："),)))
attachments = st.builds(
    b.AttachmentNote,
    st.lists(hanzi, min_size=1, max_size=3).map(
        lambda names: tuple((i.Text(f"{number}.{name}"),) for number, name in enumerate(names, 1))
    ),
    st.sampled_from([(), (i.Text("附件："),)]),
)
signatures = st.builds(
    b.Signature,
    st.lists(hanzi.map(lambda text: (i.Text(text),)), min_size=1, max_size=3).map(tuple),
    st.sampled_from([(), (i.Text("2026年3月27日"),), (i.Text("二〇二六年三月二十七日"),)]),
    st.sampled_from([(), (i.Text("（此件公开发布）"),)]),
    st.booleans(),
)
cells = st.one_of(st.just(()), prose.map(lambda text: (i.Text(text),)), lines(2))


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
            columns = draw(st.integers(1, room)) if draw(st.booleans()) and column >= head_columns else 1
            limit = header_rows if row < header_rows else height
            span = draw(st.integers(1, limit - row)) if draw(st.integers(0, 3)) == 0 else 1
            for down in range(span):
                for right in range(columns):
                    free[row + down][column + right] = False
            header = row < header_rows or column < head_columns
            line.append(b.Cell(draw(cells), columns, span, header))
        rows.append(b.Row(tuple(line)))
    shares = draw(st.sampled_from([(), (0.25, 0.375, 0.2, 0.175)]))
    columns = tuple(
        b.Column(draw(st.sampled_from(list(b.Alignment))), shares[column] if shares else 0.0) for column in range(width)
    )
    caption = draw(st.one_of(st.just(()), prose.map(lambda text: (i.Text(text),)), lines(2)))
    return b.Table(columns, tuple(rows), header_rows, caption)


@st.composite
def lists(draw: st.DrawFn, inner: st.SearchStrategy[b.Block]) -> b.ListBlock:
    """Lists: ordered or not, tight or loose, of tasks or not."""
    ordered, tight = draw(st.booleans()), draw(st.booleans())
    start = draw(st.integers(0, 12)) if ordered else 1
    count = draw(st.integers(1, 3))
    bullet, stop = draw(st.sampled_from("-*+")), draw(st.sampled_from(".)"))
    tasks = draw(st.booleans()) and draw(st.booleans())
    items = []
    for number in range(count):
        blocks: list[b.Block] = [draw(plain_paragraphs)]
        if tight:
            if draw(st.integers(0, 3)) == 0:
                blocks.append(draw(codes))
        else:
            blocks += draw(st.lists(inner, max_size=2))
            if count == 1 or len(blocks) > 1:
                # A paragraph more makes the item, and with it the list, loose for certain.
                blocks.append(draw(plain_paragraphs))
        marker = f"{start + number}{stop}" if ordered else bullet
        items.append(b.ListItem(tuple(blocks), marker, draw(st.booleans()) if tasks else None))
    return b.ListBlock(tuple(items), ordered, start, tight)


def definition_lists(inner: st.SearchStrategy[b.Block]) -> st.SearchStrategy[b.DefinitionList]:
    """Terms with one description or two."""
    description = st.builds(lambda first, rest: (first, *rest), plain_paragraphs, st.lists(inner, max_size=1))
    item = st.builds(b.Definition, lines(2), st.lists(description, min_size=1, max_size=2).map(tuple))
    return st.builds(b.DefinitionList, st.lists(item, min_size=1, max_size=2).map(tuple))


leaf_blocks: st.SearchStrategy[b.Block] = st.deferred(lambda: st.one_of(
    paragraphs, paragraphs, plain_paragraphs, headings, rules, page_breaks, codes, verses, figures, addressees, attachments,
    signatures, tables(),
))  # fmt: skip


def _containers(inner: st.SearchStrategy[b.Block]) -> st.SearchStrategy[b.Block]:
    return st.one_of(
        lists(inner),
        definition_lists(inner),
        st.builds(b.Quote, st.lists(inner, min_size=1, max_size=3).map(tuple), st.sampled_from(list(b.QuoteRole))),
    )


blocks: st.SearchStrategy[b.Block] = st.deferred(lambda: st.recursive(leaf_blocks, _containers, max_leaves=5))

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
    kind=st.sampled_from(list(Kind)), name=names, super_title=names, issue=st.one_of(names, st.just("12"), st.just("007")),
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
def flat_documents(draw: st.DrawFn) -> Document:
    """Documents as readers give them: one article without a title; some notes are called in paragraphs."""
    found = draw(st.lists(blocks, min_size=1, max_size=5))
    label = 0
    for index, block in enumerate(found):
        if isinstance(block, b.Paragraph) and draw(st.integers(0, 3)) == 0:
            label += 1
            note = i.Note(
                str(label),
                tuple(draw(st.lists(st.one_of(plain_paragraphs, lists(plain_paragraphs)), min_size=1, max_size=2))),
            )
            found[index] = replace(block, inlines=(*block.inlines, note))
    return Document(draw(st.one_of(st.just(Metadata()), metadatas)), (Article(blocks=tuple(found)),))


@st.composite
def bulletins(draw: st.DrawFn) -> Document:
    """Documents as repair leaves them: articles with titles, prose and source lines."""
    articles = []
    for _ in range(draw(st.integers(1, 3))):
        title = draw(st.lists(hanzi.map(lambda text: (i.Text(text),)), min_size=1, max_size=2).map(tuple))
        inner = tuple(draw(st.lists(st.one_of(plain_paragraphs, blocks), min_size=1, max_size=4)))
        articles.append(Article(title, inner))
    return Document(draw(metadatas), tuple(articles))


def unplaced(part: T) -> T:
    """A part of the model without places, with texts that touch joined and empty ones left out."""
    if isinstance(part, tuple):
        return _joined(tuple(unplaced(each) for each in part))  # type: ignore[return-value]
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
