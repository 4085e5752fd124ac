"""A story: a bulletin is built, edited in LibreOffice by a macro and in its XML by hand, brought back, built again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from editing import SEEDS, Desk, edition, text_of, w
from lxml import etree
from rich import changed

from converters.model.walk import all_blocks, inlines_of, plain
from converters.readers import read
from converters.repairs import repair
from converters.returning import merge

MACRO = Path(__file__).with_name("libreoffice_macro.py")


@cache
def python_with_uno() -> str:
    """A Python that can steer LibreOffice; "" where there is none."""
    if shutil.which("soffice") is None:
        return ""
    for python in (sys.executable, "/usr/bin/python3"):
        if Path(python).exists() and subprocess.run([python, "-c", "import uno"], capture_output=True).returncode == 0:
            return python
    return ""


def by_hand(desk: Desk) -> None:
    """What is done in the XML: a tracked date, a control, a tag, a comment, a pasted paragraph, a deleted article."""
    source = desk.find("据云岭省民政厅养老服务处")
    start = text_of(source).index("养老服务处")
    desk.change(source, start, start + 5, "安全处", tracked=True)
    tagged = desk.find("王大爷")
    run = next(run for run in tagged.iter(w("r")) if "王大爷" in "".join(run.itertext()))
    holder = etree.Element(w("smartTag"))
    run.addprevious(holder)
    holder.append(run)
    pasted = etree.fromstring(
        f'<w:p xmlns:w="{w("x")[1:-2]}"><w:pPr><w:pStyle w:val="a7"/><w:jc w:val="both"/></w:pPr><w:r><w:rPr>'
        '<w:rFonts w:ascii="宋体" w:eastAsia="宋体"/><w:sz w:val="24"/></w:rPr><w:t>另据新华社报道，</w:t></w:r>'
        '<w:proofErr w:type="gramStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>多地</w:t></w:r><w:r><w:t>开展类似检查。</w:t>'
        "</w:r></w:p>"
    )
    desk.find("会议明确了三项任务").addnext(pasted)
    desk.delete(desk.find("饭桌上也议事"), tracked=True)


EXPECTED = (
    ("期号: 12\n", "期号: 13\n"),
    ("看得见的隐患", "明处的隐患"),
    ("失能老人较多的楼层", "**失能老人较多的楼层**"),
    ("要单独演练。\n", "要单独演练。\n\n另据新华社报道，**多地**开展类似检查。\n"),
    ("同样予以推介。\n", "同样予以推介。\n\n各地每周五报送进度，逾期的在简报上列名。\n"),
    ("养老服务处）", "安全处）"),
    ("八分之一。一餐", "八分之一。\n\n一餐"),
)


@pytest.mark.slow
@pytest.mark.skipif(not python_with_uno(), reason="install LibreOffice and its bridge to Python (python3-uno)")
def test_built_edited_in_libreoffice_and_by_hand_brought_back_and_built_again(tmp_path: Path) -> None:
    source = (SEEDS / "yunling.md").read_text(encoding="utf-8")
    (tmp_path / "yunling.docx").write_bytes(edition("yunling.md", source.encode(), tmp_path))
    subprocess.run(
        [python_with_uno(), str(MACRO), str(tmp_path / "yunling.docx"), str(tmp_path / "edited.docx"),
         str(tmp_path / "profile")],
        check=True, timeout=180,
    )  # fmt: skip
    desk = Desk((tmp_path / "edited.docx").read_bytes())
    by_hand(desk)
    (tmp_path / "edited.docx").write_bytes(desk.bytes())

    outcome = subprocess.run(
        [sys.executable, "-m", "converters.cli", "return", "edited.docx", "yunling.md", "-o", "returned.md"],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert outcome.returncode == 0, outcome.stderr
    assert "conflict: 0" in outcome.stderr
    expected = source
    for before, after in EXPECTED:
        assert expected.count(before) == 1, before
        expected = expected.replace(before, after)
    gone = next(block for block in expected.split("\n\n") if block.startswith("饭桌上也议事"))
    expected = expected.replace(f"{gone}\n\n", "")
    assert (tmp_path / "returned.md").read_text(encoding="utf-8") == expected
    assert (tmp_path / "yunling.md").read_text(encoding="utf-8") == source

    # Built again, the sheet says what the edited file says, and it comes back as it is.
    again = edition("returned.md", expected.encode(), tmp_path)
    built = repair(read("again.docx", again).value).value
    words = {plain(line) for block in all_blocks(built) for line in inlines_of(block)}
    assert "另据新华社报道，多地开展类似检查。" in words
    result = merge(again, "returned.md", expected.encode())
    assert result.text.decode() == expected
    assert changed(result, expected) == []
