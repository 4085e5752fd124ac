"""Pictures on their way into a book: small, upright, in sRGB, without what the camera or a script put into them."""

from __future__ import annotations

import io

import pytest
from epub_books import document, embedded, write
from lxml import etree
from PIL import Image, ImageCms, PngImagePlugin

import everything
from converters.exporters import epub
from converters.exporters.hypertext.drawings import sanitise
from converters.exporters.hypertext.pictures import Shelf, is_moving, prepare
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.pagination import Pagination
from converters.model.pictures import Picture
from converters.theme.schema import Theme


def picture(kind: str, image: Image.Image, **settings: object) -> Picture:
    stream = io.BytesIO()
    image.save(stream, kind, **settings)
    return Picture(stream.getvalue(), f"image/{kind.lower()}", *image.size)


def prepared(given: Picture, longest: int = 1600) -> tuple[str, Image.Image, bytes]:
    found = prepare(given, longest)
    assert found is not None
    return found[0], Image.open(io.BytesIO(found[1])), found[1]


def exif(orientation: int) -> bytes:
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = "Camera of 张三"
    return data.tobytes()


def test_a_plain_jpeg_keeps_its_pixels_and_loses_its_metadata() -> None:
    given = picture("JPEG", Image.new("RGB", (40, 30), "red"), exif=exif(1), comment=b"secret")
    kind, image, data = prepared(given)
    assert (kind, image.size) == ("image/jpeg", (40, 30))
    assert b"Camera" not in data
    assert b"secret" not in data
    assert image.tobytes() == Image.open(io.BytesIO(given.data)).tobytes()


def test_a_photograph_is_turned_upright() -> None:
    _, image, data = prepared(picture("JPEG", Image.new("RGB", (40, 30), "red"), exif=exif(6)))
    assert image.size == (30, 40)
    assert not image.getexif()
    assert b"Camera" not in data


def test_a_png_loses_its_texts() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "nobody")
    _, image, data = prepared(picture("PNG", Image.new("RGBA", (4, 3), (1, 2, 3, 4)), pnginfo=info))
    assert b"nobody" not in data
    assert image.getpixel((0, 0)) == (1, 2, 3, 4)


def test_the_long_side_is_capped() -> None:
    assert prepared(picture("PNG", Image.new("RGB", (400, 100))), 200)[1].size == (200, 50)


def test_a_colour_profile_is_brought_into_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    _, _, data = prepared(picture("PNG", Image.new("RGB", (4, 3), "red"), icc_profile=profile))
    assert b"iCCP" not in data


def test_four_printing_inks_become_a_screen_picture() -> None:
    _, image, _ = prepared(picture("JPEG", Image.new("CMYK", (4, 3))))
    assert image.mode == "RGB"


@pytest.mark.parametrize("kind", ["BMP", "TIFF"])
def test_a_form_that_no_reading_system_knows_becomes_one_that_all_know(kind: str) -> None:
    assert prepared(picture(kind, Image.new("RGB", (4, 3))))[0] == "image/jpeg"


def test_the_same_picture_gives_the_same_bytes() -> None:
    given = picture("JPEG", Image.new("RGB", (40, 30), "red"), exif=exif(6))
    assert prepare(given, 1600) == prepare(given, 1600)


@pytest.mark.parametrize("kind", ["image/jpeg", "image/png", "image/webp", "image/svg+xml"])
def test_a_broken_picture_is_none(kind: str) -> None:
    assert prepare(Picture(b"\xff\xd8 no picture", kind, 4, 3), 1600) is None


def test_a_broken_picture_leaves_its_description_and_is_said_once() -> None:
    given = document(b.Figure((i.Image("a.webp", "一座桥"), i.Image("a.webp", "一座桥"))))
    pictures = {"a.webp": Picture(b"RIFF", "image/webp", 4, 3)}
    book = write(given, pictures=pictures)
    assert "一座桥" in book.read("article-001.xhtml")
    assert not [name for name in book.names() if "/pictures/" in name]
    said = epub.export(given, Theme(), embedded(), Pagination(), pictures, None).findings
    assert [(finding.rule, finding.text()) for finding in said] == [
        ("I-BAD", "the picture a.webp cannot be used: damaged")
    ]  # fmt: skip


def test_pictures_are_numbered_in_the_order_of_their_use() -> None:
    shelf = Shelf(everything.PICTURES, 1600)
    assert [found.name for target in ("second.png", "chart.png", "second.png") if (found := shelf.take(target))] == [
        "picture-001.png", "picture-002.png", "picture-001.png",
    ]  # fmt: skip
    assert shelf.take("gone.png") is None
    assert [found.name for found in shelf.taken()] == ["picture-001.png", "picture-002.png"]


def test_a_moving_picture_is_known() -> None:
    frames = [Image.new("RGB", (4, 3), color) for color in ("red", "blue")]
    moving = picture("GIF", frames[0], save_all=True, append_images=frames[1:])
    assert is_moving(moving)
    assert not is_moving(picture("GIF", frames[0]))
    assert not is_moving(everything.PICTURES["chart.png"])


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"{}>{}</svg>'


@pytest.mark.parametrize(
    ("attributes", "inner"),
    [
        (' onload="alert(1)"', ""),
        ("", "<script>alert(1)</script>"),
        ("", '<rect onclick="alert(1)"/>'),
        ("", '<a href="javascript:alert(1)"><text>t</text></a>'),
        ("", '<image href="http://a.example/alert.png" width="1" height="1"/>'),
        ("", '<image xlink:href="file:///alert" width="1" height="1"/>'),
        ("", '<use href="http://a.example/alert.svg#x"/>'),
        ("", "<style>@import 'http://a.example/alert.css';</style>"),
        ("", '<rect style="fill:url(http://a.example/alert)"/>'),
        ("", "<rect fill=\"url('http://a.example/alert')\"/>"),
        ("", '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">alert</p></foreignObject>'),
        ("", '<animate attributeName="href" values="alert"/>'),
        ("", '<set attributeName="onclick" to="alert"/>'),
        ("", "<!-- alert --><?alert x?>"),
    ],
)
def test_a_drawing_runs_and_loads_nothing(attributes: str, inner: str) -> None:
    cleaned = sanitise(SVG.format(attributes, inner + '<path d="M0 0h9"/>').encode())
    assert b"alert" not in cleaned
    assert b'd="M0 0h9"' in cleaned


def test_a_drawing_keeps_its_shapes_its_texts_and_its_own_references() -> None:
    inner = '<defs><linearGradient id="g"/></defs><rect fill="url(#g)"/><text>甲<b/>乙</text><use href="#g"/>'
    root = etree.fromstring(sanitise(SVG.format(' viewBox="0 0 9 9"', inner).encode()))
    assert [etree.QName(element).localname for element in root.iter()] == [
        "svg", "defs", "linearGradient", "rect", "text", "use",
    ]  # fmt: skip
    assert "".join(root.itertext()) == "甲乙"
    assert root[1].get("fill") == "url(#g)"


def test_entities_of_a_drawing_are_not_expanded() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "alert"><!ENTITY b SYSTEM "file:///etc/passwd">]>' + SVG.format(
        "", "<text>&a;&b;</text>"
    )
    cleaned = sanitise(bomb.encode())
    assert b"alert" not in cleaned
    assert b"root:" not in cleaned


@pytest.mark.parametrize("data", [b"", b"<svg", b"<html/>", b"\xff\xd8"])
def test_what_is_no_drawing_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        sanitise(data)
