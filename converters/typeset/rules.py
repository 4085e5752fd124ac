"""What a house or a language wants of its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from converters.records import dataclass

from .preparation import Preparation

LEVELS = ("none", "basic", "gb", "strict")
"""The prohibitions from none to all (clreq): `gb` is the mainland's, `strict` keeps —— and …… from line starts."""

GAP = 0.25
"""Space between hanzi and Latin in em; clreq allows up to ¼."""

LEAST_GAP = 0.125
"""What squeezing leaves of that space."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How lines are made; lengths are em. `Rules.for_language` gives what a language has by default.

    `widths` gives the advance of characters that have not their nominal one (½ for ASCII and letters, 1 for the
    rest); a dict with `__missing__` may compute them when asked. Hanzi and kana are a whole em and never asked for.
    `gap` stands between hanzi and Latin letters, `digit_gap` between hanzi and digits (None: the same).
    `trims` gives the blank of a mark that squeezing may take where it is not ½ em (from a face's `halt`).
    `pairs`: adjacent marks share their blanks. `centred`: stops stand in the middle of their em, as in Taiwan.
    `hanging`: one stop may hang outside the line's end. `breaking` is total-fit or greedy. `hyphenate`: Latin
    words may be divided where they would tear a line open. `tear`: what is wider than the measure is divided
    anywhere, instead of standing alone and overfull. `ease` is the stretch a gap that total-fit does not mind.
    """

    lang: str = "zh-Hans"
    level: str = "gb"
    gap: float = GAP
    digit_gap: float | None = None
    trim_start: bool = True
    trim_end: bool = True
    pairs: bool = True
    centred: bool = False
    wide_interpunct: bool = False
    words_only: bool = False
    hanging: bool = False
    breaking: str = "total-fit"
    hyphenate: bool = True
    tear: bool = True
    ease: float = 0.03
    trims: Mapping[str, float] = field(default_factory=dict)
    widths: Mapping[str, float] = field(default_factory=dict)

    _prepared: Preparation | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError(f"{self.level!r} is not a level; write one of {', '.join(LEVELS)}")
        if self.breaking not in ("greedy", "total-fit"):
            raise ValueError(f"{self.breaking!r} is no way of breaking; write greedy or total-fit")

    @property
    def prepared(self) -> Preparation:
        """What follows from these rules, worked out when first asked for: keep and share a Rules, do not remake it."""
        if self._prepared is None:
            object.__setattr__(self, "_prepared", Preparation(self))
            assert self._prepared is not None
        return self._prepared

    @property
    def family(self) -> str:
        """zh-Hans, zh-Hant, ja or ko."""
        return family(self.lang)

    @classmethod
    def for_language(
        cls,
        lang: str,
        *,
        level: str | None = None,
        gap: float | None = None,
        digit_gap: float | None = None,
        trim_start: bool | None = None,
        trim_end: bool | None = None,
        hanging: bool = False,
        breaking: str = "total-fit",
        hyphenate: bool = True,
        tear: bool = True,
        trims: Mapping[str, float] | None = None,
        widths: Mapping[str, float] | None = None,
    ) -> Rules:
        """The rules of a language (zh-Hans, zh-Hant, ja, ko, any other as zh-Hans); None leaves its default.

        Raises ValueError for an unknown level or way of breaking.
        """
        rules = _BY_LANGUAGE[family(lang)]
        return replace(
            rules,
            lang=lang,
            level=rules.level if level is None else level,
            gap=rules.gap if gap is None else gap,
            digit_gap=digit_gap,
            trim_start=rules.trim_start if trim_start is None else trim_start,
            trim_end=rules.trim_end if trim_end is None else trim_end,
            hanging=hanging,
            breaking=breaking,
            hyphenate=hyphenate,
            tear=tear,
            trims={} if trims is None else trims,
            widths={} if widths is None else widths,
        )

    @property
    def hangable(self) -> str:
        """The marks that may hang outside a line's end (clreq, 行尾悬挂): none in horizontal zh-Hant."""
        match self.family:
            case "zh-Hans":
                return "、，。．：；！？"
            case "zh-Hant":
                return ""
            case _:
                return "、，。．"


def family(lang: str) -> str:
    """zh-Hans, zh-Hant, ja or ko: the composition that a language tag asks for."""
    tag = lang.replace("_", "-").lower()
    if tag == "ja" or tag.startswith("ja-"):
        return "ja"
    if tag == "ko" or tag.startswith("ko-"):
        return "ko"
    if tag.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")):
        return "zh-Hant"
    return "zh-Hans"


_BY_LANGUAGE = {
    "zh-Hans": Rules(),
    "zh-Hant": Rules("zh-Hant", level="basic", trim_start=False, trim_end=False, centred=True, wide_interpunct=True),
    "ja": Rules("ja", level="strict", trim_start=False, trim_end=False, wide_interpunct=True),
    "ko": Rules("ko", level="gb", gap=0.0, trim_start=False, trim_end=False, words_only=True, wide_interpunct=True),
}
