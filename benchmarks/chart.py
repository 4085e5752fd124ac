"""The figures as a picture: a bar for each program and edition, as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from .measure import Figure

_WIDTH, _ROW, _LEFT, _RIGHT = 720, 22, 190, 120
_OURS, _THEIRS = "#c4161c", "#8a8f98"


def chart(title: str, rows: Mapping[str, Figure], notes: Sequence[str] = ()) -> str:
    """Seconds of processor time as bars, jianbao's rows in red; `notes` are lines below them."""
    longest = max((figure.processor for figure in rows.values()), default=1.0) or 1.0
    height = 40 + _ROW * (len(rows) + len(notes))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" '
        f'font-size="12" role="img" aria-label="{escape(title)}">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="8" y="20" font-size="13" font-weight="bold">{escape(title)}</text>',
    ]
    for index, (name, figure) in enumerate(rows.items()):
        y = 34 + _ROW * index
        width = (_WIDTH - _LEFT - _RIGHT) * figure.processor / longest
        color = _THEIRS if name.startswith(("pandoc", "typst", "weasyprint")) else _OURS
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 12}" text-anchor="end">{escape(name)}</text>')
        parts.append(f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="16" fill="{color}"/>')
        label = f"{figure.processor:.2f} s"
        if figure.megabytes:
            label += f", {figure.megabytes:.0f} MB"
        parts.append(f'<text x="{_LEFT + width + 5:.1f}" y="{y + 12}">{label}</text>')
    below = 34 + _ROW * len(rows)
    parts += (f'<text x="8" y="{below + _ROW * line + 14}">{escape(note)}</text>' for line, note in enumerate(notes))
    return "\n".join((*parts, "</svg>\n"))
