"""`jianbao impose`: the pages of a PDF on printer's sheets."""

from __future__ import annotations

from typing import Any

import click

from converters.files import DISK, STANDARD
from converters.units import mm, to_mm

from .messages import say, translate
from .report import shown_name
from .verb import verb


def _needed(ctx: click.Context, option: click.Parameter, value: str | None) -> str:
    if value is None:
        raise click.MissingParameter(ctx=ctx, param=option)
    return value


@verb(
    "impose",
    "Arrange the pages of IN.pdf on sheets: a saddle-stitched booklet, or each page twice.",
    "jianbao impose issue.pdf -o booklet.pdf --sheet SRA3 --marks --creep 0.1\n"
    "jianbao impose slip.pdf -o sheets.pdf --repeat --sheet A4",
)
@click.argument("source", metavar="IN.pdf")
@click.option("-o", "--output", callback=_needed, metavar="OUT.pdf", help="Where the sheets go; - is stdout.")
@click.option("--sheet", metavar="SIZE", help='Paper: A3, SRA3, "320mm x 450mm" (else just two pages).')
@click.option("--creep", default=0.0, metavar="MM", help="Move the pages of each inner sheet so much to the fold.")
@click.option(
    "--blanks",
    default="end",
    metavar="WHERE",
    help="Blanks: end, colophon (before it), front (after page 1), or 1,4,4.",
)
@click.option(
    "--binding",
    type=click.Choice(["auto", "left", "right"]),
    default="auto",
    metavar="auto|left|right",
    help="Where the spine is (auto: as the file says, else left).",
)
@click.option("--repeat", is_flag=True, help="Set each page twice side by side, to be cut into two copies.")
@click.option("--marks", is_flag=True, help="Draw cut and fold marks where the sheet has room for them.")
@click.option("--fit", is_flag=True, help="Make pages smaller that are too large for the sheet.")
def command(source: str, output: str, sheet: str | None, creep: float, **values: Any) -> int:
    """Impose one file."""
    from converters.imposition import Imposed, Imposition, impose, paper

    wanted = Imposition(paper(sheet) if sheet else None, mm(creep), **values)
    made: Imposed = impose(DISK.read(source), shown_name(source), wanted)
    DISK.write(output, made.data, (source,))
    blanks = sum(page == 0 for one in made.sheets for side in one for page in side)
    size = f"{to_mm(made.width):.0f} × {to_mm(made.height):.0f} mm"
    template = "{file}  {sheets} sheets of {size}, {pages} pages, {blanks} blank; turn them on the short edge"
    file = "<stdout>" if output == STANDARD else output
    counts = {"sheets": len(made.sheets), "size": size, "pages": made.pages, "blanks": blanks}
    say(translate(template).format(file=file, **counts))
    if made.scale < 1:
        say(translate("pages are printed at {percent} per cent").format(percent=f"{made.scale * 100:.1f}"))
    if made.turned:
        template = "blanks move pages {pages} across the fold: their margins are mirrored for the other side"
        say(translate(template).format(pages=", ".join(map(str, made.turned))))
    return 0
