"""The marks of list items: typed ones, letters and Roman numerals (HTML Living Standard, 4.4.5; CSS Lists 3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converters.model.patterns import compiled

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TYPED = r"""list-style-type:\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')"""
_NAMED = r"list-style-type:\s*([a-z-]+)"
_KINDS = {
    "a": "a", "lower-alpha": "a", "lower-latin": "a", "A": "A", "upper-alpha": "A", "upper-latin": "A", "i": "i",
    "lower-roman": "i", "I": "I", "upper-roman": "I",
}  # fmt: skip
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def item_mark(ordered: Element, item: Element, number: int) -> str:
    """The mark of an item of an ordered list: "3.", "c.", "iii.", or the one that its style types out."""
    for element in (item, ordered):
        style = element.get("style") or ""
        if (typed := compiled(_TYPED).search(style)) is not None:
            return re.sub(r"\\(.)", r"\1", typed[1] if typed[1] is not None else typed[2]).strip()
    style = "".join(each.get("style") or "" for each in (ordered, item))
    named = compiled(_NAMED).search(style)
    kind = _KINDS.get(named[1] if named is not None else item.get("type") or ordered.get("type") or "", "")
    return f"{_counted(number, kind)}."


def item_number(item: Element, following: int) -> int:
    """The number of an item: its own, else the one that follows."""
    value = (item.get("value") or "").strip()
    return int(value) if value.removeprefix("-").isdecimal() and len(value) < 7 else following


def _counted(number: int, kind: str) -> str:
    if not kind or not 0 < number < 4000:
        return str(number)
    if kind in "aA":
        text = ""
        while number:
            number, letter = divmod(number - 1, 26)
            text = chr(ord("a") + letter) + text
    else:
        text = ""
        for value, letters in _ROMAN:
            count, number = divmod(number, value)
            text += letters * count
    return text.upper() if kind.isupper() else text
