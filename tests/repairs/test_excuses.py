"""A comment in the source excuses one place from repair: nothing is joined, made a heading, or put on a level there."""

from __future__ import annotations

import pytest

from converters.model import blocks as b
from converters.model.blocks import Block
from converters.model.walk import plain
from converters.readers import read
from converters.repairs import repair

A, Z = (
    "会议指出，要认真研究安排，提出明确要求，抓好各项任务，",
    "压紧责任，形成合力，把工作落实到每一个环节，一抓到底。",
)
LONG = (
    "各地要认真研究安排，提出明确要求，抓好落实，加强督导，压紧责任，形成合力，推动工作落地见效，群众满意，社会认可。"
)


def excuse(rule: str, reason: str = "改稿如此") -> str:
    return f"<!-- jianbao: allow {rule} {reason} -->"


def blocks(text: str, name: str = "a.md") -> list[Block]:
    return [block for article in repair(read(name, text.encode()).value).value.articles for block in article.blocks]


def texts(text: str, name: str = "a.md") -> list[str]:
    return [plain((*one.run_in, *one.inlines)) for one in blocks(text, name) if isinstance(one, b.Paragraph)]


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_what_is_excused_is_not_joined_and_its_neighbours_are(name: str) -> None:
    torn = f"# 题\n\n{A}\n\n{Z}\n\n{A}\n\n{Z}\n" if name == "a.md" else f"{A}\n\n{Z}\n\n{A}\n\n{Z}\n"
    assert texts(torn, name) == [A + Z, A + Z]
    apart = torn.replace(f"{A}\n\n{Z}", f"{A}\n\n{excuse('R-JOIN')}\n{Z}", 1)
    assert texts(apart, name) == [A, Z, A + Z]
    assert not [one for one in repair(read(name, apart.encode()).value).findings if one.rule.startswith("R-JOIN")]


def test_an_excuse_without_a_reason_or_from_another_rule_changes_nothing() -> None:
    for comment in (excuse("R-JOIN", ""), excuse("N-DATE"), "<!-- R-JOIN -->"):
        assert texts(f"# 题\n\n{A}\n\n{comment}\n{Z}\n") == [A + Z]


def test_in_a_quotation_an_excuse_covers_the_paragraph_below_it_alone() -> None:
    quote = f"# 题\n\n{LONG}\n\n> {A}\n>\n> {Z}\n>\n> {A}\n>\n> {Z}\n"
    apart = quote.replace(f"> {A}\n>\n> {Z}", f"> {A}\n>\n> {excuse('R-JOIN')}\n> {Z}", 1)
    found = [block for block in blocks(apart) if isinstance(block, b.Quote)]
    assert [plain(one.inlines) for one in found[0].blocks if isinstance(one, b.Paragraph)] == [A, Z, A + Z]


def test_a_line_with_a_number_that_is_excused_is_text() -> None:
    text = f"# 题\n\n一、加强领导\n\n{LONG}\n\n二、抓好落实\n\n{LONG}\n"
    assert [plain(one.inlines) for one in blocks(text) if isinstance(one, b.Heading)] == [
        "一、加强领导",
        "二、抓好落实",
    ]
    excused = blocks(text.replace("二、", f"{excuse('R-HEAD')}\n二、"))
    assert [plain(one.inlines) for one in excused if isinstance(one, b.Heading)] == ["一、加强领导"]


def test_a_paragraph_that_is_excused_has_no_run_in_heading() -> None:
    text = f"# 题\n\n（一）加强领导。{LONG}\n\n（二）抓好落实。{LONG}\n"
    assert [bool(one.run_in) for one in blocks(text) if isinstance(one, b.Paragraph)] == [True, True]
    excused = blocks(text.replace("（二）", f"{excuse('R-RUNIN')}\n（二）"))
    assert [bool(one.run_in) for one in excused if isinstance(one, b.Paragraph)] == [True, False]


def test_a_marked_heading_that_is_excused_keeps_the_level_of_its_mark() -> None:
    text = f"# 题\n\n{LONG}\n\n## 一、加强领导\n\n{LONG}\n"
    put_up = text.replace("## 一", f"{excuse('R-ARTICLE')}\n# 一")
    document = repair(read("a.md", put_up.encode()).value).value
    assert ["".join(map(plain, article.title)) for article in document.articles] == ["题", "一、加强领导"]
    put_down = f"# 题\n\n{LONG}\n\n（据甲局）\n\n{excuse('R-ARTICLE')}\n## 又一题\n\n{LONG}\n"
    assert [plain(one.inlines) for one in blocks(put_down) if isinstance(one, b.Heading)] == ["又一题"]


def test_a_comment_that_opens_a_line_of_plain_text_is_text_where_more_follows() -> None:
    line = f"{excuse('R-JOIN')}后面还有字。"
    assert texts(f"{A}\n\n{line}\n", "a.txt")[-1].endswith("后面还有字。")
    assert "allow R-JOIN" in texts(f"{A}\n\n{line}\n", "a.txt")[-1]
