"""Units and what stands between them: may a line break there, does space belong there, may it widen.

A strength says how strongly two units hold together: 0 breaks freely; 1 to 3 are opened one after the other where a
line cannot be filled otherwise (clreq: strict to gb, gb to basic, then what merely SHOULD hold together).
"""

from __future__ import annotations

from typing import NamedTuple

from .rules import Rules

RELAXED_TO_GB = 1
RELAXED_TO_BASIC = 2
SOFT = 3
"""Strength inside a unit that SHOULD hold together."""

NEVER = 9
"""Strength of a boundary that no relaxation opens; only tearing does."""

INSEPARABLE = 10
"""Strength of a boundary inside what is one sign to the eye: never opened at all."""

WORD = "adpjqyhL"
"""Classes of which Latin words and numbers are made."""


class Unit(NamedTuple):
    """What never breaks: one token of a run, text[start:end].

    `first` and `last` are class letters ("2" last: a two-em dash or ellipsis), `width` is in em, `lead` and `trail`
    are the blanks of a mark. `forced`: the trailing blank is always taken (the second of ？！).
    """

    start: int
    end: int
    first: str
    last: str
    width: float
    lead: float = 0.0
    trail: float = 0.0
    forced: bool = False

    @property
    def is_dash(self) -> bool:
        """Whether this is a two-em dash or ellipsis."""
        return self.last == "2" or self.first == "T"


def strength(left: Unit, right: Unit, text: str, rules: Rules) -> int:
    """How strongly two neighbours hold together (clreq: 行首行尾禁则, 符号分离禁则)."""
    if right.first in "smz" or left.last == "z":
        return INSEPARABLE
    if (right.first == "u" and left.last == "d") or (left.first in "vg" and right.first == "d"):
        return NEVER
    if text[left.end - 1] in "\u00a0\u202f" or text[right.start] in "\u00a0\u202f":
        return NEVER
    if rules.words_only and left.first != "s":
        return NEVER
    level = rules.prepared.level
    if level == 0:
        return 0
    if right.first in "CSFQX" or left.first == "O":
        return NEVER
    if left.first == "s":
        # No line begins with a stop, not even with one that stands after a space.
        if right.first in "pj" and right.last in "pj":
            return NEVER
        return RELAXED_TO_BASIC if _may_not_start(right, level, rules) else 0
    return _by_level(left, right, level, rules)


def _may_not_start(unit: Unit, level: int, rules: Rules) -> bool:
    """Whether a connector, an interpunct or a solidus begins no line, a space before it or not (clreq 1.1)."""
    zh = rules.prepared.zh
    match unit.first:
        case "N":
            return True
        case "I":
            return zh or rules.words_only or level == 3
        case "D":
            return not unit.is_dash
        case "L" | "l":
            return zh and unit.end - unit.start == 1
        case _:
            return False


def _by_level(left: Unit, right: Unit, level: int, rules: Rules) -> int:
    zh = rules.prepared.zh
    # A hyphen or solidus that is a unit by itself stands between numbers or after a hanzi, not inside a word.
    within_word = left.last in WORD and right.first in WORD and not (_is_lone(left, "L") or _is_lone(right, "h"))
    match right.first:
        case "q" if within_word:
            return SOFT
        case "a" | "d" if left.last == "j" and left.first not in "pj":
            return SOFT
        case "p" | "j" if right.last in "pj":
            return NEVER
        case "p" | "j" | "h" | "K" | "N" if not within_word:
            return NEVER
        case "I" if zh or rules.words_only or level == 3:
            return NEVER
        case "D" if not right.is_dash:
            return NEVER
        case "D" | "E" | "T" if zh and level == 3 and right.is_dash:
            return RELAXED_TO_GB
        case "L" | "l" if zh and not within_word:
            return NEVER
        case _:
            pass
    if left.last == "q":
        return NEVER
    if left.last in "Ll" and zh and level >= 2 and not within_word:
        return RELAXED_TO_BASIC
    return 0


def _is_lone(unit: Unit, letter: str) -> bool:
    return unit.first == letter and unit.end - unit.start == 1


def gap(left: Unit, right: Unit, text: str, rules: Rules) -> float | None:
    """Em between hanzi and Latin; None where neither or both are, or a mark stands between (clreq, 中西混排)."""
    if left.last in "ad" and right.first in "HKB":
        letter, hanzi = left.last, text[right.start]
    elif left.first in "HKB" and right.first in "ad":
        letter, hanzi = right.first, text[left.start]
    else:
        return None
    if not hanzi.isalpha() and hanzi != "〇":
        return None
    return rules.digit_gap if letter == "d" and rules.digit_gap is not None else rules.gap


def is_rigid(left: Unit, right: Unit) -> bool:
    """Whether a boundary never widens: beside connectors and solidus, at spaces, inside words and numbers."""
    if left.first in "sNl" or right.first in "sNl" or left.last in "Lh" or right.first in "Lhum":
        return True
    if (left.first == "D" and not left.is_dash) or (right.first == "D" and not right.is_dash):
        return True
    return left.first in "adpjqyvg" and right.first in WORD
