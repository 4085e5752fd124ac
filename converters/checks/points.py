"""Q-COLON, Q-SEMI, Q-ENUM: colons, semicolons, and the mark of enumeration."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator

from converters.diagnostics import Diagnostic, Severity
from converters.model import blocks as b
from converters.model.characters import HAN, is_hanzi
from converters.model.document import Article
from converters.model.numerals import numbered
from converters.model.patterns import compiled
from converters.model.sheet import Role, every

from .registry import rule
from .view import View, occurs

_SAYING = frozenset(("强调", "指出", "要求", "认为", "提出"))
# The name of a field that stands in a row of others: 联系人：…，电话：….
_FIELD = (
    r"[，、 \u3000]\w{0,4}(?:电话|手机|邮箱|地址|传真|联系人|网址|邮编|微信|热线|时间|地点|编辑|审核|校对|责编|编号"
    r"|账号|户名|开户行|单位|职务|姓名|方式|号码|日期|主持|记录|供稿|摄影|负责人|监制|统筹)$"
)


@rule("Q-COLON", Severity.WARNING, "Two colons in one sentence")
def two_colons(view: View) -> Iterable[Diagnostic]:
    """A sentence has one ：, apart from what is quoted inside it; 如 takes one before a list only.

    What a meeting says follows 强调 by ， throughout an article, or by ： throughout (before a quotation ： is right).
    Example: 会议强调：要做到三点：一是……; 会议指出，…… 会议强调：……
    Not meant: fields that stand in a row (联系人：…，电话：…).
    Mend: make one of them a comma, or end the sentence.
    Standard: GB/T 15834-2011, 4.7.3 and appendix A.
    """
    text = view.text
    for match in view.find(r"：([^：。！？；“”‘’「」（）《》\n\v\u3000]{2,60})：", "："):
        start, end = match.span()
        if view.role(start) is not Role.BODY or text[end : end + 1] in "“「《":
            continue
        line = text.rfind("\n", 0, start) + 1
        if text.rfind("（", line, start) > text.rfind("）", line, start):
            continue  # a remark: （电话：…，邮箱：…）
        if compiled(_FIELD).search(match[1]) is not None:
            continue
        yield view.finding(
            "Q-COLON", Severity.WARNING, (end - 1, end), "a second ： in one sentence, after {words}",
            "make one of them a comma", words=match[1][-4:],
        )  # fmt: skip
    for match in view.find(r"(?<![例比譬诸假犹正])如：(?=[^，、；：。“《\n]{1,30}。)", "如："):
        if view.role(match.start()) is Role.BODY:
            yield view.finding(
                "Q-COLON", Severity.WARNING, (match.end() - 1, match.end()), "： after 如 with no list behind it",
                "remove the mark",
            )  # fmt: skip
    yield from _reported_speech(view)


def _reported_speech(view: View) -> Iterator[Diagnostic]:
    """强调， here and 强调： there in one article."""
    # Before a quotation, a list or a row of points ： is right.
    verb = (
        r"(?:会议|同志|书记|主任|[省市县区局厅处]长|报告|讲话)(?:强调|指出|要求|认为|提出)"
        r"(?:，|：(?![“「\n\v一1第首（①]))"
    )
    said = [place for place in every(view.text, "：") if view.text[place - 2 : place] in _SAYING]
    for _, first, last in view.articles() if said else ():
        index = bisect.bisect_left(said, first)
        if index == len(said) or said[index] >= last:
            continue
        places = [match.end() - 1 for match in compiled(verb).finditer(view.text, first, last)]
        colons = [place for place in places if view.text[place] == "："]
        commas = len(places) - len(colons)
        if not colons or not commas:
            continue
        few, usual = (colons, "，") if len(colons) <= commas else ([p for p in places if p not in colons], "：")
        for place in few:
            yield view.finding(
                "Q-COLON", Severity.WARNING, (place, place + 1), "{found} here, {usual} after 强调 and 指出 elsewhere",
                "use one of the two", found=view.text[place], usual=usual,
            )  # fmt: skip


@rule("Q-SEMI", Severity.INFO, "Semicolon between short parts")
def semicolons(view: View) -> Iterable[Diagnostic]:
    """； parts clauses that have ， inside; between bare ones ， is enough. Items of one list end alike.

    Example: 山高；水长。; （一）……； （二）……。 （三）……。
    Mend: write ，; end every item but the last in ；.
    Standard: GB/T 15834-2011, 4.6.3.
    """
    part = r"[^，。；：！？\n\v]{2,12}"
    for match in view.find(rf"(?:^|[\n。！？])({part})；(?:{part}；)*{part}。", "；"):
        yield view.finding(
            "Q-SEMI", Severity.INFO, match.span(1), "； between parts without ，", "write ，"
        )  # fmt: skip
    for block in (block for article in view.own for block in article.blocks):
        if not isinstance(block, b.ListBlock) or len(block.items) < 3:
            continue
        ends = []
        for item in block.items[:-1]:
            last = item.blocks[-1] if item.blocks else None
            if isinstance(last, b.Paragraph):
                start, end = view.place(last.inlines)
                ends.append(view.text[end - 1] if end > start else "")
        if "；" in ends and "。" in ends:
            yield Diagnostic(
                "Q-SEMI", Severity.INFO, "items of one list end in ； and in 。", block.span, hint="end them alike"
            )
    if occurs("；\n", view.text):
        for article, _, _ in view.articles():
            yield from _items(view, article)


def _items(view: View, article: Article) -> Iterator[Diagnostic]:
    """Numbered paragraphs in a row, each of one sentence, of which some end in ； and some in 。."""
    row: list[tuple[int, str]] = []
    level = 0
    for block in (*article.blocks, None):
        number = None
        if isinstance(block, b.Paragraph) and not block.run_in:
            start, end = view.place(block.inlines)
            number = numbered(view.text[start : min(end, start + 16)])
        if number is not None and (not row or number.level == level):
            level = number.level
            words = view.text[start:end]
            row.append((end - 1, words[-1] if not compiled("[。；]").search(words[:-1]) else ""))
            continue
        ends = [mark for _, mark in row[:-1]]
        if len(row) > 2 and set(ends) == {"；", "。"}:
            usual = max("；。", key=ends.count)
            for place, mark in row[:-1]:
                if mark != usual:
                    yield view.finding(
                        "Q-SEMI", Severity.INFO, (place, place + 1), "items of one list end in ； and in 。",
                        "end them alike",
                    )  # fmt: skip
        row = []
        if number is not None:
            level, words = number.level, view.text[start:end]
            row.append((end - 1, words[-1] if not compiled("[。；]").search(words[:-1]) else ""))


@rule("Q-ENUM", Severity.WARNING, "、 before 和, 以及, 等")
def enumeration(view: View) -> Iterable[Diagnostic]:
    """The last of a row is joined by 和 or 及 alone, without 、; 等 follows without it too.

    Things of one level are parted by one mark; clauses are parted by ，.
    Example: 省、市、和乡镇 -> 省、市和乡镇; 大米、面粉，鸡蛋、牛奶等; 听取了工作汇报、研究了有关事项。
    Mend: check --fix removes the mark before 和; write one mark elsewhere.
    Standard: GB/T 15834-2011, 4.5.3.
    """
    # What follows is looked at first: it decides for nearly every one.
    pattern = (
        r"、(?=和(?![平谐睦善美好气解缓田县煦蔼龙盛风暖声硕静服顺约弦服畅满音棋衷乐易亲])"
        r"|以及|及(?![时早格其第至物])"
        r"|等(?![级候待额同闲高距比于分价值式边身次差效着到你我他她它您谁了]|一[个位封句天年场人声]))"
        rf"(?<=[{HAN}”》）\w]、)"
    )
    for match in view.find(pattern, "、和", "、以及", "、及", "、等"):
        words = view.text[match.end() : match.end() + 2]
        word = "以及" if words == "以及" else words[:1]
        yield Diagnostic(
            "Q-ENUM", Severity.WARNING, "、 before {word}", view.span(*match.span()), hint="remove the mark",
            values=(("word", word),), fix=view.fix(*match.span(), ""),
        )  # fmt: skip
    yield from _two_marks(view)
    # 了 with something before and after it on both sides of the mark: two clauses.
    thing = r"[^，、。；：！？“”\n\v了]"
    for match in view.find(
        rf"了(?<={thing}{thing}了){thing}{{2,12}}(、){thing}{{2,8}}了(?!的){thing}{{2,12}}(?=[，。；、])", "了"
    ):
        yield view.finding(
            "Q-ENUM", Severity.WARNING, match.span(1), "、 between two clauses", "write ，"
        )  # fmt: skip


def _two_marks(view: View) -> Iterator[Diagnostic]:
    """大米、面粉，鸡蛋、牛奶等: things of one length before 等, parted by 、 and by ，."""
    text = view.text
    for match in view.find("等(?:(?<=、..等)|(?<=、...等)|(?<=、....等))", "、"):
        place = match.start()
        first = max(0, place - 48)
        start = max(first, *(text.rfind(mark, first, place) + 1 for mark in "。；：\n"))
        parts = compiled("([、，])").split(text[start:place])
        words, marks = parts[::2], parts[1::2]
        size = len(words[-1])
        row = 0
        while row < len(words) and len(words[-1 - row]) == size and all(map(is_hanzi, words[-1 - row])):
            row += 1
        # The first of the row may carry the words before it: 包括大米.
        marks = marks[-row:] if row < len(words) else marks
        if row > 2 and "，" in marks[1:-1] and len(set(words[-row:])) == row:
            comma = len(marks) - 1 - marks[::-1].index("，")
            back = sum(len(word) for word in words[-(len(marks) - comma) :]) + len(marks) - comma
            yield view.finding(
                "Q-ENUM", Severity.WARNING, (place - back, place - back + 1), "， and 、 between things of one level",
                "write one mark",
            )  # fmt: skip
