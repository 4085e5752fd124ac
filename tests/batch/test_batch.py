"""A batch on this machine: what becomes of every source, and what the report says of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from bulletins import contents, put_bulletins, troubled

from converters.batch import Job, Limits, Record, Summary, limits, run_batch
from converters.batch.job import Task, settings_key, tasks
from converters.batch.ledger import Ledger
from converters.batch.pool import Pool
from converters.batch.record import parse
from converters.batch.shelves import FolderShelf
from converters.batch.worker import Worker
from converters.errors import StyleError
from converters.files import DISK
from converters.pipeline import Options, run
from samples import SEEDS

MARKDOWN = Options(to=("markdown",))


def batch(sources: Path, target: Path, options: Options = MARKDOWN, *, resume: bool = False, jobs: int = 1) -> Summary:
    return run_batch(job_of(sources, target, options), Limits(jobs), resume=resume)


def job_of(sources: Path, target: Path, options: Options = MARKDOWN) -> Job:
    return Job(str(sources), str(target), options, str(target / "report.jsonl"))


def records(target: Path) -> list[Record]:
    found = [parse(line) for line in (target / "report.jsonl").read_text("utf-8").removesuffix("\n").split("\n")]
    assert None not in found
    return [record for record in found if record is not None]


def test_every_source_becomes_what_a_build_of_it_alone_becomes(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "below").mkdir(parents=True)
    for seed in SEEDS[:2]:
        (folder / "below" / seed.name).write_bytes(seed.read_bytes())
    options = Options()
    summary = batch(folder, tmp_path / "out", options, jobs=2)
    assert (summary.total, summary.failed, summary.editions) == (2, 0, 6)
    for seed in SEEDS[:2]:
        run(str(folder / "below" / seed.name), str(tmp_path / "alone" / "below"), options, DISK)
    assert contents(tmp_path / "out") == contents(tmp_path / "alone")


def test_a_bad_source_is_reported_and_the_rest_is_built(tmp_path: Path) -> None:
    folder = put_bulletins(tmp_path / "in", 3)
    (folder / "坏.md").write_bytes(b"\0\1\2")
    summary = batch(folder, tmp_path / "out")
    assert (summary.statuses["done"], summary.statuses["failed"]) == (3, 1)
    bad = next(record for record in records(tmp_path / "out") if record.status == "failed")
    assert (bad.source, bad.fault) == ("坏.md", "the file is binary, not text")
    assert len(contents(tmp_path / "out")) == 3


def test_a_record_names_editions_findings_changes_and_inputs(tmp_path: Path) -> None:
    folder = put_bulletins(tmp_path / "in", 1)
    batch(folder, tmp_path / "out")
    line = json.loads((tmp_path / "out" / "report.jsonl").read_text("utf-8"))
    name = "第0卷/简报00.md"
    assert (line["source"], line["status"], line["attempts"]) == (name, "done", 1)
    assert list(line["inputs"]) == [name]
    assert line["changes"]["P-COMMA"] == 3
    assert [edition["file"] for edition in line["editions"]] == ["第0卷/简报00.md"]
    assert all(finding["file"] == name for finding in line["findings"])


def test_sources_of_one_name_keep_their_suffix(tmp_path: Path) -> None:
    for name in ("a.md", "a.txt", "b.md", "~$b.docx", ".hidden.md", "note.pdf"):
        (tmp_path / name).write_text("正文。\n", encoding="utf-8")
    found = {task.source: dict(task.editions)["pdf"] for task in tasks(FolderShelf(str(tmp_path)), Options())}
    assert found == {"a.md": "a.md.pdf", "a.txt": "a.txt.pdf", "b.md": "b.pdf"}


def test_no_two_sources_share_an_edition(tmp_path: Path) -> None:
    for name in ("a.md", "a.txt", "a.md.md", "a.md.md.md", "b.md"):
        (tmp_path / name).write_text("# 题\n\n一句话。\n", "utf-8")
    found = {task.source: task.editions[0][1] for task in tasks(FolderShelf(str(tmp_path)), MARKDOWN)}
    assert len(set(found.values())) == len(found)
    assert found["b.md"] == "b.md"
    assert (found["a.md"], found["a.md.md"]) == ("a.md.md", "a.md.md.md")


def test_names_that_are_one_on_some_disks_are_kept_apart(tmp_path: Path) -> None:
    for name in ("A.md", "a.txt", "B.md", "b.md", "\u00fcber.md", "u\u0308ber.txt"):
        (tmp_path / name).write_text("# 题\n\n一句话。\n", "utf-8")
    found = {task.source: task.editions[0][1] for task in tasks(FolderShelf(str(tmp_path)), Options(to=("pdf",)))}
    if len(found) == 6:
        assert found == {name: f"{name}.pdf" for name in found}


def test_a_file_that_is_no_report_is_not_written_over(tmp_path: Path) -> None:
    folder = put_bulletins(tmp_path / "in", 1)
    source = next(folder.rglob("*.md"))
    before = source.read_bytes()
    for resume in (False, True):
        with pytest.raises(StyleError, match="no report"):
            run_batch(Job(str(folder), str(tmp_path / "out"), MARKDOWN, str(source)), Limits(1), resume=resume)
    assert source.read_bytes() == before


def test_a_report_without_room_says_so_and_keeps_whole_lines(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    folder = put_bulletins(tmp_path / "in", 12)
    command = [sys.executable, "-m", "converters.cli", "batch", str(folder), "-o", str(tmp_path / "out")]
    command += ["--to", "markdown", "--jobs", "1"]
    limit = 4000
    # Python cuts off the compiled modules that it keeps, too, and does not see that.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert done.returncode == 1
    assert "the report cannot be written" in done.stderr
    assert "--resume" in done.stderr
    assert "Traceback" not in done.stderr
    text = (tmp_path / "out" / "report.jsonl").read_text("utf-8")
    assert text.endswith("\n")
    assert 0 < len(records(tmp_path / "out")) < 12
    assert batch(folder, tmp_path / "out", resume=True).finished == 12
    assert len({record.source for record in records(tmp_path / "out")}) == 12


def test_a_torn_report_loses_its_torn_lines_only(tmp_path: Path) -> None:
    folder = put_bulletins(tmp_path / "in", 4)
    # Python ends a line here, JSON does not.
    (folder / "两\u2028行.md").write_text("# 题\n\n一句话。\n", "utf-8")
    batch(folder, tmp_path / "out")
    report = tmp_path / "out" / "report.jsonl"
    lines = report.read_bytes().split(b"\n")
    # The second ends in the middle of a character, the last has no end.
    lines[1] = lines[1][: lines[1].index("卷".encode()) + 1]
    report.write_bytes(b"\n".join(lines[:5])[:-9])
    summary = batch(folder, tmp_path / "out", resume=True)
    assert (summary.skipped, summary.finished) == (3, 5)
    assert len({record.source for record in records(tmp_path / "out")}) == 5
    assert batch(folder, tmp_path / "out", resume=True).skipped == 5


def test_a_name_with_a_line_end_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "行一\n行二\x1b[31m.md").write_bytes(b"\0\1")
    command = [sys.executable, "-m", "converters.cli", "batch", str(tmp_path / "in"), "-o", str(tmp_path / "out")]
    done = subprocess.run([*command, "--to", "markdown"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0].startswith("1/1  行一\\n行二\\x1b[31m.md  ")
    assert "\x1b" not in done.stderr


def test_editions_below_the_sources_are_no_sources(tmp_path: Path) -> None:
    folder = put_bulletins(tmp_path / "in", 2)
    assert batch(folder, folder / "out").total == 2
    assert batch(folder, folder / "out").total == 2


def test_editions_among_the_sources_are_refused(tmp_path: Path) -> None:
    folder = put_bulletins(tmp_path / "in", 1)
    with pytest.raises(StyleError, match="among their sources"):
        batch(folder, folder)


def test_a_second_batch_in_a_folder_is_refused(tmp_path: Path) -> None:
    folder = put_bulletins(tmp_path / "in", 2)
    refused = []

    def try_another(_record: Record, _summary: Summary) -> None:
        with pytest.raises(StyleError, match="another batch"):
            batch(folder, tmp_path / "out")
        refused.append(True)

    run_batch(job_of(folder, tmp_path / "out"), Limits(1), heard=try_another)
    assert refused == [True, True]


def test_resume_leaves_alone_what_is_done(tmp_path: Path) -> None:
    folder, out = put_bulletins(tmp_path / "in", 3), tmp_path / "out"
    batch(folder, out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.md")}
    summary = batch(folder, out, resume=True)
    assert (summary.total, summary.skipped, len(records(out))) == (3, 3, 3)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.md")} == before


@pytest.mark.parametrize(
    ("what", "again"),
    [("source", 1), ("edition changed", 1), ("edition lost", 1), ("settings", 3), ("new source", 1), ("line cut", 1)],
)
def test_resume_does_again_what_is_not_as_it_was(tmp_path: Path, what: str, again: int) -> None:
    folder, out = put_bulletins(tmp_path / "in", 3), tmp_path / "out"
    batch(folder, out)
    options, name = MARKDOWN, "第0卷/简报00.md"
    match what:
        case "source":
            (folder / name).write_text("# 新的标题\n\n新的正文。\n", encoding="utf-8")
        case "edition changed":
            (out / name).write_bytes((out / name).read_bytes()[:-9])
        case "edition lost":
            (out / name).unlink()
        case "settings":
            options = Options(to=("markdown",), no_fix=frozenset({"P-COMMA"}))
        case "new source":
            (folder / "新.md").write_text("# 新的标题\n\n新的正文。\n", encoding="utf-8")
        case _:
            report = out / "report.jsonl"
            report.write_bytes(report.read_bytes()[:-40])
    summary = batch(folder, out, options, resume=True)
    assert sum(summary.statuses.values()) == again
    assert batch(folder, out, options, resume=True).skipped == summary.total


def test_a_picture_that_changes_has_its_bulletin_built_again(tmp_path: Path) -> None:
    from PIL import Image

    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.md").write_text("# 标题\n\n正文。\n\n![一张图](p.png)\n", encoding="utf-8")
    Image.new("RGB", (8, 8), "red").save(folder / "p.png")
    options = Options(to=("html",), verify=False)
    batch(folder, out, options)
    assert batch(folder, out, options, resume=True).skipped == 1
    Image.new("RGB", (8, 8), "blue").save(folder / "p.png")
    assert batch(folder, out, options, resume=True).skipped == 0


def test_editions_that_stand_there_but_were_not_reported_are_taken_over(tmp_path: Path) -> None:
    folder, out = put_bulletins(tmp_path / "in", 1), tmp_path / "out"
    job = Job(str(folder), str(out), MARKDOWN)
    settings = settings_key(MARKDOWN, "1")
    (task,) = tasks(FolderShelf(job.sources), job.options)
    Worker(job, settings).do(task)  # killed after this, before the report was written
    shelves = FolderShelf(job.sources), FolderShelf(job.target)
    with Ledger(str(out / "report.jsonl"), resume=True) as ledger:
        assert list(ledger.undone([task], settings, *shelves)) == []
    assert [record.status for record in records(out)] == ["done"]
    assert not (out / task.receipt).exists()


def test_a_receipt_whose_editions_are_not_there_is_not_believed(tmp_path: Path) -> None:
    folder, out = put_bulletins(tmp_path / "in", 1), tmp_path / "out"
    job = Job(str(folder), str(out), MARKDOWN)
    settings = settings_key(MARKDOWN, "1")
    (task,) = tasks(FolderShelf(job.sources), job.options)
    Worker(job, settings).do(task)
    (out / task.editions[0][1]).unlink()
    with Ledger(str(out / "report.jsonl"), resume=True) as ledger:
        assert list(ledger.undone([task], settings, FolderShelf(job.sources), FolderShelf(job.target))) == [task]


# Workers that die and hang


def _run_troubled(names: Iterable[str], tmp_path: Path, bounds: Limits) -> dict[str, Record]:
    job = Job(str(tmp_path), str(tmp_path / "out"), MARKDOWN)
    with Pool(job, "key", bounds, troubled) as pool:
        return {record.source: record for record in pool.run(Task(name, ()) for name in names)}


def test_a_worker_that_dies_is_replaced_and_its_source_tried_once_more(tmp_path: Path) -> None:
    found = _run_troubled(("a", "once", "b", "always", "c"), tmp_path, Limits(2))
    assert {name: (record.status, record.attempts) for name, record in found.items()} == {
        "a": ("done", 1), "b": ("done", 1), "c": ("done", 1), "once": ("done", 2), "always": ("died", 2),
    }  # fmt: skip
    assert found["always"].fault == "its worker was ended by SIGKILL, twice"


def test_a_source_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    found = _run_troubled(("a", "hangs", "b"), tmp_path, Limits(2, seconds=3.0))
    assert {name: record.status for name, record in found.items()} == {"a": "done", "b": "done", "hangs": "timeout"}


def test_a_source_that_needs_too_much_memory_is_reported(tmp_path: Path) -> None:
    folder, out = put_bulletins(tmp_path / "in", 1), tmp_path / "out"
    (folder / "大.md").write_text("# 标题\n\n" + "云岭省民政厅召开会议。\n\n" * 400_000, encoding="utf-8")
    summary = run_batch(job_of(folder, out), Limits(1, megabytes=160))
    assert summary.statuses["done"] == 1
    assert [(record.source, record.status) for record in summary.failures] == [("大.md", "memory")]


def test_workers_are_as_many_as_cores_and_memory_allow() -> None:
    assert limits(3, None, None).jobs == 3
    assert limits(None, 300, None).jobs == 1
    assert limits(2, 1000, 5.0) == Limits(2, 500, 5.0)
    assert 1 <= limits(None, None, None).jobs <= (os.cpu_count() or 1)


# The command


def jianbao(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "converters.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_the_command_says_what_became_of_every_source(tmp_path: Path) -> None:
    folder = put_bulletins(tmp_path / "in", 2)
    (folder / "坏.md").write_bytes(b"\0\1\2")
    done = jianbao(
        "batch", str(folder), "-o", str(tmp_path / "out"), "--to", "markdown", "--jobs", "1", "--cache", "none"
    )
    assert done.returncode == 1
    assert "2 of 3 sources" in done.stderr
    assert "坏.md: failed: the file is binary, not text" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        (("batch", "nowhere", "-o", "out"), 1, "there is no such folder"),
        (("batch", "in", "-o", "in"), 2, "among their sources"),
        (("batch", "in", "-o", "out", "--style", "nosuch"), 2, "there is no style sheet"),
        (("batch", "in", "-o", "none://x"), 2, "there is no way to none://x"),
        (("batch", "in", "-o", "out", "--cluster", "tcp://127.0.0.1:1"), 1, "no scheduler answers there"),
    ],
)
def test_a_batch_that_cannot_begin_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, text: str
) -> None:
    put_bulletins(tmp_path / "in", 1)
    monkeypatch.chdir(tmp_path)
    done = jianbao(*arguments)
    assert text in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == code
