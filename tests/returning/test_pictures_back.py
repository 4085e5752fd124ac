"""Pictures put in, replaced, described anew, made wider and taken out come back, with the files of new ones."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from editing import SEEDS, Desk, text_of, w
from lxml import etree
from rich import RICH, changed, returned, retype

from converters.ooxml import R
from converters.returning.pictures import Gallery, Held

PNG = (SEEDS / "pictures" / "exchange.png").read_bytes()
# Another picture for whoever compares bytes.
NEW = PNG + b"\0"
FIRST = "![图1 往来人次](pictures/exchange.png){width=70%}"
SECOND = "![说明](pictures/exchange.png){width=40mm}"
NAME = f"pictures/{__import__('hashlib').sha256(NEW).hexdigest()[:12]}.png"


def shown(desk: Desk) -> list[Any]:
    """The runs that hold pictures."""
    return [run for run in desk.document.iter(w("r")) if run.find(w("drawing")) is not None]


def paragraph_with(run: Any) -> Any:
    paragraph = etree.Element(w("p"))
    paragraph.append(run)
    return paragraph


def replaced(desk: Desk) -> None:
    blip = shown(desk)[0].find(".//{*}blip")
    blip.set(f"{{{R}}}embed", desk.relate("image", "media/other.png", NEW))


def described(desk: Desk) -> None:
    for properties in shown(desk)[1].iter("{*}docPr"):
        properties.set("descr", "改过的说明")


def widened(desk: Desk) -> None:
    for extent in shown(desk)[1].iter("{*}extent"):
        extent.set("cx", str(50 * 36000))


def put_in(desk: Desk) -> None:
    desk.find("一张图").addnext(paragraph_with(desk.picture(NEW, "会场照片")))


def put_in_with_caption(desk: Desk) -> None:
    put_in(desk)
    caption = desk.insert(desk.find("一张图").getnext(), "图3 会场")
    desk.restyle(caption, "Caption")


def taken_out(desk: Desk) -> None:
    picture = shown(desk)[1].getparent()
    desk.delete(picture.getnext())
    picture.getparent().remove(picture)


def copied(desk: Desk) -> None:
    desk.find("一张图").addnext(copy.deepcopy(shown(desk)[1].getparent()))


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (replaced, [f"-{FIRST}", f"+![图1 往来人次]({NAME}){{width=109.2mm}}"]),
        (described, [f"-{SECOND}", "+![改过的说明](pictures/exchange.png){width=40mm}"]),
        (widened, [f"-{SECOND}", "+![说明](pictures/exchange.png){width=50mm}"]),
        (put_in, ["+", f"+![会场照片]({NAME}){{width=100mm}}"]),
        (put_in_with_caption, ["+", f"+![会场照片]({NAME}){{width=100mm}}", "+: 图3 会场"]),
        (taken_out, [f"-{SECOND}", "-: 图2 又一张", "-"]),
        (copied, ["+", "+![说明](pictures/exchange.png){width=40mm}"]),
        (
            lambda desk: retype(desk, "图1 往来", "往来", "年度往来"),
            [f"-{FIRST}", f"+{FIRST.replace('往来', '年度往来')}"],
        ),
        (lambda desk: retype(desk, "图2 又", "又一张", "另一张"), ["-: 图2 又一张", "+: 图2 另一张"]),
        (lambda desk: desk.delete(desk.find("图2 又")), ["-: 图2 又一张"]),
    ],
)
def test_what_becomes_of_pictures(rich: bytes, edit: Callable[[Desk], None], lines: list[str]) -> None:
    result = returned(rich, edit)
    assert changed(result) == lines
    assert not result.conflicts
    assert dict(result.pictures) == ({NAME: NEW} if any(NAME in line for line in lines) else {})


def test_a_picture_moved_takes_its_caption_with_it(rich: bytes) -> None:
    def edit(desk: Desk) -> None:
        picture = shown(desk)[1].getparent()
        caption = picture.getnext()
        desk.find("一张图").addnext(picture)
        picture.addnext(caption)

    text = returned(rich, edit).text.decode()
    assert f"护理排班。\n\n{SECOND}\n: 图2 又一张\n\n## 一、" in text
    assert text.count("图2") == 1


def test_a_picture_in_a_line_of_text(rich: bytes) -> None:
    def edit(desk: Desk) -> None:
        paragraph = desk.find("一张图")
        desk.change(paragraph, len(text_of(paragraph)), len(text_of(paragraph)), "见图")
        paragraph.append(desk.picture(NEW, "小图"))

    assert f"护理排班。见图![小图]({NAME}){{width=100mm}}\n" in returned(rich, edit).text.decode()


def test_a_picture_that_editions_cannot_show_is_a_conflict(rich: bytes) -> None:
    def edit(desk: Desk) -> None:
        metafile = b"\x01\x00\x00\x00EMF"
        desk.find("一张图").addnext(paragraph_with(desk.picture(metafile, "图", "media/x.emf")))

    result = returned(rich, edit)
    assert result.text.decode() == RICH
    assert [entry.reason for entry in result.conflicts] == ["its picture is of a kind that editions do not show"]


def test_a_gallery_knows_a_picture_by_its_bytes() -> None:
    from converters.model.inlines import Image

    digest = __import__("hashlib").sha256(PNG).hexdigest()
    gallery = Gallery((Held("图/一.png", digest, 3600000),))
    same = gallery.of_edited(Image("", "说明", width="100.0mm"), PNG)
    other = gallery.of_edited(Image("", "说明", width="100.0mm"), NEW)
    assert (same.target, same.width) == ("图/一.png", "")
    assert other.target.startswith("图/") and gallery.new == {other.target: NEW}
    assert gallery.of_source(Image("图/二.png")) is None
