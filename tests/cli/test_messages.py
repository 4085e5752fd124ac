"""Every message that a user can see is in the Chinese catalogue, with the same fields."""

from __future__ import annotations

from templates import same_fields, templates

from converters.cli import messages
from converters.cli.zh import MESSAGES


def test_every_template_of_the_program_is_translated() -> None:
    missing = {template: module for template, module in templates().items() if template not in MESSAGES}
    assert missing == {}


def test_translations_fill_the_same_fields() -> None:
    assert [template for template, text in MESSAGES.items() if not same_fields(template, text)] == []


def test_a_message_with_its_values_filled_in_is_translated_too() -> None:
    messages.choose("zh")
    try:
        assert messages.translate("choose one of base, jianbao, or give a .toml file") == (
            "从base, jianbao中选一，或指定.toml文件"
        )
        assert messages.translate("nobody wrote this") == "nobody wrote this"
    finally:
        messages.choose("en")


def test_templates_are_found_where_they_stand() -> None:
    found = templates()
    assert found["it is larger than {limit} MB"] in ("batch/shelves.py", "files.py")
    assert "pipeline.py" in found.values() and "checks/pairs.py" in found.values()
