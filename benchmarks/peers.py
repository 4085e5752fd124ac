"""The programs that stand beside jianbao: pandoc (DOCX, EPUB), typst and WeasyPrint (PDF), all from PyPI.

They live in an environment of their own below the tools folder (JIANBAO_TOOLS, else .tools); nothing of jianbao
depends on them.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import subprocess
import venv
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("JIANBAO_TOOLS") or CHECKOUT / ".tools") / "peers"
PYTHON = HOME / "bin" / "python"

TYPST_PAGE = """#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "— 1 —")
#set text(font: "Noto Sans CJK SC", size: 16pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 12.95pt, spacing: 12.95pt, first-line-indent: (amount: 2em, all: true))
#show heading: set align(center)
"""
TYPST_CALL = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"

HTML_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>bulletin</title><style>
@font-face{{font-family:jb;src:url("{face}")}}
@page{{size:A4;margin:37mm 26mm 35mm 28mm;@bottom-center{{content:counter(page)}}}}
body{{font:16pt/28.95pt jb;text-align:justify}}p{{text-indent:2em;margin:0}}h1,h2{{text-align:center;font-size:22pt}}
</style>{body}</html>"""
HTML_CALL = (
    "import sys, weasyprint; weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/ua-1')"
)
_MOST_FOR_WEASYPRINT = 10
"""A hundred copies take it a quarter of a minute, a thousand two minutes."""


def install() -> None:
    """Make the environment and install the peers into it."""
    if not PYTHON.exists():
        venv.create(HOME, with_pip=True)
    subprocess.run([PYTHON, "-m", "pip", "install", "-q", "pypandoc_binary", "typst", "weasyprint"], check=True)


def _has(package: str) -> bool:
    return any(HOME.glob(f"lib/python*/site-packages/{package}"))


@functools.cache
def _weasyprint_works() -> bool:
    """Whether WeasyPrint is there with the libraries of the system that it needs (Pango)."""
    if not _has("weasyprint"):
        return False
    return subprocess.run([PYTHON, "-c", "import weasyprint"], capture_output=True, check=False).returncode == 0


def present() -> bool:
    """Whether the peers have been installed."""
    return _has("pypandoc") and _has("typst")


def pandoc() -> str:
    """The pandoc program inside its package."""
    return str(next(HOME.glob("lib/python*/site-packages/pypandoc/files/pandoc")))


def versions() -> dict[str, str]:
    """The peers' versions."""
    if not present():
        return {}
    first = subprocess.run([pandoc(), "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[0]
    script = (
        "import importlib.metadata as m; found = {d.name.lower(): d.version for d in m.distributions()};"
        "print(*(f'{n} {found[n]}' for n in ('typst', 'weasyprint') if n in found), sep='\\n')"
    )
    told = subprocess.run([PYTHON, "-c", script], capture_output=True, text=True, check=True).stdout
    return dict(line.split(" ", 1) for line in (first, *told.splitlines()))


def commands(source: Path, folder: Path, count: int) -> Iterator[tuple[str, list[str], Path]]:
    """What each peer is called with: its name and edition, the command, the file that it makes."""
    if not present():
        return
    for name in ("docx", "epub"):
        made = folder / f"pandoc.{name}"
        yield f"pandoc {name}", pandoc_command(source, made), made
    yield "typst pdf", typst_command(source, folder / "typst.pdf"), folder / "typst.pdf"
    if count <= _MOST_FOR_WEASYPRINT and _weasyprint_works():
        yield "weasyprint pdf", weasyprint_command(source, folder / "weasyprint.pdf"), folder / "weasyprint.pdf"


def pandoc_command(source: Path, target: Path) -> list[str]:
    """The command that makes a DOCX or EPUB."""
    return [pandoc(), "-f", "markdown+east_asian_line_breaks", "-M", "lang=zh-CN", "-M", "title=bulletin",
            "-o", str(target), str(source)]  # fmt: skip


def typst_command(source: Path, target: Path) -> list[str]:
    """The command that makes a tagged PDF with the same face on the same page; the .typ file is made here, untimed."""
    script = target.with_suffix(".typ")
    script.write_text(TYPST_PAGE + _written(source, "typst"), encoding="utf-8")
    return [str(PYTHON), "-c", TYPST_CALL, str(script), str(target), str(_face().parent)]


def weasyprint_command(source: Path, target: Path) -> list[str]:
    """The command that makes a tagged PDF of an HTML page, which is made here, untimed."""
    page = target.with_suffix(".html")
    page.write_text(HTML_PAGE.format(face=_face().as_uri(), body=_written(source, "html")), encoding="utf-8")
    return [str(PYTHON), "-c", HTML_CALL, str(page), str(target)]


def _written(source: Path, kind: str) -> str:
    """A source as pandoc writes it for another program."""
    command = [pandoc(), "-f", "markdown+east_asian_line_breaks", "-t", kind, str(source)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _face() -> Path:
    spec = importlib.util.find_spec("noto_cjk_sans_otc")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).with_name("NotoSansCJK-Regular.ttc")
