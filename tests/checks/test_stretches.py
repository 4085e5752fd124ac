"""A long document is read in stretches; what is found is what is found in one piece."""

from __future__ import annotations

import pytest

from converters.checks import check, view
from converters.model.document import Document
from converters.repairs import repair

from repairs.build import build  # isort: skip

# Each part has what is judged by all of the document.
PARTS = (
    "# 甲\n\n用“六快”办。建“六快”制。讲“六快办理”。2021—2022年完成，全长3公里，占百分之三十。"
    "学习《甲法》。\n\n（据甲县民政局）",
    "# 乙\n\n用“六快办理”。评“六快办理”。2022—2023年完成，宽2千米，占20%，共3,000人，"
    "另有12 000元。民政廳。\n\n（据乙县民政局）",
    "# 丙\n\n最后，六快办理，抓好。2023～2024年完成，宽5千米，占百分之五十，"
    "另有13 000元，民政廳。学习甲法》。\n\n（据丙县民政局）",
    "# 丁\n\n见附件2。面积30亩。定于2月30日。\n\n（据丁县民政局）\n\n# 戊\n\n面积40亩。会议结束。。",
)


def document() -> Document:
    return repair(build("\n\n".join(PARTS))).value


@pytest.mark.parametrize("blocks", [1, 2, 5])
def test_stretches_make_no_difference(blocks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = check(document())
    rules = {finding.rule for finding in whole}
    assert {"Q-SO", "Q-CONN", "N-UNIT", "N-PCT", "N-DIGITFORM", "T-HANT", "Q-PAIR", "A-REF", "A-SRC"} <= rules
    assert "甲法" in "".join(finding.hint_text() for finding in whole if finding.rule == "Q-PAIR")
    monkeypatch.setattr(view, "_BLOCKS", blocks)
    assert len(list(view.stretches(document()))) > 1
    assert check(document()) == whole


def test_the_text_of_one_stretch_is_held_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "_BLOCKS", 1)
    longest = max(len(stretch.text) for stretch in view.stretches(document()))
    assert longest < len("".join(PARTS)) // 2
