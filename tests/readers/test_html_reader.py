"""HTML read: a web edition of this program comes back as it was, any other page as blocks."""

from __future__ import annotations

import pytest

import everything
import strategies
from converters.checks import check
from converters.errors import InputError
from converters.exporters import html
from converters.fonts.roles import resolve
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.captions import own_captions
from converters.model.reading import Stream, passages
from converters.model.walk import inlines_of, plain
from converters.readers import read
from converters.repairs import repair
from converters.theme.schema import Theme


def test_a_web_edition_says_the_same_when_it_is_read() -> None:
    fonts = resolve(Theme(), system=False).value
    data = html.export(everything.document(), Theme(), fonts, everything.PICTURES).value
    back, was = (passages(document) for document in (read("a.html", data).value, everything.document()))
    assert {stream: [p.text for p in back[stream]] for stream in Stream} == {
        stream: [p.text for p in was[stream]] for stream in Stream
    }


def test_a_page_is_one_flat_article() -> None:
    page = "<html lang='zh-TW'><title>書</title><h1>甲</h1><p>一<p>二<script>bad()</script></html>"
    checked = read("a.html", page.encode())
    assert strategies.unplaced(checked.value).articles[0].blocks == (
        b.Heading(1, (i.Text("甲"),)), b.Paragraph((i.Text("一"),)), b.Paragraph((i.Text("二"),)),
    )  # fmt: skip
    assert (checked.value.metadata.lang, checked.value.metadata.title) == ("zh-Hant", "書")
    assert [finding.rule for finding in checked.findings] == ["H-ACTIVE"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_the_encoding_is_found(encoding: str) -> None:
    page = "<html><body><p>近日，青浦河市民政局召开养老服务工作会议，部署安全检查。</p></body></html>"
    (block,) = strategies.unplaced(read("a.html", page.encode(encoding)).value).articles[0].blocks
    assert block == b.Paragraph((i.Text("近日，青浦河市民政局召开养老服务工作会议，部署安全检查。"),))


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<p> </p>"])
def test_a_page_without_text_is_refused(page: str) -> None:
    with pytest.raises(InputError, match="no text"):
        read("a.html", page.encode())


def test_pictures_side_by_side_come_back_as_one_figure_with_a_caption_each() -> None:
    page = (
        '<html><body><h1>题</h1><div class="plates captioned"><figure><img src="a.png" alt="甲"/>'
        '<figcaption>图1 甲</figcaption></figure><figure><img src="b.png" alt="乙"/><figcaption>图2 乙</figcaption>'
        "</figure></div></body></html>"
    )
    figure = read("a.html", page.encode()).value.articles[0].blocks[-1]
    assert isinstance(figure, b.Figure) and [image.alt for image in figure.images] == ["甲", "乙"]
    assert [tuple(text.text for text in caption) for caption in own_captions(figure.caption, 2)] == [
        ("图1 甲",), ("图2 乙",),
    ]  # fmt: skip


def test_bold_that_is_opened_two_hundred_times_and_never_closed_is_read_and_checked() -> None:
    words = "\n".join(["<b>甲"] * 200)
    mended = repair(read("open.html", f"<p>{words}。</p>".encode()).value).value
    check(mended)
    assert (
        "".join(plain(line) for block in mended.articles[0].blocks for line in inlines_of(block)) == "甲" * 200 + "。"
    )


def test_a_page_that_is_deeper_than_its_parser_reads_is_refused_not_cut() -> None:
    with pytest.raises(InputError, match="more than 250 deep"):
        read("deep.html", ("<p>甲" + "<b>乙" * 300).encode())
