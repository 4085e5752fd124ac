"""Pictures in the PDF: JPEG as it stands, everything else as pixels, with its transparency as a soft mask.

PDF/A-2 allows soft masks and JPEG. An office file has greys and sRGB, for which its output intent speaks, or the
picture's own profile; what is in inks is turned into sRGB. A press file has greys and the four inks, into which
coloured pictures are turned; pictures in inks keep theirs.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from converters.diagnostics import Diagnostic, Severity
from converters.model.pictures import Picture

from .file import PrintFile, reference
from .inks import Inks, to_srgb

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 100_000_000
"""Pictures of more pixels are drawn smaller; a page at 600 dpi has a third of this."""
_DRAWN_PIXELS = 25_000_000


class PictureStore:
    """Writes each picture once, when it is first painted, under however many names it is called."""

    def __init__(
        self, file: PrintFile, pictures: Mapping[str, Picture], findings: list[Diagnostic], inks: Inks
    ) -> None:
        self._file = file
        self._pictures = pictures
        self._findings = findings
        self._inks = inks
        self._profiles: dict[bytes, int] = {}
        self._names: dict[str, tuple[str, int] | None] = {}
        self._known: dict[bytes, tuple[str, int] | None] = {}

    def name(self, target: str) -> str | None:
        """Resource name of a picture; None where it cannot be drawn."""
        if target not in self._names:
            picture = self._pictures.get(target)
            same = hashlib.sha256(picture.data).digest() if picture is not None else b""
            if same not in self._known:
                number = self._write(target)
                self._known[same] = (f"I{len(self._known) + 1}", number) if number else None
            self._names[target] = self._known[same]
        found = self._names[target]
        return found[0] if found else None

    def resources(self) -> str:
        """The XObject entry of the resources, "" without pictures."""
        entries = "".join(f"/{found[0]} {found[1]} 0 R" for found in self._known.values() if found)
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
                    return self._embed(image, target, picture)
        except UnidentifiedImageError:
            self._say(
                Severity.ERROR, "the picture {target} is of a kind that cannot be drawn", target,
                "save it as PNG, JPEG, TIFF, WebP or GIF",
            )  # fmt: skip
            return 0
        except (
            OSError,
            ValueError,
            SyntaxError,
            MemoryError,
            Image.DecompressionBombError,
        ) as error:
            reason = ("reason", str(error)[:120])
            message = "the picture {target} cannot be drawn: {reason}"
            self._say(Severity.ERROR, message, target, "replace the file", reason)
            return 0

    def _say(self, severity: Severity, message: str, target: str, hint: str, *values: tuple[str, str]) -> None:
        self._findings.append(
            Diagnostic("L-PICTURE", severity, message, hint=hint, values=(("target", target), *values))
        )

    def _embed(self, image: Image.Image, target: str, picture: Picture) -> int:
        profile = _profile(image)
        # A telephone's JPEG may hold a small copy of itself (MPO).
        if image.format != "MPO" and (count := int(getattr(image, "n_frames", 1))) > 1:
            self._say(
                Severity.WARNING, "the picture {target} holds {count} images; the first one is printed", target,
                "save the others as files of their own", ("count", str(count)),
            )  # fmt: skip
        if image.format == "JPEG" and _is_plain(image) and (space := self._own_space(image, target, profile)):
            # Decoding proves that the file is whole; the PDF takes the bytes as they are.
            image.draft(image.mode, (64, 64))
            image.load()
            return self._add(picture.data, space, b"/DCTDecode", (picture.width_px, picture.height_px))
        if image.mode == "1" and int(image.getexif().get(0x0112, 1)) == 1:
            # Line art is not made smaller: its dots would fall out. In a PDF 1 is white too.
            image.load()
            return self._add(zlib.compress(image.tobytes(), 6), b"/DeviceGray", b"/FlateDecode", image.size, bits=1)
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
                mask = b"/SMask %d 0 R" % self._pixels(alpha, b"/DeviceGray")
        if image.mode in _GREY_MODES:
            return self._pixels(_grey(image), b"/DeviceGray", mask)
        return self._pixels(*self._colored(image, target, profile), mask)

    def _own_space(self, image: Image.Image, target: str, profile: bytes) -> bytes:
        """The colour space in which the bytes of a JPEG may stand as they are; b"" where its colours must be turned."""
        if image.mode == "L":
            return b"/DeviceGray"
        if image.mode == "RGB" and not self._inks.is_press:
            return self._light(profile)
        if image.mode == "CMYK" and self._inks.is_press:
            if profile and profile != self._inks.intent:
                self._find(
                    Severity.INFO, "the picture {target} was separated for another press; its inks are kept", target,
                    "save it with the profile of this press",
                )  # fmt: skip
            # Adobe's programs write inks upside down and say so in a marker of the file.
            return b"/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]" if "adobe" in image.info else b"/DeviceCMYK"
        return b""

    def _colored(self, image: Image.Image, target: str, profile: bytes) -> tuple[Image.Image, bytes]:
        """A coloured picture as the file may have it, and its colour space."""
        if self._inks.is_press:
            if image.mode == "CMYK":
                return image, b"/DeviceCMYK"
            if not self._inks.intent:
                self._find(
                    Severity.WARNING, "the colours of {target} are turned into inks by a plain formula", target,
                    "name the profile of the press with pdf.output_intent",
                )  # fmt: skip
            return self._inks.to_press(image, profile if profile[16:20] == b"RGB " else b""), b"/DeviceCMYK"
        if image.mode in ("CMYK", "LAB"):
            if image.mode == "CMYK":
                self._find(
                    Severity.WARNING, "the picture {target} is in printing inks; its colours are turned into sRGB",
                    target, "save it as sRGB, or set pdf.profile = press",
                )  # fmt: skip
            return to_srgb(image, profile), b"/DeviceRGB"
        return image.convert("RGB"), self._light(profile)

    def _light(self, profile: bytes) -> bytes:
        """The colour space of a picture in RGB: sRGB, or its own profile where that says something else."""
        if not profile or profile[16:20] != b"RGB " or b"sRGB" in profile or "sRGB".encode("utf-16-be") in profile:
            return b"/DeviceRGB"
        if profile not in self._profiles:
            self._profiles[profile] = self._file.add(self._file.stream(profile, b"/N 3"))
        return b"[/ICCBased %b]" % reference(self._profiles[profile]).encode()

    def _find(self, severity: Severity, message: str, target: str, hint: str) -> None:
        self._findings.append(Diagnostic("L-INK", severity, message, None, "PDF", hint, (("target", target),)))

    def _pixels(self, image: Image.Image, space: bytes, extra: bytes = b"") -> int:
        return self._add(zlib.compress(image.tobytes(), 6), space + extra, b"/FlateDecode", image.size)

    def _add(self, data: bytes, space: bytes, way: bytes, size: tuple[int, int], bits: int = 8) -> int:
        entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d/Filter%b/ColorSpace%b" % (
            *size, bits, way, space,
        )  # fmt: skip
        return self._file.add(self._file.stream(data, entries, compress=False))


_GREY_MODES = ("1", "L", "LA", "I;16", "I;16B", "I", "F")


def _grey(image: Image.Image) -> Image.Image:
    """A grey picture with 256 greys; of sixteen bits the upper eight."""
    if image.mode in ("I;16", "I;16B", "I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image.convert("L")


def _profile(image: Image.Image) -> bytes:
    """The picture's own ICC profile, b"" where it has none that a PDF may hold (ISO 19005-2, 6.2.4.2)."""
    profile = bytes(image.info.get("icc_profile") or b"")
    if len(profile) < 132 or profile[36:40] != b"acsp" or profile[8] > 4:
        return b""
    return profile if profile[12:16] in (b"mntr", b"prtr", b"scnr", b"spac") else b""


def _is_plain(image: Image.Image) -> bool:
    """Is this JPEG upright, so that its bytes show what its picture shows?"""
    return int(image.getexif().get(0x0112, 1)) == 1
