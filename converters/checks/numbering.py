"""N-ORDER to N-HDUP: the numbers of headings and paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from converters.diagnostics import Diagnostic, Severity
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article
from converters.model.numerals import Numbered, in_hanzi, numbered, numeral
from converters.model.patterns import compiled
from converters.records import dataclass

from .registry import rule
from .view import View

# What numbers at the head of a line begin with.
_OPENS = frozenset("一二三四五六七八九十百（(0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳第")
# The parts of a regulation: what a space, the end of the line or a mark follows is no reference (第三条规定的…).
_PART = r"第([一二三四五六七八九十百零〇\d]{1,8})([编章节条])(?=[\s：【]|$)"
# The level of a Markdown list's numbers, 1.
_LISTED = 3
_FORMS = ("", "一、", "（一）", "1.", "（1）", "①")


@dataclass(frozen=True, slots=True)
class _Head:
    """A block that a number opens: the number, its rank (a heading's level, or `_BODY`), and where its line stands.

    Without a number it is what numbers begin again under: a heading that has none, or a `part` of a regulation
    (编章节条), whose number is `value`.
    """

    number: Numbered | None
    rank: int
    start: int
    end: int
    part: str = ""
    value: int = 0


# The rank of a paragraph: below that of every heading.
_BODY = 99


def _heads(view: View, article: Article) -> list[_Head]:
    """The blocks that begin a number or end its rows; four rules ask for them."""
    found: list[_Head] | None = view.memo.get(id(article))
    if found is None:
        found = view.memo[id(article)] = []
        for rank, start, end in _numeral_heads(view, article):
            if view.text[start] == "第":
                part = compiled(_PART).match(view.text, start, end)
                if part is not None:
                    found.append(_Head(None, rank, start, part.end(), part[2], numeral(part[1])))
                    continue
            number = numbered(view.text[start : min(end, start + 16)])
            if number is not None or rank != _BODY:
                found.append(_Head(number, rank, start, end))
    return found


def _numeral_heads(view: View, article: Article) -> Iterator[tuple[int, int, int]]:
    """The headings, and the paragraphs that a numeral or a bracket opens: rank, and where the line stands."""
    for block, inlines in view.heads(article):
        heading = isinstance(block, b.Heading)
        # Most lines begin with no number: one look decides.
        first = inlines[0] if inlines else None
        if not heading and type(first) is i.Text and first.text[:1] not in _OPENS:
            continue
        start, end = view.place(inlines)
        if end > start and (heading or view.text[start] in _OPENS):
            yield block.level if isinstance(block, b.Heading) else _BODY, start, end


@rule("N-ORDER", Severity.ERROR, "Level of numbers out of order")
def order_of_levels(view: View) -> Iterable[Diagnostic]:
    """The levels follow each other as 一、 （一） 1. （1） ①, none left out.

    Why: a reader tells a level by the form of its number.
    Example: 一、…… followed by （1）……
    Accepted: texts of two levels that use 一、 and 1., or （一） and 1., or 1. and ①.
    1.1 and 1.1.1 are for technical texts, and do not stand beside 一、 and （一）.
    Mend: renumber, or set the heading on its right level.
    Standard: GB/T 9704-2012, 7.3.3.
    """
    for article, _, _ in view.articles():
        heads = _heads(view, article)
        levels = {head.number.level for head in heads if head.number is not None}
        if levels & {1, 2}:
            yield from _decimals(view, article)
        if len(levels) < 2 or levels in ({1, 3}, {2, 4}, {3, 5}):
            continue
        first = before = min(levels) - 1
        lists = _numbered_lists(view, article)
        reached = 0
        for head in heads:
            listed = bisect_right(lists, head.start, reached)
            if listed > reached:
                reached, before = listed, max(before, _LISTED)
            if head.number is None:
                before = first if head.part else before
                continue
            level = head.number.level
            if level > before + 1:
                yield view.finding(
                    "N-ORDER", Severity.ERROR, (head.start, head.start + head.number.length),
                    "{found} where {wanted} is the next level", "use the form of the next level",
                    found=_FORMS[level], wanted=_FORMS[before + 1],
                )  # fmt: skip
            before = level


def _numbered_lists(view: View, article: Article) -> list[int]:
    """Where the numbered lists of an article begin: they have no number of their own, and stand where 1. does."""
    return [
        view.place(item.inlines)[0]
        for block in article.blocks
        if isinstance(block, b.ListBlock) and block.ordered and block.items and block.items[0].blocks
        and isinstance(item := block.items[0].blocks[0], b.Paragraph)
    ]  # fmt: skip


def _decimals(view: View, article: Article) -> Iterator[Diagnostic]:
    """The first line of an article that a number such as 1.1 opens."""
    for rank, start, end in _numeral_heads(view, article):
        # 3.5亿元 may begin a paragraph, not a heading.
        space = r"\s*(?![万亿元个米年倍])" if rank != _BODY else r"\s+"
        two = rf"\d{{1,2}}\.\d{{1,2}}{space}(?=[\u4e00-\u9fff])"
        decimal = compiled(rf"{two}|\d{{1,2}}(?:\.\d{{1,2}}){{2,}}(?!\d)").match(view.text, start, end)
        if decimal is not None:
            yield view.finding(
                "N-ORDER", Severity.ERROR, decimal.span(), "decimal number {found} beside 一、 and （一）",
                "use one kind of numbers", found=decimal.group().strip(),
            )  # fmt: skip
            return


@rule("N-SEQ", Severity.ERROR, "Gap or repeat in a row of numbers")
def sequence_of_numbers(view: View) -> Iterable[Diagnostic]:
    """Numbers rise by one and begin again under each parent; so do 一是…二是… and 第一，…第二，….

    A parent is a number of the level above, a heading without a number, an article (条) of a regulation. The articles
    of a regulation run through the whole text; its chapters (章) begin again under each 编, its sections under each 章.
    Why: a gap is a lost paragraph or a slip of the pen.
    Example: 一、…… 二、…… 四、……
    Mend: look for what is missing, or renumber.
    """
    for article, start, end in view.articles():
        last, ranks = [0] * 6, [0] * 6
        parts: dict[str, int] = {}
        for head in _heads(view, article):
            if head.part:
                yield from _part(view, head, parts)
                last = [0] * 6
                continue
            if head.number is None:
                # What stands below this heading begins again; its like, and what is above it, goes on.
                last = [value if rank <= head.rank else 0 for value, rank in zip(last, ranks, strict=True)]
                continue
            level, value = head.number.level, head.number.value
            expected = last[level] + 1
            begins = value == 1 and (level >= 3 or last[level] == 0)
            if value != expected and not begins:
                yield view.finding(
                    "N-SEQ", Severity.ERROR, (head.start, head.start + head.number.length),
                    "number {found} where {wanted} is next", "renumber, or look for what is missing",
                    found=value, wanted=expected,
                )  # fmt: skip
            last[level], ranks[level] = value, head.rank
            last[level + 1 :] = [0] * (5 - level)
        yield from _running(
            view, start, end, r"([一二三四五六七八九十])(?<![^\n。；：，].)是(?=[^非否的，。])", "{found}是"
        )
        yield from _running(view, start, end, r"第(?<![^\n。；：].)([一二三四五六七八九十])[，、]", "第{found}，")


def _part(view: View, head: _Head, last: dict[str, int]) -> Iterator[Diagnostic]:
    """A part of a regulation that is not the next; one that is quoted alone may have any number."""
    part, value = head.part, head.value
    expected = last.get(part, 0) + 1
    # A text may begin anywhere, and its parts begin again under a greater one.
    if expected > 1 and value != expected and not (value == 1 and part != "条"):
        figures = view.text[head.start + 1].isascii()
        yield view.finding(
            "N-SEQ", Severity.ERROR, (head.start, head.end), "{found} where {wanted} is next",
            "renumber, or look for what is missing",
            found=view.text[head.start : head.end], wanted=f"第{expected if figures else in_hanzi(expected)}{part}",
        )  # fmt: skip
    last[part] = value
    for lower in "编章节"["编章节条".index(part) + 1 :]:
        last.pop(lower, None)


def _running(view: View, start: int, end: int, pattern: str, form: str) -> Iterator[Diagnostic]:
    last = 0
    mark = "是" if form.endswith("是") else "第"
    if view.text.find("一" + mark if mark == "是" else "第一", start, end) < 0:
        return
    for match in compiled(pattern).finditer(view.text, start, end):
        value = numeral(match[1])
        if value == 1:
            last = 1
        elif last:
            if value != last + 1:
                yield view.finding(
                    "N-SEQ", Severity.ERROR, match.span(1), "{found} where {wanted} is next",
                    "renumber, or look for what is missing",
                    found=form.format(found=match[1]), wanted=form.format(found="一二三四五六七八九十"[min(last, 9)]),
                )  # fmt: skip
            last = value


@rule("N-MARK", Severity.WARNING, "Wrong mark after a number")
def mark_after_number(view: View) -> Iterable[Diagnostic]:
    """一 takes 、; （一） and （1） and ① take nothing; 1 takes a point.

    Example: 一，加强领导; （一）、加强领导; 1、加强领导
    Mend: check --fix writes 一、 （一） 1. ①.
    Standard: GB/T 9704-2012, 7.3.3; GB/T 15834-2011, 4.5.3.4.
    """
    for article, _, _ in view.articles():
        for _rank, start, end in _numeral_heads(view, article):
            match = compiled(
                r"(?:[一二三四五六七八九十]{1,3}([，,.．])(?=\s*[\u4e00-\u9fff]{2})"
                r"|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]([、，,.．])|\d{1,2}([、，])(?=\s*[^\d\s])|[①-⑳]([、，,.．]))"
            ).match(view.text, start, end)
            if match is None:
                continue
            group = match.lastindex or 1
            if group == 1 and match[1] in "，," and len(match.group()) > 2:
                continue  # 十一，…: a clause
            after = {1: "、", 2: "", 3: ".", 4: ""}[group]
            if group == 3 and compiled(r"\d{1,2}、\d").match(view.text, start):
                continue
            yield view.fixable(
                "N-MARK",
                Severity.WARNING,
                (*match.span(group), after),
                "wrong mark {found} after a number",
                "write the number's own mark: 一、 （一） 1. （1） ①",
            )


@rule("N-BRK", Severity.WARNING, "Half-width brackets around a number")
def brackets_of_number(view: View) -> Iterable[Diagnostic]:
    """The brackets of （一） and （1） at the head of a paragraph are full-width.

    Example: (一)加强领导
    Mend: check --fix writes the full-width pair (repair does so before: P-PAREN).
    Standard: GB/T 9704-2012, 7.3.3.
    """
    for match in view.find(r"(?:^|(?<=\n))\(([一二三四五六七八九十]{1,3}|\d{1,2})\)(?=\s*[\u4e00-\u9fff])", "("):
        yield view.fixable(
            "N-BRK",
            Severity.WARNING,
            (*match.span(), f"（{match[1]}）"),
            "half-width brackets in {found}",
            "write {after}",
        )


@rule("N-LONE", Severity.INFO, "Only one item on a level")
def lone_number(view: View) -> Iterable[Diagnostic]:
    """A level with one number only: there is nothing to count, or the next item is lost.

    Example: 一、…… （一）…… 二、……
    Mend: look for what is missing, or take the number away.
    """
    for article, _, _ in view.articles():
        open_runs: dict[int, list[_Head]] = {}
        for head in [*_heads(view, article), _Head(None, 0, 0, 0)]:
            number = head.number
            if number is not None:
                over = [level for level in open_runs if level > number.level]
            else:
                over = [level for level, run in open_runs.items() if head.part or run[-1].rank > head.rank]
            for level in over:
                run = open_runs.pop(level)
                first = run[0].number
                if len(run) == 1 and first is not None and first.value == 1:
                    yield view.finding(
                        "N-LONE", Severity.INFO, (run[0].start, run[0].start + first.length),
                        "the only item of its level", "look for the next item, or take the number away",
                    )  # fmt: skip
            if number is not None:
                open_runs.setdefault(number.level, []).append(head)


@rule("N-HSTOP", Severity.WARNING, "Heading ends in a stop")
def heading_ends_in_stop(view: View) -> Iterable[Diagnostic]:
    """A heading that stands alone ends without 。 ： ； ，; ！ and ？ are allowed.

    Example: 一、加强组织领导。
    Mend: remove the mark.
    Standard: usage after GB/T 15834-2011; GB/T 9704-2012, 7.3.3.
    """
    for article, _, _ in view.articles():
        for block in article.blocks:
            if not isinstance(block, b.Heading):
                continue
            start, end = view.place(block.inlines)
            if end > start and view.text[end - 1] in "。：；，、,;:" and not view.text[start:end].endswith("……"):
                yield view.fixable(
                    "N-HSTOP", Severity.WARNING, (end - 1, end, ""), "heading ends in {found}", "remove the mark"
                )


@rule("N-HDUP", Severity.INFO, "Two headings of the same text")
def repeated_heading(view: View) -> Iterable[Diagnostic]:
    """Two headings of one article say the same.

    Why: one of them is a slip, or a part stands twice.
    Mend: reword one of them, or remove the part.
    """
    for article, _, _ in view.articles():
        seen: set[str] = set()
        for block in article.blocks:
            if not isinstance(block, b.Heading):
                continue
            start, end = view.place(block.inlines)
            text = view.text[start:end]
            number = numbered(text)
            words = text[number.length if number else 0 :].strip()
            if words and words in seen:
                yield view.finding(
                    "N-HDUP", Severity.INFO, (start, end), "a heading above has the same text: {words}",
                    "reword one of them", words=words,
                )  # fmt: skip
            seen.add(words)
