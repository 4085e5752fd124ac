"""`jianbao styles`: which sheets there are, what they say, and a new one of one's own."""

from __future__ import annotations

import re
import sys

import click

from converters.errors import StyleError
from converters.files import DISK

from .messages import say, translate
from .verb import Group, Verb, lang_option


@click.group(
    "styles", cls=Group, invoke_without_command=True,
    help="List the style sheets, show one, or begin a new one.",
    epilog="jianbao styles show jianbao\njianbao styles new house --extends jianbao",
)  # fmt: skip
@lang_option
@click.pass_context
def command(ctx: click.Context) -> int:
    """Without a verb of its own: list."""
    if ctx.invoked_subcommand is None:
        return _list()
    return 0


def _list() -> int:
    from converters.theme.load import available

    sheets = available()
    width = max(len(name) for name, _ in sheets)
    sys.stdout.writelines(f"{name:<{width}}  {translate(title)}".rstrip() + "\n" for name, title in sheets)
    return 0


@command.command("list", cls=Verb, help="Name and title of each sheet.", epilog="jianbao styles\njianbao styles list")
@lang_option
def list_() -> int:
    """List."""
    return _list()


@command.command(
    "show", cls=Verb, help="Print a sheet.", epilog="jianbao styles show base\njianbao styles show gongwen"
)
@click.argument("name", metavar="NAME")
@lang_option
def show(name: str) -> int:
    """Show."""
    from converters.theme.load import sheet_text

    sys.stdout.write(sheet_text(name))
    return 0


@command.command(
    "new", cls=Verb, help="Write NAME.toml, which extends another sheet, into this folder.",
    epilog="jianbao styles new house\njianbao styles new house --extends gongwen",
)  # fmt: skip
@click.argument("name", metavar="NAME")
@click.option(
    "--extends", "base", default="jianbao", metavar="BASE", help="The sheet it begins from (default: jianbao)."
)
@lang_option
def new(name: str, base: str) -> int:
    """Begin a sheet."""
    from converters.theme.load import sheet_text

    sheet_text(base)  # an unknown base is said before anything is written
    stem = name.removesuffix(".toml")
    if not re.fullmatch(r"[\w.-]+", stem):
        raise StyleError("{name} is no name for a sheet", name=name, hint="use letters, digits and -")
    file = f"{stem}.toml"
    if DISK.stamp(file):
        raise StyleError("it is there already", where=file, hint="choose another name")
    text = (
        f'extends = "{base}"\ntitle = "{stem}"\n\n'
        "# Every key with its default and a comment: jianbao styles show base\n"
        '# [page]\n# size = "A4"\n'
    )
    DISK.write(file, text.encode())
    say(translate("{file} written; use it with --style {file}").format(file=file))
    return 0
