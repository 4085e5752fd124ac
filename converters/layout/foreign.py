"""Which stretches of a text are not drawn character by character: patterns only (see scripts.py)."""

from __future__ import annotations

from converters.model.patterns import compiled

_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_JOINERS = "\u200c\u200d"
_LEFT = "\u0591-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""Hebrew, Arabic, Syriac, Thaana and all else that is written from right to left."""
_RIGHT = (
    "\u0900-\u0dff\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1700-\u171f\u1780-\u18af\u1900-\u1aaf\u1b00-\u1c4f"
    "\u1cd0-\u1cff\ua840-\ua87f\ua880-\ua8ff\ua980-\ua9df\uaa00-\uaadf\uabc0-\uabff\U00011000-\U000114df"
)
"""Scripts of India, Tibet, South-East Asia and Mongolia, whose letters change and move by their neighbours."""
PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff]"
)
_DRESSED = f"{PICTURE}[\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?[\U000e0020-\U000e007f]*"
EMOJI = f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_DRESSED}(?:\u200d{_DRESSED})*"
FOREIGN = (
    f"[{_LEFT}](?:[{_LEFT}{_MARKS}{_JOINERS}])*|[{_RIGHT}](?:[{_RIGHT}{_MARKS}{_JOINERS}])*|{EMOJI}|[^\\W_][{_MARKS}]+"
)
_HINT = f"[{_LEFT}{_RIGHT}{_MARKS}\ufe0f\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
"""One of these stands in every stretch that wants care; most texts have none."""
MARKS = f"[{_MARKS}\u0591-\u05bd\u0610-\u061a\u064b-\u065f]{{2,}}"
LEFTWARDS = f"[{_LEFT}]"
TSHEG = "\u0f0b\u0f0d\u0f0e"
"""A line of Tibetan ends after one of these and begins with none (UAX #14, BA)."""
SIGN = f"[^{_JOINERS}][{_MARKS}{_JOINERS}\ufe0e\ufe0f]*|."
"""A character with its marks and joiners."""


def wants_care(text: str) -> bool:
    """Is anything in a text that must be seen together with its neighbours?"""
    return not text.isascii() and compiled(_HINT).search(text) is not None
