"""Random edits of every kind, as Word writes them, come back exactly: the next edition is the edited sheet."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from editing import Desk, edition
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from random_edits import KINDS, Editor, differences, sheet
from rich import RICH

from converters.errors import InputError
from converters.exporters import markdown
from converters.model.document import Document
from converters.model.metadata import Metadata
from converters.returning import Returned, merge
from strategies import flat_documents

FILES = 64


def wrong(desk: Desk, result: Returned, source: Path, folder: Path) -> list[object]:
    """What the next edition says otherwise than the edited sheet, but for what words decide and a list says so."""
    again = Desk(edition(source.name, result.text, folder))
    derived = {
        "".join(text.split())
        for entry in result.ignored
        if entry.kind in ("heading", "formatting")
        for text in entry.after.split("\n")
    }
    found = differences(sheet(desk), sheet(again))
    return [pair for pair in found if not (pair[0] and pair[1] and pair[0].text == pair[1].text in derived)]


@pytest.mark.slow
def test_random_edits_of_the_samples_come_out_as_they_were_made(
    editions: dict[Path, bytes], rich: bytes, folder: Path
) -> None:
    sources = {seed: seed.read_bytes() for seed in editions} | {folder / "rich.md": RICH.encode()}
    files = editions | {folder / "rich.md": rich}
    made, refused = Counter[str](), 0
    for number in range(FILES):
        chance = random.Random(number)
        source = folder / "rich.md" if (number // len(KINDS)) % 2 else chance.choice(sorted(files))
        desk = Desk(files[source])
        editor = Editor(desk, chance, made)
        kinds = [editor.edit([KINDS[number % len(KINDS)]])]
        kinds += [editor.edit() for _ in range(chance.randint(0, 3))]
        result = merge(desk.bytes(), source.name, sources[source])
        count = result.count
        assert count.total == count.kept + count.applied + count.conflict + count.ignored, (number, kinds)
        assert count.lost == 0, (number, kinds)
        refused += len(result.conflicts)
        if not result.conflicts:
            assert wrong(desk, result, source, folder) == [], (number, kinds)
    assert set(made) == set(KINDS)
    assert refused <= made.total() / 25


@given(document=flat_documents(), chance=st.randoms(use_true_random=False))
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_random_edits_of_any_document_lose_no_character(
    document: Document, chance: random.Random, tmp_path: Path
) -> None:
    source = markdown.export(replace(document, metadata=Metadata())).encode()
    try:
        data = edition("any.md", source, tmp_path)
        desk = Desk(data)
    except InputError:
        return
    editor = Editor(desk, chance, Counter())
    if not editor.edit():
        return
    try:
        result = merge(desk.bytes(), "any.md", source)
    except InputError as refusal:
        assert "not an edition" in str(refusal) or "holds no text" in str(refusal)
        return
    count = result.count
    assert count.lost == 0
    assert count.total == count.kept + count.applied + count.conflict + count.ignored
    for entry in result.conflicts:
        assert entry.reason
