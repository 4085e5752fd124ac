"""`jianbao explain`: a rule's manual page."""

from __future__ import annotations

import sys

import click

from converters.errors import StyleError

from .verb import verb


@verb(
    "explain",
    "Print the manual page of RULE, or list all rules with --list.",
    "jianbao explain Q-PAIR\njianbao explain --list",
)
@click.argument("rule", required=False, metavar="RULE")
@click.option("--list", "list_all", is_flag=True, help="List every rule with its title.")
def command(rule: str | None, list_all: bool) -> int:
    """Explain a rule."""
    from . import messages
    from .pages import pages

    known = pages(messages.language())
    if list_all or rule is None:
        width = max(map(len, known))
        sys.stdout.writelines(f"{code:<{width}}  {page.title}\n" for code, page in sorted(known.items()))
        return 0
    page = known.get(rule.upper())
    if page is None:
        from difflib import get_close_matches

        near = get_close_matches(rule.upper(), known, 1)
        hint = "try `jianbao explain {near}`" if near else "list them with `jianbao explain --list`"
        raise StyleError("there is no rule {rule}", rule=rule, near=near[0] if near else "", hint=hint)
    sys.stdout.write(f"{rule.upper()}: {page.title} ({page.level})\n\n{page.text.strip()}\n")
    return 0
