"""T-OCR: characters that recognition takes for one another, judged by the text's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, permutations

from converters.diagnostics import Diagnostic, Severity
from converters.model.characters import HAN, is_hanzi
from converters.model.patterns import compiled
from converters.model.sheet import every

from .registry import rule
from .view import View

# Ideographs of one shape but for a stroke. No pair of words is shipped: the text itself is the evidence.
_GROUPS = (
    "己已巳", "日曰", "末未", "土士", "人入八", "干千于", "天夭", "戊戌戍", "大太犬", "木本术", "折拆", "候侯", "暑署",
    "口囗",
)  # fmt: skip
# So often must the other word stand in the text before the one that stands there once is in doubt.
_OFTEN = 3


@rule("T-OCR", Severity.INFO, "Character that recognition may have mistaken")
def mistaken_characters(view: View) -> Iterable[Diagnostic]:
    """A word that stands once where the text has the same words three times or more with a look-alike; a letter
    inside a number; a box or a lone o between two hanzi.

    Look-alikes: 己已巳 日曰 末未 土士 人入八 干千于 天夭 戊戌戍 大太犬 木本术 折拆 候侯 暑署 口囗; 0 O, 1 l I, 5 S.
    Why: character recognition mixes them up, and a proof-reader reads over them.
    Example: 自已的事 beside 自己的事 (three times); 2O23年; 人□普查
    Not meant: what stands once and has no other form in the text; 4S店, 5S管理.
    Condition: a text of more than a hundred pages or so is judged a hundred pages at a time, since the words of all of
    it would fill the memory; articles are never divided.
    Mend: look at the original; never applied. Words of your own are for T-CONF.
    """
    yield from _words(view)
    yield from _figures(view)
    for match in view.find(f"(?<=[{HAN}])[□囗](?=[{HAN}])", "□", "囗"):
        yield view.finding(
            "T-OCR", Severity.INFO, match.span(), "{found} between two hanzi: a character that was not read",
            "look at the original", found=match.group(),
        )  # fmt: skip
    for match in view.find(f"(?<=[{HAN}])[oO](?=[{HAN}]|\n|$)", "o", "O"):
        yield view.finding(
            "T-OCR", Severity.INFO, match.span(), "{found} after a hanzi: 。 may be meant", "look at the original",
            found=match.group(),
        )  # fmt: skip


def _words(view: View) -> Iterator[Diagnostic]:
    text = view.text
    for group in _GROUPS:
        places = {char: every(text, char) for char in group if char in text}
        if len(places) < 2 or sum(map(len, places.values())) <= _OFTEN:
            continue
        # The neighbours of each of them; only where two have the same ones can there be a doubt.
        beside = {char: [text[at - 1 : at] + text[at + 1 : at + 2] for at in found] for char, found in places.items()}
        shared = {key for one, other in combinations(map(set, beside.values()), 2) for key in one & other}
        if not shared:
            continue
        kept = {
            char: [at for at, key in zip(found, beside[char], strict=True) if key in shared]
            for char, found in places.items()
        }
        yield from _doubts(view, kept)


def _doubts(view: View, places: dict[str, list[int]]) -> Iterator[Diagnostic]:
    """What stands once between words between which a look-alike stands often."""
    text = view.text
    told: set[int] = set()
    for left, right in ((2, 1), (1, 2), (1, 1)):
        around = {
            char: Counter([text[at - left : at] + text[at + 1 : at + 1 + right] for at in found])
            for char, found in places.items()
        }
        for char, other in permutations(places, 2):
            for words in sorted(around[char].keys() & around[other].keys()):
                often = around[other][words]
                if around[char][words] != 1 or often < _OFTEN or len(words) != left + right:
                    continue
                found = words[:left] + char + words[left:]
                place = text.find(found) + left
                if place in told or not all(map(is_hanzi, words)):
                    continue
                told.add(place)
                yield view.finding(
                    "T-OCR", Severity.INFO, (place, place + 1), "{found} here, {other} {count} times elsewhere",
                    "look at the original: {other} may be meant",
                    found=found, other=words[:left] + other + words[left:], count=often,
                )  # fmt: skip


def _figures(view: View) -> Iterator[Diagnostic]:
    if not any(letter in view.text for letter in "OolIS丨"):
        return
    number = r"(?<![A-Za-z0-9.\-/])(?:[OolI丨](?=\d)|\d+[OolI丨]|\d+S(?=\d))[0-9OolI丨]*(?![A-Za-z\-/])"
    for match in compiled(number).finditer(view.text):
        if sum(map(str.isdecimal, match.group())) * 2 >= len(match.group()):
            yield view.finding(
                "T-OCR", Severity.INFO, match.span(), "a letter inside the number {found}",
                "write the figure if one is meant: 0 for O, 1 for l and I", found=match.group(),
            )  # fmt: skip
