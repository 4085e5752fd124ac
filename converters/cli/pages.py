"""The manual pages of all rules: those of repair and check, and those of the program itself."""

from __future__ import annotations

from typing import NamedTuple


class Page(NamedTuple):
    """A rule's title, its level or class, and its page."""

    title: str
    level: str
    text: str


_OWN = {
    "V-TEXT": Page(
        "an edition's text differs from the source's",
        "error",
        """What: a character of the body (masthead, articles, colophon, readings) was changed, lost, doubled, added or
moved in an edition; or a space between two Latin words was lost or added.
Why: an edition that does not say what the source says must not leave the house. It is not written; the file that
stood there before is unchanged.
Mend: if the edition was edited by hand, carry the change into the source; otherwise report the fault.""",
    ),
    "V-NOTE": Page(
        "an edition's notes differ from the source's",
        "error",
        "What: as V-TEXT, in the text of the notes, which is compared in the order in which the notes are called.",
    ),
    "V-READ": Page(
        "an edition cannot be read back",
        "error",
        """What: the file is no edition, is damaged, or is of a kind that is not known.
Mend: build it again; verify knows .pdf, .docx, .epub, .html and .md.""",
    ),
    "X-WRITE": Page(
        "an edition could not be made or written",
        "error",
        """What: a promised standard could not be kept, or the disk refused the file. The message says which.
The other editions are written all the same; the file that stood there before is unchanged.""",
    ),
    "I-REMOTE": Page(
        "a picture that is an address",
        "warning",
        """What: the target of a picture is an address (http:, data: …), not a file.
Why: a build fetches nothing from the network, so that it gives the same result everywhere and always.
Mend: save the picture beside the source and name it by its path.""",
    ),
    "I-OUTSIDE": Page(
        "a picture outside the source's folder",
        "warning",
        """What: the target of a picture leads out of the folder of the source (.., an absolute path, a link).
Why: a source from elsewhere must not carry private files of this machine into an edition.
Mend: move the picture below the source, or allow its folder: --allow-outside DIR.""",
    ),
    "I-READ": Page(
        "a picture that cannot be read",
        "warning",
        "What: the file is missing, too large, or may not be read. Mend: check its path and its permissions.",
    ),
    "I-BAD": Page(
        "a picture that cannot be used",
        "warning",
        """What: the file is cut off, has no size, has more than 100 million pixels, or is none of PNG, JPEG, GIF,
WebP, SVG.
Mend: save it again in one of these formats.""",
    ),
    "F-FACE": Page(
        "another face is used than the one that is wanted",
        "info",
        """What: the style sheet names a face for a role (仿宋, 楷体 …) that is not on this machine; the message says
which one is used instead. All characters are right, the look differs.
Mend: run `jianbao fonts install`, or put the wanted face into a folder and name it with --font-path.""",
    ),
    "F-EMBED": Page(
        "a face that may not be embedded",
        "warning",
        """What: the face's own licence bits (OpenType OS/2 fsType) forbid to put it into a document; another is used.
Mend: use a face whose licence allows embedding.""",
    ),
}


def pages() -> dict[str, Page]:
    """Every rule's page by its code."""
    from converters.checks.registry import rules
    from converters.repairs import PASSES

    found = dict(_OWN)
    for step in PASSES:
        for rule in step.rules:
            found[rule.code] = Page(rule.title, rule.group.value, rule.page)
    for code, check in rules().items():
        found[code] = Page(check.title, check.severity.name.lower(), check.page)
    return found
