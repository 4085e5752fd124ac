"""Damages of the kinds that repair mends, done to clean text on purpose; each fault is known.

A text is Markdown: blocks with a blank line between. Every function gives the torn text and its faults, in offsets of
the torn text. A fault is `recoverable` where the rule's own conditions promise to mend it: a paragraph that was torn
after a full stop is lost to any rule.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

HAN = "\u4e00-\u9fff"
CLOSERS = "”’）》】」』〉〕"
_NARROW = {"，": ",", "；": ";", "：": ":", "？": "?", "！": "!"}
_RADICALS = {
    unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)
} | {"民": "⺠", "长": "⻓", "见": "⻅", "门": "⻔", "马": "⻢", "车": "⻋"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One damage: the rule that mends it, where it stands in the torn text, what stood there, what stands there now."""

    rule: str
    start: int
    before: str
    after: str
    recoverable: bool = True


@dataclass(frozen=True, slots=True)
class Torn:
    """A damaged text and its faults, in order."""

    text: str
    faults: tuple[Fault, ...]

    def mendable(self) -> str:
        """The torn text with those damages undone that no rule promises to mend."""
        text = self.text
        for fault in reversed(self.faults):
            if not fault.recoverable:
                text = text[: fault.start] + fault.before + text[fault.start + len(fault.after) :]
        return text


Damage = Callable[[str, random.Random], Torn]


def _replace(text: str, edits: list[tuple[int, int, str, str, bool]]) -> Torn:
    """Edits of the clean text (start, end, after, rule, recoverable), sorted, made one after the other."""
    out: list[str] = []
    faults: list[Fault] = []
    last, length = 0, 0
    for start, end, after, rule, recoverable in edits:
        out.append(text[last:start])
        length += start - last
        faults.append(Fault(rule, length, text[start:end], after, recoverable))
        out.append(after)
        length += len(after)
        last = end
    out.append(text[last:])
    return Torn("".join(out), tuple(faults))


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The stretches of paragraphs of prose: no heading, no short line, no line in brackets."""
    found = []
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        if not line.startswith(("#", "（", ":::", "|", "- ")) and len(line) > 40 and line[-1] in "。！？…”）":
            found.append(match.span())
    return found


def torn_pages(text: str, rng: random.Random, every: int = 150, least: int = 15) -> Torn:
    """Paragraphs torn at page ends, about one in `every` characters, at least `least` from either end of one."""
    edits = []
    for start, end in paragraphs(text):
        place = start + rng.randrange(every)
        while place < end - least:
            inside = place - start >= least and re.match(r"[A-Za-z0-9`/@.]", text[place]) is None
            if inside and re.match(r"[A-Za-z0-9`/@.\s]", text[place - 1]) is None and not text[place].isspace():
                edits.append((place, place, "\n\n", "R-JOIN", can_join(text[start:place], text[place:end])))
            place += every // 2 + rng.randrange(every)
    return _replace(text, edits)


def can_join(first: str, second: str) -> bool:
    """Whether rule R-JOIN promises to put two pieces of a paragraph together."""
    core = first.rstrip(CLOSERS)
    if not core or core[-1] in "。！？…；：":
        return False
    if second[0] in "，。、；：！？”’）》〉】":
        return True
    if first[-1] in "（“《‘「":
        return True
    if first[-1] in CLOSERS or second[0] in "—…·" or first[-1] == "—":
        return False
    return (
        re.match(r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]+）|[一二三四五六七八九十]是", second)
        is None
    )


def narrow_marks(text: str, rng: random.Random, share: float = 1.0) -> Torn:
    """，；：？！ made half-width."""
    edits = []
    for match in re.finditer("[，；：？！]", text):
        if rng.random() > share:
            continue
        start, end = match.span()
        left, right = text[start - 1 : start], text[end : end + 1]
        chinese = re.match(rf"[{HAN}、。，；：！？（）《》〈〉「」【】〔〕·～]", left) is not None
        recoverable = chinese or (left in "”’%" and re.match(f"[{HAN}“‘《（]", right) is not None)
        edits.append((start, end, _NARROW[match.group()], "P-COMMA", recoverable and not text.startswith("//", end)))
    return _replace(text, edits)


def narrow_brackets(text: str, rng: random.Random, share: float = 1.0) -> Torn:
    """Pairs of （ ） made half-width."""
    edits = []
    for match in re.finditer("（([^（）\n]*)）", text):
        if rng.random() <= share:
            recoverable = re.search(f"[{HAN}]", match[1]) is not None or _chinese_around(text, *match.span())
            edits.append((match.start(), match.start() + 1, "(", "P-PAREN", recoverable))
            edits.append((match.end() - 1, match.end(), ")", "P-PAREN", recoverable))
    return _replace(text, edits)


def _chinese_around(text: str, start: int, end: int) -> bool:
    mark = rf"[{HAN}、。，；：！？“”《》]"
    return re.match(mark, text[start - 1 : start]) is not None and re.match(mark, text[end : end + 1]) is not None


def straight_quotes(text: str, _rng: random.Random) -> Torn:
    """“ ” made straight, in every line."""
    edits = []
    for line in re.finditer(r"[^\n]+", text):
        marks = re.findall("[“”]", line.group())
        regular = marks == ["“", "”"] * (len(marks) // 2) and re.search("[A-Za-z]”|“[A-Za-z]", line.group()) is None
        for match in re.finditer("[“”]", line.group()):
            place = line.start() + match.start()
            edits.append((place, place + 1, '"', "P-QUOTE", regular))
    return _replace(text, edits)


def narrow_stops(text: str, _rng: random.Random) -> Torn:
    """。 at the end of a paragraph or before a closing quote made a point; …… three points; —— two hyphens."""
    edits = []
    for match in re.finditer(r"。(?=[\n”])|……|——", text):
        after, rule = {"。": (".", "P-STOP"), "……": ("...", "P-ELL"), "——": ("--", "P-DASH")}[match.group()]
        left = text[match.start() - 1 : match.start()]
        edits.append((*match.span(), after, rule, re.match(f"[{HAN}”’）》]|\n", left) is not None))
    return _replace(text, edits)


def inner_spaces(text: str, rng: random.Random, share: float = 0.05) -> Torn:
    """Spaces between hanzi of the body."""
    edits = []
    for start, end in paragraphs(text):
        for match in re.finditer(f"(?<=[{HAN}])(?=[{HAN}])", text[start:end]):
            if rng.random() < share:
                edits.append((start + match.start(), start + match.start(), " ", "S-HAN", True))
    return _replace(text, edits)


def beside_marks(text: str, rng: random.Random, share: float = 0.2) -> Torn:
    """Spaces after full-width marks of the body."""
    edits = []
    for start, end in paragraphs(text):
        for match in re.finditer(f"(?<=[，。；：、])(?=[{HAN}])", text[start:end]):
            if rng.random() < share:
                edits.append((start + match.start(), start + match.start(), " ", "S-PUNCT", True))
    return _replace(text, edits)


def radicals(text: str, rng: random.Random, share: float = 0.5) -> Torn:
    """Hanzi put as the radicals that look the same."""
    edits = [
        (match.start(), match.end(), _RADICALS[match.group()], "E-KANGXI", True)
        for match in re.finditer(f"[{''.join(_RADICALS)}]", text)
        if rng.random() < share
    ]
    return _replace(text, edits)


def wide_figures(text: str, rng: random.Random, share: float = 0.5) -> Torn:
    """Runs of figures made full-width."""
    edits = []
    for start, end in paragraphs(text):
        for match in re.finditer(r"(?<![A-Za-z0-9./:,_-])\d+(?![A-Za-z0-9./:,_-])", text[start:end]):
            if rng.random() < share:
                wide = "".join(chr(ord(char) + 0xFEE0) for char in match.group())
                edits.append((start + match.start(), start + match.end(), wide, "E-FWALNUM", True))
    return _replace(text, edits)


def typed_indents(text: str, _rng: random.Random) -> Torn:
    """Two ideographic spaces before every paragraph."""
    return _replace(text, [(start, start, "\u3000\u3000", "E-NBSP", True) for start, _ in paragraphs(text)])


def invisible(text: str, rng: random.Random, share: float = 0.01) -> Torn:
    """Zero-width spaces and byte order marks between hanzi."""
    edits = [
        (match.start(), match.start(), rng.choice("\u200b\ufeff\u2060\u00ad"), "E-BOM", True)
        for match in re.finditer(f"(?<=[{HAN}])(?=[{HAN}])", text)
        if rng.random() < share
    ]
    return _replace(text, edits)


def page_furniture(text: str, rng: random.Random, every: int = 300) -> Torn:
    """Paragraphs torn at page ends, with a page number between the pieces."""
    torn = torn_pages(text, rng, every)
    edits = [
        (fault.start, fault.start + 2, f"\n\n— {number} —\n\n", "R-PAGENO", True)
        for number, fault in enumerate(torn.faults, 1)
    ]
    result = _replace(torn.text, edits)
    # One number alone is no row: it is reported and left.
    row = len(result.faults) > 1
    faults = [Fault("R-PAGENO", fault.start + 2, "", fault.after.strip(), row) for fault in result.faults]
    return Torn(result.text, tuple(faults))


def running_heads(text: str, rng: random.Random, every: int = 300, head: str = "民政工作简报") -> Torn:
    """Paragraphs torn at page ends, with the running head of the next page between the pieces."""
    # Where less stands before the head, it may be a heading's.
    torn = torn_pages(text, rng, every, least=26)
    edits = [(fault.start, fault.start + 2, f"\n\n{head}\n\n", "R-FURN", True) for fault in torn.faults]
    result = _replace(torn.text, edits)
    # What comes once or twice may be a line of the text.
    row = len(result.faults) > 2
    return Torn(result.text, tuple(Fault("R-FURN", fault.start + 2, "", head, row) for fault in result.faults))


def lost_indents(text: str, rng: random.Random) -> Torn:
    """Plain text whose paragraphs are indented, but for some that lost their indent at the head of a page."""
    places = [start for start, _ in paragraphs(text)]
    lost = {start for start in places[1:] if rng.random() < 0.2}
    edits = [(start, start, "" if start in lost else "\u3000\u3000", "R-JOINSTOP", False) for start in places]
    return _replace(text, edits)


def hard_wraps(text: str, _rng: random.Random, width: int = 34) -> Torn:
    """Plain text with a line end after every `width` hanzi of a paragraph, which begins with an indent.

    A word or a number stays whole; a space where a line ends is lost.
    """
    edits = []
    for start, end in paragraphs(text):
        edits.append((start, start, "\u3000\u3000", "E-NBSP", True))
        last, place = start, start + width - 2
        while place < end - 1:
            while place > last and not _may_end(text, place):
                place -= 1
            if place == last:
                # An address longer than the line stays whole, and its line is longer.
                place = next((far for far in range(last + width, end - 1) if _may_end(text, far)), end)
                if place == end:
                    break
            lost = place + 1 if text[place] == " " else place
            edits.append((place, lost, "\n", "R-WRAP", True))
            last, place = lost, lost + width
    return _replace(text, edits)


def _may_end(text: str, place: int) -> bool:
    """Whether a line may end before a character: at the space between two foreign words, or where there is none."""
    if text[place] == " ":
        return re.fullmatch("[0-9A-Za-z,.;:!?)] [0-9A-Za-z]", text[place - 1 : place + 2]) is not None
    return re.match("[!-~]{2}| ", text[place - 1 : place + 1]) is None


DAMAGES: dict[str, Damage] = {
    "torn pages": torn_pages,
    "narrow marks": narrow_marks,
    "narrow brackets": narrow_brackets,
    "straight quotes": straight_quotes,
    "narrow stops": narrow_stops,
    "inner spaces": inner_spaces,
    "spaces beside marks": beside_marks,
    "radicals": radicals,
    "wide figures": wide_figures,
    "typed indents": typed_indents,
    "invisible characters": invisible,
    "page numbers": page_furniture,
    "running heads": running_heads,
}
"""Every damage of Markdown text by name; `hard_wraps` and `lost_indents` are damages of plain text."""
