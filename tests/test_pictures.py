"""Pictures come from below the source alone, and a broken one is said and left out."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image as Pillow

from converters.diagnostics import Source, Span
from converters.files import Memory
from converters.model.blocks import Figure, Paragraph
from converters.model.document import Article, Document
from converters.model.inlines import Image, Note, Text
from converters.picture_headers import PictureError, header
from converters.pictures import load, load_artwork


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), **settings: object) -> bytes:
    buffer = io.BytesIO()
    Pillow.new("RGB", size, "red").save(buffer, form, **settings)
    return buffer.getvalue()


def document(*targets: str) -> Document:
    figures = tuple(Figure((Image(target, start=5),), span=Span("in/a.md", 0, 10)) for target in targets)
    return Document(articles=(Article(blocks=figures),), sources=(Source("in/a.md", "x" * 20),))


@pytest.mark.parametrize(
    ("form", "media_type", "settings"),
    [
        ("PNG", "image/png", {"dpi": (300, 300)}),
        ("JPEG", "image/jpeg", {"dpi": (300, 300)}),
        ("GIF", "image/gif", {}),
        ("WEBP", "image/webp", {}),
        ("WEBP", "image/webp", {"lossless": True}),
        ("TIFF", "image/tiff", {"dpi": (300, 300)}),
        ("TIFF", "image/tiff", {"compression": "tiff_lzw"}),
        ("TIFF", "image/tiff", {"compression": "tiff_adobe_deflate", "big_tiff": False}),
        ("BMP", "image/bmp", {}),
    ],
)
def test_headers_say_what_pillow_says(form: str, media_type: str, settings: dict[str, object]) -> None:
    found = header(picture(form, (123, 45), **settings))
    assert (found.media_type, found.width_px, found.height_px) == (media_type, 123, 45)
    # Pillow writes 96 dots an inch into a BMP that is told none.
    assert found.dpi == pytest.approx(300.0 if "dpi" in settings else 96.0 if form == "BMP" else 0.0, abs=0.1)


def test_a_webp_with_transparency_has_its_size() -> None:
    buffer = io.BytesIO()
    Pillow.new("RGBA", (123, 45), (1, 2, 3, 4)).save(buffer, "WEBP", exif=b"Exif\0\0")
    assert (header(buffer.getvalue()).width_px, header(buffer.getvalue()).height_px) == (123, 45)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="10mm" height="20mm"', (38, 76)),
        ('viewBox="0 0 200 100"', (200, 100)),
        ('width="50" viewBox="0 0 200 100"', (50, 25)),
        ('height="50px" viewBox="0,0,200,100"', (100, 50)),
        ("", (300, 150)),
    ],
)
def test_an_svg_has_the_size_that_a_browser_gives_it(attributes: str, size: tuple[int, int]) -> None:
    found = header(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode())
    assert (found.width_px, found.height_px) == size


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP"])
@pytest.mark.parametrize("share", [0.3, 0.8, 0.95])
def test_a_picture_that_is_cut_off_is_refused(form: str, share: float) -> None:
    data = picture(form, (200, 200))
    with pytest.raises(PictureError):
        header(data[: int(len(data) * share)])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"plain text",
        b"RIFF1234WEBP",
        b"II*\0",
        b"MM\0*\0\0\0\x08",
        b"BM" + bytes(30),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(PictureError):
        header(data)


def _png_of(width: int, height: int) -> bytes:
    head = struct.pack(">II", width, height) + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + bytes(4) + bytes(4) + b"IEND" + bytes(4)


def test_a_picture_without_size_and_a_huge_one_are_refused() -> None:
    with pytest.raises(PictureError, match="no size"):
        header(_png_of(0, 10))
    with pytest.raises(PictureError, match="million pixels"):
        header(_png_of(20_000, 20_000))
    assert header(_png_of(10_000, 10_000)).width_px == 10_000


def test_a_picture_beside_the_source_is_found() -> None:
    found = load(document("p/a%20b.png"), Memory({"in/p/a b.png": picture()}))
    assert found.findings == ()
    assert found.value["p/a%20b.png"].width_px == 40


@pytest.mark.parametrize("target", ["../secret.png", "/etc/secret.png", "p/../../secret.png"])
def test_a_picture_outside_is_refused_unless_its_folder_is_allowed(target: str) -> None:
    files = Memory({"secret.png": picture(), "/etc/secret.png": picture()})
    refused = load(document(target), files)
    assert refused.value == {}
    assert [(finding.rule, finding.span) for finding in refused.findings] == [("I-OUTSIDE", Span("in/a.md", 5, 6))]
    allowed = load(document(target), files, ("/etc", "."))
    assert list(allowed.value) == [target]


@pytest.mark.parametrize(
    "target",
    [
        "http://x.example/a.png",
        "HTTPS://x.example/a.png",
        "//x/a.png",
        "data:image/png;base64,AA",
        "file:///a",
        "\\\\h\\a",
    ],
)
def test_nothing_is_fetched(target: str) -> None:
    found = load(document(target), Memory())
    assert [finding.rule for finding in found.findings] == ["I-REMOTE"]


def test_a_missing_and_a_broken_picture_are_said_once() -> None:
    found = load(document("none.png", "bad.png", "none.png"), Memory({"in/bad.png": picture()[:-8]}))
    assert [finding.rule for finding in found.findings] == ["I-READ", "I-BAD"]
    assert found.findings[0].text() == "the picture none.png cannot be read: there is no such file"


def test_pictures_in_lines_and_in_notes_are_found() -> None:
    note = Note("1", (Paragraph((Image("b.png"),)),))
    paragraph = Paragraph((Text("x"), Image("a.png"), note))
    whole = Document(articles=(Article(blocks=(paragraph,)),), sources=(Source("in/a.md", ""),))
    assert set(load(whole, Memory({"in/a.png": picture(), "in/b.png": picture()})).value) == {"a.png", "b.png"}


def test_artwork_lies_below_the_folder_of_the_sheet_or_the_source_alone() -> None:
    files = Memory({"in/a.png": picture(), "house/a.png": picture(), "b.png": picture()})
    given = document()
    assert load_artwork(given, "a.png", None, files).value.keys() == {"masthead.image:a.png"}
    assert load_artwork(given, "a.png", "house", files).value.keys() == {"masthead.image:a.png"}
    for target, rule in (("../b.png", "I-OUTSIDE"), ("https://a.example/b.png", "I-REMOTE"), ("c.png", "I-READ")):
        refused = load_artwork(given, target, "house", files)
        assert (dict(refused.value), [finding.rule for finding in refused.findings]) == ({}, [rule])
    assert load_artwork(given, "../b.png", "house", files, (".",)).findings == ()


def test_no_author_can_name_the_artwork() -> None:
    given = document("masthead.image:a.png")
    assert [finding.rule for finding in load(given, Memory({"in/a.png": picture()})).findings] == ["I-REMOTE"]


def test_a_scan_of_several_pages_is_refused() -> None:
    pages = [Pillow.new("1", (40, 30), shade) for shade in (0, 1)]
    buffer = io.BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:])
    with pytest.raises(PictureError, match="more than one page"):
        header(buffer.getvalue())


@pytest.mark.parametrize("order", ["II", "MM"])
def test_a_scan_says_its_size_in_either_order_of_bytes(order: str) -> None:
    sign = "<" if order == "II" else ">"
    fields = [(256, 3, 1, 40), (257, 4, 1, 30), (273, 4, 1, 0), (279, 4, 1, 8), (282, 5, 1, 80), (296, 3, 1, 3)]
    body = struct.pack(f"{sign}H", len(fields))
    for tag, kind, count, value in fields:
        packed = struct.pack(f"{sign}H2x" if kind == 3 else f"{sign}I", value)
        body += struct.pack(f"{sign}HHI", tag, kind, count) + packed
    data = order.encode() + struct.pack(f"{sign}HI", 42, 8) + body + bytes(4)
    data += bytes(80 - len(data)) if len(data) < 80 else b""
    place = len(data)
    data = data.replace(struct.pack(f"{sign}HHII", 282, 5, 1, 80), struct.pack(f"{sign}HHII", 282, 5, 1, place))
    found = header(data + struct.pack(f"{sign}II", 1181, 10))
    assert (found.width_px, found.height_px) == (40, 30)
    assert found.dpi == pytest.approx(118 * 2.54, abs=0.01)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_photograph_is_turned_upright_for_every_edition(form: str) -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6
    given = Pillow.new("RGB", (40, 30), "red")
    given.paste("blue", (0, 0, 20, 30))
    buffer = io.BytesIO()
    given.save(buffer, form, exif=exif.tobytes(), **({"lossless": True} if form == "WEBP" else {}))
    found = load(document("photo"), Memory({"in/photo": buffer.getvalue()})).value["photo"]
    assert (found.width_px, found.height_px, found.media_type) == (30, 40, f"image/{form.lower()}")
    turned = Pillow.open(io.BytesIO(found.data)).convert("RGB")
    assert turned.size == (30, 40)
    # The left half was blue: a quarter turn to the right puts it on top.
    top, bottom = turned.getpixel((15, 5)), turned.getpixel((15, 35))
    assert top[2] > 200 > 60 > top[0]
    assert bottom[0] > 200 > 60 > bottom[2]


def test_a_picture_that_stands_upright_is_taken_as_it_is() -> None:
    data = picture("JPEG")
    assert load(document("photo"), Memory({"in/photo": data})).value["photo"].data == data


def test_a_turned_photograph_that_is_damaged_is_said() -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 3
    data = bytearray(picture("PNG", (400, 300), exif=exif.tobytes()))
    data[data.index(b"IDAT") + 12] ^= 0xFF
    checked = load(document("photo"), Memory({"in/photo": bytes(data)}))
    assert [finding.rule for finding in checked.findings] == ["I-BAD"]
