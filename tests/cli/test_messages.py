"""Every message that a user can see is in the Chinese catalogue, with the same fields."""

from __future__ import annotations

import re
from pathlib import Path

from templates import same_fields, templates

from converters.cli import messages
from converters.cli.zh import MESSAGES
from converters.readers import read
from converters.repairs import repair

ROOT = Path(__file__).resolve().parents[2]


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


def test_what_repair_takes_lines_for_and_why_is_said_in_chinese_too() -> None:
    untranslated = set()
    for path in (ROOT / "seeds").glob("*.md"):
        # Without marks of headings, repair has to find all parts itself.
        for text in (path.read_text(encoding="utf-8"), re.sub("(?m)^#+ ", "", path.read_text(encoding="utf-8"))):
            for change in repair(read(path.name, text.encode()).value).changes:
                if change.before == change.after:
                    untranslated |= set(change.evidence.split("; ")) - MESSAGES.keys()
    reasons = (ROOT / "converters" / "repairs" / "heads.py").read_text(encoding="utf-8")
    untranslated |= set(re.findall(r'\(-?\d, "([^"]+)"\)', reasons)) - MESSAGES.keys()
    assert untranslated == set()
