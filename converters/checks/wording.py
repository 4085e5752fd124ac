"""T-CONF to T-HANT: words, sentences, forms of characters."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from converters.diagnostics import Diagnostic, Severity
from converters.model import blocks as b
from converters.model.lines import flat
from converters.model.patterns import compiled
from converters.model.walk import plain

from .registry import rule
from .view import View

LONGEST_SENTENCE = 120
LONGEST_PARAGRAPH = 400


@rule("T-CONF", Severity.WARNING, "Word of the list of confused words", langs=())
def confused_words(view: View) -> Iterable[Diagnostic]:
    """A word that the user's list says is often confused with another.

    Condition: a word list with lines `confuse 截止=截至`; none is shipped.
    Mend: look which of the two is meant.
    """
    yield from _listed(view, "T-CONF", view.words.confused, "{found} is often confused", "see whether {right} is meant")


@rule("T-SENS", Severity.WARNING, "Word of the list of words to avoid", langs=())
def avoided_words(view: View) -> Iterable[Diagnostic]:
    """A word that the user's list says is to be avoided: place names, forms of address.

    Condition: a word list with lines `avoid 某词=另一词`; none is shipped.
    Mend: write the other word.
    """
    yield from _listed(view, "T-SENS", view.words.avoided, "{found} is to be avoided", "write {right}")


def _listed(view: View, code: str, words: tuple[tuple[str, str], ...], message: str, hint: str) -> Iterator[Diagnostic]:
    for word, right in words:
        place = view.text.find(word)
        while place >= 0:
            # 截止=截止到: the right form may contain the wrong one.
            offset = right.find(word)
            if not (offset >= 0 and view.text.startswith(right, place - offset)):
                yield view.finding(
                    code, Severity.WARNING, (place, place + len(word)), message,
                    hint if right else "use another word", found=word, right=right,
                )  # fmt: skip
            place = view.text.find(word, place + len(word))


@rule("T-REPEAT", Severity.WARNING, "Word, sentence or paragraph twice")
def repetition(view: View) -> Iterable[Diagnostic]:
    """A word written twice in a row, a sentence after itself, a paragraph twice in one article.

    Example: 做好的的工作; 民政局民政局
    Not meant: words that are doubled in the language (研究研究, 的的确确).
    Mend: remove one of them.
    """
    text = view.text
    for word, pattern in _DOUBLED.items():
        for match in view.find(pattern, word):
            yield _twice(view, match.start(), match.end())
    for start, end in _repeats(text):
        if len(set(text[start:end])) > 1:  # not 哈哈哈哈哈哈
            yield _twice(view, start, end)
    for start, end in _sentences_twice(view):
        yield view.finding(
            "T-REPEAT", Severity.WARNING, (start, end), "a sentence twice in a row: {found}", "remove one",
            found=text[start : start + 12] + "…",
        )  # fmt: skip
    for article, _, _ in view.articles():
        seen: set[str] = set()
        for block in article.blocks:
            if not isinstance(block, b.Paragraph):
                continue
            words = plain(block.inlines) if len(block.inlines) != 1 else flat(block.inlines)
            if len(words) < 20:
                continue
            if words in seen:
                start, end = view.place(block.inlines)
                yield view.finding(
                    "T-REPEAT",
                    Severity.WARNING,
                    (start, end),
                    "this paragraph stands above already",
                    "remove one",
                )
            seen.add(words)


# Words of one or two characters that are doubled by mistake only, and where they are not.
_DOUBLED = {
    "的的": "(?<![目标有打])的的(?!确)",
    "了了": "(?<!不)了了(?!之)",
    "是是": "(?<![是确])是是(?!非)",
}
_WORDS = frozenset(("进行", "开展", "加强", "推进", "提高", "关于", "通过", "以及", "他们", "我们", "要求"))
_DOUBLED |= {"与与": "与与", "及及": "及及"}
_LONGEST_REPEAT = 8
# Characters that are looked at in one go.
_PORTION = 40_000
_HANZI = compiled("[\u4e00-\u9fff]+")
_SHORTEST_SENTENCE = 9


def _twice(view: View, start: int, end: int) -> Diagnostic:
    found = view.text[start:end]
    return view.finding("T-REPEAT", Severity.WARNING, (start, end), "written twice: {found}", "remove one", found=found)


def _repeats(text: str) -> Iterator[tuple[int, int]]:
    """Where one of _WORDS, or any three to eight hanzi, stand twice in a row.

    A text moved by n characters and compared with itself as one long number is zero where it repeats: no loop over
    its characters. The lower byte of each is enough to find the places; there the characters are compared.
    """
    for start in range(0, len(text), _PORTION):
        portion = text[start : start + _PORTION + 2 * _LONGEST_REPEAT]
        data = portion.encode("utf-32-le", "surrogatepass")[::4]
        number = int.from_bytes(data, "little")
        for length in range(2, _LONGEST_REPEAT + 1):
            same = (number ^ (number >> 8 * length)).to_bytes(len(data), "little")
            zeros = bytes(length)
            reached = 0
            place = same.find(zeros)
            while 0 <= place < _PORTION:
                word = portion[place : place + length]
                twice = word == portion[place + length : place + 2 * length] and _HANZI.fullmatch(word) is not None
                if twice and place >= reached and (length > 2 or word in _WORDS):
                    yield start + place, start + place + 2 * length
                    reached = place + 2 * length
                place = same.find(zeros, place + 1)


def _parts(view: View) -> list[tuple[int, list[str]]]:
    """The text of each article between its full stops, and where it begins; a part may hold ends of lines."""
    if view.parts is None:
        text = view.text.replace("！", "。").replace("？", "。")
        view.parts = [(start, text[start:end].split("。")) for _, start, end in view.articles()]
    return view.parts


def _sentences_twice(view: View) -> Iterator[tuple[int, int]]:
    """The second of two sentences that say the same, stop and all, one after the other."""
    text = view.text
    for start, parts in _parts(view):
        for last, part in pairwise(parts[:-1]):
            start += len(last) + 1
            size = len(part)
            if size + 1 < _SHORTEST_SENTENCE or not last.endswith(part) or "\n" in part:
                continue
            end = start + size + 1
            alone = len(last) == size or last[-size - 1] == "\n"
            if alone and text[start - 1] == text[end - 1] and text[end : end + 1] not in ("。", "！", "？"):
                yield start, end


@rule("T-SENT", Severity.INFO, "Very long sentence or paragraph")
def long_sentences(view: View) -> Iterable[Diagnostic]:
    """A sentence of more than 120 characters without a full stop; a paragraph of more than 400.

    Why: who reads aloud needs breath; who reads on a phone sees nothing else.
    Mend: part it.
    """
    for begin, parts in _parts(view):
        place = begin
        for part in parts:
            if len(part) > LONGEST_SENTENCE:
                start = place
                for line in part.split("\n"):
                    if len(line) > LONGEST_SENTENCE:
                        yield from _long(view, start, start + len(line))
                    start += len(line) + 1
            place += len(part) + 1
    starts, length = view.sheet.starts, len(view.text)
    for row, start in enumerate(starts):
        end = starts[row + 1] - 1 if row + 1 < len(starts) else length
        if end - start > LONGEST_PARAGRAPH:
            yield view.finding(
                "T-SENT",
                Severity.INFO,
                (start, end),
                "a paragraph of {count} characters",
                "part it",
                count=end - start,
            )


def _long(view: View, start: int, end: int) -> Iterator[Diagnostic]:
    hanzi = end - start - len(compiled("[^\u4e00-\u9fff]").findall(view.text, start, end))
    if hanzi > LONGEST_SENTENCE:
        while view.text[end : end + 1] in ("。", "！", "？"):
            end += 1
        yield view.finding("T-SENT", Severity.INFO, (start, end), "a sentence of {count} hanzi", "part it", count=hanzi)


@rule(
    "T-HANT",
    Severity.WARNING,
    "Traditional or Japanese form in Simplified text",
    langs=("zh-hans", "zh-cn", "zh-sg"),
)
def traditional_forms(view: View) -> Iterable[Diagnostic]:
    """Characters that belong to Traditional Chinese or Japanese in a text that is said to be Simplified.

    Words with a variant that Simplified text has given up belong here too: 好象 (好像), 帐号 (账号), 答覆 (答复).
    Why: they come from conversion and from input methods; search does not find them.
    Example: 民政廳; 図書; 好象
    Not meant: rare characters that Simplified text uses too; a text with many of them is reported once; 友好象征.
    Mend: write the Simplified form, or set lang.
    Standard: 通用规范汉字表, 2013; 第一批异形词整理表, GF 1001-2001.
    """
    found = _foreign(view)
    if not found:
        yield from _variants(view)
        return
    whole = view.whole
    counts = whole.fact("foreign", _counted)
    total = sum(counts.values())
    if total > 20 and total * 20 > whole.fact("hanzi", _hanzi):
        if whole.once("foreign"):
            place = found[0][1]
            yield view.finding(
                "T-HANT", Severity.WARNING, (place, place + 1), "{count} Traditional forms: is this Simplified text?",
                "set lang: zh-Hant in the front matter", count=total,
            )  # fmt: skip
        return
    yield from _variants(view)
    for char, place in found:
        if whole.once(("foreign", char)):
            yield view.finding(
                "T-HANT", Severity.WARNING, (place, place + 1), "{char} is no Simplified form ({count} in the text)",
                "write the Simplified form", char=char, count=counts[char],
            )  # fmt: skip


def _foreign(view: View) -> list[tuple[str, int]]:
    """The characters of a stretch that are not Simplified, each with its place."""
    text = view.text
    try:
        for _, start, end in view.articles():
            text[start:end].encode("gb2312")
    except UnicodeEncodeError:
        pass
    else:
        return []
    found = []
    for row, start in enumerate(view.sheet.starts):
        line = view.sheet.line(row)
        if line.isascii():
            continue
        try:
            line.encode("gb2312")
        except UnicodeEncodeError:
            for offset, char in enumerate(line):
                if "\u4e00" <= char <= "\u9fff" and foreign(char):
                    found.append((char, start + offset))
    return found


def _counted(views: Iterator[View]) -> Counter[str]:
    return Counter(char for view in views for char, _ in _foreign(view))


def _hanzi(views: Iterator[View]) -> int:
    return sum(len(compiled("[\u4e00-\u9fff]").findall(view.text)) for view in views)


# Words in which a character was confused with another until the tables of 2001 and 2013, and what is written now.
_VARIANTS = (
    (
        "象", "像", tuple("好录摄画头影塑音图显肖神佛雕"),
        "象(?<=[好录摄画头影塑音图显肖神佛雕].)(?![征形棋牙限样声群])",
    ),
    (
        "帐", "账", tuple("户号目单本簿务款结记报转算台入欠对查坏旧还付进呆挂总"),
        "帐(?:(?=[户号目单本簿务款])|(?<=[结记报转算台入欠对查坏旧还付进呆挂总].)(?![篷幕子]))",
    ),
    ("覆", "复", tuple("答反回"), "覆(?<=[答反回].)"),
    ("份", "分", tuple("成过"), "份(?:(?<=过.)(?<![超通经不越]过.)(?![额数量])|(?<=成.)(?=[的、，。；：）]))"),
)  # fmt: skip


def _variants(view: View) -> Iterator[Diagnostic]:
    for old, new, beside, pattern in _VARIANTS:
        if old not in view.text or not any(word in view.text for char in beside for word in (char + old, old + char)):
            continue
        for match in view.find(pattern):
            start = match.start()
            before = (
                start - 1 if old in ("象", "覆", "份") or view.text[start + 1 : start + 2] not in beside[:8] else start
            )
            word = view.text[before : before + 2]
            yield view.finding(
                "T-HANT", Severity.WARNING, (before, before + 2), "{found} is an old form of {after}", "write {after}",
                found=word, after=word.replace(old, new),
            )  # fmt: skip


# Characters of Simplified text that GB 2312 lacks and the other sets have: words and names of today.
_SIMPLIFIED_TOO = frozenset(
    "瞭喆堃昇甯祐峯珺璟玥琇瑄瑢琬琰珅琚瑀瑛珮玹珵琤淼垚犇骉赟煊煜炘烨焜晞昕晟曈曦翀翾濛瀞澍滢睿祎禕屾峣崟崴乂仝佟侪倓俶"
)


@functools.cache
def foreign(char: str) -> bool:
    """Whether an ideograph is in everyday Traditional or Japanese sets and not in GB 2312."""
    if char in _SIMPLIFIED_TOO:
        return False
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        pass
    else:
        return False
    try:
        # The first plane of Big5: characters in frequent use.
        return char.encode("big5") < b"\xc6\x80"
    except UnicodeEncodeError:
        pass
    try:
        # The first level of JIS X 0208.
        return char.encode("cp932") < b"\x98\x73"
    except UnicodeEncodeError:
        return False
