"""What the classes of this program's own editions say: masthead, articles and their parts, colophon."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import field, fields
from typing import TYPE_CHECKING, Any

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, SourceLine
from converters.model.masthead import Labels, labels
from converters.model.metadata import Kind, Metadata
from converters.model.walk import plain, split_lines
from converters.records import dataclass

from ..dates import parse_date
from .blocks import PageReader
from .lines import Line
from .story import classes, is_furniture, is_note, kinds, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LINES = ("kicker", "subtitle", "author", "column")


def find_articles(root: Element) -> list[Element]:
    """The articles of a page that this program wrote; none in any other page."""
    return [element for element in root.iter() if "article" in classes(element) and "chapter" in kinds(element)]


@dataclass(slots=True)
class HouseReader:
    """Collects the metadata and the articles of an edition, page by page."""

    reader: PageReader
    lang: str
    said: dict[str, Any] = field(default_factory=dict)
    articles: list[Article] = field(default_factory=list)

    def page(self, root: Element) -> None:
        """Take what a page holds."""
        # Chosen before anything is read: reading an article takes its elements apart.
        for element in [each for each in root.iter() if not _inside(each, "article")]:
            kind = classes(element)
            if "masthead" in kind:
                self._masthead(element)
            elif "colophon" in kind:
                self._colophon(element)
            elif "editor-note" in kind:
                self._issue_note(element)
            elif "article" in kind and "chapter" in kinds(element):
                self.articles.append(self._article(element))

    def metadata(self, title: str) -> Metadata:
        """What was found; the year stands in the book's title alone (民政工作简报 2026年第12期)."""
        if self.said.get("issue") and (year := re.search(r"(?<!\d)(\d{4})[年년]|, (\d{4})$", title)):
            self.said["year"] = int(year[1] or year[2])
        known = {each.name for each in fields(Metadata)}
        return Metadata(**{name: value for name, value in self.said.items() if name in known})

    # -- masthead

    def _masthead(self, element: Element) -> None:
        word = labels(self.lang)
        for child in element.iter():
            kind = classes(child)
            text = self._text(child) if local(child) in ("p", "h1", "h2") else ""
            if local(child) == "img" and "artwork" in kind:
                # The name as a picture, which stands in the name's own element.
                self.said["name"] = child.get("alt", "")
            match kind:
                case [*_] if "organ-mark" in kind:
                    self.said |= {"name": text, "kind": Kind.GONGWEN}
                case [*_] if "masthead-name" in kind:
                    self.said["name"] = text
                case [*_] if "secrecy" in kind and kind[-1] == "secrecy":
                    self.said["secrecy"], _, self.said["secrecy_term"] = text.partition("★")
                case [*_] if "copy-no" in kind or "urgency" in kind or "super-title" in kind:
                    self.said[kind[-1].replace("-", "_")] = text
                case [*_] if "issue" in kind:
                    self.said |= read_issue(text, word)
                case [*_] if "document-number" in kind:
                    self.said |= {"document_number": text, "kind": Kind.GONGWEN}
                case [*_] if "signer" in kind:
                    self.said["signer"] = text.removeprefix(word.signer + word.colon)
                case ["issuer"]:
                    self.said["issuer"] = text
                case ["date"]:
                    self.said["date"] = parse_date(text) or _english_date(text)
                case _:
                    pass

    def _text(self, element: Element) -> str:
        line = Line(self.reader.story)
        line.children(element)
        inlines = line.finish()
        return plain(inlines).strip("\n")

    def _issue_note(self, element: Element) -> None:
        word = labels(self.lang)
        text = "\n".join(self._text(child) for child in element if local(child) == "p")
        self.said["editor_note"] = text.removeprefix(word.editor_note + word.colon)

    # -- articles

    def _article(self, element: Element) -> Article:
        title: tuple[tuple[i.Inline, ...], ...] = ()
        lines: dict[str, tuple[i.Inline, ...]] = {}
        attachment = ""
        note: list[b.Block] = []
        source: SourceLine | None = None
        last: Element | None = None
        body: list[Element] = []
        for child in element:
            kind = classes(child)
            if is_furniture(child) or is_note(child) or "notes" in kind or _holds_marks_alone(child):
                continue
            if "attachment-label" in kind:
                attachment = self._text(child)
            elif "column" in kind:
                lines["column"] = self.reader.line(child)
            elif "editor-note" in kind and not (body or title):
                note = self.reader.blocks(child)
            elif "head" in kind:
                title, more = self._head(child)
                lines |= more
            elif "source" in kind and child is _last_text(element):
                last = child
            else:
                body.append(child)
        blocks = tuple(self._body(body))
        if last is not None:
            start = self.reader.story.position
            source = SourceLine(self.reader.line(last), _span(self.reader, start))
        return Article(
            title, blocks, lines.get("kicker", ()), lines.get("subtitle", ()),
            lines.get("column", ()), lines.get("author", ()), tuple(note), source, attachment=attachment,
        )  # fmt: skip

    def _body(self, elements: Iterable[Element]) -> Iterable[b.Block]:
        from lxml import etree

        holder = etree.Element("div")
        for element in list(elements):
            element.tail = None
            holder.append(element)
        return self.reader.blocks(holder)

    def _head(self, element: Element) -> tuple[tuple[tuple[i.Inline, ...], ...], dict[str, tuple[i.Inline, ...]]]:
        title: tuple[tuple[i.Inline, ...], ...] = ()
        lines: dict[str, tuple[i.Inline, ...]] = {}
        for child in element:
            kind = classes(child)
            if "title" in kind:
                title = title_lines(self.reader.line(child))
            else:
                lines |= {name: self.reader.line(child) for name in _LINES if name in kind}
        return title, lines

    # -- colophon

    def _colophon(self, element: Element) -> None:
        word = labels(self.lang)
        for child in element.iter():
            kind = classes(child)
            if "row" in kind:
                label = next((self._text(part) for part in child if "label" in classes(part)), "")
                text = next((self._text(part) for part in child if "names" in classes(part)), "")
                self._row(label.strip().removesuffix(word.colon.strip()), text, word)
            elif "right" in kind:
                self._right(self._text(child), word)

    def _row(self, label: str, text: str, word: Labels) -> None:
        official = self.said.get("kind") is Kind.GONGWEN
        for known, name in (
            *(((word.addressees, "addressees"),) if official else ()), (word.report_to, "report_to"),
            (word.send_to, "send_to"), (word.distribute_to, "distribute_to"), (word.extra_to, "extra_to"),
            (word.copy_to, "send_to"),
        ):  # fmt: skip
            if label == known:
                self.said[name] = (text,)
                return
        staff = False
        for piece in text.split("　"):
            for known, name in ((word.editors, "editors"), (word.reviewers, "reviewers"), (word.contact, "contact")):
                if piece.startswith(known + word.colon):
                    value = piece[len(known + word.colon) :]
                    self.said[name] = value if name == "contact" else tuple(value.split("、"))
                    staff = True
        if text and not staff and official:
            self.said["printed_by"] = text
        elif text and not staff:
            # The 刊号 of a gazette.
            self.said |= {"identifier": text, "kind": Kind.GONGBAO}

    def _right(self, text: str, word: Labels) -> None:
        copies = re.fullmatch(re.escape(word.copies).replace(r"\{n\}", r"(\d+)"), text)
        if copies is not None:
            self.said["copies"] = int(copies[1])
        elif text.endswith(word.printed):
            self.said["printed_date"] = parse_date(text.removesuffix(word.printed))


def read_issue(text: str, word: Labels) -> dict[str, Any]:
    """第12期（总第345期） as issue, total issue and supplement; any other text is the issue as it stands."""
    issue, total = (re.escape(form).replace(r"\{n\}", r"(\d+)") for form in (word.issue, word.total_issue))
    match = re.fullmatch(rf"({re.escape(word.supplement)})?{issue}(?:（{total}）)?", text)
    if match is None:
        return {"issue": text}
    return {
        "issue": match[2], "supplement": match[1] is not None, "total_issue": int(match[3]) if match[3] else None,
    }  # fmt: skip


def title_lines(inlines: tuple[i.Inline, ...]) -> tuple[tuple[i.Inline, ...], ...]:
    """A title's lines, without the empty ones."""
    return tuple(line for line in split_lines(inlines) if line)


def _english_date(text: str) -> datetime.date | None:
    try:
        return datetime.datetime.strptime(text, "%d %B %Y").date()
    except ValueError:
        return None


def _holds_marks_alone(element: Element) -> bool:
    """Does a division hold nothing but the marks of printed pages that begin here?"""
    return (
        local(element) == "div" and not classes(element) and len(element) > 0
        and all("pagebreak" in kinds(child) and not (child.tail or "").strip() for child in element)
    )  # fmt: skip


def _inside(element: Element, name: str) -> bool:
    return any(name in classes(parent) for parent in element.iterancestors())


def _last_text(article: Element) -> Element | None:
    """The last child that is text: the notes at the end are none."""
    return next((child for child in reversed(article) if local(child) and "notes" not in classes(child)), None)


def _span(reader: PageReader, start: int) -> Any:
    from converters.diagnostics import Span

    return Span(reader.story.name, start, max(start, reader.story.position - 1))
