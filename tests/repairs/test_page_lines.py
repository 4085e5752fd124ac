"""Page numbers on lines of their own inside a paragraph or an item of Markdown go; other lines stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.diagnostics import Checked
from converters.model.document import Document
from converters.model.sheet import Sheet
from converters.pipeline import Options as PipelineOptions
from converters.pipeline import mended_markdown
from converters.readers import read
from converters.repairs import Options, repair

A = "今年以来，全县水库来水稳定，各水文站监测到的全年径流"
B = "量为三十亿立方米，比上年增加。各乡镇抓住时机，抢修了一批渠"
C = "道，受益农田两万亩。"


def mended(text: str, name: str = "a.md", options: Options | None = None) -> tuple[list[str], Checked[Document]]:
    checked = repair(read(name, f"# 水情\n\n{text}\n".encode()).value, options=options)
    return Sheet(checked.value).text.split("\n")[1:], checked


def numbers(checked: Checked[Document]) -> list[str]:
    return [change.before for change in checked.changes if change.rule == "R-PAGENO"]


@pytest.mark.parametrize(("first", "second"), [("— 7 —", "— 8 —"), ("-7-", "-8-"), ("第7页 共9页", "第8页 共9页")])
def test_numbers_in_a_row_go_out_of_the_sentence(first: str, second: str) -> None:
    lines, checked = mended(f"{A}\n{first}\n{B}\n{second}\n{C}")
    assert lines == [A + B + C]
    assert numbers(checked) == [first, second]


def test_each_change_points_at_its_number() -> None:
    source = f"# 水情\n\n{A}\n— 7 —\n{B}\n— 8 —\n{C}\n"
    for change in repair(read("a.md", source.encode()).value).changes:
        if change.rule == "R-PAGENO":
            assert source[change.span.start : change.span.end] == change.before


def test_a_number_at_the_end_of_a_page_and_a_form_feed_part_nothing() -> None:
    lines, checked = mended(f"{A}\n— 7 —\n\n\f{B}\n— 8 —\n\n\f{C}")
    assert lines == [A + B + C]
    assert numbers(checked) == ["— 7 —", "— 8 —"]


def test_a_number_that_reads_as_an_item_goes_with_its_mark() -> None:
    lines, checked = mended(f"{A}\n- 7 -\n{B}\n- 8 -\n{C}")
    assert lines == [A + B + C]
    assert numbers(checked) == ["- 7 -", "- 8 -"]


def test_numbers_inside_items_go_and_the_items_stay() -> None:
    lines, checked = mended(f"1. {A}\n— 7 —\n{B}{C}\n2. {A}\n— 8 —\n{B}{C}")
    assert lines == [A + B + C] * 2
    assert numbers(checked) == ["— 7 —", "— 8 —"]


def test_a_single_number_is_reported_and_kept() -> None:
    lines, checked = mended(f"{A}\n— 7 —\n{B}{C}")
    assert "— 7 —" in lines[0] and not numbers(checked)
    assert [finding.rule for finding in checked.findings].count("R-PAGENO") == 1


@pytest.mark.parametrize("line", ["3/8", "300", "— 7", "第7页的表", "—— 七 ——"])
def test_lines_that_are_no_numbers_of_pages_stay(line: str) -> None:
    _, checked = mended(f"{A}\n{line}\n{B}\n{line}\n{C}")
    assert not numbers(checked)
    assert "R-PAGENO" not in [finding.rule for finding in checked.findings]


def test_numbers_inside_a_line_and_those_of_html_stay() -> None:
    assert not numbers(mended(f"{A}— 7 —{B}\n\n{B}— 8 —{C}")[1])
    html = f"<h1>水情</h1><p>{A}\n— 7 —\n{B}\n— 8 —\n{C}</p>"
    assert not numbers(repair(read("a.html", html.encode()).value))


def test_the_rule_switched_off_leaves_the_numbers() -> None:
    lines, checked = mended(f"{A}\n— 7 —\n{B}\n— 8 —\n{C}", options=Options(no_fix=frozenset({"R-PAGENO"})))
    assert len(lines) == 1 and "— 7 —" in lines[0] and not numbers(checked)


def test_the_mended_text_needs_no_second_mending(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text(f"# 水情\n\n{A}\n— 7 —\n{B}\n\n1. {A}\n— 8 —\n{B}{C}\n", encoding="utf-8")
    _, once = mended_markdown(str(source), PipelineOptions())
    source.write_text(once, encoding="utf-8")
    assert mended_markdown(str(source), PipelineOptions())[1] == once
