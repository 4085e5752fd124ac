"""Every rule that the program can name has a manual page."""

from __future__ import annotations

import re

from templates import PACKAGE

from converters.cli.pages import pages
from converters.repairs import PASSES

# A code in quotation marks is a rule's; families and options are named in other ways.
_CODE = re.compile(r'"([A-Z]-[A-Z]{2,})"')


def test_every_code_in_the_program_has_a_page() -> None:
    known = pages()
    named = {
        (code, str(path.relative_to(PACKAGE)))
        for path in PACKAGE.rglob("*.py")
        for code in _CODE.findall(path.read_text(encoding="utf-8"))
    }
    assert {(code, path) for code, path in named if code not in known} == set()


def test_every_page_says_something() -> None:
    for code, page in pages().items():
        assert re.fullmatch(r"[A-Z]-[A-Z]+", code)
        assert page.title and page.level and page.text.strip(), code


def test_repair_rules_are_among_them() -> None:
    codes = {rule.code for step in PASSES for rule in step.rules}
    assert codes <= set(pages())
