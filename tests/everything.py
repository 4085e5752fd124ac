"""A document that holds every construct of the model at once, built by hand, for any room's tests."""

from __future__ import annotations

import datetime
import struct
import zlib
from dataclasses import replace

from converters.diagnostics import Source, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document, SourceLine
from converters.model.metadata import Metadata
from converters.model.pagination import PageStart, Pagination
from converters.model.pictures import Picture

TEXT = (
    "---\nname: 民政工作简报\n---\n\n# 第一篇文章\n\n近日，青浦河市“六快”机制……走在前列——3月6日。\n\n"
    "会议指出，要重视养老服务，\n\n把好事办好。\n\n（据青浦河市民政局）\n"
)
NAME = "everything.md"


def source() -> Source:
    """The text that some of the document's spans point into."""
    return Source(NAME, TEXT)


def place(words: str) -> Span:
    """Where some words stand in the source."""
    start = TEXT.index(words)
    return Span(NAME, start, start + len(words))


def text(words: str) -> tuple[i.Inline, ...]:
    """Words as one run; it knows its place where the source has them."""
    return (i.Text(words, TEXT.find(words)),)


def png(width: int = 4, height: int = 3) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PICTURES = {
    "chart.png": Picture(png(400, 300), "image/png", 400, 300, 96),
    "second.png": Picture(png(30, 40), "image/png", 30, 40),
}


def metadata() -> Metadata:
    """A masthead and a colophon with every line."""
    return Metadata(
        name="民政工作简报",
        super_title="云岭省民政工作会议",
        issue="12",
        total_issue=345,
        issuer="云岭省民政厅办公室",
        date=datetime.date(2026, 3, 27),
        secrecy="内部资料",
        copy_no="000123",
        urgency="加急",
        toc="true",
        editor_note="按本期要求，刊发两篇文章。",
        report_to=("云岭省委办公厅、省政府办公厅。",),
        send_to=("省直有关部门。",),
        distribute_to=("各市（州）民政局", "各县（市、区）民政局", "厅机关有关处室、直属各单位"),
        copies=100,
        editors=("张三",),
        reviewers=("李四",),
        keywords=("养老", "社区"),
    )


def inlines() -> tuple[i.Inline, ...]:
    """A line with every kind of inline."""
    return (
        i.Text("普通，"),
        i.Strong((i.Text("着重"), i.Emphasis((i.Text("又强调"),)))),
        i.Strong((i.Text("three minutes"),)),
        i.Emphasis((i.Text("楷体"),)),
        i.Emphasis((i.Text("leaning"),)),
        i.Strike((i.Text("删去"),)),
        i.Dots((i.Text("加点"),)),
        i.Dots((i.Text("空心"),), "hollow-sesame"),
        i.Deceased((i.Text("王五"),)),
        i.ProperName((i.Text("青浦河"),)),
        i.BookTitle((i.Text("云岭县志"),)),
        i.Text("H"),
        i.Subscript((i.Text("2"),)),
        i.Text("O 10 cm"),
        i.Superscript((i.Text("3"),)),
        i.Link((i.Text("协会"), i.Strong((i.Text("网站"),))), "https://greenriver.example/apply?a=1&b=2", "报名"),
        i.Code("apply <x>"),
        i.LineBreak(),
        i.Ruby((i.Text("漢字"),), "かんじ"),
        i.Note("甲", (b.Paragraph((i.Text("注文“一”。"),)), b.Paragraph((i.Text("注文第二段。"),)))),
        i.Image("second.png", alt="小图"),
        i.Text("。"),
    )


def blocks() -> tuple[b.Block, ...]:
    """Every kind of block."""
    wide = b.Column()
    return (
        b.Addressee(text("各市（州）民政局：")),
        b.Paragraph(
            text("近日，青浦河市“六快”机制……走在前列——3月6日。"),
            span=place("近日，青浦河市“六快”机制……走在前列——3月6日。"),
        ),
        b.Paragraph(
            text("会议指出，要重视养老服务，把好事办好。"),
            span=place("会议指出，要重视养老服务，"),
            joined=(place("把好事办好。"),),
        ),
        b.Heading(1, text("一、健全服务网络")),
        b.Heading(2, text("（一）优化布局")),
        b.Heading(3, text("1.清单")),
        b.Heading(4, text("（1）细目")),
        b.Heading(5, text("①小目")),
        b.Paragraph(text("各地要统筹编制清单。"), run_in=text("优化设施布局。"), run_in_level=2),
        b.Paragraph(inlines()),
        b.ListBlock(
            (
                b.ListItem((b.Paragraph(text("登录网站")), b.Paragraph(text("第二段"))), "3."),
                b.ListItem(
                    (
                        b.Paragraph(text("准备材料")),
                        b.ListBlock(
                            (
                                b.ListItem((b.Paragraph(text("身份证")),), "-"),
                                b.ListItem((b.Paragraph(text("已办")),), "-", checked=True),
                                b.ListItem((b.Paragraph(text("未办")),), "-", checked=False),
                            )
                        ),
                    ),
                    "4.",
                ),
            ),
            ordered=True,
            start=3,
        ),
        b.ListBlock((b.ListItem((b.Paragraph(text("另起编号")),), "1)"),), ordered=True),
        b.DefinitionList((b.Definition(text("失能老人"), ((b.Paragraph(text("生活不能自理的老人。")),),)),)),
        b.Quote((b.Paragraph(text("距离只是一种习惯。")), b.Quote((b.Paragraph(text("引文中的引文。")),)))),
        b.Table(
            (b.Column(b.Alignment.LEFT), wide, b.Column(b.Alignment.RIGHT), b.Column(b.Alignment.CENTRE)),
            (
                b.Row((b.Cell(text("项目"), rows=2), b.Cell(text("经费"), columns=2), b.Cell(text("备注")))),
                b.Row((b.Cell(text("市级")), b.Cell(text("县级")), b.Cell(text("单位：万元")))),
                b.Row((b.Cell(text("护理员")), b.Cell(text("38.5")), b.Cell(text("12")), b.Cell((), rows=2))),
                b.Row((b.Cell(text("合计"), header=True), b.Cell(text("50.5"), columns=2))),
            ),
            header_rows=2,
            caption=text("表1 首年经费"),
        ),
        b.Table(
            (b.Column(width_ratio=0.25), b.Column(width_ratio=0.75)),
            (b.Row((b.Cell(text("甲")), b.Cell(text("乙")))),),
            0,
        ),
        b.Figure((i.Image("chart.png", "两市往来人次", "图", "70%"),), text("图1 两市年度往来")),
        b.Figure((i.Image("chart.png", decorative=True), i.Image("second.png", "第二幅")), text("图2 并排")),
        b.CodeBlock("def f(x):\n\treturn x < 1\n\n# “引号”", "python"),
        b.Verse((text("床前明月光，"), text("疑是地上霜。"))),
        b.Rule(),
        b.Paragraph(text("分页之前。")),
        b.PageBreak(),
        b.Paragraph(text("分页之后。")),
        b.AttachmentNote((text("1.社区养老服务设施建设标准"), text("2.重点任务清单")), text("附件：")),
        b.Signature((text("云岭省民政厅"),), text("2026年3月6日"), text("（联系人：张三）"), sealed=True),
    )


def document() -> Document:
    """The whole document."""
    note = i.Note("乙", (b.Paragraph((i.Text("题注。"),)),))
    return Document(
        metadata(),
        (
            Article(
                title=(text("第一篇文章"), text("“回头看”工作")),
                kicker=text("引题"),
                subtitle=text("——副题"),
                column=text("【工作动态】"),
                author=text("张三"),
                editor_note=(b.Paragraph(text("编者按：办法不大，管用。")), b.Paragraph(text("供各地参考。"))),
                blocks=blocks(),
                source=SourceLine(text("（据青浦河市民政局）"), place("（据青浦河市民政局）")),
            ),
            Article(
                title=((i.Text("第二篇"), note),),
                blocks=(b.Paragraph((i.Text("正文一段，再见"), note, i.Text("。"))),),
                source=SourceLine(text("（本刊综合）")),
            ),
            Article(
                title=(text("社区养老服务设施建设标准"),), attachment="附件1", blocks=(b.Paragraph(text("标准。")),)
            ),
        ),
        (source(),),
    )


def pagination() -> Pagination:
    """On which pages the articles would begin."""
    return Pagination(
        {"a1": "1", "a2": "4", "a3": "5"},
        (*(PageStart(str(n), f"a1.b{n}") for n in range(1, 5)), PageStart("5", "a3")),
        5,
        True,
    )


def long_document(articles: int) -> Document:
    """So many articles that hold every kind of block, about four pages each, between one masthead and one colophon."""
    whole = document()
    first = replace(whole.articles[0], column=())
    return replace(whole, articles=(*[first] * articles, *whole.articles[1:]))
