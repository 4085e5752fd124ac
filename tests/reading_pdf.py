"""The text of a PDF as the programs see it that people read, search and copy with."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2

import tools


def by_pdftotext(path: Path) -> str:
    return subprocess.run(
        [tools.program("pdftotext", "poppler-utils"), str(path), "-"], check=True, capture_output=True, text=True
    ).stdout


def by_pdfium(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def by_pdfminer(path: Path) -> str:
    from pdfminer.high_level import extract_text_to_fp

    out = io.StringIO()
    with path.open("rb") as file:
        # Without layout analysis: the order in which the file says its text.
        extract_text_to_fp(file, out, laparams=None)
    return out.getvalue()


_SCRIPT = """
const pdfjs = await import(process.argv[1]);
const data = new Uint8Array((await import('fs')).readFileSync(process.argv[2]));
const file = await pdfjs.getDocument({data, verbosity: 0}).promise;
let text = '';
for (let number = 1; number <= file.numPages; number++) {
  const content = await (await file.getPage(number)).getTextContent();
  text += content.items.map(item => (item.str || '') + (item.hasEOL ? '\\n' : '')).join('') + '\\n';
}
process.stdout.write(text);
"""


def by_pdfjs(path: Path) -> str:
    script = tools.node_tool("pdfjs-dist/legacy/build/pdf.mjs", "pdfjs-dist@5.6.205")
    command = [tools.program("node", "nodejs"), "--input-type=module", "-e", _SCRIPT, script.as_uri(), str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


READERS: dict[str, Callable[[Path], str]] = {
    "pdftotext": by_pdftotext,
    "pdfium": by_pdfium,
    "pdfminer": by_pdfminer,
    "pdfjs": by_pdfjs,
}
