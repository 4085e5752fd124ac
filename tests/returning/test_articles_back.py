"""Articles moved, taken out, put in and renamed: what front matter says of the n-th goes with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from editing import Desk, edition, text_of, w
from kinds_of_words import article_moved
from two import TWO

from converters.returning import Returned, merge

FIRST, SECOND = "  - author: 王五\n", "  - 引题: 引题乙\n    author: 赵六 # 特约\n"
SOURCE = TWO.replace(FIRST, FIRST + SECOND)


@pytest.fixture(scope="module")
def data(folder: Path) -> bytes:
    return edition("two.md", SOURCE.encode(), folder)


def first_taken_out(desk: Desk) -> None:
    body = list(desk.body.iterchildren(w("p")))
    start, end = (next(k for k, p in enumerate(body) if words in text_of(p)) for words in ("第一篇的题目", "据甲局"))
    for paragraph in body[start : end + 1]:
        desk.delete(paragraph)


def another_put_first(desk: Desk) -> None:
    desk.restyle(desk.insert(desk.find("工作动态"), "新的一篇文章的题目"), "Heading1")
    desk.insert(desk.find("新的一篇文章的题目"), "新的一篇文章的正文，写在这里，字数不少，说明一些情况。")


def moved_and_retyped(desk: Desk) -> None:
    article_moved(desk)
    desk.change(desk.find("赵六"), 0, 1, "钱")


def renamed(desk: Desk) -> None:
    desk.change(desk.find("第二篇的题目"), 0, 3, "另一篇")


def title_made_text(desk: Desk) -> None:
    desk.restyle(desk.find("第一篇的题目"), "")


@pytest.mark.parametrize(
    ("edit", "entries"),
    [
        (article_moved, SECOND + FIRST), (first_taken_out, SECOND), (another_put_first, "  - {}\n" + FIRST + SECOND),
        (moved_and_retyped, SECOND.replace("赵", "钱") + FIRST), (renamed, FIRST + SECOND),
    ],
    ids=["moved", "taken out", "put in", "moved and retyped", "renamed"],
)  # fmt: skip
def test_entries_of_front_matter_go_with_their_articles(
    data: bytes, folder: Path, edit: Callable[[Desk], None], entries: str
) -> None:
    desk = Desk(data)
    edit(desk)
    result = merge(desk.bytes(), "two.md", SOURCE.encode())
    text = result.text.decode()
    assert result.conflicts == ()
    assert text[text.index("articles:\n") + len("articles:\n") : text.index("---\n", 4)] == entries
    check(result, edition("again.md", result.text, folder), desk)


def check(result: Returned, again: bytes, desk: Desk) -> None:
    """Nothing is lost, the next edition says what the edited file says, and is at rest."""
    assert result.count.lost == 0
    rest = merge(again, "again.md", result.text)
    assert (rest.text, rest.applied, rest.conflicts) == (result.text, (), ())
    assert texts(Desk(again)) == texts(desk)


def texts(desk: Desk) -> list[str]:
    return [text for text in map(text_of, desk.body.iterchildren(w("p"))) if text.strip()]


def test_the_last_entry_taken_out_takes_the_key_with_it(folder: Path) -> None:
    desk = Desk(edition("two.md", TWO.encode(), folder))
    first_taken_out(desk)
    result = merge(desk.bytes(), "two.md", TWO.encode())
    assert "articles:" not in result.text.decode()
    assert "王五" not in result.text.decode()


def test_entries_written_in_one_line_are_left_to_a_person(folder: Path) -> None:
    source = TWO.replace("articles:\n  - author: 王五\n", "articles: [{author: 王五}]\n")
    desk = Desk(edition("two.md", source.encode(), folder))
    article_moved(desk)
    result = merge(desk.bytes(), "two.md", source.encode())
    assert {(entry.kind, entry.reason) for entry in result.conflicts} == {
        ("articles", "it is made from front matter: change it there"),
        ("moved", "it is made from front matter: change it there"),
    }
    assert "articles: [{author: 王五}]" in result.text.decode()
