"""Finds every message template in the program's source."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent.parent / "converters"

# Callables that take a template, and at which places among their arguments.
_CALLS = {
    "Diagnostic": (2, 5), "InputError": (0,), "StyleError": (0,), "FontError": (0,), "ExportError": (0,),
    "PictureError": (0,), "UnreadableEditionError": (0,), "translate": (0,), "find": (2,), "error": (0,),
    "_refusal": (0,), "_error": (2,), "finding": (4, 5), "fixable": (3, 4), "_finding": (2, 3, 4), "filled": (0,),
    "Report": (2, 3), "report": (1, 2, 3), "_report": (0, 1), "_listed": (3, 4), "report_once": (1,), "note": (2,),
    "_wrong": (2,), "Verdict": (1,), "ValueError": (0,), "BrokenYamlError": (0,),
}  # fmt: skip
_KEYWORDS = frozenset(("message", "hint", "help"))
_CONSTANTS = ("MESSAGE", "HINT", "SPACE_LOST", "SPACE_ADDED", "MORE", "VERBS")


@functools.cache
def templates() -> dict[str, str]:
    """Template -> the module where it stands."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = str(path.relative_to(PACKAGE))
        # What composition refuses is a fault of the program, and no message to its user.
        if name.startswith(("cli/zh/", "typeset/")) or name == "cli/pages.py":
            continue
        for text in _templates(ast.parse(path.read_text(encoding="utf-8"))):
            if _is_words(text):
                found.setdefault(text, name)
    return found


def _templates(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call():
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                for place in _CALLS.get(name, ()):
                    if place < len(node.args):
                        yield from _strings(node.args[place])
                for keyword in node.keywords:
                    if keyword.arg in _KEYWORDS:
                        yield from _strings(keyword.value)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                if any(part in name.upper() for part in _CONSTANTS) or name in ("hint", "message", "template"):
                    yield from _strings(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                if any(part in name.upper() for part in _CONSTANTS):
                    yield from _strings(value)
            case _:
                pass


def _strings(node: ast.expr) -> Iterator[str]:
    """Every text that an expression may give; a value in an f-string becomes a field."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(
                part.value if isinstance(part, ast.Constant) else "{" + _field(part, index) + "}"
                for index, part in enumerate(parts)
            )
        case ast.IfExp(body=body, orelse=orelse):
            yield from _strings(body)
            yield from _strings(orelse)
        case ast.BoolOp(values=values):
            for value in values:
                yield from _strings(value)
        case ast.Dict(values=values):
            for value in values:
                yield from _strings(value)
        case ast.Tuple(elts=elements):
            for element in elements:
                yield from _strings(element)
        case _:
            return


def _field(part: ast.expr, index: int) -> str:
    value = part.value if isinstance(part, ast.FormattedValue) else part
    match value:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return name
        case _:
            return f"value{index}"


def _is_words(text: str) -> bool:
    """A message has two words at least; a single name or a mark needs no translation."""
    return " " in text.strip() and any(part.isalpha() and part.isascii() for part in text.split())


def same_fields(template: str, translation: str) -> bool:
    """A translation fills the same fields as its template."""
    fields = re.compile(r"\{(\w+)\}")
    return set(fields.findall(template)) >= set(fields.findall(translation))
