"""E-NBSP and R-SPLIT: indents typed as spaces, and paragraphs glued together at one."""

from __future__ import annotations

from dataclasses import replace

from converters.diagnostics import Change, Changes, Checked, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.patterns import compiled
from converters.model.sheet import Sheet, flat, locate

from .rule import Class, LinePass, Options, Rule
from .run_ins import split

E_NBSP = Rule(
    "E-NBSP",
    "Indent made of spaces",
    Class.AUTO,
    """\
Removes ideographic and no-break spaces at the beginning of a paragraph and marks it as indented.

Why: the indent is the layout's; typed spaces double it (U+3000 twice, and 2 em more).
Example: 　　近日，某厅……  ->  近日，某厅……
Other wide and no-break spaces in the text are treated as spaces by S-HAN, S-PUNCT and S-MULTI.
Mend: applied; --no-fix E-NBSP leaves them.
""",
)
R_SPLIT = Rule(
    "R-SPLIT",
    "Two paragraphs glued together",
    Class.AUTO,
    """\
Begins a new paragraph where a full stop is followed by two ideographic spaces.

Why: the spaces are the indent of a paragraph whose line end was lost.
Example: ……工作。　　会议要求……  ->  two paragraphs
Mend: applied; --no-fix R-SPLIT leaves one paragraph.
""",
)

_SPACES = "\u3000\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_LEADING = f"[{_SPACES}]+[ \t]*"
_GLUED = r"[。！？…”’」』）](?=[ \t]*\u3000[\u3000 ]*\u3000)"


def run(sheet: Sheet, options: Options) -> Checked[Sheet]:
    """Remove indents and split at them, in the blocks at the top of every article."""
    document = sheet.document
    changes: list[Change] = []
    articles = []
    for article in document.articles:
        out: list[b.Block] = []
        for block in article.blocks:
            if type(block) is b.Paragraph and _may(block):
                out.extend(_mend(block, options, changes))
            else:
                out.append(block)
        same = len(out) == len(article.blocks) and all(a is z for a, z in zip(out, article.blocks, strict=True))
        articles.append(article if same else replace(article, blocks=tuple(out)))
    if all(new is old for new, old in zip(articles, document.articles, strict=True)):
        return Checked(sheet)
    return Checked(Sheet(replace(document, articles=tuple(articles))), changes=Changes(changes))


def _may(block: b.Paragraph) -> bool:
    text = flat(block.inlines)
    return "\u3000" in text or text[:1] in "\u00a0\u2002\u2003"


def _mend(block: b.Paragraph, options: Options, changes: list[Change]) -> list[b.Paragraph]:
    pieces = [block]
    if options.runs(R_SPLIT):
        pieces = _split(block, changes)
    if options.runs(E_NBSP):
        pieces = [_unindent(piece, changes) for piece in pieces]
    return pieces


def _split(block: b.Paragraph, changes: list[Change]) -> list[b.Paragraph]:
    text = flat(block.inlines)
    cuts = [match.end() for match in compiled(_GLUED).finditer(text) if text[match.end() :].strip()]
    pieces: list[b.Paragraph] = []
    rest, done = block, 0
    for cut in cuts:
        left, right = split(rest.inlines, cut - done)
        place = locate(block.inlines, cut)
        span = block.span
        if span is not None and place >= 0:
            changes.append(
                Change("R-SPLIT", Span(span.source, place, place), "", "\n\n", "high", "a stop and an indent")
            )
            pieces.append(
                replace(rest, inlines=left, span=Span(span.source, rest.span.start if rest.span else 0, place))
            )
            rest = replace(rest, inlines=right, run_in=(), joined=(), span=Span(span.source, place, span.end))
        else:
            changes.append(Change("R-SPLIT", span or Span("", -1, -1), "", "\n\n", "high", "a stop and an indent"))
            pieces.append(replace(rest, inlines=left))
            rest = replace(rest, inlines=right, run_in=(), joined=())
        done = cut
    return [*pieces, rest]


def _unindent(block: b.Paragraph, changes: list[Change]) -> b.Paragraph:
    first = block.inlines[0] if block.inlines else None
    if not isinstance(first, i.Text):
        return block
    match = compiled(rf"[ \t]*{_LEADING}").match(first.text)
    if match is None:
        return block
    length = match.end()
    source = block.span.source if block.span else ""
    span = Span(source, first.start, first.start + length) if first.start >= 0 else block.span or Span("", -1, -1)
    changes.append(Change("E-NBSP", span, match.group(), "", "high", "an indent"))
    rest = first.text[length:]
    run = (i.Text(rest, first.start + length if first.start >= 0 else -1),) if rest else ()
    return replace(block, inlines=(*run, *block.inlines[1:]), indented=True)


PASS = LinePass("indents", (E_NBSP, R_SPLIT), run, odd=True)
