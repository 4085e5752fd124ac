"""`jianbao check`: what a person should look at."""

from __future__ import annotations

import sys
from typing import Any

import click

from converters.diagnostics import Diagnostic, Source
from converters.errors import JianbaoError
from converters.files import DISK
from converters.pipeline import Options, prepare

from .messages import say, translate
from .report import Reporter, at_or_above, error_lines
from .verb import fail_on_option, options_of, rule_option, verb

_FORMATS = ("full", "concise", "json", "sarif", "github")


@verb(
    "check",
    "Report what a proof-reader would mark in each SOURCE (- is the standard input).",
    "jianbao check seeds/minzheng.md\njianbao check *.md --select Q,N-DATE --output-format github",
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@rule_option("--select", "Only these rules (Q-PAIR, a family Q, all).")
@rule_option("--ignore", "Not these rules.")
@click.option("--words", multiple=True, metavar="FILE", help="A list of your own names and confused words.")
@click.option("--fix", "mend", is_flag=True, help="Apply what can be mended safely to the sources themselves.")
@fail_on_option("error")
@click.option(
    "--output-format", "form", type=click.Choice(_FORMATS), default="full", metavar="FORM",
    help=f"{', '.join(_FORMATS)} (default: full).",
)  # fmt: skip
def command(sources: tuple[str, ...], mend: bool, form: str, fail_on: str, **values: Any) -> int:
    """Check every source; a source that cannot be read does not stop the others."""
    options = options_of(values)
    outcomes: list[tuple[str, tuple[Diagnostic, ...], tuple[Source, ...]]] = []
    code = 0
    for source in sources:
        try:
            findings, texts = _check(source, options, mend=mend)
        except JianbaoError as trouble:
            say(*error_lines(trouble, source))
            code = max(code, trouble.exit_code)
            continue
        outcomes.append((source, findings, texts))
        if at_or_above(findings, fail_on):
            code = max(code, 1)
    if outcomes:
        _show(outcomes, form)
    return code


def _check(source: str, options: Options, *, mend: bool) -> tuple[tuple[Diagnostic, ...], tuple[Source, ...]]:
    checked = prepare(source, options)
    if mend:
        from .fixes import apply

        count = apply(source, checked.findings, checked.value.sources, DISK)
        if count:
            say(translate("{file}: {count} places mended").format(file=source, count=count))
            checked = prepare(source, options)
    from converters.pictures import load

    pictures = load(checked.value, DISK, options.allow_outside)
    return (*checked.findings, *pictures.findings), checked.value.sources


def _show(outcomes: list[tuple[str, tuple[Diagnostic, ...], tuple[Source, ...]]], form: str) -> None:
    if form in ("full", "concise"):
        for source, findings, texts in outcomes:
            reporter = Reporter(sys.stdout, texts, source)
            if form == "full":
                reporter.full(findings)
            else:
                reporter.concise(findings)
        return
    from . import formats
    from .report import ordered

    pairs = [
        (finding, formats.finding_object(finding, {text.name: text for text in texts}, source))
        for source, findings, texts in outcomes
        for finding in ordered(findings)
    ]
    match form:
        case "json":
            import json

            sys.stdout.write(json.dumps([entry for _, entry in pairs], ensure_ascii=False, indent=1) + "\n")
        case "sarif":
            from importlib.metadata import version

            sys.stdout.write(formats.sarif_text(pairs, version("jianbao")))
        case _:
            sys.stdout.write("".join(formats.github_line(finding, entry) + "\n" for finding, entry in pairs))
