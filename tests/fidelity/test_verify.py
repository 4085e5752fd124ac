"""verify reads each kind of edition back, is silent where nothing is wrong, and names the place of every fault."""

from __future__ import annotations

import functools
import io
import re
import zipfile
from pathlib import Path

import pytest
from sample import LINES, NAME, TEXT, bulletin, edition, with_line

import converters
from converters.diagnostics import Span
from converters.fidelity import verify

KINDS = ("pdf", "docx", "epub", "html")


@functools.cache
def _edition(number: int, text: str, kind: str) -> bytes:
    document = with_line(bulletin(), number, text) if text else bulletin()
    return edition(document, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_an_edition_that_says_what_the_source_says_has_no_finding(kind: str) -> None:
    assert verify(bulletin(), f"a.{kind}", _edition(0, "", kind)) == ()


_FAULTS = {
    "changed": lambda text, at: text[:at] + "囗" + text[at + 1 :],
    "dropped": lambda text, at: text[:at] + text[at + 1 :],
    "doubled": lambda text, at: text[:at] + text[at] + text[at:],
    "swapped": lambda text, at: text[:at] + text[at + 1] + text[at] + text[at + 2 :],
}


@pytest.mark.parametrize("fault", _FAULTS)
@pytest.mark.parametrize("number", [0, 1, 9])
@pytest.mark.parametrize("kind", KINDS)
def test_one_hanzi_gone_wrong_is_named_with_its_place(kind: str, number: int, fault: str) -> None:
    at = 5
    broken = _edition(number, _FAULTS[fault](LINES[number], at), kind)
    findings = verify(bulletin(), f"a.{kind}", broken)
    assert [finding.rule for finding in findings] == ["V-TEXT"], [finding.text() for finding in findings]
    place = TEXT.index(LINES[number]) + at
    span = findings[0].span
    assert isinstance(span, Span)
    assert span.source == NAME
    assert span.start in ((place, place + 1) if fault == "doubled" else (place,))
    assert re.search(r"p\. \d|¶ \d", findings[0].place)


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_in_a_note_is_named_as_one_of_the_notes(kind: str) -> None:
    broken = _edition(8, LINES[8].replace("全文", "全又"), kind)
    findings = verify(bulletin(), f"a.{kind}", broken)
    assert [finding.rule for finding in findings] == ["V-NOTE"], [finding.text() for finding in findings]
    assert findings[0].span == Span(NAME, TEXT.index("全文") + 1, TEXT.index("全文") + 2)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("before", "after"), [("Green River", "GreenRiver"), ("meeting", "mee ting")])
def test_a_space_between_latin_words_is_neither_lost_nor_added(kind: str, before: str, after: str) -> None:
    broken = _edition(1, LINES[1].replace(before, after), kind)
    findings = verify(bulletin(), f"a.{kind}", broken)
    assert [finding.rule for finding in findings] == ["V-TEXT"], [finding.text() for finding in findings]
    assert "space" in findings[0].text()


@pytest.mark.parametrize(("kind", "part"), [("docx", r"word/document\.xml"), ("epub", r".*\.xhtml")])
def test_a_byte_changed_in_a_package_is_found(kind: str, part: str) -> None:
    whole = zipfile.ZipFile(io.BytesIO(_edition(0, "", kind)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in whole.namelist():
            data = whole.read(name)
            if re.fullmatch(part, name):
                data = data.replace("护理员，建立".encode(), "护理贞，建立".encode())
            package.writestr(name, data)
    findings = verify(bulletin(), f"a.{kind}", out.getvalue())
    assert [(finding.rule, finding.span) for finding in findings] == [
        ("V-TEXT", Span(NAME, TEXT.index("员，建立"), TEXT.index("员，建立") + 1))
    ]


def test_a_text_operator_taken_out_of_a_pdf_is_found() -> None:
    """The page's content is shown by PDFium itself without one of its text objects."""
    import pypdfium2

    document = pypdfium2.PdfDocument(_edition(0, "", "pdf"))
    page = document[0]
    texts = [item for item in page.get_objects() if item.type == 1]
    page.remove_obj(texts[-1])
    longest = max(texts[:-1], key=lambda item: item.get_bounds()[2] - item.get_bounds()[0])
    page.remove_obj(longest)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    page.close()
    document.close()
    findings = verify(bulletin(), "a.pdf", out.getvalue())
    assert findings
    assert {finding.rule for finding in findings} <= {"V-TEXT", "V-NOTE"}


@pytest.mark.parametrize("kind", [*KINDS, "md"])
def test_what_is_no_edition_is_one_error(kind: str) -> None:
    findings = verify(bulletin(), f"a.{kind}", b"\0\x01\x02")
    assert findings
    assert findings[0].rule in ("V-READ", "V-TEXT")


def test_an_unknown_kind_is_one_error() -> None:
    assert [finding.rule for finding in verify(bulletin(), "a.doc", b"")] == ["V-READ"]


def test_an_edition_of_another_text_is_said_in_few_lines() -> None:
    other = _edition(1, "完全不同的另一篇文章。" * 60, "docx")
    findings = verify(bulletin(), "a.docx", other)
    assert 0 < len(findings) <= 21


def test_a_markdown_edition_is_compared_as_it_stands_not_as_repair_would_mend_it() -> None:
    from converters.exporters import markdown
    from converters.readers import read
    from converters.repairs import Options, repair

    damaged = "# 青浦河市召开会议\n\n近日,会议召开(扩大)。\n\n会议  指出了问题。\n".encode()
    document = repair(read("a.md", damaged).value, options=Options(no_fix=frozenset({"P", "S"}))).value
    data = markdown.export(document).encode()
    assert verify(document, "a.md", data) == ()
    assert [finding.rule for finding in verify(document, "a.md", data.replace(b",", "，".encode()))] == ["V-TEXT"]


def test_a_character_beyond_the_bmp_is_read_whole_where_pdfium_gives_its_halves() -> None:
    from converters.fidelity.pdf import _whole

    assert _whole("村\ud842\udfb7田") == "村𠮷田"
    assert _whole("村民") == "村民"
    document = with_line(bulletin(), 1, "村民𠮷田到会，𬭚𫖯同行。")
    assert verify(document, "a.pdf", edition(document, "pdf")) == ()


@pytest.mark.parametrize("suffix", ["docx", "epub"])
def test_a_character_that_xml_forbids_has_a_stand_in_and_nothing_else_has(suffix: str, tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("# 题目\n\n一段\ufffe正文。\n", "utf-8")
    (written,) = converters.build(source, tmp_path, to=(suffix,)).editions
    assert written.written and written.verified
    source.write_text("# 题目\n\n一\ufffe段正文。\n", "utf-8")
    assert converters.verify(source, tmp_path / f"a.{suffix}"), "the stand-in stands at its place only"


def _cells(first: str, second: str) -> str:
    return f"# 标题\n\n| 甲 | 乙 |\n|---|---|\n| {first} | {second} |\n| 末行 | 完 |\n"


@pytest.mark.parametrize("lost", [False, True])
def test_a_row_parted_by_pages_is_whole_and_what_is_lost_in_it_is_found(tmp_path: Path, lost: bool) -> None:
    hanzi = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"
    source, other = tmp_path / "a.md", tmp_path / "b.md"
    source.write_text(_cells(hanzi * 60, hanzi[::-1] * 50), "utf-8")
    other.write_text(_cells(hanzi * 60, hanzi[::-1] * 49 + hanzi[:-1]), "utf-8")
    converters.build(other if lost else source, tmp_path, to=("pdf",))
    findings = converters.verify(source, tmp_path / ("b.pdf" if lost else "a.pdf"))
    assert bool(findings) is lost, findings
