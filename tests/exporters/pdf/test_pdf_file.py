"""The file around the pages: objects, strings, streams; and the parts of ReportLab that it stands on."""

from __future__ import annotations

import re
import zlib

import pytest
from reportlab.pdfbase import pdfdoc

from converters.exporters.pdf.color_profile import srgb_profile
from converters.exporters.pdf.file import PrintFile, escape, number_text, text_string
from printed import document, paragraph, printed


def test_reportlab_still_has_the_parts_that_are_used() -> None:
    made = pdfdoc.PDFDocument(invariant=1, pdfVersion=(1, 7))
    for name in ("idToObject", "idToObjectNumberAndVersion", "numberToId"):
        assert isinstance(getattr(made, name), dict)
    assert pdfdoc.format(pdfdoc.PDFDictionary({"A": 1}), made) == b"<<\n/A 1\n>>"
    assert pdfdoc.format(pdfdoc.PDFArray([1, "/B"]), made) == b"[ 1 /B ]"
    assert pdfdoc.PDFName("A B") == "/A#20B"


def test_a_promised_object_that_was_never_written_stops_the_file() -> None:
    file = PrintFile()
    file.reserve()
    with pytest.raises(AssertionError, match="never written"):
        file.finish(1, 1)


def test_an_end_of_line_stands_before_endstream() -> None:
    body = PrintFile().stream(b"data", compress=False)
    assert body.endswith(b"data\nendstream")
    assert b"/Length 4" in body
    # CR and LF are one end-of-line together: what ends with CR has both behind it.
    body = PrintFile().stream(b"dat\r", compress=False)
    assert body.endswith(b"dat\r\r\nendstream") and b"/Length 4" in body


def test_strings_are_ascii_or_utf_16() -> None:
    assert text_string("a(b)\\") == b"(a\\(b\\)\\\\)"
    assert text_string("民") == b"<feff6c11>"
    assert text_string("a\x00b\nc") == b"(abc)"


def test_escape_keeps_the_carriage_return() -> None:
    assert escape(b"\r(\\)") == b"\\r\\(\\\\\\)"


@pytest.mark.parametrize(("value", "expected"), [(1.0, "1"), (0.1234, "0.123"), (-0.0001, "0"), (1200.0, "1200")])
def test_numbers_are_short(value: float, expected: str) -> None:
    assert number_text(value) == expected


def test_the_same_document_gives_the_same_bytes() -> None:
    first = printed(document(paragraph("民政工作ABC"), title="标题")).data
    assert first == printed(document(paragraph("民政工作ABC"), title="标题")).data


def test_no_date_is_written_where_none_is_given() -> None:
    data = printed(document(paragraph("正文。"))).data
    assert b"/CreationDate" not in data and b"CreateDate" not in data


def test_page_content_is_compressed() -> None:
    data = printed(document(paragraph("正文。"))).data
    streams = re.findall(rb"/Filter/FlateDecode/Length (\d+)>>\nstream\n", data)
    assert streams
    start = data.index(b"/Filter/FlateDecode")
    body = data[data.index(b"stream\n", start) + 7 :]
    assert zlib.decompressobj().decompress(body).startswith(b"BT")


def test_the_colour_profile_is_a_whole_icc_profile() -> None:
    profile = srgb_profile()
    assert int.from_bytes(profile[:4], "big") == len(profile)
    assert profile[36:40] == b"acsp" and profile[16:20] == b"RGB "
    count = int.from_bytes(profile[128:132], "big")
    for number in range(count):
        entry = 132 + 12 * number
        offset, size = (int.from_bytes(profile[entry + at : entry + at + 4], "big") for at in (4, 8))
        assert offset + size <= len(profile)


def test_the_colour_profile_turns_grey_into_grey() -> None:
    image_cms = pytest.importorskip("PIL.ImageCms")
    from io import BytesIO

    from PIL import Image

    ours = image_cms.ImageCmsProfile(BytesIO(srgb_profile()))
    theirs = image_cms.createProfile("sRGB")
    change = image_cms.buildTransform(ours, theirs, "RGB", "RGB")
    for color in ((0, 0, 0), (128, 128, 128), (255, 255, 255), (226, 35, 26)):
        seen = image_cms.applyTransform(Image.new("RGB", (1, 1), color), change).getpixel((0, 0))
        assert all(abs(a - b) <= 2 for a, b in zip(seen, color, strict=True))
