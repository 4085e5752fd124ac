"""N-DOCNO, N-CITE and the A rules: document numbers, citations and the parts of a document."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator

from converters.diagnostics import Diagnostic, Severity
from converters.model import blocks as b
from converters.model.document import Article, ContentsEntry
from converters.model.lines import flat
from converters.model.metadata import Form, Kind, form_of
from converters.model.patterns import compiled
from converters.model.walk import plain, title_text

from .registry import rule
from .view import View

_RIGHT = r"[\u4e00-\u9fff]{1,12}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号"
# What stands before the year ends in one of these: it tells a number from a street or a case.
_SERIES = "发函办字文令规复通报议纪请呈批知传告审建政厅党委民财教卫组宣"


@rule("N-DOCNO", Severity.ERROR, "Wrong form of a document number")
def document_number(view: View) -> Iterable[Diagnostic]:
    """The number of an official document is 国发〔2023〕5号.

    Wrong: [2023], 【2023】, （2023）; 〔23〕; 第5号; 005号.
    Mend: check --fix writes the brackets, takes away 第 and zeros (repair --fix P-BRACKET mends the brackets).
    Standard: GB/T 9704-2012, 7.2.5.
    """
    series = rf"([\u4e00-\u9fff]{{0,11}}[{_SERIES}])"
    pattern = rf"{series}([〔\[【(（［])(\d{{2}}|(?:19|20)\d{{2}})([〕\]】)）］])\s?(第?)(0*)(\d{{1,4}})号"
    for match in view.near(pattern, ("〕", "】", "]", "）", ")", "］"), 20, 10) if "号" in view.text else ():
        yield from _judge_number(view, match.span(), match.groups())
    number = view.document.metadata.document_number if view.first else ""
    if form_of(view.document.metadata.form) in (Form.ORDER, Form.MINUTES):
        # 令号 is 第12号, minutes are numbered as the house does.
        return
    if number and not compiled(_RIGHT).fullmatch(number):
        yield Diagnostic(
            "N-DOCNO", Severity.ERROR, "document number {found} in front matter", view.document.metadata.span,
            hint="write it as 国发〔2023〕5号", values=(("found", number),),
        )  # fmt: skip


def _judge_number(view: View, place: tuple[int, int], groups: tuple[str, ...]) -> Iterator[Diagnostic]:
    series, opening, year, closing, ordinal, zeros, value = groups
    if (opening, closing) == ("〔", "〕") and len(year) == 4 and not ordinal and not zeros:
        return
    if len(year) == 2:
        if opening in "（(":
            return  # a remark with a figure
        yield view.finding(
            "N-DOCNO", Severity.ERROR, place, "year of two figures in {found}", "write the year in four figures",
            found=view.text[place[0] : place[1]],
        )  # fmt: skip
        return
    after = f"{series}〔{year}〕{value}号"
    yield view.fixable("N-DOCNO", Severity.ERROR, (*place, after), "wrong document number {found}", "write {after}")


@rule("N-CITE", Severity.WARNING, "Document cited in the wrong order")
def citation(view: View) -> Iterable[Diagnostic]:
    """A document is cited by its title in 《》, then by its number in （）.

    Example: 国发〔2023〕5号《关于……的通知》 -> 《关于……的通知》（国发〔2023〕5号）
    Standard: 党政机关公文处理工作条例, 2012, 第十九条; GB/T 15834-2011, 4.15.
    Mend: turn the two round.
    """
    number = r"[\u4e00-\u9fff]{1,8}〔\d{4}〕\d{1,5}号"
    for match in view.near(rf"{number}(?:文件?)?[）)]?(?=《)", ("〕",), 16, 12):
        yield view.finding(
            "N-CITE", Severity.WARNING, match.span(), "the number {found} before the title",
            "write the title in 《》 first, then the number in （）", found=match.group().rstrip("）)"),
        )  # fmt: skip
    for match in view.near(rf"(?<=》){number}", ("〕",), 16, 8):
        yield view.finding(
            "N-CITE", Severity.WARNING, match.span(), "the number {found} after a title without brackets",
            "put the number in （）", found=match.group(),
        )  # fmt: skip


def _note(article: Article) -> b.AttachmentNote | None:
    return next((block for block in article.blocks if isinstance(block, b.AttachmentNote)), None)


@rule("A-REF", Severity.ERROR, "Attachments that do not agree")
def attachments(view: View) -> Iterable[Diagnostic]:
    """What the note lists, what the text names and what is attached are the same, in the same order.

    The items are numbered 1, 2, 3 from two on; a single one has no number; no mark stands after a name and no 《》
    around it.
    Example: 附件：1.名单 (one only); 见附件3 where the note has two; （见附件） where nothing is attached
    Standard: GB/T 9704-2012, 7.3.4 and 7.3.7.
    Mend: correct the note or the reference.
    """
    articles = view.document.articles
    attached = [article for article in articles if article.attachment]
    named = [match.start() for match in view.find("附件", "附件")]
    for article, start, end in view.articles():
        if article.attachment:
            continue
        note = _note(article)
        if note is not None:
            yield from _items(view, note)
            if attached:
                yield from _titles(view, note, attached)
        index = bisect.bisect_left(named, start)
        if index == len(named) or named[index] >= end:
            continue
        count = max(len(note.items) if note else 0, len(attached))
        if not count:
            # A bare 附件 may be that of a letter; one that the reader is sent to is missed.
            for match in compiled(r"(?:见|详见|参见|按照?|填写)本?附件(?:\s*\d{1,2})?(?![\d.．的中里栏])").finditer(
                view.text, start, end
            ):
                yield view.finding(
                    "A-REF", Severity.ERROR, match.span(), "{found}, but nothing is attached",
                    "attach the text, or remove the reference", found=match.group(),
                )  # fmt: skip
            continue
        for match in compiled(r"附件\s*(\d{1,2})(?![\d.．])").finditer(view.text, start, end):
            if int(match[1]) > count:
                yield view.finding(
                    "A-REF", Severity.ERROR, match.span(),
                    "the text names attachment {number}, there are {count}",
                    "correct the reference, or add the attachment", number=match[1], count=count,
                )  # fmt: skip


def _items(view: View, note: b.AttachmentNote) -> Iterator[Diagnostic]:
    for index, item in enumerate(note.items, 1):
        start, end = view.place(item)
        text = view.text[start:end].strip()
        if not text:
            continue
        number = compiled(r"(\d{1,2})\s*([.．、，]?)\s*").match(text)
        if len(note.items) == 1 and number is not None and number[2]:
            yield view.finding(
                "A-REF", Severity.ERROR, (start, end), "a single attachment with a number", "remove the number"
            )
        elif len(note.items) > 1 and (number is None or int(number[1]) != index):
            yield view.finding(
                "A-REF", Severity.ERROR, (start, end), "attachment {index} has not the number {index}",
                "number the attachments 1. 2. 3.", index=index,
            )  # fmt: skip
        name = text[number.end() :] if number is not None and number[2] else text
        if name[-1:] in "。；，、;,":
            yield view.finding(
                "A-REF", Severity.ERROR, (end - 1, end), "mark {mark} after an attachment's name",
                "remove the mark", mark=name[-1],
            )  # fmt: skip
        if name.startswith("《") and name.endswith("》"):
            yield view.finding(
                "A-REF",
                Severity.ERROR,
                (start, end),
                "book marks around an attachment's name",
                "remove 《 and 》",
            )


def _titles(view: View, note: b.AttachmentNote, attached: list[Article]) -> Iterator[Diagnostic]:
    for index, item in enumerate(note.items):
        place = view.place(item)
        name = compiled(r"^\s*\d{1,2}\s*[.．、]\s*").sub("", view.text[place[0] : place[1]]).strip("《》 ")
        if index >= len(attached):
            yield view.finding(
                "A-REF", Severity.ERROR, place, "{name} is not attached", "attach the text, or remove the line",
                name=name,
            )  # fmt: skip
            continue
        title = title_text(attached[index])
        if title and title != name:
            yield view.finding(
                "A-REF", Severity.ERROR, place, "{name} here, {title} over the attachment", "use one title",
                name=name, title=title,
            )  # fmt: skip


@rule("A-SIGN", Severity.ERROR, "Signature missing, or out of place")
def signature(view: View) -> Iterable[Diagnostic]:
    """An official document has the issuing organ and the date under the text; a bulletin has neither.

    Mend: write the organ and the date under the text, or take them away (then a warning only).
    Standard: GB/T 9704-2012, 7.3.5; usage of bulletins.
    """
    if not view.first:
        return
    signed = [
        (article, block)
        for article in view.document.articles
        for block in article.blocks
        if isinstance(block, b.Signature)
    ]
    if view.official:
        main = next((article for article in view.document.articles if not article.attachment), None)
        if main is not None and main.title and not signed and form_of(view.document.metadata.form) is not Form.MINUTES:
            yield Diagnostic(
                "A-SIGN", Severity.ERROR, "no signature and date under the text", main.span,
                hint="write the issuing organ and the date below the text",
            )  # fmt: skip
    elif view.document.metadata.kind is Kind.JIANBAO and view.document.metadata.name:
        for _article, block in signed:
            yield Diagnostic(
                "A-SIGN", Severity.WARNING, "signature in a bulletin", block.span,
                hint="name the source in a line such as （据某某厅） instead",
            )  # fmt: skip


def _key(text: str) -> str:
    text = compiled(r"^[\s◆★●▲■◇○□◎※·•☆]+|^\d{1,2}[.、．]\s*").sub("", text)
    text = compiled(r"[\s.…·．]+[（(]?\d{1,3}[)）]?\s*$").sub("", text)
    text = text.replace("(", "（").replace(")", "）").replace(",", "，").replace(":", "：")
    return compiled(r"\s+").sub("", text)


@rule("A-TOC", Severity.ERROR, "Contents and titles differ")
def contents(view: View) -> Iterable[Diagnostic]:
    """The titles in the list of contents are those of the articles, in the same order.

    Why: the editions draw the contents from the titles; where the source lists another one, one of them is wrong.
    Not meant: a title above the list, which is the issue's name or that of the article whose parts are listed.
    Mend: correct the list or the title.
    """
    if not view.first:
        return
    listed = view.document.contents
    if not listed:
        return
    titles = [title_text(article) for article in view.document.articles if article.title]
    heads = [
        _key(plain(block.inlines)) for article in view.document.articles for block in article.blocks
        if isinstance(block, b.Heading)
    ]  # fmt: skip
    known_heads = set(heads)
    columns = {_key(plain(article.column)) for article in view.document.articles}
    keys = [_key(title) for title in titles]
    position = below = 0
    for entry in listed:
        key = _key(entry.text)
        if key in keys[position:]:
            position = keys.index(key, position) + 1
        elif key in keys:
            yield Diagnostic(
                "A-TOC", Severity.ERROR, "{entry} stands in another place of the contents", entry.span,
                hint="put the list in the order of the articles", values=(("entry", entry.text),),
            )  # fmt: skip
        elif key in known_heads and key not in columns:
            if key in heads[below:]:
                below = heads.index(key, below) + 1
            else:
                yield Diagnostic(
                    "A-TOC", Severity.ERROR, "{entry} stands in another place of the contents", entry.span,
                    hint="put the list in the order of the articles", values=(("entry", entry.text),),
                )  # fmt: skip
        elif key not in known_heads and key not in columns:
            yield Diagnostic(
                "A-TOC", Severity.ERROR, "the contents list {entry}, no article has this title", entry.span,
                hint="correct the list or the title", values=(("entry", entry.text),),
            )  # fmt: skip
    known = {_key(entry.text) for entry in listed}
    for article in view.document.articles:
        if _stands_before(article, listed[0]):
            continue  # the name of the issue, or the article whose parts are listed
        if article.title and not article.attachment and _key(title_text(article)) not in known:
            yield Diagnostic(
                "A-TOC", Severity.ERROR, "the contents do not list {title}", article.span,
                hint="add the title to the list", values=(("title", title_text(article)),),
            )  # fmt: skip


def _stands_before(article: Article, entry: ContentsEntry) -> bool:
    """Whether an article's title stands above the list of contents."""
    place, listed = article.span, entry.span
    return (
        place is not None and listed is not None and place.source == listed.source and 0 <= place.start < listed.start
    )


@rule("A-SRC", Severity.WARNING, "Article without a source line")
def source_lines(view: View) -> Iterable[Diagnostic]:
    """In a bulletin every article says where it comes from, once, in full-width brackets.

    Reported only where other articles of the issue have a source line.
    Not meant: what ends in a remark in brackets (（本刊综合）) or tells it in words (以上数据由……提供), and boxes
    beside an article (链接, 小贴士).
    Example: （据某某厅）
    Mend: add the line; join two lines to one.
    """
    if view.official or not any(article.source for article in view.document.articles if not article.attachment):
        return
    for article in view.own:
        if article.attachment:
            continue
        if article.source is None:
            if article.title and article.blocks and not _beside(article):
                yield Diagnostic(
                    "A-SRC", Severity.WARNING, "no source line under {title}", article.span,
                    hint="add a line such as （据某某厅）", values=(("title", title_text(article)),),
                )  # fmt: skip
            continue
        start, end = view.place(article.source.inlines)
        if not article.title and not article.blocks:
            yield view.finding("A-SRC", Severity.WARNING, (start, end), "a second source line", "join the two lines")
        elif view.text[start : start + 1] == "(" or view.text[end - 1 : end] == ")":
            yield view.finding(
                "A-SRC",
                Severity.WARNING,
                (start, end),
                "half-width brackets around a source line",
                "write （ and ）",
            )


def _beside(article: Article) -> bool:
    """Whether an article needs no source line: a box beside another, or one that ends in a remark in brackets."""
    last = article.blocks[-1]
    words = plain(last.inlines).strip() if isinstance(last, b.Paragraph) else ""
    if len(words) < 40 and words[:1] in ("（", "(") and words[-1:] in ("）", ")"):
        return True
    told = r"(?:数据|资料|信息|图表|图片|内容|以上|上表).{0,4}(?:由|来自|来源于|据)"
    if len(words) < 80 and compiled(told).search(words):
        return True
    return (
        compiled(r"(?:相关|知识|背景|新闻|延伸)?(?:链接|阅读|资料|小贴士|名词解释)").match(title_text(article))
        is not None
    )


@rule("A-TYPE", Severity.INFO, "Name of the document's kind")
def kind_of_document(view: View) -> Iterable[Diagnostic]:
    """请示 and 报告 are two kinds; 关于请求……的请示 says it twice; so do 关于关于, 关于转发关于 and 的通知的通知.

    Standard: 党政机关公文处理工作条例, 2012, 第八条.
    Mend: reword the title.
    """
    for article, _, _ in view.articles():
        for line in article.title:
            words = flat(line)
            if "请示" not in words and "关于" not in words and "的" not in words:
                continue
            start, end = view.place(line)
            match = compiled(
                r"请示报告|关于(?:请求|请示).{0,40}的请示|关于关于|关于(?:转发|印发|批转)关于|的(通知|请示|报告|函|意见|方案)的\1"
            ).search(view.text, start, end)
            if match is not None:
                yield view.finding(
                    "A-TYPE", Severity.INFO, match.span(), "{found} in a title", "reword the title",
                    found=match.group(),
                )  # fmt: skip


@rule("A-ISSUE", Severity.WARNING, "Front matter that contradicts itself")
def issue(view: View) -> Iterable[Diagnostic]:
    """The year is the date's year; copies are more than none; no article is later than its issue; a file whose name
    has 第3期 holds that issue.

    Mend: correct the front matter, the date under the text, or the name of the file.
    """
    if not view.first:
        return
    metadata = view.document.metadata
    yield from _file_name(view)
    if metadata.date is not None and metadata.year is not None and metadata.year != metadata.date.year:
        yield Diagnostic(
            "A-ISSUE", Severity.WARNING, "year {year}, but the date is in {other}", metadata.span,
            hint="correct the year or the date",
            values=(("year", str(metadata.year)), ("other", str(metadata.date.year))),
        )  # fmt: skip
    if metadata.copies is not None and metadata.copies < 1:
        yield Diagnostic("A-ISSUE", Severity.WARNING, "no copies", metadata.span, hint="give the number of copies")
    if metadata.date is not None:
        for article in view.document.articles:
            if article.date is not None and article.date > metadata.date:
                yield Diagnostic(
                    "A-ISSUE", Severity.WARNING, "{title} is dated later than the issue", article.span,
                    hint="correct one of the dates", values=(("title", title_text(article)),),
                )  # fmt: skip


def _file_name(view: View) -> Iterator[Diagnostic]:
    """The number and the year in the name of the source beside those in its front matter."""
    metadata = view.document.metadata
    name = view.document.sources[0].name.replace("\\", "/").rpartition("/")[2] if view.document.sources else ""
    issue = str(metadata.issue or "").strip()
    number = compiled(r"第\s*0*(\d{1,4})\s*期").search(name)
    if number is not None and issue.isdecimal() and int(number[1]) != int(issue):
        yield Diagnostic(
            "A-ISSUE", Severity.WARNING, "issue {issue}, but the file is named {name}", metadata.span,
            hint="correct the number or the name of the file", values=(("issue", issue), ("name", name)),
        )  # fmt: skip
    year = compiled(r"(?<!\d)((?:19|20)\d\d)年").search(name)
    said = metadata.year or (metadata.date.year if metadata.date is not None else None)
    if year is not None and said is not None and int(year[1]) != said:
        yield Diagnostic(
            "A-ISSUE", Severity.WARNING, "year {year}, but the file is named {name}", metadata.span,
            hint="correct the year or the name of the file", values=(("year", str(said)), ("name", name)),
        )  # fmt: skip
