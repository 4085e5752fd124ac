"""Front matter: English keys and their Chinese aliases, typed, with the place of everything that is wrong."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings

from converters.diagnostics import Checked, Severity, Source
from converters.errors import InputError
from converters.exporters.markdown import export
from converters.model.document import Article, Document
from converters.model.front_matter_keys import ARTICLE_KEYS, ISSUE_KEYS, names
from converters.model.metadata import Kind, Metadata
from converters.readers.front_matter import override, read_front_matter
from strategies import metadatas


def read(text: str) -> Checked[Metadata]:
    return read_front_matter(Source("a.md", text))[0]


def said(text: str) -> Metadata:
    checked = read(f"---\n{text}\n---\n")
    assert not checked.findings, checked.findings
    return checked.value


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("简报名称: 民政工作简报", "name", "民政工作简报"),
        ("刊名 ： 民政工作简报", "name", "民政工作简报"),
        ("期号：: 12", "issue", "12"),
        ("期号：12", "issue", "12"),
        ("期 号: 增刊1", "issue", "增刊1"),
        ("issue: 007", "issue", "007"),
        ("年份: 2026年", "year", 2026),
        ("总第: 总第345期", "total_issue", 345),
        ("增刊: 是", "supplement", True),
        ("日期: 2023-11-27", "date", datetime.date(2023, 11, 27)),
        ("日期: 2023年11月27日", "date", datetime.date(2023, 11, 27)),
        ("印发日期: 二〇二三年十一月二十七日", "date", datetime.date(2023, 11, 27)),
        ("密级: 内部资料", "secrecy", "内部资料"),
        ("份号: 000012", "copy_no", "000012"),
        ("toc: no", "toc", "false"),
        ("目录: auto", "toc", "auto"),
        ("送: [甲, 乙]", "send_to", ("甲", "乙")),
        ("抄送: 甲，乙。", "send_to", ("甲，乙。",)),
        ("发文机关: [甲厅, 乙厅]", "organs", ("甲厅", "乙厅")),
        ("发文字号: 云民发〔2026〕12号", "document_number", "云民发〔2026〕12号"),
        ("份数: 100份", "copies", 100),
        ("kind: 公文", "kind", Kind.GONGWEN),
        ("name: 1.10", "name", "1.10"),
        ("name: yes", "name", "yes"),
        ("name:", "name", ""),
        ("check: {N-HDUP: off, ignore: [A, B]}", "settings", (("N-HDUP", "off"), ("A", "off"), ("B", "off"))),
    ],
)
def test_a_key_is_read_under_any_of_its_names(line: str, field: str, value: object) -> None:
    assert getattr(said(line), field) == value


def test_a_printing_date_of_an_official_document_is_not_its_date() -> None:
    metadata = said("kind: gongwen\n成文日期: 2026-03-06\n印发日期: 2026-03-09\n主送: [甲]")
    assert (metadata.date, metadata.printed_date) == (datetime.date(2026, 3, 6), datetime.date(2026, 3, 9))
    assert metadata.addressees == ("甲",)
    assert said("主送: [甲]").send_to == ("甲",)


def test_articles_override_what_the_text_says() -> None:
    (article,) = said("文章:\n  - 标题: [甲, 乙]\n    据: 某厅\n    日期: 2026-01-02\n    作者: 张三").articles
    assert (article.title, article.source, article.author) == (("甲", "乙"), "某厅", ("张三",))
    assert article.date == datetime.date(2026, 1, 2)


@pytest.mark.parametrize(
    ("text", "rule", "severity", "place", "hint"),
    [
        ("isue: 3", "M-KEY", Severity.WARNING, "isue", "issue"),
        ("期号: 1\nissue: 2", "M-TWICE", Severity.ERROR, "issue", "keep"),
        ("copies: viele", "M-VALUE", Severity.ERROR, "copies", ""),
        ("date: 2026-02-30", "M-VALUE", Severity.ERROR, "date", ""),
        ("kind: zeitung", "M-VALUE", Severity.ERROR, "kind", ""),
        ("name: [a, b]", "M-VALUE", Severity.ERROR, "name", ""),
        ("schema: jianbao/2", "M-VALUE", Severity.WARNING, "schema", "jianbao/1"),
    ],
)
def test_a_wrong_key_is_a_finding_at_its_place(text: str, rule: str, severity: Severity, place: str, hint: str) -> None:
    source = Source("a.md", f"---\n{text}\n---\n正文")
    (finding,) = read_front_matter(source)[0].findings
    assert (finding.rule, finding.severity) == (rule, severity)
    assert finding.span is not None
    assert source.text[finding.span.start : finding.span.end] == place
    assert hint in finding.hint_text()


def test_the_first_of_two_keys_counts() -> None:
    assert read("---\n期号: 1\nissue: 2\n---\n").value.issue == "1"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\nname: a\nissue: [1\n---\n", 3),
        ("---\nname: a\nb\tc: @x\n---\n", 3),
        ("---\nname: @x\n---\n", 2),
        ("---\nname: x\n", 1),
        ("---\na: &a [1, 1]\nb: [*a, *a]\n---\n", 2),
        ("---\na: " + "[" * 5000 + "\n---\n", 2),
        ("---\na:\n" + "".join("  " * depth + "- \n" for depth in range(300)) + "---\n", 2),
        ("---\nname: a\n? [x]\n: b\n---\n", 3),
    ],
)
def test_yaml_that_cannot_be_used_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(InputError) as refused:
        read(text)
    assert refused.value.where.startswith("a.md:")
    assert int(refused.value.where.split(":")[1]) >= line
    assert refused.value.hint


@pytest.mark.parametrize(
    "text", ["---\n\n正文\n\n---\n", "正文\n---\nname: a\n---\n", "----\na: b\n----\n", "---\n", "--- \n# 题\n"]
)
def test_a_thematic_break_is_no_front_matter(text: str) -> None:
    assert read_front_matter(Source("a.md", text)) == (Checked(Metadata()), 0)


def test_keys_from_outside_go_by_the_same_names() -> None:
    checked = override(Metadata(name="旧"), {"期号": "13", "date": "2026年1月2日"})
    assert (checked.value.name, checked.value.issue, checked.value.date) == ("旧", "13", datetime.date(2026, 1, 2))
    assert override(Metadata(), {"nam": "x"}).findings[0].rule == "M-KEY"


def test_no_word_means_two_keys() -> None:
    for table in (ISSUE_KEYS, ARTICLE_KEYS):
        words = [word for key, aliases in table.items() for word in (key, *aliases)]
        assert len(words) == len(set(words))
        assert names(table)


@settings(max_examples=60, deadline=None)
@given(metadatas)
def test_metadata_written_as_front_matter_reads_back_the_same(metadata: Metadata) -> None:
    text = export(Document(metadata, (Article(),)))
    checked = read(text) if text else Checked(Metadata())
    assert not checked.findings
    assert {name: getattr(checked.value, name) for name in Metadata.__slots__ if name != "span"} == {
        name: getattr(metadata, name) for name in Metadata.__slots__ if name != "span"
    }


@pytest.mark.parametrize(
    ("written", "lang"),
    [
        ("zh_CN", "zh-CN"),
        ("zh-Hant", "zh-Hant"),
        ("中文", "zh-Hans"),
        ("繁體中文", "zh-Hant"),
        ("日本語", "ja"),
        ("EN", "EN"),
    ],
)
def test_a_language_is_a_tag_or_its_own_name(written: str, lang: str) -> None:
    assert said(f"lang: {written}").lang == lang


@pytest.mark.parametrize("written", ["en US", "汉", "z", "zh-", "a" * 9])
def test_what_is_no_language_is_said_and_left_out(written: str) -> None:
    checked = read(f"---\nlang: {written}\n---\n")
    assert [finding.rule for finding in checked.findings] == ["M-VALUE"]
    assert checked.value.lang == "zh-Hans"
