"""`jianbao verify`: does each edition hold the source's text, character for character?"""

from __future__ import annotations

import sys
from typing import Any

import click

from converters.errors import InputError
from converters.files import DISK
from converters.pipeline import mend, theme_of

from .messages import say, translate
from .report import Reporter, error_lines
from .verb import options_of, source_options, style_options, verb


@verb(
    "verify",
    "Compare each EDITION with the text of SOURCE; both are read from their files alone.",
    "jianbao verify seeds/minzheng.md editions/minzheng.pdf editions/minzheng.docx\n"
    "jianbao verify a.md out/a.epub --no-fix P-COMMA",
)
@click.argument("source", metavar="SOURCE")
@click.argument("editions", nargs=-1, required=True, metavar="EDITION...")
@style_options
@source_options
def command(source: str, editions: tuple[str, ...], **values: Any) -> int:
    """Verify every edition; one that differs does not stop the others."""
    from converters.fidelity import frame_of, verify

    options = options_of(values)
    document = mend(source, options).value
    frame = frame_of(theme_of(document, options))
    reporter = Reporter(sys.stdout, document.sources, source)
    code = 0
    for name in editions:
        try:
            findings = verify(document, name, DISK.read(name), frame)
        except InputError as trouble:
            say(*error_lines(trouble, name))
            code = max(code, trouble.exit_code)
            continue
        reporter.full(findings)
        if findings:
            code = max(code, 1)
        template = (
            "{file}: differs from the source"
            if findings
            else "{file}: holds the source's text, character for character"
        )
        reporter.write(translate(template).format(file=name))
    return code
