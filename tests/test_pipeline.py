"""One bulletin through the whole house, in memory: what is written, what is not, and why."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from converters.diagnostics import Checked, Diagnostic, Severity
from converters.errors import ExportError, StyleError
from converters.files import Memory
from converters.pipeline import EDITIONS, Options, edition_name, run, write

TEXT = """---
name: 民政工作简报
issue: 12
date: 2026-03-27
---

# 云岭省民政厅部署春季安全检查

近日,云岭省民政厅召开会议，对安全检查作出部署。

（据云岭省民政厅）
"""


def files(room: int | None = None, **variables: str) -> Memory:
    return Memory({"in/a.md": TEXT.encode()}, {"HOME": "/", "JIANBAO_FONTS": "embedded", **variables}, room)


def test_three_editions_are_written_and_verified() -> None:
    disk = files()
    result = run("in/a.md", "out", Options(), disk)
    assert not result.failed
    assert [(e.format, e.name, e.written, e.verified) for e in result.editions] == [
        (kind, f"out/a.{kind}", True, True) for kind in EDITIONS
    ]
    assert [e.size for e in result.editions] == [len(disk.contents[f"out/a.{kind}"]) for kind in EDITIONS]
    assert result.editions[0].pages == 1
    assert result.style == "jianbao"
    assert {face.role for face in result.faces} >= {"fangsong", "kaiti"}
    assert any(change.rule == "P-COMMA" for change in result.changes)


def test_the_date_of_the_environment_is_in_the_editions() -> None:
    for epoch, year in (("86400", b"1970-01-02"), ("1700000000", b"2023-11-14")):
        disk = files(SOURCE_DATE_EPOCH=epoch)
        run("in/a.md", "out", Options(to=("docx",)), disk)
        core = zipfile.ZipFile(BytesIO(disk.contents["out/a.docx"])).read("docProps/core.xml")
        assert year in core


def test_a_full_disk_fails_one_edition_and_leaves_the_old_one() -> None:
    disk = files()
    run("in/a.md", "out", Options(to=("docx", "epub")), disk)
    old = dict(disk.contents)
    disk.room = len(old["out/a.docx"])
    result = run("in/a.md", "out", Options(to=("docx", "epub"), metadata=(("issue", "13"),)), disk)
    assert result.failed
    assert [edition.written for edition in result.editions].count(False) >= 1
    assert "X-WRITE" in {finding.rule for finding in result.findings}
    for edition in result.editions:
        if not edition.written:
            assert disk.contents[edition.name] == old[edition.name]


def test_an_exporter_that_cannot_keep_its_promise_fails_its_edition_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from converters.exporters import docx

    def refuse(*_: object) -> Checked[bytes]:
        raise ExportError("the promise of {standard} cannot be kept", standard="X", hint="do something")

    monkeypatch.setattr(docx, "export", refuse)
    disk = files()
    result = run("in/a.md", "out", Options(), disk)
    assert [edition.written for edition in result.editions] == [True, False, True]
    (fault,) = [finding for finding in result.findings if finding.rule == "X-WRITE"]
    assert fault.text() == "the promise of X cannot be kept"
    assert fault.place == "out/a.docx"


def test_an_error_among_an_exporters_findings_fails_its_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    from converters.exporters import docx

    fault = Diagnostic("W-CHAR", Severity.ERROR, "wrong")
    monkeypatch.setattr(docx, "export", lambda *_: Checked(b"bytes", (fault,)))
    disk = files()
    result = run("in/a.md", "out", Options(to=("docx",), verify=False), disk)
    assert result.failed
    assert "out/a.docx" not in disk.contents


def test_a_wrong_edition_from_an_exporter_is_never_written(monkeypatch: pytest.MonkeyPatch) -> None:
    from converters.exporters import docx

    disk = files()
    run("in/a.md", "out", Options(to=("docx",), metadata=(("name", "水利简报"),)), disk)
    wrong = disk.contents.pop("out/a.docx")
    monkeypatch.setattr(docx, "export", lambda *_: Checked(wrong))
    result = run("in/a.md", "out", Options(to=("docx",)), disk)
    assert result.failed
    assert {finding.rule for finding in result.findings if finding.severity is Severity.ERROR} == {"V-TEXT"}
    assert "out/a.docx" not in disk.contents


def test_write_takes_the_kind_of_edition_from_the_name() -> None:
    disk = files()
    document = run("in/a.md", "out", Options(to=("markdown",)), disk).document
    assert not write(document, "b.epub", Options(), disk).failed
    assert disk.contents["b.epub"].startswith(b"PK")
    with pytest.raises(ExportError, match="suffix"):
        write(document, "b.doc", Options(), disk)


def test_an_unknown_edition_is_refused_before_any_work() -> None:
    with pytest.raises(StyleError, match="no edition"):
        run("none.md", "out", Options(to=("doc",)), files())


def test_names_of_editions() -> None:
    assert edition_name("in/a.b.md", "out", "markdown") == "out/a.b.md"
    assert edition_name("-", "out", "pdf") == "out/stdin.pdf"
    assert edition_name("in/a.md", "-", "pdf") == "-"
