"""A-TO: the rows that say to whom a document goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from converters.diagnostics import Diagnostic, Severity
from converters.model import blocks as b
from converters.model.patterns import compiled

from .registry import rule
from .view import View

# What a name ends in that stands for a whole addressee: in 各市、县人民政府 the first 、 parts none.
_WHOLE = (
    "府",
    "厅",
    "局",
    "委",
    "办",
    "室",
    "部",
    "部门",
    "会",
    "院",
    "处",
    "单位",
    "机构",
    "机关",
    "公司",
    "区",
    "厅）",
    "局）",
)
# The levels of administration, by what names them first; a department stands on the level of its government.
_LEVELS = (
    ("国家", r"中共中央|中央|全国|国务院|国家|民政部|[\u4e00-\u9fff]{2,6}部(?:办公厅)?$|最高人民"),
    ("省", r"省|自治区|各省"),
    ("市", r"各?市|各?州|各?地区"),
    ("县", r"各?县|各?区|各?旗"),
    ("乡镇", r"各?乡|各?镇|各?街道"),
)


@rule("A-TO", Severity.WARNING, "Wrong mark after or between addressees")
def addressees(view: View) -> Iterable[Diagnostic]:
    """The line of addressees ends in ：; the row of copies (抄送) ends in 。; levels of addressees are parted by ，.

    Within one level names are joined by 、 or ，; between the province and its cities, or a government and what is
    below it, stands ，.
    Example: 抄送：省委办公厅、各市人民政府。 -> 省委办公厅，各市人民政府。
    Not meant: 各市、县人民政府 and 各市、县（区）民政局, where several levels have one noun.
    Standard: GB/T 9704-2012, 7.3.2 and 7.4.2.
    Mend: write the mark.
    """
    for article, _, _ in view.articles():
        for block in article.blocks:
            if isinstance(block, b.Addressee):
                start, end = view.place(block.inlines)
                if view.text[start:end].rstrip()[-1:] not in ("：", ""):
                    yield view.finding(
                        "A-TO", Severity.WARNING, (end - 1, end), "the addressees do not end in ：", "write ："
                    )
                for place, left, right in _levels_joined(view.text[start:end]):
                    yield view.finding(
                        "A-TO", Severity.WARNING, (start + place, start + place + 1),
                        "、 between two levels: {left} and {right}", "write ，", left=left, right=right,
                    )  # fmt: skip
    if not view.first:
        return
    metadata = view.document.metadata
    copies = metadata.send_to
    if view.official and len(copies) == 1 and not copies[0].rstrip().endswith("。"):
        yield Diagnostic("A-TO", Severity.WARNING, "the row 抄送 does not end in 。", metadata.span, hint="write 。")
    for row in (*metadata.report_to, *copies, *metadata.distribute_to):
        for _, left, right in _levels_joined(row):
            yield Diagnostic(
                "A-TO", Severity.WARNING, "、 between two levels: {left} and {right}", metadata.span, hint="write ，",
                values=(("left", left), ("right", right)),
            )  # fmt: skip


def _levels_joined(row: str) -> Iterator[tuple[int, str, str]]:
    """Where 、 joins two names of different levels: its place, and the two."""
    names = [(match.start(), match.group()) for match in compiled("[^，、。；：]+").finditer(row)]
    for (start, left), (after, right) in pairwise(names):
        place = start + len(left)
        if row[place:after] != "、" or not left.endswith(_WHOLE):
            continue
        one, other = _level(left), _level(right)
        if one and other and one != other:
            yield place, left, right


def _level(name: str) -> str:
    """The level of administration that a name begins with; "" where it says none."""
    name = name.strip()
    return next((level for level, pattern in _LEVELS if compiled(pattern).match(name) is not None), "")
