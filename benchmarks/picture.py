"""The picture of the three editions that the README shows: `python -m benchmarks.picture TARGET.png`.

The print page is drawn by PDFium, the Word page by LibreOffice, the phone by Chromium; LibreOffice sees the faces that
the build used, by the names that the DOCX asks for.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2
from PIL import Image

import converters
from converters.pipeline import BuildResult

from .editions import SEED

_PAGE = (565, 799)
_PHONE = (366, 799)
# The window of the phone in CSS pixels, of the same shape as its place in the picture.
_WINDOW = (390, 851)
_GAP = 26
_GROUND, _EDGE = "#d5d9de", "#8a9099"
_COLORS = 192


def main() -> None:
    """Make the picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built = converters.build(SEED, folder)
        environment = _faces(folder, built)
        stem = folder / SEED.stem
        pages = [
            _page(path, _PAGE) for path in (stem.with_suffix(".pdf"), _office(stem.with_suffix(".docx"), environment))
        ]
        whole = _composed([*pages, _phone(stem.with_suffix(".epub"), environment)])
    # A picture of text has few colours.
    whole.quantize(_COLORS).save(sys.argv[1], optimize=True)


def _composed(parts: list[Image.Image]) -> Image.Image:
    width = sum(part.width for part in parts) + _GAP * (len(parts) + 1)
    whole = Image.new("RGB", (width, max(part.height for part in parts) + 2 * _GAP), _GROUND)
    x = _GAP
    for part in parts:
        whole.paste(_EDGE, (x - 1, _GAP - 1, x + part.width + 1, _GAP + part.height + 1))
        whole.paste(part, (x, _GAP))
        x += part.width + _GAP
    return whole


def _page(path: Path, size: tuple[int, int]) -> Image.Image:
    """The first page, drawn larger and made smaller, so that strokes stay even."""
    page = pypdfium2.PdfDocument(path)[0]
    drawn: Image.Image = page.render(scale=4 * size[0] / page.get_width()).to_pil().convert("RGB")
    return drawn.resize(size, Image.Resampling.LANCZOS)


def _faces(folder: Path, built: BuildResult) -> dict[str, str]:
    """An environment in which programs see the faces of the build alone, by the names that the editions ask for."""
    reader = next(face.used for face in built.faces if face.role == "songti")
    pairs = [(face.wanted, face.used) for face in built.faces] + [("serif", reader), ("sans-serif", reader)]
    aliases = "".join(_alias(wanted, used) for wanted, used in pairs)
    folders = sorted({str(Path(face.path).parent) for face in built.faces})
    listed = "".join(f"<dir>{escape(name)}</dir>" for name in folders)
    settings = folder / "fonts.conf"
    settings.write_text(f"<fontconfig>{listed}<cachedir>{folder / 'faces'}</cachedir>{aliases}</fontconfig>")
    return os.environ | {"FONTCONFIG_FILE": str(settings)}


def _alias(wanted: str, used: str) -> str:
    family = used.removesuffix(" Bold")
    bold = '<edit name="weight" mode="assign" binding="strong"><const>bold</const></edit>' if family != used else ""
    return (
        f'<match target="pattern"><test name="family"><string>{escape(wanted)}</string></test><edit name="family"'
        f' mode="assign" binding="strong"><string>{escape(family)}</string></edit>{bold}</match>'
    )


def _office(path: Path, environment: dict[str, str]) -> Path:
    """The DOCX as a PDF of LibreOffice."""
    out = path.parent / "office"
    profile = (path.parent / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(out)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=300, env=environment)
    return out / f"{path.stem}.pdf"


def _phone(path: Path, environment: dict[str, str]) -> Image.Image:
    """The first article as a phone shows it."""
    book = path.parent / "book"
    with zipfile.ZipFile(path) as archive:
        archive.extractall(book)
    page = next(iter(sorted(book.rglob("article-*.xhtml"))))
    sheet = next(iter(book.rglob("*.css")))
    with sheet.open("a", encoding="utf-8") as more:
        # Reading systems give the page its margins.
        more.write("html { padding: 20px 18px } ::-webkit-scrollbar { display: none }\n")
    picture = path.with_name("phone.png")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or "google-chrome"
    width, height = _WINDOW
    command = [
        chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--force-device-scale-factor=3",
        f"--window-size={width},{height}", f"--user-data-dir={path.parent / 'browser'}", f"--screenshot={picture}",
    ]  # fmt: skip
    subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=120, env=environment)
    drawn = Image.open(io.BytesIO(picture.read_bytes())).convert("RGB")
    return drawn.resize(_PHONE, Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
