"""w:sectPr: paper, margins, grid; headers and footers with their page numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converters.model.metadata import Form
from converters.ooxml import MC, W14, R, W, escape
from converters.theme.schema import Align, Theme
from converters.units import twips

from .draft import VML, draft_text, is_watermark, watermark
from .letter import foot_rule
from .looks import indents
from .paragraphs import Run
from .styles import footer_line
from .writer import Writer

if TYPE_CHECKING:
    from .package import Package

# How far the middle of a dash lies above the baseline of 宋体, and the em box's middle, in ems.
_DASH_ABOVE_BASELINE = 0.36
_NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:w14="{W14}" mc:Ignorable="w14"'


def numbered_pages(theme: Theme) -> bool:
    """Whether pages carry numbers."""
    return theme.page_number.position != "none"


def mirrored_numbers(theme: Theme) -> bool:
    """Whether odd and even pages carry their numbers at different sides."""
    return numbered_pages(theme) and theme.page_number.position == "outside" and theme.page.duplex


def different_first_page(writer: Writer) -> bool:
    """Whether the first page has a head or foot of its own: no number, no running head, or the rule of a letter."""
    theme = writer.theme
    return (
        bool(theme.pdf.running_head)
        or (numbered_pages(theme) and not _numbers_first_page(writer))
        or _rules_first_page(writer)
    )


def _numbers_first_page(writer: Writer) -> bool:
    """Whether page 1 shows its number; that of a letter never does (GB/T 9704-2012, 10.1)."""
    return writer.theme.page_number.first_page and writer.form is not Form.LETTER


def _rules_first_page(writer: Writer) -> bool:
    """Whether the foot of page 1 has the lower double rule of a letter."""
    look = writer.theme.masthead
    return writer.form is Form.LETTER and look.show and not look.preprinted


def write_footers(writer: Writer, package: Package) -> str:
    """Make the header and footer parts; returns the references that every section repeats."""
    theme = writer.theme
    references = _write_headers(writer, package)
    numbers: list[tuple[str, Align]] = []
    runs = ""
    if numbered_pages(theme):
        runs = _page_number(writer)
        if mirrored_numbers(theme):
            numbers = [("default", Align.RIGHT), ("even", Align.LEFT)]
        else:
            outside = theme.page_number.position == "outside"
            numbers = [("default", Align.RIGHT if outside else Align.CENTRE)]
    for kind, align in numbers:
        references.append(_reference("footer", kind, package.footer(_part("ftr", writer, ("Footer", runs, align)))))
    if _rules_first_page(writer):
        first = _whole("ftr", foot_rule(writer, footer_distance(theme)))
        references.append(_reference("footer", "first", package.footer(first)))
    elif numbers and different_first_page(writer):
        # Where only the head differs on the first page, it repeats the foot of the others.
        foot = ("Footer", runs, numbers[0][1]) if _numbers_first_page(writer) else ("Footer", "", Align.RIGHT)
        references.append(_reference("footer", "first", package.footer(_part("ftr", writer, foot))))
    return "".join(references)


def _write_headers(writer: Writer, package: Package) -> list[str]:
    """Running head on every page but the first, the mark of a draft on every page."""
    theme, metadata = writer.theme, writer.metadata
    head, mark = theme.pdf.running_head, draft_text(writer)
    if not head and not mark:
        return []
    words = head.replace("{name}", metadata.name).replace("{title}", metadata.title or metadata.name)
    kinds = ["default", *(["even"] if mirrored_numbers(theme) else [])]
    if mark and different_first_page(writer):
        kinds.append("first")
    references = []
    for number, kind in enumerate(kinds, 1):
        art = watermark(writer, number) if mark and is_watermark(writer) else ""
        running = writer.text(words, None, "Header") if words and kind != "first" else ""
        paragraphs = [("Header", art + running, Align.CENTRE)] if art or running else []
        if mark and not art:
            paragraphs.append(("Draft", writer.text(mark, None, "Draft"), theme.styles.draft.align))
        references.append(_reference("header", kind, package.header(_part("hdr", writer, *paragraphs))))
    return references


def _reference(part: str, kind: str, identifier: str) -> str:
    return f'<w:{part}Reference w:type="{kind}" r:id="{identifier}"/>'


def _part(root: str, writer: Writer, *paragraphs: tuple[str, str, Align]) -> bytes:
    """A header or footer of paragraphs: style, runs, alignment."""
    out = []
    for style, runs, align in paragraphs:
        look = writer.styles[style].look
        em = writer.grid.em(look)
        left = look.left_em if align is Align.LEFT else 0
        right = look.right_em if align is Align.RIGHT else 0
        side = {Align.LEFT: "left", Align.RIGHT: "right"}.get(align, "center")
        out.append(
            f'<w:p w14:paraId="{writer.identity.paragraph()}"><w:pPr><w:pStyle w:val="{style}"/>'
            f'{indents(left, right, 0, em)}<w:jc w:val="{side}"/></w:pPr>{runs}</w:p>'
        )
    return _whole(root, "".join(out))


def _whole(root: str, paragraphs: str) -> bytes:
    art = f" {VML}" if "<w:pict>" in paragraphs else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{root} {_NAMESPACES}{art}>{paragraphs}</w:{root}>'
    ).encode()


def _page_number(writer: Writer) -> str:
    """— 1 —: a PAGE field in its five parts; without separate and result LibreOffice shows nothing until an update."""
    before, _, after = writer.theme.page_number.form.partition("{page}")
    # The dashes beside a digit are Chinese wherever the document is.
    dash = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'

    def literal(text: str) -> str:
        return f'<w:r>{dash}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""

    return (
        literal(before) + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + literal(after)
    )


def begin(writer: Writer, columns: int = 1, *, start: str = "continuous", turned: bool = False) -> None:
    """Go on in a section of so many columns: what has been written since the last one ends here.

    `start` is "nextPage" where it begins a page.
    """
    run = Run(start, columns, turned)
    if run[1:] == writer.section[1:] and start == "continuous":
        return
    writer.out.append(_end(writer, section(writer)))
    writer.section = run
    writer.after_table, writer.room = False, 0


def section(writer: Writer) -> str:
    """w:sectPr of the section that is being written, its children in the order of the schema."""
    theme, page = writer.theme, writer.theme.page
    kind, columns, turned = writer.section
    width, height = (page.height, page.width) if turned else (page.width, page.height)
    # The leaf is turned so that its inner edge lies on top.
    top, right, bottom, left = (
        (page.inner, page.top, page.outer, page.bottom) if turned else (page.top, page.outer, page.bottom, page.inner)
    )
    landscape = ' w:orient="landscape"' if width > height else ""
    footer = twips(footer_distance(theme))
    vertical = ""
    if page.writing_mode == "vertical-rl":
        vertical = '<w:textDirection w:val="tbRl"/>'
        if not turned:
            # A book of vertical lines is bound on the right.
            left, right = right, left
    many = f' w:num="{columns}"' if columns > 1 else ""
    gap = twips(page.column_gap) if columns > 1 else 425
    parts = [
        writer.references,
        f'<w:footnotePr><w:numFmt w:val="{note_format(writer.lang)}"/></w:footnotePr>' if writer.notes else "",
        f'<w:type w:val="{kind}"/>' if kind else "",
        f'<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{landscape}/>',
        f'<w:pgMar w:top="{twips(top)}" w:right="{twips(right)}" w:bottom="{twips(bottom)}" w:left="{twips(left)}"'
        f' w:header="{twips(top / 2)}" w:footer="{footer}" w:gutter="0"/>',
        f'<w:cols{many} w:space="{gap}"/>',
        "<w:titlePg/>" if different_first_page(writer) else "",
        vertical,
        f'<w:docGrid w:type="lines" w:linePitch="{writer.grid.line}"/>',
    ]
    return f"<w:sectPr>{''.join(parts)}</w:sectPr>"


def _end(writer: Writer, properties: str) -> str:
    """The paragraph that ends a section; it has no height."""
    return (
        f'<w:p w14:paraId="{writer.identity.paragraph()}"><w:pPr><w:snapToGrid w:val="0"/>'
        '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        f'<w:ind w:firstLineChars="0" w:firstLine="0"/><w:rPr><w:sz w:val="2"/></w:rPr>{properties}</w:pPr></w:p>'
    )


def note_format(lang: str) -> str:
    """Note calls are ① ② ③ in Chinese and Japanese, figures elsewhere."""
    return "decimal" if lang.lower().startswith("en") else "decimalEnclosedCircleChinese"


def footer_distance(theme: Theme) -> float:
    """From the edge of the paper to the bottom of the page number's line, in points.

    The upper edge of the dash stands `page_number.gap` below the type area; the baseline lies at 0.8 of an exact line.
    """
    size, line = theme.styles.page_number.size, footer_line(theme)
    baseline = theme.page_number.gap + _DASH_ABOVE_BASELINE * size
    return max(0.0, theme.page.bottom - baseline - (1 - 0.8) * line)
