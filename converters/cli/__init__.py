"""The command line: one verb a file, imported only when it is called."""

from __future__ import annotations

from . import interrupts

# isort: split
import errno
import gc
import importlib
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from converters.errors import JianbaoError
from converters.files import DISK, abandon_stdout, cache_folder, flush_stdout
from converters.hands import before_handing_over
from converters.model import patterns

from .messages import choose_asked, say, translate
from .verb import lang_option, no_verb, show_help

# Verb -> what it does, in the order in which help lists them.
VERBS = {
    "build": "Make the editions of a bulletin: PDF, DOCX, EPUB.",
    "check": "Read a bulletin like a proof-reader and report what a person should look at.",
    "repair": "Mend torn text without altering a word, and show what was mended.",
    "return": "Bring the edits of a Word edition back into its source.",
    "verify": "Compare editions with their source, character for character.",
    "impose": "Arrange the pages of a PDF on sheets, to be folded into a booklet or cut apart.",
    "batch": "Build every source below a folder, several at a time.",
    "fonts": "List the faces in use, check a source against them, install the open ones.",
    "styles": "List, show and make style sheets.",
    "explain": "Print a rule's manual page.",
    "doctor": "Say which versions, faces and outside tools are here.",
}

# A verb whose name Python keeps for itself has a module of another.
_MODULES = {"return": "return_"}

OUR_FAULT = 3
INTERRUPTED = 130


class Verbs(click.Group):
    """A group that imports a verb when it is called, and none to list them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """The verbs in the order of help."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """The verb of a name, imported now."""
        if cmd_name not in VERBS:
            raise no_verb(cmd_name, VERBS, ctx)
        command: click.Command = importlib.import_module(f"{__name__}.{_MODULES.get(cmd_name, cmd_name)}").command
        return command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Help without importing a single verb."""
        show_help(self, ctx, formatter, tuple(VERBS.items()))


def _version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"jianbao {version('jianbao')}")
        ctx.exit()


@click.group(
    cls=Verbs,
    help="One bulletin source in; a PDF for printing, a DOCX for editing and an EPUB for reading out.",
    epilog="jianbao build seeds/minzheng.md\njianbao check seeds/minzheng.md --output-format concise",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@lang_option
def cli() -> None:
    """`jianbao`; its verbs do the work."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code; an unexpected exception is one line, never a traceback."""
    # What a verb makes it keeps to its end, and modules live as long as the process: looking through them for
    # garbage, again and again and three times more on leaving, finds nothing and took a fifth of a short run.
    # Verbs that build one source after another look for it after all.
    gc.disable()
    try:
        patterns.remember(str(cache_folder(DISK)))
        before_handing_over(patterns.keep)
        code = run(arguments)
        patterns.keep()
    except KeyboardInterrupt:
        # The second of two quick ones: the first has been answered.
        code = INTERRUPTED
    interrupts.ignore()
    gc.freeze()
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    # A name that the terminal's encoding lacks is shown by its code, it does not stop the work.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else list(arguments)
    # Whatever is wrong with the command is said in the language that it asks for, wherever in it that stands.
    choose_asked(given)
    try:
        code = cli.main(given, prog_name="jianbao", standalone_mode=False)
        flush_stdout()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except click.Abort as broken_off:
        # click takes the end of a file for the end of an answer, but nobody is asked anything here.
        fault = broken_off.__cause__
        return _our_fault(fault) if isinstance(fault, EOFError) else INTERRUPTED
    except click.UsageError as wrong:
        return _usage(wrong)
    except JianbaoError as trouble:
        from .report import error_lines

        say(*error_lines(trouble))
        return trouble.exit_code
    except BrokenPipeError:
        # Whoever read our output has gone: there is nobody to tell.
        abandon_stdout()
        return 1
    except Exception as fault:
        if isinstance(fault, OSError) and fault.errno == errno.ENOSPC:
            # Only printing comes here: files are written by files.py, which says so itself.
            abandon_stdout()
            say(
                f"<stdout>: {translate('error')}: {translate('the disk is full; what stood there before is unchanged')}"
            )
            return 1
        return _our_fault(fault)


def _our_fault(fault: Exception) -> int:
    """Say what nobody expected, in one line."""
    if DISK.environment("JIANBAO_DEBUG"):
        raise fault
    template = translate("our fault: {kind}: {text}; JIANBAO_DEBUG=1 shows where")
    text = " ".join(str(fault).split())
    if isinstance(fault, OSError) and fault.strerror:
        text = translate(fault.strerror) + (f" ({fault.filename})" if fault.filename else "")
    say(f"jianbao: {template.format(kind=type(fault).__name__, text=text)}")
    return OUR_FAULT


def _usage(wrong: click.UsageError) -> int:
    """Say what is wrong with a command, in one line, and where help is."""
    match wrong:
        case click.NoSuchOption(option_name=name, possibilities=near) if near:
            text = translate("there is no option {option}; did you mean {near}?").format(option=name, near=near[0])
        case click.NoSuchOption(option_name=name):
            text = translate("there is no option {option}").format(option=name)
        case click.MissingParameter(param=click.Parameter() as parameter):
            text = translate("{name} is missing").format(name=parameter.make_metavar(wrong.ctx or click.Context(cli)))
        case click.BadOptionUsage(option_name=name):
            text = translate(_value_trouble(wrong)).format(option=name)
        case click.BadParameter(param=click.Parameter() as parameter):
            text = f"{parameter.opts[-1]}: {_wanted(parameter, wrong.message)}"
        case click.UsageError(message=message) if extra := re.search(r"unexpected extra arguments? \((.*)\)", message):
            text = translate("there is an argument too many: {arguments}").format(arguments=extra[1])
        case _:
            text = translate(wrong.format_message())
    path = wrong.ctx.command_path if wrong.ctx is not None else "jianbao"
    say(
        f"{path}: {text}",
        translate("hint: {hint}").format(hint=translate("run {command}").format(command=f"{path} -h")),
    )
    return wrong.exit_code


def _value_trouble(wrong: click.BadOptionUsage) -> str:
    """Whether an option lacks a value or has one that it does not take."""
    takes_none = "take" in wrong.message
    return "{option} takes no value" if takes_none else "{option} needs a value behind it"


def _wanted(parameter: click.Parameter, message: str) -> str:
    """What a value is not; of our own options it has been said already."""
    given = re.match(r"'?(.*?)'? is not ", message, re.DOTALL)
    if given is None:
        return message
    values = {"value": given[1]}
    match parameter.type:
        case click.Choice(choices=choices):
            text = translate("{value} is none of {names}")
            values["names"] = ", ".join(map(str, choices))
        case click.IntRange(min=low, max=high) | click.FloatRange(min=low, max=high) if high is not None:
            text = translate("{value} is no number from {low} to {high}")
            values |= {"low": str(low), "high": str(high)}
        case click.IntRange(min=low) | click.FloatRange(min=low):
            text = translate("{value} is no number of at least {low}")
            values["low"] = str(low)
        case click.types.IntParamType():
            text = translate("{value} is no whole number")
        case click.types.FloatParamType():
            text = translate("{value} is no number")
        case _:
            return message
    return text.format(**values)


interrupts.listen()
