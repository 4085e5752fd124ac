"""Microsoft's own validator on the edition of everything, and on broken copies that it must reject."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import everything
import tools
from converters.exporters.docx import export
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.captions import joined_captions
from converters.model.document import Article, Document
from converters.model.metadata import Kind, Metadata
from converters.model.pagination import Pagination
from converters.theme.schema import Page, PageNumberStyle, PdfStyle, Theme

pytestmark = [pytest.mark.conformance, pytest.mark.slow]


def _write(path: Path, document: Document, theme: Theme, pagination: Pagination | None = None) -> Path:
    path.write_bytes(export(document, theme, pagination or everything.pagination(), everything.PICTURES, None).value)
    return path


@pytest.mark.parametrize("version", ["Microsoft365", "Office2013"])
def test_the_edition_of_everything_is_valid(tmp_path: Path, version: str) -> None:
    file = _write(tmp_path / "everything.docx", everything.document(), Theme())
    assert tools.open_xml(file, version) == []


def test_other_settings_of_the_style_sheet_are_valid(tmp_path: Path) -> None:
    theme = Theme(
        page=Page(columns=2, writing_mode="vertical-rl", duplex=False),
        page_number=PageNumberStyle(first_page=False),
        pdf=PdfStyle(running_head="民政工作简报"),
    )
    document = everything.document()
    metadata = replace(document.metadata, kind=Kind.GONGWEN, lang="ja", document_number="一号", signer="李四")
    assert tools.open_xml(_write(tmp_path / "a.docx", replace(document, metadata=metadata), theme)) == []


def test_a_red_rule_with_a_star_is_valid(tmp_path: Path) -> None:
    theme = replace(Theme(), masthead=replace(Theme().masthead, rule_form="star"))
    file = _write(tmp_path / "star.docx", everything.document(), theme)
    assert tools.open_xml(file) == []
    assert tools.open_xml(file, "Office2013") == []


def test_hard_input_is_valid(tmp_path: Path) -> None:
    row = b.Row(tuple(b.Cell((i.Text(str(n)),)) for n in range(64)))
    blocks = (
        b.Paragraph((i.Text('\x00\x1f\ufffe<&>"'),)),
        b.Table((b.Column(),) * 64, (row,), 0),
        b.Table((), ()),
        b.Table((b.Column(),), (b.Row((b.Cell((), 99, 99),)),)),
        b.Heading(9, (i.Text("九级"),)),
        b.Paragraph((i.Link((i.Text("网站"),), "https://例子.example/甲 乙?q=“”"), i.Link((i.Text("空"),), ""))),
        b.Paragraph((i.Text("文" * 100_001),)),
        b.ListBlock((b.ListItem(()),)),
        b.Quote((b.Table((b.Column(),), (b.Row((b.Cell(()),)),)),)),
    )
    file = _write(tmp_path / "hard.docx", Document(Metadata(), (Article(blocks=blocks),)), Theme(), Pagination())
    assert tools.open_xml(file) == []
    assert tools.open_xml(file, "Office2013") == []


def test_what_stands_side_by_side_is_valid(tmp_path: Path) -> None:
    images = (i.Image("chart.png", "甲"), i.Image("second.png", "乙"), i.Image("chart.png", "丙"))
    organs = tuple((i.Text(f"第{number}个机关"),) for number in range(5))
    signers = ((i.Text("省长\u3000张三"),), (i.Text("副省长"),))
    date = (i.Text("2026年3月27日"),)
    numbers = b.Row(tuple(b.Cell((i.Text("1,123.55"),)) for _ in range(16)))
    small = b.Row(numbers.cells[:10])
    blocks = (
        b.Figure(images, joined_captions([(i.Text(image.alt),) for image in images])),
        b.Figure((*images, *images[:1]), (i.Text("图1"),)),
        b.Signature(organs, date, (i.Text("（附注）"),), sealed=True),
        b.Signature(signers, date, stamped=True),
        b.Table((b.Column(),) * 10, (small,), 0),
        b.Table((b.Column(),) * 16, (numbers,), 1),
        b.CodeBlock("a\nb"),
    )
    file = _write(tmp_path / "beside.docx", Document(Metadata(), (Article(blocks=blocks),)), Theme(), Pagination())
    assert tools.open_xml(file) == []
    assert tools.open_xml(file, "Office2013") == []


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("word/document.xml", b'<w:jc w:val="right"/>', b'<w:jc w:val="middle"/>'),
        ("word/document.xml", b"<w:pPr><w:pStyle", b"<w:pPr><w:jc/><w:pStyle"),
        ("word/document.xml", b'w14:paraId="', b'w14:paraId="F'),
        ("word/settings.xml", b"<w:mirrorMargins/>", b"<w:mirrorMargin/>"),
        ("word/styles.xml", b"<w:outlineLvl", b"<w:outlineLevel"),
        ("word/numbering.xml", b"<w:lvlText", b"<w:lvlTexts"),
    ],
)
def test_the_validator_rejects_a_broken_copy(tmp_path: Path, part: str, before: bytes, after: bytes) -> None:
    good = zipfile.ZipFile(
        io.BytesIO(export(everything.document(), Theme(), everything.pagination(), everything.PICTURES, None).value)
    )
    broken = tmp_path / "broken.docx"
    assert before in good.read(part)
    with zipfile.ZipFile(broken, "w") as copy:
        for name in good.namelist():
            data = good.read(name)
            copy.writestr(name, data.replace(before, after, 1) if name == part else data)
    assert tools.open_xml(broken) != []
