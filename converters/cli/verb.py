"""What all verbs share: short help that ends with examples, and options that several of them take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from converters.errors import StyleError
from converters.pipeline import Options

from . import messages
from .messages import translate

F = TypeVar("F", bound=Callable[..., Any])

# A column that starts later leaves no room for the words.
_WIDEST_TERM = 30


class Verb(click.Command):
    """A command whose help is one line an option and ends with examples (the lines of its epilog)."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Help in the language of the process."""
        show_help(self, ctx, formatter)


class Group(click.Group):
    """A verb that has verbs of its own; their results are its result."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """The verb of a name."""
        found = super().get_command(ctx, cmd_name)
        if found is None:
            raise no_verb(cmd_name, self.commands, ctx)
        return found

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Help that lists them."""
        show_help(self, ctx, formatter, [(name, command.help or "") for name, command in self.commands.items()])


def no_verb(name: str, verbs: Iterable[str], ctx: click.Context) -> click.UsageError:
    """What to say of a verb that there is none of."""
    import difflib

    text = translate("there is no verb {verb}").format(verb=name)
    if near := difflib.get_close_matches(name, verbs, 1):
        text = translate("there is no verb {verb}; did you mean {near}?").format(verb=name, near=near[0])
    return click.UsageError(text, ctx)


def show_help(
    command: click.Command,
    ctx: click.Context,
    formatter: click.HelpFormatter,
    verbs: Sequence[tuple[str, str]] = (),
) -> None:
    """Write usage, purpose, verbs, options and examples."""
    # Click joins the pieces of a usage line in a way of its own; ours stays on one line.
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write(translate("Usage: {usage}").format(usage=f"{ctx.command_path} {pieces}") + "\n")
    formatter.write(f"  {translate(command.help or '')}\n\n")
    options = [parameter for parameter in command.get_params(ctx) if isinstance(parameter, click.Option)]
    records = [option.get_help_record(ctx) for option in options]
    rows = [(term, _translated(text)) for term, text in (*verbs, *(record for record in records if record))]
    width = min(max((len(term) for term, _ in rows), default=0), _WIDEST_TERM)
    for term, text in rows:
        formatter.write(f"  {term:<{width}}  {text}\n")
    if command.epilog:
        formatter.write(f"\n{translate('Examples:')}\n")
        for line in command.epilog.splitlines():
            formatter.write(f"  {line}\n")


def _translated(text: str) -> str:
    """What an option does in the user's language; a range that click adds behind it, [1<=x<=1024], stays."""
    said, gap, added = text.partition("  [")
    return translate(said) + gap + added.replace("required", translate("required"))


def verb(name: str, text: str, examples: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Declare a function as a verb."""

    def declare(function: Callable[..., Any]) -> click.Command:
        command: click.Command = click.command(name, cls=Verb, help=text, epilog=examples)(lang_option(function))
        # Decorators work from the inside out; the language belongs at the end of the help.
        command.params.append(command.params.pop(0))
        return command

    return declare


def _language(ctx: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value and not ctx.resilient_parsing:
        messages.choose(value)


def lang_option(function: F) -> F:
    """--lang-ui, which every verb takes."""
    return click.option(
        "--lang-ui",
        type=click.Choice(messages.LANGUAGES),
        is_eager=True,
        expose_value=False,
        callback=_language,
        metavar="en|zh",
        help="Language of messages (else that of LANG).",
    )(function)


def _pairs(_ctx: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for value in values:
        key, sign, rest = value.partition("=")
        if not sign or not key.strip():
            raise click.BadParameter(
                translate("{value} is not of the form key=value").format(value=value), param=option
            )
        pairs.append((key.strip(), rest.strip()))
    return tuple(pairs)


def _rules(_ctx: click.Context, option: click.Parameter, values: tuple[str, ...]) -> frozenset[str]:
    names = (name.strip() for value in values for name in value.split(","))
    wanted = frozenset(name if name == "all" else name.upper() for name in names if name)
    if wanted - {"all"}:
        _check_rules(wanted - {"all"}, option)
    return wanted


def _check_rules(wanted: frozenset[str], option: click.Parameter) -> None:
    """Refuse what is neither a rule nor a family of rules: a misspelt name would be obeyed in silence."""
    from .pages import pages

    known = set(pages())
    known |= {code.partition("-")[0] for code in known}
    for name in sorted(wanted - known):
        import difflib

        near = difflib.get_close_matches(name, sorted(known), 1)
        text = translate("there is no rule {name}").format(name=name)
        if near:
            text = translate("there is no rule {name}; did you mean {near}?").format(name=name, near=near[0])
        raise click.BadParameter(text, param=option)


def rule_option(flag: str, text: str) -> Callable[[F], F]:
    """An option that names rules, several times or with commas."""
    return click.option(flag, multiple=True, callback=_rules, metavar="RULES", help=text)


def source_options(function: F) -> F:
    """What steers reading and repair: -M, --fix, --no-fix."""
    options = (
        click.option(
            "-M", "--metadata", multiple=True, callback=_pairs, metavar="KEY=VALUE", help="Set a front-matter key."
        ),
        rule_option("--fix", "Also run these repair rules (P-TILDE, a family P, all)."),
        rule_option("--no-fix", "Leave out these repair rules."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def style_options(function: F) -> F:
    """What chooses and changes the style sheet: --style, --set."""
    options = (
        click.option("--style", metavar="NAME|FILE", help="Style sheet (else the front matter's, else jianbao)."),
        click.option(
            "--set", "overrides", multiple=True, callback=_pairs, metavar="KEY=VALUE",
            help="Override a key of the style sheet (page.size=A3).",
        ),
    )  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


def fail_on_option(default: str) -> Callable[[F], F]:
    """--fail-on, from which severity findings make the exit code 1."""
    return click.option(
        "--fail-on", type=click.Choice(["error", "warning", "never"]), default=default, metavar="error|warning|never",
        help=f"Exit 1 for findings from this severity on (default: {default}).",
    )  # fmt: skip


def options_of(values: dict[str, Any]) -> Options:
    """The Options that a verb's arguments ask for; arguments that are no field of Options are left out.

    Raises StyleError for a folder of faces or pictures that is not there: it would be obeyed in silence.
    """
    for flag, folders in (("--font-path", values.get("font_paths")), ("--allow-outside", values.get("allow_outside"))):
        for folder in folders or ():
            if not Path(folder).is_dir():
                raise StyleError("there is no such folder", where=f"{flag} {folder}", hint="check the path")
    fields = Options.__dataclass_fields__
    return Options(**{name: value for name, value in values.items() if name in fields})
