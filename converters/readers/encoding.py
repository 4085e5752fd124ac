"""Bytes into text (rule E-DEC): byte order mark, strict UTF-8, then a guess over the whole file that is shown.

Nothing is ever left out or replaced: a file that cannot be decoded strictly is refused.
"""

from __future__ import annotations

import codecs
import functools
import re
from collections import Counter

from converters.diagnostics import Checked, Diagnostic, Severity, Source, Span
from converters.errors import InputError
from converters.records import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP package (DOCX, EPUB, XLSX …)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (DOC, WPS, XLS)"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"{\\rtf", "an RTF file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
)
# Every label of the mainland's encodings is read as GB18030, which contains them all.
_LEGACY = ("gb18030", "big5hkscs", "cp950", "cp932", "euc_jp", "cp949")
_CANONICAL = {
    "gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "hz": "hz", "big5": "big5hkscs", "euc_kr": "cp949",
    "johab": "johab", "shift_jis": "cp932", "shift_jis_2004": "cp932", "shift_jisx0213": "cp932",
    "euc_jis_2004": "euc_jp", "euc_jisx0213": "euc_jp", "utf_16": "utf-16-le", "utf_16_le": "utf-16-le",
    "utf_16_be": "utf-16-be",
}  # fmt: skip
# Below these shares of everyday characters a guess is refused, or shown as doubtful.
_REFUSED_RATIO = 0.6
_DOUBTFUL_RATIO = 0.93
# With fewer characters than this the guess rests on too little.
_SHORT = 24
# Bytes that are decoded at a time.
_PIECE = 100_000
# Something other than blanks.
_SAID = re.compile(rb"[^ \t\r\n\x00]")


@dataclass(frozen=True, slots=True)
class _Guess:
    encoding: str
    text: str
    ratio: float


def decode(name: str, data: bytes) -> Checked[Source]:
    """The text of a file, its encoding and its newlines ("\\r\\n" and "\\r" become "\\n" in the text).

    A choice that is not UTF-8 is shown as a finding. Raises InputError for an empty or binary file and
    for bytes that no encoding explains.
    """
    if _SAID.search(data) is None:
        raise _empty(name)
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise InputError(
                "this is {what}, not text",
                where=name,
                hint="give the file its own suffix, or save it as text",
                what=what,
            )
    text, encoding, finding = _decode(name, data)
    if not text.strip():
        raise _empty(name)
    if "\x00" in text or _controls(text) > len(text) // 10:
        raise _binary(name)
    newline = "\n"
    if "\r" in text:
        newline = "\r\n" if "\r\n" in text else "\r"
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Checked(Source(name, text, encoding, newline), (finding,) if finding else ())


def _empty(name: str) -> InputError:
    return InputError("the file is empty", where=name, hint="give a file that holds text")


def _binary(name: str) -> InputError:
    return InputError("the file is binary, not text", where=name, hint="save it as UTF-8 text and try again")


def _controls(text: str) -> int:
    if text.isprintable():
        return 0
    sample = text[:65536]
    return sum(sample.count(chr(code)) for code in range(32) if code not in (9, 10, 11, 12, 13, 26))


def _decode(name: str, data: bytes) -> tuple[str, str, Diagnostic | None]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise _damaged(name, data, encoding, error.start + len(mark)) from None
            label = f"{encoding} with a byte order mark"
            return text, encoding, None if encoding == "utf-8" else _chosen(name, label, text, 1.0)
    zeros = b"\x00" in data
    if not zeros and b"\x1b$" not in data:
        try:
            return _utf8(data), "utf-8", None
        except UnicodeDecodeError as error:
            _refuse_damaged_utf8(name, data, error)
    guesses = _wide_guesses(data)
    if not zeros:
        guesses += _legacy_guesses(data)
    second = None if zeros else _second_opinion(data)
    best = max(
        guesses, key=lambda guess: guess.ratio + (0.02 if second and guess.text == second.text else 0), default=None
    )
    if best is None or best.ratio < _REFUSED_RATIO:
        if zeros:
            raise _binary(name)
        best = second
    if best is None:
        raise InputError(
            "no encoding explains these bytes", where=name, hint="save the file as UTF-8 in the program that wrote it"
        )
    rivals = any(guess.text != best.text and guess.ratio >= best.ratio - 0.05 for guess in guesses)
    wide = sum(1 for char in best.text[: 4 * _SHORT] if char > "\x7f")
    agreed = second is not None and second.text == best.text
    doubtful = (rivals and not agreed) or best.ratio < _DOUBTFUL_RATIO or wide < _SHORT
    return best.text, best.encoding, _chosen(name, best.encoding, best.text, best.ratio, doubtful=doubtful)


def _utf8(data: bytes) -> str:
    """The text of UTF-8, decoded piece by piece: Python makes room for as many characters as there are bytes.

    Raises UnicodeDecodeError as the whole would.
    """
    pieces = []
    start = 0
    try:
        while start < len(data):
            # No character goes over the end of a line.
            end = data.find(b"\n", start + _PIECE) + 1 or len(data)
            pieces.append(data[start:end].decode("utf-8"))
            start = end
    except UnicodeDecodeError:
        return data.decode("utf-8")
    return "".join(pieces)


def _chosen(name: str, encoding: str, text: str, ratio: float, *, doubtful: bool = False) -> Diagnostic:
    start = " ".join(text.split())[:20]
    return Diagnostic(
        "E-DEC",
        Severity.WARNING if doubtful else Severity.INFO,
        "the text was read as {encoding}, but this is uncertain: “{start}”"
        if doubtful
        else "the text was read as {encoding}: “{start}”",
        span=Span(name, 0, 0),
        hint="save the file as UTF-8 if these words are wrong" if doubtful else "",
        values=(("encoding", encoding), ("start", start), ("confidence", f"{ratio:.0%}")),
    )


def _damaged(name: str, data: bytes, encoding: str, at: int) -> InputError:
    line = data.count(b"\n", 0, at) + 1
    return InputError(
        "the text is {encoding}, but byte {byte} (line {line}) is damaged",
        where=name,
        hint="restore the file from its source; nothing is guessed in place of lost text",
        encoding=encoding,
        byte=at + 1,
        line=line,
    )


def _refuse_damaged_utf8(name: str, data: bytes, error: UnicodeDecodeError) -> None:
    """Raises InputError where a file is UTF-8 but for a few bytes; the trial text is thrown away."""
    trial = data.decode("utf-8", "replace")
    lost = trial.count("\ufffd")
    sound = sum(count for char, count in Counter(trial).items() if char > "\u07ff" and char != "\ufffd")
    if sound > 5 * lost:
        raise _damaged(name, data, "UTF-8", error.start)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _wide_guesses(data: bytes) -> list[_Guess]:
    """UTF-32 and UTF-16 without a byte order mark."""
    guesses = []
    for encoding, size in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        text = _try(data, encoding) if len(data) % size == 0 else None
        if text:
            guesses.append(_Guess(encoding, text, _everyday_ratio(text)))
    return guesses


def _legacy_guesses(data: bytes) -> list[_Guess]:
    guesses: list[_Guess] = []
    for encoding in _LEGACY + (("iso2022_jp",) if b"\x1b$" in data else ()):
        text = _try(data, encoding)
        if text is not None and all(text != guess.text for guess in guesses):
            guesses.append(_Guess(encoding, text, _everyday_ratio(text)))
    return guesses


def _second_opinion(data: bytes) -> _Guess | None:
    """What charset-normalizer makes of the whole file; it alone knows the encodings of other scripts.

    On short texts it takes Traditional Chinese in GB18030 for Big5 and Japanese for Korean, so where an
    encoding of East Asia explains the bytes it only tips the scales.
    """
    from charset_normalizer import from_bytes

    match = from_bytes(data, steps=1, chunk_size=max(512, len(data))).best()
    if match is None or match.chaos > 0.1:
        return None
    encoding = _CANONICAL.get(match.encoding, match.encoding)
    text = _try(data, encoding)
    if text is not None and sum(char > "\x7f" for char in text[:4096]) < len(text[:4096]) // 4:
        # Mostly ASCII: the tables of Europe differ in a few letters only, and one of them is the usual one.
        western = _try(data, "cp1252")
        encoding, text = ("cp1252", western) if western is not None else (encoding, text)
    return None if text is None else _Guess(encoding, text, 0.9 - match.chaos)


def _everyday_ratio(text: str) -> float:
    """The share of the characters beyond ASCII that everyday text uses; wrong decodings give rare ones."""
    counts = Counter(text)
    everyday, total = 0, 0
    known = _everyday()
    for char, count in counts.items():
        if char < "\x80":
            if char < " " and char not in "\t\n\r\f\x0b\x1a":
                total += 4 * count
            continue
        total += count
        if char in known:
            everyday += count
    if not total:
        return 1.0
    return everyday / total


@functools.cache
def _everyday() -> frozenset[str]:
    """First-level hanzi of GB 2312, Big5 and JIS X 0208, kana, common hangul, and the marks beside them."""
    known: set[str] = set()
    for encoding, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6), ("euc_jp", 0xB0, 0xCF)):
        rows = (bytes((lead, trail)) for lead in range(first, last + 1) for trail in range(0x40, 0xFF))
        known.update(char for row in rows for char in row.decode(encoding, "ignore") if char >= "\u3400")
    known.update(map(chr, range(0x3041, 0x3100)))
    known.update(map(chr, range(0xFF01, 0xFF5F)))
    known.update("　、。〃々〆〇〈〉《》「」『』【】〒〔〕“”‘’—…·￥℃①②③④⑤⑥⑦⑧⑨⑩★☆●○■□◆◇▲△▼▽→←↑↓×÷±≤≥°‰§※－～「」､｡･\xa0")
    rows = (bytes((lead, trail)) for lead in range(0xB0, 0xC9) for trail in range(0xA1, 0xFF))
    known.update(char for row in rows for char in row.decode("euc_kr", "ignore"))
    return frozenset(known)
