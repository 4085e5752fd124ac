"""Small bulletins for batches, and the ends that tests hold workers by."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from converters.batch.job import Job
from converters.batch.record import DONE, Record

TEXT = """# 青浦河市召开第{number}次民政工作会议

近日,青浦河市召开第{number}次民政工作会议,部署全年任务。会议要求,各地要抓好三件事。

(据青浦河市民政局)
"""


def put_bulletins(folder: Path, count: int) -> Path:
    """A folder with so many short bulletins, in folders of ten."""
    for number in range(count):
        below = folder / f"第{number // 10}卷"
        below.mkdir(parents=True, exist_ok=True)
        (below / f"简报{number:02}.md").write_text(TEXT.format(number=number), encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, reports and what a batch keeps for itself left out.

    A batch may be at work meanwhile: what takes its name between two looks is in neither.
    """
    found = {}
    for path in _files(folder):
        with contextlib.suppress(FileNotFoundError):
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def count_editions(folder: Path) -> int:
    """How many finished editions lie below a folder, which need not be there yet."""
    return sum(path.suffix != ".tmp" for path in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.name != "report.jsonl" and ".jianbao" not in path.parts and path.is_file():
            yield path


def stuck(pipe: Connection, _job: Job, _settings: str) -> None:
    """A worker that never comes back, in one of three ways; a file of its task's name shows that it is at it."""
    task, _ = pipe.recv()
    Path(sys.argv[1], task.source).touch()
    match task.source:
        case "waits":
            pipe.recv()
        case "sleeps":
            time.sleep(600)
        case _:
            # The engine of patterns holds the interpreter until it has tried all of 2^60 ways.
            re.match("(a*)*b", "a" * 60)


def troubled(pipe: Connection, _job: Job, settings: str) -> None:
    """A worker that dies, hangs or works as the name of its task says."""
    while True:
        try:
            task, attempt = pipe.recv()
        except EOFError:
            return
        if "always" in task.source or ("once" in task.source and attempt == 1):
            os.kill(os.getpid(), signal.SIGKILL)
        if "hangs" in task.source:
            time.sleep(600)
        pipe.send(Record(task.source, DONE, settings, attempts=attempt))
