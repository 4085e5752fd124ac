from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from converters.errors import StyleError
from converters.files import Memory
from converters.theme import load as loading
from converters.theme.load import available, load, sheet_text
from converters.theme.schema import Align, Role, Theme
from converters.units import mm, to_mm

PRESETS = [
    "base", "book", "gb33476", "gongbao", "gongwen", "jianbao", "jianbao-meeting", "jianbao-multi", "jianbao-secret",
    "jianbao-single", "jiyao", "large-print", "mingling", "vertical", "web", "xinhan", "xinxi",
]  # fmt: skip


def sheet(tmp_path: Path, text: str, name: str = "house.toml") -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def fault(name: str, overrides: dict[str, str] | None = None) -> StyleError:
    with pytest.raises(StyleError) as caught:
        load(name, overrides)
    return caught.value


def test_every_sheet_is_there_and_loads() -> None:
    assert [name for name, _ in available()] == PRESETS
    assert all(title for _, title in available())
    assert [load(name).name for name in PRESETS] == PRESETS


def test_the_default_is_the_page_of_gbt9704() -> None:
    page = load("jianbao").page
    assert (to_mm(page.measure), to_mm(page.depth)) == pytest.approx((156, 225))
    assert (page.rows, page.characters) == (22, 28)
    assert to_mm(page.pitch) == pytest.approx(10.227, abs=0.001)
    assert page.cell == pytest.approx(442.2 / 28, abs=0.01)


def test_figures_stand_close_to_hanzi_in_a_gongwen_and_a_quarter_apart_in_a_bulletin() -> None:
    assert load("gongwen").text.digit_gap_em == 0
    assert load("jianbao").text.digit_gap_em == 0.25


def test_the_other_reading_of_the_row_moves_the_edges_by_half_a_leading() -> None:
    page = load("gb33476").page
    assert to_mm(page.pitch) == pytest.approx(10.39, abs=0.005), "15/8 of a 3号 hanzi of 5.54 mm"


def test_the_reading_edition_is_a5_and_all_its_text_is_small() -> None:
    theme = load("book")
    assert (to_mm(theme.page.width), to_mm(theme.page.height)) == pytest.approx((148, 210))
    assert theme.styles.list.size == theme.styles.heading1.size == 10.5
    assert theme.styles.list.role is Role.SONGTI
    assert theme.styles.heading1.role is Role.HEITI


def test_large_print_has_nothing_below_14_points() -> None:
    styles = load("large-print").styles
    assert min(getattr(styles, field.name).size for field in dataclasses.fields(styles)) >= 14


def test_hanzi_of_every_sheet_fit_their_cells() -> None:
    for name in PRESETS:
        theme = load(name)
        # GB/T 9704: 28 hanzi of 16 pt stand on cells of 15.79 pt; no sheet goes closer than that.
        assert theme.page.cell / theme.styles.body.size >= 0.985, name
        assert theme.page.pitch >= 1.3 * theme.styles.body.size, name


def test_a_sheet_extends_a_sheet_of_ours_or_a_file_beside_it(tmp_path: Path) -> None:
    sheet(tmp_path, 'extends = "gongwen"\n[page]\nrows = 20\n', "parent.toml")
    theme = load(sheet(tmp_path, 'extends = "parent.toml"\n[page]\ncharacters = 26\n'))
    assert (theme.page.rows, theme.page.characters, theme.text.digit_gap_em) == (20, 26, 0)
    assert theme.name == "house"


def test_sheets_that_extend_each_other_are_an_error_that_names_them(tmp_path: Path) -> None:
    sheet(tmp_path, 'extends = "./b.toml"\n', "a.toml")
    sheet(tmp_path, 'extends = "./a.toml"\n', "b.toml")
    error = fault(str(tmp_path / "a.toml"))
    assert "extend each other" in error.message
    assert "a.toml" in error.message
    assert "b.toml" in error.message


def test_an_edited_base_sheet_is_read_and_not_taken_for_the_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet(tmp_path, sheet_text("base").replace("rows = 22", "rows = 21"), "base.toml")
    sheet(tmp_path, sheet_text("jianbao"), "jianbao.toml")
    monkeypatch.setattr(loading, "_folder", lambda: tmp_path)
    assert load("jianbao").page.rows == 21


def test_lengths_take_all_units(tmp_path: Path) -> None:
    text = (
        '[page]\ntop = "3.7cm"\nbottom = "1in"\n[styles.title]\nsize = "小二"\nleading = "1.5em"\nindent_em = "2em"\n'
    )
    theme = load(sheet(tmp_path, text))
    assert theme.page.top == pytest.approx(mm(37))
    assert theme.page.bottom == 72
    assert (theme.styles.title.size, theme.styles.title.leading, theme.styles.title.indent_em) == (18, 27, 2)


@pytest.mark.parametrize(
    ("size", "millimetres"),
    [("A3", (297, 420)), ("a4", (210, 297)), ("A4 landscape", (297, 210)), ("B5", (176, 250)),
     ("210mm x 297mm", (210, 297)), ("185mm×260mm", (185, 260))],
)  # fmt: skip
def test_paper_sizes(size: str, millimetres: tuple[float, float]) -> None:
    page = load("jianbao", {"page.size": size, "page.top": "30mm", "page.bottom": "30mm"}).page
    assert (to_mm(page.width), to_mm(page.height)) == pytest.approx(millimetres)


def test_a_new_paper_keeps_the_pitch_and_the_hanzi_unless_rows_are_given() -> None:
    before, after = load("jianbao").page, load("jianbao", {"page.size": "A3"}).page
    assert (after.rows, after.characters) == (34, 43)
    assert after.pitch == pytest.approx(before.pitch, rel=0.03)
    assert after.cell == pytest.approx(before.cell, rel=0.03)
    assert load("jianbao", {"page.size": "A3", "page.rows": "30"}).page.rows == 30


def test_styles_set_like_the_body_follow_it() -> None:
    styles = load("jianbao", {"styles.body.size": "小三", "styles.body.role": "songti"}).styles
    assert (styles.list.size, styles.list.role) == (15, Role.SONGTI)
    assert (styles.heading1.size, styles.heading1.role) == (15, Role.HEITI)
    assert styles.title.size == 22


def test_a_role_takes_one_face_or_a_list_and_a_language_has_its_own(tmp_path: Path) -> None:
    text = '[fonts]\nkaiti = "楷体"\nheiti = ["A", "B"]\n[fonts.ja]\nkaiti = ["Klee One"]\n'
    theme = load(sheet(tmp_path, text))
    assert theme.face_names(Role.KAITI) == ("楷体",)
    assert theme.face_names(Role.HEITI) == ("A", "B")
    assert theme.face_names(Role.KAITI, "ja") == ("Klee One",)
    assert theme.face_names(Role.SONGTI, "ja")[0] == "MS 明朝"


def test_a_value_of_the_command_line_goes_over_the_sheet() -> None:
    overrides = {
        "page.rows": "20",
        "text.hanging": "true",
        "page_number.form": "第{page}页",
        "styles.title.align": "left",
    }
    theme = load("jianbao", {**overrides, "text.gap_em": "auto", "masthead.issue_form": "2023"})
    assert (theme.page.rows, theme.text.hanging, theme.page_number.form) == (20, True, "第{page}页")
    assert theme.styles.title.align is Align.LEFT
    assert theme.text.gap_em is None
    assert theme.masthead.issue_form == "2023"


FAULTS = [
    ("[page]\n\nrowz = 3\n", 3, "there is no key page.rowz", "rows"),
    ("[pages]\nrows = 3\n", 1, "there is no key pages", "page"),
    ("[styles.titlex]\nsize = 3\n", 1, "there is no key styles.titlex", "title"),
    ('[styles]\ntitle = { sizex = "3pt" }\n', 2, "there is no key styles.title.sizex", "size"),
    ('styles.title.sizex = "3pt"\n', 1, "there is no key styles.title.sizex", "size"),
    ("[fonts]\nkaity = []\n", 2, "there is no key fonts.kaity", "kaiti"),
    ("[page]\ntop = 37\n", 2, "page.top needs a unit: 37", "37mm"),
    ('[page]\ntop = "37 mn"\n', 2, "page.top: \"37 mn\" is no length", ""),
    ('[page]\ntop = "2em"\n', 2, "\"2em\" has no meaning here", ""),
    ("[page]\ntop = true\n", 2, "page.top is a length, not true", ""),
    ('[page]\nrows = "22"\n', 2, "page.rows is a whole number", ""),
    ("[page]\nrows = 22.5\n", 2, "page.rows is a whole number", ""),
    ("[page]\nrows = 0\n", 2, "page.rows is 0, outside 1 to 200", ""),
    ("[page]\nduplex = 1\n", 2, "page.duplex is true or false", ""),
    ('[page]\nsize = "A9"\n', 2, "\"A9\" is no paper size", "A4"),
    ('[page]\nsize = "1mm x 2mm"\n[page.x]\n', 3, "there is no key page.x", ""),
    ('[page]\nwriting_mode = "vertical-lr"\n', 2, 'page.writing_mode is not "vertical-lr"', "vertical-rl"),
    ('[styles.body]\nindent_em = "2pt"\n', 2, "styles.body.indent_em is a number", "2em"),
    ("[styles.body]\nsize = inf\n", 2, "styles.body.size", ""),
    ("[styles.body]\nindent_em = nan\n", 2, "styles.body.indent_em is no number", ""),
    ('[styles.body]\nrole = "kati"\n', 2, 'styles.body.role is not "kati"', "kaiti"),
    ('[styles.body]\ncolor = "rad"\n', 2, "there is no colour rad", "red"),
    ('[colors]\nred = "red"\n', 2, "red is no colour", "#RRGGBB"),
    ("[fonts]\nkaiti = []\n", 2, "fonts.kaiti is a list of face names", ""),
    ("page = 3\n", 1, "page is a table", ""),
    ('[page_number]\nform = "- 1 -"\n', 2, "lacks {page}", ""),
    ('[page_number]\nform = "{page} {pages}"\n', 2, "there is no field {pages}", ""),
    ('[masthead]\nissue_form = "第{issue期"\n', 2, "masthead.issue_form", ""),
    ('[page]\ninner = "100mm"\nouter = "105mm"\n', 2, "the margins inner, outer leave 5 mm", ""),
    ('[page]\ntop = "300mm"\n', 2, "the margins top, bottom leave", ""),
    ("[page]\ncolumns = 6\ncolumn_gap = \"30mm\"\n", 2, "6 columns leave no room", ""),
    ("extends = 3\n", 1, "extends is the name or path", ""),
    ("title = 3\n", 1, "title is a text", ""),
    ("# 一\n[page]\nrows = = 3\n", 3, "this is not TOML", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message", "hint"), FAULTS, ids=[message for _, _, message, _ in FAULTS])
def test_a_fault_has_its_file_its_line_and_a_hint(
    tmp_path: Path, text: str, line: int, message: str, hint: str
) -> None:
    name = sheet(tmp_path, text)
    error = fault(name)
    assert message in error.message
    assert error.where == f"{name}:{line}"
    assert hint in error.hint
    assert error.exit_code == 2


def test_a_fault_of_the_command_line_says_so() -> None:
    assert fault("jianbao", {"page.sizex": "A3"}).where == "--set page.sizex=A3"
    assert "did you mean size?" in fault("jianbao", {"page.sizex": "A3"}).hint
    for key in ("", ".", "page.", "page", "page.rows.x", "styles", "fonts.ja"):
        fault("jianbao", {key: "3"})


def test_an_unknown_sheet_names_the_nearest() -> None:
    assert fault("jianboa").hint == "did you mean jianbao?"
    assert "jianbao" in fault("zzz").hint


@pytest.mark.parametrize("name", ["none.toml", ".", "/", "a/b.toml", "", "x\0.toml"])
def test_a_path_that_is_no_sheet_is_one_clear_error(name: str) -> None:
    fault(name)


def test_a_sheet_that_is_not_utf8_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "gbk.toml").write_bytes('title = "简报"'.encode("gbk"))
    assert "not UTF-8" in fault(str(tmp_path / "gbk.toml")).message


def test_a_mark_before_the_text_and_foreign_line_ends_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "dos.toml").write_bytes("\ufeff[page]\r\nrows = 20\r\nrowz = 3\r\n".encode())
    assert fault(str(tmp_path / "dos.toml")).where.endswith("dos.toml:3")


def test_a_sheet_in_memory_is_read_by_its_path() -> None:
    files = Memory({"house.toml": b'extends = "jianbao"\n[page]\nrows = 20\n'})
    assert load("house.toml", files=files).page.rows == 20


def test_loading_leaves_what_is_not_said_as_it_was() -> None:
    assert load("base").styles == Theme().styles


def test_artwork_is_looked_for_beside_the_sheet_that_names_it(tmp_path: Path) -> None:
    house = sheet(tmp_path, '[masthead]\nimage = "name.png"\n')
    (tmp_path / "below").mkdir()
    child = sheet(tmp_path, 'extends = "../house.toml"\n', "below/child.toml")
    assert load("jianbao").folder is None
    assert load(house).folder == str(tmp_path)
    assert Path(load(child).folder or "").resolve() == tmp_path.resolve()


def test_artwork_that_an_override_names_is_looked_for_beside_the_source(tmp_path: Path) -> None:
    house = sheet(tmp_path, '[masthead]\nimage = "name.png"\n')
    assert load(house, {"masthead.image": "other.png"}).folder is None
    assert load(house, {"masthead.top": "20mm"}).folder == str(tmp_path)


def test_a_sheet_cannot_set_the_folder(tmp_path: Path) -> None:
    assert "there is no key folder" in fault(sheet(tmp_path, 'folder = "/"\n')).message
