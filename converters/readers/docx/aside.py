"""What stands beside the text of a DOCX and becomes none: comments, heads and feet, contents, uncalled notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converters.diagnostics import Severity

from .package import Package
from .styles import VAL, w

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from .story import Story

# So much of what is left out is said in the finding.
_LONGEST = 60
_FIELD = frozenset((w("fldSimple"),))


def report_comments(package: Package) -> None:
    """Say that comments are left out; an empty part of comments, as WPS writes it, is none."""
    part = package.related(package.main, "comments")
    if part and package.xml(part).find(w("comment")) is not None:
        package.report("W-COMMENT", "comments are no text and are left out", severity=Severity.INFO)


def report_left_out(package: Package, body: Element, story: Story) -> None:
    """Say which words of a file of another program stand beside its text and are left out."""
    seen: set[str] = set()
    for relation in package.relations(package.main).values():
        if relation.kind in ("header", "footer") and not relation.external and package.has(relation.target):
            words = _words(package.xml(relation.target))
            # Lines and dots around a page number say nothing.
            if words not in seen and any(sign.isalpha() for sign in words):
                seen.add(words)
                package.report(
                    "W-ASIDE",
                    "the words at the head or foot of the pages are left out: “{words}”",
                    hint="what belongs to the bulletin goes into its first lines or its front matter",
                    severity=Severity.INFO,
                    words=words[:_LONGEST],
                )
    if _has_contents(body, story):
        package.report("W-ASIDE", "the contents are left out; the editions make their own", severity=Severity.INFO)
    for called, note in story.notes.items():
        if called not in story.read_notes and (words := _words(note)):
            package.report("W-NOTE", "a note that nothing calls is left out: “{words}”", words=words[:_LONGEST])


def _words(root: Element) -> str:
    """The text of a part but for the results of its fields, which are numbers of pages and the like."""
    out: list[str] = []
    depth = 0
    for element in root.iter(w("t"), w("fldChar"), w("p"), w("tab")):
        if element.tag == w("fldChar"):
            depth += {"begin": 1, "end": -1}.get(element.get(w("fldCharType"), ""), 0)
        elif element.tag in (w("p"), w("tab")):
            out.append(" ")
        elif depth <= 0 and not any(above.tag in _FIELD for above in element.iterancestors()):
            out.append(element.text or "")
    return " ".join("".join(out).split())


def _has_contents(body: Element, story: Story) -> bool:
    for gallery in body.iter(w("docPartGallery")):
        if gallery.get(VAL) == "Table of Contents":
            return True
    for style in body.iter(w("pStyle")):
        if story.styles.meaning(style.get(VAL, "")) == "contents":
            return True
    return any("TOC" in (code.text or "").split()[:1] for code in body.iter(w("instrText")))
