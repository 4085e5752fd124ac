"""Random edits as editors make them in Word, and what the edited sheet then says: read from its XML alone."""

from __future__ import annotations

import copy
import itertools
import random
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from editing import Desk, runs_of, style_of, text_of, w
from lxml import etree

WORDS = "认真研究安排提出明确要求抓好落实加强督导压紧责任形成合力推动工作"
KINDS = (
    "change", "insert", "delete", "move", "split", "join", "bold on", "bold off", "dots on", "heading", "cell",
    "row in", "row out", "item in", "item out", "note",
)  # fmt: skip
BODY_STYLES = frozenset(("", "Normal"))


class Paragraph(NamedTuple):
    """A paragraph of the sheet: its text, its level as a heading, how heavy each character is (2: bold, 1: a run-in
    heading, which follows from words), which are dotted.
    """

    text: str
    level: int
    heavy: str
    dotted: str


def differences(first: list[Paragraph], second: list[Paragraph]) -> list[tuple[Paragraph | None, Paragraph | None]]:
    """Paragraphs that are not the same on two sheets."""
    return [
        (one, two)
        for one, two in itertools.zip_longest(first, second)
        if one is None or two is None or not _same(one, two)
    ]


def _same(one: Paragraph, two: Paragraph) -> bool:
    if (one.text, one.level, one.dotted) != (two.text, two.level, two.dotted):
        return False
    return all({a, z} != {"0", "2"} for a, z in zip(one.heavy, two.heavy, strict=True))


def sheet(desk: Desk) -> list[Paragraph]:
    """The paragraphs of the body in the accepted view, contents and empty ones left out."""
    found = []
    for paragraph in desk.document.iter(w("p")):
        style = style_of(paragraph)
        if style.startswith("TOC") or any(True for _ in paragraph.iter(w("fldChar"))):
            continue
        text = heavy = dotted = ""
        for run in runs_of(paragraph):
            words = "".join(child.text or "" for child in run.findall(w("t")))
            text += words
            heavy += _weight(run) * len(_bare(words))
            dotted += words if _dotted(run) else ""
        level = int(style[-1]) if style.startswith("Heading") and style[-1].isdigit() else 0
        if text.strip():
            found.append(Paragraph(_bare(text), level, heavy, _bare(dotted)))
    return _joined(found, desk)


def _joined(found: list[Paragraph], desk: Desk) -> list[Paragraph]:
    notes = desk.parts.get("word/footnotes.xml")
    if notes is None:
        return found
    root = etree.fromstring(notes)
    called = {call.get(w("id")) for p in desk.document.iter(w("p")) for run in runs_of(p)
              for call in run.iter(w("footnoteReference"))}  # fmt: skip
    for note in root.iter(w("footnote")):
        if note.get(w("id")) not in called:
            continue
        text = "".join(words.text or "" for words in note.iter(w("t")))
        if text.strip():
            found.append(Paragraph(_bare(text), 0, "0" * len(_bare(text)), ""))
    return found


def _bare(text: str) -> str:
    # Repair may mend the form of a mark that an edit has brought beside others.
    return "".join(unicodedata.normalize("NFKC", text).split())


def _style(run: Any) -> str:
    return str(run.xpath("string(w:rPr/w:rStyle/@w:val)", namespaces={"w": w("x")[1:-2]}))


def _on(run: Any, name: str) -> bool:
    switch = run.find(f"{w('rPr')}/{w(name)}")
    return switch is not None and switch.get(w("val"), "1") not in ("0", "none", "false")


def _heavy(run: Any) -> bool:
    return _weight(run) == "2"


def _weight(run: Any) -> str:
    if _style(run).startswith("RunIn"):
        return "1"
    face = run.find(f"{w('rPr')}/{w('rFonts')}")
    dark = face is not None and face.get(w("eastAsia")) == "黑体"
    return "2" if _on(run, "b") or _style(run) == "Strong" or dark else "0"


def _dotted(run: Any) -> bool:
    return _on(run, "em") or _style(run) == "Dots"


class Editor:
    """Makes random edits on a desk and keeps count of each kind."""

    def __init__(self, desk: Desk, chance: random.Random, made: Counter[str]) -> None:
        self.desk = desk
        self.chance = chance
        self.made = made

    def edit(self, kinds: list[str] | None = None) -> str:
        """One edit of some kind that can be made here; "" where none can."""
        names = kinds or list(KINDS)
        for kind in self.chance.sample(names, len(names)):
            if getattr(self, kind.replace(" ", "_"))():
                self.made[kind] += 1
                return kind
        return ""

    @property
    def tracked(self) -> bool:
        """Whether this edit is made under tracked changes."""
        return self.chance.random() < 0.5

    def words(self, count: int) -> str:
        """Some words."""
        return "".join(self.chance.choice(WORDS) for _ in range(count))

    def body(self) -> list[Any]:
        """Paragraphs of plain text that have some length."""
        return [p for p in self.desk.paragraphs() if style_of(p) in BODY_STYLES and len(text_of(p)) > 6]

    def one(self, paragraphs: list[Any]) -> Any:
        """One of some, None where there is none."""
        return self.chance.choice(paragraphs) if paragraphs else None

    def change(self) -> bool:
        """Words changed, in a paragraph written with split runs and spelling marks as Word writes them."""
        paragraph = self.one(self.body())
        if paragraph is None:
            return False
        text = text_of(paragraph)
        start = self.chance.randrange(len(text))
        end = min(len(text), start + self.chance.randint(0, 5))
        after = self.words(self.chance.randint(0 if end > start else 1, 6))
        if not (text[:start] + after + text[end:]).strip():
            return False
        self.desk.change(paragraph, start, end, after, tracked=self.tracked)
        if self.chance.random() < 0.5:
            noise(paragraph)
        return True

    def insert(self) -> bool:
        """A paragraph put in."""
        paragraph = self.one(self.body())
        if paragraph is None:
            return False
        self.desk.insert(
            paragraph, f"会议听取了{self.chance.randint(100, 999)}个单位的汇报，{self.words(5)}。", tracked=self.tracked
        )
        return True

    def delete(self) -> bool:
        """A paragraph taken out."""
        paragraphs = self.body()
        if len(paragraphs) < 4:
            return False
        self.desk.delete(self.one(paragraphs), tracked=self.tracked)
        return True

    def move(self) -> bool:
        """A paragraph cut out and put in elsewhere."""
        paragraphs = self.body()
        if len(paragraphs) < 2:
            return False
        paragraph, other = self.chance.sample(paragraphs, 2)
        if other.getnext() is paragraph:
            return False
        self.desk.move(paragraph, other, tracked=self.tracked)
        return True

    def split(self) -> bool:
        """A paragraph parted behind a full stop."""
        paragraph = self.one(self.body())
        text = text_of(paragraph) if paragraph is not None else ""
        stops = [place + 1 for place, char in enumerate(text[:-2]) if char == "。" and text[place + 1] not in "”）』」"]
        if not stops:
            return False
        self.desk.split(paragraph, self.chance.choice(stops))
        return True

    def join(self) -> bool:
        """Two paragraphs made one."""
        body = self.body()
        paragraph = self.one([p for p in body if any(p.getnext() is other for other in body)])
        if paragraph is None:
            return False
        self.desk.join(paragraph)
        return True

    def bold_on(self) -> bool:
        """Words made bold."""
        return self.dress(lambda run: not _heavy(run), "b")

    def bold_off(self) -> bool:
        """The formatting of bold words cleared."""
        return self.dress(_heavy, "", bare=True)

    def dots_on(self) -> bool:
        """Words given emphasis dots."""
        return self.dress(lambda run: run.find(w("rPr")) is None, "em=dot")

    def dress(self, fits: Callable[[Any], bool], look: str, *, bare: bool = False) -> bool:
        """Part of a run, or all of it, given a look."""
        runs = [
            (paragraph, run)
            for paragraph in self.body()
            for run in runs_of(paragraph)
            if fits(run) and len(_text(run)) > 2 and not _style(run).startswith("RunIn")
            and run.getparent().tag != w("rubyBase")
        ]  # fmt: skip
        if not runs:
            return False
        paragraph, run = self.chance.choice(runs)
        before = 0
        for other in runs_of(paragraph):
            if other is run:
                break
            before += len(_text(other))
        length = len(_text(run))
        first = self.chance.randrange(length - 1)
        last = self.chance.randint(first + 1, length)
        looks = [look] if look else []
        self.desk.dress(paragraph, before + first, before + last, *looks, bare=bare, tracked=self.tracked and not bare)
        return True

    def heading(self) -> bool:
        """A paragraph made a heading, with words that make no level of their own."""
        paragraph = self.one(self.body())
        if paragraph is None:
            return False
        self.desk.restyle(self.desk.insert(paragraph, f"关于{self.words(4)}"), "Heading2")
        return True

    def cells(self) -> list[Any]:
        """The paragraphs of tables' cells that hold text."""
        return [p for p in self.desk.document.iter(w("p")) if style_of(p) == "TableText" and text_of(p)]

    def cell(self) -> bool:
        """Words of a cell changed."""
        paragraph = self.one(self.cells())
        if paragraph is None:
            return False
        self.desk.change(paragraph, 0, len(text_of(paragraph)), self.words(3), tracked=self.tracked)
        return True

    def row_in(self) -> bool:
        """A row put in below another."""
        paragraph = self.one(self.cells())
        if paragraph is None:
            return False
        row = next(paragraph.iterancestors(w("tr")))
        if any(True for _ in row.iter(w("vMerge"))):
            return False
        new = copy.deepcopy(row)
        for mark in [*new.iter(w("bookmarkStart")), *new.iter(w("bookmarkEnd"))]:
            mark.getparent().remove(mark)
        for inner in new.iter(w("p")):
            self.desk.change(inner, 0, len(text_of(inner)), self.words(4))
        row.addnext(new)
        return True

    def row_out(self) -> bool:
        """A row taken out."""
        paragraph = self.one(self.cells())
        if paragraph is None:
            return False
        row = next(paragraph.iterancestors(w("tr")))
        body = [p for other in row.getparent().iterchildren(w("tr")) for p in other.iter(w("p"))]
        rows = {id(next(p.iterancestors(w("tr")))) for p in body if style_of(p) == "TableText"}
        if len(rows) < 2 or any(True for _ in row.iter(w("vMerge"))):
            return False
        row.getparent().remove(row)
        return True

    def items(self) -> list[Any]:
        """The items of lists."""
        return [p for p in self.desk.body.iterchildren(w("p")) if style_of(p).startswith("List") and text_of(p)]

    def item_in(self) -> bool:
        """An item put in below another."""
        paragraph = self.one([p for p in self.items() if p.find(f"{w('pPr')}/{w('numPr')}") is not None])
        if paragraph is None:
            return False
        new = copy.deepcopy(paragraph)
        for mark in [*new.iter(w("bookmarkStart")), *new.iter(w("bookmarkEnd"))]:
            mark.getparent().remove(mark)
        for run in [*new.iter(w("r")), *new.iter(w("hyperlink"))]:
            if run.getparent() is not None:
                run.getparent().remove(run)
        etree.SubElement(etree.SubElement(new, w("r")), w("t")).text = f"{self.words(6)}；"
        paragraph.addnext(new)
        return True

    def item_out(self) -> bool:
        """An item taken out."""
        items = [p for p in self.items() if p.find(f"{w('pPr')}/{w('numPr')}") is not None]
        if len(items) < 3:
            return False
        self.desk.delete(self.one(items), tracked=self.tracked)
        return True

    def note(self) -> bool:
        """A word put into a note."""
        notes = self.desk.parts.get("word/footnotes.xml")
        if notes is None:
            return False
        root = etree.fromstring(notes)
        texts = [words for words in root.iter(w("t")) if len(words.text or "") > 3]
        if not texts:
            return False
        words = self.chance.choice(texts)
        assert words.text is not None
        words.text = words.text[:2] + self.words(2) + words.text[2:]
        self.desk.parts["word/footnotes.xml"] = etree.tostring(root)
        return True


def _text(run: Any) -> str:
    return "".join(child.text or "" for child in run.findall(w("t")))


def noise(paragraph: Any) -> None:
    """What Word leaves in a paragraph that it has saved: revision ids, spelling marks, runs cut at no place."""
    for number, run in enumerate(list(runs_of(paragraph))):
        run.set(w("rsidR"), f"00AB{number:04X}")
        texts = run.findall(w("t"))
        if len(texts) != 1 or len(texts[0].text or "") < 4 or run.getparent().tag != w("p"):
            continue
        whole = texts[0].text or ""
        second = copy.deepcopy(run)
        texts[0].text = whole[:2]
        second.find(w("t")).text = whole[2:]
        for words in (texts[0], second.find(w("t"))):
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.addnext(second)
        run.addprevious(etree.Element(w("proofErr"), {w("type"): "spellStart"}))
        second.addnext(etree.Element(w("proofErr"), {w("type"): "spellEnd"}))
