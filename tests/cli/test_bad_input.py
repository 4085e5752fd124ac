"""Bad input: one clear message each, the right exit code, no traceback, nothing half written."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from calling import GOOD, Call

from converters.cli import run


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("none.md", None, "there is no such file"),
        ("empty.md", b"", "empty"),
        ("blank.md", b" \n\n", "empty"),
        ("binary.md", bytes(range(256)) * 8, ""),
        ("pdf.md", b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n" + b"\0" * 200, "PDF"),
        ("zip.md", b"PK\x03\x04" + b"\0" * 200, "not text"),
        ("torn.md", "民政工作".encode() + b"\xff\xfe\x80\x81" * 3 + "简报".encode(), ""),
        ("a.xyz", b"text", "xyz"),
        ("noname", b"text", "format"),
        ("front.md", b"---\nname: [open\n---\n\ntext\n", ""),
        ("unclosed.md", b"---\nname: x\n\ntext without an end\n", ""),
    ],
)
@pytest.mark.parametrize("verb", [("build",), ("check",), ("repair", "--diff")])
def test_a_source_that_cannot_be_read(
    folder: Path, jianbao: Call, verb: tuple[str, ...], name: str, data: bytes | None, message: str
) -> None:
    if data is not None:
        (folder / name).write_bytes(data)
    before = sorted(folder.iterdir())
    outcome = jianbao(*verb, name)
    assert outcome.code == 1
    assert outcome.lines[0].startswith(name)
    assert ": error: " in outcome.lines[0]
    assert message in outcome.lines[0]
    assert len(outcome.lines) <= 2
    assert sorted(folder.iterdir()) == before


def test_a_folder_is_no_source(folder: Path, jianbao: Call) -> None:
    outcome = jianbao("build", folder)
    assert (outcome.code, "it is a folder" in outcome.err) == (1, True)


def test_a_bad_source_does_not_stop_the_others(folder: Path, source: Path, jianbao: Call) -> None:
    outcome = jianbao("build", "none.md", source, "--to", "docx")
    assert outcome.code == 1
    assert (folder / "editions" / "good.docx").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--style", "nix"), "there is no style sheet nix"),
        (("--style", "nix.toml"), "nix.toml"),
        (("--set", "page.sizes=A3"), "did you mean size"),
        (("--set", "page.rows=many"), "page.rows"),
        (("--set", "page.rows"), "key=value"),
        (("--to", "pdf,doc"), "there is no edition doc"),
        (("--to", ""), "at least one"),
        (("-o", "-"), "one edition"),
        (("--fail-on", "sometimes"), "sometimes"),
    ],
)
def test_a_wrong_command_or_style_sheet_is_exit_2(
    folder: Path, source: Path, jianbao: Call, arguments: tuple[str, ...], message: str
) -> None:
    outcome = jianbao("build", source, *arguments)
    assert outcome.code == 2
    assert message in outcome.err
    assert not (folder / "editions").exists()


def test_a_wrong_style_sheet_names_its_line(folder: Path, source: Path, jianbao: Call) -> None:
    (folder / "house.toml").write_text('extends = "jianbao"\n\n[page]\nrowes = 20\n', encoding="utf-8")
    outcome = jianbao("build", source, "--style", "house.toml")
    assert outcome.code == 2
    assert "house.toml:4" in outcome.err
    assert "rows" in outcome.err


def test_a_wrong_date_in_the_environment_is_exit_2(
    source: Path, jianbao: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    outcome = jianbao("build", source)
    assert outcome.code == 2
    assert "SOURCE_DATE_EPOCH" in outcome.err


def test_two_sources_that_would_become_one_file_are_refused(folder: Path, source: Path, jianbao: Call) -> None:
    (folder / "b").mkdir()
    (folder / "b" / "good.md").write_text(GOOD, encoding="utf-8")
    outcome = jianbao("build", source, "b/good.md")
    assert outcome.code == 2
    assert "would both become" in outcome.err


def test_an_edition_never_replaces_its_source(source: Path, jianbao: Call) -> None:
    outcome = jianbao("build", source, "-o", ".", "--to", "markdown")
    assert outcome.code == 1
    assert "source itself" in outcome.err
    assert source.read_text(encoding="utf-8") == GOOD
    outcome = jianbao("repair", source, "-o", source)
    assert outcome.code == 1
    assert source.read_text(encoding="utf-8") == GOOD


def test_a_file_where_the_folder_should_be_is_said(folder: Path, source: Path, jianbao: Call) -> None:
    (folder / "editions").write_bytes(b"")
    outcome = jianbao("build", source, "--to", "docx")
    assert outcome.code == 1
    assert "X-WRITE" in outcome.err
    assert outcome.lines[-1].startswith("failed:")


def test_a_full_disk_leaves_the_old_edition(
    folder: Path, source: Path, jianbao: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = folder / "editions" / "good.docx"
    old.parent.mkdir()
    old.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    outcome = jianbao("build", source, "--to", "docx")
    assert outcome.code == 1
    assert "the disk is full" in outcome.err
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_a_folder_without_permission_is_said(users_folder: Path, jianbao: Call) -> None:
    source, editions = users_folder / "good.md", users_folder / "editions"
    source.write_text(GOOD, encoding="utf-8")
    editions.mkdir(mode=0o500)
    outcome = jianbao("build", source, "--to", "docx", "-o", editions)
    assert outcome.code == 1
    assert "may not be written" in outcome.err


def test_pictures_from_outside_and_from_the_network_are_left_out(folder: Path, jianbao: Call) -> None:
    text = GOOD + "\n![a](../secret.png)\n\n![b](http://x.example/b.png)\n\n![c](none.png)\n"
    (folder / "p.md").write_text(text, encoding="utf-8")
    outcome = jianbao("build", "p.md", "--to", "docx")
    assert outcome.code == 0
    for rule in ("I-OUTSIDE", "I-REMOTE", "I-READ"):
        assert outcome.err.count(f"[{rule}]") == 1


def test_an_unexpected_exception_is_one_line_and_exit_3(
    source: Path, jianbao: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    from converters import repairs

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr(repairs, "repair", broken)
    outcome = jianbao("build", source)
    assert outcome.code == 3
    assert outcome.lines == ["jianbao: our fault: ZeroDivisionError: two lines; JIANBAO_DEBUG=1 shows where"]
    monkeypatch.setenv("JIANBAO_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        jianbao("build", source)


def test_an_interrupt_is_exit_130(source: Path, jianbao: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from converters import repairs

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(repairs, "repair", interrupted)
    assert jianbao("build", source) == (130, "", "\n")


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
def test_a_full_standard_output_is_said_without_a_traceback(source: Path) -> None:
    import subprocess

    for arguments in (["explain", "--list"], ["build", str(source), "--to", "docx", "-o", "-"], ["styles"]):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "converters.cli", *arguments], stdout=full, stderr=subprocess.PIPE, text=True,
                check=False,
            )  # fmt: skip
        assert done.returncode == 1, done.stderr
        assert "the disk is full" in done.stderr or "[X-WRITE]" in done.stderr
        assert "Exception" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
def test_a_reader_that_goes_away_is_no_trouble() -> None:
    import subprocess

    command = f"{sys.executable} -m converters.cli styles show base | head -n 1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_no_arguments_show_the_help(jianbao: Call) -> None:
    outcome = jianbao()
    assert outcome.code in (0, 2)
    assert "Usage:" in outcome.out + outcome.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("bild",), "there is no verb bild"),
        (("build",), "SOURCE... is missing"),
        (("build", "--stile", "x", "a.md"), "did you mean --style?"),
        (("build", "--quite-new", "a.md"), "there is no option --quite-new"),
        (("styles", "show"), "NAME is missing"),
        (("explain", "Q-PARI"), "there is no rule Q-PARI"),
    ],
)
def test_a_wrong_command_says_what_is_wrong_and_where_help_is(
    jianbao: Call, arguments: tuple[str, ...], message: str
) -> None:
    outcome = jianbao(*arguments)
    assert outcome.code == 2
    assert message in outcome.lines[0]
    assert "hint: " in outcome.lines[1]


def test_the_standard_input_can_be_broken_too(jianbao: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    outcome = jianbao("check", "-")
    assert outcome.code == 1
    assert outcome.lines[0].startswith("<stdin>: error:")


@pytest.mark.parametrize(("wrong", "near"), [("P-COMA", "P-COMMA"), ("q-par", "Q-PAIR")])
def test_a_misspelt_rule_is_refused_with_the_nearest_one(source: Path, jianbao: Call, wrong: str, near: str) -> None:
    outcome = jianbao("build", source, "--no-fix", wrong)
    assert outcome.code == 2
    assert f"did you mean {near}?" in outcome.err


def test_a_misspelt_verb_is_refused_with_the_nearest_one(jianbao: Call) -> None:
    outcome = jianbao("bilud", "x.md")
    assert outcome.code == 2
    assert "did you mean build?" in outcome.err


def test_a_sheet_that_extends_no_sheet_is_named_with_its_line(folder: Path, source: Path, jianbao: Call) -> None:
    (folder / "house.toml").write_text('title = "x"\nextends = "jianbo"\n', encoding="utf-8")
    outcome = jianbao("build", source, "--style", "house.toml")
    assert outcome.code == 2
    assert "house.toml:2" in outcome.err
    assert "did you mean jianbao?" in outcome.err


def test_check_misses_no_missing_picture(folder: Path, jianbao: Call) -> None:
    (folder / "p.md").write_text(GOOD + "\n![图](none.png)\n", encoding="utf-8")
    assert "[I-READ]" in jianbao("check", "p.md").out


def test_the_end_of_a_file_in_our_own_code_is_our_fault_and_no_interruption(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def cut_off(*_: object) -> None:
        raise EOFError("marshal data too short")

    monkeypatch.setattr("converters.cli.importlib.import_module", cut_off)
    assert run(["styles", "list"]) == 3
    assert "our fault: EOFError: marshal data too short" in capsys.readouterr().err
