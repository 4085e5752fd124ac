"""Encoding forms of characters: radicals, full-width letters and figures, ligatures; and look-alikes, reported."""

from __future__ import annotations

import functools
import unicodedata

from converters.diagnostics import Checked, Diagnostic, Severity
from converters.model.characters import HAN, KANA, is_hanzi
from converters.model.patterns import compiled
from converters.model.sheet import Mend, Sheet

from .rule import Class, LinePass, Options, Rule

E_KANGXI = Rule(
    "E-KANGXI",
    "Radical in the place of an ideograph",
    Class.AUTO,
    """\
Replaces the code points of radicals (U+2F00–2FD5, U+2E80–2EF3) by those of the same characters as text.

Why: PDF extraction gives radicals that look right and cannot be searched; NFKC leaves the second block alone.
Example: ⼈⺠  ->  人民
Source: NFKC of the single character; Unicode, EquivalentUnifiedIdeograph.txt.
Mend: applied; --no-fix E-KANGXI leaves them.
""",
)
E_FWALNUM = Rule(
    "E-FWALNUM",
    "Full-width letter or figure",
    Class.AUTO,
    """\
Replaces full-width letters and figures, and a full-width point between figures, by ASCII.

Why: figures in Chinese text are half-width (GB/T 15835-2011, 4.1); the full-width ones come from input methods.
Example: ２０２３年  ->  2023年
Mend: applied; --no-fix E-FWALNUM leaves them.
""",
)
E_LIG = Rule(
    "E-LIG",
    "Latin ligature",
    Class.AUTO,
    """\
Replaces the ligatures ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ by their letters. ㎡ ㎏ ℃ ① ½ are kept.

Why: the face makes ligatures; in the text they break searching and hyphenation.
Example: ofﬁce  ->  office
Mend: applied; --no-fix E-LIG leaves them.
""",
)
E_COMPAT = Rule(
    "E-COMPAT",
    "Compatibility ideograph",
    Class.REPORT,
    """\
Reports ideographs of U+F900–FAFF and U+2F800–2FA1F, which any normalisation replaces by another code point.

Why: it may be a person's name that wants just this form.
Mend: never applied; write the unified ideograph with a variation selector if the form matters.
""",
)
E_PUA = Rule(
    "E-PUA",
    "Private-use character",
    Class.REPORT,
    """\
Reports characters of the private-use areas: they mean something in one face only.

Why: they come from old encodings and symbol faces; another face draws a box or another sign.
Mend: never applied; look at the original and type the character.
""",
)
E_KANA = Rule(
    "E-KANA",
    "Katakana between hanzi",
    Class.OPT,
    """\
Reports a katakana that looks like an ideograph (ニ二 ロ口 カ力 ト卜 タ夕 ハ八 エ工 ミ三 オ才) between two hanzi.

Why: character recognition mixes them up. Not asked of Japanese text.
Example: 人ロ普查  ->  人口普查
Mend: reported; --fix E-KANA puts the ideograph there.
""",
)
# Unicode Character Database, EquivalentUnifiedIdeograph.txt: U+2E80 to U+2EF3, "-" where there is none.
_RADICALS = (
    "-厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵-旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂"
    "肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)

_LIGATURES = {chr(0xFB00 + index): text for index, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
_LOOKALIKES = dict(zip("ニロカトタハエミオ", "二口力卜夕八工三才", strict=True))
# Twelve characters of the compatibility block are ideographs in their own right.
_UNIFIED = frozenset("\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29")
_RADICAL_RANGE = "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5"
_WIDE_RANGE = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_COMPAT_RANGE = "\uf900-\ufaff\U0002f800-\U0002fa1f"
_PRIVATE_RANGE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"


@functools.cache
def unified(radical: str) -> str:
    """The ideograph that a radical's code point stands for; the character itself where there is none."""
    code = ord(radical)
    if code < 0x2F00:
        found = _RADICALS[code - 0x2E80]
        return radical if found == "-" else found
    return unicodedata.normalize("NFKC", radical)


def run(sheet: Sheet, options: Options) -> Checked[Sheet]:
    """Fold the forms; report the look-alikes."""
    text = sheet.text
    mends: list[Mend] = []
    findings: list[Diagnostic] = []
    if options.runs(E_KANGXI):
        for match in compiled(f"[{_RADICAL_RANGE}]").finditer(text):
            after = unified(match.group())
            if after != match.group():
                mends.append(Mend("E-KANGXI", match.start(), match.end(), after))
    if options.runs(E_FWALNUM):
        for match in compiled(f"[{_WIDE_RANGE}]+|(?<=[0-9０-９])．(?=[0-9０-９])").finditer(text):
            after = "".join(chr(ord(char) - 0xFEE0) for char in match.group())
            mends.append(Mend("E-FWALNUM", match.start(), match.end(), after))
    if options.runs(E_LIG):
        for match in compiled("[\ufb00-\ufb06]").finditer(text):
            mends.append(Mend("E-LIG", match.start(), match.end(), _LIGATURES[match.group()]))
    for match in compiled(f"[{_COMPAT_RANGE}]").finditer(text):
        if match.group() not in _UNIFIED:
            findings.append(
                _finding(
                    sheet, match.start(), E_COMPAT, "compatibility ideograph {char} ({code})",
                    "check the form that is meant",
                )
            )  # fmt: skip
    for match in compiled(f"[{_PRIVATE_RANGE}]").finditer(text):
        findings.append(_finding(sheet, match.start(), E_PUA, "private-use character {code}",
                                 "type the character that the original shows"))  # fmt: skip
    if not sheet.lang.startswith("ja"):
        _lookalikes(sheet, options, mends, findings)
    done = sheet.apply(mends)
    return Checked(done.value, tuple(findings), done.changes)


def _lookalikes(sheet: Sheet, options: Options, mends: list[Mend], findings: list[Diagnostic]) -> None:
    text = sheet.text
    judged, japanese = -1, False
    for match in compiled(f"(?<=[{HAN}])[{''.join(_LOOKALIKES)}](?=[{HAN}])").finditer(text):
        place = match.start()
        row = sheet.row(place)
        if row != judged:
            judged, japanese = row, len(compiled(f"[{KANA}]").findall(sheet.line(row))) > 2
        if japanese:
            continue  # a Japanese sentence
        after = _LOOKALIKES[match.group()]
        if options.runs(E_KANA):
            mends.append(Mend("E-KANA", place, place + 1, after, "medium", "hanzi on both sides"))
        else:
            findings.append(_finding(sheet, place, E_KANA, "katakana {char} between two hanzi",
                                     "write {after} if the ideograph is meant"))  # fmt: skip


def _finding(sheet: Sheet, place: int, rule: Rule, message: str, hint: str) -> Diagnostic:
    """A finding at a character; a compatibility ideograph may be right as it stands."""
    char = sheet.text[place]
    severity = Severity.INFO if rule is E_COMPAT else Severity.WARNING
    values = [("char", char), ("code", f"U+{ord(char):04X}")]
    if char in _LOOKALIKES:
        values.append(("after", _LOOKALIKES[char]))
    return Diagnostic(rule.code, severity, message, sheet.span(place, place + 1), hint=hint, values=tuple(values))


def is_form(char: str) -> bool:
    """Whether a character is one that E-KANGXI, E-FWALNUM or E-LIG folds."""
    return compiled(f"[{_RADICAL_RANGE}{_WIDE_RANGE}\ufb00-\ufb06]").match(char) is not None and not is_hanzi(char)


PASS = LinePass(
    "forms",
    (E_KANGXI, E_FWALNUM, E_LIG, E_COMPAT, E_PUA, E_KANA),
    run,
    odd=True,
)
