"""Pictures on the way back: which of the source's an edition shows, which are new, how one is written in the source."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Sequence
from typing import NamedTuple

from converters.model import inlines as i

from .looks import Shown

# A picture that is drawn again by another program may come out a hair wider.
_WIDTH_TOLERANCE_RATIO = 0.02
_EMU_PER_MM = 36000
_FOLDER = "pictures"
# The first bytes of the kinds that editions show (PNG 5.2, JFIF, GIF89a 17, RFC 9649, TIFF 6.0, Windows BMP).
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"), (b"BM", "bmp"),
    (b"II*\x00", "tif"), (b"MM\x00*", "tif"), (b"RIFF", "webp"),
)  # fmt: skip
_WRITTEN = re.compile(
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.)*)\]\((?P<target><[^<>\n]*>|[^\s()\\]*(?:\([^\s()\\]*\)[^\s()\\]*)*)"
    r"(?P<title>[^)\n]*)\)(?P<attributes>\{[^{}\n]*\})?"
)
_WIDTH = re.compile(r"""width=(?:"[^"]*"|'[^']*'|[^\s}]+)""")


class Held(NamedTuple):
    """A picture that an edition holds: its name in the source, the hash of what is shown, its width in EMU."""

    target: str
    digest: str
    width: int


class Gallery:
    """The pictures of an edition; `held` is None where nobody has said which these are."""

    def __init__(self, held: Sequence[Held] | None) -> None:
        self.known = held is not None
        self._targets: dict[str, str] = {}
        self._widths: dict[str, list[int]] = {}
        self._digests: dict[str, str] = {}
        self.new: dict[str, bytes] = {}
        self._shown: dict[str, bytes] = {}
        for picture in held or ():
            self._targets.setdefault(picture.digest, picture.target)
            self._digests[picture.target] = picture.digest
            self._widths.setdefault(picture.digest, []).append(picture.width)
        first = next((picture.target for picture in held or () if "/" in picture.target), f"{_FOLDER}/")
        self._folder = posixpath.dirname(first)

    def held(self) -> dict[str, bytes]:
        """The pictures that the edition was made with by their names in the source; no bytes where one is gone."""
        return {target: self._shown.get(digest, b"") for target, digest in self._digests.items()}

    def of_source(self, image: i.Image) -> Shown | None:
        """How a picture of the source is shown, None for one that the edition left out."""
        alt = "" if image.decorative else image.alt
        if not self.known:
            return Shown("", alt)
        if image.target in self.new:
            return Shown(image.target, alt)
        digest = self._digests.get(image.target)
        return None if digest is None else Shown(self._targets[digest], alt)

    def of_edited(self, image: i.Image, data: bytes) -> Shown:
        """How a picture of the edited file is shown; one that the source does not know gets a name there."""
        digest = hashlib.sha256(data).hexdigest()
        self._shown[digest] = data
        target = self._targets.get(digest)
        across = float(image.width[:-2]) * _EMU_PER_MM if image.width.endswith("mm") else 0.0
        if target is not None:
            same = any(abs(across - width) <= width * _WIDTH_TOLERANCE_RATIO for width in self._widths[digest])
            return Shown(target, image.alt, "" if same or not across else tidy(image.width))
        kind = next((name for sign, name in _KINDS if data.startswith(sign)), "")
        if not kind:
            return Shown("?", image.alt)
        target = posixpath.join(self._folder, f"{digest[:12]}.{kind}")
        self.new[target] = data
        return Shown(target, image.alt, tidy(image.width) if self.known else "")


def tidy(width: str) -> str:
    """A width without the nought of a whole number."""
    return width.replace(".0mm", "mm")


def picture_end(source: str, place: int) -> int:
    """Where a picture that begins at a place of the source ends."""
    match = _WRITTEN.match(source, place)
    if match is not None:
        return match.end()
    close = source.find("]", place)
    return close + 1 if close >= 0 else place + 1


def redress(words: str, old: Shown, new: Shown) -> str:
    """A picture as the source has it with another description, file or width."""
    from converters.exporters.markdown.inlines import write_image

    match = _WRITTEN.fullmatch(words)
    wanted = i.Image(new.target or old.target, new.alt, "", new.width)
    anew = write_image(wanted)
    if match is None:
        return anew
    fresh = _WRITTEN.fullmatch(anew)
    assert fresh is not None
    alt, target = match["alt"], match["target"]
    if old.alt != new.alt:
        alt = fresh["alt"]
    if new.target and old.target and old.target != new.target:
        target = fresh["target"]
    attributes = match["attributes"] or ""
    if new.width and new.width != old.width:
        given = f"width={new.width}"
        if _WIDTH.search(attributes):
            attributes = _WIDTH.sub(given, attributes)
        else:
            attributes = f"{attributes[:-1]} {given}}}" if attributes else f"{{{given}}}"
    return f"![{alt}]({target}{match['title']}){attributes}"
