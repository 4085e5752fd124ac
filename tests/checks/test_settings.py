"""What a style sheet, front matter and word lists say of the checks."""

from __future__ import annotations

from typing import Any

import pytest

from converters.errors import InputError, StyleError
from converters.files import Memory
from converters.pipeline import Options, prepare

TEXT = "# 甲处开会\n\n会议定于2月30日召开，张二丰到会，截止今天已报名。\n"
SHEET = b'extends = "jianbao"\n[check]\nN-DATE = "info"\nwords = "words.txt"\n'
WORDS = "name 张三丰\nconfuse 截止=截至\n"


def found(files: dict[str, bytes], **options: Any) -> list[tuple[str, str]]:
    memory = Memory(files, {"HOME": "/", "JIANBAO_FONTS": "embedded"})
    findings = prepare("in/a.md", Options(**options), memory).findings
    return sorted((finding.rule, finding.severity.name.lower()) for finding in findings)


def test_a_style_sheet_grades_rules_and_names_words() -> None:
    files = {"in/a.md": TEXT.encode(), "house/own.toml": SHEET, "house/words.txt": WORDS.encode()}
    assert found(files) == [("N-DATE", "error")]
    assert found(files, style="house/own.toml") == [("N-DATE", "info"), ("T-CONF", "warning"), ("T-NAME", "warning")]


def test_front_matter_wins_over_the_style_sheet() -> None:
    text = "---\ncheck:\n  N-DATE: off\n---\n\n" + TEXT
    files = {"in/a.md": text.encode(), "house/own.toml": SHEET, "house/words.txt": b""}
    assert found(files, style="house/own.toml") == []


def test_front_matter_and_the_command_line_name_words_too() -> None:
    text = "---\n检查:\n  words: names.txt\n  N-DATE: off\n---\n\n" + TEXT
    files = {"in/a.md": text.encode(), "in/names.txt": WORDS.encode(), "more.txt": "avoid 报名\n".encode()}
    assert [rule for rule, _ in found(files)] == ["T-CONF", "T-NAME"]
    assert [rule for rule, _ in found(files, words=("more.txt",))] == ["T-CONF", "T-NAME", "T-SENS"]


@pytest.mark.parametrize("said", ["../names.txt", "/etc/names.txt"])
def test_front_matter_names_no_list_outside_the_folder_of_its_source(said: str) -> None:
    text = f"---\ncheck:\n  words: {said}\n---\n\n{TEXT}"
    with pytest.raises(InputError, match="outside"):
        found({"in/a.md": text.encode(), "names.txt": b"", "/etc/names.txt": b""})


def test_a_list_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="line 1"):
        found({"in/a.md": TEXT.encode(), "w.txt": "wrong 词语\n".encode()}, words=("w.txt",))
    with pytest.raises(InputError, match="UTF-8"):
        found({"in/a.md": TEXT.encode(), "w.txt": "名称".encode("gb18030")}, words=("w.txt",))


@pytest.mark.parametrize(
    ("line", "message"), [('N-DATE = "loud"', "loud"), ('n-date = "off"', "n-date"), ('"" = "on"', "no rule")]
)
def test_a_wrong_table_is_refused(line: str, message: str) -> None:
    sheet = f'extends = "jianbao"\n[check]\n{line}\n'
    with pytest.raises(StyleError) as trouble:
        found({"in/a.md": TEXT.encode(), "own.toml": sheet.encode()}, style="./own.toml")
    assert message in trouble.value.message
