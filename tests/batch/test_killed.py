"""A batch that is killed, at whatever moment, and taken up again: no half edition, none twice, none forgotten."""

from __future__ import annotations

import collections
import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bulletins import contents, count_editions, put_bulletins

from converters.batch import Job, Limits, Record, Summary, locks, run_batch
from converters.batch.locks import Lock
from converters.batch.record import DONE, parse
from converters.errors import StyleError
from converters.pipeline import Options

pytestmark = pytest.mark.slow

COUNT = 40
KILLS = 10


def _command(folder: Path, out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "converters.cli", "batch", str(folder), "-o", str(out), "--to", "html,markdown",
            "--jobs", "2", "--cache", "none", *more]  # fmt: skip


def _records(out: Path) -> collections.Counter[str]:
    lines = (out / "report.jsonl").read_text("utf-8").splitlines()
    records = [parse(line) for line in lines]
    assert None not in records
    return collections.Counter(record.source for record in records if record is not None and record.status == DONE)


def test_ten_kills_at_random_moments_lose_and_double_nothing(tmp_path: Path) -> None:
    folder = put_bulletins(tmp_path / "in", COUNT)
    whole, out = tmp_path / "whole", tmp_path / "out"
    subprocess.run(_command(folder, whole), check=True, capture_output=True, timeout=120)
    expected = contents(whole)
    chance = random.Random(20261128)
    kills = 0
    while kills < KILLS:
        # Killed the moment after a chosen number of new editions is there; every second time at once after starting.
        wanted = count_editions(out) + chance.randrange(1, 8)
        process = subprocess.Popen(
            _command(folder, out, "--resume"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while process.poll() is None and count_editions(out) < wanted:
            time.sleep(0.002)
        time.sleep(chance.random() * 0.03)
        process.send_signal(signal.SIGKILL)
        process.wait()
        kills += 1
        found = contents(out)
        finished = {name: data for name, data in found.items() if not name.endswith(".tmp")}
        # What is there is whole, at every moment.
        assert finished.items() <= expected.items()
    subprocess.run(_command(folder, out, "--resume"), check=True, capture_output=True, timeout=120)
    assert contents(out) == expected
    sources = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}
    assert _records(out) == collections.Counter(sources)
    assert not any((out / ".jianbao" / "receipts").iterdir())


def test_workers_end_with_their_master_whatever_they_are_at(tmp_path: Path) -> None:
    """Waiting for a task, in Python, and in a library that never lets the interpreter go."""
    script = (
        "import sys; from pathlib import Path; from bulletins import stuck\n"
        "from converters.batch import Job, Limits; from converters.batch.job import Task\n"
        "from converters.batch.locks import Lock; from converters.batch.pool import Pool\n"
        "from converters.pipeline import Options\n"
        "with Lock(sys.argv[1]) as lock, Pool(Job('.', '.', Options()), '', Limits(3), stuck, lock.workers) as pool:\n"
        "    for record in pool.run(Task(name, ()) for name in ('waits', 'sleeps', 'holds')): print(record.settings)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], env=environment)
    signs = [tmp_path / name for name in ("waits", "sleeps", "holds")]
    end = time.monotonic() + 60
    while not all(path.exists() for path in signs):
        assert time.monotonic() < end
        time.sleep(0.01)
    process.kill()
    process.wait()
    # The lock is theirs as long as one of them lives.
    with Lock(str(tmp_path)):
        pass


def test_a_batch_waits_for_the_workers_of_a_killed_one_but_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Lock(str(tmp_path)) as lock:
        assert lock.workers is not None
        left = os.dup(lock.workers.handle)
    monkeypatch.setattr(locks, "_PATIENCE", 0.05)
    with pytest.raises(StyleError, match="still at work"), Lock(str(tmp_path)):
        pass
    os.close(left)
    with Lock(str(tmp_path)):
        pass


def test_what_a_killed_writer_left_goes_when_a_batch_begins_and_when_it_ends(tmp_path: Path) -> None:
    folder, out = put_bulletins(tmp_path / "in", 2), tmp_path / "out"
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    below, job = out / "第0卷", Job(str(folder), str(out), Options(to=("markdown",)), str(out / "report.jsonl"))
    below.mkdir(parents=True)
    before = below / f".简报00.md.{ended.pid}.tmp"
    later = [below / f".简报01.md.{ended.pid}.tmp", out / ".jianbao" / "receipts" / f".x.json.{ended.pid}.tmp"]
    # A number of a process says little: another may have it by now, and one that is killed keeps it for a while.
    later.append(below / f".简报00.md.{os.getpid()}.tmp")
    mine = below / f".另一份.md.{os.getpid()}.tmp"
    torn = out / f".report.jsonl.{ended.pid}.tmp"
    for path in (before, mine, torn):
        path.write_bytes(b"half")

    def put_more(_record: Record, _summary: Summary) -> None:
        assert not before.exists()
        assert not torn.exists()
        for path in later:
            path.write_bytes(b"half")

    run_batch(job, Limits(1), heard=put_more)
    assert not any(path.exists() for path in later)
    # A writer that lives may still be at what is not this batch's.
    assert mine.exists()


def test_ctrl_c_ends_cleanly_and_resume_goes_on(tmp_path: Path) -> None:
    folder, out = put_bulletins(tmp_path / "in", COUNT), tmp_path / "out"
    process = subprocess.Popen(_command(folder, out), stderr=subprocess.PIPE, text=True, start_new_session=True)
    while count_editions(out) <= 4:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "--resume goes on from here" in said
    assert "Traceback" not in said
    assert not list(out.rglob("*.tmp"))
    subprocess.run(_command(folder, out, "--resume"), check=True, capture_output=True, timeout=120)
    assert _records(out) == collections.Counter(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))


def test_ctrl_c_while_workers_are_being_started_says_no_more_than_later(tmp_path: Path) -> None:
    """The server that workers come from still imports: it must not show where it was."""
    folder, out = put_bulletins(tmp_path / "in", COUNT), tmp_path / "out"
    process = subprocess.Popen(_command(folder, out), stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not (out / "report.jsonl").exists():
        assert process.poll() is None
        time.sleep(0.002)
    time.sleep(0.1)
    for _ in range(2):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.02)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert "KeyboardInterrupt" not in said


def test_ctrl_c_while_the_command_line_is_imported_ends_it_without_a_word() -> None:
    script = (
        "import signal; before = signal.getsignal(signal.SIGINT); import converters.cli as cli, sys;"
        "assert signal.getsignal(signal.SIGINT) is before;"
        "del sys.modules['converters.cli.interrupts']; import converters.cli.interrupts as interrupts;"
        "assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL; interrupts.listen();"
        "assert signal.getsignal(signal.SIGINT) is before"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
