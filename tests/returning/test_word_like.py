"""Word's XML in all its forms, at random over all samples: nothing is lost, and the count is that of the raw XML."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from editing import Desk, edition
from rich import RICH
from two import TWO
from word_like import KINDS, WordLike, count_characters

from converters.errors import InputError
from converters.returning import merge

FILES = 60
REBUILT = 4


@pytest.mark.slow
def test_whatever_word_writes_every_character_is_in_one_list_and_the_next_edition_is_at_rest(
    editions: dict[Path, bytes], rich: bytes, folder: Path
) -> None:
    sources = {seed.name: seed.read_bytes() for seed in editions} | {"rich.md": RICH.encode(), "two.md": TWO.encode()}
    files = {seed.name: data for seed, data in editions.items()} | {"rich.md": rich}
    files["two.md"] = edition("two.md", TWO.encode(), folder)
    names = sorted(sources)
    made: Counter[str] = Counter()
    for number in range(FILES):
        chance = random.Random(number)
        name = names[number % len(names)]
        desk = Desk(files[name])
        editor = WordLike(desk, chance, made)
        kinds = [getattr(editor, KINDS[number % len(KINDS)])() and KINDS[number % len(KINDS)]]
        kinds += [editor.edit() for _ in range(chance.randint(0, 3))]
        data = desk.bytes()
        result = merge(data, name, sources[name])
        count = result.count
        assert count.lost == 0, (number, name, kinds)
        assert count.total == count.kept + count.applied + count.conflict + count.ignored, (number, name, kinds)
        assert min(count.kept, count.applied, count.conflict, count.ignored) >= 0, (number, name, kinds)
        assert count.total == count_characters(Desk(data)), (number, name, kinds)
        if number % REBUILT == 0 and result.text != sources[name]:
            again = merge(edition("again.md", result.text, folder), "again.md", result.text)
            assert (again.text, again.applied, again.conflicts) == (result.text, (), ()), (number, name, kinds)


def test_the_count_finds_what_a_reader_leaves_out(rich: bytes) -> None:
    """The control: words that are put into the XML raise the count by as much."""
    before = count_characters(Desk(rich))
    desk = Desk(rich)
    editor = WordLike(desk, random.Random(1), Counter())
    editor.put(editor.run("新添六个字吧"))
    assert count_characters(desk) == before + 6
    assert merge(desk.bytes(), "rich.md", RICH.encode()).count.total == before + 6
    with pytest.raises(InputError):
        merge(desk.bytes()[:100], "rich.md", RICH.encode())
