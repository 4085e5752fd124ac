from __future__ import annotations

import dataclasses
import tomllib
import zlib

from converters.theme import load as loading
from converters.theme.base import base_sheet
from converters.theme.keys import KEYS, key_of
from converters.theme.load import load, sheet_text
from converters.theme.schema import TextStyle, Theme

REMAKE = "run `python -m converters.theme.base > styles/base.toml` and put its check sum into theme/load.py"


def test_the_base_sheet_says_what_the_schema_says() -> None:
    assert sheet_text("base") == base_sheet(), REMAKE


def test_the_check_sum_is_that_of_the_base_sheet() -> None:
    assert zlib.crc32(sheet_text("base").encode()) == loading.BASE_CHECK_SUM, f"{REMAKE}: 0x%08X" % zlib.crc32(
        sheet_text("base").encode()
    )


def test_reading_the_base_sheet_gives_every_default() -> None:
    read = dataclasses.replace(load("base"), name=Theme().name, title=Theme().title)
    assert read == Theme()


def test_every_key_of_the_schema_is_in_the_base_sheet_with_a_comment() -> None:
    tables = tomllib.loads(sheet_text("base"))
    lines = sheet_text("base").splitlines()
    for field in dataclasses.fields(Theme):
        value = getattr(Theme(), field.name)
        if not dataclasses.is_dataclass(value) or field.name == "styles":
            continue
        for key in dataclasses.fields(value):
            name = key.name.rstrip("_")
            assert name in tables[field.name]
            described = key_of(f"{field.name}.{name}")
            assert described is not None, f"describe {field.name}.{name} in theme/keys.py"
            assert any(line.startswith(f"{name} = ") and described.comment in line for line in lines)
    for style in dataclasses.fields(Theme().styles):
        assert set(tables["styles"][style.name]) == {key.name for key in dataclasses.fields(TextStyle)}


def test_no_key_is_described_that_the_schema_does_not_have() -> None:
    for path in KEYS:
        table, _, name = path.rpartition(".")
        # [fonts] is a table of roles in the schema; the key that stands among them is one of the sheet itself.
        table = "" if path == "fonts.missing" else table
        owner = Theme() if not table else TextStyle() if table == "styles.*" else getattr(Theme(), table)
        assert name in {field.name.rstrip("_") for field in dataclasses.fields(owner)}, path
