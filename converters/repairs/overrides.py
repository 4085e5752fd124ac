"""R-FRONT: what front matter says of single articles, over what the text says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from converters.diagnostics import Change, Changes, Checked, Diagnostic, Severity, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document, SourceLine
from converters.model.lines import Inlines, flat
from converters.model.masthead import labels
from converters.model.metadata import ArticleOverride

from .rule import Class, Options, Pass, Rule

R_FRONT = Rule(
    "R-FRONT",
    "Article as front matter has it",
    Class.AUTO,
    """\
Gives the n-th article the title, kicker, subtitle, column, author, source, note and date that the n-th entry of
`articles` in front matter says. An entry without an article is reported.

Mend: applied, and recorded with what the text said; --no-fix R-FRONT leaves the text's word.
""",
)


def run(document: Document, options: Options) -> Checked[Document]:
    """Put the overrides in place."""
    overrides = document.metadata.articles
    if not overrides or not options.runs(R_FRONT):
        return Checked(document)
    proper = [index for index, article in enumerate(document.articles) if not article.attachment]
    articles = list(document.articles)
    changes: list[Change] = []
    for index, override in zip(proper, overrides, strict=False):
        articles[index] = _apply(articles[index], override, document.metadata.lang, changes)
    findings: tuple[Diagnostic, ...] = ()
    if len(overrides) > len(proper):
        findings = (
            Diagnostic(
                "R-FRONT", Severity.WARNING, "front matter names {said} articles, the text has {found}",
                document.metadata.span, hint="remove the entries that have no article",
                values=(("said", str(len(overrides))), ("found", str(len(proper)))),
            ),
        )  # fmt: skip
    if all(new is old for new, old in zip(articles, document.articles, strict=True)):
        return Checked(document, findings)
    return Checked(replace(document, articles=tuple(articles)), findings, Changes(changes))


def _apply(article: Article, said: ArticleOverride, lang: str, changes: list[Change]) -> Article:
    values: dict[str, Any] = {}
    place = article.span or Span("", -1, -1)

    def put(name: str, old: str, new: str, value: object) -> None:
        if old != new:
            values[name] = value
            changes.append(Change("R-FRONT", place, old, new, "high", f"articles: {name}"))

    if said.title:
        put("title", "\n".join(map(flat, article.title)), "\n".join(said.title), tuple(map(_text, said.title)))
    for name, text in (("kicker", said.kicker), ("subtitle", said.subtitle), ("column", said.column)):
        if text:
            put(name, flat(getattr(article, name)), text, _text(text))
    if said.author:
        author = "、".join(said.author)
        put("author", flat(article.author), author, _text(author))
    if said.source:
        line = said.source_form.replace("{source}", said.source)
        put("source", flat(article.source.inlines) if article.source else "", line, SourceLine(_text(line)))
    if said.editor_note:
        old = "\n".join(flat(block.inlines) for block in article.editor_note if isinstance(block, b.Paragraph))
        put("editor_note", old, said.editor_note, (_note(said.editor_note, lang),))
    if said.date is not None:
        put("date", str(article.date or ""), str(said.date), said.date)
    return replace(article, **values) if values else article


def _note(text: str, lang: str) -> b.Paragraph:
    """The editor's note, opened by its label where the text does not begin with it itself."""
    word = labels(lang)
    if text.startswith(word.editor_note):
        return b.Paragraph(_text(text))
    return b.Paragraph(_text(text), run_in=_text(word.editor_note + word.colon))


def _text(text: str) -> Inlines:
    return (i.Text(text),)


PASS = Pass("overrides", (R_FRONT,), run)
