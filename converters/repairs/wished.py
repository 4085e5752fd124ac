"""P-BOOK, P-BRACKET, P-MIDDOT and S-LATIN for words: mends that run only when they are named."""

from __future__ import annotations

from converters.diagnostics import Checked
from converters.model.characters import HAN
from converters.model.patterns import compiled
from converters.model.sheet import Mend, Sheet

from .rule import Class, LinePass, Options, Rule

P_BOOK = Rule(
    "P-BOOK",
    "Angle brackets in the place of book marks",
    Class.OPT,
    """\
Makes 《》 of < > or << >> around a title in hanzi.

Example: <<养老服务条例>>  ->  《养老服务条例》
Standard: GB/T 15834-2011, 4.15.
Mend: with --fix P-BOOK.
""",
)
P_BRACKET = Rule(
    "P-BRACKET",
    "Wrong brackets in a document number",
    Class.OPT,
    """\
Makes 〔2023〕 of [2023], 【2023】 or （2023） in the number of an official document.

Example: 民发[2023]5号  ->  民发〔2023〕5号
Standard: GB/T 9704-2012, 7.2.5. Without the mend, N-DOCNO reports the place.
Mend: with --fix P-BRACKET.
""",
)
P_MIDDOT = Rule(
    "P-MIDDOT",
    "Wrong point in a name",
    Class.OPT,
    """\
Makes · (U+00B7) of • ・ ‧ ． . between two hanzi of a name.

Example: 卡尔•马克思  ->  卡尔·马克思
Standard: GB/T 15834-2011, 4.14.
Mend: with --fix P-MIDDOT. Not asked of Japanese text, whose point is ・.
""",
)


def run(sheet: Sheet, options: Options) -> Checked[Sheet]:
    """Make the mends that were asked for."""
    text = sheet.text
    mends: list[Mend] = []
    if not any(options.runs(rule) for rule in (P_BOOK, P_BRACKET, P_MIDDOT)):
        return Checked(sheet)
    if options.runs(P_BOOK):
        for match in compiled(rf"(<<?)([^<>\n]*[{HAN}][^<>\n]*)(>>?)").finditer(text):
            if len(match[1]) == len(match[3]):
                mends.append(Mend("P-BOOK", match.start(1), match.end(1), "《"))
                mends.append(Mend("P-BOOK", match.start(3), match.end(3), "》"))
    if options.runs(P_BRACKET):
        for match in compiled(rf"(?<=[{HAN}])([\[【(（［])(?:19|20)\d\d([\]】)）］])(?=\s*第?\d{{1,4}}号)").finditer(
            text
        ):
            mends.append(Mend("P-BRACKET", match.start(1), match.end(1), "〔"))
            mends.append(Mend("P-BRACKET", match.start(2), match.end(2), "〕"))
    if options.runs(P_MIDDOT) and not sheet.lang.startswith("ja"):
        for match in compiled(rf"(?<=[{HAN}])[•・‧．.](?=[{HAN}])").finditer(text):
            mends.append(Mend("P-MIDDOT", match.start(), match.end(), "·"))
    return sheet.apply(mends)


PASS = LinePass("wished", (P_BOOK, P_BRACKET, P_MIDDOT), run)
