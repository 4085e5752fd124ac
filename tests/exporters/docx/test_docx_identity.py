"""The marks by which an edited file finds the way back to its source."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
import zlib

import pytest
from word_parts import NAMES, Word, text, w, whole

import everything
from converters.diagnostics import Source, Span
from converters.exporters.docx import export
from converters.exporters.docx.identity import Identity, mark_runs, short
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.metadata import Metadata
from converters.model.pagination import Pagination
from converters.ooxml import IDENTITY
from converters.theme.schema import Theme

J = {"j": IDENTITY}


def test_every_paragraph_with_text_has_one_bookmark_that_ends_in_it() -> None:
    edition = whole()
    names = []
    for paragraph in edition.find("//w:p"):
        style = paragraph.xpath("string(w:pPr/w:pStyle/@w:val)", namespaces=NAMES)
        starts = paragraph.xpath(".//w:bookmarkStart[starts-with(@w:name, '_jb_')]", namespaces=NAMES)
        ends = {end.get(w("id")) for end in paragraph.iter(w("bookmarkEnd"))}
        assert all(start.get(w("id")) in ends for start in starts)
        if text(paragraph) and not style.startswith("TOC"):
            assert len(starts) == 1, text(paragraph)
        names += [start.get(w("name")) for start in starts]
    assert len(names) == len(set(names))
    assert {"_jb_a1_b2", "_jb_a1_b3", "_jb_a1_title", "_jb_a2_b1", "_jb_a1_source", "_jb_m_name", "_jb_c1"} <= set(
        names
    )
    assert all(re.fullmatch("[A-Za-z_][A-Za-z0-9_]{0,39}", name) for name in names)


def test_a_bookmark_holds_the_text_of_its_paragraph_but_its_last_character_at_most() -> None:
    for start in whole().find("//w:bookmarkStart[starts-with(@w:name, '_jb_')]"):
        paragraph = next(start.iterancestors(w("p")))
        # A title has the bookmark of the contents besides, which holds its text.
        others = paragraph.xpath(".//w:bookmarkStart[starts-with(@w:name, '_Toc')] | .//w:ruby", namespaces=NAMES)
        if len(text(paragraph)) < 2 or others:
            continue
        (end,) = paragraph.xpath(f".//w:bookmarkEnd[@w:id='{start.get(w('id'))}']", namespaces=NAMES)
        inside, reached = "", False
        for element in paragraph.iter():
            reached = (reached or element is start) and element is not end
            if reached and element.tag == w("t"):
                inside += element.text or ""
        assert len(inside) > 0, text(paragraph)


def test_the_identity_part_pairs_the_ids_of_paragraphs_with_their_bookmarks() -> None:
    pairs = dict(element.text.split(" ") for element in whole().part("customXml/item1.xml").iter(f"{{{IDENTITY}}}p"))
    found = {}
    for paragraph in whole().find("//w:p[w:bookmarkStart[starts-with(@w:name, '_jb_')]]"):
        names = paragraph.xpath("w:bookmarkStart[starts-with(@w:name, '_jb_')]/@w:name", namespaces=NAMES)
        found[paragraph.get(f"{{{NAMES['w14']}}}paraId")] = names[0]
    assert found.items() <= pairs.items() and len(found) > 20


def test_bookmark_ids_come_once() -> None:
    identifiers = [start.get(w("id")) for start in whole().find("//w:bookmarkStart")]
    assert len(identifiers) == len(set(identifiers))


def test_paragraph_ids_are_small_and_come_once() -> None:
    identifiers = []
    for name in ("word/document.xml", "word/footnotes.xml", "word/footer1.xml"):
        part = whole().part(name)
        here = part.xpath("//w:p/@w14:paraId", namespaces=NAMES)
        assert len(here) == len(part.findall(f".//{w('p')}"))
        identifiers += here
    assert len(identifiers) == len(set(identifiers))
    assert all(re.fullmatch("[0-9A-F]{8}", one) and 0 < int(one, 16) < 0x80000000 for one in identifiers)


def test_no_block_is_wrapped_in_a_content_control() -> None:
    assert whole().find("//w:sdt") == []


def test_the_custom_part_holds_name_hash_and_each_blocks_source() -> None:
    part = whole().part("customXml/item1.xml")
    (file,) = part.findall("j:file", J)
    assert file.get("name") == "everything.md"
    assert file.get("sha256") == hashlib.sha256(everything.TEXT.encode()).hexdigest()
    (block,) = part.xpath("j:block[@id='_jb_a1_b3']", namespaces=J)
    pieces = [(p.text, everything.TEXT[int(p.get("start")) : int(p.get("end"))]) for p in block]
    assert [piece for piece, _ in pieces] == ["会议指出，要重视养老服务，", "把好事办好。"]
    assert all(piece == slice_ for piece, slice_ in pieces)
    assert block.get("sha256") == hashlib.sha256("".join(p for p, _ in pieces).encode()).hexdigest()[:16]


def test_every_block_of_the_custom_part_is_marked_in_the_document() -> None:
    marks = set(whole().find("//w:bookmarkStart/@w:name"))
    blocks = whole().part("customXml/item1.xml").xpath("j:block/@id", namespaces=J)
    assert blocks
    assert set(blocks) <= marks


def test_the_title_knows_where_it_stood() -> None:
    (block,) = whole().part("customXml/item1.xml").xpath("j:block[@id='_jb_a1_title']/j:text", namespaces=J)
    assert block.text == "第一篇文章"


def test_custom_properties_repeat_name_and_hash_and_name_the_style_sheet() -> None:
    part = whole().part("docProps/custom.xml")
    found = {row.get("name"): row[0].text for row in part}
    assert re.fullmatch(r"jianbao [0-9a-f]{16}", str(found.pop("jianbao.style")))
    assert found == {
        "jianbao.source": "everything.md",
        "jianbao.sha256": hashlib.sha256(everything.TEXT.encode()).hexdigest(),
    }


def test_folders_of_the_source_are_not_told() -> None:
    source = Source("somewhere/zhang/a.md", "文")
    document = Document(Metadata(), (Article(blocks=(b.Paragraph((i.Text("文", 0),)),)),), (source,))
    edition = Word(export(document, Theme(), Pagination(), {}, None).value)
    for name in edition.names():
        assert b"zhang" not in edition.zip.read(name)


def test_a_source_text_that_xml_forbids_is_packed() -> None:
    source = Source("a.md", "一\x01二")
    identity = Identity((source,))
    identity.block("a1_b1", "paragraph", (Span("a.md", 0, 3),))
    packed = base64.b64encode(source.text.encode()).decode()
    assert f'encoding="base64">{packed}<'.encode() in zlib.decompress(identity.part().packed(), -zlib.MAX_WBITS)


def test_a_long_id_is_shortened_and_a_short_one_kept() -> None:
    assert short("a1_b2") == "a1_b2"
    long = "a1_b2" + "_1" * 40
    assert len(short(long)) <= 36
    assert short(long) != short(long + "_1")


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ("<w:r><w:t>文。</w:t></w:r>", "S<w:r><w:t>文</w:t></w:r>E<w:r><w:t>。</w:t></w:r>"),
        ("<w:r><w:t>文</w:t></w:r>", "S<w:r><w:t>文</w:t></w:r>E"),
        ("<w:r><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r>", "S<w:r><w:t>甲</w:t></w:r>E<w:r><w:t>乙</w:t></w:r>"),
        ("<w:r><w:t>a &amp;</w:t></w:r>", "S<w:r><w:t>a &amp;</w:t></w:r>E"),
        ("", "SE"),
        (
            "<w:r><w:t>甲 乙</w:t></w:r>",
            'S<w:r><w:t xml:space="preserve">甲 </w:t></w:r>E<w:r><w:t>乙</w:t></w:r>',
        ),
        ("<w:r><w:t>e\u0301</w:t></w:r>", "S<w:r><w:t>e\u0301</w:t></w:r>E"),
    ],
)
def test_a_bookmark_ends_before_the_last_character(runs: str, expected: str) -> None:
    assert mark_runs("S", runs, "E") == expected


def test_the_document_has_an_id_of_its_own() -> None:
    identifiers = [element.get(key) for element in whole().settings for key in element.attrib if "docId" in element.tag]
    assert len(identifiers) == 2
    assert 0 < int(identifiers[0], 16) < 0x80000000


def test_the_part_holds_every_character_of_the_source_once() -> None:
    part = whole().part("customXml/item1.xml")
    held = sorted(
        (int(element.get("start")), int(element.get("end")), element.text or "")
        for element in part.iter("{*}text", "{*}rest")
    )
    assert "".join(text for _, _, text in held) == everything.TEXT
    assert all(before[1] == after[0] for before, after in itertools.pairwise(held))
