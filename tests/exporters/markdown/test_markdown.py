"""Markdown reads back to the model that it was written from."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from converters.exporters.markdown import export
from converters.exporters.markdown.front_matter import write_front_matter
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document, SourceLine
from converters.model.dump import dump
from converters.model.metadata import Metadata
from converters.readers import read
from converters.repairs import repair
from samples import SEEDS
from strategies import flat_documents, texts, unplaced

THOROUGH = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def flat(*blocks: b.Block) -> Document:
    return Document(articles=(Article(blocks=blocks),))


def check(document: Document) -> None:
    text = export(document)
    again = read("again.md", text.encode()).value
    assert dump(unplaced(again), places=False) == dump(unplaced(document), places=False), text


@THOROUGH
@given(flat_documents())
def test_any_document_reads_back_the_same(document: Document) -> None:
    check(document)


@THOROUGH
@given(texts(5))
def test_any_line_reads_back_the_same(line: tuple[i.Inline, ...]) -> None:
    check(flat(b.Paragraph(line), b.Heading(2, line), b.Quote((b.Paragraph(line),))))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_the_samples_read_back_the_same_and_are_written_the_same_again(seed: Path) -> None:
    document = read(seed.name, seed.read_bytes()).value
    check(document)
    assert export(read("again.md", export(document).encode()).value) == export(document)


@pytest.mark.parametrize(
    ("inlines", "expected"),
    [
        (
            (i.Text("3~5月，100%，（一）1.社区，#1，a_b，[2023]5号。"),),
            "3~5月，100%，（一）1.社区，#1，a_b，[2023]5号。",
        ),
        ((i.Text("1. 甲"),), "1\\. 甲"),
        ((i.Text("# 甲"),), "\\# 甲"),
        ((i.Text("a*b"),), "a\\*b"),
        ((i.Strong((i.Text("“六快”"),)), i.Text("机制")), "**“六快”**机制"),
        ((i.Strong((i.Text("甲"),)), i.Strong((i.Text("乙"),))), "**甲**<!-- -->**乙**"),
        ((i.Text("H"), i.Subscript((i.Text("2"),)), i.Text("O")), "H~2~O"),
        ((i.Ruby((i.Text("漢字"),), "かんじ"),), "{漢字|かんじ}"),
        ((i.Link((i.Text("https://a.example"),), "https://a.example"),), "<https://a.example>"),
    ],
)
def test_text_is_escaped_where_it_must_be_and_nowhere_else(inlines: tuple[i.Inline, ...], expected: str) -> None:
    assert export(flat(b.Paragraph(inlines))) == expected + "\n"


def test_a_divided_bulletin_is_written_in_the_order_in_which_repair_finds_its_parts() -> None:
    article = Article(
        ((i.Text("甲乙"),), (i.Text("丙丁"),)),
        (b.Heading(1, (i.Text("一、事"),)), b.Paragraph((i.Text("正文。"),))),
        kicker=(i.Text("引题"),),
        subtitle=(i.Text("——副题"),),
        column=(i.Text("【工作动态】"),),
        editor_note=(b.Paragraph((i.Text("编者按：好。"),)),),
        source=SourceLine((i.Text("（据某厅）"),)),
        date=datetime.date(2026, 3, 6),
    )
    text = export(Document(Metadata(name="简报", send_to=("甲。",)), (article,)))
    assert text == (
        "---\n简报名称: 简报\n送: [甲。]\n文章:\n  - 引题: 引题\n    日期: 2026-03-06\n---\n\n"
        "# 【工作动态】\n\n::: editor-note\n编者按：好。\n:::\n\n# 甲乙<br>丙丁\n\n——副题\n\n"
        "## 一、事\n\n正文。\n\n（据某厅）\n"
    )


def test_comments_to_the_program_stay_before_their_blocks() -> None:
    text = "甲\n\n<!-- jianbao: allow N-DATE 引文 -->\n\n乙\n"
    assert export(read("a.md", text.encode()).value) == text


def test_an_empty_document_is_empty() -> None:
    assert export(Document()) == ""


FRONT = """\
---
刊名: 民政简报
期号: 12
主办: 青石县民政局
日期: 2024-05-06
文章:
  - 引题: 一
    供稿: 青石县民政局
---

# 题

近日，会议召开。
"""


def written(text: str, name: str = "a.md") -> str:
    return export(repair(read(name, text.encode()).value).value)


def test_front_matter_keeps_the_keys_of_its_source() -> None:
    assert written(FRONT) == FRONT


@pytest.mark.parametrize("key", ["类型: gongwen", "kind: gongwen", "類型: gongwen", "Kind: gongwen"])
def test_each_key_is_written_as_it_was(key: str) -> None:
    assert key in written(f"---\n{key}\n---\n\n# 题\n\n正文。\n")


@pytest.mark.parametrize(
    ("front", "key"),
    [
        ("", "目录标题: 目录"),
        ("---\n刊名: 民政简报\n---\n\n", "目录标题: 目录"),
        ("---\nname: 民政简报\n---\n\n", "toc_title: 目录"),
        ("---\n語言: zh-Hant\n---\n\n", "目錄標題: 目录"),
        ("---\nlang: en\n---\n\n", "toc_title: 目录"),
    ],
)
def test_a_key_that_repair_adds_is_in_the_language_of_the_others(front: str, key: str) -> None:
    body = "# 会议召开\n\n正文一。\n\n# 河流新生\n\n正文二。\n"
    text = written(f"{front}目录\n\n会议召开……1\n\n河流新生……2\n\n{body}")
    assert key in text.split("\n")


SAID = """\
name: 甲
issue: 3
year: 2024
issuer: 乙
date: 2024-05-06
send_to: [丙]
addressees: [丁]
copies: 5
editors: [戊]
profile: web
title: 己
printed_date: 2024-05-07
"""


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "ja", "en"])
@pytest.mark.parametrize("kind", ["简报", "公文"])
def test_every_key_reads_back_in_every_language(lang: str, kind: str) -> None:
    def metadata(front: str) -> Metadata:
        return replace(read("a.md", f"{front}\n# 题\n\n正文。\n".encode()).value.metadata, span=None)

    said = metadata(f"---\nlang: {lang}\nkind: {kind}\n{SAID}---\n")
    front = write_front_matter(said, ())
    assert ("日期: " in front) == lang.startswith("zh")
    assert metadata(front) == said


PARTS = (
    "# 甲市推进养老服务\n\n——一个县的做法\n\n作者：张三\n\n::: editor-note\n编者按：办法不大。\n:::\n\n正文。\n\n"
    "<!-- jianbao: allow Q-DUP 原因 -->\n\n（据某局）\n"
)


def test_a_note_below_its_title_stays_below_it_and_a_comment_in_its_place() -> None:
    document = repair(read("a.md", PARTS.encode()).value).value
    assert document.articles[0].author and document.articles[0].editor_note
    assert export(document) == PARTS


def test_a_note_above_its_title_stays_above_it() -> None:
    text = "# 【动态】\n\n::: editor-note\n编者按：办法不大。\n:::\n\n# 甲市推进养老服务\n\n正文。\n"
    document = repair(read("a.md", text.encode()).value).value
    assert document.articles[0].editor_note
    assert export(document) == text


@pytest.mark.parametrize(
    "figure",
    [
        '![甲](p.png "图1 甲"){width=60%}',
        '![甲](p.png "图1 甲")\n![乙](q.png "图2 乙")',
        '![甲](p.png)\n![乙](q.png "图2 乙")',
        "![图1 甲](p.png){width=60mm}",
        "![甲](p.png)\n: 图1 甲",
        "![甲](p.png)\n![乙](q.png)\n: 图1 甲　图2 乙",
    ],
)
def test_a_caption_is_written_where_it_stood(figure: str) -> None:
    document = read("a.md", f"{figure}\n".encode()).value
    assert isinstance(document.articles[0].blocks[0], b.Figure)
    assert export(document) == f"{figure}\n"
