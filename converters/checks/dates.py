"""N-DATE, N-DATEMIX, N-RELDATE, N-MONTHDAY: dates."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Iterator

from converters.diagnostics import Diagnostic, Severity
from converters.model import blocks as b
from converters.model.patterns import compiled
from converters.model.sheet import every

from .registry import rule
from .view import View

_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "七": 6}
_NAMES = "一二三四五六日"
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@rule("N-DATE", Severity.ERROR, "Wrong date")
def wrong_date(view: View) -> Iterable[Diagnostic]:
    """Dates that cannot be, or that are not written as a date is.

    Found: 2月30日; a weekday that does not fit (of a date without a year: the one nearest to the date of the issue);
    2023年01月05日 and 10月06日 with zeros; 一九五6年; 23年11月27日 and 23年底 with two figures; 二0二三年 and
    二零二三年 for 二〇二三年;
    under a document, 2023.11.27 or a date in hanzi.
    Why: the date of an official document is its birth; an impossible one is a slip of the pen.
    Mend: 2023年1月5日, in figures, without zeros.
    Standard: GB/T 9704-2012, 7.3.5.4; GB/T 15835-2011, 4.1.3 and 5.1.
    """
    yield from _impossible(view)
    yield from _forms(view)
    yield from _signed(view)


def _impossible(view: View) -> Iterator[Diagnostic]:
    full = r"(?:((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})日(?:\s*[（(]?\s*(?:星期|周|礼拜|週)([一二三四五六日天]))?"
    for match in view.at_figures(full, "年月"):
        year, month, day = int(match[1] or 2000), int(match[2]), int(match[3])
        if not 1 <= month <= 12 or not 1 <= day <= _LONGEST_MONTH[month - 1] or not _exists(year, month, day):
            yield view.finding(
                "N-DATE", Severity.ERROR, (match.start(2 if not match[1] else 1), match.end(3) + 1),
                "there is no such day: {date}", "look the date up", date=match.group().rstrip("（( "),
            )  # fmt: skip
        elif match[4] and (date := _nearest(view, int(match[1] or 0), month, day)) is not None:
            right = date.weekday()
            if right != _WEEKDAYS[match[4]]:
                yield view.finding(
                    "N-DATE", Severity.ERROR, match.span(4), "{date} is no 星期{found}",
                    "write 星期{right}, or look the date up",
                    date=f"{date.year}年{month}月{day}日", found=match[4], right=_NAMES[right],
                )  # fmt: skip


def _nearest(view: View, year: int, month: int, day: int) -> datetime.date | None:
    """The day that is meant: without a year, the one nearest to the date of the document; None where that has none."""
    issued = view.document.metadata.date
    if year:
        return datetime.date(year, month, day)
    if issued is None:
        return None
    years = [year for year in (issued.year - 1, issued.year, issued.year + 1) if _exists(year, month, day)]
    return min((datetime.date(year, month, day) for year in years), key=lambda date: abs(date - issued), default=None)


@functools.lru_cache(4096)
def _exists(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _forms(view: View) -> Iterator[Diagnostic]:
    for match in view.at_figures(r"(?:19|20)\d\d年(?:0\d月(?:\d{1,2}日)?|\d{1,2}月0\d日)", "年"):
        after = match.group().replace("年0", "年").replace("月0", "月")
        yield view.fixable(
            "N-DATE", Severity.ERROR, (*match.span(), after), "zeros in the date {found}", "write {after}"
        )
    for match in view.at_figures(r"(?<![年\d.-])(?:0\d月\d{1,2}日|\d{1,2}月0\d日)", "月"):
        after = match.group().removeprefix("0").replace("月0", "月")
        yield view.fixable(
            "N-DATE", Severity.ERROR, (*match.span(), after), "zeros in the date {found}", "write {after}"
        )
    # 用了19年底气: a number of years; 20年初 and what stands after 近 or 了 is none of the years since 1990 either.
    part = "(?:年?[底末初](?![气子次步始期级衷心])|上半年|下半年|第[一二三四]季度|[一二三四]季度)"
    short = (
        r"(?<![第共近约历时])(\d\d)年\d{1,2}月\d{1,2}日"
        rf"|(?<![第共近约历时了过满后前头整足用的])(9\d|[012]\d|3[0-5])年(?:\d{{1,2}}月(?!\d)|{part})"
    )
    for match in view.at_figures(short, "年"):
        yield view.finding(
            "N-DATE", Severity.ERROR, match.span(match.lastindex or 1), "year of two figures: {date}",
            "write the year in four figures", date=match.group(),
        )  # fmt: skip
    year = r"[一二][0-9OoＯ○零〇一二三四五六七八九]{2}[0-9OoＯ○零〇一二三四五六七八九]年"
    numerals = "一二三四五六七八九〇0OoＯ○零"
    zeros = view.figures(before=numerals)
    for char in "OoＯ○零":
        if char in view.text:
            zeros += every(view.text, char)
    reached = 0
    for place in sorted(zeros):
        hanzi = compiled(year).search(view.text, max(reached, place - 3), place + 4)
        if hanzi is None:
            continue
        reached = hanzi.end()
        found = hanzi.group()
        if view.document.metadata.lang.lower().startswith("zh-hant"):
            found = found.replace("○", "〇")  # there ○ is as good
        if sum(char in "一二三四五六七八九〇" for char in found) < 2:
            continue  # 第一100年: figures behind a word
        if any(char in "123456789" for char in found):
            after = "".join("〇一二三四五六七八九"[int(char)] if char.isdecimal() else char for char in found)
            yield view.finding(
                "N-DATE", Severity.ERROR, hanzi.span(), "hanzi and figures in the year {found}", "write {after}",
                found=found, after=after,
            )  # fmt: skip
        elif any(char in "0OoＯ○零" for char in found):
            after = "".join("〇" if char in "0OoＯ○零" else char for char in found)
            yield view.fixable(
                "N-DATE",
                Severity.ERROR,
                (*hanzi.span(), after),
                "{found}: the zero of a year in hanzi is 〇",
                "write {after}",
            )


def _signed(view: View) -> Iterator[Diagnostic]:
    for article, _, _ in view.articles():
        for block in article.blocks:
            if not isinstance(block, b.Signature) or not block.date:
                continue
            start, end = view.place(block.date)
            text = view.text[start:end].strip()
            if "年" in text and text[:1].isdecimal():
                continue
            if text and (view.official or text[:1] not in "一二"):
                yield view.finding(
                    "N-DATE", Severity.ERROR, (start, end),
                    "the date under the text is not in figures with 年月日", "write for example 2023年1月5日",
                )  # fmt: skip


@rule("N-DATEMIX", Severity.WARNING, "Two kinds of numerals in one date")
def mixed_date(view: View) -> Iterable[Diagnostic]:
    """A date is in figures or in hanzi, not in both.

    Example: 2023年十一月
    Not meant: months and days of the lunar calendar (2023年腊月初八).
    Mend: 2023年11月, or 二〇二三年十一月.
    Standard: GB/T 15835-2011, 4.1.3.
    """
    pattern = (
        r"\d{4}年[一二三四五六七八九十]{1,2}月(?!初|廿)"
        r"|[一二][〇零一二三四五六七八九]{3}年\d{1,2}月|\d{1,2}月[一二三四五六七八九十]{1,3}日"
    )
    for match in view.near(pattern, ("月",), 8, 4):
        yield view.finding(
            "N-DATEMIX", Severity.WARNING, match.span(), "figures and hanzi in one date: {date}",
            "write the whole date in figures", date=match.group(),
        )  # fmt: skip


@rule("N-RELDATE", Severity.INFO, "Relative date in a dated text")
def relative_date(view: View) -> Iterable[Diagnostic]:
    """今年, 去年, 本月, 昨日, 近日 in a text with a formal date.

    Why: who reads it next year has to reckon.
    Mend: write the year, the month or the day where the text is to last.
    """
    if view.document.metadata.date is None:
        return
    for match in view.find(
        r"今年|去年|明年|前年|本月|上月|昨[日天]|今[日天]|近日|(?<![\d一二三四五六七八九十])日前",
        "年",
        "月",
        "日",
        "天",
    ):
        if match.start() and view.text[match.start() - 1] in "如至从历":
            continue
        yield view.finding(
            "N-RELDATE", Severity.INFO, match.span(), "relative date {found}",
            "write the date if the text is to last", found=match.group(),
        )  # fmt: skip


@rule("N-MONTHDAY", Severity.WARNING, "Event named by month and day without ·")
def month_and_day(view: View) -> Iterable[Diagnostic]:
    """Events named by their day: “3·15”, “5·12”, with U+00B7 and quotes; 一、十一、十二月 in hanzi take the point.

    Example: 5.12地震 and 5·12地震 -> “5·12”地震; 一二九运动 -> 一二·九运动
    Not meant: “5·12汶川地震”, where the quotes stand around the whole name.
    Standard: GB/T 15835-2011, 5.1.5; GB/T 15834-2011, 4.14.3.3.
    Mend: write the point, and quotes around figures.
    """
    kinds = (
        "地震|事件|事故|晚会|洪灾|火灾|矿难|惨案|专案|大案|爆炸|讲话|维权|特大暴雨|泥石流|国际消费者权益日"
        "|强降雨|暴雨|洪水|空难|坍塌|塌方|滑坡|踩踏|专项行动|批示|指示"
    )
    event = rf"(?=”?(?![万亿元米个公千吨亩℃度级倍年月日])[\u4e00-\u9fff]{{0,5}}?(?:{kinds}))"
    day = r"(?:0?[1-9]|1[0-2])[.．•・‧·](?:0?[1-9]|[12]\d|3[01])(?![\d.%％])"
    for match in view.at_figures(rf"(?<!\.){day}”?{event}", ".．•・‧·"):
        opening = view.text.rfind("“", max(0, match.start() - 12), match.start())
        if "·" in match.group() and opening >= 0 and "”" not in view.text[opening : match.start()]:
            continue
        yield view.finding(
            "N-MONTHDAY", Severity.WARNING, match.span(), "event {found} without ·", "write for example “5·12”",
            found=match.group(),
        )  # fmt: skip
    for match in view.find(r"(?:一二九|一二八|一一七|一二一)”?(?=运动|事变|事件|淞沪抗战)", "一二", "一一"):
        yield view.finding(
            "N-MONTHDAY", Severity.WARNING, match.span(), "event {found} without ·", "write for example 一二·九",
            found=match.group().rstrip("”"),
        )  # fmt: skip
