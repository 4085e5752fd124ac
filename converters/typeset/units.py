"""What should hold together, and where an address may break (clreq: 符号分离禁则)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converters.model.patterns import compiled


class _Lazy:
    """A pattern compiled when it is first used: most texts need none of these, and a start counts in milliseconds."""

    __slots__ = ("_compiled", "_flags", "_source")

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source, self._flags = source, flags
        self._compiled: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = compiled(self._source, self._flags)
        return self._compiled


_NUMERALS = "〇零一二三四五六七八九十百千"
_NUMBER_STARTS = frozenset(_NUMERALS + "0123456789（( \t\u3000①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_NOTHING: frozenset[int] = frozenset()
_YEAR_DATE = _Lazy(r"\d{2,4}年\d{1,2}月\d{1,2}日")
_DATE = _Lazy(r"\d{1,2}月\d{1,2}日")
_ORDINAL = _Lazy(rf"第(?:\d+|[{_NUMERALS}]+)[条款期]")
_DOCUMENT_NUMBER = _Lazy(r"〔\d{4}〕第?\d+号")
_CODE = _Lazy(r"[一-鿿]*\Z")
_LIST_NUMBER = _Lazy(
    rf"[ \t\u3000]*(?:[（(](?:\d+|[{_NUMERALS}]+)[）)]|[{_NUMERALS}]+、|\d+[.．、)）]|[①-⑳])[ \t]*(?:[A-Za-z]+|[^\s])"
)
_HEADING_NUMBER = _Lazy(rf"[ \t\u3000]*(?:（(?:\d+|[{_NUMERALS}]+)）|[{_NUMERALS}]+、)")
_BRACKETED_NUMBER = _Lazy(rf"（[{_NUMERALS}]+）.?", re.DOTALL)
_QUANTITY = _Lazy(
    r"\d (?:km|hm|dm|cm|mm|nm|μm|um|m|kg|mg|g|t|mL|ml|L|kW|MW|GW|W|kV|V|A|Hz|kHz|MHz|GHz|"
    r"Pa|kPa|MPa|kB|KB|MB|GB|TB|min|h|s|ha|mol|K|J|kJ|N|dB)(?:[²³2-3])?(?![A-Za-z])"
)
_WHOLE_DATE_MEASURE = 14
"""A date with its year holds together in lines of at least so many em; in narrower ones month and day do."""

_LONGEST_CODE = 6
"""An organ's code before 〔year〕 has at most so many hanzi; in a longer run only its last two are known to be code."""

_WEB = _Lazy(r"(?:[A-Za-z][A-Za-z0-9+.\-]*://|www\.|[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+\.)[!-~]*")
_PATH = _Lazy(r"(?<![A-Za-z0-9._\-])(?:[.~]{0,2}/)?[A-Za-z0-9_\-]{2,}(?:/[A-Za-z0-9._\-]{2,})+")
_SHORTEST_PATH = 12
"""A shorter word with a solidus (km/h, TCP/IP) is not divided."""
_AFTER = _Lazy(r"(?<=[/?&=#.\-_])(?![/?&=#.\-_]|$)")


_SOFT = frozenset("第月〔（ ")


def has_soft_ranges(text: str, measure: float) -> bool:
    """Whether a text has a stretch that should stay on one line (see `soft_ranges`)."""
    if text[0] not in _NUMBER_STARTS and _SOFT.isdisjoint(text):
        return False
    return next(soft_ranges(text, measure), None) is not None


def soft_ranges(text: str, measure: float) -> Iterator[tuple[int, int]]:
    """Stretches that should stay on one line of `measure` em, as start and end.

    第N条, 11月27日, 国发〔2023〕15号, （一） and what follows, a list number and its first word, 5 km.
    """
    if "第" in text:
        for match in _ORDINAL.pattern.finditer(text):
            yield match.span()
    if "月" in text:
        if "年" in text and measure >= _WHOLE_DATE_MEASURE:
            for match in _YEAR_DATE.pattern.finditer(text):
                yield match.span()
        for match in _DATE.pattern.finditer(text):
            yield match.span()
    if "〔" in text:
        for match in _DOCUMENT_NUMBER.pattern.finditer(text):
            start = match.start()
            code = _CODE.pattern.search(text[max(0, start - _LONGEST_CODE - 1) : start])
            length = len(code[0]) if code is not None else 0
            yield start - (length if length <= _LONGEST_CODE else 2), match.end()
    if "（" in text:
        for match in _BRACKETED_NUMBER.pattern.finditer(text):
            yield match.span()
    if text[0] in _NUMBER_STARTS:
        number = _LIST_NUMBER.pattern.match(text)
        if number is not None:
            yield number.span()
    if " " in text:
        for match in _QUANTITY.pattern.finditer(text):
            yield match.span()


def heading_number_end(text: str) -> frozenset[int]:
    """The boundary after a heading's number （一） or 一、 at the start of a paragraph, whose blank stays."""
    if text[0] not in _NUMBER_STARTS:
        return _NOTHING
    number = _HEADING_NUMBER.pattern.match(text)
    return _NOTHING if number is None else frozenset((number.end(),))


def web_breaks(word: str) -> Iterator[int]:
    """Where a Latin word that is or holds a web or mail address may break: after / ? & = # . - _ and nowhere else; and
    the path of a file after each /."""
    addressed = False
    for start, end in web_ranges(word):
        addressed = True
        for match in _AFTER.pattern.finditer(word, start, end):
            if match.start() > start:
                yield match.start()
    if "/" in word and not addressed and len(word) >= _SHORTEST_PATH:
        for path in _PATH.pattern.finditer(word):
            if path[0].count("/") > 1 or "." in path[0]:
                yield from (at for at in range(path.start() + 2, path.end()) if word[at - 1] == "/")


def web_ranges(text: str) -> Iterator[tuple[int, int]]:
    """The web and mail addresses of a text."""
    if "://" in text or "www." in text or "@" in text:
        for address in _WEB.pattern.finditer(text):
            yield address.span()
