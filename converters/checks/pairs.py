"""Q-PAIR: brackets, quotes and book marks that do not match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from converters.diagnostics import Diagnostic, Severity
from converters.model.patterns import compiled
from converters.model.sheet import Role

from .registry import rule
from .view import View

_PAIRS = {
    "“": "”", "‘": "’", "（": "）", "《": "》", "〈": "〉", "【": "】", "〔": "〕", "「": "」", "『": "』", "〖": "〗",
    "(": ")",
}  # fmt: skip
_OPENING_OF = {closing: opening for opening, closing in _PAIRS.items()}
# Brackets of either width close each other here; P-PAREN speaks of the width.
_SAME = {"(": "（", ")": "）"}
_DEPTH = 8
_MARKS = "[“”‘’（）《》〈〉【】〔〕「」『』〖〗()\n]"


@rule("Q-PAIR", Severity.ERROR, "Bracket or quotation mark without its partner", langs=())
def unmatched_marks(view: View) -> Iterable[Diagnostic]:
    """Marks that come in pairs and stand alone: “” ‘’ （） 《》 〈〉 【】 〔〕 「」 『』.

    Why: a lost 《 changes what is a title; extraction and retyping lose marks.
    Example: 学习《甲》乙》  (the second 》 has no 《)
    Mend: insert or remove a mark; the hint proposes a place where the same title stands in marks elsewhere. Never
    applied.
    Not meant: 1） as the number of an item; ’ inside a Latin word; a quotation that goes on in the next paragraph,
    which opens with “ again.
    Standard: GB/T 15834-2011, 4.8.3, 4.9.3, 4.15.3.
    """
    for first, last in _suspects(view):
        yield from _walk(view, first, last)


def _suspects(view: View) -> Iterator[tuple[int, int]]:
    """The rows, in runs (first, last) that share their pairs, whose marks do not simply close each other."""
    sheet, text, roles = view.sheet, view.text, view.sheet.roles
    done = -1
    for number, first in enumerate(sheet.articles):
        rows = sheet.article_rows(number)
        if not rows:
            continue
        end = sheet.starts[rows.stop] - 1 if rows.stop < len(sheet.starts) else len(text)
        left = "".join(compiled(_MARKS).findall(text, sheet.starts[first], end))
        left = left.replace("（", "(").replace("）", ")")
        length = -1
        # What is nested deeper than that is walked through instead.
        for _ in range(_DEPTH):
            if length == len(left):
                break
            length = len(left)
            for opening, closing in _PAIRS.items():
                left = left.replace(opening + closing, "")
        if not left.strip():
            continue
        for row, marks in enumerate(left.split("\n"), first):
            if marks and row > done:
                begin = last = row
                while begin and _shared(roles[begin - 1], roles[begin]):
                    begin -= 1
                while last + 1 < len(roles) and _shared(roles[last], roles[last + 1]):
                    last += 1
                done = last
                yield begin, last


def _shared(role: Role, following: Role) -> bool:
    """Whether a pair may begin in one row and end in the next: lines of a title, a run-in heading and its paragraph."""
    return role is Role.RUN_IN or role is Role.TITLE is following


def _walk(view: View, first: int, last: int) -> Iterator[Diagnostic]:
    text, starts = view.text, view.sheet.starts
    following = starts[last + 1] if last + 1 < len(starts) else -1
    stack: list[int] = []
    # Where in the stack the marks stand that one closing mark closes.
    waiting: dict[str, list[int]] = {closing: [] for closing in _OPENING_OF}
    for match in compiled(_MARKS).finditer(text, starts[first], following if following >= 0 else len(text)):
        place = match.start()
        char = text[place]
        if char == "\n":
            continue
        if char in _PAIRS:
            waiting[_closing(char)].append(len(stack))
            stack.append(place)
            continue
        if char == "’" and _apostrophe(text, place):
            continue
        depths = waiting[_SAME.get(char, char)]
        if depths:
            depth = depths[-1]
            yield from _unclosed(view, stack[depth + 1 :], -1)
            for opened in stack[depth:]:
                waiting[_closing(text[opened])].pop()
            del stack[depth:]
        elif not (char in ")）" and _number(text, place)):
            yield _unopened(view, place)
    if stack:
        yield from _unclosed(view, stack, following)


def _closing(opening: str) -> str:
    """What closes a mark; of brackets of either width the full-width one."""
    closing = _PAIRS[opening]
    return _SAME.get(closing, closing)


def _apostrophe(text: str, place: int) -> bool:
    left, right = text[place - 1 : place], text[place + 1 : place + 2]
    return left.isascii() and left.isalnum() and not ("\u4e00" <= right <= "\u9fff")


_ITEM = r"(?:^|[\n\v\s，；。：、,;:”’」』）])(?:\d{1,3}|[a-zA-Z]|[一二三四五六七八九十]{1,3}|[①-⑳])\Z"


def _number(text: str, place: int) -> bool:
    """Whether a closing bracket ends the number of an item: 1） a) 一）."""
    return compiled(_ITEM).search(text[max(0, place - 5) : place]) is not None


def _unopened(view: View, place: int) -> Diagnostic:
    text = view.text
    closing = text[place]
    opening = _OPENING_OF[closing]
    if closing in "》〉":
        title = _title_before(view, place, opening)
        if title:
            return view.finding(
                "Q-PAIR", Severity.ERROR, (place, place + 1), "{mark} has no {partner} before it",
                "insert {partner} before {start}: {title} stands in book marks elsewhere",
                mark=closing, partner=opening, start=title[:4], title=f"{opening}{title}{closing}",
            )  # fmt: skip
    start = _clause_start(text, place)
    words = text[start : min(place, start + 4)]
    if not words:
        return view.finding(
            "Q-PAIR", Severity.ERROR, (place, place + 1), "{mark} has no {partner} before it", "remove the mark",
            mark=closing, partner=opening,
        )  # fmt: skip
    return view.finding(
        "Q-PAIR", Severity.ERROR, (place, place + 1), "{mark} has no {partner} before it",
        "insert {partner}, perhaps before {start}, or remove the mark",
        mark=closing, partner=opening, start=words,
    )  # fmt: skip


def _title_before(view: View, place: int, opening: str) -> str:
    """The longest title in book marks elsewhere that also stands, unmarked, just before a place."""
    line = view.text[max(0, place - 100) : place]
    return max((title for title in view.titles(opening) if line.endswith(title)), key=len, default="")


def _clause_start(text: str, place: int) -> int:
    start = place
    while start and text[start - 1] not in "\n\v，。、；：！？”’）》〉】〕」』“‘（《〈【〔「『,.;:!?()":
        start -= 1
    return start


def _unclosed(view: View, places: list[int], next_line: int) -> Iterator[Diagnostic]:
    text = view.text
    for place in places:
        opening = text[place]
        if opening in "“「‘『" and next_line >= 0 and _goes_on(text, place, next_line):
            continue
        if opening == "‘" and text[place + 1 : place + 3].isdecimal():
            continue
        closing = _PAIRS[opening]
        end = place + 1
        while end < len(text) and text[end] not in "\n\v，。、；：！？”’）》〉】〕」』“‘（《〈【〔「『,;:!?()":
            end += 1
        words = text[max(place + 1, end - 4) : end]
        hint = "insert {partner}, perhaps after {end}, or remove the mark" if words else "remove the mark"
        yield view.finding(
            "Q-PAIR", Severity.ERROR, (place, place + 1), "{mark} has no {partner} after it", hint,
            mark=opening, partner=closing, end=words,
        )  # fmt: skip


def _goes_on(text: str, place: int, next_line: int) -> bool:
    """A quotation of several paragraphs: each opens with the mark, the last closes it."""
    return text[next_line : next_line + 1] == text[place] or text[next_line + 1 : next_line + 2] == text[place]
