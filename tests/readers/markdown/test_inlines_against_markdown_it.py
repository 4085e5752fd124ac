"""The inline grammar agrees with markdown-it on Latin text: emphasis, code, links, pictures, escapes, line breaks."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from converters.diagnostics import Source
from converters.model import inlines as i
from converters.readers.markdown.inlines import read_inlines
from converters.readers.markdown.paragraphs import trim
from converters.readers.markdown.places import at
from converters.readers.markdown.state import Reading

ORACLE = MarkdownIt("commonmark").enable("strikethrough")
ORACLE.normalizeLink = lambda url: url  # type: ignore[method-assign]  # the library's own hook
WRAPPERS = {"em": i.Emphasis, "strong": i.Strong, "s": i.Strike}


def theirs(text: str) -> list[object]:
    """What markdown-it reads, as nested lists."""
    tokens = ORACLE.parseInline(text, {})[0].children or []
    stack: list[list[object]] = [[]]
    heads: list[object] = []
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                add_text(stack[-1], token.content)
            case "softbreak":
                add_text(stack[-1], " ")
            case "hardbreak":
                stack[-1].append("BREAK")
            case "code_inline":
                stack[-1].append(("code", token.content))
            case "image":
                stack[-1].append(("image", token.attrGet("src"), alt_text(token), token.attrGet("title") or ""))
            case "html_inline":
                pass
            case _ if token.nesting == 1:
                heads.append((token.tag, token.attrGet("href"), token.attrGet("title") or ""))
                stack.append([])
            case _:
                inner = stack.pop()
                head = heads.pop()
                # Marks around nothing are no model inlines.
                if inner:
                    stack[-1].append((head, inner))
    return stack[0]


def alt_text(token: Token) -> str:
    alt = ""
    for child in token.children or []:
        if child.type in ("text", "text_special", "code_inline"):
            alt += child.content
        elif child.type in ("softbreak", "hardbreak"):
            alt += " "
        elif child.type == "image":
            alt += alt_text(child)
    return alt


def add_text(line: list[object], text: str) -> None:
    if line and isinstance(line[-1], str) and line[-1] != "BREAK":
        # How many spaces stand at a line's end is markdown-it's own affair.
        line[-1] = re.sub(" +", " ", line[-1] + text)
    elif text:
        line.append(re.sub(" +", " ", text))


def ours(inlines: tuple[i.Inline, ...]) -> list[object]:
    """What this reader reads, in the same form."""
    line: list[object] = []
    for inline in inlines:
        match inline:
            case i.Text(text=text):
                add_text(line, text)
            case i.LineBreak():
                line.append("BREAK")
            case i.Code(text=text):
                line.append(("code", text))
            case i.Image(target=target, alt=alt, title=title):
                line.append(("image", target, alt, title))
            case i.Link(children=children, target=target, title=title):
                line.append((("a", target, title), ours(children)))
            case i.Emphasis(children=children):
                line.append((("em", None, ""), ours(children)))
            case i.Strong(children=children):
                line.append((("strong", None, ""), ours(children)))
            case i.Strike(children=children):
                line.append((("s", None, ""), ours(children)))
            case _:
                raise AssertionError(inline)
    return line


def read(text: str) -> list[object]:
    reading = Reading(Source("x.md", text))
    return ours(read_inlines(trim(at(text, 0)), reading))


LATIN = st.text(st.sampled_from('ab *_`[]()!\\\n>"~'), max_size=24)
PIECES = st.lists(
    st.sampled_from(
        [
            "a",
            "b ",
            " ",
            "*",
            "**",
            "_",
            "__",
            "~~",
            "`",
            "``",
            "[",
            "]",
            "(",
            ")",
            "](x)",
            "](<x y>)",
            '](x "t")',
            "![",
            "\\",
            "\n",
            "  \n",
            "(x)",
            ".",
        ]
    ),
    max_size=24,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(LATIN, PIECES))
@example("***a** b*")
@example("*a **b*** c")
@example("**a*b**c*")
@example("[a](b(c)d)")
@example("[a [b](c) d](e)")
@example("![a *b*](c)")
@example("`` a`b ``")
@example("![![](x)](x)")
def test_latin_text_reads_as_markdown_it_reads_it(text: str) -> None:
    # One ~ is a subscript here, and a tag is dropped; both have their own tests.
    text = re.sub("~{3,}|(?<!~)~(?!~)", "", text)
    # markdown-it forgets the line break behind a backslash and spaces.
    text = text.replace("\\ ", "\\a")
    # markdown-it reads a link's text without its brackets, which changes what the marks beside them may do.
    text = re.sub(r"(?<=\[)[*_~]+|[*_~]+(?=\])", "", text)
    # A link without a text is nothing here.
    text = re.sub(r"(?<=\[)(?=\])", "a", text)
    # A paragraph's lines come without their indent, and none is blank.
    text = "\n".join(line.lstrip() for line in text.split("\n") if line.strip()).strip()
    assert read(text) == theirs(text)


@pytest.mark.parametrize("text", ["*" * 50, "_a" * 40, "[" * 30 + "]" * 30, "**a" * 20, "a**b" * 20])
def test_long_runs_of_marks_read_as_markdown_it_reads_them(text: str) -> None:
    assert read(text) == theirs(text)


def test_the_oracle_can_tell_a_difference() -> None:
    assert theirs("*a*") != theirs("**a**")
