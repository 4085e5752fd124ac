"""Pictures in the PDF: each of them once, and what is said of those that cannot be printed as they are."""

from __future__ import annotations

import io

from PIL import Image

from converters.diagnostics import Severity
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.pictures import Picture
from printed import Print, document, printed

RED, BLUE = (200, 30, 30), (30, 30, 200)


def saved(form: str, *colors: tuple[int, int, int]) -> Picture:
    """A picture of one color, or of several one after the other."""
    first, *others = [Image.new("RGB", (40, 30), color) for color in colors]
    buffer = io.BytesIO()
    first.save(buffer, form, **({"save_all": True, "append_images": others} if others else {}))
    return Picture(buffer.getvalue(), f"image/{form.lower()}", 40, 30)


def page(**pictures: Picture) -> Print:
    return printed(document(*(b.Figure((i.Image(name, "图"),)) for name in pictures)), pictures=pictures)


def test_one_picture_under_three_names_stands_in_the_file_once() -> None:
    one, other = saved("PNG", RED), saved("PNG", BLUE)
    assert page(a=one, b=one, c=one).data.count(b"/Subtype/Image") == 1
    assert page(a=one, b=other, c=one).data.count(b"/Subtype/Image") == 2


def test_of_a_moving_picture_the_first_image_is_printed_and_said() -> None:
    made = page(a=saved("GIF", RED, BLUE))
    found = [(each.rule, each.severity, dict(each.values)["count"]) for each in made.findings if each.rule != "F-FACE"]
    assert found == [("L-PICTURE", Severity.WARNING, "2")]
    assert made.data.count(b"/Subtype/Image") == 1


def test_a_kind_of_picture_that_is_not_known_is_called_so() -> None:
    made = page(a=Picture(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml", 40, 30))
    (found,) = [each for each in made.findings if each.rule == "L-PICTURE"]
    assert found.text() == "the picture a is of a kind that cannot be drawn"
    assert found.severity is Severity.ERROR
