"""A long batch makes its faces ready once, before its workers begin; its editions are the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bulletins import contents, put_bulletins

from converters.batch import faces
from converters.batch.pool import Limits
from converters.fonts import prepared
from converters.fonts.face import open_face
from converters.pipeline import Options

_BATCH = """
import sys
from converters.batch import Job, Limits, faces, run_batch
from converters.pipeline import Options

faces._ENOUGH = int(sys.argv[3])
job = Job(sys.argv[1], sys.argv[2], Options(to=("pdf", "epub")), sys.argv[2] + "/report.jsonl")
assert bool(faces.worth_preparing(job.options, Limits(1), 2)) is (faces._ENOUGH == 1)
assert not run_batch(job, Limits(1)).failed
"""


def test_a_batch_with_prepared_faces_makes_the_same_bytes(tmp_path: Path) -> None:
    folder = put_bulletins(tmp_path / "in", 2)
    for enough in ("1", "9"):
        subprocess.run([sys.executable, "-c", _BATCH, str(folder), str(tmp_path / enough), enough], check=True)
    assert contents(tmp_path / "1") == contents(tmp_path / "9")
    assert len(contents(tmp_path / "1")) == 4


def test_what_the_server_is_told_it_prepares() -> None:
    wanted = faces.worth_preparing(Options(), Limits(1), 10_000)
    path, index, language = wanted[0]
    face = open_face(Path(path), index, language)
    try:
        faces.prepare_as_told()
        assert prepared.source_of_text(face, map(ord, "简报")) is face.hb_face
        with faces.told(wanted):
            faces.prepare_as_told()
        assert prepared.source_of_text(face, map(ord, "简报")) is not face.hb_face
        with faces.told((("/nowhere/a.ttf", 0, "zh-Hans"),)):
            faces.prepare_as_told()
    finally:
        prepared.forget()


def test_few_sources_and_little_memory_are_not_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faces.worth_preparing(Options(), Limits(2), 399) == ()
    assert faces.worth_preparing(Options(), Limits(2), 400) != ()
    assert faces.worth_preparing(Options(), Limits(2, megabytes=300), 400) == ()
    monkeypatch.setattr(faces, "free_megabytes", lambda: 500)
    assert faces.worth_preparing(Options(), Limits(2), 400) == ()
