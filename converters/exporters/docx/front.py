"""What stands before the articles: 报头 with its red rule, 本期要目, the issue's editor's note."""

from __future__ import annotations

import math
from dataclasses import replace

from converters.model.document import Article
from converters.model.inlines import Image
from converters.model.masthead import Masthead, masthead
from converters.model.metadata import Form, Kind
from converters.model.patterns import compiled
from converters.model.pictures import Picture, artwork_key, artwork_size
from converters.model.reading import issue_note
from converters.model.walk import plain, title_text
from converters.ooxml import escape
from converters.theme.schema import TextStyle
from converters.units import TWIPS_PER_POINT, twips

from .grid import ems
from .letter import write_letter
from .looks import eighths
from .name import BASELINE_RATIO, BOX_BELOW, INK_ABOVE, fitted_name, joint_name, tracked
from .paragraphs import NOTHING, Direct
from .red_rule import rule_depth, star
from .runs import Look
from .signers import SIGNERS_IN_ROW, signer_runs, signers, write_signers
from .styles import name_leading
from .writer import Writer

# The page number and three dots of the leader want this much of an entry's last line.
_LEADER_EMS = 3
# As in print: a masthead that hangs over a row by so much of it does not cost another one.
_OVERHANG = 0.1
_TAB = "<w:r><w:tab/></w:r>"


def write_front(writer: Writer) -> None:
    """Write everything that precedes the first article; afterwards `writer.gap` leads to the next row."""
    head = masthead(writer.metadata, writer.theme.masthead.issue_form)
    bottom = 0.0
    if head.name and writer.theme.masthead.show:
        bottom = _write_masthead(writer, head)
    note = issue_note(writer.metadata)
    with_contents = writer.pagination.contents and any(_listed(article) for article in writer.document.articles)
    if bottom:
        # What follows stands on the grid: contents and notes on the next row, a title two blank rows below.
        row = math.ceil(bottom / writer.grid.pitch - (0.05 if with_contents else _OVERHANG))
        target = row if with_contents else row + (1 if note[1] else 2)
        writer.gap = max(0, twips(target * writer.grid.pitch - bottom))
    if with_contents:
        _write_contents(writer)
    if note[1]:
        _write_issue_note(writer, note)


def _write_masthead(writer: Writer, head: Masthead) -> float:
    """Write the masthead; returns how far below the top of the type area it ends, in points."""
    if writer.form is Form.LETTER:
        return write_letter(writer, head)
    pitch, span = writer.grid.pitch, writer.metadata.span
    y = 0.0
    if head.secrecy and not head.copy_no and writer.metadata.kind is Kind.GONGWEN:
        # 密级 has the second row also where no 份号 has the first (GB/T 9704-2012, 7.2.2).
        writer.gap, y = twips(pitch), pitch
    for text, mark in ((head.copy_no, "m_copy"), (head.secrecy, "m_secrecy"), (head.urgency, "m_urgency")):
        if text:
            writer.paragraph("Secrecy", writer.text(text, span, "Secrecy"), mark)
            y += pitch
    if head.super_title:
        writer.paragraph("MeetingName", writer.text(head.super_title, span, "MeetingName"), "m_super")
        y += writer.grid.leading(writer.styles["MeetingName"].look)
    y, box = _write_name(writer, head.name, y)
    rows: list[tuple[str, str, str]] = []
    if head.issue:
        rows.append(("IssueLine", writer.text(head.issue, span), "m_issue"))
    issuer_look = writer.styles["Issuer"].look
    room = writer.grid.measure / writer.grid.em(issuer_look) - issuer_look.left_em - issuer_look.right_em
    number, signer = writer.text(head.document_number, span), signer_runs(writer, head.signer)
    several = len(signers(writer, head.signer)[1]) > SIGNERS_IN_ROW
    if signer and not several:
        # 上行文: 发文字号 at the left, 签发人 at the right of one line (GB/T 9704-2012, 7.2.6).
        rows.append(("Issuer", number + _TAB + signer, "m_number"))
    elif number and not several:
        rows.append(("DocumentNumber", number, "m_number"))
    if head.issuer or head.date:
        date = _TAB + writer.text(head.date, span) if head.date else ""
        rows.append(("Issuer", writer.text(head.issuer, span) + date, "m_issuer"))
    blank = writer.theme.masthead.blank_rows
    for position, (style, runs, mark) in enumerate(rows):
        if position == 0:
            before = max(0.0, box + blank * pitch - y)
            writer.gap = twips(before)
            y += before
        writer.paragraph(style, runs, mark)
        y += pitch
        if mark == "m_issuer" and head.date and ems(head.issuer) + ems(head.date) + 1 > room:
            # The date turns to a line of its own.
            y += pitch
    if several:
        before = 0.0 if rows else max(0.0, box + blank * pitch - y)
        y += before + write_signers(writer, head, twips(before))
    return _write_rule(writer, y)


def _write_name(writer: Writer, name: str, y: float) -> tuple[float, float]:
    """Write the red name: its ink begins `masthead.top` below the type area, its width never passes the measure.

    Returns where its line ends and where its em box ends, in points.
    """
    look, theme = writer.styles["Title"].look, writer.theme
    artwork = artwork_key(theme.masthead.image)
    if (picture := writer.figures.of(artwork)) and (end := _write_artwork(writer, Image(artwork, name), picture, y)):
        return end, end
    lines = name.split("\n")
    if len(lines) > 2 and not theme.masthead.preprinted:
        return joint_name(writer, lines, y)
    size, tracking = fitted_name(writer, max(lines, key=ems), look)
    line = name_leading(look) * size / look.size
    baseline = BASELINE_RATIO * line
    before = max(0.0, theme.masthead.top - (baseline - INK_ABOVE * size) - y)
    spacing = f'w:before="{twips(before)}"'
    properties = ""
    if (size, tracking) != (look.size, writer.grid.tracking(look)):
        half = round(size * 2)
        properties = f'<w:spacing w:val="{tracking}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
        spacing += f' w:line="{twips(line)}" w:lineRule="exact"'
    # The organs of a joint issue have a line each.
    runs = "<w:r><w:br/></w:r>".join(tracked(writer, part, "Title", properties) for part in lines)
    if theme.masthead.preprinted:
        runs = ""
    writer.paragraph("Title", runs, "m_name", Direct(spacing=spacing))
    y += (len(lines) - 1) * line
    return y + before + line, y + before + baseline + BOX_BELOW * size


def _write_artwork(writer: Writer, image: Image, picture: Picture, y: float) -> float:
    """Write the picture in place of the name, which is its description; returns where it ends, 0 where it cannot be."""
    look = writer.theme.masthead
    width, height = artwork_size(picture, writer.grid.measure / TWIPS_PER_POINT)
    before = max(0.0, look.top - y)
    spacing = f'w:before="{twips(before)}"'
    if look.preprinted:
        runs = ""
        spacing += f' w:line="{twips(height)}" w:lineRule="exact"'
    elif not (runs := writer.figures.inline(replace(image, width=f"{width}pt"), writer.metadata.span)):
        return 0.0
    writer.paragraph("Title", runs, "m_name", Direct(spacing=spacing))
    return y + before + height


def _write_rule(writer: Writer, y: float) -> float:
    """The red rule, `rule_gap` below the em box of the line above; a paragraph's border, as wide as the type area."""
    theme = writer.theme
    if not theme.masthead.rule_thickness:
        # An order has no rule (GB/T 9704-2012, 10.2).
        return y
    half_leading = max(0.0, (writer.grid.pitch - theme.styles.body.size) / 2)
    before = max(0.0, theme.masthead.rule_gap - half_leading)
    writer.gap = twips(before)
    writer.paragraph("RedRule", star(theme, y + before))
    return y + before + eighths(rule_depth(theme.masthead)) / 8 + writer.styles["RedRule"].look.leading


def _listed(article: Article) -> bool:
    return bool(article.title)


def toc_bookmark(number: int) -> str:
    """The bookmark of an article's title, named as Word names those that its contents point to."""
    return f"_Toc{100000000 + number}"


def _write_contents(writer: Writer) -> None:
    """A real TOC field with the result that Word would compute, the page numbers being those of the print edition."""
    title = writer.metadata.toc_title or writer.words.contents
    writer.paragraph("TOCHeading", tracked(writer, title, "TOCHeading"))
    numbers = writer.theme.contents.page_numbers
    entries = [(number, article) for number, article in enumerate(writer.document.articles, 1) if _listed(article)]
    look = writer.styles["TOC1"].look
    switches = '\\o "1-1" \\h \\z \\u' + ("" if numbers else " \\n")
    rows = 0
    for position, (number, article) in enumerate(entries):
        text, lines = _entry_text(writer, article, number, look)
        rows += lines
        page = writer.pagination.pages.get(f"a{number}", "") if numbers else ""
        writer.identity.page(f"a{number}", page)
        runs = _entry(writer, text, toc_bookmark(number), page)
        last = position == len(entries) - 1
        if position == 0:
            runs = _field_start(f" TOC {switches} ") + runs
        if last:
            runs += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        direct = NOTHING
        if last:
            height = rows * writer.grid.leading(look) / writer.grid.pitch
            after = round((math.ceil(height - 0.02) - height) * writer.grid.line)
            direct = Direct(spacing=f'w:after="{max(0, after)}"')
        writer.paragraph("TOC1", runs, "", direct)


def _field_start(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def _entry_text(writer: Writer, article: Article, number: int, look: TextStyle) -> tuple[str, int]:
    """An entry's runs and its lines; a title that needs several turns where its lines turn, as on the printed page."""
    whole = title_text(article)
    room = writer.grid.measure / writer.grid.em(look) - writer.theme.styles.contents.left_em - look.right_em
    lines = [plain(line).replace("\n", "") for line in article.title]
    lines = list(writer.pagination.title_lines.get(f"a{number}", ())) or lines
    if ems(whole) + _LEADER_EMS <= room or len(lines) < 2:
        return writer.text(whole, article.span, "TOC1"), max(1, math.ceil((ems(whole) + 1) / room))
    joined: list[str] = []
    for index, line in enumerate(lines):
        text = line.strip()
        last = index == len(lines) - 1
        longer = f"{joined[-1]}{_glue(joined[-1], text)}{text}" if joined else text
        if joined and ems(longer) + (_LEADER_EMS if last else 0) <= room:
            joined[-1] = longer
        elif text:
            joined.append(text)
    return "<w:r><w:br/></w:r>".join(writer.text(line, article.span, "TOC1") for line in joined), len(joined)


def _glue(before: str, after: str) -> str:
    """Between Latin words a space, between hanzi nothing."""
    return " " if before[-1:].isascii() and after[:1].isascii() else ""


def _entry(writer: Writer, text: str, bookmark: str, page: str) -> str:
    number = ""
    if page:
        number = (
            f"{_TAB}{_field_start(f' PAGEREF {bookmark} ' + chr(92) + 'h ')}{writer.text(page, None)}"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{text}{number}</w:hyperlink>'


def _write_issue_note(writer: Writer, note: tuple[str, str]) -> None:
    label, text = note
    if not label:
        label, text = split_label(text)
    look = Look(style="EditorLabel")
    for number, line in enumerate(text.split("\n")):
        runs = writer.text(label, None, "EditorNote", look) if label and not number else ""
        runs += writer.text(line, writer.metadata.span, "EditorNote")
        writer.paragraph("EditorNote", runs, f"m_note{number}")


_LABEL = compiled(
    r"[\[【]?(?:编者按|编者的话|按语|按|編者按|編者的話|按語|編集部より|Editor’s note)[\]】]?[:：]?\s*(?<=[:：\]】 ])"
)


def split_label(text: str) -> tuple[str, str]:
    """The label that an editor's note begins with, and the rest."""
    match = _LABEL.match(text)
    return (match[0], text[match.end() :]) if match else ("", text)
