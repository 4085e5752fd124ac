"""Whether a paragraph goes on in the next: what speaks for it, from the two pieces alone."""

from __future__ import annotations

import functools

from converters.model.characters import HAN, NOT_AT_START, OPENERS, SPACES, is_hanzi, is_latin, is_wide
from converters.model.document import Document
from converters.model.patterns import compiled
from converters.model.sheet import Sheet
from converters.records import dataclass

from . import signals
from .stretches import stretches
from .tears import CLOSING, END, ENDS, SHORT, STOP, certain, left_open, prose

# No heading is longer.
LONGEST_HEADING = 30
# A mark that stops or joins; brackets, points and quotation marks stand in headings too.
MARK = r"[^\w\s·（）()《》〈〉“”]"
_FORBIDDEN = frozenset((NOT_AT_START + "°′″,.;:?!)]}").replace("…", "").replace(".", ""))
# Words that no title and no whole paragraph ends in.
_OPEN_WORDS = (
    "的", "和", "与", "及", "或", "在", "对", "把", "被", "将", "为", "以", "从", "向", "由", "于", "是", "有", "使",
    "让", "并", "等的", "要", "以及", "关于", "按照", "根据", "通过", "围绕", "不", "第", "各", "该", "每", "其", "这",
    "那", "请", "請",
)  # fmt: skip
# A piece that ends in one of _OPEN_WORDS may be as short as this.
SHORTEST_PIECE = 6
_NUMERALS = "〇○零一二三四五六七八九"
_FIELD = rf"(?:[{HAN}][{SPACES}]*){{2,5}}[：:]"
_ORDINAL = r"第[一二三四五六七八九十百零〇\d]{1,6}\Z"
_COUPLET = rf"([{HAN}]{{3,12}})(?:[，,]([{HAN}]{{3,12}}))?[，。、！？；…,.!?;]*"
# A dash in any form: the mend of dashes comes later, and what it makes must not be judged otherwise.
_DASHES = "-—–―─━－"
# How far from the start a word is looked for that stands whole elsewhere, in characters.
_NEARBY = 100_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What speaks for joining two paragraphs: "high", "medium" or "low", and why."""

    confidence: str
    evidence: str


class Beginning:
    """The first lines of a document, without spaces, where a torn word may stand whole; read when it is asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @functools.cached_property
    def text(self) -> str:
        """Its letters and marks."""
        first = next(stretches(self.document, _NEARBY)).document
        return "".join(Sheet(first).text[:_NEARBY].split())


def judge(a: str, z: str, text: Beginning) -> Verdict | None:
    """Whether the paragraph `a` goes on in `z`; in `text` the torn word may stand whole."""
    core = a.rstrip(CLOSING)
    if not core or not z or _bare_number(z) or _bare_number(a):
        return None
    start = z[0]
    evidence = certain(a, z, ended=core[-1] in ENDS)
    if evidence:
        return Verdict("high", evidence)
    if core[-1] in ENDS:
        return None
    if core[-1] in OPENERS and core == a and not signals.begins(signals.ENUMERATION, z):
        return Verdict("high", f"no paragraph ends in {core[-1]}")
    if start in "〇○" and a[-1] in _NUMERALS:
        return Verdict("high", "a year in hanzi goes on")
    if start == core[-1] == "—" and not (a.endswith("——") or z.startswith("——")):
        return Verdict("high", "the halves of one dash")
    if start in _FORBIDDEN:
        return None if start in ",.;:?!" and len(z) == 1 else Verdict("high", f"a paragraph cannot begin with {start}")
    if not (is_wide(start) or start.isalnum() or start in OPENERS or start in "([\"'"):
        opened = left_open(a) if start in "＋+×／/～" else ""
        return Verdict("high", f"{opened} stands in the second piece only") if opened and opened in z else None
    if not (is_wide(core[-1]) or core[-1].isalnum() or core[-1] in "，、,·%％°′″℃" + _DASHES or a[-1] in CLOSING):
        return None
    if (a[-1] == "第" and is_hanzi(start)) or (start in "条章节编款项届次期" and compiled(_ORDINAL).search(a)):
        return Verdict("high", f"第 waits for {'its number' if a[-1] == '第' else start}")
    if a.endswith("分之") and start in _NUMERALS:
        return Verdict("high", "a fraction goes on")
    if a[-1] in "，、," and signals.begins(signals.REGULATION, z):
        return Verdict("high", f"the first piece ends in {a[-1]}")  # 依照第二十二条、 / 第二十三条的规定
    note = signals.begins(signals.EDITOR_NOTE, a)
    if (_stands_alone(a) and not note) or _stands_alone(z):
        return None
    if signals.begins(signals.ENUMERATION, z):
        return None
    if signals.begins(signals.SPEAKER, z) and not (len(a) > LONGEST_HEADING + 10 and is_hanzi(a[-1]) and prose(a)):
        return None  # unless a sentence stops in its middle: 蹲下来 / 问：“……
    if len(a) <= 60 and compiled(_FIELD).match(z) and compiled(_FIELD).match(a) and compiled(END).search(a) is None:
        return None  # 时间：11月6日 / 地点：图书馆
    if is_latin(core[-1]) and is_latin(start):
        return _judge_latin(a, z)
    number = signals.numbered(a)
    rest = a[number.length :] if number is not None else a
    whole = prose(rest)
    if len(rest) == 1 and number is not None and rest not in "略无有":
        return Verdict("medium", "one hanzi is no heading")  # （四）绿 / 化覆盖率不低于75%。
    if a[-1] != "、" and len(z) < SHORT and compiled(MARK).search(z) is None:
        # A running head or a heading: the rest of a sentence ends in a stop.
        return Verdict("low", "the second piece is a line of its own") if whole else None
    if a[-1] in "，、,":
        if _verse(a, z):
            return None
        return Verdict("high", f"the first piece ends in {a[-1]}")
    if _verse(a, z):
        return None
    if a[-1] in CLOSING:
        return Verdict("low", "the first piece ends in a closing mark without a stop")
    if signals.begins(signals.IN_TEXT, z):
        return Verdict("low", "the second piece begins an enumeration")
    if number is not None and not whole:
        return None
    if a.endswith(_OPEN_WORDS) and len(a) >= SHORTEST_PIECE and compiled(END).search(z):
        return Verdict("high", f"no paragraph ends in {a[-1]}")
    if number is not None and len(a) <= LONGEST_HEADING and compiled(f"{END}|[；;]").search(a, number.length) is None:
        # 一、规范规则，解决问题: a heading with a comma, unless what follows is the rest of an item.
        if z[-1] in "；;" or (is_hanzi(a[-1]) and is_hanzi(start) and _elsewhere(a, z, text)):
            return Verdict("medium", "the rest of an item")
        return Verdict("low", "the first piece may be a heading")
    if len("".join(a.split())) < SHORT and not (whole and compiled(END).search(z)):
        if is_hanzi(a[-1]) and is_hanzi(start) and _elsewhere(a, z, text):
            return Verdict("medium", f"{a[-1]}{start} stands together elsewhere")
        return Verdict("low", f"the first piece has fewer than {SHORT} characters")
    if not whole and not compiled(STOP).search(z):
        return Verdict("low", "neither piece has a stop")
    if a.endswith(_OPEN_WORDS):
        return Verdict("high", f"no paragraph ends in {a[-1]}")
    return Verdict("medium", "the first piece ends without a stop")


def _bare_number(text: str) -> bool:
    """Whether a block is a number and nothing else, as a page's is: it is no part of a sentence."""
    return (
        len(text) <= 16
        and compiled(
            r"[-—–－─―~～·•|\s]*\d{1,4}(?:\s*[/／]\s*\d{1,4})?[-—–－─―~～·•|\s]*|第\s*\d{1,4}\s*[页頁].*"
        ).fullmatch(text)
        is not None
    )


def _elsewhere(a: str, z: str, text: Beginning) -> bool:
    """Whether the word that the tear cut stands whole in another place; the tear itself counts once."""
    whole = text.text
    return whole.count(a[-2:] + z[0]) > 1 or whole.count(a[-1] + z[:2]) > 1


def _judge_latin(a: str, z: str) -> Verdict | None:
    """Two pieces of Latin text: one sentence only if the second goes on in small letters."""
    if not z[0].islower() or len(a) < SHORT or " " not in a:
        return None
    return Verdict("medium", "the second piece begins with a small letter")


def _stands_alone(text: str) -> bool:
    """Whether a block is a line of its own: a source line, a date, a row of the colophon, a caption, a label."""
    if len(text) > 200:
        return False
    if (
        signals.is_source(text)
        or signals.is_date(text)
        or (text[-1] in "：:" and signals.begins(signals.ADDRESSEE, text))
    ):
        return True
    if text[:1] in _DASHES and text[1:2] == text[0] and len(text) <= 60 and "。" not in text:
        return True  # a subtitle
    head = text[:1]
    if head in "报報送发發抄主分增本呈附图圖表【目要第（(编編责责任审審校签電电联地邮总主共":
        for pattern in (
            signals.DISTRIBUTION, signals.CAPTION, signals.COLUMN, signals.CONTENTS, signals.STAFF,
            signals.COPIES, signals.ISSUE_LINE, signals.EDITOR_NOTE,
        ):  # fmt: skip
            if compiled(pattern).match(text):
                return True
        if len(text) <= 60 and compiled(signals.ATTACHMENT).match(text) is not None:
            return True
    return len(text) <= 60 and compiled(f"{signals.SECRECY}|{signals.ISSUER_LINE}").match(text) is not None


def _verse(a: str, z: str) -> bool:
    """Two short lines of one or two clauses in hanzi alone, of the same length: a couplet."""
    if len(a) > 40 or len(z) > 40:
        return False
    one, other = (compiled(_COUPLET).fullmatch("".join(text.split())) for text in (a, z))
    return one is not None and other is not None and [*map(len, one.groups(""))] == [*map(len, other.groups(""))]
