"""The damaged bulletin of three articles comes out right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from converters.checks import check
from converters.diagnostics import Checked, Severity
from converters.model.blocks import Paragraph
from converters.model.document import Document
from converters.model.walk import plain
from converters.readers import read
from converters.repairs import repair

SEED = Path(__file__).resolve().parents[2] / "seeds" / "minzheng.md"


@pytest.fixture(scope="module")
def mended() -> Checked[Document]:
    return repair(read("minzheng.md", SEED.read_bytes()).value)


def test_three_articles_with_source_lines_and_thirteen_paragraphs(mended: Checked[Document]) -> None:
    articles = mended.value.articles
    assert [plain(article.source.inlines) if article.source else "" for article in articles] == [
        "（据安徽省民政厅）",
        "（据湖北省民政厅）",
        "（据西宁市民政局）",
    ]
    assert [len(article.blocks) for article in articles] == [4, 4, 5]
    assert all(isinstance(block, Paragraph) for article in articles for block in article.blocks)


def test_titles_break_where_a_space_stood_but_not_after_the_colon(mended: Checked[Document]) -> None:
    assert [[plain(line) for line in article.title] for article in mended.value.articles] == [
        ["安徽省民政厅党组召开", "理论学习中心组（扩大）学习会议"],
        ["湖北省民政厅党组专题研究主题教育整改落实情况“回头看”工作"],
        ["青海省西宁市民政局：夯实城乡社区基层基础", "高效推动主题教育落实落地"],
    ]


def test_the_changes_are_those_counted_by_hand(mended: Checked[Document]) -> None:
    applied = [change for change in mended.changes if change.applied]
    rules = Counter(change.rule for change in applied)
    assert (rules["R-JOIN"], rules["P-COMMA"], rules["P-PAREN"]) == (7, 133, 16)
    assert Counter(change.before for change in applied if change.rule == "P-COMMA") == {",": 131, ":": 2}


def test_the_only_grave_finding_is_the_book_mark_without_a_partner(mended: Checked[Document]) -> None:
    document = mended.value
    findings = [*mended.findings, *check(document)]
    (grave,) = [finding for finding in findings if finding.severity >= Severity.WARNING]
    assert grave.rule == "Q-PAIR"
    assert grave.span is not None
    assert document.sources[0].locate(grave.span.start) == (5, 61)
    assert grave.hint_text().startswith("insert 《 before 深入学习")


def test_run_in_headings_of_the_last_article_are_found(mended: Checked[Document]) -> None:
    heads = [plain(block.run_in) for block in mended.value.articles[2].blocks if isinstance(block, Paragraph)]
    assert heads == [
        "",
        "加强组织领导，强化督促落实。",
        "补齐制度短板，充实工作力量。",
        "厘清工作职责，深化基层减负。",
        "规范社区设置，夯实基础保障。",
    ]


def test_repairing_twice_changes_nothing_more(mended: Checked[Document]) -> None:
    again = repair(mended.value)
    assert again.value is mended.value
    assert [change for change in again.changes if change.applied] == []
