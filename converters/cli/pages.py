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
    "X-STOP": Page(
        "Work on a source stopped",
        "error",
        """\
A batch could not make the editions of one source: it cannot be read, or its worker died, took too long or needed too
much memory.

The finding says which; the other sources are built all the same. Mend the source, or raise the limit that it names,
and start the batch again with --resume: only this source is done.
""",
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
        """What: the file is cut off, has no size, has more than 100 million pixels, or is none of PNG, JPEG,
TIFF of one page, GIF, WebP, BMP, SVG.
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
        "error",
        """What: the face's own licence bits (OpenType OS/2 fsType) forbid to put it into a document; another is used.
Why: an edition without the face it names would be read in whatever face a machine has.
Mend: use a face whose licence allows embedding.""",
    ),
    "F-GLYPH": Page(
        "a character that no face draws",
        "error",
        """What: no face of the role, none of the others and not the embedded default has the character; the message
gives its code point and place.
Why: an empty box is never printed; the print edition is not written. DOCX and EPUB are: the reader's own faces serve.
Mend: the hint says what fits: `jianbao fonts install --rare` for a rare hanzi, `jianbao fonts install` for other
scripts, a face of your own in a --font-path folder; a code that is no character, or a private one, is to be written
anew in the source.""",
    ),
    "L-ALT": Page(
        "a picture without a description",
        "warning",
        """What: neither the picture's description nor a caption says what it shows; in the print edition it is
furniture, which a screen reader passes over. A description is never made up.
Mend: write it between the brackets, ![what it shows](file.png), or mark the picture: {.decorative}.""",
    ),
    "L-INK": Page(
        "colours that are printed otherwise than the picture has them",
        "info or warning",
        """What: a picture in printing inks stands in an office file, whose colours are sRGB; or a coloured one in a
press file, without a profile of the press or with inks for another. Turned colours may look different.
Mend: save the picture for the way it is printed; name the profile of the press with pdf.output_intent.""",
    ),
    "L-INTENT": Page(
        "an output intent that is missing or not used",
        "warning",
        """What: a press file (pdf.profile = "press") without pdf.output_intent makes no PDF/A claim, for nothing says
what its inks look like; an office file has no use for one.
Mend: name the ICC profile that the printer gives, pdf.output_intent = "FILE.icc".""",
    ),
    "L-FIRST": Page(
        "an official document whose page 1 shows no text",
        "warning",
        """What: marks of many organs, a long title or many addressees leave no room for text on page 1, which must show
some of it. Standard: GB/T 9704-2012, 7.3.3.
Mend: a smaller mark (styles.organ_mark.size), a shorter title, or the addressees in the front matter (主送), which
puts them into the 版记.""",
    ),
    "F-CODE": Page(
        "a character drawn as its code",
        "warning",
        """What: no face on this machine draws the character, and the style sheet says fonts.missing = "code": its code
point stands in a frame, one em wide. Copied or read back, it is the character itself.
Mend: run `jianbao fonts install`, with --rare for rare hanzi, or put a face that has it into a --font-path
folder. With fonts.missing = "error", the default, such a character stops the print edition (F-GLYPH).""",
    ),
    "L-ALONE": Page(
        "a colophon alone on the last page",
        "warning",
        """What: 报尾 or 版记 does not fit below the text, and nothing of the text could be taken over to its page: the
last lines of a paragraph are, with the source line or the signature below them; a page break, a full-page table or
columns are not. A page without text is not wanted (GB/T 9704-2012, 7.3.5, 7.4).
Mend: cut or add some lines, or let page.fit change the pitch.""",
    ),
    "L-BIDI": Page(
        "a character that turns letters round",
        "warning",
        """What: an override of the direction of writing (U+202D, U+202E) is in the text. It would show letters in
another order than the text has them, which serves to deceive more often than to write; it is not obeyed.
Mend: take it out.""",
    ),
    "L-MARKS": Page(
        "too many marks on one letter",
        "warning",
        """What: more than eight accents or vowel signs stand on one letter. The first eight are set where the face puts
them, the others over the last; the text keeps them all.
Mend: take out those that are no spelling.""",
    ),
    "L-UNSEEN": Page(
        "a character that nobody sees",
        "warning",
        """What: the text holds tag characters outside of a flag, or a variation selector without a character before it.
They have no ink, yet machines read them: text can be hidden that way.
Mend: take them out, unless you know what they are for.""",
    ),
    "L-LETTER": Page(
        "the imprint of a letter",
        "info",
        """What: the front matter names who printed the letter and when; the letter form has no such line.
Standard: GB/T 9704-2012, 10.1.
Mend: take the two keys out, or leave out the form.""",
    ),
    "L-FIT": Page(
        "an issue made to fit its pages (凑页)",
        "info or warning",
        """What: page.fit asks for a number of pages. Rows, hanzi to a line and blank rows between articles were
changed, as little as it takes, within page.fit_pitch_ratio, fit_cell_ratio and fit_gap_rows (info); or no such page
has that number (warning), and the issue is set as it was. Sizes of type never change.
Mend: cut or add some lines, or widen the limits.""",
    ),
    "L-OVERFULL": Page(
        "a line that does not fit its measure",
        "warning",
        "What: a word is longer than its line and has no place to break: it reaches out, or is divided. "
        "Mend: shorten it, or give it room.",
    ),
    "L-RUNT": Page(
        "a last line of one hanzi (孤字)",
        "info",
        """What: the last line of a paragraph holds one hanzi, with a mark or without; among all ways of breaking the
paragraph, those that spare it that cost more in the lines above (narrow columns, long words). A line end of the
author's own is not meant, nor text that is not Chinese or Japanese.
Why: a line nearly empty looks like a fault; printing houses do not let it pass (孤字不成行).
Example: ……加强和改进社会救助工 / 作。
Mend: add or take away a few words before it, where the text is yours, or change the measure.""",
    ),
    "L-PICTURE": Page(
        "a picture that could not be set",
        "warning or error",
        "What: the picture has no size, or its data cannot be decoded. Mend: save it again as PNG or JPEG.",
    ),
    "L-PRIVATE": Page(
        "a character of private use in a file that cannot hold it",
        "error",
        """What: the text, or the description of a picture, has a character of private use (U+E000 to U+F8FF, or above
U+F0000), which means what its font's makers agreed on. With pdf.standard = "a-4" the print edition is not written; the
default, PDF/A-2a, lets it stand.
Mend: write the character that Unicode has for it; many that old fonts kept there have a place of their own by now.""",
    ),
    "L-RTL": Page(
        "text that runs from right to left",
        "info",
        """What: Hebrew, Arabic, Uyghur … stand in the text. Their letters are joined as their face joins them, and each
line is set in the order of Unicode's bidirectional algorithm (UAX #9); a paragraph that begins with them runs
to the left as a whole. Copied or read back, the text is that of the source.
Mend: let someone who reads the language look at these lines in print.""",
    ),
    "L-TABLE": Page(
        "a table that does not fit as it is",
        "warning or info",
        """What: too many columns for the page, or a column narrower than a word in it. A table that would be set
smaller than three quarters of its size is turned by 90° onto pages of its own (info); what does not fit there
either is set smaller, and at last so small that its characters keep to their columns.
Mend: divide the table, shorten its words, or ask for the turned page: `: caption {.landscape}`.""",
    ),
    "L-VERTICAL": Page(
        "vertical lines, in print",
        "warning",
        """What: the style sheet asks for vertical lines (page.writing_mode = "vertical-rl"), but the text's language is
not written in them. The print edition sets horizontal lines; no text is lost.
Mend: set lang to zh-Hant, ja …, or page.writing_mode = "horizontal-tb".""",
    ),
    "M-ALLOW": Page(
        "an excuse without a reason",
        "warning",
        "What: a comment of the source excuses a rule here but does not say why. Mend: write the reason after it.",
    ),
    "M-ATTR": Page(
        "an attribute that is not known", "warning", "Known on a picture: width=60%, width=60mm, .decorative."
    ),
    "M-DEPTH": Page(
        "marks nested too deeply",
        "warning or error",
        "What: more levels than any text needs; the innermost are read as text. Mend: take needless marks away.",
    ),
    "M-DIV": Page("a ::: block that is not known or not closed", "warning", "Close it with a line of three colons."),
    "M-HTML": Page(
        "an HTML tag in the source",
        "info or warning",
        """What: of HTML only ruby, rb, rt, rp, br, sup and sub are read; any other tag is dropped and its text kept.
Script and style are dropped with their contents. Nothing is passed through or run.""",
    ),
    "M-KEY": Page(
        "a key that front matter does not have", "warning", "What: the key is left out. Mend: see its spelling."
    ),
    "M-LINK": Page(
        "an address that is not followed", "warning", "What: javascript: and the like; only the text is kept."
    ),
    "M-NOTE": Page(
        "a note that is not called, not defined, or twice so",
        "info or warning",
        "Mend: give every [^label] one definition and at least one call.",
    ),
    "M-TABLE": Page(
        "a table whose rows and columns disagree", "warning", "Mend: give each row as many cells as the head."
    ),
    "M-TWICE": Page("a key of front matter that stands twice", "warning", "What: the first one counts."),
    "M-VALUE": Page("a value of front matter that is not of its kind", "warning", "What: the value is left out."),
    "H-ACTIVE": Page(
        "scripts or embedded objects in a page",
        "warning",
        "What: they are left out and never run.",
    ),
    "H-DEPTH": Page("elements nested too deeply", "warning", "What: what lies deeper is read as plain text."),
    "H-DRAWING": Page("a drawing inside a page", "warning", "Mend: put a picture file in its place."),
    "H-MISSING": Page("a page that a book names and does not hold", "warning", "Mend: fetch the book again."),
    "H-NOTE": Page("a note that is called and not there", "warning", "Mend: write the note, or take the call away."),
    "W-ACTIVE": Page(
        "macros or embedded objects in a Word file",
        "warning",
        "What: they are left out and never run. Mend: put their text, or a picture of them, into the file.",
    ),
    "W-CHAR": Page(
        "a character that XML cannot hold", "warning", "What: a control character; U+FFFD stands in its place."
    ),
    "W-COLUMNS": Page("a table wider than Word's 63 columns", "warning", "Mend: divide the table."),
    "W-COMMENT": Page("comments in a Word file", "info", "What: they are no text of the document and are left out."),
    "W-ASIDE": Page(
        "words of a Word file beside its text", "info", "What: heads, feet and contents of pages are no text of it."
    ),
    "W-FIELD": Page(
        "a field of a Word file", "warning", "What: it shows nothing, or a page or a prompt. Mend: type the text."
    ),
    "W-DRAWING": Page("a drawing that is no picture", "warning", "Mend: put a picture of it into the file."),
    "W-EMBED": Page(
        "a face that a Word file does not carry", "warning", "What: its licence, or its format, does not allow it."
    ),
    "W-HIDDEN": Page("hidden text in a Word file", "warning", "What: a reader does not see it; it is left out."),
    "W-LEVEL": Page("a heading deeper than Word's nine levels", "warning", "Mend: use fewer levels."),
    "W-LINK": Page("a link that Word cannot hold", "warning", "Mend: write the address in full."),
    "W-LIST": Page("a list number that Word cannot count to", "warning", "Mend: type such numbers as text."),
    "W-LONG": Page("a paragraph so long that Word is slow with it", "warning", "Mend: divide it."),
    "W-MATH": Page("a formula in a Word file", "warning", "What: it is read as one line of text. Mend: look it over."),
    "W-NOTE": Page(
        "a note inside a note, or one that is missing or called nowhere",
        "info or warning",
        "What: text of a note in a note follows that of the outer one. Mend: call the note, or delete the call.",
    ),
    "W-OUTSIDE": Page("a part of a Word file that lies elsewhere", "info or warning", "What: nothing is fetched."),
    "W-PICTURE": Page(
        "a picture that Word cannot show, or that is missing", "warning", "Mend: save it as PNG or JPEG."
    ),
    "W-RETURN": Page(
        "what an edited Word file was made from",
        "warning",
        "What: the edited file does not name its source, or the source has changed since.",
    ),
    "W-SYMBOL": Page(
        "a sign of a symbol font", "warning", "What: it has no Unicode character. Mend: type the character."
    ),
    "W-TABLE": Page("a table inside a table", "warning", "What: it is read line by line. Mend: take the two apart."),
}


def pages(language: str = "en") -> dict[str, Page]:
    """Every rule's page by its code, in English or ("zh") in Chinese, where there is a Chinese one."""
    from converters.checks.registry import rules
    from converters.repairs.registry import rules as repair_rules

    found = dict(_OWN)
    for code, rule in repair_rules().items():
        found[code] = Page(rule.title, rule.group.value, rule.page)
    for code, check in rules().items():
        found[code] = Page(check.title, check.severity.name.lower(), check.page)
    if language == "zh":
        from .zh.pages import LEVELS, PAGES

        for code, page in found.items():
            title, text = PAGES.get(code, (page.title, page.text))
            found[code] = Page(title, LEVELS.get(page.level, page.level), text)
    return found
