from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from converters.diagnostics import Severity
from converters.errors import FontError
from converters.fonts import places
from converters.fonts.roles import EMBEDDED, OPEN, SYSTEM, USER, FontSet, resolve
from converters.theme.schema import Role, Theme
from making_fonts import FontMaker


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FontMaker:
    """A machine whose system folder holds what the test puts there."""
    system = FontMaker(tmp_path / "system")
    monkeypatch.setenv("JIANBAO_FONTS", "auto")
    monkeypatch.setattr(places, "system_fonts", lambda: (system.folder,))
    return system


def test_a_bare_machine_uses_the_embedded_default_for_every_role(fonts: FontSet) -> None:
    assert {choice.origin for choice in fonts.choices} == {EMBEDDED}
    assert [choice.role for choice in fonts.choices] == list(Role)
    assert fonts.face(Role.FANGSONG).family == "Noto Sans CJK SC"
    assert fonts.face(Role.MONO).family == "Noto Sans Mono CJK SC"


def test_each_substitution_is_said_as_wanted_and_used() -> None:
    findings = resolve(Theme()).findings
    assert {finding.rule for finding in findings} == {"F-FACE"}
    assert {finding.severity for finding in findings} == {Severity.INFO}
    assert "fangsong: 仿宋_GB2312 is not here; Noto Sans CJK SC is used" in [finding.text() for finding in findings]


def test_a_named_face_of_the_system_is_used_without_a_finding(machine: FontMaker) -> None:
    machine.make("simfang.ttf", "FangSong", chinese="仿宋")
    checked = resolve(Theme())
    choice = checked.value.choice(Role.FANGSONG)
    assert (choice.origin, choice.exact, choice.path.name) == (SYSTEM, True, "simfang.ttf")
    assert not [finding for finding in checked.findings if ("role", "fangsong") in finding.values]


def test_a_face_is_found_by_its_chinese_or_english_name(machine: FontMaker) -> None:
    machine.make("a.ttf", "Some Kai", chinese="楷体_GB2312")
    machine.make("b.ttf", "SimHei")
    fonts = resolve(Theme()).value
    assert fonts.choice(Role.KAITI).path.name == "a.ttf"
    assert fonts.choice(Role.HEITI).path.name == "b.ttf"


def test_the_users_own_folders_go_before_the_system(machine: FontMaker, maker: FontMaker) -> None:
    machine.make("system.ttf", "FangSong_GB2312")
    path = maker.make("own.ttf", "FangSong_GB2312")
    choice = resolve(Theme(), font_paths=[maker.folder]).value.choice(Role.FANGSONG)
    assert (choice.path, choice.origin) == (path, USER)
    by_file = resolve(Theme(), font_paths=[path]).value.choice(Role.FANGSONG)
    assert by_file.path == path


def test_the_data_folder_is_the_users_own_and_its_fetched_faces_come_after_the_system(machine: FontMaker) -> None:
    FontMaker(places.fetched_fonts()).make("fetched.ttf", "FandolFang")
    assert resolve(Theme()).value.choice(Role.FANGSONG).origin == OPEN
    machine.make("licensed.ttf", "FangSong")
    assert resolve(Theme()).value.choice(Role.FANGSONG).path.name == "licensed.ttf"
    FontMaker(places.own_fonts()).make("mine.ttf", "Zhuque Fangsong")
    assert resolve(Theme()).value.choice(Role.FANGSONG).path.name == "mine.ttf"


def test_a_heavy_song_is_chosen_by_weight_and_a_light_one_never(machine: FontMaker) -> None:
    machine.make("regular.ttf", "Noto Serif CJK SC", weight=400)
    assert resolve(Theme()).value.choice(Role.XIAOBIAOSONG).origin == EMBEDDED
    machine.make("bold.ttf", "Noto Serif CJK SC", weight=700)
    fonts = resolve(Theme()).value
    assert fonts.choice(Role.XIAOBIAOSONG).path.name == "bold.ttf"
    assert fonts.choice(Role.SONGTI).path.name == "regular.ttf"


def test_a_face_that_may_not_be_embedded_is_passed_over_with_an_error_that_names_it(machine: FontMaker) -> None:
    machine.make("locked.ttf", "FangSong", fs_type=2)
    checked = resolve(Theme())
    assert checked.value.choice(Role.FANGSONG).origin == EMBEDDED
    (finding,) = [finding for finding in checked.findings if finding.rule == "F-EMBED"]
    assert finding.severity is Severity.ERROR
    assert dict(finding.values) == {"face": "FangSong", "rights": "2"} and finding.place.endswith("locked.ttf")


def test_strict_makes_a_substitution_an_error_that_names_it() -> None:
    with pytest.raises(FontError, match="仿宋_GB2312"):
        resolve(Theme(), strict=True)


def test_strict_is_content_when_every_named_face_is_there(machine: FontMaker) -> None:
    for role in Role:
        machine.make(f"{role.value}.ttf", Theme().face_names(role)[0])
    assert not resolve(Theme(), strict=True).findings


def test_the_environment_pins_the_embedded_default(machine: FontMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.make("simfang.ttf", "FangSong")
    assert resolve(Theme(), system=False).value.choice(Role.FANGSONG).origin == EMBEDDED
    monkeypatch.setenv("JIANBAO_FONTS", "embedded")
    assert resolve(Theme()).value.choice(Role.FANGSONG).origin == EMBEDDED
    monkeypatch.setenv("JIANBAO_FONTS", "auto")
    assert resolve(Theme()).value.choice(Role.FANGSONG).origin == SYSTEM


@pytest.mark.parametrize(("lang", "region"), [("zh-Hant", "TC"), ("ja", "JP"), ("ko", "KR"), ("en", "SC")])
def test_the_language_picks_the_region_of_the_default(lang: str, region: str) -> None:
    assert resolve(Theme(), lang).value.face(Role.SONGTI).family == f"Noto Sans CJK {region}"


def test_a_face_of_simplified_forms_never_plays_a_role_in_another_language(machine: FontMaker) -> None:
    machine.make("fandol.ttf", "FandolFang")
    machine.make("simfang.ttf", "FangSong")
    assert resolve(Theme(), "ja").value.choice(Role.FANGSONG).origin == EMBEDDED
    machine.make("mincho.ttf", "MS Mincho")
    assert resolve(Theme(), "ja").value.choice(Role.FANGSONG).path.name == "mincho.ttf"


def test_every_chain_begins_with_the_face_of_its_role_and_holds_the_default(fonts: FontSet) -> None:
    for role in Role:
        chain = fonts.chain(role)
        assert chain[0] is fonts.face(role)
        assert any(face.family == "Noto Sans CJK SC" for face in chain)
        assert len({face.postscript_name for face in chain}) == len(chain)


def test_fangsong_falls_back_to_kaiti_then_songti(machine: FontMaker) -> None:
    machine.make("f.ttf", "FandolFang")
    machine.make("k.ttf", "LXGW WenKai")
    machine.make("s.ttf", "Noto Serif CJK SC")
    names = [face.path.name for face in resolve(Theme()).value.chain(Role.FANGSONG)]
    assert names[:3] == ["f.ttf", "k.ttf", "s.ttf"]


def test_quotation_marks_of_lxgw_come_from_a_true_kaiti_where_there_is_one(machine: FontMaker) -> None:
    machine.make("k.ttf", "LXGW WenKai")
    machine.make("q.ttf", "FandolKai")
    names = [face.path.name for face in resolve(Theme()).value.chain(Role.KAITI)]
    assert names[:2] == ["k.ttf", "q.ttf"]


def test_rare_characters_are_looked_for_after_the_default(machine: FontMaker) -> None:
    machine.make("rare.ttf", "BabelStone Han", chars="一\U0002a6a5")
    chain = resolve(Theme()).value.chain(Role.FANGSONG)
    assert chain[-1].path.name == "rare.ttf"


def test_a_sheet_can_name_a_face_for_a_language(machine: FontMaker) -> None:
    machine.make("x.ttf", "House Ming")
    theme = dataclasses.replace(Theme(), regional_fonts=(("zh-Hant", ((Role.SONGTI, ("House Ming",)),)),))
    assert resolve(theme, "zh-TW").value.choice(Role.SONGTI).path.name == "x.ttf"
    assert theme.face_names(Role.SONGTI, "zh-Hans")[0] == "宋体"


def test_a_face_for_another_script_is_looked_for_when_a_character_asks_for_it(maker: FontMaker) -> None:
    from converters.fonts import world

    maker.make("emoji.ttf", "Noto Emoji", chars="\U0001f600")
    maker.make("arabic.ttf", "Noto Naskh Arabic", chars="سل")
    fonts = resolve(Theme(), font_paths=[maker.folder]).value
    assert all("Emoji" not in face.family for role in Role for face in fonts.chain(role))
    found = fonts.beyond("\U0001f600")
    assert found is not None and found.family == "Noto Emoji"
    both = fonts.beyond("سل")
    assert both is not None and both.family == "Noto Naskh Arabic"
    assert fonts.beyond("س\U0001f600") is None and fonts.beyond("\u0378") is None
    assert len(set(world.WORLD)) == len(world.WORLD)
