"""`jianbao fonts install` tells each family once, however many files it has."""

from __future__ import annotations

import pytest
from calling import Call

from converters.fonts import install as installing
from converters.fonts.install import Fetched, Installed


@pytest.mark.parametrize(("language", "row"), [("en", "fetched  (fonts-a 1, 2 files)"), ("zh", "(fonts-a 1, 2个文件)")])
def test_a_family_of_several_files_is_one_line(
    jianbao: Call, monkeypatch: pytest.MonkeyPatch, language: str, row: str
) -> None:
    files = (
        Fetched("A-Regular.ttc", "Song A", "fonts-a", "1", "fetched"),
        Fetched("A-Bold.ttc", "Song A", "fonts-a", "1", "fetched"),
        Fetched("B.ttf", "Kai B", "fonts-b", "2", "present"),
    )
    monkeypatch.setattr(installing, "install", lambda *_, **__: Installed("debian", files))
    outcome = jianbao("fonts", "install", "--lang-ui", language)
    assert outcome.code == 0
    assert len(outcome.lines) == len(set(outcome.lines)) == 2
    assert "Song A" in outcome.lines[0] and outcome.lines[0].endswith(row)
    assert "Kai B" in outcome.lines[1]
