"""What a language asks of a face: OpenType tags, marks that take a full em, how much blank a mark can give."""

from __future__ import annotations

# Marks that are one em wide in Chinese and Japanese text and narrower in Western text (GB/T 15834-2011, 5.1).
FULL_WIDTH = frozenset(map(ord, "—―…⋯“”‘’"))

# Where a face's em dash is short, its horizontal bar draws it, and the other way round.
ONE_EM_TWINS = {0x2014: 0x2015, 0x2015: 0x2014, 0x2026: 0x22EF, 0x22EF: 0x2026}

# Characters above the symbols that are blank as they should be: ideographic half fill space, hangul fillers, …
BLANK_BY_NATURE = frozenset((0x303F, 0x3164, 0xFEFF, 0xFFA0)) | frozenset(range(0xFE00, 0xFE10))

# A question mark may be a little wider than half an em; what is wider than this is no squeezable mark.
_WIDEST_MARK = 0.6

_REGIONS = {"ja": "JP", "ko": "KR", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK", "zh-mo": "HK", "zh-hant-hk": "HK"}
_LANGUAGES = {"SC": ("ZHS ",), "TC": ("ZHT ",), "HK": ("ZHH ", "ZHT "), "JP": ("JAN ",), "KR": ("KOR ",)}
_SHAPING = {"SC": "zh-Hans", "TC": "zh-Hant", "HK": "zh-HK", "JP": "ja", "KR": "ko"}


def region(lang: str) -> str:
    """Letters that the Noto CJK faces use for a language: SC, TC, HK, JP or KR; SC for any other."""
    tag = lang.lower()
    while tag:
        if tag in _REGIONS:
            return _REGIONS[tag]
        tag = tag.rpartition("-")[0]
    return "SC"


def is_full_width_language(lang: str) -> bool:
    """Are dashes, ellipses and quotation marks one em wide in this language (Chinese, Japanese)?"""
    return lang.lower().split("-")[0] in ("zh", "ja")


def opentype_languages(lang: str) -> tuple[str, ...]:
    """OpenType language system tags of a language, padded to four characters."""
    if lang.lower().split("-")[0] not in ("zh", "ja", "ko"):
        return ()
    return _LANGUAGES[region(lang)]


def shaping_language(lang: str) -> str:
    """The BCP 47 tag that HarfBuzz is told."""
    return _SHAPING[region(lang)] if lang.lower().split("-")[0] in ("zh", "ja", "ko") else lang


def trims_from_ink(left: float, right: float) -> tuple[float, float]:
    """How much blank a one-em mark can lose at the left and right so that its ink sits in half an em.

    `left` and `right` bound the ink. Ink in one half keeps that half; ink across the middle is centred.
    Ink somewhat wider than half an em loses only what blank it has; wider still (a dash, a hanzi) nothing.
    """
    if right <= left or right - left > _WIDEST_MARK:
        return 0.0, 0.0
    if right <= 0.5:
        return 0.0, 0.5
    if left >= 0.5:
        return 0.5, 0.0
    spare = max(0.0, 1 - (right - left))
    whole = min(0.5, spare)
    at_left = min(max((left + right) / 2 - (1 - whole) / 2, 0.0), whole)
    return at_left, whole - at_left
