"""P-STOP and P-ELL: full stops and ellipses typed as points."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converters.diagnostics import Checked
from converters.model.characters import HAN, KANA, SPACES, is_latin, is_wide
from converters.model.patterns import compiled
from converters.model.sheet import Mend, Sheet

from .context import after, before, clause_before, has_wide, in_chinese, is_chinese, protected
from .rule import Class, LinePass, Options, Rule

P_STOP = Rule(
    "P-STOP",
    "Point in the place of a full stop",
    Class.AUTO,
    """\
Makes 。 of a point after a hanzi or a closing mark, at the end of a paragraph or before a closing mark or a hanzi.

Why: the half-width point is no Chinese mark (GB/T 15834-2011, 4.1).
Example: 好的.”  ->  好的。”
Not touched: 1. as a number, 3.5, U.S., file.txt, a point inside a transliterated name (卡尔.马克思: P-MIDDOT), and
the point of a number in hanzi (四.八公里).
Mend: applied; between two hanzi with medium confidence. --no-fix P-STOP leaves the points.
""",
)
P_ELL = Rule(
    "P-ELL",
    "Ellipsis of the wrong form",
    Class.AUTO,
    """\
Makes …… of three or more points, of a single …, of 。。。 and of ··· in Chinese text.

Why: the Chinese ellipsis is six points on two hanzi (GB/T 15834-2011, 4.11.2).
Example: 等等...  ->  等等……
Not touched: points in Latin text and in code. …… together with 等 is for Q-ELLETC to report.
Mend: applied; --no-fix P-ELL leaves them.
""",
)

# Ideographs that write the sounds of foreign names.
_SOUNDS = frozenset(
    "阿埃艾安奥巴班邦贝本比彼宾波伯勃博布查达丹德登狄迪蒂丁杜顿多厄恩尔法范菲费芬夫弗福富盖冈戈格根古哈海汉赫亨胡华霍基吉"
    "加贾简杰金卡凯坎康柯科克肯库夸拉莱赖兰朗劳勒雷黎里理利莉丽列林琳卢鲁路伦罗洛马玛迈曼芒梅蒙米密明莫默姆纳内娜奈南尼涅"
    "宁牛纽诺努欧帕潘庞佩彭皮平普奇齐乔切琴琼让热日荣茹瑞若萨塞桑瑟森沙莎珊尚舍圣施史士什斯思松苏索塔泰坦汤唐特滕提廷图托"
    "瓦万威韦维温翁沃乌伍武西希席夏肖谢辛雄休雅亚延扬耶叶伊易因英尤约泽扎詹朱兹佐"
)
# Numerals and the signs of the stems: they number things.
_LABELS = "〇零一二三四五六七八九十百甲乙丙丁戊己庚辛壬癸"
_NUMERALS = "〇○零一二三四五六七八九十百千"
# How far back the other half of a bracket is looked for, in characters.
_REACH = 400
# What stands before a point at the beginning of a line and names what follows.
_HEADS = rf"(?:附件?|附录|注|例|图|表|题|问|答|序|案)[{_LABELS}\d]*|第[{_LABELS}\d]+[条章节款编部讲课题]?|[A-Za-z\d]+"
_OPENER = {"”": "“", "’": "‘", "）": "（", "》": "《", ")": "("}
# What may begin a sentence beside an ideograph.
_OPENING = "“‘「『（《【"
_TOP_DOMAINS = ("中国", "公司", "网络", "政务", "公益", "香港", "网址")
# A clause shorter than this before a point may be a number, a label or a name.
_SHORTEST_CLAUSE = 4


def run(sheet: Sheet, options: Options) -> Checked[Sheet]:
    """Mend ellipses, then stops."""
    if sheet.lang.startswith(("ko", "en")):
        return Checked(sheet)
    text = sheet.text
    mends: list[Mend] = []
    if options.runs(P_ELL):
        for match in _ellipses(text):
            if _chinese(text, match.start(), match.end()) and not protected(text, match.start()):
                mends.append(Mend("P-ELL", match.start(), match.end(), "……"))
    if options.runs(P_STOP):
        for match in compiled("[.．](?![.．])").finditer(text):
            start = match.start()
            left = text[start - 1 : start]
            confidence = _stop(text, start) if left and (is_wide(left) or left in "”’」』）》】%％)") else ""
            if confidence:
                mends.append(Mend("P-STOP", start, start + 1, "。", confidence))
    return sheet.apply(mends)


def _ellipses(text: str) -> Iterator[re.Match[str]]:
    for word, pattern in (
        ("...", r"\.{3,}"), ("…", "…(?<!……)(?!…)"), ("。。", rf"。(?:[{SPACES}]*。){{2,}}"), ("···", "·{3,}"),
        ("・・・", "・{3,}"),
    ):  # fmt: skip
        if word in text:
            yield from compiled(pattern).finditer(text)


def _chinese(text: str, start: int, end: int) -> bool:
    left, right = before(text, start), after(text, end)
    if not left:
        return bool(right) and is_wide(right)
    # Behind a foreign word the sentence decides: “哪里还有next time...”
    return is_wide(left) or (not (right and is_latin(right)) and in_chinese(text, start, end))


def _stop(text: str, start: int) -> str:
    """The confidence that a point is a full stop; "" where it is none."""
    base = before(text, start)
    opener = _OPENER.get(text[start - 1])
    if opener is not None and base.isascii():
        # "市集（Cloud Bazaar）. 活动": a bracket speaks the language of what it stands in.
        place = text.rfind(opener, max(0, start - _REACH, text.rfind("\n", 0, start) + 1), start)
        before_it = before(text, place) if place > 0 else ""
        base = next(filter(is_wide, text[place + 1 : start] if place >= 0 else ""), "") or before_it or base
    if not (base and is_chinese(base)) and text[start - 1] not in "%％":
        # “file not found”. at the end of a Chinese line.
        ends = text[start + 1 : start + 2] in ("", "\n") and text[start - 1] in "”’）》」』"
        return "medium" if ends and has_wide(clause_before(text, start)) else ""
    if text[start - 1] == ".":
        return ""
    end = start + 1
    right = text[end : end + 1]
    if right in ("", "\n", "\v", "”", "’", "」", "』", "）", ")", '"', "'"):
        return "high"
    spaced = compiled(rf"[{SPACES}]+").match(text, end)
    if spaced is not None:
        following = text[spaced.end() : spaced.end() + 1]
        if following in ("", "\n", "\v"):
            return "high"
        opens = is_wide(following) or following in _OPENING
        return "high" if opens and not _number(text, start, spaced=True) else ""
    if not (is_wide(right) or right in _OPENING) or _number(text, start):
        return ""
    if text.startswith(_TOP_DOMAINS, end):
        return ""
    if text[start - 1] in _SOUNDS and right in _SOUNDS:
        return ""
    if text[start - 1] in _NUMERALS and right in _NUMERALS and text[end + 1 : end + 2] not in ("是", "、", "者"):
        return ""  # 四.八公里
    return "medium"


def _number(text: str, start: int, *, spaced: bool = False) -> bool:
    """Whether the clause before a point is too short to be a sentence: 一. 甲. 附件.

    Where it does not begin the line it ends a sentence, however short: "听证、公示. 任何人".
    """
    near = text[max(0, start - 12) : start]
    clause = compiled(rf"(?:[{HAN}{KANA}\w%％“‘（《「『【”’）》」』】{SPACES}]|(?<=\d)\.(?=\d))*\Z").search(near)
    if clause is None:
        return True
    words = "".join(char for char in clause.group() if char.isalnum() or char in "%％")
    if len(words) >= _SHORTEST_CLAUSE:
        return False
    goes_on = clause.start() > 0 and near[clause.start() - 1] not in "\n\v（("
    if near[-1].isalnum() and compiled(rf"[{_LABELS}]+|\d+").fullmatch(words) is not None:
        return True
    if goes_on:
        return False
    # Before a space it is a sentence also at the line's beginning: "第1天. 下雨。"
    return not spaced or words == "" or compiled(_HEADS).fullmatch(words) is not None


PASS = LinePass("stops", (P_STOP, P_ELL), run, chars=".．…", words=("。。", "···", "・・・"))
