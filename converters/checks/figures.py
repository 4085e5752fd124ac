"""N-RANGE to N-UNIT: ranges, set phrases, figures, units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from converters.diagnostics import Diagnostic, Severity
from converters.model.patterns import compiled
from converters.model.sheet import BREAK

from .registry import rule
from .view import View


@rule("N-RANGE", Severity.WARNING, "Wrong mark in a range of numbers")
def range_mark(view: View) -> Iterable[Diagnostic]:
    """Ranges of numbers take ～ or —, and both ends their unit where it would be misread.

    Example: 第1-3条; 3~5天; 800-1,200元; 8:00-12:00; 9～16亿 (9亿～16亿); 13～17% (13%～17%)
    Not meant: telephone numbers, codes, 2023-11-27.
    Mend: check --fix writes — between years and between times, ～ elsewhere.
    Standard: GB/T 15834-2011, 4.13; GB/T 15835-2011, 5.1.4.
    """
    edge = r"[\d\-./:A-Za-z]"
    number = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
    pattern = (
        rf"(?<!{edge})(?<!\d,)({number}[%％年月日]?)([-~–])({number})(?!{edge})"
        r"(?=[%％年月日天周个名人岁条款项次期页级倍亩户家元万亿吨米公厘毫℃°小时分秒届批号章节场种位处所])"
    )
    for match in view.at_figures(pattern, "-~–.,%％年月日"):
        after = "—" if view.text[match.end() : match.end() + 1] == "年" and len(match[3]) == 4 else "～"
        yield view.fixable(
            "N-RANGE", Severity.WARNING, (*match.span(2), after), "{found} between two numbers", "write {after}"
        )
    clock = r"(?<![\d:.-])([01]?\d|2[0-4]):[0-5]\d([-~–～])([01]?\d|2[0-4]):[0-5]\d(?![\d:.-])"
    for match in view.at_figures(clock, ":"):
        if match[2] != "～":
            yield view.fixable(
                "N-RANGE", Severity.WARNING, (*match.span(2), "—"), "{found} between two times", "write {after}"
            )
    for match in view.at_figures(r"(?<!\.)(\d+(?:\.\d+)?)[～—–~-](\d+(?:\.\d+)?)([万亿])", "～—–~-."):
        yield view.finding(
            "N-RANGE", Severity.WARNING, match.span(), "{found} may be read as {low} to …",
            "write the unit twice: {right}", found=match.group(), low=match[1],
            right=f"{match[1]}{match[3]}～{match[2]}{match[3]}",
        )  # fmt: skip
    for match in view.at_figures(r"(?<!\.)(\d+(?:\.\d+)?)[～—–](\d+(?:\.\d+)?)[%％‰]", "～—–."):
        yield view.finding(
            "N-RANGE", Severity.WARNING, match.span(), "percentage range {found} with one sign",
            "write the sign twice: {right}", found=match.group(), right=f"{match[1]}%～{match[2]}%",
        )  # fmt: skip


# Reigns that bulletins of local history name.
_REIGNS = "洪武|永乐|嘉靖|万历|崇祯|顺治|康熙|雍正|乾隆|嘉庆|道光|咸丰|同治|光绪|宣统|贞观|开元|政和|宣和"


@rule("N-LEX", Severity.WARNING, "Figures in a set phrase")
def set_phrase(view: View) -> Iterable[Diagnostic]:
    """Set phrases and dates of the lunar calendar stay in hanzi.

    Example: 星期5, 党的20大, “145”规划, 5四运动, 正月初5, 农历8月, 清咸丰10年, 4书5经
    Mend: write the number in hanzi.
    Standard: GB/T 15835-2011, 4.2.1 and 4.2.3.
    """
    pattern = (
        r"(?:星期|礼拜)[1-7](?!\d)|党的\d{2}大|(?<![\d第])(?:1[5-9]|20)大(?=精神|报告|以来|召开)"
        r"|“?1[2-5]5”?规划|(?<!\d)(?:54|5四|五4)运动|(?:正月|腊月|冬月)(?:初)?\d{1,2}|农历\d{1,2}月"
        r"|(?<!\d)初\d{1,2}(?=[，。日夜晚])|(?<!\d)1方面|(?<!\d)第1(?=书记|时间|要务|责任人|线)|(?<!\d)1国2制"
        r"|(?<!\d)3农(?=问题|工作)|(?<!\d)3会1课|(?<!\d)4书5经|(?<!\d)5湖4海|(?<!\d)[1-9][心方花全零](?:[1-9][意面门八落美毛]|8门)"
        rf"|(?:{_REIGNS})\d{{1,2}}年"
    )
    text = view.text
    # Most figures behind 月 and 第 are days and ordinals: only those before which 正月 stands, and the first, count.
    places = {
        *view.figures("期拜的历初五庆正隆熙治丰绪统光武乐祯和", "大规”运四方国农会书湖心花全零"),
        *(place for place in view.figures(before="月") if text[place - 2] in "正腊冬"),
        *(
            place
            for place in view.figures(before="第")
            if text[place] == "1" and not text[place + 1 : place + 2].isdecimal()
        ),
    }
    for match in view.around(pattern, sorted(places)):
        yield view.finding(
            "N-LEX", Severity.WARNING, match.span(), "figures in the set phrase {found}",
            "write the number in hanzi", found=match.group(),
        )  # fmt: skip


@rule("N-DIGITFORM", Severity.WARNING, "Wrong form of a number")
def form_of_number(view: View) -> Iterable[Diagnostic]:
    """Full-width figures; a year with a comma; a decimal without its zero; groups of two styles in one text; a number
    that a line break cuts.

    Example: 2,023年; 增长.5个百分点; 3,000 beside 3 000
    Mend: check --fix mends the first three.
    Standard: GB/T 15835-2011, 5.1.
    """
    for match in view.find("[０-９]+") if view.sheet.odd else ():
        after = "".join(chr(ord(char) - 0xFEE0) for char in match.group())
        yield view.fixable(
            "N-DIGITFORM", Severity.WARNING, (*match.span(), after), "full-width figures {found}", "write {after}"
        )
    for match in view.at_figures(r"(?<!,)(?:1,9|2,0)\d\d(?=年(?!来|间|以))", ","):
        yield view.fixable(
            "N-DIGITFORM",
            Severity.WARNING,
            (*match.span(), match.group().replace(",", "")),
            "comma in the year {found}",
            "write {after}",
        )
    for place in view.figures(before="."):
        decimal = compiled(r"(?<=[\u4e00-\u9fff])\.\d+(?!\d*\.)").match(view.text, place - 1)
        if decimal is None:
            continue
        yield view.fixable(
            "N-DIGITFORM",
            Severity.WARNING,
            (*decimal.span(), "0" + decimal.group()),
            "decimal {found} without a zero",
            "write {after}",
        )
    spaced = next(view.at_figures(r"(?<! )\d{1,3}(?:[ \u2009\u202f]\d{3})+(?![\d ])", " \u2009\u202f"), None)
    if spaced is not None and view.whole.fact("commas", _grouped_by_commas) and view.whole.once("spaced groups"):
        yield view.finding(
            "N-DIGITFORM", Severity.WARNING, spaced.span(),
            "{found}: groups with a space, elsewhere with a comma",
            "use one style of groups in the text", found=spaced.group(),
        )  # fmt: skip
    for match in view.find(rf"\d{BREAK}\d", BREAK):
        yield view.finding(
            "N-DIGITFORM", Severity.WARNING, match.span(), "a line break inside a number", "move the break"
        )


def _grouped_by_commas(views: Iterator[View]) -> bool:
    return any(next(view.at_figures(r"(?<!,)\d{1,3}(?:,\d{3})+(?![\d,])", ","), None) is not None for view in views)


@rule("N-BIGNUM", Severity.INFO, "Figures mixed with 千 or 百")
def big_number(view: View) -> Iterable[Diagnostic]:
    """Figures go with 万 and 亿 (3.45亿, 100万元), not with 千, 百, 十.

    Example: 3千5百
    Mend: 3500, or 三千五百.
    Standard: GB/T 15835-2011, 5.1.3.
    """
    for match in view.at_figures(r"\d+[千百](?=[\d多余元人户名个亩吨]|$)(?!克|米|瓦|伏|帕|卡|焦|赫|兆)", "千百"):
        yield view.finding(
            "N-BIGNUM", Severity.INFO, match.span(), "figures with 千 or 百: {found}", "write figures alone",
            found=match.group(),
        )  # fmt: skip


@rule("N-UNIT", Severity.WARNING, "Units that are not legal, or two names of one unit")
def units(view: View) -> Iterable[Diagnostic]:
    """One unit has one name in a text: 公里 or 千米, km or the word. 公分, 公尺, 平米, 立升 are no legal units.

    A measure has one unit, not two of one kind: 1米75厘米 is 1.75米; 亩 is given with 公顷.
    Not meant: hours, minutes and seconds; degrees; 元角分.
    Mend: use one name throughout; write a decimal.
    Standard: GB 3100–3102-1993; 国务院关于在我国统一实行法定计量单位的命令.
    """
    kilometres, thousand_metres, mu, hectares = view.whole.has("公里", "千米", "亩", "公顷")
    if kilometres and thousand_metres:
        first = next(view.find(r"千米"), None)
        if first is not None and view.whole.once("千米"):
            yield view.finding(
                "N-UNIT", Severity.WARNING, first.span(), "千米 here, 公里 elsewhere", "use one name of the unit"
            )
    match = None
    if kilometres or thousand_metres:
        match = next(view.at_figures(r"\d+(?:\.\d+)?\s?(?:km|KM|Km)(?![\w²2])", " .kK\u00a0\u2009\u202f"), None)
    if match is not None and view.whole.once("km"):
        yield view.finding(
            "N-UNIT", Severity.WARNING, match.span(), "{found} here, the word elsewhere",
            "use one name of the unit", found=match.group(),
        )  # fmt: skip
    others = ("公分", "公尺", "平米", "立升", "公升", "英里", "华里", "市斤")
    for match in view.at_figures(rf"\d+(?:\.\d+)?\s?({'|'.join(others)})", "公平立英华市. \u00a0\u2009\u202f"):
        yield view.finding(
            "N-UNIT", Severity.INFO, match.span(1), "{found} is no legal unit", "write the legal unit",
            found=match[1],
        )  # fmt: skip
    scales = (
        r"\d+(?:\.\d+)?(?:(?:公里|千米)\d+(?:\.\d+)?米|米\d+(?:厘米|公分|毫米)"
        r"|(?:吨|公斤|千克)\d+(?:\.\d+)?(?:公斤|千克|克|斤))"
    )
    for match in view.at_figures(scales, "公千米吨."):
        yield view.finding(
            "N-UNIT", Severity.INFO, match.span(), "one measure in two units: {found}", "write a decimal of one unit",
            found=match.group(),
        )  # fmt: skip
    for match in view.at_figures(r"\d+(?:\.\d+)?(?:亿万|万万|千万亿|亿千万)(?=[元吨亩人])", "亿万千."):
        yield view.finding(
            "N-UNIT", Severity.INFO, match.span(), "two scales in one number: {found}", "write one of 万 and 亿",
            found=match.group(),
        )  # fmt: skip
    if mu and not hectares:
        match = next(view.at_figures(r"\d+(?:\.\d+)?[万亿]?亩", "万亿亩."), None)
        if match is not None and view.whole.once("亩"):
            yield view.finding(
                "N-UNIT", Severity.INFO, match.span(), "亩 without 公顷", "give the area in 公顷 as well"
            )
