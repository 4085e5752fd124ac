"""Names of persons and organisations."""

from __future__ import annotations

import pytest

from checks.finding import found  # isort: skip


@pytest.mark.parametrize(
    "text",
    [
        "局长张卫国出席会议。局长张卫国指出，要办好。局长张为国强调，要快。",
        "局长赵德明主持。局长赵德明讲话。局长赵得明总结。",
        "市住房和城乡建设局与县住房与城乡建设局",
        "市发展和改革委员会、县发展改革委员会",
        "局长、党组书记张卫国主持",
        "局长张卫国出席。张卫国局长讲话。",
    ],
)
def test_hit(text: str) -> None:
    hits = found("T-NAME", text)
    assert len(hits) == 1, [hit.text() for hit in hits]
    assert "{" not in hits[0].text() + hits[0].hint_text()
    assert hits[0].span is not None


@pytest.mark.parametrize(
    "text",
    [
        "局长张卫国出席会议。局长李为国指出，要办好。副局长张卫国。",
        "党组书记、局长张卫国主持",
        "市人力资源和社会保障局、县人力资源和社会保障局",
        "健康与环境，健康和环境。",
        "王 刚、李四、赵小明",
    ],
)
def test_near_miss(text: str) -> None:
    assert [hit.text() for hit in found("T-NAME", text)] == []
