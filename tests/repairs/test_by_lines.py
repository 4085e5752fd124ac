"""Repair by several processes at once gives the same model, records and findings as repair by one."""

from __future__ import annotations

import functools
import os
import random
import signal
import sys
from pathlib import Path

import pytest

import damage
from converters import hands
from converters.hands import alone
from converters.model.document import Document
from converters.model.dump import dump
from converters.readers import read
from converters.repairs import by_lines, repair
from converters.repairs.rule import LinePass, Options
from converters.repairs.stretches import Stretch, stretches

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other processes are forked on Linux alone"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]
TEXTS = sorted((Path(__file__).resolve().parents[2] / "benchmarks" / "texts").glob("heldout/*.md"))
# Blocks that are cut, look-alikes and quotes that are reported, notes and emphasis in mended lines, line breaks.
ODD = """\
# 甲厅召开 学习会议

他说:"好."又说:"不,好[^1].他走了。　　第二段开始了,**重点,**在此\\
下一行,完。人ロ普查(甲）。

[^1]: 注释,在此.
"""


@pytest.fixture(params=[1, 3])
def others(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """So many other hands; every few lines are a stretch."""
    monkeypatch.setattr(hands, "free", lambda: 0 if hands._alone else request.param)
    monkeypatch.setattr(hands, "LONG", 1)
    monkeypatch.setattr(by_lines, "_FEWEST", 1)
    monkeypatch.setattr(by_lines, "stretches", functools.partial(stretches, length=150))
    return int(request.param)


def same(document: Document) -> bool:
    with alone():
        one = repair(document)
    both = repair(document)
    assert dump(both.value) == dump(one.value)
    assert both.value == one.value and both.findings == one.findings
    assert both.changes.records == one.changes.records
    return bool(one.changes)


@pytest.mark.usefixtures("others")
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_torn_texts_are_mended_alike(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name in ("narrow marks", "narrow brackets", "inner spaces", "straight quotes", "radicals"):
        text = damage.DAMAGES[name](text, random.Random(name)).text
    assert same(read("a.md", text.encode()).value)


@pytest.mark.usefixtures("others")
def test_what_is_no_plain_text_is_mended_alike() -> None:
    assert same(read("a.md", "\n\n".join([ODD] * 8).encode()).value)


def test_other_processes_take_their_part(others: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    real = by_lines._unpacked
    monkeypatch.setattr(by_lines, "_unpacked", lambda *given: asked.append(given) or real(*given))
    repair(read("a.md", "\n\n".join([ODD] * 40).encode()).value)
    assert asked and others


@pytest.mark.usefixtures("others")
def test_what_a_process_that_dies_had_in_hand_is_mended_here(monkeypatch: pytest.MonkeyPatch) -> None:
    document = read("a.md", "\n\n".join([ODD] * 8).encode()).value
    here, real = os.getpid(), by_lines._mend

    def deadly(stretch: Stretch, steps: tuple[LinePass, ...], options: Options, *, odd: bool) -> object:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(stretch, steps, options, odd=odd)

    monkeypatch.setattr(by_lines, "_mend", deadly)
    assert same(document)
