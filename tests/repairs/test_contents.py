"""Lists of contents of every form are taken out of the text; lists of other things stay."""

from __future__ import annotations

import pytest

from converters.checks import CheckOptions, check
from converters.model.document import Document
from converters.model.sheet import Sheet
from converters.model.walk import plain
from converters.readers import read
from converters.repairs import repair

TITLES = ("全市养老服务工作会议召开", "青石县：把家门口的服务办好", "一条河的新生")
PAGES = (1, 3, 12)
PROSE = (
    "会议研究了全年的重点工作，听取了各处室的汇报，并就下一阶段的任务作出了安排。"
    "大家围绕难点展开讨论，提出了许多建议，气氛热烈而务实。"
)
FORMS = {
    "points": "{title}......{page}",
    "an ellipsis": "{title}……{page}",
    "middle dots": "{title}········{page}",
    "spaces": "{title}        {page}",
    "a tab": "{title}\t{page}",
    "brackets": "{title}（{page}）",
    "half-width brackets": "{title} ({page})",
    "the page before": "{page} {title}",
    "the page before, of two figures": "{page:02d}　{title}",
    "no page": "{title}",
    "bullets": "◆{title}",
    "hyphens": "{title} ---------- {page}",
    "underscores": "{title}__________{page}",
    "a slash": "{title}／{page}",
    "P": "{title} P{page}",
    "numerals": "一、{title} …… {page}",
}


def rows(form: str) -> list[str]:
    return [form.format(title=title, page=page) for title, page in zip(TITLES, PAGES, strict=True)]


def issue(listed: list[str], between: str, mark: str) -> str:
    body = "".join(f"{mark}{title}\n\n{PROSE}\n\n{PROSE}\n\n（某某市民政局）\n\n" for title in TITLES)
    return f"目录{between}{between.join(listed)}\n\n{body}"


def titles(document: Document) -> list[str]:
    return ["".join(map(plain, article.title)) for article in document.articles if article.title]


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
@pytest.mark.parametrize(("name", "between", "mark"), [("a.md", "\n\n", "# "), ("a.txt", "\n", "")])
def test_contents_are_found(form: str, name: str, between: str, mark: str) -> None:
    mended = repair(read(name, issue(rows(form), between, mark).encode()).value)
    assert len(mended.value.contents) == len(TITLES)
    assert titles(mended.value) == list(TITLES)
    assert [change.rule for change in mended.changes].count("R-TOC") >= len(TITLES)


@pytest.mark.parametrize(("name", "between", "mark"), [("a.md", "\n\n", "# "), ("a.txt", "\n", "")])
def test_an_entry_of_two_lines_is_one_entry(name: str, between: str, mark: str) -> None:
    listed = [line for title, page in zip(TITLES, PAGES, strict=True) for line in (title[:6], f"{title[6:]}……{page}")]
    mended = repair(read(name, issue(listed, between, mark).encode()).value)
    assert len(mended.value.contents) == len(TITLES)


def test_rows_under_each_other_in_markdown_keep_their_lines() -> None:
    mended = repair(read("a.md", issue(rows(FORMS["an ellipsis"]), "\n", "# ").encode()).value)
    assert len(mended.value.contents) == len(TITLES)


def test_rows_that_name_nothing_stay_in_the_text_line_by_line() -> None:
    listed = ["改了名的标题……1", "另一个改了名的标题……3", "第三个标题也改了……12"]
    mended = repair(read("a.txt", issue(listed, "\n", "").encode()).value)
    assert mended.value.contents == ()
    assert Sheet(mended.value).text.split("\n")[1:4] == listed


def test_indented_rows_above_the_first_title_are_all_of_the_list() -> None:
    listed = [*TITLES[:2], "第三个标题改了名"]
    text = issue([], "\n", "").replace("目录\n", "目录\n" + "".join(f"　　{row}\n" for row in listed))
    assert [entry.text for entry in repair(read("a.txt", text.encode()).value).value.contents] == listed
    # A line as far left as the titles is none of them, nor is one where no row is indented.
    for mark, last in (("　　", ""), ("", "")):
        rows = "".join(f"{mark}{row}\n" for row in listed[:2]) + f"{last}{listed[2]}\n"
        text = issue([], "\n", "").replace("目录\n", "目录\n" + rows)
        mended = repair(read("a.txt", text.encode()).value).value
        assert [entry.text for entry in mended.contents] == listed[:2]
        assert listed[2] in Sheet(mended).text


def test_a_line_that_ends_in_a_year_is_cut_by_the_width() -> None:
    text = "# 题\n\n该县从二〇一九年起治理这条河流，至今已有五年，其中投入最多的是\n2023年，达到1,200万元。\n"
    assert "最多的是2023年" in Sheet(repair(read("a.md", text.encode()).value).value).text


@pytest.mark.parametrize(("page", "name"), [("……{}", "a.md"), ("", "a.md"), ("……{}", "a.txt")])
def test_an_entry_of_two_lines_with_other_words_than_the_title_is_told_whole(page: str, name: str) -> None:
    mark = "# " if name == "a.md" else ""
    source = issue([], "\n\n", mark)
    listed = [
        "青石县：把家门口的",
        "好服务办好" + page.format(3),
        TITLES[0] + page.format(1),
        TITLES[2] + page.format(12),
    ]
    text = source.replace("目录\n\n", "目录\n\n" + "".join(f"{line}\n\n" for line in listed))
    mended = repair(read(name, text.encode()).value).value
    assert mended.contents[0].text == listed[0] + listed[1]
    told = [finding.text() for finding in check(mended, options=CheckOptions(select=frozenset({"A-TOC"})))]
    assert sum(listed[0] + listed[1] in one for one in told) == 1
    assert not any(f"list {listed[1]}," in one for one in told)


def test_a_title_above_the_list_need_not_be_in_it() -> None:
    text = "# 白鹭湾院报\n\n目录\n\n甲的故事……1\n\n乙的故事……2\n\n## 甲的故事\n\n正文。\n\n## 乙的故事\n\n正文。\n"
    mended = repair(read("a.md", text.encode()).value).value
    assert len(mended.contents) == 2
    assert not list(check(mended, options=CheckOptions(select=frozenset({"A-TOC"}))))
