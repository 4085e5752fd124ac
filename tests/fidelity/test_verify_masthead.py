"""What each edition holds of the masthead's name: on headed paper nothing, where it is drawn its description."""

from __future__ import annotations

import functools
import io
import re
import zipfile

import pytest
from PIL import Image as Pillow
from sample import NAME, bulletin

from converters.diagnostics import Diagnostic
from converters.fidelity import frame_of, verify
from converters.files import Memory
from converters.pipeline import Options, write
from converters.readers import read
from converters.theme.load import load

KINDS = ("pdf", "docx", "epub", "html")
NAMED = "民政工作简报"
PREPRINTED = (("masthead.preprinted", "true"),)
DRAWN = (("masthead.image", "art/name.png"),)


def picture(form: str = "PNG", size: tuple[int, int] = (600, 120)) -> bytes:
    buffer = io.BytesIO()
    Pillow.new("RGB", size, "#E2231A").save(buffer, form)
    return buffer.getvalue()


@functools.cache
def built(
    kind: str, overrides: tuple[tuple[str, str], ...] = (), artwork: bytes = b""
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """An edition and its findings; artwork lies below the source's folder."""
    files = Memory({"art/name.png": artwork} if artwork else {}, variables={"HOME": "/"})
    result = write(bulletin(), f"out/a.{kind}", Options(overrides=overrides, verify=False), files)
    assert not result.failed, [finding.text() for finding in result.findings]
    return files.contents[f"out/a.{kind}"], result.findings


def verified(kind: str, data: bytes, overrides: tuple[tuple[str, str], ...] = ()) -> tuple[Diagnostic, ...]:
    return verify(bulletin(), f"a.{kind}", data, frame_of(load("jianbao", dict(overrides))))


@pytest.mark.parametrize("kind", KINDS)
def test_an_edition_for_headed_paper_is_verified(kind: str) -> None:
    assert verified(kind, built(kind, PREPRINTED)[0], PREPRINTED) == ()


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_headed_paper_has_the_name_so_the_edition_that_prints_it_too_is_wrong(kind: str) -> None:
    found = verified(kind, built(kind)[0], PREPRINTED)
    assert [finding.rule for finding in found] == ["V-TEXT"]
    assert NAMED in found[0].text()


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_on_blank_paper_a_name_left_out_is_lost(kind: str) -> None:
    found = verified(kind, built(kind, PREPRINTED)[0])
    assert [finding.rule for finding in found] == ["V-TEXT"]
    assert "lost" in found[0].text() and NAMED in found[0].text()


@pytest.mark.parametrize("kind", ["epub", "html"])
def test_nobody_prints_a_phone_or_web_edition_on_headed_paper(kind: str) -> None:
    """They keep the name, and are wrong without it, whatever the style sheet says of paper."""
    assert built(kind, PREPRINTED)[0] == built(kind)[0]
    data = _replaced(kind, built(kind)[0], f">{NAMED}</h1>", "></h1>")
    assert [finding.rule for finding in verified(kind, data, PREPRINTED)] == ["V-TEXT"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_that_is_drawn_is_in_the_edition_as_its_description(kind: str) -> None:
    data, findings = built(kind, DRAWN, picture())
    assert [finding for finding in findings if finding.rule[0] in "ILW"] == []
    assert data != built(kind)[0]
    assert verified(kind, data, DRAWN) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_artwork_and_headed_paper_go_together(kind: str) -> None:
    both = PREPRINTED + DRAWN
    assert verified(kind, built(kind, both, picture())[0], both) == ()


@pytest.mark.parametrize(
    ("kind", "before"), [("docx", f'descr="{NAMED}"'), ("epub", f'alt="{NAMED}"/>'), ("html", f'alt="{NAMED}">')]
)
def test_a_drawn_name_without_its_description_is_lost(kind: str, before: str) -> None:
    data = _replaced(kind, built(kind, DRAWN, picture())[0], before, before.replace(NAMED, ""))
    assert [finding.rule for finding in verified(kind, data, DRAWN)] == ["V-TEXT"]


def test_a_drawn_name_without_its_text_is_lost_from_a_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    from converters.exporters.pdf import marking

    monkeypatch.setattr(marking, "text_string", lambda _text: b"()")
    files = Memory({"art/name.png": picture()}, variables={"HOME": "/"})
    write(bulletin(), "out/a.pdf", Options(overrides=DRAWN, verify=False), files)
    found = verified("pdf", files.contents["out/a.pdf"], DRAWN)
    assert {finding.rule for finding in found} == {"V-TEXT"}
    assert NAMED in found[0].text()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("artwork", "rule"),
    [
        (b"", "I-READ"),
        (b"no picture", "I-BAD"),
        (picture()[:60], "I-BAD"),
        (picture()[:43] + bytes(30) + picture()[73:], "I-BAD"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "I-BAD"),
    ],
    ids=["missing", "unknown", "cut off", "broken within", "SVG"],
)
def test_artwork_that_cannot_be_used_is_said_and_the_name_is_set_as_text(kind: str, artwork: bytes, rule: str) -> None:
    data, findings = built(kind, DRAWN, artwork)
    found = [finding for finding in findings if finding.rule.startswith("I-")]
    assert [(finding.rule, finding.place) for finding in found] == [(rule, "masthead.image")]
    assert "art/name.png" in found[0].text()
    assert data == built(kind)[0]
    assert verified(kind, data, DRAWN) == ()


@pytest.mark.parametrize("kind", ["docx", "epub", "html"])
def test_a_drawn_name_is_read_back_from_an_edition_that_becomes_a_source(kind: str) -> None:
    again = read(f"a.{kind}", built(kind, DRAWN, picture())[0]).value
    assert again.metadata.name == NAMED


def test_an_authors_picture_never_counts_as_the_name() -> None:
    """Its description is no text, in the article as in any document."""
    source = f"---\nname: {NAMED}\n---\n\n# 题\n\n![{NAMED}](art/name.png)\n"
    document = read(NAME, source.encode()).value
    for kind in KINDS:
        files = Memory({"art/name.png": picture()}, variables={"HOME": "/"})
        write(document, f"out/a.{kind}", Options(verify=False), files)
        assert verify(document, f"a.{kind}", files.contents[f"out/a.{kind}"]) == ()


def _replaced(kind: str, data: bytes, before: str, after: str) -> bytes:
    """An edition with some of its text put right, or wrong, by hand."""
    if kind == "html":
        assert before.encode() in data
        return data.replace(before.encode(), after.encode())
    out = io.BytesIO()
    count = 0
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            part = given.read(name)
            if re.search(r"\.(xhtml|xml)$", name) and name != "docProps/core.xml":
                count += part.count(before.encode())
                part = part.replace(before.encode(), after.encode())
            made.writestr(name, part)
    assert count
    return out.getvalue()
