"""Percentages, points and multiples."""

from __future__ import annotations

import pytest

from checks.finding import found  # isort: skip


@pytest.mark.parametrize(
    "text",
    [
        "下降2倍",
        "减少了近两倍",
        "成本比去年低3倍",
        "增长到3倍",
        "翻了3倍",
        "由20亿元增长到60亿元，增长3倍",
        "从2019年的3.5亿元增加到2023年的7亿元，增长2倍",
        "产量从300公斤提高到450公斤，增长150%",
        "由20%提高到25%，提高5%",
        "由20%提高到25%，提高6个百分点",
        "提高5%个百分点",
        "提高百分之五个百分点",
        "增速下降-3%",
        "占百分之三十，另占20%",
    ],
)
def test_hit(text: str) -> None:
    hits = found("N-PCT", text)
    assert len(hits) == 1, [hit.text() for hit in hits]
    assert "{" not in hits[0].text() + hits[0].hint_text()
    assert hits[0].span is not None


@pytest.mark.parametrize(
    "text",
    [
        "增长2倍，占30%",
        "增长到原来的3倍，翻了一番",
        "由20亿元增长到60亿元，增长2倍",
        "从300公斤提高到450公斤，增长50%",
        "由20%提高到25%，提高5个百分点",
        "自然增长率为-1.96‰，下降3%",
        "从82.4%下降到80.1%，下降2.3个百分点",
    ],
)
def test_near_miss(text: str) -> None:
    assert [hit.text() for hit in found("N-PCT", text)] == []
