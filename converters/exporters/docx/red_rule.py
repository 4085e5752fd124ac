"""红色分隔线 in Word: the upper border of an empty paragraph, which may be double, and a star over the middle of it."""

from __future__ import annotations

import math

from converters.theme.schema import MastheadStyle, Theme

from .looks import colour, eighths

STAR = "RedRuleStar"
"""What the shapes of a star are called, by which the way back knows them as no drawing of the author's."""
_VML = "urn:schemas-microsoft-com:vml"
# As in print: height of a star, and what keeps it from the rule at both sides, of its width.
_HEIGHT_RATIO = 0.951
_GAP_RATIO = 0.25
_UNITS = 1000
# Word names the lines of a border from the text outwards: of an upper border the first one is the lower one.
_DOUBLE = {"thick-thin": "thinThickSmallGap", "thin-thick": "thickThinSmallGap"}
_THIN_RATIO = 1 / 3


def rule_depth(look: MastheadStyle) -> float:
    """Thickness of the whole red rule in points; a double one is a thick line, a gap like it and a thin line."""
    return look.rule_thickness * (2 + _THIN_RATIO) if look.rule_form in _DOUBLE else look.rule_thickness


def red_rule(theme: Theme) -> str:
    """The border, "" where nothing is drawn."""
    rule = theme.masthead
    if rule.preprinted or not rule.rule_thickness:
        return ""
    return (
        f'<w:pBdr><w:top w:val="{_DOUBLE.get(rule.rule_form, "single")}" w:sz="{eighths(rule_depth(rule))}" w:space="0"'
        f' w:color="{colour(theme, rule.rule_color)}"/></w:pBdr>'
    )


def star(theme: Theme, depth: float) -> str:
    """The run of a star over the middle of a rule that a white field interrupts, "" where there is none.

    `depth` is where the rule begins, in points below the head of the type area. Shapes are placed on the page:
    LibreOffice measures those of a paragraph from above the room before it.
    """
    look, page = theme.masthead, theme.page
    if look.rule_form != "star" or look.preprinted or not look.rule_thickness or page.writing_mode == "vertical-rl":
        # In vertical books LibreOffice draws no rule here either, and puts shapes elsewhere.
        return ""
    width, height = look.rule_star, look.rule_star * _HEIGHT_RATIO
    fill = "#" + colour(theme, look.rule_color).replace("auto", "000000")
    top = page.top + depth + (look.rule_thickness - height) / 2

    def place(width: float, layer: int) -> str:
        return (
            f'id="{STAR}{layer}" style="position:absolute;margin-left:0;margin-top:{top:.2f}pt;width:{width:.2f}pt;'
            f"height:{height:.2f}pt;z-index:{layer};mso-position-horizontal:center;"
            'mso-position-horizontal-relative:margin;mso-position-vertical-relative:page"'
        )

    return (
        f'<w:r><w:pict><v:rect xmlns:v="{_VML}" {place(width * (1 + 2 * _GAP_RATIO), 1)} fillcolor="white"'
        ' stroked="f"/></w:pict></w:r>'
        f'<w:r><w:pict><v:shape xmlns:v="{_VML}" {place(width, 2)} coordsize="{_UNITS},{_UNITS}"'
        f' path="{_outline()}" fillcolor="{fill}" stroked="f"/></w:pict></w:r>'
    )


def _outline() -> str:
    """The ten corners of a star in its box, as VML writes a path."""
    inner = math.cos(math.radians(72)) / math.cos(math.radians(36))
    corners = []
    for number in range(10):
        radius = inner if number % 2 else 1.0
        angle = math.radians(90 + 36 * number)
        across = 0.5 + radius * math.cos(angle) / (2 * math.sin(math.radians(72)))
        down = (1 - radius * math.sin(angle)) / (1 + math.cos(math.radians(36)))
        corners.append(f"{round(_UNITS * across)},{round(_UNITS * down)}")
    return f"m{corners[0]}l{','.join(corners[1:])}xe"
