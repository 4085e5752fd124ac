"""What each key of a style sheet means and which values it takes: comments of base.toml, limits of the loader."""

from __future__ import annotations

from converters.records import dataclass

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Key:
    """A key's comment, the words it takes (empty: any) and the limits of its number, points for lengths."""

    comment: str
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


# A sheet of 2 m holds any newspaper; anything larger is a slip of the unit.
_PAPER = 5669.0
_ROWS = 60.0

KEYS: dict[str, Key] = {
    "title": Key("what the sheet is, for people who choose one"),
    "page.width": Key('or both at once: size = "A4", "A5", "A3", "B5", "210mm x 297mm"', (), 72, _PAPER),
    "page.height": Key("height of the paper", (), 72, _PAPER),
    "page.top": Key("天头: from the paper's edge to the type area (GB/T 9704-2012, 5.2.1)", (), 0, _PAPER),
    "page.bottom": Key("地脚", (), 0, _PAPER),
    "page.inner": Key("订口: the binding side", (), 0, _PAPER),
    "page.outer": Key("翻口: the cut side", (), 0, _PAPER),
    "page.duplex": Key("true: even pages are mirrored, for printing on both sides"),
    "page.rows": Key("rows of the grid (GB/T 9704-2012, 5.2.3); left out beside a new paper: what fits", (), 1, 200),
    "page.characters": Key("body hanzi to a line; left out beside a new paper: what fits", (), 1, 200),
    "page.row_pitch": Key("from row to row; 0: the rows fill the type area", (), 0, 200),
    "page.hang": Key("half the leading of the first and last row, where it hangs out of the type area", (), 0, 100),
    "page.fit": Key(
        '凑页: pages that the issue must have, 4 or "multiple of 4", by pitch and spacing; empty: as it comes'
    ),
    "page.fit_pitch_ratio": Key("how much wider or narrower the row pitch may become for that", (), 0, 0.5),
    "page.fit_cell_ratio": Key("and how much the place of a hanzi; sizes never change", (), 0, 0.2),
    "page.fit_gap_rows": Key("and how many blank rows more or fewer may stand between two articles", (), 0, 20),
    "page.columns": Key("columns of the type area", (), 1, 6),
    "page.column_gap": Key("between two columns", (), 0, _PAPER),
    "page.writing_mode": Key(
        "horizontal-tb, or vertical-rl, where rows are lines from right to left", ("horizontal-tb", "vertical-rl")
    ),
    "text.gap_em": Key("between hanzi and Latin letters; auto: as the language has it", (), 0, 1),
    "text.digit_gap_em": Key("between hanzi and digits; auto: as gap_em", (), 0, 1),
    "text.level": Key(
        "which marks may not begin or end a line; auto: as the language has it",
        ("auto", "none", "basic", "gb", "strict"),
    ),
    "text.trim_start": Key("opening marks lose their blank half at a line's start; true, false or auto"),
    "text.trim_end": Key("marks lose their blank half at a line's end (GB/T 15834-2011, 5.1.10); true, false or auto"),
    "text.hanging": Key("commas and full stops may hang in the margin"),
    "text.breaking": Key(
        "total-fit weighs all lines of a paragraph, greedy fills one after the other", ("total-fit", "greedy")
    ),
    "text.hyphenate": Key("long Latin words may be divided"),
    "text.emphasis": Key(
        "着重号: dot, hollow-dot, sesame or hollow-sesame; auto: as the language has it",
        ("auto", "dot", "hollow-dot", "sesame", "hollow-sesame"),
    ),
    "text.widows": Key("fewest lines of a paragraph at the top of a page", (), 1, 10),
    "text.orphans": Key("fewest lines of a paragraph at the foot of a page", (), 1, 10),
    "styles.*.role": Key("which of the [fonts] draws it; styles that have the body's role, size or leading follow it"),
    "styles.*.size": Key("a length or a 号 size: 二号 22pt, 三号 16pt, 四号 14pt", (), 1, 500),
    "styles.*.leading": Key("from line to line; 0: the row pitch of the page; em: this style's size", (), 0, 1000),
    "styles.*.align": Key("justify, left, center or right"),
    "styles.*.indent_em": Key("indent of the first line, in hanzi of its own size", (), -20, 40),
    "styles.*.left_em": Key("indent of every line at the left", (), 0, 40),
    "styles.*.right_em": Key("indent of every line at the right", (), 0, 40),
    "styles.*.before_rows": Key("blank rows before", (), 0, _ROWS),
    "styles.*.after_rows": Key("blank rows after", (), 0, _ROWS),
    "styles.*.tracking_em": Key("space added between hanzi", (), -0.5, 5),
    "styles.*.color": Key('a name of [colors] or "#RRGGBB"'),
    "styles.*.on_grid": Key("hanzi of the body's size stand on the cells of the page"),
    "styles.*.keep_with_next": Key("never the last thing on a page"),
    "styles.*.widows": Key("fewest lines of a passage at the top of a page; 0: as [text] says", (), 0, 10),
    "styles.*.orphans": Key("fewest lines of a passage at the foot of a page; 0: as [text] says", (), 0, 10),
    "masthead.show": Key("draw the 报头"),
    "masthead.form": Key(
        "form of a 公文 that names none: letter 信函, order 命令, minutes 纪要; empty: the plain one",
        ("", "letter", "order", "minutes"),
    ),
    "masthead.top": Key("from the type area to the ink of the name (GB/T 9704-2012, 7.2.4: 35 mm)", (), 0, _PAPER),
    "masthead.blank_rows": Key("blank rows between the name and the line below it", (), 0, _ROWS),
    "masthead.rule_gap": Key("from the line above to the red rule (7.2.7: 4 mm)", (), 0, 500),
    "masthead.rule_thickness": Key("thickness of the red rule", (), 0, 50),
    "masthead.rule_form": Key(
        "plain, star (★ in its middle), or double: thick-thin, thin-thick; a letter's is its own",
        ("plain", "star", "thick-thin", "thin-thick"),
    ),
    "masthead.rule_star": Key("width of that star", (), 1, 200),
    "masthead.rule_color": Key("its colour"),
    "masthead.issue_form": Key("form of the issue line, with {issue}, {year}, {total}; empty: 第12期（总第345期）"),
    "masthead.preprinted": Key("套打: PDF and DOCX keep the room of name and red rule, and draw neither"),
    "masthead.image": Key("PNG or JPEG in place of the name's letters, seen from this sheet's folder"),
    "contents.show": Key("false: no contents, unless front matter says toc: true"),
    "contents.min_articles": Key("with toc: auto, contents are made from so many articles on", (), 1, 10000),
    "contents.min_pages": Key("and from so many pages on", (), 1, 100000),
    "contents.leader_pitch": Key("from dot to dot of a leader", (), 1, 100),
    "contents.turnover_em": Key("indent of an entry's second line", (), 0, 20),
    "contents.page_numbers": Key("entries give their pages"),
    "contents.own_page": Key("the first article begins a page, the contents stand below the masthead alone"),
    "colophon.show": Key("draw the 报尾 or 版记"),
    "colophon.rule_thick": Key("first and last rule (GB/T 9704-2012, 7.4.1)", (), 0, 50),
    "colophon.rule_thin": Key("rules between", (), 0, 50),
    "colophon.rule_gap": Key("room between a rule and the lines beside it, over half their leading", (), 0, 100),
    "colophon.even_page": Key("it stands on an even page"),
    "signature.seal": Key("width of a seal: the organs of a joint issue stand so far apart", (), 0, 300),
    "signature.stamp_width": Key("room for the stamp of a signature (签名章)", (), 0, 300),
    "signature.stamp_height": Key("its height", (), 0, 300),
    "page_number.form": Key("{page} is the number"),
    "page_number.position": Key("outside, center or none", ("outside", "center", "none")),
    "page_number.gap": Key("from the type area to the dash (GB/T 9704-2012, 7.5: 7 mm)", (), 0, 500),
    "page_number.first_page": Key("page 1 shows its number"),
    "draft.text": Key("送审稿 or the like on every page, where front matter (draft) names none; empty: none"),
    "draft.form": Key("label above the type area, or watermark across the page", ("label", "watermark")),
    "draft.color": Key("colour of the watermark"),
    "article.break": Key("run-on, or page: each article begins a page", ("run-on", "page")),
    "article.gap_rows": Key("blank rows between two articles", (), 0, _ROWS),
    "pdf.running_head": Key("text at the head of every page but the first, with {name} and {title}; empty: none"),
    "pdf.profile": Key("office: grey and sRGB; press: the four inks, black as K alone", ("office", "press")),
    "pdf.output_intent": Key(
        "ICC file of the press, seen from this sheet's folder; without it a press file is no PDF/A"
    ),
    "pdf.bleed": Key("出血: room around the trimmed page", (), 0, 200),
    "pdf.crop_marks": Key("draw cut marks outside the page"),
    "pdf.standard": Key("a-2a: PDF/A-2a and PDF/UA-1; a-4: PDF/A-4 and PDF/UA-2", ("a-2a", "a-4")),
    "pdf.packing": Key(
        "plain; small: object streams; web: opens before it is whole (both need pikepdf)", ("plain", "small", "web")
    ),
    "pdf.right_to_left": Key(
        "vertical lines: viewers lay two pages out from right to left, and Chrome copies lines in the wrong order"
    ),
    "docx.line_twips": Key("exact line in Word, 1/20 pt (579: 22 on 225 mm); 0: from the page", (), 0, 10000),
    "docx.spacing_twips": Key(
        "space between hanzi in Word, 1/20 pt (-6: 28 on 156 mm); 0: from the page", (), -200, 200
    ),
    "fonts.missing": Key(
        "a character that no face draws: error, no print edition; code, its code point in a frame", ("error", "code")
    ),
    "docx.embed_fonts": Key("the Word edition carries whole TrueType faces, where their licences allow it"),
    "epub.embed_fonts": Key("the phone edition carries the faces it uses"),
    "epub.glyf": Key("its faces have TrueType outlines, for old e-ink readers (needs fontTools)"),
    "epub.cover": Key("it has a cover"),
    "epub.line_height": Key("its line height in em", (), 1, 4),
    "epub.image_max_px": Key("pictures are made no wider than this", (), 100, 20000),
}


def key_of(path: str) -> Key | None:
    """The key at a path such as "styles.body.size"; None for one that is not described."""
    table, _, name = path.rpartition(".")
    return KEYS.get(f"styles.*.{name}" if table.startswith("styles.") else path)
