"""The comments by which a source says that a block is what it stands there as, whatever repair would make of it.

    <!-- jianbao: allow R-JOIN 改稿在此分段 -->

Such a comment stands right above its block, goes with it, and goes away when an editor joins the two blocks again.
"""

from __future__ import annotations

import re

JOIN, HEAD, RUN_IN, LEVEL = "R-JOIN", "R-HEAD", "R-RUNIN", "R-ARTICLE"
OPENING = "<!-- jianbao: allow "
# Why a rule is excused; the second is for encodings that lack a character of the first.
_REASONS = {
    JOIN: ("改稿在此分段", "parted by the editor"),
    HEAD: ("改稿作正文", "text, as the editor has it"),
    RUN_IN: ("改稿作正文", "text, as the editor has it"),
    LEVEL: ("改稿定级", "the editor's level"),
}
_EXCUSES = re.compile(r"(?:[ \t>]*<!--\s*jianbao\s*:\s*allow\s(?:(?!-->|\n\s*\n)[\s\S])*-->[ \t]*\n)+\Z")
_JOINED = re.compile(rf"[\s>]*(?:<!--\s*jianbao\s*:\s*allow\s+{JOIN}\s(?:(?!-->)[\s\S])*-->[\s>]*)+")
# So far above a block its excuses are looked for.
_REACH = 1000


def with_excuses(source: str, start: int) -> int:
    """Where a block begins with the excuses that stand right above it."""
    if "-->" not in source[max(start - 8, 0) : max(start, 0)]:
        return start
    match = _EXCUSES.search(source, max(start - _REACH, 0), start)
    return match.start() if match else start


def is_excuse(between: str) -> bool:
    """Whether nothing but an excuse from being joined stands between two blocks."""
    return _JOINED.fullmatch(between) is not None


def excuse(rule: str, encoding: str) -> str:
    """A comment that excuses the block below it from a rule."""
    for reason in _REASONS[rule]:
        try:
            reason.encode(encoding)
        except UnicodeEncodeError:
            continue
        return f"{OPENING}{rule} {reason} -->"
    return f"{OPENING}{rule} {_REASONS[rule][-1]} -->"
