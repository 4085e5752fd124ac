"""Findings, changes and results as text for a terminal."""

from __future__ import annotations

import bisect
import functools
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TextIO

from converters.diagnostics import Changes, Diagnostic, Severity, Source, fill
from converters.errors import JianbaoError
from converters.files import DISK, STANDARD
from converters.pipeline import BuildResult, Edition

from .messages import inner, translate

NAMES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
# A paragraph is one line of the source: only so many columns of it are shown around a place.
_COLUMNS = 76
_LEAD = 30
_AT_ONCE = 1000
"""Lines that are written at once: one by one they would be as many system calls."""


class Reporter:
    """Writes findings about given sources to a stream; in colour on a terminal only (NO_COLOR, no-color.org)."""

    def __init__(self, stream: TextIO, sources: Iterable[Source] = (), fallback: str = "") -> None:
        self.stream = stream
        self.sources = {source.name: source for source in sources}
        self.fallback = fallback
        self.colour = wants_colour(stream)
        self._line = ("", 0, "")
        self._filled: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}

    def write(self, *lines: str) -> None:
        """Write lines."""
        self.stream.write("".join(f"{line}\n" for line in lines))

    def full(self, findings: Iterable[Diagnostic]) -> None:
        """Each finding with the line it speaks of and its hint; a hint that the next finding repeats is said once."""
        waiting = ""
        lines: list[str] = []
        for finding in ordered(findings):
            hint = self._said(finding.hint, finding.values)
            if waiting and waiting != hint:
                lines.append(_hint_line(waiting))
            waiting = hint
            lines.append(self.headline(finding))
            lines += self._excerpt(finding)
            if len(lines) >= _AT_ONCE:
                self.write(*lines)
                lines.clear()
        if waiting:
            lines.append(_hint_line(waiting))
        self.write(*lines)

    def concise(self, findings: Iterable[Diagnostic]) -> None:
        """Each finding in one line."""
        self.write(*[self.headline(finding) for finding in ordered(findings)])

    def headline(self, finding: Diagnostic) -> str:
        """file:line:col: severity[rule] message."""
        severity = self._paint(f"{translate(NAMES[finding.severity])}[{finding.rule}]", _COLOURS[finding.severity])
        place = place_of(finding, self.sources, self.fallback)
        message = self._said(finding.message, finding.values)
        return f"{place}: {severity} {message}" if place else f"{severity} {message}"

    def _said(self, template: str, values: tuple[tuple[str, str], ...]) -> str:
        """A message or hint in the language of the process; most of a long report is said more than once."""
        said = self._filled.get((template, values))
        if said is None:
            said = filled(template, _inner(values)) if template else ""
            self._filled[template, values] = said
        return said

    def _excerpt(self, finding: Diagnostic) -> Iterator[str]:
        span = finding.span
        source = self.sources.get(span.source) if span else None
        if span is None or source is None or finding.severity is Severity.INFO:
            return
        row, column = source.locate(span.start)
        if self._line[:2] != (source.name, row):
            self._line = (source.name, row, source.line(row))
        line = self._line[2]
        if not line.strip():
            return
        length = max(1, min(span.end - span.start, len(line) - column + 1))
        shown, lead, marked = excerpt(line, column - 1, length)
        yield f"  | {shown}"
        yield f"  | {' ' * lead}{self._paint('^' * marked, _COLOURS[finding.severity])}"

    def _paint(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self.colour else text


def _hint_line(hint: str) -> str:
    return f"  {translate('hint: {hint}').format(hint=hint)}"


def wants_colour(stream: TextIO) -> bool:
    """Colour only on a terminal that can show it, and never against NO_COLOR."""
    return not DISK.environment("NO_COLOR") and DISK.environment("TERM") != "dumb" and stream.isatty()


def ordered(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings in the order of the text; those without a place first, as they came."""
    return sorted(findings, key=lambda finding: finding.span.start if finding.span else -1)


def message_of(finding: Diagnostic) -> str:
    """A finding's message in the language of the process."""
    return filled(finding.message, _inner(finding.values))


def hint_of(finding: Diagnostic) -> str:
    """A finding's hint in the language of the process."""
    return filled(finding.hint, _inner(finding.values))


def filled(template: str, values: tuple[tuple[str, str], ...]) -> str:
    """A template translated and its fields filled; one whose braces are no fields stays as it is."""
    text = translate(template)
    try:
        return fill(text, values)
    except (ValueError, LookupError):
        return text


def _inner(values: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple([(name, inner(name, value)) for name, value in values])


def place_of(finding: Diagnostic, sources: dict[str, Source], fallback: str = "") -> str:
    """file:line:col, or the place in words, or the file alone."""
    if finding.span is not None and finding.span.source in sources:
        row, column = sources[finding.span.source].locate(finding.span.start)
        return f"{shown_name(finding.span.source)}:{row}:{column}"
    return finding.place if finding.place and not finding.span else shown_name(fallback)


def shown_name(name: str) -> str:
    """The name of a source in a message."""
    return "<stdin>" if name == STANDARD else name


def excerpt(line: str, start: int, length: int) -> tuple[str, int, int]:
    """The part of a line around a place, the columns before the place in it, and the columns the place takes."""
    # Only what may be shown is looked at: a line may be a million characters long and have thousands of findings.
    skipped = max(0, start - _LEAD - 1)
    rest = len(line) > skipped + 2 * _LEAD + _COLUMNS
    line = line[skipped : skipped + 2 * _LEAD + _COLUMNS]
    start -= skipped
    # Where each character begins, in columns; the last is where the line ends.
    begins = list(accumulate(map(columns, line), initial=0))
    end = len(line)
    first = bisect.bisect_left(begins, begins[start] - _LEAD, 0, start)
    last = bisect.bisect_right(begins, begins[first] + _COLUMNS, first) - 1
    before = "…" if first or skipped else ""
    after = "…" if last < end or rest else ""
    shown = before + line[first:last].replace("\t", " ") + after
    lead = len(before) + begins[start] - begins[first]
    marked = begins[min(start + length, last)] - begins[start]
    return shown, lead, max(marked, 1)


@functools.lru_cache(maxsize=8192)
def columns(character: str) -> int:
    """How many columns of a terminal a character takes (UAX #11)."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Cc", "Mn"):
        return 1 if character == "\t" else 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def error_lines(trouble: JianbaoError, where: str = "") -> list[str]:
    """An error that stopped work, in one line, and its hint."""
    values = tuple((name, inner(name, value)) for name, value in trouble.values.items())
    text = filled(trouble.template, values)
    place = shown_name(trouble.where or where) or "jianbao"
    lines = [f"{place}: {translate('error')}: {text}"]
    if trouble.hint:
        hint = filled(trouble.hint, values)
        lines.append("  " + translate("hint: {hint}").format(hint=hint))
    return lines


def edition_line(edition: Edition) -> str:
    """An edition's file with pages, size and seconds."""
    if not edition.written:
        return translate("{file}  not written").format(file=edition.name)
    pages = translate("{count} pages").format(count=edition.pages) if edition.pages else ""
    parts = [shown_size(edition.size), translate("{seconds} s").format(seconds=f"{edition.seconds:.2f}")]
    return "  ".join(part for part in (edition.name, pages, *parts) if part)


def shown_size(size: int) -> str:
    """Bytes as kB or MB."""
    return f"{size / 1e6:.1f} MB" if size >= 999_500 else f"{max(size / 1e3, 0.1):.{0 if size >= 9950 else 1}f} kB"


def changes_line(changes: Changes) -> str:
    """How often each rule mended something; "" where none did."""
    counts = changes.applied()
    if not counts:
        return ""
    list_of = ", ".join(f"{count} {rule}" for rule, count in sorted(counts.items()))
    return translate("mended: {changes}").format(changes=list_of)


def verdict_line(result: BuildResult) -> str:
    """What may be said of the editions of a build as a whole."""
    failed = [edition.name for edition in result.editions if not edition.written]
    if failed:
        return translate("failed: {files}").format(files=", ".join(failed))
    verified = [edition for edition in result.editions if edition.verified]
    if len(verified) < len(result.editions):
        return translate("not verified")
    seconds = sum(edition.verify_seconds for edition in verified)
    return translate(
        "verified: {count} of {count} editions hold the source's text, character for character ({seconds} s)"
    ).format(count=len(verified), seconds=f"{seconds:.2f}")


def at_or_above(findings: Iterable[Diagnostic], fail_on: str) -> bool:
    """Whether a finding is as grave as --fail-on says."""
    if fail_on == "never":
        return False
    limit = Severity.WARNING if fail_on == "warning" else Severity.ERROR
    return any(finding.severity >= limit for finding in findings)


def stdout_reporter(sources: Iterable[Source], fallback: str) -> Reporter:
    """A reporter for verbs whose result is the report."""
    return Reporter(sys.stdout, sources, fallback)
