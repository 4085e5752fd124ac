"""A stick sets a text as the flattened text is set."""

from __future__ import annotations

from converters.fonts.roles import resolve
from converters.layout.compositor import Compositor, Manner
from converters.layout.typecase import Typecase
from converters.model import inlines as i
from converters.model.metadata import Metadata
from converters.theme.schema import Role
from tests.printed import HANZI, text, theme

WORDS = ["近日，“天地”玄黄（2023年）第3期ABC。" * 4, HANZI * 3, "一是宇宙洪荒。日月盈昃；辰宿列张！" * 5, "x, y"]


def shop() -> Compositor:
    sheet = theme()
    return Compositor(Metadata(), sheet, resolve(sheet).value, {})


def make_known(case: Typecase, words: str) -> None:
    while not case.knows(words):
        case.admit(set(words))


def test_known_text_is_set_as_flattened_text_is() -> None:
    made = shop()
    style = made.theme.styles.body
    for words in WORDS:
        slowly = made.set_flat(made.flatten(style, text(words), None), style, 400.0, None, Manner(32.0))
        make_known(made.typecase(style), words)
        quickly = made.set_text(words, style, 400.0, None, Manner(32.0))
        assert list(quickly.lines) == list(slowly.lines)
        assert list(quickly.runs) == list(slowly.runs)
        assert (quickly.indent, quickly.pitch, quickly.align) == (slowly.indent, slowly.pitch, slowly.align)


def test_a_head_of_another_role_is_set_as_flattened_text_is() -> None:
    made = shop()
    style = made.theme.styles.body
    case = made.typecase(style, role=Role.HEITI)
    for words in WORDS:
        setter = made.flatten(style, (i.Strong(text("天地玄黄。")), *text(words)), None)
        slowly = made.set_flat(setter, style, 400.0, None)
        make_known(case, "天地玄黄。")
        make_known(made.typecase(style), words)
        quickly = made.fill_with_head(made.stick(style, 400.0), ("天地玄黄。", case), words, None)
        assert quickly is not None
        assert list(quickly.lines) == list(slowly.lines)


def test_a_text_with_something_unknown_takes_no_fast_lane() -> None:
    made = shop()
    style = made.theme.styles.body
    case = made.typecase(style)
    make_known(case, HANZI)
    assert case.knows(HANZI)
    assert not case.knows(HANZI + "\u200b") and not case.knows(HANZI + "’") and not case.knows("𠮷")
