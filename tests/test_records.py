"""`converters.records.dataclass` does what the standard library's does."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, field, fields, is_dataclass, replace
from typing import Any

import pytest

from converters.records import dataclass

STANDARD: Callable[..., Any] = dataclasses.dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A frozen one."""

    row: int
    name: str = "here"
    marks: tuple[str, ...] = ()
    seen: dict[str, int] = field(default_factory=dict)
    note: str = field(default="", compare=False, repr=False)
    cached: int = field(default=7, init=False)


@dataclass(frozen=True, slots=True)
class Far(Place):
    """One that adds a field."""

    miles: float = 1.5


@dataclass(slots=True)
class Heap:
    """One that may change."""

    things: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.things.append(0)


@dataclass(frozen=True, slots=True, eq=False)
class Single:
    """One that equals only itself."""

    value: int


@dataclass(frozen=True, slots=True)
class Empty:
    """One without fields."""


def test_it_makes_what_the_standard_library_makes() -> None:
    @STANDARD(frozen=True, slots=True)
    class Twin:
        row: int
        name: str = "here"
        marks: tuple[str, ...] = ()

    @dataclass(frozen=True, slots=True)
    class Ours:
        """A twin."""

        row: int
        name: str = "here"
        marks: tuple[str, ...] = ()

    ours, twin = Ours(3, marks=("a",)), Twin(3, marks=("a",))
    assert repr(ours).replace("Ours", "Twin") == repr(twin)
    assert hash(ours) == hash(twin)
    assert asdict(ours) == asdict(twin)
    assert [item.name for item in fields(Ours)] == [item.name for item in fields(Twin)]
    assert Ours.__match_args__ == Twin.__match_args__
    assert Ours.__slots__ == Twin.__slots__


def test_instances_compare_by_their_compared_fields_and_class() -> None:
    assert Place(1, note="one") == Place(1, note="two")
    assert Place(1) != Place(2)
    assert Place(1) != Far(1)
    assert hash(Single(1)) != hash(Single(1)) or Single(1) != Single(1)
    assert Empty() == Empty()
    assert len({Empty(), Empty()}) == 1


def test_each_instance_gets_a_default_of_its_own() -> None:
    assert Place(1).seen is not Place(1).seen
    first, second = Heap(), Heap([4])
    assert (first.things, second.things) == ([0], [4, 0])


def test_a_frozen_instance_does_not_change() -> None:
    place = Place(1)
    with pytest.raises(FrozenInstanceError):
        place.row = 2  # type: ignore[misc]  # what must be refused
    with pytest.raises(FrozenInstanceError):
        del place.row
    with pytest.raises((AttributeError, TypeError)):
        place.other = 2  # type: ignore[attr-defined]  # what must be refused


def test_one_that_may_change_has_no_hash() -> None:
    heap = Heap()
    heap.things = [1]
    with pytest.raises(TypeError):
        hash(heap)


@pytest.mark.parametrize("value", [Place(1, "there", ("x",), {"a": 1}, "n"), Far(2, miles=9.0), Heap([3]), Empty()])
def test_copies_and_pickles_are_equal(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.copy(value) == value
    assert copy.deepcopy(value) == value
    assert is_dataclass(value)


def test_replace_makes_another_one() -> None:
    far = replace(Far(1), row=5)
    assert (far.row, far.miles, far.cached) == (5, 1.5, 7)


def test_wrong_arguments_are_type_errors() -> None:
    with pytest.raises(TypeError, match="row"):
        Place()  # type: ignore[call-arg]  # what must be refused
    with pytest.raises(TypeError, match="wrong"):
        Place(1, wrong=2)  # type: ignore[call-arg]  # what must be refused


def test_a_plain_subclass_may_call_the_first_init() -> None:
    class Sub(Empty):
        """Not a dataclass."""

    @dataclass(frozen=True, slots=True)
    class Base:
        """A base."""

        value: int

    class Child(Base):
        """Hands its argument on."""

        def __init__(self) -> None:
            super().__init__(4)

    assert Child().value == 4
    assert isinstance(Sub(), Empty)


def test_patterns_match_by_position() -> None:
    match Place(1, "there"):
        case Place(1, name):
            assert name == "there"
        case _:
            pytest.fail("no match")
