"""Editing a DOCX as Word writes it: words changed, paragraphs put in, taken out, moved, split and joined."""

from __future__ import annotations

import copy
import io
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from converters import pipeline
from converters.exporters.docx.figures import drawing
from converters.files import DISK
from converters.model.inlines import Image
from converters.ooxml import WP, R, W

SEEDS = Path(__file__).parents[2] / "seeds"
AUTHOR = {f"{{{W}}}author": "张三", f"{{{W}}}date": "2026-01-05T09:00:00Z"}


def w(name: str) -> str:
    """A WordprocessingML name in lxml's form."""
    return f"{{{W}}}{name}"


def edition(name: str, data: bytes, folder: Path) -> bytes:
    """The DOCX of a source."""
    source = folder / name
    DISK.write(str(source), data)
    pipeline.run(str(source), str(folder), pipeline.Options(to=("docx",), verify=False))
    return (folder / source.with_suffix(".docx").name).read_bytes()


class Desk:
    """A DOCX that is being edited."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.document = etree.fromstring(self.parts["word/document.xml"])
        self.revision = 9000

    @property
    def body(self) -> Any:
        """The body."""
        return self.document.find(w("body"))

    def paragraphs(self) -> list[Any]:
        """The paragraphs of articles: plain text, in the body itself."""
        found = []
        for paragraph in self.body.iterchildren(w("p")):
            names = [mark.get(w("name"), "") for mark in paragraph.iter(w("bookmarkStart"))]
            if any(name.startswith("_jb_a") and "_b" in name for name in names):
                found.append(paragraph)
        return found

    def find(self, words: str) -> Any:
        """The paragraph that holds some words."""
        return next(p for p in self.document.iter(w("p")) if words in text_of(p) and "TOC" not in style_of(p))

    def bytes(self) -> bytes:
        """The edited file."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                whole = etree.tostring(self.document) if name == "word/document.xml" else data
                archive.writestr(name, whole)
        return stream.getvalue()

    def change(self, paragraph: Any, start: int, end: int, after: str, *, tracked: bool = False) -> None:
        """Replace characters of a paragraph, as typing over a selection does."""
        cut_at(paragraph, start)
        cut_at(paragraph, end)
        position = 0
        chosen, last = [], None
        for run in runs_of(paragraph):
            length = len(run_text(run))
            if start <= position and position + length <= end and length:
                chosen.append(run)
            if position + length <= start:
                last = run
            position += length
        new = []
        if after:
            run = etree.Element(w("r"))
            model = chosen[0] if chosen else last
            if model is not None and model.find(w("rPr")) is not None:
                run.append(copy.deepcopy(model.find(w("rPr"))))
            text = etree.SubElement(run, w("t"))
            text.text = after
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            new = [self.marked("ins", [run])] if tracked else [run]
        if chosen:
            for element in reversed(new):
                chosen[-1].addnext(element)
        elif last is not None:
            for element in reversed(new):
                last.addnext(element)
        else:
            paragraph.insert(1 if paragraph.find(w("pPr")) is not None else 0, new[0])
        # A word with a reading goes whole.
        rubies = [next(run.iterancestors(w("ruby"))) for run in chosen if run.getparent().tag == w("rubyBase")]
        chosen = [run for run in chosen if run.getparent().tag != w("rubyBase")]
        chosen += [ruby.getparent() for ruby in dict.fromkeys(rubies)]
        for run in chosen:
            if not tracked:
                run.getparent().remove(run)
                continue
            parent, place = run.getparent(), run.getparent().index(run)
            for words in run.iter(w("t")):
                words.tag = w("delText")
            parent.insert(place, self.marked("del", [run]))

    def marked(self, name: str, children: list[Any]) -> Any:
        """A tracked change around some runs."""
        self.revision += 1
        element = etree.Element(w(name), {w("id"): str(self.revision), **AUTHOR})
        element.extend(children)
        return element

    def insert(self, after: Any, words: str, *, tracked: bool = False) -> Any:
        """A new paragraph, as Enter and typing make it."""
        new = etree.Element(w("p"))
        run = etree.Element(w("r"))
        etree.SubElement(run, w("t")).text = words
        if tracked:
            properties = etree.SubElement(etree.SubElement(new, w("pPr")), w("rPr"))
            properties.append(self.marked("ins", []))
            run = self.marked("ins", [run])
        new.append(run)
        after.addnext(new)
        return new

    def delete(self, paragraph: Any, *, tracked: bool = False) -> None:
        """A paragraph taken out."""
        if not tracked:
            paragraph.getparent().remove(paragraph)
            return
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        look = etree.SubElement(properties, w("rPr"))
        look.append(self.marked("del", []))
        self.change(paragraph, 0, len(text_of(paragraph)), "", tracked=True)

    def move(self, paragraph: Any, after: Any, *, tracked: bool = False) -> None:
        """A paragraph cut and pasted behind another."""
        if not tracked:
            after.addnext(paragraph)
            return
        new = copy.deepcopy(paragraph)
        for name, one in (("moveFrom", paragraph), ("moveTo", new)):
            for run in [run for run in one.iter(w("r")) if run.getparent().tag in (w("p"), w("hyperlink"))]:
                parent, place = run.getparent(), run.getparent().index(run)
                parent.insert(place, self.marked(name, [run]))
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        etree.SubElement(properties, w("rPr")).append(self.marked("del", []))
        for mark in [*new.iter(w("bookmarkStart")), *new.iter(w("bookmarkEnd"))]:
            mark.getparent().remove(mark)
        after.addnext(new)

    def split(self, paragraph: Any, at: int) -> Any:
        """Enter pressed inside a paragraph: what follows is a paragraph of its own."""
        cut_at(paragraph, at)
        new = etree.Element(w("p"))
        properties = paragraph.find(w("pPr"))
        if properties is not None:
            new.append(copy.deepcopy(properties))
        position = 0
        for child in list(paragraph):
            if child.tag in (w("pPr"), w("bookmarkStart"), w("bookmarkEnd")):
                continue
            length = len(text_of(child))
            if position >= at:
                new.append(child)
            position += length
        for end in list(paragraph.iter(w("bookmarkEnd"))):
            paragraph.append(end)
        paragraph.addnext(new)
        return new

    def dress(
        self, paragraph: Any, start: int, end: int, *looks: str, bare: bool = False, tracked: bool = False
    ) -> None:
        """A selection given looks ("b", "em=dot"); `bare` clears its formatting first."""
        cut_at(paragraph, start)
        cut_at(paragraph, end)
        position = 0
        for run in runs_of(paragraph):
            length = len(run_text(run))
            if start <= position and position + length <= end and length:
                properties = run.find(w("rPr"))
                if properties is None:
                    properties = etree.Element(w("rPr"))
                    run.insert(0, properties)
                before = copy.deepcopy(properties)
                if bare:
                    del properties[:]
                for look in looks:
                    name, _, value = look.partition("=")
                    child = etree.SubElement(properties, w(name))
                    if value:
                        child.set(w("val"), value)
                if tracked:
                    change = self.marked("rPrChange", [])
                    change.append(before)
                    properties.append(change)
            position += length

    def restyle(self, paragraph: Any, style: str) -> None:
        """A paragraph given another style ("" for body text)."""
        properties = paragraph.find(w("pPr"))
        if properties is not None:
            for reference in properties.findall(w("pStyle")):
                properties.remove(reference)
        else:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        if style:
            properties.insert(0, etree.Element(w("pStyle"), {w("val"): style}))

    def relate(self, kind: str, target: str, data: bytes | None = None, *, external: bool = False) -> str:
        """A new relationship of the body; with `data` the part that it leads to."""
        identifier = f"rId{9000 + len(self.parts)}"
        name = "word/_rels/document.xml.rels"
        mode = ' TargetMode="External"' if external else ""
        row = f'<Relationship Id="{identifier}" Type="{R}/{kind}" Target="{target}"{mode}/>'
        self.parts[name] = self.parts[name].replace(b"</Relationships>", f"{row}</Relationships>".encode())
        if data is not None:
            self.parts[f"word/{target}"] = data
        return identifier

    def picture(self, data: bytes, alt: str = "", name: str = "media/new.png") -> Any:
        """A run with a picture, as Word inserts it."""
        identifier = self.relate("image", name, data)
        return etree.fromstring(drawing(Image("", alt), identifier, 77, 3600000, 1800000).replace(
            "<w:r>", f'<w:r xmlns:w="{W}" xmlns:wp="{WP}" xmlns:r="{R}">', 1
        ))  # fmt: skip

    def join(self, paragraph: Any) -> None:
        """Delete pressed at the end of a paragraph: the next one is drawn into it."""
        following = paragraph.getnext()
        for child in list(following):
            if child.tag != w("pPr"):
                paragraph.append(child)
        following.getparent().remove(following)


def style_of(paragraph: Any) -> str:
    """The id of a paragraph's style."""
    return str(paragraph.xpath("string(w:pPr/w:pStyle/@w:val)", namespaces={"w": W}))


def runs_of(paragraph: Any) -> list[Any]:
    """The runs that stand in the accepted view, readings above words left out."""
    gone = frozenset((w("del"), w("moveFrom"), w("rt")))
    return [run for run in paragraph.iter(w("r")) if not any(above.tag in gone for above in run.iterancestors())]


def run_text(run: Any) -> str:
    """The characters of a run."""
    return "".join(text.text or "" for text in run.findall(w("t")))


def text_of(paragraph: Any) -> str:
    """The characters of a paragraph."""
    return "".join(run_text(run) for run in runs_of(paragraph))


def cut_at(paragraph: Any, at: int) -> None:
    """Part the run that an offset lies in."""
    position = 0
    for run in runs_of(paragraph):
        texts = run.findall(w("t"))
        length = len(run_text(run))
        if position < at < position + length and len(texts) == 1:
            second = copy.deepcopy(run)
            whole = texts[0].text or ""
            texts[0].text = whole[: at - position]
            second.find(w("t")).text = whole[at - position :]
            for text in (texts[0], second.find(w("t"))):
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addnext(second)
            return
        position += length
