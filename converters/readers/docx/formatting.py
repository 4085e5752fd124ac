"""Titles that only their looks betray: centred, larger than the text, short."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from converters.diagnostics import Span
from converters.model import blocks as b
from converters.model import inlines as i

from .parts import Para, Part

# A title has no more characters (numbering of titles in the trade: 2 or 3 lines of 20), and ends in no stop.
_LONGEST_TITLE = 90
# A heading on a line of its own has no more characters than two lines.
_LONGEST_HEAD = 50
# The first two levels of GB/T 9704-2012, 7.3.3, and the parts of rules; lower ones have the face of the text.
_NUMBERED = re.compile(
    r"[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十百]{1,4}[）)]|第[一二三四五六七八九十百]{1,4}[章节编]"
)
_STOPS = "。；，、：;,:"
# What is larger than this is a masthead's name, not a title.
_NAME_SIZE = 30.0
_LARGER = 1.5


def name_of(parts: Sequence[Part]) -> tuple[str, list[Part]]:
    """The name of a bulletin that is printed large and red (or very large) at its head, and the parts without it."""
    for place, part in enumerate(parts[:12]):
        if isinstance(part, Para) and part.text.strip():
            if part.level > 1 or len(part.text) > 30:
                break
            if part.size >= _NAME_SIZE or (part.red and part.size >= 20):
                name = "".join(part.text.split())
                return name, [*parts[:place], *parts[place + 1 :]]
    return "", list(parts)


def bare_heads(parts: Sequence[Part]) -> list[Part]:
    """The parts with numbered lines of their own in 黑体 or 楷体 without it: that is the face of their level."""
    return [_bare(part) if isinstance(part, Para) else part for part in parts]


def _bare(para: Para) -> Para:
    text = para.text.strip()
    if (
        len(para.inlines) != 1
        or not isinstance(wrapper := para.inlines[0], i.Strong | i.Emphasis)
        or len(text) > _LONGEST_HEAD
        or not (para.level or _NUMBERED.match(text))
        or text[-1:] in _STOPS
    ):
        return para
    inner = wrapper.children
    if len(inner) == 1 and isinstance(again := inner[0], i.Strong | i.Emphasis):
        inner = again.children
    return replace(para, inlines=inner)


def find_titles(parts: Sequence[Part]) -> list[Part]:
    """The parts with titles marked as headings, where no style has marked any."""
    if any(isinstance(part, Para) and part.level for part in parts):
        return list(parts)
    body = _body_size(parts)
    titles = {id(part): part.size for part in parts if isinstance(part, Para) and _is_title(part, body)}
    if not titles:
        return list(parts)
    sizes = sorted(set(titles.values()), reverse=True)
    out: list[Part] = []
    for part in parts:
        if id(part) not in titles:
            out.append(part)
            continue
        assert isinstance(part, Para)
        level = sizes.index(part.size) + 1
        last = out[-1] if out else None
        if isinstance(last, Para) and last.level == level and (last.size, last.face) == (part.size, part.face):
            # Lines of one title: same size, same face, one under the other.
            span = Span(last.span.source, last.span.start, part.span.end)
            inlines = (*last.inlines, i.LineBreak(last.span.end), *part.inlines)
            out[-1] = replace(last, inlines=inlines, span=span, text=f"{last.text}\n{part.text}")
        else:
            out.append(replace(part, level=level))
    return out


def _is_title(para: Para, body: float) -> bool:
    text = para.text.strip()
    return (
        bool(text)
        and para.align is b.Alignment.CENTRE
        and para.size >= body + _LARGER
        and len(text) <= _LONGEST_TITLE
        and text[-1] not in _STOPS
        and not para.images
        and para.label is None
        and not para.meaning
    )


def _body_size(parts: Sequence[Part]) -> float:
    """The size that most of the text has."""
    sizes: Counter[float] = Counter()
    for part in parts:
        if isinstance(part, Para):
            sizes[part.size] += len(part.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
