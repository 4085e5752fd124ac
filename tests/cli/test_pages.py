"""Every rule that the program can name has a manual page."""

from __future__ import annotations

import re

from templates import PACKAGE

from converters.checks.registry import rules as checks
from converters.cli.pages import pages
from converters.cli.zh.pages import LEVELS, PAGES
from converters.repairs import PASSES
from converters.repairs.registry import rules as repairs

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


def test_every_rule_of_repair_and_check_has_a_chinese_page_that_names_the_same_clauses() -> None:
    english, chinese = pages(), pages("zh")
    clause = re.compile(r"(?<![\d.])\d+\.\d+(?:\.\d+)*(?![\d.])")
    for code in {*repairs(), *checks()}:
        assert code in PAGES, code
        title, text = PAGES[code]
        assert re.search("[\u4e00-\u9fff]", title) and len(text) >= 20, code
        assert chinese[code].text == text and chinese[code].level in LEVELS.values()
        standards = [line for line in english[code].text.split("\n") if "GB/T" in line]
        assert set(clause.findall(" ".join(standards))) <= set(clause.findall(text)), code


def test_every_page_is_there_in_chinese_and_none_of_a_rule_that_is_gone() -> None:
    assert set(PAGES) == set(pages())
