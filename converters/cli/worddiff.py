"""Changes shown in the lines of the source, word for word."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence

from converters.diagnostics import Change, Source

from .messages import translate
from .report import shown_name

# A paragraph is one line: only so many unchanged characters are shown beside a change.
_CONTEXT = 16


def lines(sources: Iterable[Source], changes: Iterable[Change], *, colour: bool) -> Iterator[str]:
    """For each run of lines with changes: its place and rules, then the text with [-before-]{+after+}.

    What was only taken for something (a title, a source line) has not changed: its rule says for what.
    """
    applied = [change for change in changes if change.applied]
    for source in sources:
        mine = sorted((c for c in applied if c.span.source == source.name), key=lambda c: (c.span.start, c.span.end))
        for group in _groups(mine, source):
            row, column = source.locate(group[0].span.start)
            rules = ", ".join(dict.fromkeys(map(_named, group)))
            yield f"{shown_name(source.name)}:{row}:{column}: {rules}"
            yield from _marked(group, source, colour=colour).split("\n")


def _named(change: Change) -> str:
    """A change's rule; with the part or the reasons where the text stays as it is."""
    if change.before != change.after or not change.evidence:
        return change.rule
    return f"{change.rule} ({'; '.join(map(translate, change.evidence.split('; ')))})"


def _groups(changes: Sequence[Change], source: Source) -> Iterator[list[Change]]:
    """Changes that begin in one line, or whose places touch, belong together."""
    group: list[Change] = []
    last_row = reach = -1
    for change in changes:
        row = bisect.bisect_right(source.line_starts, change.span.start)
        if group and row != last_row and change.span.start > reach:
            yield group
            group = []
        group.append(change)
        reach = max(reach, change.span.end)
        last_row = bisect.bisect_right(source.line_starts, reach)
    if group:
        yield group


def _marked(group: Sequence[Change], source: Source, *, colour: bool) -> str:
    text = source.text
    first, _ = source.locate(group[0].span.start)
    position = source.line_starts[first - 1]
    out: list[str] = []
    for change in group:
        if change.before == change.after:
            continue
        if change.span.start < position:
            # Its place was changed already: said beside it.
            out.append(_change("", change.after, colour=colour))
            continue
        out.append(_shortened(text[position : change.span.start], begins=not out))
        out.append(_change(text[change.span.start : change.span.end], change.after, colour=colour))
        position = change.span.end
    if not out:
        position = group[0].span.start
    end = text.find("\n", position)
    out.append(_shortened(text[position : end if end >= 0 else len(text)], begins=False, ends=True))
    return "  " + "".join(out).replace("\n", "\n  ")


def _change(before: str, after: str, *, colour: bool) -> str:
    before, after = before.replace("\n", "⏎"), after.replace("\n", "⏎").replace("\v", "⏎")
    if colour:
        return (f"\x1b[31m{before}\x1b[0m" if before else "") + (f"\x1b[32m{after}\x1b[0m" if after else "")
    return (f"[-{before}-]" if before else "") + (f"{{+{after}+}}" if after else "")


def _shortened(text: str, *, begins: bool, ends: bool = False) -> str:
    if ends:
        return text if len(text) <= _CONTEXT else text[:_CONTEXT] + "…"
    if begins:
        return text if len(text) <= _CONTEXT else "…" + text[-_CONTEXT:]
    return text if len(text) <= 2 * _CONTEXT else text[:_CONTEXT] + "…" + text[-_CONTEXT:]
