"""N-APPROX: numbers that are not meant exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from converters.diagnostics import Diagnostic, Severity
from converters.model.patterns import compiled
from converters.model.sheet import Role, every

from .registry import rule
from .view import View, occurs

_HANZI = "一二三四五六七八九"
_NUMBER = r"(?:\d[\d.,]*|[一二两三四五六七八九十百千]+)[十百千万亿]*"
# Numbers that are vague in themselves.
_VAGUE = r"(?:几[十百千万亿]+|[一二两三四五六七八九]?[十百]几|数[十百千万亿]+)"
_VAGUE_WORDS = ("几十", "几百", "几千", "几万", "几亿", "十几", "百几", "数十", "数百", "数千", "数万", "数亿")
# What makes a range vague, at most a verb before it: 大约需要5～6天.
_VAGUELY = r"(?:约|将近|也就|不过|(?:大约|大概|差不多|可能|估计)[\u4e00-\u9fff]{0,3})$"
_COUNTED = frozenset("一二两三四五六七八九十百千几数")
# What makes 大约, 将近, 接近 of 约 and 近.
_BEFORE = frozenset("大将接")
# Words that say 'about' before a number, and not the ends of 节约, 最近 and their like.
_ABOUT = (
    r"(?:大约|大概|将近|接近|(?<![节制合条契公预特违签履缔邀失续解赴践简大])约"
    r"|(?<![最附临靠邻亲远就新晚贴走逼将接])近)\s?"
)
# Words that say it after a number.
_MORE = r"(?:多(?![种样元方边功媒数部为是在])|余(?![额款下地力热])|来(?![自到源看说访往临电信宾客年回华我此])|几(?!乎))"
_ROUND = r"(?:左右(?![两手摇为逢脚翼邻侧方岸开])|上下(?=[，。；、的）\n]|$))"
_UNIT = r"[^\d\W_的了和与及在是]"
# 近十多年: the last ten years and more, no estimate.
_TIME = r"(?:年|个?月|天|日|周|个?世纪|代|期|届)"


@rule("N-APPROX", Severity.ERROR, "Wrong approximate number")
def approximate_number(view: View) -> Iterable[Diagnostic]:
    """Two neighbouring numbers that approximate are hanzi without 、; words of approximation are not doubled.

    Example: 三、四个月 and 3、4个月 and 约3～4个月 (三四个月); 约10余人左右 (约10人); 近百人左右, 几十余人, 约几十人
    Not meant: 一、二等奖 and other lists of ordinals; 二、三个问题, where 二 numbers a heading; 3～4个月, which is a
    range where no 约 or 左右 says otherwise; 近十余年, the last years.
    Mend: remove 、, write the two numbers in hanzi, or keep one of the words.
    Standard: GB/T 15835-2011, 4.2.2; GB/T 15834-2011, 4.5.3.5.
    """
    yield from _parted(view)
    yield from _vague_figures(view)
    told = -1
    for start, end in sorted(_doubled(view)):
        if start >= told:
            told = end
            yield view.finding(
                "N-APPROX", Severity.ERROR, (start, end), "approximation said twice: {found}",
                "keep one of the words", found=view.text[start:end],
            )  # fmt: skip


def _parted(view: View) -> Iterator[Diagnostic]:
    """三、四个月."""
    text = view.text
    counted = (
        "(?=个|天|年[^级初]|百|千|万|十|岁|里|倍|人(?![称民])|户|家(?!级)|元|块|斤|公斤|吨|米|公里|小时|分钟|秒|口|只|头"
        "|件|亩|篇|本书|辆|台|遍|趟|成|步|回|样|顿|句话|声|碗|杯)"
    )
    pattern = rf"(?<![第、一二三四五六七八九十百两])([一二两三四五六七八])、([二三四五六七八九]){counted}"
    aged = r"(?<=十)([一二三四五六七八])、([二三四五六七八九])(?=岁|个|天|里|人)"
    for mark in view.find("、(?<=[一二两三四五六七八]、)(?=[二三四五六七八九])", "、"):
        match = compiled(pattern).match(text, mark.start() - 1) or compiled(aged).match(text, mark.start() - 1)
        if match is None:
            continue
        if _HANZI.index(match[2]) - _HANZI.index("二" if match[1] == "两" else match[1]) != 1:
            continue
        before = text[match.start() - 1] if match.start() else "\n"
        if text.startswith("、", match.end()) or before in "级类组":
            continue
        if before == "\n" and _numbers_a_heading(view, match.start(), match[1]):
            continue
        yield view.fixable(
            "N-APPROX",
            Severity.ERROR,
            (*match.span(), match[1] + match[2]),
            "、 in the approximate number {found}",
            "write {after}",
        )


def _numbers_a_heading(view: View, place: int, number: str) -> bool:
    """Whether a numeral at the beginning of a line numbers it: 二、三个问题 after a line that begins with 一、."""
    if view.role(place) is Role.HEADING:
        return True
    last = _HANZI[_HANZI.index(number) - 1] if number in _HANZI[1:] else ""
    return bool(last) and (f"\n{last}、" in view.text[:place] or view.text.startswith(f"{last}、"))


def _vague_figures(view: View) -> Iterator[Diagnostic]:
    """3、4个月, and 约3～4个月: neighbouring numbers in figures that are no range."""
    text = view.text
    unit = r"(?=个|天|岁|倍|人(?![称民])|户|家|元|块|斤|公斤|吨|米|公里|小时|分钟|秒|万|亿|亩|年(?![级度]|[，。]))"
    pattern = rf"([1-9])(0?)([～~—–、-])([1-9])(0?)(?!\d|[.．、]){unit}"
    for place in view.figures(after="～~—–、-"):
        match = compiled(pattern).match(text, place)
        if match is None or match[2] != match[5] or int(match[4]) - int(match[1]) != 1:
            continue
        before = text[max(0, place - 6) : place]
        if match[3] == "、":
            vague = not match[2] and before[-1:] not in tuple("第、.．：（(年月表图件号组") and "分别" not in before
        else:
            vague = compiled(_VAGUELY).search(before) is not None or (
                compiled(rf"{_UNIT}{{1,3}}?{_ROUND}").match(text, match.end()) is not None
            )
        if vague:
            words = _HANZI[int(match[1]) - 1] + _HANZI[int(match[4]) - 1] + ("十" if match[2] else "")
            yield view.finding(
                "N-APPROX", Severity.ERROR, match.span(), "approximate number {found} in figures",
                "write {words}", found=match.group(), words=words,
            )  # fmt: skip


def _doubled(view: View) -> Iterator[tuple[int, int]]:
    """Where an approximation is said twice."""
    text = view.text
    # 约10余人左右, 大约300人左右, 10多人左右: found by their figures.
    before = (
        rf"{_ABOUT}{_NUMBER}(?:{_MORE}{_UNIT}?{_ROUND}?|{_UNIT}{{0,4}}?[%％℃]?{_ROUND})"
        rf"|{_NUMBER}[多余来]{_UNIT}{{0,3}}{_ROUND}|{_NUMBER}(?:余多|多余(?!的)|余来|多来)(?={_UNIT})"
    )
    for match in view.around_figures(before, "约近概 ", "多余"):
        if not _recent(match.group()):
            yield match.span()
    # The same with numbers in hanzi, found by the words.
    about_so = compiled(
        rf"(?:{_ABOUT}(?:{_NUMBER}|{_VAGUE})[多余来几]?|{_NUMBER}[多余来]|{_VAGUE}){_UNIT}{{0,4}}?{_ROUND}"
    )
    for anchor in ("左右", "上下"):
        for place in every(text, anchor) if occurs(anchor, text) else ():
            found = about_so.search(text, max(0, place - 14), min(len(text), place + 4))
            if found is not None and found.end() == place + 2:
                yield found.span()
    about = compiled(rf"{_ABOUT}(?:[一二两三四五六七八九十百千]+[十百千万亿]*{_MORE}|{_VAGUE}){_UNIT}?")
    for anchor in ("约", "近", "大概"):
        for place in every(text, anchor):
            following = place + len(anchor)
            if text[following : following + 1] in _COUNTED:
                found = about.match(text, place - 1 if text[place - 1 : place] in _BEFORE else place)
                if found is not None and not _recent(found.group()):
                    yield found.span()
    more = compiled(rf"{_VAGUE}{_MORE}{_UNIT}?")
    for word in _VAGUE_WORDS:
        for place in every(text, word) if occurs(word, text) else ():
            found = more.match(text, place)
            if found is not None:
                yield found.span()


def _recent(found: str) -> bool:
    """Whether 近 speaks of the last years and not of an estimate: 近十多年."""
    return found.startswith("近") and compiled(rf"[多余几来十百千]{_TIME}$").search(found) is not None
