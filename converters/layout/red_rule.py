"""红色分隔线: plain, with a star in its middle, or double (文武线)."""

from __future__ import annotations

from converters.theme.schema import MastheadStyle

from .result import Bar, Placed, Star

THIN_RATIO = 1 / 3
"""The thin line of a double rule, of the thick one; the gap between is as wide as the thick one."""
STAR_RATIO = 0.951
"""Height of a star of five points, of its width."""
STAR_GAP_RATIO = 0.25
"""Between a star and the rule on both its sides, of its width."""


def double_depth(thickness: float) -> float:
    """How deep a double rule is whose thick line has this thickness."""
    return thickness * (2 + THIN_RATIO)


def red_rule(look: MastheadStyle, color: str, y: float, measure: float) -> tuple[list[Placed], float]:
    """The rule of a masthead with its upper edge at `y`, and where it ends.

    A star stands across its rule: its lower half is part of what ends.
    """
    thickness = look.rule_thickness
    match look.rule_form:
        case "thick-thin" | "thin-thick":
            bars = double_rule(Bar(0.0, y, measure, thickness, color), thick_first=look.rule_form == "thick-thin")
            return [*bars], y + double_depth(thickness)
        case "star":
            size = min(look.rule_star, measure)
            height, middle = STAR_RATIO * size, y + thickness / 2
            arm = max(0.0, (measure - size * (1 + 2 * STAR_GAP_RATIO)) / 2)
            return [
                Bar(0.0, y, arm, thickness, color),
                Star((measure - size) / 2, middle - height / 2, size, color),
                Bar(measure - arm, y, arm, thickness, color),
            ], max(y + thickness, middle + height / 2)  # fmt: skip
        case _:
            return [Bar(0.0, y, measure, thickness, color)], y + thickness


def double_rule(thick: Bar, *, thick_first: bool) -> list[Bar]:
    """文武线, as wide as its thick line and with that one's upper left corner."""
    x, y, width, height, color = thick
    upper, lower = (height, height * THIN_RATIO) if thick_first else (height * THIN_RATIO, height)
    return [Bar(x, y, width, upper, color), Bar(x, y + upper + height, width, lower, color)]
