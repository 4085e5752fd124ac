"""`jianbao build` and its companions, end to end."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from calling import GOOD, Call


def test_build_writes_three_editions_and_says_so(folder: Path, source: Path, jianbao: Call) -> None:
    outcome = jianbao("build", source)
    assert outcome.code == 0, outcome.err
    assert outcome.out == ""
    assert sorted(path.name for path in (folder / "editions").iterdir()) == ["good.docx", "good.epub", "good.pdf"]
    first = outcome.lines[0].split("  ")
    assert first[0] == str(Path("editions", "good.pdf"))
    assert first[1:2] == ["1 pages"] and first[2].endswith("kB") and first[3].endswith(" s")
    assert outcome.lines[3] == "mended: 2 P-COMMA" or outcome.lines[3].startswith("mended: ")
    assert outcome.lines[-1].startswith("verified: 3 of 3 editions hold the source's text")


def test_faces_are_named_role_by_role(source: Path, jianbao: Call) -> None:
    outcome = jianbao("build", source, "--to", "pdf")
    assert "info[F-FACE] fangsong: 仿宋_GB2312 is not here; Noto Sans CJK SC is used" in outcome.err
    assert outcome.err.count("jianbao fonts install") == 1


def test_strict_fonts_stop_at_a_substituted_face(folder: Path, source: Path, jianbao: Call) -> None:
    outcome = jianbao("build", source, "--strict-fonts")
    assert outcome.code == 1
    assert "仿宋_GB2312" in outcome.err
    assert list((folder / "editions").glob("*")) == []


def test_an_edition_does_not_depend_on_those_beside_it(folder: Path, source: Path, jianbao: Call) -> None:
    jianbao("build", source, "-o", "a")
    for kind in ("pdf", "docx", "epub"):
        jianbao("build", source, "-o", "b", "--to", kind, "--no-verify")
        assert (folder / "a" / f"good.{kind}").read_bytes() == (folder / "b" / f"good.{kind}").read_bytes()


def test_metadata_from_the_command_line_wins(folder: Path, source: Path, jianbao: Call) -> None:
    outcome = jianbao("build", source, "--to", "docx", "-M", "期号=99", "-M", "name=水利简报")
    assert outcome.code == 0, outcome.err
    edition = folder / "editions" / "good.docx"
    assert jianbao("verify", source, edition, "-M", "期号=99", "-M", "name=水利简报").code == 0
    outcome = jianbao("verify", source, edition)
    assert outcome.code == 1
    assert "水利" in outcome.out and "99" in outcome.out


def test_one_edition_goes_to_the_standard_output(source: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    from converters.cli import run

    assert run(["build", str(source), "--to", "docx", "-o", "-"]) == 0
    captured = capfdbinary.readouterr()
    assert zipfile.ZipFile(io.BytesIO(captured.out)).testzip() is None
    assert b"verified: 1 of 1" in captured.err


def test_the_standard_input_is_a_source(folder: Path, jianbao: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    outcome = jianbao("build", "-", "--to", "docx")
    assert outcome.code == 0, outcome.err
    assert (folder / "editions" / "stdin.docx").exists()


def test_the_report_says_everything_again_as_data(folder: Path, source: Path, jianbao: Call) -> None:
    outcome = jianbao("build", source, "--to", "pdf,docx", "--report", "r.json")
    assert outcome.code == 0, outcome.err
    (bulletin,) = json.loads((folder / "r.json").read_text(encoding="utf-8"))["bulletins"]
    assert [(e["format"], e["written"], e["verified"]) for e in bulletin["editions"]] == [
        ("pdf", True, True), ("docx", True, True),
    ]  # fmt: skip
    assert bulletin["editions"][0]["bytes"] == (folder / "editions" / "good.pdf").stat().st_size
    assert {face["role"] for face in bulletin["faces"]} >= {"fangsong", "kaiti", "heiti"}
    change = next(change for change in bulletin["changes"] if change["rule"] == "P-COMMA")
    assert (change["line"], change["column"], change["before"], change["after"]) == (8, 3, ",", "，")
    assert change["offset"] == GOOD.index(",")


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("never", 0)])
def test_findings_fail_a_build_only_where_asked(folder: Path, jianbao: Call, fail_on: str, code: int) -> None:
    (folder / "q.md").write_text(GOOD + "\n学习甲》。\n", encoding="utf-8")
    assert jianbao("build", "q.md", "--to", "docx", "--fail-on", fail_on).code == code
    assert (folder / "editions" / "q.docx").exists()
    assert jianbao("build", "q.md", "--to", "docx").code == 0


def test_a_missing_glyph_fails_the_print_edition_and_keeps_the_old_one(folder: Path, jianbao: Call) -> None:
    old = folder / "editions" / "g.pdf"
    old.parent.mkdir()
    old.write_bytes(b"old")
    (folder / "g.md").write_text(GOOD + "\n罕见字\U0002f800与\U000131f5。\n", encoding="utf-8")
    outcome = jianbao("build", "g.md", "--to", "pdf,docx")
    assert outcome.code == 1
    assert "[F-GLYPH]" in outcome.err and "131F5" in outcome.err
    assert old.read_bytes() == b"old"
    assert (folder / "editions" / "g.docx").exists()


def test_an_edition_that_differs_is_not_written(
    folder: Path, source: Path, jianbao: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    from converters import fidelity
    from converters.diagnostics import Diagnostic, Severity

    old = folder / "editions" / "good.docx"
    old.parent.mkdir()
    old.write_bytes(b"old")
    fault = Diagnostic(
        "V-TEXT",
        Severity.ERROR,
        "{place}: the space after “{before}” is lost",
        values=(("place", "p"), ("before", "b")),
    )
    monkeypatch.setattr(fidelity, "verify", lambda *_: (fault,))
    outcome = jianbao("build", source, "--to", "docx")
    assert outcome.code == 1
    assert outcome.lines[-1] == f"failed: {Path('editions', 'good.docx')}"
    assert old.read_bytes() == b"old"


def test_verify_reads_files_alone_and_finds_a_changed_hanzi(folder: Path, source: Path, jianbao: Call) -> None:
    jianbao("build", source)
    editions = sorted((folder / "editions").iterdir())
    outcome = jianbao("verify", source, *editions)
    assert outcome.code == 0, outcome.out
    assert outcome.out.count("holds the source's text, character for character") == 3
    source.write_text(GOOD.replace("作出部署", "作出部暑"), encoding="utf-8")
    outcome = jianbao("verify", source, *editions)
    assert outcome.code == 1
    place = f"{source}:8:{GOOD.splitlines()[7].index('部署') + 2}: error[V-TEXT] good."
    assert outcome.out.count(place) == 3, outcome.out
    assert outcome.out.count("stands “署”, in the source “暑”") == 3


def test_verify_goes_on_after_a_missing_edition(source: Path, jianbao: Call) -> None:
    jianbao("build", source, "--to", "docx")
    outcome = jianbao("verify", source, "none.pdf", "editions/good.docx")
    assert outcome.code == 1
    assert "none.pdf: error: there is no such file" in outcome.err
    assert "good.docx: holds" in outcome.out


def test_watch_builds_again_when_a_file_changes(source: Path, jianbao: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from converters.files import Disk

    looks = 0

    def wait(_self: Disk, _seconds: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            source.write_text(GOOD + "\n又一段。\n", encoding="utf-8")
        elif looks > 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(Disk, "wait", wait)
    outcome = jianbao("build", source, "--to", "docx", "--watch")
    assert outcome.code == 130
    assert outcome.err.count("verified: 1 of 1") == 2


def test_repair_shows_a_word_diff(source: Path, jianbao: Call) -> None:
    outcome = jianbao("repair", source, "--diff")
    assert outcome.code == 0
    assert "近日[-,-]{+，+}云岭省民政厅" in outcome.out


def test_repair_shows_what_lines_were_taken_for(folder: Path, jianbao: Call) -> None:
    (folder / "plain.txt").write_text(
        "关于做好工作的通知\n\n一、加强领导\n\n近日,某厅召开会议。\n\n（据某省民政厅）\n", encoding="utf-8"
    )
    out = jianbao("repair", "plain.txt", "--diff").out
    assert "plain.txt:1:1: R-HEAD (at the beginning of a text), R-ARTICLE (title)\n  关于做好工作的通知\n" in out
    assert "R-HEAD (a number in sequence; short; no stop)\n  一、加强领导\n" in out
    assert "R-ARTICLE (source line)\n  （据某省民政厅）\n" in out
    assert "近日[-,-]{+，+}某厅" in out
    assert "R-ARTICLE (标题)" in jianbao("repair", "plain.txt", "--diff", "--lang-ui", "zh").out


def test_repair_writes_markdown_that_needs_no_repair(folder: Path, source: Path, jianbao: Call) -> None:
    outcome = jianbao("repair", source, "-o", "mended.md")
    assert outcome.code == 0, outcome.err
    text = (folder / "mended.md").read_text(encoding="utf-8")
    assert "近日，云岭省民政厅" in text
    assert jianbao("repair", "mended.md").out == text


def test_no_fix_leaves_a_rule_out(source: Path, jianbao: Call) -> None:
    assert "近日[-,-]" not in jianbao("repair", source, "--diff", "--no-fix", "p-comma").out


def test_check_prints_each_format(folder: Path, jianbao: Call) -> None:
    (folder / "q.md").write_text(GOOD + "\n学习甲》。\n", encoding="utf-8")
    full = jianbao("check", "q.md")
    assert full.code == 1
    assert "q.md:12:4: error[Q-PAIR]" in full.out and "  | 学习甲》。" in full.out
    concise = jianbao("check", "q.md", "--output-format", "concise")
    assert any(line.startswith("q.md:12:4: error[Q-PAIR]") for line in concise.out.splitlines())
    entries = json.loads(jianbao("check", "q.md", "--output-format", "json").out)
    pair = next(entry for entry in entries if entry["rule"] == "Q-PAIR")
    assert (pair["file"], pair["line"], pair["column"], pair["severity"]) == ("q.md", 12, 4, "error")
    sarif = json.loads(jianbao("check", "q.md", "--output-format", "sarif").out)
    assert "Q-PAIR" in {result["ruleId"] for result in sarif["runs"][0]["results"]}
    assert "::error file=q.md,line=12,col=4," in jianbao("check", "q.md", "--output-format", "github").out
    assert jianbao("check", "q.md", "--fail-on", "never").code == 0
    assert "Q-PAIR" not in jianbao("check", "q.md", "--ignore", "Q").out


def test_check_fix_mends_the_source_in_its_own_encoding(
    folder: Path, jianbao: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    from converters.cli import check
    from converters.diagnostics import Checked, Diagnostic, Edit, Severity, Span
    from converters.pipeline import prepare as true_prepare

    path = folder / "f.md"
    path.write_bytes(GOOD.replace("\n", "\r\n").encode("gb18030"))

    def prepare(source: str, *arguments: Any) -> Checked[object]:
        checked = true_prepare(source, *arguments)
        at = checked.value.sources[0].text.find("底线")
        if at < 0:
            return Checked(checked.value, ())
        span = Span(source, at, at + 1)
        fix = (Edit(span, "低"),)
        return Checked(checked.value, (Diagnostic("X-Y", Severity.ERROR, "wrong", span, fix=fix),))

    monkeypatch.setattr(check, "prepare", prepare)
    outcome = jianbao("check", "f.md", "--fix")
    assert outcome.code == 0
    assert "f.md: 1 places mended" in outcome.err
    assert path.read_bytes() == GOOD.replace("底线", "低线").replace("\n", "\r\n").encode("gb18030")


def test_messages_are_chinese_where_the_locale_or_the_flag_says_so(source: Path, jianbao: Call) -> None:
    outcome = jianbao("build", "none.md", "--lang-ui", "zh")
    assert "没有这个文件" in outcome.err
    outcome = jianbao("build", source, "--to", "docx", "--lang-ui", "zh")
    assert outcome.lines[-1].startswith("已核对")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh"),
        ({"LANG": "C", "LANGUAGE": "zh"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_follows_the_locale(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    from converters.cli.messages import from_environment

    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert from_environment() == language


def test_styles_can_be_listed_shown_and_begun(source: Path, jianbao: Call) -> None:
    assert "gongwen" in jianbao("styles").out
    assert jianbao("styles", "list").out == jianbao("styles").out
    assert "[page]" in jianbao("styles", "show", "base").out
    assert jianbao("styles", "new", "house", "--extends", "gongwen").code == 0
    assert jianbao("styles", "new", "house").code == 2
    assert jianbao("build", source, "--style", "house.toml", "--to", "docx").code == 0


def test_every_rule_that_is_found_has_a_manual_page(jianbao: Call) -> None:
    listed = jianbao("explain", "--list").out
    for rule in ("Q-PAIR", "P-COMMA", "V-TEXT", "F-GLYPH", "I-OUTSIDE"):
        assert rule in listed
        assert jianbao("explain", rule.lower()).out.startswith(f"{rule}: ")


def test_doctor_names_the_libraries(jianbao: Call) -> None:
    outcome = jianbao("doctor")
    assert outcome.code == 0, outcome.out
    assert "reportlab" in outcome.out and "fangsong" in outcome.out


def test_fonts_check_says_which_character_has_no_face(folder: Path, source: Path, jianbao: Call) -> None:
    outcome = jianbao("fonts", "check", source)
    assert outcome.code == 0
    assert "every character has a face" in outcome.out
    (folder / "g.md").write_text("埃及字\U000131f5。\n", encoding="utf-8")
    outcome = jianbao("fonts", "check", "g.md")
    assert outcome.code == 1
    assert "[F-GLYPH]" in outcome.out


def test_the_version_is_shown(jianbao: Call) -> None:
    outcome = jianbao("--version")
    assert outcome.code == 0
    assert outcome.out.startswith("jianbao ")
