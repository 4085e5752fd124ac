"""Where a title may be parted: phrase boundaries, from BudouX' models and the verbs that officialese titles turn on.

The models are read as data: importing BudouX costs more than a page, scoring a title a tenth of a millisecond.
"""

from __future__ import annotations

import functools
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from converters.model.patterns import compiled

from .characters import (
    CLOSING,
    COMMAS,
    CONNECTORS,
    EXCLAMATIONS,
    FULL_STOPS,
    INTERPUNCTS,
    ITERATION_MARKS,
    OPENING,
    SMALL_KANA,
)

_NO_START = frozenset(
    CLOSING + COMMAS + FULL_STOPS + EXCLAMATIONS + INTERPUNCTS + CONNECTORS + SMALL_KANA + ITERATION_MARKS + "…—%‰℃"
)
_NO_END = frozenset(OPENING)
_PARTICLES = frozenset("的们們")
"""They belong to what stands before them: no line of a title begins with one."""
_CONJUNCTIONS = frozenset("并和与及暨或與並")
"""They belong to what stands behind them."""
_NO_CONJUNCTIONS = frozenset(
    ("参与", "參與", "共和", "温和", "溫和", "平和", "总和", "總和", "饱和", "缓和", "普及", "涉及")
)
_JA_PARTICLES = frozenset("はがをのにへともでや")
"""The same in Japanese, where no word can begin with them: what follows is no hiragana."""
_UNITS = "年月日号期条款项件人次名家户个元万亿千百吨亩公平米度届批分時年間円台戸冊屆號個戶萬億區"
_WHOLE = (
    rf"[0-9０-９]+(?:[.,．，][0-9]+)*[万亿千百萬億]*[{_UNITS}%％]?|第[0-9〇一二三四五六七八九十百]+[{_UNITS}]?|"
    r"[0-9]+年[0-9]+月(?:[0-9]+日)?|[0-9]+月[0-9]+日|[ァ-ヺー]+|"
    r"(?:[省市县區区乡鄉镇鎮州旗縣])?人民(?:政府|代表大会|代表大會|法院|检察院|群众|群眾)|办公[厅室]|社会(?:组织|救助|治理|保障)|"
    r"(?:养老|養老|殡葬|救助|社区|社區|居家)服[务務](?:体系|體系|业|業|中心|设施|設施|机构|機構|站)?|社[区區]工作者|会员大会|會員大會|代表大[会會]|基层(?:民政工作|民政|治理|组织|工作)|民政工作|"
    r"[文美科数藝艺]{1,2}[学學術术](?:奖|獎)|委[员員][会會]|常[务務]委[员員]|困难群众|留守[老儿]|[老残幼]年人|全省性|全市性"
)
"""Numbers with their units, names and nouns of officialese: no line of a title ends inside one."""
_FULL = 4000.0
"""The score of a boundary that leaves no doubt; BudouX' own scores run from about -5000 to 6000."""
_VERB_BONUS = 1000.0
_VERBS_IN_A_ROW = (
    "加强推进做好印发开展召开研究落实完善深化促进举办举行组织部署启动实施建立健全提升提高"
    "规范调整公布转发学习贯彻夯实推动打造构建优化创新探索強化加強推進召開開展實施規範調整"
)
"""Verbs of officialese, two hanzi each; between one and its object a title may be parted."""
_VERBS = frozenset(_VERBS_IN_A_ROW[at : at + 2] for at in range(0, len(_VERBS_IN_A_ROW), 2))
_MODELS = {"ja": "ja.json", "zh-hant": "zh-hant.json", "zh": "zh-hans.json"}
_AFTER_MARK = 6000.0
_BEFORE_OPENING = 3200.0
_OPENS, _CLOSES = "《（“", "》）”"
_INSIDE = 0.35
"""What a boundary inside 《》 or quotes is worth beside the same one outside."""


_Model: TypeAlias = tuple[Callable[[str, int], int], ...]
"""How to ask each group of features for its weight."""


@functools.cache
def _model(name: str) -> tuple[_Model, float]:
    spec = importlib.util.find_spec("budoux")
    if spec is None or not spec.submodule_search_locations:
        return (), 0.0
    path = Path(spec.submodule_search_locations[0]) / "models" / name
    try:
        model: dict[str, dict[str, int]] = json.loads(path.read_text("utf-8"))
    except OSError:
        return (), 0.0
    groups = tuple(model.get(name, {}).get for name in _FEATURES)
    return groups, -0.5 * sum(sum(group.values()) for group in model.values())


def _model_name(lang: str) -> str:
    tag = lang.lower()
    if tag in ("zh-tw", "zh-hk", "zh-mo"):
        return _MODELS["zh-hant"]
    return next((name for start, name in _MODELS.items() if tag.startswith(start)), "")


def boundaries(text: str, lang: str, first: int = 1, last: int | None = None) -> dict[int, float]:
    """Places where a line of a title may end, from `first` to `last` -> how well it ends there, -1 (in a word) to 1.

    Before a place stands the last character of the line. Nothing is parted inside words, numbers and brackets' edges.
    """
    name = _model_name(lang)
    whole = {place for match in compiled(_WHOLE).finditer(text) for place in range(match.start() + 1, match.end())}
    is_japanese = lang.lower().startswith("ja")
    model, base = _model(name) if name else ((), 0.0)
    padded = f"\0\0\0{text}\0\0\0"
    found: dict[int, float] = {}
    bracketed = any(mark in text for mark in _OPENS)
    first = max(first, 1)
    # How many brackets and quotes are open before a place.
    depth = _depth(text[: first - 1]) if bracketed else 0
    for place in range(first, min(len(text) - 1 if last is None else last, len(text) - 1) + 1):
        before, after = text[place - 1], text[place]
        if bracketed:
            depth += (before in _OPENS) - (before in _CLOSES)
        if after in _NO_START or before in _NO_END or after.isspace():
            continue
        if place in whole or (
            is_japanese and after in _JA_PARTICLES and not "ぁ" <= text[place + 1 : place + 2] <= "ゖ"
        ):
            continue
        if after in _PARTICLES and lang.lower().startswith("zh"):
            continue
        if before.isspace():
            found[place] = 1.0
            continue
        if before.isascii() and after.isascii():
            continue
        score = base + _score(model, padded, place + 3) if model else 0.0
        if before in COMMAS or before in FULL_STOPS or before in EXCLAMATIONS:
            score = _AFTER_MARK
        if text[max(place - 2, 0) : place] in _VERBS:
            score += _VERB_BONUS
        if after in _NO_END:
            score = max(score, _BEFORE_OPENING)
        if before in _CONJUNCTIONS and text[place - 2 : place] not in _NO_CONJUNCTIONS and not is_japanese:
            score = -_FULL
        if depth > 0:
            score *= _INSIDE
            if any(mark in _OPENS for mark in text[max(place - 3, 0) : place]):
                # 《关于 says nothing at the end of a line.
                score = -_FULL
        if is_japanese and score <= 0:
            found[place] = _inside_a_run(text, place)
            continue
        found[place] = min(max(score / _FULL, -1.0), 1.0)
    return found


def _inside_a_run(text: str, place: int) -> float:
    """How well a line ends where BudouX sees one phrase: best where katakana meet hanzi; among hanzi after pairs."""
    before, after = text[place - 1], text[place]
    if ("ァ" <= before <= "ー") != ("ァ" <= after <= "ー") and after >= "一":
        return 0.3
    if before < "一" or after < "一":
        return -1.0
    start = place
    while start and text[start - 1] >= "一":
        start -= 1
    return -0.3 if (place - start) % 2 == 0 else -1.0


def _depth(text: str) -> int:
    """How many brackets and quotes of a text stay open."""
    return sum(map(text.count, _OPENS)) - sum(map(text.count, _CLOSES))


def _score(model: _Model, text: str, place: int) -> int:
    """BudouX' features around a place, at least three characters from either end: unigrams, bigrams and trigrams."""
    uw1, uw2, uw3, uw4, uw5, uw6, bw1, bw2, bw3, tw1, tw2, tw3, tw4 = model
    return (
        uw1(text[place - 3], 0) + uw2(text[place - 2], 0) + uw3(text[place - 1], 0)
        + uw4(text[place], 0) + uw5(text[place + 1], 0) + uw6(text[place + 2], 0)
        + bw1(text[place - 2 : place], 0) + bw2(text[place - 1 : place + 1], 0) + bw3(text[place : place + 2], 0)
        + tw1(text[place - 3 : place], 0) + tw2(text[place - 2 : place + 1], 0)
        + tw3(text[place - 1 : place + 2], 0) + tw4(text[place : place + 3], 0)
    )  # fmt: skip


_FEATURES = ("UW1", "UW2", "UW3", "UW4", "UW5", "UW6", "BW1", "BW2", "BW3", "TW1", "TW2", "TW3", "TW4")
