"""N-PCT: percentages, points and multiples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from converters.diagnostics import Diagnostic, Severity
from converters.model.patterns import compiled

from .registry import rule
from .view import View, occurs

_RISE = "(?:增长|增加|提高|上升|提升|扩大|增)"
_FALL = "(?:下降|减少|降低|缩小|缩短|削减|压减|压缩|回落|下滑|降)"
_MANY = r"[\d一二两三四五六七八九十几数][\d一二两三四五六七八九十百几]*(?:\.\d+)?"
# By so much may a figure differ that was rounded to one place.
_ROUNDING = 0.06


@rule("N-PCT", Severity.INFO, "Questionable percentage or multiple")
def percentage(view: View) -> Iterable[Diagnostic]:
    """Nothing can sink by two times; what grew to three times grew by two; between percentages lie points.

    Example: 下降2倍; 增长到3倍; 翻了3倍; 由20亿元增长到60亿元，增长3倍 (2倍); 由20%提高到25%，提高5% (5个百分点);
    5%个百分点; 下降-3%; 百分之三十 beside 30%; 百分之5 (5%)
    Mend: 下降一半, 下降50%; 增长2倍, or 增长到原来的3倍; points between percentages; one style in a text.
    Standard: GB/T 15835-2011, 4.1.1; usage of official statistics.
    """
    if "倍" in view.text:
        yield from _multiples(view)
    yield from _steps(view)
    yield from _points(view)
    for match in (
        view.find(rf"{_FALL}了?[-－−–]\d[\d.]*[%％]?", "降", "减", "落") if "-" in view.text or view.sheet.odd else ()
    ):
        yield view.finding(
            "N-PCT", Severity.INFO, match.span(), "falling by less than nothing: {found}", "remove the minus",
            found=match.group(),
        )  # fmt: skip
    for match in view.find(r"百分之\d[\d.]*", "百分之"):
        yield view.finding(
            "N-PCT", Severity.INFO, match.span(), "hanzi and figures in one percentage: {found}",
            "write for example 5%", found=match.group(),
        )  # fmt: skip
    words = next(view.find(r"百分之[一二三四五六七八九十百零点]{2,}", "百分之"), None)
    if words is not None and view.whole.has("%")[0] and view.whole.once("百分之"):
        yield view.finding(
            "N-PCT",
            Severity.INFO,
            words.span(),
            "{found} here, % elsewhere",
            "use one style",
            found=words.group(),
        )


def _multiples(view: View) -> Iterator[Diagnostic]:
    about = "(?:近|约|超|超过|将近|大约|至少|整整)?"
    sinking = rf"{_FALL}(?:幅度?达?)?了?{about}\s?{_MANY}倍|比[^，。；：、\n]{{1,12}}[少低小短轻慢]了?{about}{_MANY}倍"
    for match in view.near(sinking, ("倍",), 24, 0):
        yield view.finding(
            "N-PCT", Severity.INFO, match.span(), "nothing sinks by multiples: {found}",
            "write a part or a percentage", found=match.group(),
        )  # fmt: skip
    for match in view.near(rf"{_RISE}(?:到|至)了?{about}\s?{_MANY}倍", ("倍",), 16, 0):
        yield view.finding(
            "N-PCT", Severity.INFO, match.span(), "{found}: to so many times, or by so many?",
            "write 增长到原来的3倍 for three times, 增长2倍 for two more", found=match.group(),
        )  # fmt: skip
    for match in view.near(rf"翻了?{about}{_MANY}倍", ("倍",), 12, 0):
        yield view.finding(
            "N-PCT", Severity.INFO, match.span(), "{found}: 翻 counts doublings", "write 翻一番, or 增长1倍",
            found=match.group(),
        )  # fmt: skip


def _steps(view: View) -> Iterator[Diagnostic]:
    """What is said to lie between two figures, reckoned: 由20%提高到25%，提高5%."""
    value = r"(\d[\d,]*(?:\.\d+)?)"
    year = r"(?:(?:19|20)\d\d年(?:[底末初]|同期)?的?)?"
    words = r"[^\d，。；：、\n]"
    pattern = (
        rf"{year}{value}({words}{{0,10}}?)(?:{_RISE}|{_FALL})(?:到|至|为)了?(?:{words}{{0,4}}?){year}{value}"
        rf"({words}{{0,5}}?)，?(?:{words}{{0,6}}?)(?:{_RISE}|{_FALL})了?{value}(倍|[%％]|个百分点)"
    )
    for place in view.figures(before="由从"):
        match = compiled(pattern).match(view.text, place)
        if match is not None:
            yield from _reckoned(view, match)


def _reckoned(view: View, match: re.Match[str]) -> Iterator[Diagnostic]:
    first, last, said = (float(match[group].replace(",", "")) for group in (1, 3, 5))
    kind = match[6]
    place = match.start(5), match.end(6)
    found = view.text[place[0] : place[1]]
    if not first or match[2][:1] != match[4][:1]:
        return
    if match[2][:1] in ("%", "％"):
        step = abs(last - first)
        if kind in ("%", "％") and abs(said - step) < _ROUNDING:
            yield view.finding(
                "N-PCT", Severity.INFO, place, "{found} between two percentages", "write {said}个百分点",
                found=found, said=match[5],
            )  # fmt: skip
        elif kind == "个百分点" and abs(said - step) >= _ROUNDING:
            yield view.finding(
                "N-PCT", Severity.INFO, place, "{found}, but the figures before are {step} points apart",
                "reckon again", found=found, step=f"{step:.2f}".rstrip("0").rstrip("."),
            )  # fmt: skip
        return
    times = last / first
    scale = 100 if kind in ("%", "％") else 1
    if kind != "个百分点" and last > first and abs(said - times * scale) < _ROUNDING * scale / 10 * max(1.0, times):
        yield view.finding(
            "N-PCT", Severity.INFO, place, "{found}: what grew to {times} times grew by one time less",
            "write {right}, or say 是原来的", found=found, times=f"{times:.3g}",
            right=f"{(times - 1) * scale:.3g}{kind}",
        )  # fmt: skip


def _points(view: View) -> Iterator[Diagnostic]:
    if not occurs("百分点", view.text):
        return
    for match in view.near(r"\d[%％]个?百分点|百分之[一二三四五六七八九十百零点\d.]+个?百分点", ("百分点",), 14, 0):
        yield view.finding(
            "N-PCT", Severity.INFO, match.span(), "percentage and points at once: {found}",
            "write one of the two", found=match.group(),
        )  # fmt: skip
