"""What edits in all forms of Word's XML are made of: places found at random, words, runs wrapped and put in."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from editing import AUTHOR, Desk, cut_at, run_text, runs_of, style_of, text_of, w
from lxml import etree
from two import xml

HANZI = "认真研究安排提出明确要求抓好落实加强督导压紧责任形成合力推动工作县区乡镇街道社区居民群众"
SIGNS = "，。；：、！？“”（）《》—…·1234567890abcXYZ*_#[]{}<>&|~^`\\ 　"
ATTRIBUTES = " ".join(f'w:{name.rpartition("}")[2]}="{value}"' for name, value in AUTHOR.items())


class WordLikeBase:
    """Makes random edits on a desk; `made` counts each kind."""

    def __init__(self, desk: Desk, chance: random.Random, made: Counter[str]) -> None:
        self.desk = desk
        self.chance = chance
        self.made = made
        self.number = 5000

    # What the edits are made of.

    def id(self) -> int:
        self.number += 1
        return self.number

    def words(self, least: int = 1, most: int = 8) -> str:
        pool = HANZI if self.chance.random() < 0.8 else HANZI + SIGNS
        text = "".join(self.chance.choice(pool) for _ in range(self.chance.randint(least, most)))
        return text if text.strip() else "补充"

    def sentence(self) -> str:
        return f"会议听取了{self.chance.randint(100, 999)}个单位的汇报，{self.words(4, 12)}。"

    def paragraph(self) -> Any:
        found = [p for p in self.desk.paragraphs() if len(text_of(p)) > 4]
        return self.chance.choice(found) if found else None

    def anywhere(self) -> Any:
        """Any paragraph with words, in cells, headings, masthead and colophon too."""
        found = [p for p in self.desk.body.iter(w("p")) if text_of(p) and not style_of(p).startswith("TOC")
                 and not any(True for _ in p.iter(w("fldChar")))]  # fmt: skip
        return self.chance.choice(found) if found else None

    def run(self, words: str, properties: str = "") -> str:
        escaped = words.replace("&", "&amp;").replace("<", "&lt;")
        look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
        return f'<w:r w:rsidR="00{self.id():06X}">{look}<w:t xml:space="preserve">{escaped}</w:t></w:r>'

    def put(self, text: str, paragraph: Any = None) -> bool:
        """Elements put somewhere into a paragraph."""
        paragraph = self.paragraph() if paragraph is None else paragraph
        if paragraph is None:
            return False
        at = self.chance.randint(0, len(text_of(paragraph)))
        cut_at(paragraph, at)
        elements = xml(text)
        position = 0
        for run in runs_of(paragraph):
            if position >= at and run.getparent().tag == w("p"):
                for element in elements:
                    run.addprevious(element)
                return True
            position += len(run_text(run))
        paragraph.extend(elements)
        return True

    def chosen(self, paragraph: Any) -> list[Any]:
        """Some runs that stand side by side in the paragraph itself, cut to fit."""
        length = len(text_of(paragraph))
        if length < 3:
            return []
        start = self.chance.randrange(length - 1)
        end = self.chance.randint(start + 1, min(length, start + 9))
        cut_at(paragraph, start)
        cut_at(paragraph, end)
        out, position = [], 0
        for run in runs_of(paragraph):
            size = len(run_text(run))
            if size and start <= position and position + size <= end and run.getparent() is paragraph:
                if out and out[-1].getnext() is not run:
                    break
                out.append(run)
            position += size
        return out

    def wrap(self, name: str, inner: str = "", attributes: dict[str, str] | None = None) -> bool:
        """Runs put into an element, or into one inside it."""
        paragraph = self.paragraph()
        runs = self.chosen(paragraph) if paragraph is not None else []
        if not runs:
            return False
        element = etree.Element(w(name), attributes or {})
        holder = etree.SubElement(element, w(inner)) if inner else element
        runs[0].addprevious(element)
        holder.extend(runs)
        return True
