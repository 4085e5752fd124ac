"""The press file: inks, output intent, bleed and cut marks, and pictures (ISO 32000-1, 8.6, 14.11)."""

from __future__ import annotations

import io
import re
import subprocess
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow
from presses import press_profile

import tools
from converters.diagnostics import Severity
from converters.errors import StyleError
from converters.exporters import pdf
from converters.exporters.pdf.color_profile import description, srgb_profile
from converters.exporters.pdf.inks import read_intent, to_srgb
from converters.files import Memory
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Document
from converters.model.metadata import Metadata
from converters.model.pictures import Picture
from converters.units import mm
from printed import Print, document, laid, paragraph, printed, text, theme

BULLETIN = document(
    paragraph("正文，黑字。"), metadata=Metadata(name="民政工作简报", issue="1", issuer="办公室"), title="题目"
)


def pressed(made: Document, intent: bytes = b"", pictures: dict[str, Picture] | None = None, **keys: str) -> Print:
    """A document as a press file."""
    if intent:
        keys = {"pdf__output_intent": "press.icc", **keys}
    sheet = theme(**{"pdf__profile": "press", **keys})
    layout = laid(made, sheet, pictures)
    exported = pdf.export(layout.value, made, sheet, None, intent)
    return Print(exported.value, (*layout.findings, *exported.findings))


def streams(data: bytes) -> list[bytes]:
    """All streams of a file that are page contents."""
    found = []
    for match in re.finditer(rb"/Filter/FlateDecode/Length (\d+)>>\nstream\n", data):
        body = zlib.decompress(data[match.end() : match.end() + int(match[1])])
        if b"BT" in body and b"BDC" in body:
            found.append(body)
    return found


def operators(data: bytes) -> set[bytes]:
    """Every operator that sets a colour, with its operands."""
    found = set()
    for body in streams(data):
        # Codes of characters may look like anything: strings are taken out.
        plain = re.sub(rb"\((?:\\.|[^\\()])*\)", b"", body, flags=re.DOTALL)
        found |= set(re.findall(rb"(?:[\d.]+ ){1,4}(?:rg|RG|g|G|k|K)(?=\s)", plain + b"\n"))
    return found


def test_text_is_black_alone_and_red_is_the_recipe() -> None:
    assert operators(pressed(BULLETIN).data) == {b"0 0 0 1 k", b"0 0.8 0.8 0 k"}


def test_an_office_file_has_greys_and_rgb() -> None:
    assert operators(printed(BULLETIN).data) == {b"0 g", b"0.886 0.137 0.102 rg"}


def test_a_recipe_of_ones_own_is_printed() -> None:
    made = pressed(BULLETIN, inks__red="C10 M100 Y90", inks__black="K90")
    assert operators(made.data) == {b"0 0 0 0.9 k", b"0.1 1 0.9 0 k"}


def test_another_red_on_screen_keeps_its_recipe() -> None:
    assert b"0 0.8 0.8 0 k" in operators(pressed(BULLETIN, colors__red="#CC0000").data)


@pytest.mark.parametrize("recipe", ["", "R80", "M80 M20", "M101", "M-1", "80", "M80,Y80", "M８０"])
def test_a_recipe_that_is_none_is_refused(recipe: str) -> None:
    with pytest.raises(StyleError, match="no recipe of inks"):
        theme(inks__red=recipe)


def test_a_recipe_for_a_colour_that_is_not_there_is_refused() -> None:
    with pytest.raises(StyleError, match=r"there is no key inks\.rde") as caught:
        theme(inks__rde="M80 Y80")
    assert "red" in caught.value.hint


def test_a_sheet_may_name_a_colour_and_its_recipe_at_once() -> None:
    from converters.theme.load import load

    files = Memory({"own.toml": b'colors.blue = "#0000FF"\ninks.blue = "C100 M70"\n'})
    assert load("own.toml", files=files).recipe("#0000ff") == "C100 M70"


def test_colours_without_a_recipe_are_turned_into_inks() -> None:
    keys = {"styles__title__color": "#808080", "styles__body__color": "#0000FF"}
    assert b"0 0 0 0.498 k" in operators(pressed(BULLETIN, **keys).data)
    assert b"1 1 0 0 k" in operators(pressed(BULLETIN, **keys).data)
    through_profile = operators(pressed(BULLETIN, press_profile(), **keys).data)
    assert b"0 0 0 0.498 k" in through_profile, "greys stay black alone"
    assert not any(op.endswith((b"rg", b"g")) for op in through_profile)


def test_a_wavy_line_is_drawn_in_ink_too() -> None:
    made = pressed(document(b.Paragraph((i.BookTitle(text("云岭县志")),))))
    assert operators(made.data) == {b"0 0 0 1 k", b"0 0 0 1 K"}


def test_with_a_profile_the_press_file_is_pdf_a() -> None:
    made = pressed(BULLETIN, press_profile())
    assert b"<pdfaid:part>2</pdfaid:part>" in made.data
    assert b"/OutputConditionIdentifier(Press of the tests)" in made.data and b"/N 4" in made.data
    assert [finding.rule for finding in made.findings if finding.severity >= Severity.WARNING] == []


def test_without_a_profile_the_press_file_makes_no_claim_and_says_so() -> None:
    made = pressed(BULLETIN)
    assert b"pdfaid:part>" not in made.data and b"OutputIntent" not in made.data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made.data, "it is still read aloud"
    assert [finding.rule for finding in made.findings if finding.severity >= Severity.WARNING] == ["L-INTENT"]


def test_a_profile_in_an_office_file_is_not_used_and_that_is_said() -> None:
    made = printed(BULLETIN, theme(pdf__output_intent="press.icc"))
    assert [finding.rule for finding in made.findings if finding.severity >= Severity.WARNING] == ["L-INTENT"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "there is no such file"),
        (b"", "no whole ICC profile"),
        (press_profile()[:-9], "no whole ICC profile"),
        (srgb_profile(), "kind mntr, RGB, version 2"),
        (press_profile()[:8] + b"\x05" + press_profile()[9:], "version 5"),
    ],
)
def test_a_profile_that_cannot_be_used_is_one_message(data: bytes | None, said: str) -> None:
    sheet = theme(pdf__profile="press", pdf__output_intent="press.icc")
    with pytest.raises(StyleError, match=said):
        read_intent(sheet, Memory({} if data is None else {"press.icc": data}))


def test_the_profile_of_a_sheet_lies_beside_the_sheet() -> None:
    from converters.theme.load import load

    files = Memory({
        "house/press.toml": b'extends = "jianbao"\npdf.profile = "press"\npdf.output_intent = "fogra.icc"\n',
        "house/fogra.icc": press_profile(),
    })  # fmt: skip
    assert read_intent(load("house/press.toml", files=files), files) == press_profile()


def test_a_profile_says_its_name_in_either_form() -> None:
    assert description(press_profile()) == "Press of the tests"
    assert description(srgb_profile()) == "sRGB IEC61966-2.1"
    image_cms = pytest.importorskip("PIL.ImageCms")
    assert description(image_cms.ImageCmsProfile(image_cms.createProfile("sRGB")).tobytes()) == "sRGB built-in"


@given(st.binary(min_size=132, max_size=400))
def test_no_profile_breaks_the_reading_of_its_name(data: bytes) -> None:
    assert description(data)


# -- bleed and marks


def boxes(data: bytes) -> dict[str, list[float]]:
    return {
        name.decode(): [float(value) for value in values.split()]
        for name, values in re.findall(rb"/(\w+Box)\[([^\]]*)\]", data[: data.index(b"/Tabs")])
    }


def test_a_plain_page_has_one_box() -> None:
    assert list(boxes(printed(BULLETIN).data)) == ["MediaBox"]


def test_bleed_and_marks_stand_around_the_trimmed_page() -> None:
    found = boxes(pressed(BULLETIN, pdf__bleed="5mm", pdf__crop_marks="true").data)
    margin = mm(11)
    assert found["TrimBox"] == pytest.approx([margin, margin, margin + mm(210), margin + mm(297)], abs=0.01)
    assert found["BleedBox"] == pytest.approx([mm(6), mm(6), mm(226), mm(313)], abs=0.01)
    assert found["MediaBox"] == pytest.approx([0, 0, mm(232), mm(319)], abs=0.01)


def test_bleed_alone_needs_no_marks() -> None:
    found = boxes(pressed(BULLETIN, pdf__bleed="3mm").data)
    assert found["MediaBox"] == pytest.approx([0, 0, mm(216), mm(303)], abs=0.01) and found[
        "BleedBox"
    ] == pytest.approx(found["MediaBox"], abs=0.01)
    assert b"1 1 1 1 K" not in operators(pressed(BULLETIN, pdf__bleed="3mm").data)


def test_everything_on_the_page_moves_with_it() -> None:
    plain, moved = pressed(BULLETIN), pressed(BULLETIN, pdf__crop_marks="true")
    assert [round(s.x + 8, 2) for s in plain.signs(1)] == [round(s.x, 2) for s in moved.signs(1)]
    assert [round(s.base + 8, 2) for s in plain.signs(1)] == [round(s.base, 2) for s in moved.signs(1)]


def test_marks_never_touch_the_trimmed_page() -> None:
    body = streams(pressed(BULLETIN, pdf__crop_marks="true").data)[0]
    marks = body[body.index(b"1 1 1 1 K") :]
    lines = [[float(v) for v in line] for line in re.findall(rb"([-\d.]+) ([-\d.]+) m ([-\d.]+) ([-\d.]+) l S", marks)]
    assert len(lines) == 12
    for x1, y1, x2, y2 in lines:
        outside = [max(-x, x - mm(210), -y, y - mm(297)) for x, y in ((x1, y1), (x2, y2))]
        assert min(outside) >= mm(3) - 0.01 and max(outside) <= mm(8) + 0.01


def test_a_sheet_that_is_cut_at_its_bleed_keeps_nothing_of_the_marks() -> None:
    body = streams(pressed(BULLETIN, pdf__crop_marks="true", pdf__bleed="4mm").data)[0]
    marks = body[body.index(b"1 1 1 1 K") :]
    for line in re.findall(rb"([-\d.]+) ([-\d.]+) m ([-\d.]+) ([-\d.]+) l S", marks):
        x1, y1, x2, y2 = map(float, line)
        outside = [max(-x, x - mm(210), -y, y - mm(297)) for x, y in ((x1, y1), (x2, y2))]
        assert min(outside) >= mm(5) - 0.01


def test_links_and_bookmarks_lead_to_where_the_page_was_moved() -> None:
    made = document(b.Heading(1, text("一、甲")), b.Paragraph((i.Link(text("网站"), "https://example.org/"),)))
    plain, moved = pressed(made), pressed(made, pdf__crop_marks="true")

    def places(data: bytes) -> list[list[float]]:
        rect = [float(value) for value in re.search(rb"/Rect\[([^\]]*)\]", data)[1].split()]
        top = [float(found) for found in re.findall(rb"/XYZ null ([\d.]+) null", data)]
        return [rect, top]

    before, after = places(plain.data), places(moved.data)
    assert after == [pytest.approx([value + mm(8) for value in part], abs=0.01) for part in before]


def test_the_sheet_of_marks_is_imposed_at_its_trim() -> None:
    pytest.importorskip("pikepdf")
    from converters.imposition import Imposition, impose

    made = pressed(BULLETIN, press_profile(), pdf__bleed="3mm", pdf__crop_marks="true")
    sheets = impose(made.data, "a.pdf", Imposition())
    assert round(sheets.width / mm(1)) == 420 and round(sheets.height / mm(1)) == 297
    assert b"GTS_PDFX" in sheets.data and b"GTS_PDFA1" not in sheets.data and b"pdfaid" not in sheets.data
    before = [round(sign.x - 9 + 210, 1) for sign in made.signs(1) if sign.character == "政"]
    assert [round(sign.x, 1) for sign in Print(sheets.data).signs(1) if sign.character == "政"] == before


# -- pictures


def picture(mode: str, form: str = "JPEG", color: object = None, **extra: Any) -> Picture:
    buffer = io.BytesIO()
    Pillow.new(mode, (40, 30), color).save(buffer, form, **extra)
    return Picture(buffer.getvalue(), f"image/{form.lower()}", 40, 30)


PAGE = document(b.Figure((i.Image("a", "一张图"),)))


def image_entries(data: bytes) -> list[bytes]:
    return re.findall(rb"/Subtype/Image[^>]*?>>", data)


def shown(made: Print) -> tuple[int, ...]:
    """The colour in the middle of the picture of page 1."""
    item = next(iter(made.pdf[0].get_objects(filter=[3])))
    left, bottom, right, top = item.get_bounds()
    page = made.pdf[0].render(scale=1).to_pil().convert("RGB")
    seen = page.getpixel((int((left + right) / 2), int(page.height - (bottom + top) / 2)))
    assert isinstance(seen, tuple)
    return seen


def test_a_jpeg_in_rgb_stands_in_an_office_file_as_it_is() -> None:
    given_picture = picture("RGB", color=(10, 120, 200))
    made = printed(PAGE, pictures={"a": given_picture})
    assert given_picture.data in made.data and b"/ColorSpace/DeviceRGB" in image_entries(made.data)[0]


def test_a_picture_in_inks_is_turned_into_srgb_in_an_office_file_and_that_is_said() -> None:
    made = printed(PAGE, pictures={"a": picture("CMYK", color=(0, 255, 255, 0))})
    assert [finding.rule for finding in made.findings if finding.severity >= Severity.WARNING] == ["L-INK"]
    assert b"/ColorSpace/DeviceRGB" in image_entries(made.data)[0] and b"DeviceCMYK" not in made.data
    red, green, blue = shown(made)
    assert red > 200 and green < 60 and blue < 60


@pytest.mark.parametrize(
    ("inks", "expected"),
    [
        ((0, 0, 0, 0), (255, 255, 255)), ((255, 0, 0, 0), (0, 161, 227)), ((0, 255, 255, 0), (228, 31, 37)),
        ((255, 0, 255, 0), (0, 153, 76)), ((0, 0, 0, 255), (45, 44, 43)), ((0, 0, 0, 128), (150, 149, 149)),
        ((255, 255, 255, 255), (10, 10, 9)),
    ],
)  # fmt: skip
def test_inks_of_no_named_press_look_as_offset_printing_does(
    inks: tuple[int, int, int, int], expected: tuple[int, int, int]
) -> None:
    found = to_srgb(Pillow.new("CMYK", (3, 300), inks), b"")
    assert found.size == (3, 300)
    for place in ((0, 0), (2, 299)):
        assert found.getpixel(place) == pytest.approx(expected, abs=2)


def test_a_picture_in_inks_is_turned_through_its_own_profile() -> None:
    made = printed(PAGE, pictures={"a": picture("CMYK", color=(0, 255, 255, 0), icc_profile=press_profile())})
    red, green, blue = shown(made)
    assert red > green + 80 and red > blue + 80


def test_a_coloured_picture_is_turned_into_inks_for_a_press() -> None:
    for intent in (b"", press_profile()):
        for form in ("JPEG", "PNG"):
            made = pressed(PAGE, intent, {"a": picture("RGB", form, (226, 35, 26))})
            assert b"/ColorSpace/DeviceCMYK" in image_entries(made.data)[0] and b"DeviceRGB" not in made.data
            red, green, blue = shown(made)
            assert red > green + 80 and red > blue + 80
            rules = [finding.rule for finding in made.findings if finding.severity >= Severity.WARNING]
            assert rules == ([] if intent else ["L-INTENT", "L-INK"])


def test_black_in_a_picture_is_printed_with_black_by_the_plain_formula() -> None:
    made = pressed(PAGE, b"", {"a": picture("RGB", "PNG", (0, 0, 0))})
    entry = made.data.index(b"/Subtype/Image")
    start = made.data.index(b"stream\n", entry) + 7
    assert zlib.decompressobj().decompress(made.data[start:])[:4] == b"\x00\x00\x00\xff"


def test_grey_pictures_stay_grey_on_a_press() -> None:
    for form in ("JPEG", "PNG"):
        made = pressed(PAGE, press_profile(), {"a": picture("L", form, 100)})
        assert b"/ColorSpace/DeviceGray" in image_entries(made.data)[0]


def test_a_jpeg_in_inks_keeps_its_bytes_on_a_press() -> None:
    given_picture = picture("CMYK", color=(0, 255, 255, 0))
    made = pressed(PAGE, press_profile(), {"a": given_picture})
    assert given_picture.data in made.data
    (entry,) = image_entries(made.data)
    assert b"/ColorSpace/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]" in entry, "Adobe's JPEG has its inks upside down"
    red, green, blue = shown(made)
    assert red > 200 and green < 90 and blue < 90


def test_inks_for_another_press_are_kept_and_that_is_said() -> None:
    other = bytearray(press_profile())
    other[44:48] = b"abcd"
    made = pressed(PAGE, press_profile(), {"a": picture("CMYK", color=(0, 0, 0, 255), icc_profile=bytes(other))})
    assert [finding.rule for finding in made.findings].count("L-INK") == 1


def test_a_picture_in_a_wider_rgb_keeps_its_own_profile() -> None:
    profile = bytearray(srgb_profile().replace(b"sRGB IEC61966-2.1", b"Wide light space!"))
    made = printed(PAGE, pictures={"a": picture("RGB", color=(200, 30, 30), icc_profile=bytes(profile))})
    assert b"/ColorSpace[/ICCBased" in image_entries(made.data)[0]
    assert b"/ICCBased" not in printed(PAGE, pictures={"a": picture("RGB", icc_profile=srgb_profile())}).data


def test_a_profile_that_cannot_be_used_is_said_of_its_picture() -> None:
    broken = srgb_profile()[:200]
    made = pressed(PAGE, press_profile(), {"a": picture("RGB", color=(1, 2, 3), icc_profile=broken)})
    (fault,) = [finding for finding in made.findings if finding.severity is Severity.ERROR]
    assert fault.rule == "L-PICTURE" and "profile" in dict(fault.values)["reason"]


@pytest.mark.parametrize("press", [False, True])
def test_a_scan_of_black_and_white_keeps_one_bit_and_all_its_dots(press: bool) -> None:
    scan = Pillow.new("1", (6100, 4300), 1)
    scan.putpixel((3001, 2001), 0)
    buffer = io.BytesIO()
    scan.save(buffer, "TIFF", compression="group4", dpi=(600, 600))
    pictures = {"a": Picture(buffer.getvalue(), "image/tiff", 6100, 4300, 600)}
    made = pressed(PAGE, press_profile(), pictures) if press else printed(PAGE, pictures=pictures)
    (entries,) = image_entries(made.data)
    assert b"/Width 6100/Height 4300/BitsPerComponent 1" in entries and b"/ColorSpace/DeviceGray" in entries
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        (drawn,) = pdf.pages[0].Resources.XObject.values()
        found = pikepdf.PdfImage(drawn).as_pil_image().convert("L")
    assert found.getpixel((3001, 2001)) == 0 and found.getpixel((3000, 2001)) == 255
    assert found.histogram()[0] == 1


def test_inks_in_a_tiff_are_kept_for_a_press() -> None:
    buffer = io.BytesIO()
    Pillow.new("CMYK", (40, 30), (10, 20, 30, 40)).save(buffer, "TIFF")
    pictures = {"a": Picture(buffer.getvalue(), "image/tiff", 40, 30)}
    made = pressed(PAGE, press_profile(), pictures)
    assert b"/ColorSpace/DeviceCMYK" in image_entries(made.data)[0]
    place = made.data.index(b"stream\n", made.data.index(b"/Subtype/Image")) + 7
    assert zlib.decompressobj().decompress(made.data[place:]) == bytes((10, 20, 30, 40)) * 1200


def test_sixteen_greys_keep_their_upper_bits() -> None:
    buffer = io.BytesIO()
    Pillow.new("I;16", (4, 4), 0x8000).save(buffer, "PNG")
    made = printed(PAGE, pictures={"a": Picture(buffer.getvalue(), "image/png", 4, 4, 10)})
    assert abs(shown(made)[0] - 128) <= 1


# -- judges


def test_ghostscript_finds_no_other_ink_than_black_in_text(tmp_path: Path) -> None:
    path = tmp_path / "press.pdf"
    path.write_bytes(pressed(document(paragraph("正文，黑字。"), title="题目")).data)
    assert _inks(path) == [(False, False, False, True)]
    path.write_bytes(pressed(BULLETIN).data)
    assert _inks(path) == [(False, True, True, True)], "the red of the masthead: magenta and yellow, no cyan"
    path.write_bytes(printed(BULLETIN).data)
    assert _inks(path) != [(False, True, True, True)], "the check can fail: an office file's red has other inks"


def _inks(path: Path) -> list[tuple[bool, ...]]:
    """Whether each page uses cyan, magenta, yellow, black."""
    command = [tools.program("gs", "ghostscript"), "-q", "-dSAFER", "-o", "-", "-sDEVICE=inkcov", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [tuple(float(part) > 0 for part in line.split()[:4]) for line in done.stdout.splitlines()]


@pytest.mark.conformance
def test_a_press_file_with_pictures_is_pdf_a_and_pdf_ua(tmp_path: Path) -> None:
    figure = b.Figure((i.Image("a", "一"), i.Image("b", "二"), i.Image("c", "三")))
    pictures = {"a": picture("RGB"), "b": picture("RGBA", "PNG", (1, 2, 3, 100)), "c": picture("CMYK")}
    path, broken = tmp_path / "press.pdf", tmp_path / "broken.pdf"
    made = pressed(document(figure, title="题"), press_profile(), pictures, pdf__bleed="3mm", pdf__crop_marks="true")
    path.write_bytes(made.data)
    # An office file's colours under the same claim: what the press profile is for.
    broken.write_bytes(made.data.replace(b"/DeviceCMYK", b"/DeviceRGB "))
    verdicts = tools.verapdf("2a,ua1", path, broken)
    assert [verdicts["press.pdf", standard] for standard in ("2a", "ua1")] == ["pass", "pass"]
    assert verdicts["broken.pdf", "2a"] != "pass"


def test_the_same_press_file_twice_is_the_same() -> None:
    assert pressed(BULLETIN, press_profile()).data == pressed(BULLETIN, press_profile()).data
