"""R-PARTS: addressee, attachment note, signature and attached texts of an official document in plain paragraphs."""

from __future__ import annotations

from dataclasses import replace

from converters.diagnostics import Change, Record, Span
from converters.model import blocks as b
from converters.model.document import Article, Document
from converters.model.lines import Inlines, flat
from converters.model.metadata import Kind
from converters.model.patterns import compiled
from converters.model.walk import plain

from . import signals
from .articles import short_text
from .rule import ArticlePass, ArticleStep, Class, Options, Rule
from .run_ins import split

R_PARTS = Rule(
    "R-PARTS",
    "Parts of an official document",
    Class.AUTO,
    """\
Takes paragraphs for what they are: the addressees (各市民政局：) under the title of an official document, the
attachment note (附件：1.……), the signing organ above its date, a text whose first line is 附件1. No character
changes.

Conditions: addressees only in an official document or under 关于……的通知 and its like, in one line that ends in ：;
the note after the text and before the signature; a signature only directly above a date that ends the article.
Standard: GB/T 9704-2012, 7.3.2, 7.3.4, 7.3.5.
Mend: applied; --no-fix R-PARTS leaves plain paragraphs.
""",
)

_KINDS = r"(?:通知|请示|報告|报告|函|意见|批复|决定|通报|公告|通告|决议|命令)(?:（.{1,12}）)?$"
_NAMES = r"(?:各|省|市|县|区|厅|局|委|办|部|院|处|会|政府|单位|部门|公司|中心|学校|集团|机构|同志|们)"
_ITEM = r"\d{1,2}[.．]\s*\S"


def prepare(bulletin: Document, options: Options) -> ArticleStep | None:
    """What finds the parts of an article; it is cut where an attached text begins."""
    if not options.runs(R_PARTS):
        return None
    official = bulletin.metadata.kind is Kind.GONGWEN

    def find(article: Article, changes: list[Record]) -> tuple[Article, ...]:
        out = []
        for piece in _attached(article, changes):
            # A page that ends behind the last line does not part it from the place that tells what it is.
            end = len(piece.blocks)
            while end and isinstance(piece.blocks[end - 1], b.PageBreak):
                end -= 1
            breaks = piece.blocks[end:]
            piece = replace(piece, blocks=piece.blocks[:end]) if breaks else piece
            piece = _dated(_signature(_addressee(piece, official, changes), changes), changes)
            piece = _note(piece, changes)
            out.append(replace(piece, blocks=(*piece.blocks, *breaks)) if breaks else piece)
        return tuple(out)

    return find


def _record(changes: list[Record], span: Span | None, text: str, part: str) -> None:
    changes.append(Change("R-PARTS", span or Span("", -1, -1), text, text, "high", part))


def _addressee(article: Article, official: bool, changes: list[Record]) -> Article:
    first = article.blocks[0] if article.blocks else None
    if type(first) is not b.Paragraph or first.run_in or not article.title:
        return article
    text = flat(first.inlines).strip()
    title = "".join(plain(line) for line in article.title)
    if not (official or compiled(_KINDS).search(title)) or text[-1:] not in "：:" or len(text) > 160 or "。" in text:
        return article
    if not all(compiled(_NAMES).search(name) for name in compiled("[，、,：:]").split(text[:-1])):
        return article
    _record(changes, first.span, text, "addressees")
    return replace(article, blocks=(b.Addressee(first.inlines, first.span), *article.blocks[1:]))


def _signature(article: Article, changes: list[Record]) -> Article:
    blocks = article.blocks
    end = len(blocks)
    remark: Inlines = ()
    if end >= 2:
        text = _short(blocks[end - 1])
        if text.startswith(("（", "(")) and text.endswith(("）", ")")) and signals.is_date(_short(blocks[end - 2])):
            last = blocks[end - 1]
            remark = last.inlines if isinstance(last, b.Paragraph) else ()
            end -= 1
    date = blocks[end - 1] if end else None
    if type(date) is not b.Paragraph or date.run_in or not signals.is_date(_short(date)) or end < 2:
        return article
    start = end - 1
    while start > 1 and end - start <= 3:
        text = _short(blocks[start - 1])
        if not text or len(text) > 25 or compiled(signals.SIGNATURE).match(text) is None:
            break
        start -= 1
    organs = [block for block in blocks[start : end - 1] if isinstance(block, b.Paragraph)]
    if not organs:
        return article
    first, final = organs[0].span, blocks[-1].span if remark else date.span
    span = Span(first.source, first.start, final.end) if first and final else first
    for block in (*organs, date):
        _record(changes, block.span, flat(block.inlines), "signature")
    signature = b.Signature(tuple(block.inlines for block in organs), date.inlines, remark, span=span)
    return replace(article, blocks=(*blocks[:start], signature))


def _dated(article: Article, changes: list[Record]) -> Article:
    """An article whose marked signatures have the dates that stand among their lines: one may have come in radicals."""
    blocks = list(article.blocks)
    for index, block in enumerate(blocks):
        if isinstance(block, b.Signature) and not block.date and len(block.organs) > 1:
            last = block.organs[-1]
            if signals.is_date(flat(last)):
                _record(changes, block.span, flat(last), "signature")
                blocks[index] = replace(block, organs=block.organs[:-1], date=last)
    new = tuple(blocks)
    return article if all(a is z for a, z in zip(new, article.blocks, strict=True)) else replace(article, blocks=new)


def _short(block: b.Block) -> str:
    return short_text(block) if type(block) is b.Paragraph and not block.run_in else ""


def _note(article: Article, changes: list[Record]) -> Article:
    blocks = article.blocks
    end = len(blocks)
    while end and isinstance(blocks[end - 1], b.Signature):
        end -= 1
    start = end
    while start > 1:
        text = _short(blocks[start - 1])
        label = compiled(r"附\s*件\s*[：:]\s*(?=\S)").match(text) if text else None
        if label is not None and isinstance(block := blocks[start - 1], b.Paragraph):
            whole = flat(block.inlines)
            lead = len(whole) - len(whole.lstrip())
            head, first = split(block.inlines, lead + label.end())
            items = [first]
            for other in blocks[start:end]:
                if isinstance(other, b.Paragraph):
                    items.append(other.inlines)
            last = blocks[end - 1].span
            span = Span(block.span.source, block.span.start, last.end) if block.span and last else block.span
            _record(changes, span, text, "attachment note")
            note = b.AttachmentNote(tuple(items), head, span)
            return replace(article, blocks=(*blocks[: start - 1], note, *blocks[end:]))
        if not text or compiled(_ITEM).match(text) is None or (len(text) > 40 and text.endswith("。")):
            return article
        start -= 1
    return article


def _attached(article: Article, changes: list[Record]) -> list[Article]:
    """An article cut where a line 附件1 begins an attached text."""
    blocks = article.blocks
    cuts = [index for index, block in enumerate(blocks) if _is_label(block) and index > 0]
    title = "".join(plain(line) for line in article.title)
    if not cuts and not compiled(r"附\s*件\s*\d{0,2}\s*[：:]?").fullmatch(title):
        return [article]
    if not cuts:
        # The label stands as a title of its own: the next heading is the title of the text.
        _record(changes, article.span, title, "attached text")
        first = blocks[0] if blocks else None
        if isinstance(first, b.Heading):
            return [replace(article, title=(first.inlines,), blocks=blocks[1:], attachment=title)]
        return [replace(article, title=(), attachment=title)]
    out = [replace(article, blocks=blocks[: cuts[0]])]
    for number, cut in enumerate(cuts):
        end = cuts[number + 1] if number + 1 < len(cuts) else len(blocks)
        label = blocks[cut]
        text = flat(label.inlines).strip() if isinstance(label, b.Paragraph | b.Heading) else ""
        _record(changes, label.span, text, "attached text")
        rest = blocks[cut + 1 : end]
        heading = rest[0] if rest and isinstance(rest[0], b.Heading) else None
        line = _short(rest[0]) if rest else ""
        bare = line and len(line) <= 40 and line[-1] not in "。；：，、" and signals.numbered(line) is None
        named: tuple[Inlines, ...] = ()
        if heading is not None and signals.numbered(flat(heading.inlines)) is None:
            named, rest = (heading.inlines,), rest[1:]
        elif bare and isinstance(rest[0], b.Paragraph) and len(rest) > 1:
            named, rest = (rest[0].inlines,), rest[1:]
        out.append(Article(title=named, blocks=rest, attachment=text, span=label.span))
    if article.source is not None and len(out) > 1:
        out[0], out[-1] = replace(out[0], source=None), replace(out[-1], source=article.source)
    return out


def _is_label(block: b.Block) -> bool:
    if not isinstance(block, b.Paragraph | b.Heading):
        return False
    text = flat(block.inlines).strip() if len(block.inlines) <= 2 else ""
    return 2 <= len(text) <= 6 and compiled(r"附\s*件\s*\d{0,2}\s*[：:]?").fullmatch(text) is not None


PASS = ArticlePass("parts", (R_PARTS,), prepare)
