"""Pictures on their way into a book: small, upright, in sRGB, without what the camera or a script put into them."""

from __future__ import annotations

import io
import random
from typing import Any

import pytest
from epub_books import NAMES, document, embedded, write
from lxml import etree
from PIL import Image, ImageCms, PngImagePlugin

import everything
from converters.exporters import epub
from converters.exporters.hypertext.drawings import sanitise
from converters.exporters.hypertext.pictures import Shelf, is_moving, prepare
from converters.exporters.hypertext.stripping import is_srgb
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.captions import joined_captions
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


def test_a_photograph_without_its_shadow_picture_and_film() -> None:
    """What telephones put behind the end of a JPEG: a second picture, a film, each with a place in its metadata."""
    given = picture("JPEG", Image.new("RGB", (40, 30), "red"), progressive=True)
    longer = Picture(given.data + picture("JPEG", Image.new("RGB", (4, 3)), exif=exif(1)).data, "image/jpeg", 40, 30)
    _, image, data = prepared(longer)
    assert b"Camera" not in data
    assert data.endswith(b"\xff\xd9")
    assert image.tobytes() == Image.open(io.BytesIO(given.data)).tobytes()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_any_picture_is_turned_upright(kind: str) -> None:
    _, image, _ = prepared(picture(kind, Image.new("RGB", (40, 30), "red"), exif=exif(8)))
    assert image.size == (30, 40)


def test_a_gif_keeps_its_frames_and_loses_its_comment() -> None:
    frames = [Image.new("RGB", (4, 3), color) for color in ("red", "blue")]
    given = picture("GIF", frames[0], save_all=True, append_images=frames[1:], comment=b"secret", loop=0)
    assert b"secret" in given.data
    kind, image, data = prepared(given)
    assert (kind, getattr(image, "n_frames", 1), b"NETSCAPE2.0" in data) == ("image/gif", 2, True)
    assert b"secret" not in data


def test_a_lossless_webp_becomes_a_png_and_a_photograph_a_jpeg() -> None:
    assert prepared(picture("WEBP", Image.new("RGB", (4, 3), "red"), lossless=True))[0] == "image/png"
    assert prepared(picture("WEBP", Image.new("RGB", (4, 3), "red"), quality=80))[0] == "image/jpeg"


def test_a_grey_picture_of_sixteen_bits_keeps_its_greys() -> None:
    grey = Image.new("I;16", (300, 200), 0x8000)
    _, image, _ = prepared(picture("PNG", grey), 100)
    assert image.convert("L").getpixel((5, 5)) == pytest.approx(0x80, abs=1)


def test_a_profile_that_names_srgb_and_is_none_is_brought_into_srgb() -> None:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    assert is_srgb(bytes(profile))
    start = profile.index(b"rXYZ")
    place = int.from_bytes(profile[start + 4 : start + 8], "big") + 8
    profile[place : place + 4] = (0x8000).to_bytes(4, "big")
    assert not is_srgb(bytes(profile))
    assert not is_srgb(b"sRGB")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_damaged_picture_is_left_out_or_whole(kind: str) -> None:
    """Nothing but a picture or None comes out of any damage; and what comes out can be drawn."""
    noise = Image.effect_noise((64, 48), 60).convert("RGB")
    whole = picture(kind, noise).data
    chance = random.Random(7)
    for _ in range(120):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        found = prepare(Picture(bytes(data), f"image/{kind.lower()}", 64, 48), 1600)
        if found is not None:
            Image.open(io.BytesIO(found[1])).load()


def test_a_png_whose_pixels_are_damaged_is_left_out() -> None:
    data = bytearray(everything.PICTURES["chart.png"].data)
    data[60] ^= 0xFF
    assert prepare(Picture(bytes(data), "image/png", 400, 300), 1600) is None


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
        (' xml:base="http://a.example/alert/"', ""),
        (r' style="background:\75rl(http://a.example/alert)"', ""),
        (" style=\"background:image-set('http://a.example/alert' 1x)\"", ""),
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


def _uses(number: int) -> str:
    return f'<use href="#g{number}"/>' * 10


def test_entities_in_attributes_of_a_drawing_do_not_multiply() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE svg [<!ENTITY e0 "alert">{levels}]>' + SVG.format("", '<rect fill="&e11;"/>')
    with pytest.raises(ValueError, match=r"\w"):
        sanitise(bomb.encode())


@pytest.mark.parametrize(
    "inner",
    [
        '<g id="g0"><path/></g>' + "".join(f'<g id="g{n}">{_uses(n - 1)}</g>' for n in range(1, 12)),
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<pattern id="p"><rect fill="url(#p)"/></pattern>',
    ],
)
def test_a_drawing_that_draws_itself_is_refused(inner: str) -> None:
    with pytest.raises(ValueError, match="draws itself"):
        sanitise(SVG.format("", inner).encode())


@pytest.mark.parametrize("data", [b"", b"<svg", b"<html/>", b"\xff\xd8"])
def test_what_is_no_drawing_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        sanitise(data)


TWO = {
    "a.png": Picture(everything.png(300, 150), "image/png", 300, 150),
    "b.png": Picture(everything.png(200, 200), "image/png", 200, 200),
}


def plates(*images: i.Image, captions: tuple[str, ...] = (), pictures: dict[str, Picture] = TWO) -> Any:
    caption = joined_captions([(i.Text(words),) for words in captions]) if captions else ()
    return write(document(b.Figure(images, caption)), pictures=pictures).tree("article-001.xhtml")


def test_pictures_side_by_side_have_a_figure_and_a_caption_each() -> None:
    page = plates(i.Image("a.png", "甲"), i.Image("b.png", "乙"), captions=("图1 甲", "图2 乙"))
    figures = page.xpath("//h:div[@class='plates captioned']/h:figure", namespaces=NAMES)
    assert [figure.xpath("string(h:figcaption)", namespaces=NAMES) for figure in figures] == ["图1 甲", "图2 乙"]
    assert [figure.xpath("string(h:img/@alt)", namespaces=NAMES) for figure in figures] == ["甲", "乙"]
    # As print: one height where the pictures suit each other.
    assert [figure.get("style") for figure in figures] == ["flex-grow:2", "flex-grow:1"]


def test_a_shared_caption_stands_under_all_of_them() -> None:
    page = plates(i.Image("a.png", "甲"), i.Image("b.png", "乙"), captions=("图1 两处",))
    (figure,) = page.xpath("//h:figure", namespaces=NAMES)
    assert len(figure.xpath("h:div[@class='plates']/h:img", namespaces=NAMES)) == 2
    assert figure.xpath("string(h:figcaption)", namespaces=NAMES) == "图1 两处"


def test_a_picture_with_a_width_of_its_own_keeps_it_in_the_row() -> None:
    page = plates(i.Image("a.png", "甲", width="30%"), i.Image("b.png", "乙"), captions=("图1 甲", "图2 乙"))
    figures = page.xpath("//h:figure", namespaces=NAMES)
    assert [figure.get("style") for figure in figures] == ["width:30%;flex:none", None]
    assert page.xpath("//h:img/@style", namespaces=NAMES) == []


def test_pictures_of_very_unlike_shapes_are_not_given_one_height() -> None:
    unlike = {**TWO, "b.png": Picture(everything.png(50, 200), "image/png", 50, 200)}
    page = plates(i.Image("a.png", "甲"), i.Image("b.png", "乙"), captions=("图1", "图2"), pictures=unlike)
    assert page.xpath("//h:figure/@style", namespaces=NAMES) == []
