"""Pictures in the PDF: JPEG as it stands, everything else as pixels, with its transparency as a soft mask.

PDF/A-2 allows soft masks and JPEG; colour spaces are DeviceGray and DeviceRGB, for which the output intent speaks.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from converters.diagnostics import Diagnostic, Severity
from converters.model.pictures import Picture

from .file import PrintFile

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 100_000_000
"""Pictures of more pixels are drawn smaller; a page at 600 dpi has a third of this."""
_DRAWN_PIXELS = 25_000_000


class PictureStore:
    """Writes each picture once, when it is first painted."""

    def __init__(self, file: PrintFile, pictures: Mapping[str, Picture], findings: list[Diagnostic]) -> None:
        self._file = file
        self._pictures = pictures
        self._findings = findings
        self._names: dict[str, tuple[str, int] | None] = {}

    def name(self, target: str) -> str | None:
        """Resource name of a picture; None where it cannot be drawn."""
        if target not in self._names:
            number = self._write(target)
            self._names[target] = (f"I{len(self._names) + 1}", number) if number else None
        found = self._names[target]
        return found[0] if found else None

    def resources(self) -> str:
        """The XObject entry of the resources, "" without pictures."""
        entries = "".join(f"/{found[0]} {found[1]} 0 R" for found in self._names.values() if found)
        return f"/XObject<<{entries}>>" if entries else ""

    def _write(self, target: str) -> int:
        picture = self._pictures.get(target)
        if picture is None:
            return 0
        import warnings

        from PIL import Image, UnidentifiedImageError

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                with Image.open(io.BytesIO(picture.data)) as image:
                    return self._embed(image, picture)
        except (
            UnidentifiedImageError,
            OSError,
            ValueError,
            SyntaxError,
            MemoryError,
            Image.DecompressionBombError,
        ) as error:
            self._findings.append(
                Diagnostic(
                    "L-PICTURE", Severity.ERROR, "the picture {target} cannot be drawn: {reason}",
                    hint="replace the file", values=(("target", target), ("reason", str(error)[:120])),
                )
            )  # fmt: skip
            return 0

    def _embed(self, image: Image.Image, picture: Picture) -> int:
        if image.format == "JPEG" and image.mode in ("L", "RGB") and _is_plain(image):
            # Decoding proves that the file is whole; the PDF takes the bytes as they are.
            image.draft(image.mode, (64, 64))
            image.load()
            space = b"DeviceGray" if image.mode == "L" else b"DeviceRGB"
            return self._file.add(
                self._file.stream(
                    picture.data,
                    b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%b/BitsPerComponent 8/Filter/DCTDecode"
                    % (picture.width_px, picture.height_px, space),
                    compress=False,
                )
            )
        if image.width * image.height > _DRAWN_PIXELS:
            scale = (_DRAWN_PIXELS / (image.width * image.height)) ** 0.5
            image.thumbnail((int(image.width * scale), int(image.height * scale)))
        image.load()
        from PIL import ImageOps

        image = ImageOps.exif_transpose(image)
        mask = b""
        if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
            alpha = image.convert("RGBA").getchannel("A")
            if alpha.getextrema() != (255, 255):
                mask = b"/SMask %d 0 R" % self._pixels(alpha)
        is_grey = image.mode in ("1", "L", "LA", "I;16", "I", "F")
        return self._pixels(image.convert("L" if is_grey else "RGB"), mask)

    def _pixels(self, image: Image.Image, extra: bytes = b"") -> int:
        space = b"DeviceGray" if image.mode == "L" else b"DeviceRGB"
        data = zlib.compress(image.tobytes(), 6)
        return self._file.add(
            self._file.stream(
                data,
                b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%b/BitsPerComponent 8/Filter/FlateDecode%b"
                % (image.width, image.height, space, extra),
                compress=False,
            )
        )


def _is_plain(image: Image.Image) -> bool:
    """Is this JPEG upright, so that its bytes show what its picture shows?"""
    return int(image.getexif().get(0x0112, 1)) == 1
