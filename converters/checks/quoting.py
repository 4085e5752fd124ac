"""Q-NEST, Q-SO, Q-BOOK: quotation marks, brackets and book marks inside each other, and what they stand around."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from converters.diagnostics import Diagnostic, Severity
from converters.model.patterns import compiled
from converters.model.sheet import every

from .registry import rule
from .view import View, survey

_INNER = {"“": "‘ ’", "《": "〈 〉", "（": "〔 〕", "「": "『 』"}
_CLOSING = {"“": "”", "《": "》", "（": "）", "「": "」"}
_AGAIN = {
    "“": "“(?:[^“”‘\n]|‘[^“”‘’\n]*’)*“", "《": "《(?:[^《》〈\n]|〈[^《》〈〉\n]*〉)*《",
    "（": "（(?:[^（）〔\n]|〔[^（）〔〕\n]*〕)*（", "「": "「(?:[^「」『\n]|『[^「」『』\n]*』)*「",
}  # fmt: skip


@rule("Q-NEST", Severity.WARNING, "Marks nested without a change")
def nested_marks(view: View) -> Iterable[Diagnostic]:
    """Quotes inside quotes are ‘ ’, titles inside titles 〈 〉, brackets inside brackets 〔 〕.

    Example: 《关于印发《办法》的通知》 -> 《关于印发〈办法〉的通知》; ‘六快’机制 -> “六快”机制
    Mend: write the inner marks; ‘ ’ and 〈 〉 alone are no outer ones in Simplified text.
    Standard: GB/T 15834-2011, 4.8.3.2, 4.9.3.6, 4.15.3.5.
    """
    # Only a mark that opens again before it closes can be nested: one search a mark finds those.
    for opening, pattern in _AGAIN.items():
        closed = _Closed(view.text, opening)
        for match in view.find(pattern, opening):
            inner = match.end() - 1
            if match.start() in closed and inner in closed:
                yield view.finding(
                    "Q-NEST", Severity.WARNING, (inner, inner + 1), "{mark} inside {mark}", "write {inner}",
                    mark=opening, inner=_INNER[opening],
                )  # fmt: skip
    if not view.document.metadata.lang.lower().startswith("zh-hant"):
        yield from _outermost(view, "‘[\u4e00-\u9fff][^‘’“”\n]{0,40}’", "“”")
        yield from _outermost(view, "〈[^〈〉《》\n]{2,40}〉", "《》")


def _outermost(view: View, pattern: str, outer: str) -> Iterator[Diagnostic]:
    """Inner marks that stand in no outer ones."""
    text, place, depth = view.text, 0, 0
    for match in view.find(pattern, pattern[0]):
        start = match.start()
        line = text.rfind("\n", place, start) + 1
        if line:
            place, depth = line, 0
        depth += text.count(outer[0], place, start) - text.count(outer[1], place, start)
        place = start
        if depth <= 0:
            yield view.finding(
                "Q-NEST", Severity.WARNING, match.span(), "{mark} outside of {outer}", "write {outer}",
                mark=pattern[0], outer=f"{outer[0]} {outer[1]}",
            )  # fmt: skip


class _Closed:
    """Which opening marks of a line are closed before it ends; a line is gone through once."""

    def __init__(self, text: str, opening: str) -> None:
        self.text, self.marks = text, compiled(f"[{opening}{_CLOSING[opening]}\n]")
        self.opening = opening
        self.end = 0
        self.closed: set[int] = set()

    def __contains__(self, place: int) -> bool:
        if place >= self.end:
            self._read(place)
        return place in self.closed

    def _read(self, place: int) -> None:
        """The line that holds a place, from the place on."""
        self.closed = set()
        self.end = len(self.text)
        stack: list[int] = []
        for match in self.marks.finditer(self.text, place):
            char = match.group()
            if char == "\n":
                self.end = match.start()
                return
            if char == self.opening:
                stack.append(match.start())
            elif stack:
                self.closed.add(stack.pop())


@rule("Q-SO", Severity.WARNING, "Term quoted here and not there")
def quoted_terms(view: View) -> Iterable[Diagnostic]:
    """A so-called term that is quoted three times or more stands elsewhere without marks.

    Reported once for every three times that it is quoted, not where it stands bare as often as that.
    Example: “六快”机制 …… 六快机制
    Mend: quote it throughout.
    """
    terms = {term: count for term, count in view.whole.counts("quoted").items() if count > 2}
    bare: dict[str, list[Diagnostic]] = view.whole.fact("bare", lambda _: {term: [] for term in terms})
    text = view.text
    here = view.whole.counts("quoted") if view.first and view.last else _quoted(view)
    for term, quoted in terms.items():
        found = bare[term]
        # Stands it bare as often as that, it is a word like others.
        if len(found) * 3 > quoted or text.count(term) == here[term]:
            continue
        size = len(term)
        for place in every(text, term):
            if text[place - 1] == "“" or _joined(text, place, place + size) or _inside_quotes(text, place):
                continue
            found.append(
                view.finding(
                    "Q-SO", Severity.WARNING, (place, place + size),
                    "{term} without quotes, elsewhere with them", "quote the term throughout", term=term,
                )
            )  # fmt: skip
            if len(found) * 3 > quoted:
                break
    if view.last:
        for term, quoted in terms.items():
            if len(bare[term]) * 3 <= quoted:
                yield from bare[term]


def _quoted(view: View) -> Counter[str]:
    return Counter(compiled("“([\u4e00-\u9fff0-9A-Za-z·]{3,8})”").findall(view.text))


survey("quoted", _quoted)


def _joined(text: str, start: int, end: int) -> bool:
    """Whether a word stands in its quotes, or is a part of a longer word."""
    left, right = text[start - 1 : start], text[end : end + 1]
    return left == "“" or right == "”" or "\u4e00" <= left <= "\u9fff" or "\u4e00" <= right <= "\u9fff"


def _inside_quotes(text: str, place: int) -> bool:
    line = text.rfind("\n", 0, place)
    return text.count("“", line + 1, place) > text.count("”", line + 1, place)


@rule("Q-BOOK", Severity.WARNING, "Book marks around what has no title")
def book_marks(view: View) -> Iterable[Diagnostic]:
    """《》 stand around titles of works, documents and columns: not around awards, meetings, certificates, activities.

    Example: 《先进工作者奖》; 《关于做好某项工作》的通知 (the kind of document belongs inside)
    Mend: write “ ”, or nothing; move the mark.
    Standard: GB/T 15834-2011, 4.15 and appendix A.
    """
    wrong = (
        "奖|奖状|奖杯|奖章|证|证书|许可证|执照|大会|座谈会|研讨会|培训班|论坛|博览会|展览会|活动周|活动月|活动日"
        "|宣传周|宣传月|宣传日|大赛|联赛|邀请赛"
    )
    # What has 的 or a mark in it is the title of a story rather.
    for match in view.find(rf"《[^《》\n的，：！？——]{{2,20}}(?:{wrong})》", "《"):
        yield view.finding(
            "Q-BOOK", Severity.WARNING, match.span(), "book marks around {found}", "write “ ”, or nothing",
            found=match.group()[1:-1],
        )  # fmt: skip
    for match in view.find(r"《[^《》\n]{2,20}》(?:荣誉称号|称号|牌[匾子]?(?=[，。、；的）])|品牌|商标)", "》"):
        yield view.finding(
            "Q-BOOK", Severity.WARNING, match.span(), "book marks around {found}", "write “ ”, or nothing",
            found=match.group()[1:].partition("》")[0],
        )  # fmt: skip
    for match in view.find(r"《[^《》\n]{1,12}杯》(?=[^，。；：！？\n]{0,10}(?:赛|比武))", "杯》"):
        yield view.finding(
            "Q-BOOK", Severity.WARNING, match.span(), "book marks around {found}", "write “ ”, or nothing",
            found=match.group()[1:-1],
        )  # fmt: skip
    kinds = "通知|意见|决定|请示|批复|方案|通报|公告|函|办法|规定|报告"
    for match in view.find(rf"《关于[^《》\n]{{2,60}}》的(?:{kinds})", "》的"):
        inner = match.group().partition("》")[0]
        if not inner.endswith(tuple(kinds.split("|"))):
            yield view.finding(
                "Q-BOOK", Severity.WARNING, match.span(), "the kind of document stands outside the book marks",
                "put it inside: 《关于……的通知》",
            )  # fmt: skip
