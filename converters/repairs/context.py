"""Whether a mark stands in Chinese text: the question that every punctuation rule asks first."""

from __future__ import annotations

from converters.model.characters import SPACES, WIDE_MARKS, is_wide
from converters.model.patterns import compiled

_SPACE = frozenset(" \t\u00a0\u3000\u2002\u2003\u2009\u200a\u202f")
_STRONG = frozenset(WIDE_MARKS)
# Where a clause begins, when one looks back for its language; marks of either width, since one becomes the other.
_CLAUSE = "\n\v。！？；;!?"


def is_chinese(char: str) -> bool:
    """An ideograph, a kana or a mark that only Chinese and Japanese use."""
    return "\u4e00" <= char <= "\u9fff" or char in _STRONG or is_wide(char)


def before(text: str, position: int) -> str:
    """The nearest letter, figure or ideograph before a place; "" at a line's start.

    Spaces and marks are looked through, so that no rule's verdict hangs on what another has mended.
    """
    limit = max(0, position - _LONG)
    while position > limit:
        position -= 1
        char = text[position]
        if char in "\n\v":
            return ""
        if char.isalnum():
            return char
    return _marks.around(text, position)[0] if position else ""


def after(text: str, position: int) -> str:
    """The nearest letter, figure or ideograph at or after a place; "" at a line's end."""
    limit = min(len(text), position + _LONG)
    while position < limit:
        char = text[position]
        if char in "\n\v":
            return ""
        if char.isalnum():
            return char
        position += 1
    return _marks.around(text, position)[1] if position < len(text) else ""


# How far back the other half of a bracket is looked for, in characters.
_LONGEST = 400
# More marks than these in a row, and longer addresses, are gone through once for all the marks in them.
_LONG = 128


class _LongMarks:
    """The last stretch of marks and spaces that was too long to be gone through anew, and what stands beside it."""

    __slots__ = ("beside", "end", "start", "text")

    def __init__(self) -> None:
        self.text, self.start, self.end, self.beside = "", 0, 0, ("", "")

    def around(self, text: str, position: int) -> tuple[str, str]:
        """What stands before and after the marks that a place is among; "" at the end of a line."""
        if not (self.text is text and self.start <= position <= self.end):
            start = end = position
            while start and not (text[start - 1].isalnum() or text[start - 1] in "\n\v"):
                start -= 1
            while end < len(text) and not (text[end].isalnum() or text[end] in "\n\v"):
                end += 1
            beside = text[start - 1 : start].strip("\n\v"), text[end : end + 1].strip("\n\v")
            self.text, self.start, self.end, self.beside = text, start, end, beside
        return self.beside


_marks = _LongMarks()


def clause_before(text: str, position: int) -> str:
    """The text between a place and the last full stop, ；, opening quote or line start before it."""
    start = position
    limit = max(0, position - 200)
    closed = 0
    while start > limit and text[start - 1] not in _CLAUSE:
        char = text[start - 1]
        if char == "”":
            closed += 1
        elif char == "“":
            if not closed:
                break  # inside a quotation: its own language counts
            closed -= 1
        start -= 1
    return text[start:position]


def _behind(text: str, place: int) -> str:
    """The letter or ideograph of the sentence that a stop at a place ends; "" where a quotation begins there."""
    return "" if text[place - 1 : place] in ("“", '"', "") else before(text, place)


def has_wide(text: str) -> bool:
    """Whether there is an ideograph or a kana in a text."""
    return compiled("[\u3041-\u30fa\u3400-\u9fff]").search(text) is not None


def token_around(text: str, position: int) -> tuple[int, int]:
    """The run of visible ASCII characters that a place is in."""
    start = end = position
    while start and "!" <= text[start - 1] <= "~":
        start -= 1
    while end < len(text) and "!" <= text[end] <= "~":
        end += 1
    return start, end


def protected(text: str, position: int) -> bool:
    """Whether a place is inside an address, an e-mail, a path: a token whose marks are its own.

    A mark that ends the token is not inside it.
    """
    found = _long.verdict(text, position)
    if found is None:
        start, end = token_around(text, position)
        found = _verdict(text, start, end)
        if end - start > _LONG:
            _long.text, _long.start, _long.end, _long.found = text, start, end, found
    first, last, own = found
    return first <= position < last and own


def _verdict(text: str, start: int, end: int) -> tuple[int, int, bool]:
    """Between which places of a token marks may be its own, and whether they are."""
    token = text[start:end]
    first, last = end - len(token.lstrip(",.;:?!-\"'([")), start + len(token.rstrip(",.;:?!)]}\"'-"))
    own = (
        "://" in token
        or "@" in token
        or "\\" in token
        or token.lower().startswith(("www.", "mailto:", "tel:", "urn:", "doi:"))
        or compiled(r"(?:^|[(\[,;])(?:~|\.{1,2})?/[\w.-]|[\w-]/[\w.-]+/").search(token) is not None
        or compiled(r"[\w)\]]\s*(?:==?|!=|[+*<>|&]{1,2})\s*[\w(\[]").search(token) is not None
        or compiled(r"\?\w+=").search(token) is not None
    )
    return first, last, own


class _LongToken:
    """The last token that was too long to be judged anew for each of its marks, and what was found."""

    __slots__ = ("end", "found", "start", "text")

    def __init__(self) -> None:
        self.text, self.start, self.end, self.found = "", 0, 0, (0, 0, False)

    def verdict(self, text: str, position: int) -> tuple[int, int, bool] | None:
        """What is known of the token that a place is in."""
        return self.found if self.text is text and self.start <= position <= self.end else None


_long = _LongToken()


def in_chinese(text: str, start: int, end: int) -> bool:
    """Whether the mark text[start:end] belongs to a Chinese sentence.

    The neighbour on the left decides, spaces and closing marks looked through; where it is a Latin letter or a
    figure, the one on the right does, unless the clause so far is English.
    """
    left, right = before(text, start), after(text, end)
    if (
        text[start - 1 : start] == ")"
        and (opening := text.rfind("(", max(0, start - _LONGEST, text.rfind("\n", 0, start) + 1), start)) >= 0
    ):
        # "by sea (海), and by land": a bracket speaks the language of what it stands in.
        left = before(text, opening) or left
    if left and is_chinese(left):
        return True
    near = text[start - 1 : start]
    clause = clause_before(text, start)
    if near.isascii() and near.isalnum() and protected(text, start - 1):
        # Behind an address the sentence that it stands in decides: its own marks begin no clause.
        begin = token_around(text, start)[0]
        left, clause = before(text, begin) or left, clause_before(text, begin)
    chinese_clause = has_wide(clause)
    if right and is_chinese(right):
        if chinese_clause or not left or (left.isdecimal() and compiled("[A-Za-z]").search(clause) is None):
            return True  # "7:20, 市局": a figure belongs to no language
        # No ideograph so far: an English sentence, or one foreign word at the head of a Chinese one.
        close = text[end : end + 1]
        return (close.isalnum() or close in "“‘《（") and compiled(r"\W*\S+\W*").fullmatch(clause) is not None
    if not chinese_clause:
        # One foreign word at the end of a Chinese quotation: “谁懂这个词？RAVASZ?”
        word = start - len(clause)
        ends = text[end : end + 1] in ("”", '"')
        return ends and compiled(r"\S+").fullmatch(clause) is not None and is_chinese(_behind(text, word) or " ")
    if near in "%％‰℃°”’\"'）":
        # "达35.6%,GDP": the sentence decides.
        return not _latin_tail(clause, 3)
    # A mark at the end of a Chinese line or quotation, after a foreign word or a figure.
    return (not right or text[end : end + 1] in ("”", "’", '"', "'")) and not _latin_tail(clause, 3)


def _latin_tail(clause: str, words: int) -> bool:
    """Whether a clause ends in at least so many Latin words: an English sentence inside a Chinese line."""
    return (
        compiled(rf"(?:[A-Za-z][\w’'-]*[{SPACES},;]+){{{words - 1},}}[A-Za-z][\w’'-]*\W*\Z").search(clause) is not None
    )
