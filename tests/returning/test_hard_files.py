"""Files that have been through other hands: ids lost, doubled or foreign; saved elsewhere; hostile; no DOCX at all."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from editing import AUTHOR, Desk, edition, style_of, text_of, w
from lxml import etree
from rich import RICH, changed, dress, returned, retype

from converters.errors import InputError
from converters.returning import merge

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAP = "一张图管住更新"
FOUR, FIVE = "空闲”四项", "空闲”五项"


def edited(desk: Desk) -> None:
    """The edit that must come back from every file here."""
    retype(desk, MAP, "四项", "五项")


def without_bookmarks(desk: Desk) -> None:
    for mark in [*desk.document.iter(w("bookmarkStart")), *desk.document.iter(w("bookmarkEnd"))]:
        mark.getparent().remove(mark)


def without_paragraph_ids(desk: Desk) -> None:
    for paragraph in desk.document.iter(w("p")):
        for name in list(paragraph.attrib):
            del paragraph.attrib[name]


def without_identity(desk: Desk) -> None:
    name = "word/_rels/document.xml.rels"
    desk.parts[name] = desk.parts[name].replace(b"relationships/customXml", b"relationships/other")


def with_half_the_bookmarks(desk: Desk) -> None:
    for number, mark in enumerate([*desk.document.iter(w("bookmarkStart"))]):
        if number % 2:
            mark.getparent().remove(mark)


def as_word_saves(desk: Desk) -> None:
    """Foreign paragraph ids replaced, revision ids, spelling marks, _GoBack."""
    for number, paragraph in enumerate(desk.document.iter(w("p"))):
        paragraph.set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", f"{number + 0x1000:08X}")
        paragraph.set(w("rsidR"), "00C0FFEE")
    last = list(desk.body.iterchildren(w("p")))[-1]
    last.append(etree.Element(w("bookmarkStart"), {w("id"): "999", w("name"): "_GoBack"}))
    last.append(etree.Element(w("bookmarkEnd"), {w("id"): "999"}))


def as_wps_saves(desk: Desk) -> None:
    """Imitated: numeric style ids, ids of its own, ends of bookmarks in the body itself."""
    styles = desk.parts["word/styles.xml"].decode()
    names = {style.get(w("styleId")) for style in etree.fromstring(styles.encode()).iter(w("style"))}
    numbers = {name: str(number) for number, name in enumerate(sorted(filter(None, names)), 2)}
    for name, number in numbers.items():
        for attribute in ("w:styleId", "w:val"):
            styles = (
                styles.replace(f'{attribute}="{name}"', f'{attribute}="{number}"')
                if attribute == "w:styleId"
                else (styles.replace(f'<w:basedOn w:val="{name}"', f'<w:basedOn w:val="{number}"'))
            )
    desk.parts["word/styles.xml"] = styles.encode()
    trees = [desk.document]
    if "word/footnotes.xml" in desk.parts:
        trees.append(etree.fromstring(desk.parts["word/footnotes.xml"]))
    for tree in trees:
        for reference in tree.iter(w("pStyle"), w("rStyle"), w("tblStyle")):
            reference.set(w("val"), numbers.get(reference.get(w("val")), reference.get(w("val"))))
    if len(trees) > 1:
        desk.parts["word/footnotes.xml"] = etree.tostring(trees[1])
    for end in list(desk.body.iterfind(f"{w('p')}/{w('bookmarkEnd')}")):
        desk.body.append(end)


def as_an_online_editor_saves(desk: Desk) -> None:
    """Imitated: no custom parts, no bookmarks, styles as they were, every run cut in pieces."""
    without_bookmarks(desk)
    without_paragraph_ids(desk)
    without_identity(desk)
    for part in [name for name in desk.parts if name.startswith("customXml")]:
        del desk.parts[part]


@pytest.mark.parametrize(
    "hands",
    [without_bookmarks, without_paragraph_ids, with_half_the_bookmarks, as_word_saves, as_wps_saves],
)
def test_an_edit_comes_back_through_other_hands(rich: bytes, hands: Callable[[Desk], None]) -> None:
    def edit(desk: Desk) -> None:
        edited(desk)
        hands(desk)

    result = returned(rich, edit)
    assert result.text.decode() == RICH.replace(FOUR, FIVE)
    assert not result.conflicts


@pytest.mark.parametrize("hands", [without_identity, as_an_online_editor_saves])
def test_a_file_that_says_nothing_of_its_source_is_compared_by_its_words_and_that_is_said(
    rich: bytes, hands: Callable[[Desk], None]
) -> None:
    def edit(desk: Desk) -> None:
        edited(desk)
        dress(desk, MAP, "预留", "b")
        hands(desk)

    result = returned(rich, edit)
    assert result.text.decode() == RICH.replace(FOUR, FIVE).replace("、预留、", "、**预留**、")
    assert "by its words alone" in result.findings[0].message


def test_an_unedited_file_is_a_no_op_through_every_hand(rich: bytes) -> None:
    for hands in (without_bookmarks, with_half_the_bookmarks, as_word_saves, as_wps_saves, as_an_online_editor_saves):
        result = returned(rich, hands)
        assert result.text.decode() == RICH
        assert result.applied == result.conflicts == ()


def test_a_paragraph_copied_with_its_mark_is_put_in_and_the_first_stays(rich: bytes) -> None:
    def edit(desk: Desk) -> None:
        paragraph = desk.find(MAP)
        new = copy.deepcopy(paragraph)
        desk.find("第二项").addnext(new)
        desk.change(new, 0, 8, "一张图用到底。")

    text = returned(rich, edit).text.decode()
    assert RICH.split("\n\n")[4] in text
    assert "一张图用到底。**市民政局把床位" in text


def test_tracked_deletion_of_a_paragraphs_mark_joins_it_to_the_next(rich: bytes) -> None:
    def edit(desk: Desk) -> None:
        first = desk.find("召开民政工作会议，")
        properties = etree.Element(w("pPr"))
        first.insert(0, properties)
        etree.SubElement(properties, w("rPr")).append(etree.Element(w("del"), {w("id"): "1", **AUTHOR}))

    result = returned(rich, edit)
    assert "也要抓好。**一张图管住更新。**" in result.text.decode()
    assert [entry.kind for entry in result.applied] == ["joined"]


@pytest.mark.parametrize(
    ("form", "second", "twelfth"),
    [
        ("chineseCounting", "二、", "十二、"), ("chineseCountingThousand", "二、", "十二、"),
        ("japaneseCounting", "二、", "十二、"), ("taiwaneseCountingThousand", "二、", "十二、"),
        ("chineseLegalSimplified", "贰、", "壹拾贰、"), ("ideographTraditional", "乙、", "12、"),
        ("ideographZodiac", "丑、", "亥、"), ("decimalEnclosedCircle", "②、", "⑫、"),
        ("decimalFullWidth", "２、", "１２、"), ("ideographDigital", "二、", "一二、"),
        ("taiwaneseCounting", "二、", "十二、"), ("taiwaneseDigital", "二、", "一二、"),
        ("ideographZodiacTraditional", "乙丑、", "乙亥、"), ("ideographLegalTraditional", "貳、", "壹拾貳、"),
        ("ideographEnclosedCircle", "㈡、", "12、"), ("decimalEnclosedCircleChinese", "②、", "12、"),
        ("decimalEnclosedParen", "⑵、", "⑿、"), ("japaneseLegal", "弐、", "壱拾弐、"),
        ("japaneseDigitalTenThousand", "二、", "一二、"), ("decimalFullWidth2", "２、", "１２、"),
        ("koreanCounting", "이、", "십이、"), ("koreanDigital", "이、", "일이、"), ("koreanDigital2", "二、", "一二、"),
        ("koreanLegal", "둘、", "열둘、"), ("decimalEnclosedFullstop", "⒉、", "⒓、"),
    ],
)  # fmt: skip
def test_numbers_that_word_counts_are_words(rich: bytes, form: str, second: str, twelfth: str) -> None:
    def edit(desk: Desk) -> None:
        numbering = desk.parts["word/numbering.xml"].decode()
        abstract = (
            f'<w:abstractNum w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        )
        at = numbering.index("<w:num ")
        number = '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num></w:numbering>'
        numbering = (numbering[:at] + abstract + numbering[at:]).replace("</w:numbering>", number)
        desk.parts["word/numbering.xml"] = numbering.encode()
        after = desk.find(MAP)
        for count in range(1, 13):
            new = desk.insert(after, f"第{count}件事要办好，办实，办出成效来。")
            properties = etree.Element(w("pPr"))
            numbered = etree.SubElement(properties, w("numPr"))
            etree.SubElement(numbered, w("ilvl"), {w("val"): "0"})
            etree.SubElement(numbered, w("numId"), {w("val"): "90"})
            new.insert(0, properties)
            after = new

    text = returned(rich, edit).text.decode()
    assert f"\n{second}第2件事要办好" in text
    assert f"\n{twelfth}第12件事要办好" in text


def test_fields_simple_and_complex_give_their_results(rich: bytes) -> None:
    def edit(desk: Desk) -> None:
        paragraph = desk.find(MAP)
        simple = etree.SubElement(paragraph, w("fldSimple"), {w("instr"): ' DATE \\@ "yyyy" '})
        etree.SubElement(etree.SubElement(simple, w("r")), w("t")).text = "二〇二六年"
        for kind, words in (("begin", ""), ("", ' REF x "'), ("separate", ""), ("", "见上文"), ("end", "")):
            run = etree.SubElement(paragraph, w("r"))
            if kind:
                etree.SubElement(run, w("fldChar"), {w("fldCharType"): kind})
            elif words.startswith(" REF"):
                etree.SubElement(run, w("instrText")).text = words
            else:
                etree.SubElement(run, w("t")).text = words

    assert "护理排班。二〇二六年见上文\n" in returned(rich, edit).text.decode()


def test_an_edition_older_than_its_source_is_merged_into_it(rich: bytes) -> None:
    desk = Desk(rich)
    edited(desk)
    now = RICH.replace("2. 第二项。", "2. 第二项，新写的。").replace("期号: 3", "期号: 5")
    result = merge(desk.bytes(), "rich.md", now.encode())
    assert result.text.decode() == now.replace(FOUR, FIVE)
    assert "changed since" in result.findings[0].message
    assert result.count.lost == 0


def archive(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"# Markdown\n", "it is no zip archive"),
        (OLE + bytes(600), "an old .doc"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        (archive({"a.txt": b"a"}), "it is no Word document"),
        (archive({"../a.txt": b"a"}), "leads out of the archive"),
        (archive({"word/document.xml": bytes(64 * 1024 * 1024)}), "packed too tightly"),
    ],
    ids=["empty", "text", "old", "encrypted", "zip", "traversal", "bomb"],
)
def test_what_is_no_edited_file_is_refused_in_one_sentence_that_says_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as refusal:
        merge(data, "rich.md", RICH.encode())
    assert refusal.value.hint


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
SUNK = "<w:sdt><w:sdtContent>"


@pytest.mark.parametrize(
    ("head", "before", "after", "message"),
    [
        (BOMB, "四项", "&b;", "document type declaration"), (OUTSIDE, "四项", "&b;", "document type declaration"),
        ("", "<w:body>", f"<w:body>{SUNK * 300}", "damaged"), ("", "</w:document>", "", "damaged"),
        ("", "w:body", "w:bodies", "it has no body"),
    ],
    ids=["bomb", "outside", "deep", "cut off", "no body"],
)  # fmt: skip
def test_hostile_and_damaged_xml_is_refused_and_nothing_is_expanded_or_fetched(
    rich: bytes, head: str, before: str, after: str, message: str
) -> None:
    desk = Desk(rich)
    body = etree.tostring(desk.document).decode().replace(before, after)
    members = desk.parts | {"word/document.xml": (head + body).encode()}
    with pytest.raises(InputError, match=message) as refusal:
        merge(archive(members), "rich.md", RICH.encode())
    assert refusal.value.hint


def test_a_file_of_another_source_is_refused_and_the_source_is_asked_for(rich: bytes) -> None:
    with pytest.raises(InputError, match=r"not an edition of other\.md") as refusal:
        merge(rich, "other.md", "# 别的题目\n\n与此全然无关的另外一段话。\n".encode())
    assert "name the source" in refusal.value.hint


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("LibreOffice/24.2.0.3$Linux_X86_64 LibreOffice_project/x", "LibreOffice/24.2.0.3"),
        ("WPS Office_12.1.0.16120_F1E327BC-269C-435d-A152-05C5408002CA", "WPS Office"),
        ("Microsoft Office Word", ""), ("jianbao", ""),
    ],
)  # fmt: skip
def test_which_program_has_saved_it_is_said(rich: bytes, program: str, said: str) -> None:
    def edit(desk: Desk) -> None:
        name = "docProps/app.xml"
        text = desk.parts[name].decode()
        desk.parts[name] = text.replace(">jianbao<", f">{program}<").encode()

    found = [
        dict(finding.values)["program"] for finding in returned(rich, edit).findings if "saved by" in finding.message
    ]
    assert found == ([said] if said else [])


def test_lost_and_doubled_marks_are_said_with_their_number(rich: bytes) -> None:
    def edit(desk: Desk) -> None:
        with_half_the_bookmarks(desk)
        without_paragraph_ids(desk)
        desk.find("第二项").addnext(copy.deepcopy(desk.find("召开民政工作会议，")))

    findings = {finding.message: dict(finding.values) for finding in returned(rich, edit).findings}
    lost = next(values for message, values in findings.items() if "have lost their marks" in message)
    assert 0 < int(lost["lost"]) < int(lost["count"])


def test_wraps_and_comments_and_line_ends_of_the_source_stay(folder: Path) -> None:
    source = (
        "# 题目在这里\r\n\r\n第一段文字在这里，\r\n写成了两行，字不少。<!-- 内部 -->\r\n\r\n"
        "第二段文字在那里，也写了不少的字。\r\n"
    )
    data = edition("wraps.md", source.encode(), folder)
    result = returned(data, lambda desk: retype(desk, "第一段", "字不少", "字很多"), source)
    assert result.text.decode() == source.replace("字不少", "字很多")
    assert changed(result, source) != []
    assert style_of(Desk(data).find("第一段")) == "" and text_of(Desk(data).find("第一段")).startswith("第一段")


PLAIN = """关于召开民政工作会的通知

近日，青浦河市召开民政工作会议，部署全年任务，各县区参加。

会议指出，要抓好三件事，一件一件落实到位，不留尾巴。
"""


def test_a_plain_text_takes_words_as_they_are_and_says_that_it_has_no_looks(folder: Path) -> None:
    desk = Desk(edition("plain.txt", PLAIN.encode(), folder))
    assert merge(desk.bytes(), "plain.txt", PLAIN.encode()).text.decode() == PLAIN
    retype(desk, "会议指出", "会议指出", "会议*强调*")
    dress(desk, "三件事", "三件事", "b")
    desk.insert(desk.find("部署全年任务"), "# 新添的一段，带一个井号。")
    result = merge(desk.bytes(), "plain.txt", PLAIN.encode())
    expected = PLAIN.replace("会议指出", "会议*强调*").replace("参加。\n", "参加。\n\n# 新添的一段，带一个井号。\n")
    assert result.text.decode() == expected
    assert "a plain text has no looks" in [entry.reason for entry in result.ignored]


@pytest.mark.parametrize("name", ["a.docx", "a.html", "a.epub"])
def test_a_source_that_is_not_written_line_by_line_is_refused(rich: bytes, name: str) -> None:
    with pytest.raises(InputError, match="into Markdown and plain text"):
        merge(rich, name, b"whatever")
