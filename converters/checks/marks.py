"""Q-STOP, Q-COMMA, Q-ELLETC and Q-CONN to Q-TITLE: the use of marks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from converters.diagnostics import Diagnostic, Severity
from converters.model.characters import HAN
from converters.model.patterns import compiled

from .registry import rule
from .view import View, survey


@rule("Q-STOP", Severity.WARNING, "Stop on the wrong side of a quotation mark")
def stop_and_quote(view: View) -> Iterable[Diagnostic]:
    """A whole sentence quoted after ： keeps its stop inside; a fragment leaves it outside; never both.

    Example: 他说：“我明天一早就去”。 -> 他说：“我明天一早就去。”; “好！”！ -> “好！”
    Mend: move the stop.
    Standard: GB/T 15834-2011, 4.8.3 and appendix B.
    """
    for closing in "”’」』":
        for match in view.find(f"{closing}[。！？](?<=[。！？]{closing}.)", closing):
            place = match.start() - 1
            yield view.fixable(
                "Q-STOP",
                Severity.WARNING,
                (place, match.end(), view.text[place] + closing),
                "a stop on both sides of the mark: {found}",
                "write {after}",
            )
    said = "[说道指出强调表示写问答喊曰云]"
    for match in view.find(rf"：“(?<={said}：“)[^“”\n]{{8,}}[^“”\n。！？…，；](”。)", "：“"):
        yield view.fixable(
            "Q-STOP",
            Severity.WARNING,
            (*match.span(1), "。”"),
            "whole sentence quoted, stop outside: {found}",
            "write {after}",
        )
    for match in view.find(r"“(?<![：:，。！？；”\n]“)[^“”\n]{1,15}(。”)(?=[的等和与及、，；])", "。”"):
        yield view.fixable(
            "Q-STOP", Severity.WARNING, (*match.span(1), "”"), "fragment quoted, stop inside: {found}", "write {after}"
        )


@rule("Q-COMMA", Severity.WARNING, "、 between quoted or titled items", default=False)
def comma_between_items(view: View) -> Iterable[Diagnostic]:
    """No 、 between “” and “”, 《》 and 《》 that stand side by side.

    Kept where a bracketed note or other words stand between: 《阿Q正传》（鲁迅）、《边城》.
    Why it is off unless selected: the standard says "usually"; houses differ.
    Mend: check --fix --select Q-COMMA removes the mark.
    Standard: GB/T 15834-2011, 4.5.3.5.
    """
    for match in view.find("、(?<=[”》]、)(?=[“《])", "”、“", "》、《", "”、《", "》、“"):
        yield view.fixable(
            "Q-COMMA", Severity.WARNING, (*match.span(), ""), "{found} between marked items", "remove the mark"
        )


@rule("Q-ELLETC", Severity.ERROR, "Ellipsis together with 等, or with a full stop")
def ellipsis_and_etc(view: View) -> Iterable[Diagnostic]:
    """…… says 等 already, and takes no 。 after it.

    Example: 桌椅、板凳……等等; 等等……
    Mend: keep one of the two.
    Standard: GB/T 15834-2011, 4.11.3.3 and appendix A.
    """
    listed = r"、[^，。；：！？、\n]{1,12}……等(?![他她它你我咱待候着到了])"
    etc = rf"……等(?:等)?(?=[，。；、）”：\n]|$)|等等……|{listed}"
    for match in view.find(etc, "……"):
        yield view.finding(
            "Q-ELLETC", Severity.ERROR, match.span(), "ellipsis and 等 together: {found}", "keep one of the two",
            found=match.group(),
        )  # fmt: skip
    for match in view.find("……。", "……。"):
        yield view.fixable(
            "Q-ELLETC", Severity.ERROR, (*match.span(), "……"), "{found}: a stop after the ellipsis", "write {after}"
        )


@rule("Q-CONN", Severity.WARNING, "Connecting marks mixed")
def connecting_marks(view: View) -> Iterable[Diagnostic]:
    """One purpose, one mark: years joined by — here and by ～ there; so with dates, quantities, names of places.

    A dash is two hanzi long.
    Example: 2021—2022年 beside 2023～2024年; 3～5天 beside 2—3天; 合肥—南京 beside 合肥-蚌埠; ———
    Mend: use one of them throughout.
    Standard: GB/T 15834-2011, 4.10 and 4.13.
    """
    usual = _usual(view.whole.counts("joined"))
    for mark, place, what in _joined(view) if usual else ():
        if mark != usual.get(what, mark):
            yield view.finding(
                "Q-CONN", Severity.WARNING, place, _JOINED[what], "use one mark", mark=mark, usual=usual[what]
            )
    for match in view.find("(?<!—)—{3}(?!—)", "———"):
        yield view.fixable(
            "Q-CONN", Severity.WARNING, (*match.span(), "——"), "dash of the wrong length: {found}", "write {after}"
        )


def _joined(view: View) -> Iterator[tuple[str, tuple[int, int], str]]:
    """What a mark joins: the mark, its place, and what it joins; kind by kind, in the order of the text."""
    # Found by the marks: there are fewer of them than figures.
    before_figures = _places(view, r"(?=\d)(?<=[\d年%％℃万亿元月日时点天个人].)")
    for match in _around(view, before_figures, r"(?<!\d)(?:19|20)\d\d年?([—～–-])(?:19|20)\d\d年?(?!\d)"):
        yield match[1], match.span(1), "years"
    for place in _places(view, f"(?<=[{HAN}].)(?=[{HAN}])"):
        yield view.text[place], (place, place + 1), "words"
    unit = "[%％℃万亿元月日时点天个人]?"
    number = rf"(?<![\d.])\d{{1,3}}(?:\.\d+)?{unit}([—～])\d{{1,3}}(?:\.\d+)?(?![\d—～])"
    for match in _around(view, before_figures, number):
        dated = view.text[match.end() : match.end() + 1] in ("年", "月", "日", "时", "点", ":")
        yield match[1], match.span(1), "dates" if dated else "quantities"


def _places(view: View, beside: str) -> list[int]:
    """Where connecting marks stand that have this beside them."""
    return sorted(match.start() for mark in "-–—～" for match in view.find(mark + beside, mark))


def _around(view: View, places: list[int], pattern: str) -> Iterator[re.Match[str]]:
    """The matches whose first group is the mark at one of these places."""
    for place in places:
        for match in compiled(pattern).finditer(view.text, max(0, place - 8), min(len(view.text), place + 12)):
            if match.start(1) == place:
                yield match


survey("joined", lambda view: Counter((what, mark) for mark, _, what in _joined(view)))


def _usual(joined: Counter[tuple[str, str]]) -> dict[str, str]:
    """Which mark joins each kind of thing that more than one joins; of two as frequent the first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (what, mark), count in joined.items():
        counts[what][mark] = count
    return {what: marks.most_common(1)[0][0] for what, marks in counts.items() if len(marks) > 1}


_JOINED = {
    "years": "years joined by {mark}, elsewhere by {usual}",
    "dates": "dates joined by {mark}, elsewhere by {usual}",
    "quantities": "quantities joined by {mark}, elsewhere by {usual}",
    "words": "words joined by {mark}, elsewhere by {usual}",
}


@rule("Q-DUP", Severity.ERROR, "Marks doubled, or in conflict")
def doubled_marks(view: View) -> Iterable[Diagnostic]:
    """Two stops side by side: 。。 ，， 、， ，。.

    Allowed: ？！ and up to three of ！ or ？.
    Mend: keep the one that is meant. Repair reports this fault under the same code (P-DUP of other lists).
    Standard: GB/T 15834-2011, 5.1.
    """
    for match in view.find("[，、；：。！？](?=[，。、；：！？])[，。、；：！？]+"):
        if compiled("[！？]{2,3}").fullmatch(match.group()):
            continue
        yield view.finding(
            "Q-DUP", Severity.ERROR, match.span(), "marks side by side: {found}", "keep one of them",
            found=match.group(),
        )  # fmt: skip


@rule("Q-WIDTH", Severity.WARNING, "Mark of the wrong width")
def width_of_marks(view: View) -> Iterable[Diagnostic]:
    """Half-width marks between hanzi; full-width ones inside English, or in a time.

    Example: 近日,会议; good，and cheap; 10：30
    Mend: check --fix writes the other width.
    Standard: GB/T 15834-2011, 5.1.
    """
    wide = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
    narrow = {"，": ", ", "；": "; ", "。": ". ", "：": ": ", "！": "! ", "？": "? "}
    for mark, other in wide.items():
        for match in view.find(rf"{re.escape(mark)}(?<=[{HAN}].)(?=[{HAN}])", mark):
            yield view.fixable(
                "Q-WIDTH", Severity.WARNING, (*match.span(), other), "half-width {found} between hanzi", "write {after}"
            )
    english = r"[a-z](?<=[a-z]{3})([，；。：！？]) ?[A-Za-z]+ [a-z]+ [a-z]"
    for match in view.find(english) if view.latin else ():
        yield view.fixable(
            "Q-WIDTH",
            Severity.WARNING,
            (*match.span(1), narrow[match[1]]),
            "full-width {found} inside English",
            "write {after}",
        )
    for match in view.at_figures(r"(?<![：比])(?:[01]?\d|2[0-4])(：)[0-5]\d(?![\d：])", "："):
        yield view.fixable(
            "Q-WIDTH", Severity.WARNING, (*match.span(1), ":"), "full-width {found} in a time", "write {after}"
        )


@rule("Q-TITLE", Severity.WARNING, "Mark that does not belong in a title")
def marks_in_title(view: View) -> Iterable[Diagnostic]:
    """A title does not end in a stop; that of an official document has no marks but 《》 “” 、 （）.

    Example: 关于开展检查，做好整改的通知
    Mend: remove the mark, or reword the title.
    Standard: 党政机关公文处理工作条例, 2012; GB/T 9704-2012, 7.3.1.
    """
    for article, _, _ in view.articles():
        if not article.title:
            continue
        start, end = view.place(article.title[-1])
        if end > start and view.text[end - 1] in "。，；：、,;:":
            yield view.finding(
                "Q-TITLE", Severity.WARNING, (end - 1, end), "the title ends in {found}", "remove the mark",
                found=view.text[end - 1],
            )  # fmt: skip
        if not view.official or article.attachment:
            continue
        for line in article.title:
            start, end = view.place(line)
            match = compiled("[，。；！？：,;!?:【】…](?=.)|——").search(view.text, start, end)
            if match is not None:
                yield view.finding(
                    "Q-TITLE", Severity.WARNING, match.span(), "{found} in the title of an official document",
                    "reword the title", found=match.group(),
                )  # fmt: skip
