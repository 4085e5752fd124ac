"""E-BOM and E-MOJI: characters that are not seen, and text that was decoded wrongly before it came here."""

from __future__ import annotations

from converters.diagnostics import Checked, Diagnostic, Severity
from converters.model import inlines as i
from converters.model.characters import is_latin
from converters.model.patterns import compiled
from converters.model.sheet import BREAK, Mend, Sheet

from .rule import Class, LinePass, Options, Rule

E_BOM = Rule(
    "E-BOM",
    "Invisible character",
    Class.AUTO,
    """\
Removes byte order marks, zero-width spaces and joiners, soft hyphens, direction marks, line separators and
control characters from the text.

Why: they come from web pages and word processors, break searching, and show as boxes in some readers.
Example: 民[U+200B]政  ->  民政
Kept: a joiner inside an emoji, after a variation selector, and in scripts that need it; direction marks and
isolates beside letters that run from right to left, whose order they say; tab and newline.
Mend: applied; --no-fix E-BOM leaves them.
""",
)
E_MOJI = Rule(
    "E-MOJI",
    "Text that was decoded wrongly",
    Class.REPORT,
    """\
Reports the traces of a wrong decoding: U+FFFD, 锟斤拷, 烫烫烫, UTF-8 that was read as Latin-1 (ä¸­å›½).

Why: the text behind it is lost or hidden; only the original file has it.
Mend: never applied. Where the letters can be turned back without loss, the hint shows the text they stand for.
""",
)

_INVISIBLE = "\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u00ad\u2028\u2029"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_JOINERS = "\u200c\u200d"
# Direction marks, and the openings and closings of embeddings and isolates (UAX #9, 2).
_MARKS = "\u200e\u200f"
_DIRECTIONS = frozenset(_MARKS + "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# How far from letters from right to left a mark still speaks of them, in characters: a bracket, a number, a name.
_BESIDE = 40
_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
# Bytes of UTF-8 seen as Latin-1 or Windows-1252: a lead byte and its followers, twice or more.
_FOLLOWER = "\u0080-\u00bf\u2013-\u203a\u0152-\u0178\u02c6\u02dc\u20ac\u2122"
_GARBLED = rf"\ufffd+|锟斤拷[锟斤拷]*|烫烫烫+|屯屯屯+|(?:[\u00c2-\u00f4][{_FOLLOWER}]{{1,3}}){{2,}}"


def run(sheet: Sheet, options: Options) -> Checked[Sheet]:
    """Remove what cannot be seen; report what was garbled."""
    text = sheet.text
    mends: list[Mend] = []
    if options.runs(E_BOM):
        for match in compiled(f"[{_INVISIBLE}{_CONTROL}]").finditer(text):
            start = match.start()
            char = match.group()
            if (char == BREAK and _is_break(sheet, start)) or (char in _JOINERS and not _loose(text, start)):
                continue
            if char in _DIRECTIONS and _directs(text, start):
                continue
            words = char in "\u2028\u2029" and _between_letters(text, start)
            mends.append(Mend("E-BOM", start, start + 1, " " if words else ""))
    garbled = compiled(_GARBLED).finditer(text) if compiled("[\u00c2-\u00f4\ufffd]|锟斤|烫烫|屯屯").search(text) else ()
    findings = tuple(_garbled(sheet, match.start(), match.end()) for match in garbled)
    done = sheet.apply(mends)
    return Checked(done.value, findings, done.changes)


def _is_break(sheet: Sheet, offset: int) -> bool:
    """Whether the break at an offset of the sheet is a line break of the model and not a control character."""
    row = sheet.row(offset)
    text = "".join(inline.text if isinstance(inline, i.Text) else "" for inline in sheet.lines[row])
    return BREAK not in text


def _directs(text: str, place: int) -> bool:
    """Whether a direction mark has letters from right to left beside it: then it tells the order of what stands there.

    Those that open and close a stretch count by the line, for both of a pair are kept or neither.
    """
    start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    if text[place] in _MARKS:
        start, end = max(start, place - _BESIDE), min(end if end >= 0 else len(text), place + _BESIDE)
    return compiled(_RIGHT_TO_LEFT).search(text, start, end if end >= 0 else len(text)) is not None


def _loose(text: str, place: int) -> bool:
    """Whether a joiner joins nothing: no emoji, no variation selector and no script that uses joiners beside it."""
    left, right = text[place - 1 : place], text[place + 1 : place + 2]

    def plain(char: str) -> bool:
        return not char or char < "\u0590" or "\u2e80" <= char <= "\ud7ff" or "\uff00" <= char <= "\uffef"

    return plain(left) and plain(right)


def _between_letters(text: str, place: int) -> bool:
    left, right = text[place - 1 : place], text[place + 1 : place + 2]
    return bool(left and right) and is_latin(left) and is_latin(right)


def _garbled(sheet: Sheet, start: int, end: int) -> Diagnostic:
    words = sheet.text[start:end]
    meant = _turn_back(words)
    if meant:
        return Diagnostic(
            "E-MOJI", Severity.WARNING, "text decoded wrongly: {words}", sheet.span(start, end),
            hint="read the original as UTF-8; these letters stand for {meant}",
            values=(("words", words), ("meant", meant)),
        )  # fmt: skip
    return Diagnostic(
        "E-MOJI", Severity.WARNING, "text lost in a wrong decoding: {words}", sheet.span(start, end),
        hint="take this place from the original file", values=(("words", words),),
    )  # fmt: skip


def _turn_back(words: str) -> str:
    """What letters of Latin-1 or Windows-1252 stand for when their bytes are read as UTF-8; "" if for nothing."""
    data = bytearray()
    for char in words:
        try:
            data += char.encode("latin-1") if ord(char) < 0x100 else char.encode("cp1252")
        except UnicodeEncodeError:
            return ""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return ""


PASS = LinePass("controls", (E_BOM, E_MOJI), run, odd=True)
