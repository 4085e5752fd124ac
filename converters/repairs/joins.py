"""R-JOIN: paragraphs that a page or column break tore in two."""

from __future__ import annotations

from dataclasses import replace

from converters.diagnostics import Change, Changes, Checked, Diagnostic, Severity
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.characters import is_wide
from converters.model.document import Article, Document
from converters.model.excuses import Excused
from converters.model.lines import flat
from converters.model.patterns import compiled

from . import signals
from .pieces import Grown, ends_of, gap, glue_of
from .rule import Class, Options, Pass, Rule
from .tears import CLOSING, ENDS, STOP
from .verdicts import LONGEST_HEADING, MARK, SHORTEST_PIECE, Beginning, Verdict, judge

R_JOIN = Rule(
    "R-JOIN",
    "Paragraph torn in two",
    Class.AUTO,
    """\
Joins two paragraphs where the first stops in the middle of a sentence and the second goes on.

Why: extraction starts a paragraph at every page and column.
Example: 充分发挥党组理论 / 中心组示范引领作用  ->  one paragraph, which keeps both places
Confidence: high where the first ends in ，、 or leaves a bracket open, or the second begins with a mark that
cannot begin a line; medium where the first ends in a hanzi; low, and only reported, where the first ends in a
closing mark without a stop or is shorter than 15 characters and nothing else speaks for it.
Never joined: a heading, an item with a number (what goes on from the last of a list is reported), a source line, a
date, a signature, a row of the distribution list, a caption, verse, a running head; nothing after 。！？…；：; nothing
with an excuse before it, as the way back writes one where an editor parted a sentence:
<!-- jianbao: allow R-JOIN 改稿在此分段 -->
Mend: applied; --no-fix R-JOIN leaves the pieces apart.
""",
)

R_JOINSTOP = Rule(
    "R-JOINSTOP",
    "Page break after a full stop",
    Class.REPORT,
    """\
Reports a paragraph without an indent that follows a page break, where the paragraph before it ends in a stop and
the others are indented: the two may be one.

Why: no mark tells whether a paragraph ended with the page.
Mend: never applied.
""",
)

_CLOSERS_FIRST = frozenset("”’）》」』】")
_PLAIN_ENDS = frozenset("。！？：；")
# The longest line of a verse, and the marks with which one ends.
_VERSE = 20
_SHORT_LINE = 60
_RUNS = 16
_CLAUSE_ENDS = frozenset("，。；：！？…—、,;:!?.”’-─━―")
# The end of a sentence inside a title, or a mark at its end.
_INNER_STOP = r"[。；!;]|[，、：,:！？!?…—]\Z"
# Two pieces of more characters than this were torn by a page, not by a column.
_LONG = 60
# No running head has fewer characters.
_SHORTEST_HEAD = 4
# Why the second of two pieces is none of the first.
_ALONE = ("the second piece is a line of its own", "the second piece may be a running head")


def run(document: Document, options: Options) -> Checked[Document]:
    """Join torn paragraphs in every article; report the doubtful ones."""
    changes: list[Change] = []
    findings: list[Diagnostic] = []
    joiner = _Joiner(document, options, changes, findings)
    articles = tuple(joiner.article(article) for article in document.articles)
    if all(new is old for new, old in zip(articles, document.articles, strict=True)):
        return Checked(document, tuple(findings), Changes(changes))
    return Checked(replace(document, articles=articles), tuple(findings), Changes(changes))


class _Joiner:
    """Joins the paragraphs of one document, and keeps the record of it."""

    def __init__(self, document: Document, options: Options, changes: list[Change], findings: list[Diagnostic]) -> None:
        self.sources = document.sources
        self.text = Beginning(document)
        self.names = {"".join(name.split()) for name in (document.metadata.name, document.metadata.issuer)}
        self.joins = options.runs(R_JOIN)
        self.excused = Excused(document, R_JOIN.code)
        self.changes = changes
        self.findings = findings

    def article(self, article: Article) -> Article:
        note = self.join(article.editor_note) if article.editor_note else article.editor_note
        blocks = self.join(article.blocks)
        if note is article.editor_note and blocks is article.blocks:
            return article
        return replace(article, editor_note=note, blocks=blocks)

    def join(self, blocks: tuple[b.Block, ...]) -> tuple[b.Block, ...]:
        """Blocks of one level, and those inside quotations and notes, with torn paragraphs joined."""
        out: list[b.Block] = []
        titles, verse = _lines(blocks)
        heads = self.subheads(blocks) | titles
        doubtful = False
        same = True
        # A line of its own inside a torn paragraph: the rest of that paragraph is not put to it either.
        alone: set[int] = set()
        grown = Grown()
        for index, block in enumerate(blocks, 1):
            following = blocks[index] if index < len(blocks) else None
            kind = type(block)
            if kind is b.Quote:
                assert isinstance(block, b.Quote)
                inner = self.join(block.blocks)
                if inner is not block.blocks:
                    block = replace(block, blocks=inner)
                    same = False
            out.append(block)
            # A paragraph that has grown may now go on from the one before it.
            while (
                type(second := out[-1]) is b.Paragraph
                and len(out) > 1
                and type(last := out[-2]) is b.Paragraph
                and _may_go_on(last, second)
            ):
                in_verse = id(second) in verse and id(last) in verse
                verdict = None if second.run_in or in_verse else self.judge(last, second, following)
                if verdict is not None and verdict.confidence == "medium" and id(last) in heads:
                    verdict = Verdict("low", "the first piece may be a heading: others are like it")
                if verdict is not None and verdict.confidence == "medium" and id(last) in alone:
                    verdict = Verdict("low", "the first piece is a line of its own")
                if verdict is not None and verdict.confidence == "low" and verdict.evidence in _ALONE:
                    alone.add(id(second))
                if verdict is None or verdict.confidence == "low" or not self.joins:
                    doubtful = doubtful or verdict is not None
                    break
                glue = self.record(last, second, verdict, applied=True)
                out[-2:] = [grown.put(last, second, glue)]
                same = False
            if grown.pieces and out[-1] is block:
                out[-2] = grown.whole()
        if grown.pieces:
            out[-1] = grown.whole()
        if doubtful or any(
            (type(block) is b.Paragraph and block.indented) or type(block) is b.ListBlock for block in blocks
        ):
            self.report(out, heads)
        return blocks if same else tuple(out)

    def subheads(self, blocks: tuple[b.Block, ...]) -> set[int]:
        """The identities of short lines without a stop, each between a whole paragraph and a long one, and alike.

        Headings without a mark: two or more of clauses of nearly the same lengths. (A page ends less regularly.) What
        plainly goes on is none, and makes none of another.
        """
        found: list[tuple[int, list[int]]] = []
        for index, block in enumerate(blocks[:-1]):
            if type(block) is not b.Paragraph or block.run_in or not block.inlines:
                continue
            first = block.inlines[0]
            if type(first) is not i.Text or len(first.text) > LONGEST_HEADING + 4:
                continue
            text = flat(block.inlines).strip()
            following, before = blocks[index + 1], blocks[index - 1] if index else None
            if (
                not SHORTEST_PIECE <= len(text) <= LONGEST_HEADING
                or compiled("[。！？；：…!?;:、]").search(text) is not None
                or not is_wide(text[-1])
                or type(following) is not b.Paragraph
                or len(flat(following.inlines)) <= LONGEST_HEADING + 10
            ):
                continue
            if (
                type(before) is b.Paragraph
                and not _ends(before)
                and flat(before.inlines).rstrip(CLOSING)[-1:] not in ENDS
            ):
                continue
            verdict = self.judge(block, following) if _may_go_on(block, following) else None
            if verdict is None or verdict.confidence != "high":
                found.append((id(block), [*map(len, compiled("[，, ]+").split(text))]))
        return {one for one, shape in found if any(one != other and _alike(shape, its) for other, its in found)}

    def judge(self, first: b.Paragraph, second: b.Paragraph, following: b.Block | None = None) -> Verdict | None:
        """What speaks for joining two paragraphs, with what follows them; an excuse speaks against it."""
        if self.excused(second.span):
            return None
        a, z = ends_of(first.inlines).strip(), ends_of(second.inlines).strip()
        verdict = judge(a, z, self.text)
        if verdict is None or verdict.confidence == "low":
            return verdict
        if self.is_running_head(z):
            return Verdict("low", "the second piece may be a running head")
        if len(z) <= LONGEST_HEADING and compiled(MARK).search(z) is None and _piece(first) + _piece(following) > _LONG:
            return Verdict("low", _ALONE[0])
        if self.is_running_head(a):
            return Verdict("low", "the first piece may be a running head")
        if second.indented and verdict.confidence == "medium":
            return Verdict("low", f"the second piece is indented; {verdict.evidence}")
        return verdict

    def is_running_head(self, line: str) -> bool:
        """Whether a short line without a mark is one of the page: it says so, or it stands elsewhere too."""
        if not _SHORTEST_HEAD <= len(line) <= LONGEST_HEADING or compiled(MARK).search(line) is not None:
            return False
        if signals.begins(signals.RUNNING_HEAD, line) or signals.begins(signals.SECRECY, line):
            return True
        bare = "".join(line.split())
        return len(bare) >= _SHORTEST_HEAD and (bare in self.names or self.text.text.count(bare) > 1)

    def report(self, blocks: list[b.Block], heads: set[int]) -> None:
        """Note what is in doubt: pieces that may be one paragraph, a page break after a stop."""
        indents = any(type(block) is b.Paragraph and block.indented for block in blocks)
        for last, block, following in zip(blocks, blocks[1:], [*blocks[2:], None], strict=False):
            if type(block) is b.Paragraph and type(last) is b.ListBlock and not block.run_in:
                self.report_item(last, block)
            if type(block) is b.Paragraph and type(last) is b.Paragraph and not block.run_in:
                if self.excused(block.span):
                    continue
                verdict = self.judge(last, block, following) if _may_go_on(last, block) else None
                if verdict is None:
                    if indents and not block.indented and gap(last, block, self.sources)[1].strip():
                        self.findings.append(_after_page(block))
                elif verdict.confidence == "low" or not self.joins or id(last) in heads:
                    self.record(last, block, verdict, applied=False)
                    self.findings.append(_doubt(block, verdict))

    def report_item(self, items: b.ListBlock, block: b.Paragraph) -> None:
        """Note a paragraph that goes on from the last item of a list: no item is joined, and none passed over."""
        last = items.items[-1].blocks[-1] if items.items and items.items[-1].blocks else None
        if type(last) is not b.Paragraph or self.excused(block.span) or not _may_go_on(last, block):
            return
        verdict = self.judge(last, block)
        if verdict is not None and verdict.confidence != "low":
            doubt = Verdict("low", "the item before it stops in mid-sentence")
            self.record(last, block, doubt, applied=False)
            self.findings.append(_doubt(block, doubt))

    def record(self, first: b.Paragraph, second: b.Paragraph, verdict: Verdict, *, applied: bool) -> str:
        """Note a tear, and say what stands there once it is mended."""
        place, before = gap(first, second, self.sources)
        glue = glue_of(first, second)
        self.changes.append(Change("R-JOIN", place, before, glue, verdict.confidence, verdict.evidence, applied))
        return glue


def _piece(block: b.Block | None) -> int:
    """The characters of a paragraph's last piece, as the source has it; 0 of another block."""
    span = (block.joined[-1] if block.joined else block.span) if type(block) is b.Paragraph else None
    return span.end - span.start if span is not None else 0


def _lines(blocks: tuple[b.Block, ...]) -> tuple[set[int], set[int]]:
    """The identities of short lines where a title stands, and of those that are a verse's.

    A title stands at the beginning and behind a source line, and has no stop. A verse is three or more lines in a
    row, each to the end of a clause: the lines that a narrow column tore end in the middle of words.
    """
    titles: set[int] = set()
    verse: set[int] = set()
    run: list[int] = []
    place = STOP
    for block in blocks:
        text = ""
        if type(block) is b.Paragraph and not block.run_in and 0 < len(block.inlines) <= _RUNS:
            # A mended line may be of several runs.
            only = block.inlines[0]
            if type(only) is i.Text and len(only.text) <= _SHORT_LINE:
                text = flat(block.inlines)
        if not 0 < len(text) <= _SHORT_LINE:
            # Nearly every paragraph is longer.
            place = ""
            if run:
                verse.update(run if len(run) >= 3 else ())
                run = []
            continue
        text = text.strip()
        bare = 0 < len(text) <= LONGEST_HEADING and text[0] != "附" and signals.numbered(text) is None
        if place and bare and compiled(place).search(text) is None:
            titles.add(id(block))
        # A comma at the beginning of a text is rather a sentence's.
        place = _INNER_STOP if signals.is_source(text) else ""
        if 0 < len(text) <= _VERSE and text[-1] in _CLAUSE_ENDS and not signals.begins(signals.ENUMERATION, text):
            run.append(id(block))
        elif run:
            verse.update(run if len(run) >= 3 else ())
            run = []
    verse.update(run if len(run) >= 3 else ())
    return titles, verse


def _alike(one: list[int], other: list[int]) -> bool:
    return len(one) == len(other) and all(abs(a - z) <= 2 for a, z in zip(one, other, strict=True))


def _ends(block: b.Paragraph) -> bool:
    """Whether a paragraph plainly ends in a stop: nearly every one does, and nothing need be put together to see it."""
    tail = block.inlines[-1] if block.inlines else None
    return type(tail) is i.Text and tail.text[-1:] in _PLAIN_ENDS


def _may_go_on(first: b.Paragraph, second: b.Block) -> bool:
    """Whether the end of one paragraph and the beginning of the next allow that they are one."""
    if not _ends(first):
        return True
    head = second.inlines[0] if isinstance(second, b.Paragraph) and second.inlines else None
    return type(head) is i.Text and head.text[:1] in _CLOSERS_FIRST


def _after_page(second: b.Paragraph) -> Diagnostic:
    return Diagnostic(
        "R-JOINSTOP", Severity.INFO, "a paragraph without an indent after a page break", second.span,
        hint="put it to the paragraph before it if the two are one",
    )  # fmt: skip


def _doubt(second: b.Paragraph, verdict: Verdict) -> Diagnostic:
    return Diagnostic(
        "R-JOIN", Severity.INFO, "this paragraph may be the rest of the one before it: {reason}", second.span,
        hint="put the two pieces into one paragraph if they are one",
        values=(("reason", verdict.evidence),),
    )  # fmt: skip


PASS = Pass("joins", (R_JOIN, R_JOINSTOP), run)
