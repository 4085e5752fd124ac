"""Help fits a screen, ends with two examples and costs no import of a verb."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from converters.cli import VERBS, cli, messages

SCREEN = 24, 100


def help_of(*path: str) -> list[str]:
    command: click.Command = cli
    context = click.Context(cli, info_name="jianbao", max_content_width=100)
    for name in path:
        assert isinstance(command, click.Group)
        found = command.get_command(context, name)
        assert found is not None
        command = found
        context = click.Context(command, context, name)
    return command.get_help(context).splitlines()


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_fits_a_screen_and_ends_with_two_examples(verb: str, language: str) -> None:
    messages.choose(language)
    try:
        lines = help_of(verb) if verb else help_of()
    finally:
        messages.choose("en")
    assert len(lines) <= SCREEN[0]
    assert max(map(len, lines)) <= SCREEN[1]
    examples = [line.strip() for line in lines[-2:]]
    assert all(example.startswith("jianbao ") for example in examples)
    assert lines[-3] in ("Examples:", "例：")


def test_help_lists_the_purpose_that_each_verb_states() -> None:
    text = "\n".join(help_of())
    for verb, purpose in VERBS.items():
        assert f"  {verb} " in text
        assert purpose in text


def _modules(*arguments: str) -> set[str]:
    code = (
        "import sys\nfrom converters.cli import run\n"
        f"code = run({list(arguments)!r})\nprint('\\n'.join(sys.modules), file=sys.stdout)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_help_imports_no_verb() -> None:
    assert not {f"converters.cli.{verb}" for verb in VERBS} & _modules("--help")


def test_one_verb_does_not_import_the_others() -> None:
    loaded = {name for name in _modules("build", "--help") if name.startswith("converters.cli.")}
    assert loaded & {f"converters.cli.{verb}" for verb in VERBS} == {"converters.cli.build"}


def test_importing_the_package_imports_nothing_of_it() -> None:
    code = "import sys, converters\nprint([name for name in sys.modules if name.startswith('converters.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
