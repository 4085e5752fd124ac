"""`jianbao repair`: the mended text, or what was mended."""

from __future__ import annotations

import sys
from typing import Any

import click

from converters.files import DISK, STANDARD
from converters.pipeline import mend, mended_markdown

from .messages import say, translate
from .report import Reporter, changes_line, wants_colour
from .verb import options_of, source_options, verb


@verb(
    "repair",
    "Mend the text of SOURCE (- is the standard input) and give it as Markdown.",
    "jianbao repair torn.md -o mended.md\njianbao repair torn.txt --diff --no-fix P-DASH",
)
@click.argument("source", metavar="SOURCE")
@click.option("-o", "--output", default=STANDARD, metavar="FILE", help="Where the mended text goes (else to stdout).")
@click.option("--diff", is_flag=True, help="Show each change in its line instead: [-before-]{+after+}.")
@source_options
def command(source: str, output: str, diff: bool, **values: Any) -> int:
    """Repair one source."""
    options = options_of(values)
    if diff:
        from .worddiff import lines

        repaired = mend(source, options)
        shown = lines(repaired.value.sources, repaired.changes, colour=wants_colour(sys.stdout))
        sys.stdout.writelines(f"{line}\n" for line in shown)
    else:
        repaired, text = mended_markdown(source, options)
        DISK.write(output, text.encode(), (source,))
    reporter = Reporter(sys.stderr, repaired.value.sources, source)
    reporter.full(repaired.findings)
    say(changes_line(repaired.changes) or translate("nothing to mend"))
    return 0
