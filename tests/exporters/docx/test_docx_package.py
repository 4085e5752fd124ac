"""The file as a package: its parts, its properties, the same bytes on every run."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
import zipfile

import docx
from word_parts import make, whole, word

import everything
from converters.exporters.docx import export
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article
from converters.model.metadata import Kind, Metadata
from converters.ooxml import write_archive
from converters.theme.schema import Theme

DC = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"


def _export(date: datetime.datetime | None = None) -> bytes:
    return export(everything.document(), Theme(), everything.pagination(), everything.PICTURES, date).value


def test_two_runs_give_the_same_bytes() -> None:
    assert _export() == _export()


def test_no_member_carries_the_time_of_its_making() -> None:
    assert {info.date_time for info in whole().zip.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_archive_is_the_same_on_every_system() -> None:
    data = write_archive([("a.xml", b"<a/>"), ("b.png", b"x")])
    infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    assert [info.compress_type for info in infos] == [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]
    assert {info.create_system for info in infos} == {0}


def test_the_date_is_the_given_one_or_1980() -> None:
    core = whole().part("docProps/core.xml")
    assert core.find(f"{TERMS}created").text == "1980-01-01T00:00:00Z"
    zone = datetime.timezone(datetime.timedelta(hours=8))
    dated = zipfile.ZipFile(io.BytesIO(_export(datetime.datetime(2026, 3, 27, 8, tzinfo=zone))))
    assert b"2026-03-27T00:00:00Z" in dated.read("docProps/core.xml")


def test_nothing_of_the_library_s_template_is_left() -> None:
    names = whole().names()
    assert not [name for name in names if "thumbnail" in name or "stylesWithEffects" in name or name.endswith(".jpeg")]
    for name in names:
        assert b"python-docx" not in whole().zip.read(name)


def test_every_part_is_there_once_and_has_a_content_type() -> None:
    names = whole().names()
    assert names[0] == "[Content_Types].xml"
    assert len(names) == len(set(names))
    types = whole().part("[Content_Types].xml")
    defaults = {row.get("Extension") for row in types if row.tag.endswith("Default")}
    overrides = {row.get("PartName") for row in types if row.tag.endswith("Override")}
    for name in names[1:]:
        assert f"/{name}" in overrides or name.rsplit(".", 1)[-1] in defaults
    assert all(part.lstrip("/") in names for part in overrides)


def test_parts_that_are_not_needed_are_not_there() -> None:
    names = word(b.Paragraph((i.Text("文"),))).names()
    assert "word/footnotes.xml" not in names
    assert "word/numbering.xml" not in names


def test_core_properties_say_who_and_what() -> None:
    core = whole().part("docProps/core.xml")
    assert core.find(f"{DC}title").text == "民政工作简报 第12期（总第345期）"
    assert core.find(f"{DC}creator").text == "云岭省民政厅办公室"
    assert core.find(f"{DC}language").text == "zh-Hans"


def test_an_official_document_is_known_by_its_title() -> None:
    metadata = Metadata(Kind.GONGWEN, organs=("云岭省民政厅",))
    edition = word(metadata=metadata, articles=(Article(title=((i.Text("关于养老的通知"),),)),))
    assert edition.part("docProps/core.xml").find(f"{DC}title").text == "关于养老的通知"


def test_python_docx_reads_the_text_back() -> None:
    document = docx.Document(io.BytesIO(whole().data))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert "会议指出，要重视养老服务，把好事办好。" in paragraphs
    assert document.core_properties.title == "民政工作简报 第12期（总第345期）"


def test_an_empty_document_is_a_document() -> None:
    assert docx.Document(io.BytesIO(make(articles=()).value)).paragraphs


def test_python_docx_is_loaded_whole_by_whoever_asks_for_it_afterwards() -> None:
    program = (
        "import sys\n"
        "import converters.exporters.docx.package\n"
        "assert not [name for name in sys.modules if name.split('.')[0] == 'docx']\n"
        "import docx\n"
        "assert docx.Document().paragraphs == []\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
