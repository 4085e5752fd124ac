"""The parts of a bulletin as XHTML: masthead, the issue's editor's note, articles, colophon, contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from converters.model import blocks as b
from converters.model.document import Article, Document
from converters.model.masthead import Colophon, Masthead, colophon, masthead, word_language
from converters.model.metadata import Kind, Metadata
from converters.model.pictures import artwork_key
from converters.model.reading import issue_note
from converters.model.walk import plain, title_text
from converters.records import dataclass
from converters.xhtml import attribute, escape

from .blocks import BlockWriter, label_html
from .book import Book, article_file
from .tables import width_em
from .titles import write_title

# A name as wide as this, in ems, stands in two lines of a phone; a wider one is set smaller.
_LONG_EM = 12.0

# Elements of the masthead in reading order: field, class, style of the sheet.
_ABOVE = (("copy_no", "secrecy"), ("secrecy", "secrecy"), ("urgency", "secrecy"), ("super_title", "masthead_super"))
_BELOW = (("issue", "issue"), ("document_number", "document_number"), ("signer", "issuer"))


@dataclass(slots=True)
class Entry:
    """An entry of the contents: its text, its address, the entries under it."""

    text: str
    address: str
    children: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Names:
    """What an edition is called: the bulletin's `name`, its `number` in words, and its whole `title`."""

    name: str
    number: str
    title: str

    @property
    def banner(self) -> str:
        """The line above each article, "" for a document without a name."""
        return " · ".join(part for part in (self.name, self.number) if part) if self.name else ""


def names(document: Document) -> Names:
    """What an edition of a document is called."""
    metadata = document.metadata
    if metadata.kind is Kind.GONGWEN:
        name, number = masthead(metadata).name.replace("\n", ""), metadata.document_number
        title = metadata.title or first_title(document) or name
        return Names(name, number, title)
    number = _number(metadata)
    named = " ".join(part for part in (metadata.name, number) if part) if metadata.name else ""
    return Names(metadata.name, number, metadata.title or named or first_title(document))


def _number(metadata: Metadata) -> str:
    """ "2023年第12期" in the language of the document."""
    issue = masthead(Metadata(issue=metadata.issue, supplement=metadata.supplement, lang=metadata.lang)).issue
    if not metadata.year:
        return issue
    match word_language(metadata.lang):
        case "en":
            return f"{issue}, {metadata.year}" if issue else str(metadata.year)
        case "ko":
            return f"{metadata.year}년 {issue}".strip()
        case _:
            pass
    return f"{metadata.year}年{issue}"


def first_title(document: Document) -> str:
    """The first article title there is, else the first words of the text, else "—"."""
    for article in document.articles:
        if article.title:
            return title_text(article)
    for article in document.articles:
        if text := opening(article):
            return text
    return "—"


def opening(article: Article) -> str:
    """The first words of an article."""
    for block in article.blocks:
        if isinstance(block, b.Paragraph | b.Heading) and (text := plain(block.inlines).strip()):
            return text[:20] + ("…" if len(text) > 20 else "")
    return ""


def write_masthead(book: Book) -> str:
    """报头, "" where none is drawn."""
    theme = book.faces.theme
    head = masthead(book.document.metadata, theme.masthead.issue_form)
    if not theme.masthead.show or not head.name:
        return ""
    mark = book.document.metadata.kind is Kind.GONGWEN
    name_style = "organ_mark" if mark else "masthead_name"
    source = book.picture_source(artwork_key(theme.masthead.image))
    if source:
        # A picture of the name, read as the name.
        said = head.name.replace("\n", "")
        name = f'<img class="artwork"{attribute("src", source)}{attribute("alt", said)}/>'
    else:
        book.faces.draw(book.faces.style(name_style).role, head.name)
        name = book.escape(head.name).replace("\n", "<br/>")
    lines = list(_lines(book, head, _ABOVE))
    long = " long" if max(map(width_em, head.name.split("\n"))) > _LONG_EM else ""
    lines.append(f'<h1 class="{name_style.replace("_", "-")}{long}">{name}</h1>')
    lines += _lines(book, head, _BELOW)
    foot = "".join(f'<p class="{kind}">{book.escape(text)}</p>' for kind, text in _foot(book, head) if text)
    if foot:
        lines.append(f'<div class="imprint">{foot}</div>')
    if theme.masthead.rule_form == "star":
        lines.append('<div class="star" aria-hidden="true"><i></i></div>')
    inner = "\n".join(lines)
    return f'<header{book.semantics("titlepage")} class="masthead">\n{inner}\n</header>'


def _foot(book: Book, head: Masthead) -> tuple[tuple[str, str], ...]:
    book.faces.draw(book.faces.style("issuer").role, head.issuer + head.date)
    return ("issuer", head.issuer), ("date", head.date)


def _lines(book: Book, head: Masthead, fields: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name, style in fields:
        text: str = getattr(head, name)
        if text:
            book.faces.draw(book.faces.style(style).role, text)
            kinds = dict.fromkeys((style.replace("_", "-"), name.replace("_", "-")))
            yield f'<p class="{" ".join(kinds)}">{book.escape(text)}</p>'


def write_issue_note(book: Book) -> str:
    """The issue's own editor's note, "" where there is none."""
    label, text = issue_note(book.document.metadata)
    if not text:
        return ""
    book.faces.draw(book.faces.style("editor_note").role, text)
    return f'<aside class="editor-note" role="note">\n<p>{label_html(label, book)}{book.escape(text)}</p>\n</aside>'


def write_article(writer: BlockWriter, article: Article, number: int, banner: str) -> str:
    """One article with everything that belongs to it; its notes stand at its end."""
    book = writer.book
    writer.begin_page()
    identifier = f"a{number}"
    parts = [f'<p class="banner furniture">{book.escape(banner)}</p>'] if banner else []
    if marks := book.marks(identifier):
        parts.append(f"<div>{marks}</div>")
    if article.attachment:
        book.faces.draw(book.faces.style("attachment_label").role, article.attachment)
        parts.append(f'<p class="attachment-label">{book.escape(article.attachment)}</p>')
    if article.column:
        parts.append(f'<p class="column">{writer.line("column", article.column)}</p>')
    parts.append(writer.editor_note(writer.note_blocks(article.editor_note, f"{identifier}.n")))
    parts.append(write_title(writer, article, identifier))
    parts.append(writer.numbered(article.blocks, f"{identifier}.b"))
    if article.source is not None:
        parts.append(f'<p class="source">{writer.line("source", article.source.inlines)}</p>')
    parts.append(writer.notes())
    kind = book.semantics("chapter", "doc-chapter")
    label = attribute("aria-labelledby", identifier) if article.title else attribute("id", identifier)
    inner = "\n".join(part for part in parts if part)
    element = book.section(headed=bool(article.title))
    return f'<{element}{kind} class="article"{label}>\n{inner}\n</{element}>'


def write_colophon(book: Book) -> str:
    """报尾 or 版记, "" where there is none."""
    foot = colophon(book.document.metadata)
    if not book.faces.theme.colophon.show or not foot:
        return ""
    name = attribute("aria-label", book.words.colophon)
    kind = book.semantics("colophon", "doc-colophon")
    element = book.section()
    return f'<{element}{kind} class="colophon"{name}>\n{_rows(book, foot)}\n</{element}>'


def _rows(book: Book, foot: Colophon) -> str:
    groups: list[str] = []
    for kind, rows in (("recipients", foot.recipients), ("imprint", foot.imprint)):
        out: list[str] = []
        for row in rows:
            book.faces.draw(book.faces.style("colophon").role, row.label + row.text + row.right)
            label = f'<span class="label">{book.escape(row.label)}</span>' if row.label else ""
            left = f'<p class="row">{label}<span class="names">{book.escape(row.text)}</span></p>' if row.text else ""
            right = f'<p class="right">{book.escape(row.right)}</p>' if row.right else ""
            out.append(left + right)
        if out:
            groups.append(f'<div class="{kind}">{"".join(out)}</div>')
    return "\n".join(groups)


def draw_contents(book: Book, title: str, entries: Sequence[Entry]) -> None:
    """Remember what the contents draw where they are read as a page: their title and the text of every entry."""
    book.faces.draw(book.faces.style("contents_title").role, title)
    _draw_entries(book, entries)


def _draw_entries(book: Book, entries: Sequence[Entry]) -> None:
    for entry in entries:
        book.faces.draw(book.faces.style("contents").role, entry.text)
        _draw_entries(book, entry.children)


def contents(book: Book) -> list[Entry]:
    """The contents: columns with their articles under them; headings where there is one article alone."""
    entries: list[Entry] = []
    column: Entry | None = None
    for number, article in enumerate(book.document.articles, 1):
        file = article_file(number) if book.epub else ""
        text = title_text(article) or article.attachment or opening(article) or book.labels.body
        entry = Entry(text, f"{file}#a{number}")
        if article.column:
            column = Entry(plain(article.column), file or f"#a{number}")
            entries.append(column)
        (column.children if column is not None else entries).append(entry)
    if len(book.document.articles) == 1 and entries:
        single = entries[0].children[0] if entries[0].children else entries[0]
        single.children.extend(_headings(book, book.document.articles[0]))
    return entries


def _headings(book: Book, article: Article) -> Iterator[Entry]:
    """The highest headings of an article; ids are those that its page gives."""
    from converters.model.walk import blocks_within

    file = article_file(1) if book.epub else ""
    found = [block for block in blocks_within(article.editor_note + article.blocks) if isinstance(block, b.Heading)]
    highest = min((block.level for block in found), default=0)
    for number, block in enumerate(found, 1):
        if block.level == highest:
            yield Entry(plain(block.inlines), f"{file}#h{number}")


def contents_list(entries: Sequence[Entry]) -> str:
    """The contents as nested lists of links."""
    items = "\n".join(
        f"<li><a{attribute('href', entry.address)}>{escape(entry.text)}</a>"
        + (f"\n{contents_list(entry.children)}\n" if entry.children else "")
        + "</li>"
        for entry in entries
    )
    return f"<ol>\n{items}\n</ol>"
