"""The edits that must come back exactly: words and paragraphs changed, put in, taken out, moved, split and joined.

Each is made twice: on one sheet as Word writes it, tracked or not, on its twin plainly; the twin is what is wanted.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

from editing import Desk, style_of, text_of, w
from lxml import etree
from random_edits import noise

HANZI = "认真研究安排提出明确要求抓好落实加强督导压紧责任形成合力推动工作"
SIGNS = HANZI * 2 + "，。；：、！？“”（）《》—·1234567890abcXYZ*_#[]{}<>&|~^`\\ 　𠮷１２３ＡＢ"
KINDS = (
    "words changed", "words put in", "words taken out", "words moved", "runs cut", "paragraph put in",
    "paragraph taken out", "paragraph moved", "paragraph split", "paragraphs joined",
)  # fmt: skip
Pair = tuple[Any, Any]


class Twins:
    """Two sheets of one edition; `tracked` is how edits are made on the first."""

    def __init__(self, data: bytes, chance: random.Random, *, tracked: bool) -> None:
        self.edited, self.wanted = Desk(data), Desk(data)
        self.chance = chance
        self.tracked = tracked

    def edit(self, kind: str) -> bool:
        """Make an edit of a kind; False where none can be made."""
        return bool(getattr(self, kind.replace(" ", "_"))())

    def _paragraphs(self, desk: Desk) -> list[Any]:
        """The paragraphs of articles, outside tables, that hold words."""
        found = []
        for paragraph in desk.body.iterchildren(w("p")):
            names = [mark.get(w("name"), "") for mark in paragraph.iter(w("bookmarkStart"))]
            if text_of(paragraph).strip() and any(name.startswith("_jb_a") and "_b" in name for name in names):
                found.append(paragraph)
        return found

    def _one(self, fits: Callable[[Any], bool] = lambda _: True) -> Pair | None:
        pairs = list(zip(self._paragraphs(self.edited), self._paragraphs(self.wanted), strict=True))
        good = [pair for pair in pairs if fits(pair[1])]
        return self.chance.choice(good) if good else None

    def _words(self) -> str:
        pool = SIGNS if self.chance.random() < 0.3 else HANZI
        text = "".join(self.chance.choice(pool) for _ in range(self.chance.randint(1, 8)))
        return text if text.strip() else "补充"

    def _change(self, pair: Pair, start: int, end: int, words: str) -> None:
        self.edited.change(pair[0], start, end, words, tracked=self.tracked)
        self.wanted.change(pair[1], start, end, words)

    def words_changed(self) -> bool:
        """Some words typed over."""
        pair = self._one()
        if pair is None:
            return False
        start = self.chance.randrange(len(text_of(pair[1])))
        self._change(pair, start, min(len(text_of(pair[1])), start + self.chance.randint(1, 6)), self._words())
        return True

    def words_put_in(self) -> bool:
        """Some words typed, often at one of the ends."""
        pair = self._one()
        if pair is None:
            return False
        length = len(text_of(pair[1]))
        at = self.chance.choice((0, length, self.chance.randrange(length + 1)))
        self._change(pair, at, at, self._words())
        return True

    def words_taken_out(self) -> bool:
        """Some words deleted, not all."""
        pair = self._one(lambda paragraph: len(text_of(paragraph)) > 7)
        if pair is None:
            return False
        start = self.chance.randrange(len(text_of(pair[1])) - 1)
        end = min(len(text_of(pair[1])), start + self.chance.randint(1, 6))
        self._change(pair, start, end, "")
        return True

    def words_moved(self) -> bool:
        """Some words cut out and put into another paragraph."""
        pair = self._one(lambda paragraph: len(text_of(paragraph)) > 8 and not list(paragraph.iter(w("ruby"))))
        other = self._one(lambda paragraph: pair is not None and paragraph is not pair[1])
        if pair is None or other is None:
            return False
        start = self.chance.randrange(len(text_of(pair[1])) - 4)
        end = start + self.chance.randint(1, 4)
        words, at = text_of(pair[1])[start:end], self.chance.randrange(len(text_of(other[1])) + 1)
        if any(char.isascii() and not char.isalnum() for char in words):
            # Beside hanzi repair mends such a mark.
            return False
        self._change(pair, start, end, "")
        self._change(other, at, at, words)
        return True

    def runs_cut(self) -> bool:
        """Words put in, in a paragraph whose runs Word has cut at random."""
        pair = self._one(lambda paragraph: len(text_of(paragraph)) > 3)
        if pair is None:
            return False
        at = self.chance.randrange(1, len(text_of(pair[1])))
        self._change(pair, at, at, self._words())
        noise(pair[0])
        return True

    def paragraph_put_in(self) -> bool:
        """A paragraph, with a stop or without."""
        pair = self._one()
        if pair is None:
            return False
        text = f"会议听取了{self.chance.randint(100, 999)}个单位的汇报，{self._words()}{self.chance.choice('。。，')}"
        text = text.rstrip() if self.chance.random() < 0.7 else text.rstrip("，。 ")
        self.edited.insert(pair[0], text, tracked=self.tracked)
        self.wanted.insert(pair[1], text)
        return True

    def paragraph_taken_out(self) -> bool:
        """A paragraph that calls no note: a note's words would stay in the file."""
        pair = self._one(lambda paragraph: not list(paragraph.iter(w("footnoteReference"))))
        if pair is None:
            return False
        self.edited.delete(pair[0], tracked=self.tracked)
        self.wanted.delete(pair[1])
        return True

    def paragraph_moved(self) -> bool:
        """A paragraph put behind another; an item of a list stays in its list."""
        pair = self._one(lambda paragraph: not style_of(paragraph).startswith("List"))
        other = self._one(lambda paragraph: not style_of(paragraph).startswith("List"))
        if pair is None or other is None or pair[1] is other[1] or other[1].getnext() is pair[1]:
            return False
        self.edited.move(pair[0], other[0], tracked=self.tracked)
        self.wanted.move(pair[1], other[1])
        return True

    def paragraph_split(self) -> bool:
        """Enter pressed anywhere inside."""
        pair = self._one(lambda paragraph: len(text_of(paragraph)) > 1)
        if pair is None:
            return False
        at = self.chance.randrange(1, len(text_of(pair[1])))
        for desk, paragraph in zip((self.edited, self.wanted), pair, strict=True):
            desk.split(paragraph, at)
        if self.tracked:
            mark(self.edited, pair[0], "ins")
        return True

    def paragraphs_joined(self) -> bool:
        """The mark of a paragraph deleted."""
        kept = self._paragraphs(self.wanted)
        pair = self._one(
            lambda paragraph: (
                any(paragraph.getnext() is other for other in kept)
                and style_of(paragraph) == style_of(paragraph.getnext())
            )
        )
        if pair is None:
            return False
        if self.tracked:
            mark(self.edited, pair[0], "del")
        else:
            self.edited.join(pair[0])
        self.wanted.join(pair[1])
        return True


def mark(desk: Desk, paragraph: Any, name: str) -> None:
    """The mark of a paragraph put in (ins) or taken out (del) under tracked changes."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    look = properties.find(w("rPr"))
    look = etree.SubElement(properties, w("rPr")) if look is None else look
    look.insert(0, copy.deepcopy(desk.marked(name, [])))
