"""The order of pages on folded sheets; each is folded here as a hand would fold it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.errors import StyleError
from converters.imposition import BLANKS, Sheet, Side, booklet, repeated, with_blanks


def folded(sheets: tuple[Sheet, ...], *, right_bound: bool = False) -> list[int]:
    """The pages in the order in which a reader turns them.

    The sheets lie on each other, the outermost below, the fronts down; all are folded about the middle. Seen from the
    inside, the leaf at the one hand is read from its outer face to its inner one.
    """
    first_half: list[int] = []
    second_half: list[int] = []
    for sheet in sheets:
        # On the way in, a leaf shows its front's page and behind it the page that lies at its back: what is at the
        # right of the front has at its back what is at the left of the back.
        outer, inner = (sheet.front.right, sheet.back.left), (sheet.back.right, sheet.front.left)
        if right_bound:
            outer, inner = (sheet.front.left, sheet.back.right), (sheet.back.left, sheet.front.right)
        first_half += outer
        second_half = [*inner, *second_half]
    return first_half + second_half


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8, 12, 13, 222])
@pytest.mark.parametrize("blanks", BLANKS)
@pytest.mark.parametrize("right_bound", [False, True])
def test_a_folded_booklet_is_read_in_order(count: int, blanks: str, right_bound: bool) -> None:
    pages = with_blanks(count, blanks)
    read = folded(booklet(pages, right_bound=right_bound), right_bound=right_bound)
    assert tuple(read) == pages
    assert [page for page in read if page] == list(range(1, count + 1))


def test_eight_pages_stand_as_the_trade_has_them() -> None:
    assert booklet(with_blanks(8, "end")) == (
        Sheet(Side(8, 1), Side(2, 7)),
        Sheet(Side(6, 3), Side(4, 5)),
    )


def test_a_book_bound_at_the_right_is_its_mirror_image() -> None:
    assert booklet((1, 2, 3, 4), right_bound=True) == (Sheet(Side(1, 4), Side(3, 2)),)


def test_blanks_go_where_they_are_wanted() -> None:
    assert with_blanks(5, "end") == (1, 2, 3, 4, 5, 0, 0, 0)
    assert with_blanks(5, "colophon") == (1, 2, 3, 4, 0, 0, 0, 5)
    assert with_blanks(5, "front") == (1, 0, 0, 0, 2, 3, 4, 5)
    assert with_blanks(5, "0,1,5") == (0, 1, 0, 2, 3, 4, 5, 0)
    assert with_blanks(13, "1,1,12") == (1, 0, 0, *range(2, 13), 0, 13)
    assert with_blanks(8, "colophon") == tuple(range(1, 9))


@pytest.mark.parametrize(
    ("count", "blanks", "said"),
    [
        (5, "middle", "no place for blank pages"),
        (5, "1,9,9", "no page 9"),
        (5, "1,2", "need 3 blanks"),
        (5, "", "no place for blank pages"),
    ],
)
def test_blanks_that_cannot_be_are_refused(count: int, blanks: str, said: str) -> None:
    with pytest.raises(StyleError, match=said):
        with_blanks(count, blanks)


def test_pages_that_stand_twice_have_their_backs_behind_them() -> None:
    assert repeated(3) == (Sheet(Side(1, 1), Side(2, 2)), Sheet(Side(3, 3), Side(0, 0)))


@given(st.integers(1, 300), st.data())
def test_no_page_is_lost_wherever_blanks_go(count: int, data: st.DataObject) -> None:
    need = -count % 4
    blanks = ",".join(str(data.draw(st.integers(0, count))) for _ in range(need)) or "end"
    pages = with_blanks(count, blanks)
    assert len(pages) == count + need
    assert tuple(folded(booklet(pages))) == pages


def test_only_multiples_of_four_are_folded() -> None:
    with pytest.raises(ValueError, match="four"):
        booklet((1, 2, 3))
