"""Every character knows where it stood; nothing is lost; plain stretches read as markdown-it would read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from converters.diagnostics import Source, Span
from converters.exporters.markdown import export
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Document
from converters.model.dump import dump_part
from converters.model.reading import passages
from converters.readers import read
from converters.readers.markdown import read_blocks
from converters.readers.markdown.state import Reading
from strategies import HANZI, MARKS, flat_documents

SEEDS = sorted((Path(__file__).resolve().parents[3] / "seeds").glob("*.md"))
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

# Sources made of the stuff that lies between plain text and every block that Markdown has.
LINES = st.sampled_from(
    [
        *("", "", "", "段落文字，没有记号。", "　　缩进的段落。", "Latin words here", "# 标题", "## 题 ##", "#无空格"),
        *("- 项", "  续", "    四格", "1. 一", "2) 二", "1.社区", "> 引", "```", "~~~ py", "    code", "| a | b |"),
        *("|---|---|", "| c | d |", ": 题", "~ 义", "---", "===", "* * *", "**强**调", "*项", "* 项", "[^1]: 注"),
        *("[a]: http://x", "[注]: 文", "文[^1]和[a]", "::: verse", "::: note", ":::", "<!-- c -->", "<!--", "-->"),
        *("<div>", "<script>", "</script>", "![图1 a](b.png)", "\\newpage", "  ", "　", "\t制表", "- [x] 事", "`码`"),
        *("10月", "3.14", "_", "+"),
    ]
)
sources = st.lists(LINES, max_size=12).map("\n".join)


def parts(part: object) -> Iterator[object]:
    """A part of the model and everything in it."""
    yield part
    if isinstance(part, tuple):
        for each in part:
            yield from parts(each)
    elif is_dataclass(part) and not isinstance(part, (Span, type)):
        for field in fields(part):
            yield from parts(getattr(part, field.name))


def check_places(document: Document) -> None:
    text = document.sources[0].text
    for part in parts(document.articles):
        if isinstance(part, (i.Text, i.Code)) and part.start >= 0:
            assert text[part.start : part.start + len(part.text)] == part.text, part
        elif isinstance(part, b.CodeBlock) and part.start >= 0:
            assert text[part.start : part.start + len(part.text)] == part.text
        span = getattr(part, "span", None)
        if isinstance(part, (b.Heading, b.Paragraph, b.ListBlock, b.Quote, b.Table, b.Figure, b.Verse, b.Signature)):
            assert isinstance(span, Span), part
        if isinstance(span, Span):
            assert 0 <= span.start <= span.end <= len(text), part


@SLOW
@given(flat_documents())
def test_every_text_stands_in_the_source_where_it_says(document: Document) -> None:
    check_places(read("a.md", export(document).encode() or b"x").value)


@settings(max_examples=400, deadline=None)
@given(sources)
def test_every_text_of_any_source_stands_where_it_says(text: str) -> None:
    if text.strip():
        check_places(read("a.md", text.encode()).value)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_the_samples_keep_their_places(seed: Path) -> None:
    check_places(read(seed.name, seed.read_bytes()).value)


@settings(max_examples=1000, deadline=None)
@given(sources)
def test_plain_stretches_read_the_same_with_and_without_markdown_it(text: str) -> None:
    results = []
    for fast in (True, False):
        reading = Reading(Source("a.md", text))
        blocks = read_blocks(reading, 0, fast=fast)
        findings = sorted(
            (found.rule, found.span.start if found.span else -1, found.text()) for found in reading.findings
        )
        results.append((dump_part(b.Quote(tuple(blocks)), places=True), findings))
    assert results[0] == results[1]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text(st.sampled_from(HANZI + MARKS + "abc019 ,.()"), min_size=1, max_size=40), min_size=1, max_size=6)
)
def test_no_character_of_plain_chinese_text_is_lost(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    if not text.strip():
        return
    document = read("a.md", text.encode()).value
    whole = "".join(passage.text for texts in passages(document).values() for passage in texts)
    marks = "-+.0123456789)"
    strip = str.maketrans("", "", " \n")
    # A paragraph may begin with the mark of a list, which is the list's own.
    assert whole.translate(strip).lstrip(marks) in text.translate(strip)
    hanzi = [char for char in text if char in HANZI + MARKS]
    assert [char for char in whole if char in HANZI + MARKS] == hanzi


def test_the_seed_of_the_work_needs_no_block_parser() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from converters.readers import read;"
        f"read('a.md', Path({str(SEEDS[0].parent / 'minzheng.md')!r}).read_bytes());"
        "assert not {'markdown_it', 'yaml', 'charset_normalizer'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
