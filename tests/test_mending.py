"""The mended text of a Markdown source: every change in its place, nothing else touched, the same model again."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import damage
from converters.diagnostics import Change, Changes, Checked, Source, Span
from converters.exporters.markdown import export
from converters.mending import bare, mended_in_place
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.options import Options
from converters.pipeline import mend_document
from converters.readers import read
from repairs.test_properties import TEXT
from samples import SEEDS

TEXTS = sorted((Path(__file__).resolve().parents[1] / "benchmarks" / "texts").glob("*/*.md"))
THOROUGH = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
# A note above its title and one below, captions in all their forms, widths, notes and tables where authors put them.
BULLETIN = """\
---
类型: 公报
编辑: 张三
---
# 甲市推进养老服务

——一个县的做法

作者：张三

编者按：办法不大，管用。

正文开始[^1]，这里有一句话。

[^1]: 注释在此。

![甲](p.png "图1 甲，乙"){width="60%"} ![丙](q.png '图2 丙')

![图3 丁](p.png){ width=60mm .decorative }

![戊](r.png)
: 图4 戊

: 表题

| 甲 |  乙 |
|---|-----:|
| 1 | 2 |

（据某省民政厅）

<!-- jianbao: allow Q-DUP 原因 -->

【工作动态】

编者按：第二篇。

# 乙市推进

正文二。
"""


def again(text: str) -> Checked[Document]:
    return mend_document(read("a.md", text.encode()), Options())


def mended(text: str) -> str:
    written = mended_in_place(again(text), again)
    assert written is not None
    return written


def test_what_needs_no_mending_is_given_back_as_it_is() -> None:
    assert mended(BULLETIN) == BULLETIN


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_only_the_lines_that_are_mended_change(seed: Path) -> None:
    given_text = read(seed.name, seed.read_bytes()).value.sources[0].text
    lines, touched = mended(given_text).splitlines(), set()
    repaired = again(given_text)
    source = repaired.value.sources[0]
    for change in repaired.changes:
        if change.before != change.after and change.span.start >= 0:
            first, last = (source.locate(place)[0] for place in (change.span.start, change.span.end))
            touched |= set(range(first, last + 1))
    kept = [line for row, line in enumerate(given_text.splitlines(), 1) if row not in touched]
    rest = iter(lines)
    assert all(line in rest for line in kept)


@THOROUGH
@given(TEXT)
def test_any_mended_text_reads_back_to_the_same_model_and_needs_no_mending(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    repaired = again(text)
    written = mended_in_place(repaired, again)
    back = again(export(repaired.value) if written is None else written)
    assert bare(back.value) == bare(repaired.value)


@THOROUGH
@given(st.sampled_from(TEXTS), st.sampled_from(sorted(damage.DAMAGES)), st.randoms(use_true_random=False))
def test_any_damage_is_mended_in_place(path: Path, name: str, chance: random.Random) -> None:
    torn = damage.DAMAGES[name](path.read_text(encoding="utf-8"), chance).text
    text = mended(torn)
    assert bare(again(text).value) == bare(again(torn).value)
    assert mended(text) == text


def test_a_heading_without_a_mark_gets_one() -> None:
    whole = "会议研究了许多事情，" * 8 + "大家都说好。"
    assert (
        mended(f"关于做好工作的通知\n\n一、加强领导\n\n{whole}\n")
        == f"# 关于做好工作的通知\n\n## 一、加强领导\n\n{whole}\n"
    )


def test_a_page_number_goes_with_the_blank_lines_below_it() -> None:
    pages = "\n\n".join(f"这是第{number}页上的一句完整的话。\n\n— {number} —" for number in range(1, 5))
    assert "—" not in (text := mended(f"# 题\n\n{pages}\n"))
    assert "\n\n\n" not in text


def test_line_ends_stay_what_they_were() -> None:
    given_document = read("a.md", "# 题\r\n\r\n近日,开会。\r\n".encode())
    text = mended_in_place(mend_document(given_document, Options()), again)
    assert text == "# 题\r\n\r\n近日，开会。\r\n"


def test_a_text_that_would_not_read_back_the_same_is_not_mended_in_place() -> None:
    source = Source("a.md", "甲乙\n")
    one = Document(articles=(Article(blocks=(b.Paragraph((i.Text("1. 乙", 0),)),)),), sources=(source,))
    change = Change("E-FWALNUM", Span("a.md", 0, 1), "甲", "1. ")
    assert mended_in_place(Checked(one, changes=Changes([change])), again) is None


def test_a_change_without_a_place_is_not_mended_in_place() -> None:
    repaired = again("近日,开会。\n")
    assert mended_in_place(repaired, again) == "近日，开会。\n"
    lost = [replace(change, span=Span(change.span.source, -1, -1)) for change in repaired.changes]
    assert mended_in_place(Checked(repaired.value, changes=Changes(lost)), again) is None


def test_a_blank_that_the_source_writes_as_a_code_is_taken_out_in_place() -> None:
    assert mended_in_place(again("近日&nbsp;&nbsp;,开会。\n"), again) == "近日，开会。\n"
