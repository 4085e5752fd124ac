"""What would annoy whoever edits the file in Word or WPS: each assertion is one complaint that must not be heard."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from word_parts import NAMES, Word, make, names, tags, text, value, w, whole, word

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article
from converters.model.metadata import Metadata
from converters.model.pagination import Pagination
from converters.theme.schema import Theme

# Word shows these by names of its own in the user's language: 正文, 标题 1, 题注 …
BUILT_IN = (
    "Normal", "Title", "Subtitle", "Date", "Quote", "Strong", "Emphasis", "Hyperlink", "caption", "header", "footer",
    "TOC Heading", "footnote text", "footnote reference", "page number", "HTML Preformatted", "HTML Code",
    "Default Paragraph Font", "Normal Table", "Table Grid", "No List",
)  # fmt: skip
BUILT_IN_STEMS = ("heading ", "toc ", "List Number", "List Bullet", "List Continue")


def _all_styles() -> list[Any]:
    return list(whole().styles.iter(w("style")))


def _name(style: Any) -> str:
    return str(value(style, "w:name"))


def test_the_styles_pane_lists_no_style_that_nobody_took_up() -> None:
    (latent,) = whole().styles.iter(w("latentStyles"))
    assert [latent.get(w(f"def{key}")) for key in ("SemiHidden", "UnhideWhenUsed", "QFormat")] == ["1", "1", "0"]


def test_every_style_has_words_own_name_or_a_chinese_one_and_none_comes_twice() -> None:
    found = [_name(style) for style in _all_styles()]
    assert [
        name for name in found if name.isascii() and not name.startswith(BUILT_IN_STEMS) and name not in BUILT_IN
    ] == []
    assert len(found) == len(set(found))
    for style in _all_styles():
        assert (style.get(w("customStyle")) == "1") == (not _name(style).isascii()), _name(style)


@pytest.mark.parametrize("style", ["TOC1", "Header", "Footer", "FootnoteText", "Hyperlink", "Heading7", "ListContinue"])
def test_the_gallery_shows_nothing_that_word_applies_by_itself(style: str) -> None:
    assert "qFormat" not in tags(whole().style(style))
    assert "unhideWhenUsed" in tags(whole().style(style))


@pytest.mark.parametrize("style", ["Normal", "Heading1", "Heading2", "SourceLine", "EditorNote", "Picture", "Strong"])
def test_the_gallery_shows_what_a_person_applies(style: str) -> None:
    assert "qFormat" in tags(whole().style(style)) and "semiHidden" not in tags(whole().style(style))


def test_enter_behind_a_title_goes_on_with_text() -> None:
    for level in range(1, 10):
        assert value(whole().style(f"Heading{level}"), "w:next") == "Normal"
    assert value(whole().style("Kicker"), "w:next") == "Heading1"
    identifiers = {style.get(w("styleId")) for style in _all_styles()}
    for style in _all_styles():
        assert {value(style, path) for path in ("w:next", "w:basedOn")} - {None} <= identifiers


def test_every_style_of_a_paragraph_is_a_kind_of_text() -> None:
    # What is changed for 正文 and not said again by a style (line breaking, widows) reaches every paragraph.
    styles = [style for style in _all_styles() if style.get(w("type")) == "paragraph"]
    assert [value(style, "w:basedOn") for style in styles if style.get(w("styleId")) == "Normal"] == [None]
    assert {value(style, "w:basedOn") for style in styles if style.get(w("styleId")) != "Normal"} == {"Normal"}
    for name in names("kinsoku overflowPunct topLinePunct autoSpaceDE autoSpaceDN widowControl"):
        assert [style.get(w("styleId")) for style in styles if style.find(f"{w('pPr')}/{w(name)}") is not None] == [
            "Normal"
        ]


def test_the_navigation_pane_has_headings_and_nothing_else() -> None:
    levels = {
        style.get(w("styleId")): value(style, "w:pPr/w:outlineLvl")
        for style in _all_styles()
        if value(style, "w:pPr/w:outlineLvl") is not None
    }
    assert levels == {f"Heading{level}": str(level - 1) for level in range(1, 10)}
    assert whole().find("//w:pPr/w:outlineLvl") == []


def test_another_face_or_size_for_the_whole_text_is_a_matter_of_its_style() -> None:
    edition = word(b.Paragraph((i.Text("会议“强调”"), i.Strong((i.Text("安全"),)), i.Text("2026年第3期"))))
    for properties in edition.paragraph("会议").iter(w("rPr")):
        assert set(tags(properties)) <= {"rFonts", "rStyle"}
        for face in properties.findall(w("rFonts")):
            # Only a style's name or the hint: Ctrl+A and another face reaches every character.
            assert list(face.attrib) == [w("hint")] or properties.find(w("rStyle")) is not None
    assert edition.paragraph("会议").find(w("pPr")) is None


def test_nothing_is_locked_nor_tracked_nor_asked() -> None:
    unwanted = names(
        "documentProtection writeProtection trackRevisions updateFields attachedTemplate mailMerge linkStyles"
        " revisionView documentType formsDesign"
    )
    assert not set(unwanted) & set(tags(whole().settings))
    assert whole().find("//w:sdt | //w:ins | //w:del | //w:permStart") == []
    assert [style for style in _all_styles() if style.find(w("locked")) is not None] == []


def test_the_title_bar_says_nothing_of_an_old_format() -> None:
    modes = whole().settings.xpath("//w:compatSetting[@w:name='compatibilityMode']/@w:val", namespaces=NAMES)
    assert modes == ["15"]


def test_no_word_is_underlined_as_misspelt_because_of_its_language() -> None:
    defaults = whole().styles.xpath("//w:docDefaults//w:lang", namespaces=NAMES)
    assert [(lang.get(w("val")), lang.get(w("eastAsia"))) for lang in defaults] == [("en-US", "zh-CN")]
    # One language for the whole: no run says otherwise, and only code is kept from the spelling.
    assert whole().find("//w:r//w:lang | //w:r//w:noProof") == []
    unchecked = {style.get(w("styleId")) for style in _all_styles() if style.find(f".//{w('noProof')}") is not None}
    assert unchecked == {"HTMLPreformatted", "HTMLCode"}


def test_no_word_is_hyphenated_by_itself() -> None:
    assert not {"autoHyphenation", "consecutiveHyphenLimit"} & set(tags(whole().settings))


def test_headings_carry_no_numbers_of_words_making() -> None:
    for style in _all_styles():
        if value(style, "w:pPr/w:outlineLvl") is not None:
            assert style.find(f"{w('pPr')}/{w('numPr')}") is None


def test_an_article_that_is_copied_into_another_file_keeps_its_look() -> None:
    # The other file's 正文 has another look: a style says all of its own.
    for style in _all_styles():
        if style.get(w("type")) != "paragraph" or style.get(w("styleId")) == "Normal":
            continue
        found = style.find(w("pPr")), style.find(w("rPr"))
        assert {"keepNext", "spacing", "ind", "jc"} <= set(tags(found[0])), _name(style)
        assert {"rFonts", "b", "i", "color", "spacing", "sz"} <= set(tags(found[1])), _name(style)
        spacing, indent = found[0].find(w("spacing")), found[0].find(w("ind"))
        assert {w(key) for key in names("before after line lineRule")} <= set(spacing.attrib), _name(style)
        assert {w(key) for key in names("left right leftChars rightChars firstLineChars")} <= set(indent.attrib)
        assert {w("hanging"), w("firstLine")} & set(indent.attrib)


def test_contents_that_word_makes_again_look_as_before() -> None:
    articles = tuple(Article(((i.Text(f"第{n}篇"),),), (b.Paragraph((i.Text("文"),)),)) for n in range(3))
    pagination = Pagination({f"a{n}": str(n) for n in range(1, 4)}, contents=True)
    edition = Word(make(articles=articles, metadata=Metadata(name="简报"), pagination=pagination).value)
    toc = edition.style("TOC1")
    assert value(toc, "w:pPr/w:tabs/w:tab", "leader") == "dot"
    entries = [p for p in edition.find("//w:p") if value(p, "w:pPr/w:pStyle") == "TOC1"]
    assert len(entries) == 3
    # Nothing is set on an entry but the space below the last: what Word writes anew, it writes in the style.
    assert all(tags(entry.find(w("pPr"))) == ["pStyle"] for entry in entries[:-1])
    assert tags(entries[-1].find(w("pPr"))) == ["pStyle", "spacing"]
    marked = edition.find("//w:p[w:pPr/w:pStyle/@w:val='Heading1']//w:bookmarkStart/@w:name")
    assert sum(name.startswith("_Toc") for name in marked) == 3


def test_the_masthead_is_text_that_one_types_over() -> None:
    edition = word(b.Paragraph((i.Text("文"),)), metadata=Metadata(name="民政工作简报", issue="第1期", issuer="办公室"))
    name = edition.paragraph("民政工作简报")
    assert value(name, "w:pPr/w:pStyle") == "Title" and text(name) == "民政工作简报"
    assert edition.find("//w:txbxContent | //w:pict | //w:drawing | //w:framePr") == []


def test_a_leaf_printed_on_both_sides_has_its_margins_and_numbers_outside() -> None:
    assert {"mirrorMargins", "evenAndOddHeaders"} <= set(tags(whole().settings))
    one_side = dataclasses.replace(Theme(), page=dataclasses.replace(Theme().page, duplex=False))
    single = word(b.Paragraph((i.Text("文"),)), theme=one_side)
    assert not {"mirrorMargins", "evenAndOddHeaders"} & set(tags(single.settings))
