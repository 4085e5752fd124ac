"""R-JOIN: paragraphs that a page or column break tore in two."""

from __future__ import annotations

import functools
from dataclasses import replace

from converters.diagnostics import Change, Changes, Checked, Diagnostic, Severity
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.characters import HAN, NOT_AT_START, OPENERS, SPACES, is_hanzi, is_latin, is_wide
from converters.model.document import Article, Document
from converters.model.excuses import Excused
from converters.model.lines import flat
from converters.model.patterns import compiled
from converters.model.sheet import Sheet
from converters.records import dataclass

from . import signals
from .pieces import Grown, ends_of, gap, glue_of
from .rule import Class, Options, Pass, Rule
from .stretches import stretches
from .tears import CLOSING, END, ENDS, SHORT, STOP, certain, left_open, prose

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
_FORBIDDEN = frozenset((NOT_AT_START + "°′″,.;:?!)]}").replace("…", "").replace(".", ""))
# Words that no title and no whole paragraph ends in.
_OPEN_WORDS = (
    "的", "和", "与", "及", "或", "在", "对", "把", "被", "将", "为", "以", "从", "向", "由", "于", "是", "有", "使",
    "让", "并", "等的", "要", "以及", "关于", "按照", "根据", "通过", "围绕", "不", "第", "各", "该", "每", "其", "这",
    "那", "请", "請",
)  # fmt: skip
# A piece that ends in one of _OPEN_WORDS may be as short as this.
_SHORTEST = 6
# A mark that stops or joins; brackets, points and quotation marks stand in headings too.
_MARK = r"[^\w\s·（）()《》〈〉“”]"
# No heading is longer.
_HEADING = 30
# The longest line of a verse, and the marks with which one ends.
_VERSE = 20
_SHORT_LINE = 60
_RUNS = 16
_CLAUSE_ENDS = frozenset("，。；：！？…—、,;:!?.”’-─━―")
# The end of a sentence inside a title, or a mark at its end.
_INNER_STOP = r"[。；!;]|[，、：,:！？!?…—]\Z"
_NUMERALS = "〇○零一二三四五六七八九"
_FIELD = rf"(?:[{HAN}][{SPACES}]*){{2,5}}[：:]"
_ORDINAL = r"第[一二三四五六七八九十百零〇\d]{1,6}\Z"
_COUPLET = rf"([{HAN}]{{3,12}})(?:[，,]([{HAN}]{{3,12}}))?[，。、！？；…,.!?;]*"
# Two pieces of more characters than this were torn by a page, not by a column.
_LONG = 60
# No running head has fewer characters.
_SHORTEST_HEAD = 4
# Why the second of two pieces is none of the first.
_ALONE = ("the second piece is a line of its own", "the second piece may be a running head")
# A dash in any form: the mend of dashes comes later, and what it makes must not be judged otherwise.
_DASHES = "-—–―─━－"
# How far from the start a word is looked for that stands whole elsewhere, in characters.
_NEARBY = 100_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What speaks for joining two paragraphs: "high", "medium" or "low", and why."""

    confidence: str
    evidence: str


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
        heads = _subheads(blocks) | titles
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
        if len(z) <= _HEADING and compiled(_MARK).search(z) is None and _piece(first) + _piece(following) > _LONG:
            return Verdict("low", _ALONE[0])
        if self.is_running_head(a):
            return Verdict("low", "the first piece may be a running head")
        if second.indented and verdict.confidence == "medium":
            return Verdict("low", f"the second piece is indented; {verdict.evidence}")
        return verdict

    def is_running_head(self, line: str) -> bool:
        """Whether a short line without a mark is one of the page: it says so, or it stands elsewhere too."""
        if not _SHORTEST_HEAD <= len(line) <= _HEADING or compiled(_MARK).search(line) is not None:
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


def _subheads(blocks: tuple[b.Block, ...]) -> set[int]:
    """The identities of short lines without a stop, each between a whole paragraph and a long one, and alike.

    Headings without a mark: two or more of clauses of nearly the same lengths. (A page ends less regularly.)
    """
    found: list[tuple[int, list[int]]] = []
    for index, block in enumerate(blocks[:-1]):
        if type(block) is not b.Paragraph or block.run_in or not block.inlines:
            continue
        first = block.inlines[0]
        if type(first) is not i.Text or len(first.text) > _HEADING + 4:
            continue
        text = flat(block.inlines).strip()
        following, before = blocks[index + 1], blocks[index - 1] if index else None
        if (
            not _SHORTEST <= len(text) <= _HEADING
            or compiled("[。！？；：…!?;:、]").search(text) is not None
            or not is_wide(text[-1])
            or type(following) is not b.Paragraph
            or len(flat(following.inlines)) <= _HEADING + 10
        ):
            continue
        if type(before) is not b.Paragraph or _ends(before) or flat(before.inlines).rstrip(CLOSING)[-1:] in ENDS:
            found.append((id(block), [*map(len, compiled("[，, ]+").split(text))]))
    return {one for one, shape in found if any(one != other and _alike(shape, its) for other, its in found)}


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
        bare = 0 < len(text) <= _HEADING and text[0] != "附" and signals.numbered(text) is None
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


class Beginning:
    """The first lines of a document, without spaces, where a torn word may stand whole; read when it is asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @functools.cached_property
    def text(self) -> str:
        """Its letters and marks."""
        first = next(stretches(self.document, _NEARBY)).document
        return "".join(Sheet(first).text[:_NEARBY].split())


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
    if signals.begins(signals.SPEAKER, z) and not (len(a) > _HEADING + 10 and is_hanzi(a[-1]) and prose(a)):
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
    if a[-1] != "、" and len(z) < SHORT and compiled(_MARK).search(z) is None:
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
    if a.endswith(_OPEN_WORDS) and len(a) >= _SHORTEST and compiled(END).search(z):
        return Verdict("high", f"no paragraph ends in {a[-1]}")
    if number is not None and len(a) <= _HEADING and compiled(f"{END}|[；;]").search(a, number.length) is None:
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
        and compiled(r"[-—–－─―~～·•|\s]*\d{1,4}[-—–－─―~～·•|\s]*|第\s*\d{1,4}\s*[页頁].*").fullmatch(text) is not None
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
