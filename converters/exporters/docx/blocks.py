"""The model's blocks as paragraphs and tables of word/document.xml."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.metadata import Form
from converters.model.patterns import compiled
from converters.model.walk import plain
from converters.theme.schema import TextStyle
from converters.units import twips

from . import numbering
from .grid import ems
from .looks import indents
from .paragraphs import NOTHING, TOP, Container, Direct
from .plates import write_plates
from .runs import Line, Look, text_runs
from .signature import write_signature
from .styles import LIST_LEVELS
from .tables import write_table
from .writer import Writer

_ATTENDANCE = compiled(r"(?:出席|请假|列席|缺席|請假)(?:人员|人員|人|者)?\s*[：:]")
_TEXTS = compiled("<w:t(?: [^>]*)?>([^<]*)<")
# Word has nine heading levels; an article's title takes the first.
LAST_HEADING = 9
RUN_IN_LEVELS = 5


def write_blocks(writer: Writer, blocks: Iterable[b.Block], key: str, container: Container = TOP) -> None:
    """Write blocks one under the other; their ids are `key` and their numbers."""
    for number, block in enumerate(blocks, 1):
        write_block(writer, block, f"{key}{_joint(key)}{number}", container)


def _joint(key: str) -> str:
    """The blocks of article a1 are a1_b1, a1_b2 …, as walk.numbered names them; deeper ones a1_b1_1 …"""
    return "_b" if key.startswith("a") and "_" not in key else "_"


def write_block(writer: Writer, block: b.Block, mark: str, container: Container = TOP) -> None:
    """Write one block."""
    match block:
        case b.Paragraph():
            _paragraph(writer, block, mark, container)
        case b.Heading():
            _heading(writer, block, mark, container)
        case b.ListBlock():
            _list(writer, block, mark, container)
        case b.DefinitionList():
            _definitions(writer, block, mark, container)
        case b.Quote(blocks=inner, role=b.QuoteRole.EDITOR_NOTE):
            write_blocks(writer, inner, mark, Container("EditorNote", container.left, container.level))
        case b.Quote(blocks=inner):
            look = writer.styles["Quote"].look
            deeper = container.left + (round(look.left_em * writer.grid.em(look)) if container.style == "Quote" else 0)
            write_blocks(writer, inner, mark, Container("Quote", deeper, container.level))
        case b.Table(span=span):
            writer.identity.block(mark, "table", (span,))
            write_table(writer, block, mark, container)
        case b.Figure(span=span):
            writer.identity.block(mark, "figure", (span,))
            if not write_plates(writer, block, mark, container.style or "TableText"):
                writer.figures.block(block, mark)
        case b.CodeBlock():
            _code(writer, block, mark, container)
        case b.Verse(lines=lines, span=span):
            writer.identity.block(mark, "verse", (span,))
            runs = "<w:r><w:br/></w:r>".join(writer.runs(line, span, "Verse") for line in lines)
            writer.paragraph("Verse", runs, mark, _shifted(writer, container, "Verse"))
        case b.Rule(span=span):
            writer.identity.block(mark, "rule", (span,))
            writer.paragraph("SectionRule", "", mark)
        case b.PageBreak():
            writer.page_break = True
        case b.Addressee(inlines=inlines, span=span):
            writer.identity.block(mark, "addressee", (span,))
            writer.paragraph("Addressee", writer.runs(inlines, span), mark)
        case b.AttachmentNote():
            _attachment_note(writer, block, mark)
        case b.Signature():
            write_signature(writer, block, mark)
        case _:
            assert_never(block)


def _paragraph(writer: Writer, block: b.Paragraph, mark: str, container: Container) -> None:
    writer.identity.block(mark, "paragraph", (block.span, *block.joined))
    if writer.form is Form.MINUTES and container is TOP and _attendance(writer, block, mark):
        return
    if container is TOP and not block.run_in and writer.plain_paragraph(block.inlines, mark):
        return
    style = container.style or "Normal"
    runs = _run_in(writer, block, style) if block.run_in else writer.runs(block.inlines, block.span, style)
    if len(runs) > 100_000:
        writer.check_length(len(plain(block.run_in + block.inlines)), block.span)
    writer.paragraph(style, runs, mark, _shifted(writer, container, style) if container.left else NOTHING)


def _code(writer: Writer, block: b.CodeBlock, mark: str, container: Container) -> None:
    """Code with a quarter of a row above and below; the text goes on with the next row of the page, as in print."""
    style, text = "HTMLPreformatted", block.text
    writer.identity.block(mark, "code", (block.span,))
    writer.check_length(len(text), block.span)
    writer.text(text, block.span, style)  # only to report what XML forbids
    quarter = writer.grid.line // 4
    direct = _shifted(writer, container, style)._replace(spacing=f'w:before="{max(writer.room, quarter)}"')
    writer.paragraph(style, text_runs(text), mark, direct)
    height = sum(writer.grid.lines(line, writer.styles[style].look, 0) for line in text.split("\n"))
    height = quarter + round(height * twips(writer.grid.leading(writer.styles[style].look)))
    writer.room = quarter + -(height + quarter) % writer.grid.line


def _attendance(writer: Writer, block: b.Paragraph, mark: str) -> bool:
    """出席, 请假, 列席: the label in 黑体, turnovers under the first name (GB/T 9704-2012, 10.3)."""
    first = block.inlines[0] if block.inlines and not block.run_in else None
    found = _ATTENDANCE.match(first.text) if isinstance(first, i.Text) else None
    if found is None or not isinstance(first, i.Text):
        return False
    look = writer.styles["Attendance"].look
    em = writer.grid.em(look)
    hanging = round(ems(found[0]) * em)
    line = Line(writer, block.inlines, block.span, look.size)
    runs = line.runs((i.Text(found[0], first.start),), Look(style="AttendanceLabel"))
    rest = i.Text(first.text[found.end() :], first.start + found.end() if first.start >= 0 else -1)
    runs += line.runs((rest, *block.inlines[1:]))
    direct = Direct(indent=indents(look.left_em + hanging / em, look.right_em, 0, em, hanging))
    writer.paragraph("Attendance", runs, mark, direct)
    return True


def _run_in(writer: Writer, block: b.Paragraph, style: str) -> str:
    # One Line over both parts, so that a mark at their joint sees its neighbours.
    line = Line(writer, block.run_in + block.inlines, block.span, writer.styles[style].look.size)
    level = min(max(block.run_in_level, 1), RUN_IN_LEVELS)
    return line.runs(block.run_in, Look(style=f"RunIn{level}")) + line.runs(block.inlines)


def _heading(writer: Writer, block: b.Heading, mark: str, container: Container) -> None:
    writer.identity.block(mark, "heading", (block.span,))
    level = block.level + 1
    if level > LAST_HEADING:
        writer.report(
            "W-LEVEL",
            "a heading of level {level}; Word's last is {last}, which it becomes",
            block.span,
            hint="use fewer levels of headings",
            level=block.level,
            last=LAST_HEADING - 1,
        )
    style = f"Heading{min(max(level, 2), LAST_HEADING)}"
    writer.paragraph(style, writer.runs(block.inlines, block.span, style), mark, _shifted(writer, container, style))


def _shifted(writer: Writer, container: Container, style: str) -> Direct:
    """The indent of a style inside something that is itself indented."""
    if not container.left:
        return NOTHING
    look = writer.styles[style].look
    return Direct(indent=_shifted_indent(writer, look, container.left))


def _shifted_indent(writer: Writer, look: TextStyle, left: int) -> str:
    em = writer.grid.em(look)
    return indents(look.left_em + left / em, look.right_em, look.indent_em, em)


def _list(writer: Writer, block: b.ListBlock, mark: str, container: Container) -> None:
    writer.identity.block(mark, "list", (block.span,))
    level = container.level
    start = block.start
    if block.ordered and not 0 <= start <= numbering.LARGEST_START:
        writer.report(
            "W-LIST", "a list that starts at {start}; Word counts to {last}", block.span,
            hint="type such numbers as text", start=start, last=numbering.LARGEST_START,
        )  # fmt: skip
        start = min(max(start, 0), numbering.LARGEST_START)
    first = block.items[0].marker if block.items else ""
    signs: dict[str, int] = {}
    number = writer.numbering.numbers(first, start, min(level, 8)) if block.ordered else 0
    suffix = "" if level == 0 else str(min(level + 1, LIST_LEVELS))
    style = ("ListNumber" if block.ordered else "ListBullet") + suffix
    inner = Container("ListContinue" + suffix, container.left, level + 1)
    for position, item in enumerate(block.items, 1):
        identifier = number
        if item.checked is not None or not block.ordered:
            sign = {None: numbering.BULLET, True: numbering.CHECKED, False: numbering.UNCHECKED}[item.checked]
            if sign not in signs:
                signs[sign] = writer.numbering.bullets(sign)
            identifier = signs[sign]
        direct = Direct(
            numbering=writer.numbering.properties(identifier, level), indent=_list_indent(writer, style, container.left)
        )
        key = f"{mark}_{position}"
        blocks = item.blocks
        if blocks and isinstance(blocks[0], b.Paragraph) and not blocks[0].run_in:
            opening = blocks[0]
            writer.identity.block(f"{key}_1", "item", (opening.span, *opening.joined))
            runs = writer.runs(opening.inlines, opening.span, style)
            writer.paragraph(style, runs, f"{key}_1", direct)
            for place, further in enumerate(blocks[1:], 2):
                write_block(writer, further, f"{key}_{place}", inner)
        else:
            writer.paragraph(style, "", f"{key}_0", direct)
            write_blocks(writer, blocks, key, inner)


def _list_indent(writer: Writer, style: str, left: int) -> str:
    if not left:
        return ""
    look = writer.styles[style].look
    em = writer.grid.em(look)
    hanging = round(writer.styles[style].hanging_em * em)
    return indents(look.left_em + left / em, look.right_em, 0, em, hanging)


def _definitions(writer: Writer, block: b.DefinitionList, mark: str, container: Container) -> None:
    writer.identity.block(mark, "definitions", (block.span,))
    for number, item in enumerate(block.items, 1):
        key = f"{mark}_{number}"
        writer.paragraph("Term", writer.runs(item.term, block.span), key, _shifted(writer, container, "Term"))
        for place, description in enumerate(item.descriptions, 1):
            write_blocks(
                writer, description, f"{key}_{place}", Container("Definition", container.left, container.level)
            )


def _attachment_note(writer: Writer, block: b.AttachmentNote, mark: str) -> None:
    """附件说明: turned-over lines and further items begin under the first one's text (GB/T 9704-2012, 7.3.4)."""
    writer.identity.block(mark, "attachments", (block.span,))
    look = writer.styles["AttachmentNote"].look
    em = writer.grid.em(look)
    label = ems(plain(block.label))
    items = block.items or ((),)
    for position, item in enumerate(items, 1):
        text = plain(item)
        bare = text.lstrip("0123456789.．、 ")
        hang = ems(text[: len(text) - len(bare)])
        left = look.left_em + label + hang
        first = hang
        inlines = item
        if position == 1:
            inlines = block.label + item
            first = label + hang
        direct = Direct(indent=indents(left, look.right_em, 0, em, round(first * em)) if first else "")
        key = mark if position == 1 else f"{mark}_{position}"
        writer.paragraph("AttachmentNote", writer.runs(inlines, block.span), key, direct)


def keep_last_paragraph_with_next(writer: Writer, most_lines: int = 0) -> None:
    """Tie the last paragraph to what follows; with `most_lines` only where it is no longer than that.

    Word takes the end of a tied paragraph to the next page, LibreOffice the whole of it, however long.
    """
    if not writer.out or not writer.out[-1].startswith("<w:p "):
        return
    last = writer.out[-1]
    if "<w:keepNext" in last:
        return
    if most_lines and _is_longer(writer, "".join(_TEXTS.findall(last)), most_lines):
        return
    opening, rest = last.split(">", 1)
    if rest.startswith("<w:pPr>"):
        inner = rest[len("<w:pPr>") :]
        style = ""
        if inner.startswith("<w:pStyle "):
            style, inner = inner.split("/>", 1)
            style += "/>"
        rest = f"<w:pPr>{style}<w:keepNext/>{inner}"
    else:
        rest = f"<w:pPr><w:keepNext/></w:pPr>{rest}"
    writer.out[-1] = f"{opening}>{rest}"


def _is_longer(writer: Writer, text: str, most_lines: int) -> bool:
    """Whether a text of the body takes more lines than so many; most are far from it by the number of characters."""
    look = writer.styles["Normal"].look
    most = most_lines * writer.grid.measure / writer.grid.em(look)
    if len(text) <= most or len(text) > 2 * most:
        return len(text) > most
    return writer.grid.lines(text, look, 0) > most_lines
