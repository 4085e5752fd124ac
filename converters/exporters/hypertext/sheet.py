"""The style sheet as CSS for screens that reflow.

The reader's own face and size draw running text: no font-family, no size and no line height stand on body or p. What
the sheet says of a part of the bulletin is said relative to them, in em.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from converters.theme.schema import Align, Role, TextStyle

from .colors import DARK_FAINT, DARK_INK, DARK_PAPER, FAINT, INK, PAPER, Shade, shade
from .faces import FontFile, RoleFaces

# A phone has 19 hanzi where the page has 28: sizes beside the body's draw nearer to it, side margins are halved.
_NEARER = 0.6
# Six hanzi of this many ems, spaced as in a masthead, fill the line of a phone of 320 px.
_LARGEST = 2.5
_SIDES = 0.5
# The sheet's sizes are made for paper; a body above this one (大字本) also starts larger on the screen.
_PLAIN_SIZE = 16.0
# A blank row of the page, in ems of the body: a screen closes up what paper leaves open.
_BLANK_ROW_EM = 1.1
# Roles whose text is bold, so that it stands out in whatever face the reader has chosen.
_BOLD = frozenset((Role.XIAOBIAOSONG, Role.HEITI))

# Parts whose look comes from one style of the sheet as it is: style, selector.
_PARTS = (
    ("title", ".title"),
    ("kicker", "p.kicker"),
    ("subtitle", "p.subtitle"),
    ("author", "p.author"),
    ("column", "p.column"),
    ("heading1", ".heading1"),
    ("heading2", ".heading2"),
    ("heading3", ".heading3"),
    ("heading4", ".heading4"),
    ("heading5", ".heading5"),
    ("source", "p.source"),
    ("editor_label", ".editor-label"),
    ("attachment_label", "p.attachment-label"),
    ("caption", "caption, figcaption"),
    ("table", "table"),
    ("table_head", "th"),
    ("contents_title", ".contents-title"),
    ("masthead_super", "p.masthead-super"),
    ("masthead_name", ".masthead-name"),
    ("organ_mark", ".organ-mark"),
    ("issue", "p.issue"),
    ("document_number", "p.document-number"),
    ("secrecy", "p.secrecy"),
)
# Parts that hold paragraphs of their own: the selector of the whole and that of its paragraphs.
_GROUPS = (
    ("editor_note", "aside.editor-note", "aside.editor-note p"),
    ("quote", "blockquote", "blockquote p"),
    ("verse", "div.verse", "div.verse p"),
    ("note", ".notes", ".notes p"),
    ("colophon", ".colophon", ".colophon p"),
    ("contents", "nav", "nav li"),
)
_RUN_IN = ("heading1", "heading2", "heading3", "heading4", "heading5", "editor_label")

_AUTOSPACE = {
    (False, False): "no-autospace", (True, False): "ideograph-alpha", (False, True): "ideograph-numeric",
}  # fmt: skip


class _Sheet:
    """Collects rules; margins turn with the writing mode."""

    def __init__(self, faces: RoleFaces) -> None:
        self.faces = faces
        self.theme = faces.theme
        self.body = self.theme.styles.body
        self.vertical = self.theme.page.writing_mode.startswith("vertical")
        self.rules: list[str] = []
        self.colored: dict[str, list[str]] = {}
        self.faced: dict[Role, list[str]] = {}

    def add(self, selector: str, *declarations: str) -> None:
        """A rule, if it declares anything."""
        said = [declaration for declaration in declarations if declaration]
        if said:
            self.rules.append(f"{selector} {{ {'; '.join(said)} }}")

    def edges(self, what: str, before: float, end: float, after: float, start: float) -> str:
        """margin or padding in ems: above, at the line's end, below, at its start; turned for vertical lines."""
        # vertical-rl: a line runs downwards, and the next stands at its left.
        turned = (start, before, end, after) if self.vertical else (before, end, after, start)
        return f"{what}: {' '.join(map(_em, turned)) if any(turned) else '0'}"

    def ratio(self, style: TextStyle) -> float:
        """A style's size in ems of the body's, drawn nearer to it."""
        return min(1 + (style.size / self.body.size - 1) * _NEARER, _LARGEST)

    def face(self, role: Role, selector: str) -> None:
        """Remember that a role's face draws what a selector means; the body's role carries no face."""
        if role is not self.body.role:
            self.faced.setdefault(role, []).append(selector)

    def text(self, style: TextStyle, selector: str) -> Iterator[str]:
        """Face, size, alignment, tracking; the colour is kept for later."""
        self.face(style.role, selector)
        # A header cell stands in its table, whose size it has already.
        ratio = self.ratio(style) / (self.ratio(self.theme.styles.table) if selector == "th" else 1)
        if abs(ratio - 1) > 0.01:
            yield f"font-size: {_em(ratio)}"
        if style.leading and style.size > self.body.size:
            yield f"line-height: {max(1.3, style.leading / style.size):.3g}"
        if style.align is not self.body.align:
            yield f"text-align: {_align(style.align)}"
        if style.tracking_em:
            yield f"letter-spacing: {_em(style.tracking_em)}"
        if style.color != "black":
            self.colored.setdefault(style.color, []).append(selector)

    def margins(self, style: TextStyle) -> str:
        """The margins of a style, in its own ems."""
        ratio = self.ratio(style)
        rows = _BLANK_ROW_EM / ratio
        # A line at the right keeps its distance from the edge; the sides of a block are halved.
        sides = 1.0 if style.align is Align.RIGHT else _SIDES
        return self.edges(
            "margin", style.before_rows * rows, style.right_em * sides, style.after_rows * rows, style.left_em * sides
        )


def css(faces: RoleFaces, files: Iterable[tuple[FontFile, str]], *, extra: str = "") -> str:
    """The style sheet of an edition. `files` are its subsets and where they lie; `extra` rules stand at the end."""
    sheet = _Sheet(faces)
    styles = sheet.theme.styles
    for file, address in files:
        # The face's own weight: a 黑体 that is regular is made bold where the text asks for bold.
        sheet.add(
            "@font-face", f'font-family: "{file.family}"', f"font-weight: {file.weight}",
            "font-style: normal", f"src: url({address})",
        )  # fmt: skip
    _ground(sheet)
    for name, selector in _PARTS:
        style: TextStyle = getattr(styles, name)
        indent = "text-indent: 0" if not style.indent_em else f"text-indent: {_em(style.indent_em)}"
        inline = name in ("editor_label", "table", "table_head")
        sheet.add(selector, *sheet.text(style, selector), *(() if inline else (indent, sheet.margins(style))))
    for name, whole, paragraphs in _GROUPS:
        style = getattr(styles, name)
        sheet.add(whole, *sheet.text(style, whole), sheet.margins(style))
        indent = f"text-indent: {_em(style.indent_em)}"
        sheet.add(paragraphs, indent, f"text-align: {_align(style.align)}" if style.align is not Align.JUSTIFY else "")
    sheet.face(Role.HEITI, "strong, dt")
    sheet.face(Role.KAITI, "em")
    sheet.face(Role.MONO, "code")
    for role, selectors in sheet.faced.items():
        weight = "bold" if role in _BOLD else "normal"
        sheet.add(", ".join(selectors), f"font-family: {faces.families(role)}", f"font-weight: {weight}")
    sheet.rules += _fixed(sheet, faces.lang.lower())
    if extra:
        sheet.rules.append(extra)
    _colors(sheet)
    return '@charset "utf-8";\n' + "\n".join(sheet.rules) + "\n"


def _ground(sheet: _Sheet) -> None:
    """What holds for all text; Chinese line making as an enhancement (clreq; CSS Text 4)."""
    theme, body = sheet.theme, sheet.body
    lang = sheet.faces.lang.lower()
    size = f"font-size: {body.size / _PLAIN_SIZE * 100:.3g}%" if body.size > _PLAIN_SIZE else ""
    mode = theme.page.writing_mode
    vertical = (
        (f"-webkit-writing-mode: {mode}", f"-epub-writing-mode: {mode}", f"writing-mode: {mode}",
         "-webkit-text-orientation: mixed", "-epub-text-orientation: mixed", "text-orientation: mixed")
        if sheet.vertical else ()
    )  # fmt: skip
    sheet.add(
        "html", *vertical, size, f"line-height: {max(theme.epub.line_height, 1.2):.3g}", "color-scheme: light dark"
    )
    gaps = (theme.text.gap_em != 0, theme.text.digit_gap_em != 0)
    trim = theme.text.trim_start if theme.text.trim_start is not None else _is_simplified(lang)
    sheet.add(
        "body", "margin: 0", "padding: 0", "-webkit-line-break: strict", "line-break: strict",
        f"text-spacing-trim: {'trim-start' if trim else 'space-first'}" if not lang.startswith("ko") else "",
        f"text-autospace: {_AUTOSPACE.get(gaps, 'normal')}", "overflow-wrap: break-word",
        "hanging-punctuation: allow-end" if theme.text.hanging else "",
        "word-break: keep-all" if lang.startswith("ko") else "",
    )  # fmt: skip
    sheet.add("h1, h2, h3, h4, h5, h6", "font-size: 1em", "font-weight: bold", "margin: 0")
    sheet.add("p", "margin: 0", f"text-indent: {_em(body.indent_em)}", f"text-align: {_align(body.align)}")
    sheet.add("p, li, dd", f"orphans: {theme.text.orphans}", f"widows: {theme.text.widows}")


_MARKS = {
    "dot": "filled dot", "hollow-dot": "open dot", "sesame": "filled sesame", "hollow-sesame": "open sesame",
}  # fmt: skip


def _emphasis_marks(form: str | None, lang: str) -> list[str]:
    """着重号: under the line in Chinese, above it in Japanese, at the right of a vertical one."""
    place = "over right" if lang.startswith("ja") else "under right"

    def shape(mark: str) -> str:
        return f"-webkit-text-emphasis: {mark}; -epub-text-emphasis-style: {mark}; text-emphasis: {mark}"

    position = f"-webkit-text-emphasis-position: {place}; text-emphasis-position: {place}"
    return [
        f"em.dots {{ font-family: inherit; {shape(_MARKS[form or 'dot'])}; {position} }}",
        *(f"em.{name} {{ {shape(mark)} }}" for name, mark in _MARKS.items()),
    ]


def _is_simplified(lang: str) -> bool:
    return lang in ("zh", "zh-cn", "zh-sg") or lang.startswith("zh-hans")


def _fixed(sheet: _Sheet, lang: str) -> list[str]:
    """Rules that follow from what a thing is rather than from the sheet."""
    edges = sheet.edges
    left = "top" if sheet.vertical else "left"
    block = "left" if sheet.vertical else "bottom"
    before = "right" if sheet.vertical else "top"
    inline_size, block_size = ("height", "width") if sheet.vertical else ("width", "height")
    return [
        "h1, h2, h3, h4, h5, h6 { page-break-after: avoid; break-after: avoid; page-break-inside: avoid; "
        "break-inside: avoid; text-wrap: balance }",
        # A title is parted between phrases; a phrase that no line can hold is parted anywhere.
        ".title { word-break: keep-all; word-wrap: break-word; overflow-wrap: break-word }",
        # Without hyphens, which need to know the language, justified Latin lines would gape.
        "p.latin { text-align: left }",
        "span.phrase { display: inline-block; text-wrap: balance }",
        "p.source, div.signature { page-break-before: avoid; break-before: avoid }",
        "strong, dt { font-weight: bold }",
        "em { font-style: normal }",
        "em.latin { font-style: italic; font-family: inherit }",
        *_emphasis_marks(sheet.theme.text.emphasis, lang),
        "span.deceased { border: .06em solid; padding: 0 .08em; margin: 0 .1em }",
        "u.name { text-decoration: underline; text-underline-position: under left; margin: 0 .06em }",
        "cite.wavy { font-style: normal; text-decoration: underline; text-decoration: underline wavy; "
        "-webkit-text-decoration: underline wavy; text-underline-position: under left; margin: 0 .06em }",
        "rt { font-size: .5em; line-height: 1.2; font-weight: normal }",
        "a { color: inherit; text-decoration: underline }",
        "a.call, a.back { text-decoration: none }",
        "a.call { font-size: .7em; line-height: 1.2; vertical-align: super; padding: 0 .1em }",
        f"a.back {{ {edges('margin', 0, .4, 0, 0)} }}",
        "sup, sub { font-size: .7em; line-height: 1.2 }",
        # A long address in a narrow justified line is divided, or it would tear the words before it apart.
        "code { font-size: .9em; word-break: break-all }",
        "pre code { word-break: normal }",
        f"pre {{ {edges('margin', .8, 0, .8, 1)}; white-space: pre-wrap; overflow-wrap: anywhere; text-align: left; "
        "text-indent: 0; line-height: 1.4; tab-size: 4 }",
        "span.tcy { -webkit-text-combine: horizontal; -epub-text-combine: horizontal; text-combine-upright: all }",
        f"ul, ol {{ {edges('margin', 0, 0, 0, 0)}; {edges('padding', 0, 0, 0, 2)} }}",
        "li > p { text-indent: 0 }",
        "ul.tasks { list-style: none }",
        f"ul.tasks span.furniture {{ {edges('margin', 0, .4, 0, 0)} }}",
        f"dd {{ {edges('margin', 0, 0, 0, 2)} }}",
        "dd > p { text-indent: 0 }",
        f"aside.remark {{ {edges('margin', .8, 0, .8, 0)}; {edges('padding', 0, 0, 0, 1)}; "
        f"border-{left}: .2em solid #999 }}",
        f"div.verse p {{ {edges('padding', 0, 0, 0, 2)}; text-indent: -2em }}",
        f"hr {{ border: 0; border-{before}: thin solid; {inline_size}: 30%; {edges('margin', 1.2, 0, 1.2, 0)}; "
        f"margin-{left}: auto; margin-{'bottom' if sheet.vertical else 'right'}: auto; opacity: .5 }}",
        "div.page-break { page-break-before: always; break-before: page }",
        f"figure {{ {edges('margin', 1, 0, 1, 0)}; text-align: center; text-indent: 0; page-break-inside: avoid; "
        "break-inside: avoid }",
        "img { max-width: 96vw; max-height: 96vh }" if sheet.vertical
        # A screen holds the whole of a picture and its caption.
        else "img { max-width: 100%; max-height: 100%; max-height: 86vh }",
        f"img.plate {{ {inline_size}: auto; {block_size}: auto; object-fit: contain }}",
        "img.inline { max-height: 1.4em; vertical-align: middle }",
        "div.plates { display: flex; flex-wrap: wrap; gap: .6em; justify-content: center }",
        # Pictures with captions of their own stand in a row where two have room, else one under the other.
        "div.plates img { flex: 1 1 0; min-width: 8em; object-fit: contain }",
        # Pictures with captions of their own stand in a row where two have room, else one under the other.
        f"div.captioned {{ {edges('margin', 1, 0, 1, 0)} }}",
        f"div.captioned > figure {{ flex: 1 1 0; min-{inline_size}: 12em; margin: 0 }}",
        "div.captioned img { min-width: 0 }",
        ".missing { border: thin dashed; padding: .3em .6em; font-size: .85em }",
        f"table {{ border-collapse: collapse; {edges('margin', .8, 0, .8, 0)}; margin-{left}: auto; "
        f"margin-{'bottom' if sheet.vertical else 'right'}: auto; max-{inline_size}: 100%; text-indent: 0; "
        "line-height: 1.5 }",
        "tr { page-break-inside: avoid; break-inside: avoid }",
        "caption { caption-side: top; padding: 0 0 .4em }",
        "th, td { border: thin solid; padding: .25em .5em; text-align: left; vertical-align: middle }",
        "th { text-align: center }",
        ".left { text-align: left } .center { text-align: center } .right { text-align: right }",
        "div.wide { overflow: auto; max-width: 100% }",
        "div.wide table { max-width: none }",
        # In the middle of a wide table it would stand beside the screen.
        "div.wide caption { text-align: left }",
        "p.addressee { text-indent: 0 }",
        f"div.attachments {{ display: flex; {edges('margin', 1.1, 0, 0, sheet.body.indent_em)} }}",
        "div.attachments p { text-indent: 0 }",
        "div.attachments p.label { flex: none }",
        f"div.signature {{ {edges('margin', 1.6, 2, 0, 0)}; text-align: right }}",
        "div.signed { display: inline-block; text-align: center }",
        "div.signed p { text-indent: 0; text-align: center }",
        f".notes {{ {edges('margin', 2, 0, 0, 0)}; {edges('padding', .6, 0, 0, 0)}; "
        f"border-{before}: thin solid #999 }}",
        ".notes p { text-indent: 0 }",
        f"p.banner {{ font-size: .78em; text-align: center; text-indent: 0; {edges('padding', 0, 0, .6, 0)}; "
        f"{edges('margin', 0, 0, 1.2, 0)}; border-{block}: thin solid }}",
        *_masthead(sheet, before, block),
        "header.masthead p { text-indent: 0 }",
        ".masthead-name, .organ-mark { text-wrap: balance }",
        # A name that no screen holds at its full size.
        ".masthead-name.long, .organ-mark.long { font-size: 1.7em; letter-spacing: .05em; line-height: 1.35 }",
        "p.secrecy { text-align: left }",
        "header.masthead p.signer { text-align: right }",
        f".contents-title {{ {edges('margin', 0, 0, .6, 0)} }}",
        f"div.imprint {{ {edges('margin', .8, 0, 0, 0)} }}",
        "header.masthead div.imprint { display: flex; flex-wrap: wrap; justify-content: space-between }",
        f".colophon {{ border-{before}: .1em solid; border-{block}: .1em solid; "
        f"{edges('padding', .6, 0, .6, 0)} }}",
        ".colophon p.row { display: flex; text-indent: 0; text-align: left }",
        ".colophon span.label { flex: none }",
        f".colophon div.recipients + div.imprint {{ border-{before}: thin solid; "
        f"{edges('padding', .4, 0, 0, 0)} }}",
        ".colophon div.imprint { display: flex; flex-wrap: wrap; justify-content: space-between }",
        "p.right { text-align: right; text-indent: 0 }",
        f"nav ol {{ list-style: none; {edges('padding', 0, 0, 0, 0)} }}",
        f"nav ol ol {{ {edges('padding', 0, 0, 0, 1)} }}",
        f"nav li {{ {edges('margin', .3, 0, .3, 0)}; {edges('padding', 0, 0, 0, 1)}; text-indent: -1em }}",
        "nav a { text-decoration: none }",
    ]  # fmt: skip


_STAR, _DOUBLE = "star", {"thick-thin": (0.16, 0.05), "thin-thick": (0.05, 0.16)}
"""Forms of a red rule that no border of one box can have; em of the two lines of a double one."""


def _masthead(sheet: _Sheet, before: str, after: str) -> list[str]:
    """报头 and its red rule; `before` and `after` are the edges at which blocks begin and end."""
    edges, form = sheet.edges, sheet.theme.masthead.rule_form
    rooms = f"{edges('padding', 2, 0, 0, 0)}; {edges('margin', 0, 0, 1.6, 0)}"
    size = "width" if sheet.vertical else "height"
    if form == _STAR:
        return [
            f"header.masthead {{ text-align: center; {rooms} }}",
            f"header.masthead div.star {{ display: flex; align-items: center; {edges('margin', .6, 0, 0, 0)} }}",
            'div.star::before, div.star::after { content: ""; flex: 1; ' + f"border-{after}: .12em solid }}",
            'div.star i { font-style: normal; line-height: 1; padding: .25em } div.star i::before { content: "★" }',
        ]  # fmt: skip
    if form in _DOUBLE:
        upper, lower = _DOUBLE[form]
        return [
            f"header.masthead {{ text-align: center; {rooms} }}",
            'header.masthead::after { content: ""; display: block; '
            f"{size}: .12em; {edges('margin', .8, 0, 0, 0)}; "
            f"border-{before}: {upper:.2f}em solid; border-{after}: {lower:.2f}em solid }}",
        ]  # fmt: skip
    return [
        f"header.masthead {{ text-align: center; {edges('padding', 2, 0, .8, 0)}; {edges('margin', 0, 0, 1.6, 0)}; "
        f"border-{after}: .12em solid }}",
    ]  # fmt: skip


def _colors(sheet: _Sheet) -> None:
    """Light and dark grounds; a reading system that knows neither keeps its own colours."""
    theme = sheet.theme
    printed: list[tuple[Shade, str]] = []
    for color, selectors in sheet.colored.items():
        if (found := shade(theme.color(color))) is not None:
            printed.append((found, f"{', '.join(selectors)} {{ color: % }}"))
    if (rule := shade(theme.color(theme.masthead.rule_color))) is not None:
        ruled = "header.masthead"
        if theme.masthead.rule_form == _STAR:
            ruled = "div.star::before, div.star::after"
            printed.append((rule, "div.star { color: % }"))
        elif theme.masthead.rule_form in _DOUBLE:
            ruled = "header.masthead::after"
        printed.append((rule, f"p.banner, {ruled} {{ border-color: % }}"))
    # Printed red is red also where a reading system tells neither light nor dark.
    sheet.rules += [rule.replace("%", found.light) for found, rule in printed]
    faint = (Shade(FAINT, DARK_FAINT), "p.banner, a.call, a.back { color: % }")
    for scheme, ink, paper in (("light", INK, PAPER), ("dark", DARK_INK, DARK_PAPER)):
        rules = [f"html {{ color: {ink}; background-color: {paper} }}"]
        rules += [
            rule.replace("%", found.light if scheme == "light" else found.dark) for found, rule in (*printed, faint)
        ]
        sheet.rules.append(f"@media (prefers-color-scheme: {scheme}) {{ {' '.join(rules)} }}")


def _em(value: float) -> str:
    return f"{value:.3g}em" if value else "0"


def _align(align: Align) -> str:
    return align.value
