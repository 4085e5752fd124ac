"""A second pair of hands does what this process would do, or nothing."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from converters import hands
from converters.errors import JianbaoError
from converters.exporters.pdf import streams
from converters.files import Memory
from converters.hands import InTurn, Meanwhile, Shared, alone, free, once
from converters.layout import ahead
from converters.pipeline import Options, run
from printed import document, hanzi, paragraph, printed
from samples import SEEDS

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other processes are forked on Linux alone"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

HERE = os.getpid()


@pytest.fixture(params=[1, 3])
def others(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """So many other hands, whatever this machine has; nothing of them may be left."""
    monkeypatch.setattr(hands, "free", lambda: 0 if hands._alone else request.param)
    before = len(list(Path("/proc/self/fd").iterdir())), _children()
    yield request.param
    assert (len(list(Path("/proc/self/fd").iterdir())), _children()) == before


def _children() -> set[str]:
    """The processes that this one has started and not yet parted with."""
    return {child for task in Path("/proc/self/task").iterdir() for child in (task / "children").read_text().split()}


def taken(count: int, shared: Shared[tuple[int, int]]) -> list[tuple[int, int] | None]:
    with shared:
        return [shared.take(number) for number in range(count)]


def maker(number: int) -> tuple[int, int]:
    return number, os.getpid()


@pytest.mark.usefixtures("others")
def test_pieces_come_in_order_whoever_made_them() -> None:
    made = taken(200, Shared(200, maker))
    assert [piece and piece[0] for piece in made] == list(range(200))


def test_other_processes_take_their_part(others: int) -> None:
    def slow(number: int) -> tuple[int, int]:
        # It waits for as many as there are, so that none can do it all alone.
        threading.Event().wait(0.01)
        return maker(number)

    made = taken(40, Shared(40, slow))
    assert len({piece[1] for piece in made if piece}) == others + 1


@pytest.mark.usefixtures("others")
def test_the_pieces_of_a_process_that_dies_are_made_here() -> None:
    def fatal(number: int) -> tuple[int, int]:
        if os.getpid() != HERE and number > 5:
            os.kill(os.getpid(), signal.SIGKILL)
        return maker(number)

    made = taken(40, Shared(40, fatal))
    assert [piece and piece[0] for piece in made] == list(range(40))


@pytest.mark.usefixtures("others")
def test_what_goes_wrong_in_another_process_goes_wrong_here() -> None:
    def wrong(number: int) -> tuple[int, int]:
        if number == 7:
            raise ValueError("seven")
        return maker(number)

    with Shared(20, wrong) as shared, pytest.raises(ValueError, match="seven"):
        for number in range(20):
            shared.take(number)

    def never() -> int:
        raise ValueError("never")

    with Meanwhile(never) as value, pytest.raises(ValueError, match="never"):
        value.value()


@pytest.mark.usefixtures("others")
def test_work_that_nobody_waits_for_is_broken_off() -> None:
    def endless(_: int) -> tuple[int, int]:
        signal.pause()
        raise AssertionError

    with Shared(1, endless):
        pass


@pytest.mark.usefixtures("others")
def test_a_value_made_meanwhile_is_the_value_made_at_once() -> None:
    with Meanwhile(lambda: {"版": os.getpid()}) as elsewhere, Meanwhile(os.getpid, worth=False) as here:
        assert here.value() == HERE
        assert set(elsewhere.value()) == {"版"}
        assert elsewhere.value() is elsewhere.value()


def in_turn() -> Iterator[tuple[str, int]]:
    yield "一", os.getpid()
    yield "二", os.getpid()


@pytest.mark.usefixtures("others")
def test_values_come_in_turn_from_one_other_process() -> None:
    with InTurn(in_turn, 2) as made, InTurn(in_turn, 2, worth=False) as here:
        first, second = made.value(), made.value()
        assert (first[0], second[0]) == ("一", "二")
        assert first[1] == second[1] != HERE
        assert [here.value(), here.value()] == [("一", HERE), ("二", HERE)]
        assert made.is_elsewhere
        assert not here.is_elsewhere


@pytest.mark.usefixtures("others")
def test_values_are_made_here_where_the_other_process_dies_between_them() -> None:
    def fatal() -> Iterator[tuple[str, int]]:
        yield "一", os.getpid()
        if os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        yield "二", os.getpid()

    with InTurn(fatal, 2) as made:
        assert made.value()[1] != HERE
        assert made.value() == ("二", HERE)


@pytest.mark.usefixtures("others")
def test_what_goes_wrong_in_turn_goes_wrong_here() -> None:
    def wrong() -> Iterator[str]:
        yield "一"
        raise ValueError("second")

    with InTurn(wrong, 2) as made:
        assert made.value() == "一"
        with pytest.raises(ValueError, match="second"):
            made.value()


@pytest.mark.usefixtures("others")
def test_a_source_that_cannot_be_read_is_said_as_ever_by_a_process_that_builds_once(tmp_path: Path) -> None:
    bad = tmp_path / "bad.md"
    bad.write_bytes(b"\x00\x01\x02" * 50)
    wrong = tmp_path / "wrong.md"
    wrong.write_text("# 简报\n\n正文。\n", encoding="utf-8")
    for source, options in ((bad, Options()), (wrong, Options(style="no-such-style")), (wrong, Options(words=("-x",)))):
        said = []
        for builder in (contextlib.nullcontext, once):
            with builder(), pytest.raises(JianbaoError) as trouble:
                run(str(source), str(tmp_path / "out"), options)
            said.append((type(trouble.value), str(trouble.value), trouble.value.where))
        assert said[0] == said[1]
        assert not (tmp_path / "out").exists()


def test_no_other_hands_beside_threads_nor_where_all_cores_are_busy() -> None:
    with alone():
        assert free() == 0
        with Shared(3, maker) as shared:
            assert shared.take(0) is None
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert free() == 0
    finally:
        done.set()
        thread.join()


@pytest.mark.usefixtures("others")
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
def test_editions_and_findings_are_the_same_whoever_sets_the_lines(seed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_LEAST", 1)
    monkeypatch.setattr(ahead, "_PIECE", 3)
    monkeypatch.setattr(streams, "_LEAST", 1)
    monkeypatch.setattr(streams, "_PIECE", 2)
    monkeypatch.setattr(streams, "_TURN", 2)
    monkeypatch.setattr(hands, "LONG", 1)
    files = {f"{path.relative_to(seed.parent)}": path.read_bytes() for path in seed.parent.rglob("*.*")}
    disks = [Memory(dict(files), {"HOME": "/", "JIANBAO_FONTS": "embedded"}) for _ in range(3)]
    options = Options(to=("pdf", "docx"), verify=False)
    together = run(seed.name, "out", options, disks[0])
    with once():
        while_loading = run(seed.name, "out", options, disks[1])
    with alone():
        by_one = run(seed.name, "out", options, disks[2])
    assert together.findings == while_loading.findings == by_one.findings
    assert together.changes == while_loading.changes == by_one.changes
    made = [{name: data for name, data in disk.contents.items() if name.startswith("out/")} for disk in disks]
    assert made[0] == made[1] == made[2]


def test_hands_end_with_a_process_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import os, re, sys; from pathlib import Path; from converters import hands\n"
        "hands.free = lambda: 2\n"
        "def work(number):\n"
        "    Path(sys.argv[1], str(os.getpid())).touch()\n"
        "    re.match('(a*)*b', 'a' * 60)\n"
        "hands.Shared(8, work).take(0)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)])
    while len(found := list(tmp_path.iterdir())) < 3:
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.wait()
    end = time.monotonic() + 10
    while left := [int(path.name) for path in found if _runs(int(path.name))]:
        if time.monotonic() > end:
            for one in left:
                os.kill(one, signal.SIGKILL)
            pytest.fail("they go on")
        time.sleep(0.01)


def _runs(process: int) -> bool:
    """Does it live? One whose end nobody has asked for does not."""
    try:
        return " Z " not in Path(f"/proc/{process}/stat").read_text("utf-8")
    except OSError:
        return False


def test_what_a_page_says_beside_its_signs_is_in_the_tag_tree_whoever_painted_it(
    others: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hyphen at a line's end stands in marked content of its own."""
    assert others
    monkeypatch.setattr(streams, "_LEAST", 2)
    monkeypatch.setattr(streams, "_PIECE", 1)
    words = [f"第{count}" + hanzi(count) + "电话000-0000000转1-2" + hanzi(12) + "。" for count in range(12, 26)]
    made = document(*map(paragraph, words * 6))
    data = printed(made).data
    with alone():
        assert data == printed(made).data


@pytest.mark.usefixtures("others")
def test_what_a_process_has_to_do_by_itself_is_done_once_as_soon_as_others_share_a_work_with_it() -> None:
    done: list[int] = []
    with hands.beside_others(lambda: done.append(os.getpid())):
        assert not done
        assert [made and made[0] for made in taken(8, Shared(8, maker))] == list(range(8))
        taken(8, Shared(8, maker))
    assert done == [HERE]


@pytest.mark.usefixtures("others")
def test_it_is_done_neither_where_nobody_shares_anything_nor_afterwards() -> None:
    done: list[int] = []
    with alone(), hands.beside_others(lambda: done.append(os.getpid())):
        taken(8, Shared(8, maker))
    taken(8, Shared(8, maker))
    assert not done
