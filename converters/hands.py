"""A second pair of hands: part of a long document's work, done meanwhile on another core.

The other process is forked, so it knows all that this one knows and nothing has to be handed over; what it makes
comes back as bytes. Where it is late or dead, or cannot be had at all, this process does the work itself: the result
is the same, and only the time differs.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import marshal
import mmap
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, Protocol, Self, TypeVar, cast

from .machine import cores
from .orphans import end_with

_Made = TypeVar("_Made")


class Packing(Protocol):
    """What makes bytes of a value and the value of the bytes."""

    def dumps(self, value: Any, /) -> bytes:
        """The bytes of a value."""

    def loads(self, data: bytes, /) -> Any:
        """The value of the bytes."""


_MOST_HANDS = 3
"""Cores beyond the fourth bring little: what is shared is put together by one."""
_POLITE = 6
"""How far `Meanwhile` steps back behind those whose pieces are waited for: it gets a quarter of what they get."""

# What all look at has three numbers for each piece: how far it is, and where in its maker's store the bytes begin and
# end. Two who take up the same piece in the same moment both make it, and one of them in vain.
_FIELDS = 3
_IN_HAND, _READY = 1, 2

LONG = 50_000
"""Characters of a text that takes long enough to be shared in a process that has everything at hand."""

_alone = False
_once = False
_keepers: list[Callable[[], None]] = []
_waiting: list[Callable[[], None]] = []


def before_handing_over(keep: Callable[[], None]) -> None:
    """Have every other process do this before it hands over a piece: what it has learnt meanwhile is lost with it."""
    _keepers.append(keep)


@contextlib.contextmanager
def beside_others(work: Callable[[], None]) -> Iterator[None]:
    """Meanwhile this process does a work as soon as others have begun to share one with it: what it has to do by
    itself is best done when nobody waits for it. Where nobody shares anything it is not done."""
    _waiting.append(work)
    try:
        yield
    finally:
        if work in _waiting:
            _waiting.remove(work)


@contextlib.contextmanager
def once() -> Iterator[None]:
    """Meanwhile this process builds for the first time and the last: as most of that is loading, it pays to share a
    short text too."""
    global _once
    before, _once = _once, True
    try:
        yield
    finally:
        _once = before


def pays(characters: int) -> bool:
    """Whether a text of so many characters is worth another process."""
    return characters >= LONG or _once


def is_loading() -> bool:
    """Whether this process has still to load most of what it works with, as one that builds once has."""
    return _once


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Meanwhile all work is done by this process: for one of many that fill the cores already."""
    global _alone
    before, _alone = _alone, True
    try:
        yield
    finally:
        _alone = before


def free() -> int:
    """How many other pairs of hands there are: none on a single core, beside other threads, and off Linux."""
    if _alone or not sys.platform.startswith("linux") or threading.active_count() > 1:
        return 0
    return min(cores() - 1, _MOST_HANDS)


class Shared(Generic[_Made]):
    """Pieces of work, 0 to `count` exclusive, that all hands that are free do together, from the first on.

    `work` makes a piece; it must change nothing that another piece could see. `packing` (marshal or pickle) carries
    what it made from process to process: marshal takes plain numbers, strings, tuples and lists, in half the time.
    To be closed, also when something goes wrong: it is a context manager.
    """

    def __init__(self, count: int, work: Callable[[int], _Made], packing: Packing = marshal) -> None:
        self._work = work
        self._count = count
        self._hands: list[_Hand] = []
        self._mine: dict[int, _Made] = {}
        self._shares = min(free(), count)
        if not self._shares:
            return
        self._sheet = memoryview(mmap.mmap(-1, 8 * _FIELDS * count)).cast("q")
        for number in range(self._shares):
            hand = _Hand(self._sheet, range(number, count, self._shares), packing)
            try:
                hand.start(work)
            except OSError:
                # No more processes are to be had.
                break
            self._hands.append(hand)
        while self._hands and _waiting:
            _waiting.pop()()

    def take(self, number: int) -> _Made | None:
        """A piece, to be asked for in rising order; None where there are no other hands.

        While another is about it, this process does a piece further on instead of waiting.
        """
        if not self._hands:
            return None
        sheet, share = self._sheet, number % self._shares
        hand = self._hands[share] if share < len(self._hands) else None
        further = number
        while number not in self._mine:
            if sheet[_FIELDS * number] == _READY and hand is not None:
                return cast("_Made", hand.piece(number))
            while further < self._count and sheet[_FIELDS * further]:
                further += 1
            if further < self._count:
                sheet[_FIELDS * further] = _IN_HAND
                self._mine[further] = self._work(further)
            elif hand is None or not hand.wait():
                return self._work(number)
        return self._mine.pop(number)

    def close(self) -> None:
        """Send the others away."""
        for hand in self._hands:
            hand.end()
        self._hands.clear()
        self._mine.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Meanwhile(Generic[_Made]):
    """One value that another makes while this process goes on; made here, and at once, where nobody is free for it.

    `worth` says whether the work is long enough for another process. The value must survive being pickled.
    """

    def __init__(self, work: Callable[[], _Made], *, worth: bool = True) -> None:
        self._shared: Shared[_Made] | None = None
        self._value: _Made | None = None
        if worth and free():
            self._owner = os.getpid()
            self._work = work
            self._shared = Shared(1, self._make, pickle)
        else:
            self._value = work()

    def _make(self, _: int) -> _Made:
        if os.getpid() != self._owner:
            os.nice(_POLITE)
        return self._work()

    def value(self) -> _Made:
        """The value, waited for; what went wrong in making it goes wrong here."""
        if self._shared is not None and self._value is None:
            made = self._shared.take(0)
            self._value = self._work() if made is None else made
        return cast("_Made", self._value)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shared is not None:
            self._shared.close()


class InTurn:
    """Values that another makes one after the other while this process goes on; made here, when they are asked for,
    where nobody is free for it.

    `steps` makes `count` of them; they must survive being pickled. The first is soon waited for, the others are not, so
    that the other process steps back after it. To be closed, as `Shared` is.
    """

    def __init__(self, steps: Callable[[], Iterator[Any]], count: int, *, worth: bool = True) -> None:
        self._steps = steps
        self._made: Iterator[Any] | None = None
        self._taken = 0
        self._hand: _Hand | None = None
        if not (worth and free()):
            return
        self._sheet = memoryview(mmap.mmap(-1, 8 * _FIELDS * count)).cast("q")
        hand = _Hand(self._sheet, range(count), pickle)
        with contextlib.suppress(OSError):
            hand.start(self._step)
            self._hand = hand

    @property
    def is_elsewhere(self) -> bool:
        """Whether another process makes them."""
        return self._hand is not None

    def _step(self, number: int) -> Any:
        """The next value, in the other process."""
        if self._made is None:
            self._made = self._steps()
        elif number == 1:
            os.nice(_POLITE)
        return next(self._made)

    def value(self) -> Any:
        """The next value, waited for; what went wrong in making it goes wrong here."""
        number, self._taken = self._taken, self._taken + 1
        while self._hand is not None:
            if self._sheet[_FIELDS * number] == _READY:
                return self._hand.piece(number)
            if not self._hand.wait():
                self.close()
        if self._made is None:
            # Those before it have to be made again.
            self._made = itertools.islice(self._steps(), number, None)
        return next(self._made)

    def close(self) -> None:
        """Send the other away."""
        if self._hand is not None:
            self._hand.end()
            self._hand = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Hand:
    """Another process, and the pieces that it may do."""

    def __init__(self, sheet: memoryview, pieces: Sequence[int], packing: Packing) -> None:
        self._sheet = sheet
        self._packing = packing
        self._pieces = pieces
        self._store = self._told = self._life = -1
        self._process = 0

    def start(self, work: Callable[[int], object]) -> None:
        """Fork. Raises OSError where that is refused."""
        self._store = os.memfd_create("jianbao")
        self._told, tell = os.pipe()
        life, self._life = os.pipe()
        try:
            self._process = os.fork()
            if not self._process:
                self._live(work, tell, life)
        except OSError:
            self._let_go()
            raise
        finally:
            os.close(tell)
            os.close(life)

    def _live(self, work: Callable[[int], object], tell: int, life: int) -> None:
        """What the other process does, to its end; nothing of it reaches the handlers and files of this one."""
        try:
            os.close(self._life)
            end_with(life)
            gc.disable()
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            sheet, place = self._sheet, 0
            for number in self._pieces:
                field = _FIELDS * number
                if sheet[field]:
                    continue
                sheet[field] = _IN_HAND
                data = self._packing.dumps(work(number))
                for keep in _keepers:
                    keep()
                _write(self._store, data)
                sheet[field + 1] = place
                place += len(data)
                sheet[field + 2] = place
                sheet[field] = _READY
                # Where nobody listens any more this fails, and that is the end.
                os.write(tell, b".")
        finally:
            os._exit(0)

    def wait(self) -> bool:
        """Wait until a piece more lies ready; False where none will."""
        return bool(os.read(self._told, 4096))

    def piece(self, number: int) -> object:
        """A piece that lies ready."""
        start, end = self._sheet[_FIELDS * number + 1 : _FIELDS * number + 3]
        return self._packing.loads(os.pread(self._store, end - start, start))

    def end(self) -> None:
        """Send it away, done or not."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._process, 0)
        self._let_go()

    def _let_go(self) -> None:
        for file in (self._store, self._told, self._life):
            os.close(file)


def _write(file: int, data: bytes) -> None:
    """All of it, however often that takes."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
