"""P-QUOTE: straight quotation marks in Chinese text."""

from __future__ import annotations

from converters.diagnostics import Checked, Diagnostic, Severity
from converters.model.characters import is_latin, is_wide
from converters.model.patterns import compiled
from converters.model.sheet import Mend, Sheet

from .context import has_wide, protected
from .rule import Class, LinePass, Options, Rule

P_QUOTE = Rule(
    "P-QUOTE",
    "Straight quotation marks in Chinese text",
    Class.AUTO,
    """\
Curls " and ' to “ ” and ‘ ’ (「 」 『 』 in Traditional Chinese and Japanese), by turns inside one paragraph.

Why: straight marks do not say which opens (GB/T 15834-2011, 4.8).
Example: 他说:"好的."  ->  他说：“好的。”
Condition: the paragraph has an even number of them, each opening one stands before text and each closing one
after it, and none has Latin letters on both sides. Otherwise they are reported and left.
Mend: applied; --no-fix P-QUOTE leaves them.
""",
)


def run(sheet: Sheet, options: Options) -> Checked[Sheet]:
    """Curl the marks of every paragraph where the turns are certain."""
    lang = sheet.lang
    if not options.runs(P_QUOTE) or lang.startswith(("ko", "en")):
        return Checked(sheet)
    corner = lang.startswith(("ja", "zh-hant", "zh-tw", "zh-hk", "zh-mo"))
    double, single = ("「」", "『』") if corner else ("“”", "‘’")
    mends: list[Mend] = []
    findings: list[Diagnostic] = []
    rows: dict[int, list[int]] = {}
    for match in compiled("[\"']").finditer(sheet.text):
        rows.setdefault(sheet.row(match.start()), []).append(match.start())
    for row, places in rows.items():
        if not has_wide(sheet.line(row)):
            continue
        for mark, pair in (('"', double), ("'", single)):
            mine = [place for place in places if sheet.text[place] == mark and not _latin_mark(sheet.text, place)]
            if mine:
                _curl(sheet, mine, pair, mends, findings)
    done = sheet.apply(mends)
    return Checked(done.value, tuple(findings), done.changes)


def _curl(sheet: Sheet, places: list[int], pair: str, mends: list[Mend], findings: list[Diagnostic]) -> None:
    text = sheet.text
    pairs = list(zip(places[::2], places[1::2], strict=False))
    odd = len(places) % 2 == 1
    if (
        odd
        or _crossed(text, pairs)
        or not all(_opens(text, first) and _closes(text, second) for first, second in pairs)
    ):
        place = places[-1] if odd else places[0]
        findings.append(
            Diagnostic(
                "P-QUOTE", Severity.WARNING, "straight quotation marks whose turns are not certain",
                sheet.span(place, place + 1), hint="write {pair}", values=(("pair", pair),),
            )
        )  # fmt: skip
        return
    left, right = _Outer(text, -1), _Outer(text, 1)
    for first, second in pairs:
        inner = text[first + 1 : second]
        outer = (left.of(first - 1), right.of(second + 1))
        if not has_wide(inner) and not any(char and is_wide(char) for char in outer):
            continue  # a quotation inside an English sentence
        mends.append(Mend("P-QUOTE", first, first + 1, pair[0]))
        mends.append(Mend("P-QUOTE", second, second + 1, pair[1]))


def _crossed(text: str, pairs: list[tuple[int, int]]) -> bool:
    """Whether what is said ends in a later pair than it begins in: 他说:"你看过"红楼梦"吗?" has quotes in quotes."""
    begun = False
    for first, second in pairs:
        said = text[first - 1 : first] in _SAYS
        ends = text[second - 1 : second] in _SENTENCE_ENDS
        if begun and ends and not said and is_wide(text[first - 1 : first] or " "):
            return True
        begun = begun or (said and not ends)
    return False


_SPACE = (" ", "\u00a0")
_SAYS = ("：", ":")
_SENTENCE_ENDS = ("。", "！", "？", ".", "!", "?", "…")


def _latin_mark(text: str, place: int) -> bool:
    """An apostrophe, a mark of feet or inches, a mark inside an address."""
    left, right = text[place - 1 : place], text[place + 1 : place + 2]
    if text[place] == "'" and left and (is_latin(left) or left.isdecimal()):
        # don't, the students' work, 5'6": not 看成了'S',
        near = right if right not in _SPACE else text[place + 2 : place + 3]
        return near != "" and near.isascii() and (near.isalnum() or near in "\"'")
    return (
        (left != "" and right != "" and is_latin(left) and is_latin(right))
        or (left.isdecimal() and left.isascii() and not (right and is_wide(right)) and right not in ",.;:，。；：")
        or protected(text, place)
    )


def _opens(text: str, place: int) -> bool:
    place += 1
    while text[place : place + 1] in (" ", "\u3000", "\u00a0"):
        place += 1
    right = text[place : place + 1]
    if compiled(r"\.{3,}|。{2,}|…").match(text, place) is not None:
        return True  # "......我认": the words begin with an ellipsis
    return right != "" and right not in "\n\v，。、；：！？,.;:?!）)》”’」』】"


def _closes(text: str, place: int) -> bool:
    while text[place - 1 : place] in (" ", "\u3000", "\u00a0"):
        place -= 1
    left = text[place - 1 : place]
    return left != "" and left not in "\n\v：:（(《“‘「『【"


class _Outer:
    """The next letter, hanzi or figure of a line to one side of rising places; "" where there is none.

    What was walked over is known: thousands of marks side by side are walked over once.
    """

    def __init__(self, text: str, step: int) -> None:
        self.text, self.step = text, step
        # The stretch last walked over, and what stands at its end.
        self.low, self.high, self.found = 1, 0, ""

    def of(self, place: int) -> str:
        """The one beside a place, this place included."""
        text, step = self.text, self.step
        here = place
        while 0 <= here < len(text):
            if self.low <= here <= self.high:
                self.low, self.high = min(self.low, place), max(self.high, place)
                return self.found
            char = text[here]
            if char in "\n\v" or char.isalnum():
                break
            here += step
        self.low, self.high = min(here, place), max(here, place)
        self.found = text[here] if 0 <= here < len(text) and text[here] not in "\n\v" else ""
        return self.found


PASS = LinePass("quotes", (P_QUOTE,), run, chars="\"'")
