"""HTML read: a web edition of this program comes back as it was, any other page as blocks."""

from __future__ import annotations

import pytest

import everything
import strategies
from converters.errors import InputError
from converters.exporters import html
from converters.fonts.roles import resolve
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.reading import Stream, passages
from converters.readers import read
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
