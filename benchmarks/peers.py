"""The programs that stand beside jianbao: pandoc (DOCX, EPUB) and typst (PDF), both from PyPI.

They live in an environment of their own below the tools folder (JIANBAO_TOOLS, else .tools); nothing of jianbao
depends on them.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import venv
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


def install() -> None:
    """Make the environment and install the peers into it."""
    if not PYTHON.exists():
        venv.create(HOME, with_pip=True)
    subprocess.run([PYTHON, "-m", "pip", "install", "-q", "pypandoc_binary", "typst"], check=True)


def present() -> bool:
    """Whether the peers have been installed."""
    return any(HOME.glob("lib/python*/site-packages/pypandoc")) and any(HOME.glob("lib/python*/site-packages/typst"))


def pandoc() -> str:
    """The pandoc program inside its package."""
    return str(next(HOME.glob("lib/python*/site-packages/pypandoc/files/pandoc")))


def versions() -> str:
    """The peers' versions in one line."""
    first = subprocess.run([pandoc(), "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[0]
    typst = subprocess.run(
        [PYTHON, "-c", "import importlib.metadata as m; print(m.version('typst'))"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    return f"{first}, typst {typst}"


def pandoc_command(source: Path, target: Path) -> list[str]:
    """The command that makes a DOCX or EPUB."""
    return [pandoc(), "-f", "markdown+east_asian_line_breaks", "-M", "lang=zh-CN", "-M", "title=bulletin",
            "-o", str(target), str(source)]  # fmt: skip


def typst_command(source: Path, target: Path) -> list[str]:
    """The command that makes a tagged PDF with the same face on the same page; the .typ file is made here, untimed."""
    text = subprocess.run(
        [pandoc(), "-f", "markdown+east_asian_line_breaks", "-t", "typst", str(source)],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    script = target.with_suffix(".typ")
    script.write_text(TYPST_PAGE + text, encoding="utf-8")
    spec = importlib.util.find_spec("noto_cjk_sans_otc")
    folder = str(Path(spec.origin).parent) if spec and spec.origin else str(CHECKOUT)
    return [str(PYTHON), "-c", TYPST_CALL, str(script), str(target), folder]
