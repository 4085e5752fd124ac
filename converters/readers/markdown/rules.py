"""Block rules that markdown-it lacks: fenced divs, raw comments, and guards that keep Chinese text from vanishing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, code, reference
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from converters.model.markup import is_cjk

from .fences import DIV_OPENER, RAW_OPENER, Lines, div_end, raw_end

Rule: TypeAlias = Callable[[StateBlock, int, int, bool], bool]
# Quotes and lists inside each other beyond this depth stop the parser (a list counts twice).
NESTING_LIMIT = 60
# Lines that the search for closing marks may look at in one stretch: a bound on hostile input.
_LOOK_LIMIT = 400_000
# A definition [name]: place is one only if the place looks like an address or a path.
_DEFINITION = re.compile(r"\[[^\]\n]*\]:[ \t]*\n?[ \t]*(?:<|[#/.?]|[a-zA-Z][a-zA-Z0-9+.-]*:|[^\s]*[./])")
_DELIMITER_ROW = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")


class TooDeepError(Exception):
    """Blocks are nested beyond NESTING_LIMIT."""


class _Blocks(ParserBlock):
    """The block parser, which says so where the original drops what is nested too deeply."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - the names are those of the method that it overrides
        """Parse lines; raises TooDeepError."""
        if state.level >= NESTING_LIMIT:
            raise TooDeepError
        super().tokenize(state, startLine, endLine)


def block_parser() -> MarkdownIt:
    """A parser of blocks: CommonMark with tables, notes, definition lists and divs, without HTML blocks."""
    parser = MarkdownIt("commonmark", {"maxNesting": NESTING_LIMIT + 10})
    parser.block = _Blocks()
    parser.enable("table")
    footnote_plugin(parser)
    deflist_plugin(parser)
    # Targets are kept as written; which of them may be followed is decided with their links.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]  # its own hook
    parser.validateLink = lambda url: bool(url) or True  # type: ignore[method-assign]  # its own hook
    ruler = parser.block.ruler
    ruler.disable("html_block")
    ruler.at("code", _code)
    ruler.at("reference", _reference)
    deflist: Rule = next(rule.fn for rule in ruler.__rules__ if rule.name == "deflist")
    ruler.at("deflist", _unless_caption(deflist), {"alt": ["paragraph", "reference", "blockquote"]})
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    ruler.before("blockquote", "div", _div, interrupts)
    ruler.before("blockquote", "raw", _raw, interrupts)
    return parser


def _first(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]


def _line(state: StateBlock, line: int) -> str:
    return state.src[_first(state, line) : state.eMarks[line]]


def _code(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Indented code, but for lines that begin with a hanzi: those are paragraphs with an indent."""
    text = _line(state, start)
    return not (text and is_cjk(text[0])) and code(state, start, end, silent)


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Definitions of link targets; “[注]: 文字” is text."""
    if _DEFINITION.match(state.src, _first(state, start)) is None:
        return False
    return reference(state, start, end, silent)


def _unless_caption(deflist: Rule) -> Rule:
    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        """Definition lists, but for a “: caption” that a table follows."""
        if not silent and start + 1 < end:
            apart = state.isEmpty(start + 1)
            # What stands close under a word and apart from the table explains the word.
            if _table_follows(state, start + 1 + apart, end, close=not apart):
                return False
        return deflist(state, start, end, silent)

    return rule


def _table_follows(state: StateBlock, caption: int, end: int, *, close: bool) -> bool:
    if caption >= end or not _line(state, caption).startswith(":"):
        return False
    head = caption + 1
    if close and head < end and state.isEmpty(head):
        return False
    while head < end and state.isEmpty(head):
        head += 1
    # A table that is indented belongs to what is said of a term.
    if head + 1 >= end or state.sCount[head] - state.sCount[caption] >= 2:
        return False
    return "|" in _line(state, head) and _DELIMITER_ROW.fullmatch(_line(state, head + 1)) is not None


def _lines(state: StateBlock, start: int, end: int) -> Lines:
    """The lines from start on that belong to the same container. Looking at too many in all raises TooDeepError."""

    def line(number: int) -> str | None:
        row = start + number
        if row >= end or (number and not state.isEmpty(row) and state.sCount[row] < state.blkIndent):
            return None
        state.env["looked"] = state.env.get("looked", 0) + 1
        if state.env["looked"] > _LOOK_LIMIT:
            raise TooDeepError
        return _line(state, row)

    return Lines(line)


def _div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A fenced div: from “::: name” to the “:::” that closes it."""
    if state.sCount[start] - state.blkIndent >= 4 or DIV_OPENER.match(_line(state, start)) is None:
        return False
    if silent:
        return True
    closing = div_end(_lines(state, start, end))
    opener = state.push("div_open", "div", 1)
    opener.info = _line(state, start).lstrip(":").strip()
    inner_end = start + closing if closing is not None else _paragraph_end(state, start, end)
    opener.meta = {"closed": closing is not None}
    opener.map = [start, inner_end]
    # The content as lines, for the divs whose lines are the author's.
    opener.content = state.getLines(start + 1, inner_end, state.blkIndent, False)
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "div", inner_end
    state.md.block.tokenize(state, start + 1, inner_end)
    state.parentType, state.lineMax = parent, line_max
    state.push("div_close", "div", -1)
    state.line = inner_end + (closing is not None)
    return True


def _paragraph_end(state: StateBlock, start: int, end: int) -> int:
    line = start + 1
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        line += 1
    return line


def _raw(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A comment, script or style that begins a line: one stretch to the line that closes it, blank lines included."""
    if state.sCount[start] - state.blkIndent >= 4 or RAW_OPENER.match(_line(state, start)) is None:
        return False
    closing = raw_end(_lines(state, start, end))
    if closing is None:
        return False
    if silent:
        return True
    token = state.push("raw", "", 0)
    token.map = [start, start + closing + 1]
    token.content = state.getLines(start, start + closing + 1, state.blkIndent, False).strip()
    state.line = start + closing + 1
    return True
