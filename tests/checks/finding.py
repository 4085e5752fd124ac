"""What a rule finds in a text, and an official document in order."""

from __future__ import annotations

from converters.checks import CheckOptions, check
from converters.diagnostics import Diagnostic
from converters.model.metadata import Kind, Metadata
from converters.repairs import repair

from repairs.build import build, lines  # isort: skip


def found(rule: str, text: str, metadata: Metadata | None = None) -> list[Diagnostic]:
    document = repair(build(text, metadata)).value
    return list(check(document, options=CheckOptions(select=frozenset({rule}))))


OFFICIAL = Metadata(kind=Kind.GONGWEN, document_number="云民发〔2026〕12号")
NOTICE = """\
云岭省民政厅关于加强社区养老服务的通知
各市（州）民政局：
为健全居家社区机构相协调的养老服务体系，现就有关事项通知如下，请各地结合实际认真抓好贯彻落实，并及时报告进展。
附件：1.建设标准
2.任务清单
云岭省民政厅
2026年3月6日
附件1
建设标准
设施应当设在社区中心，步行十五分钟可以到达，远离污染源和噪声源。
附件2
任务清单
由各市民政局对照清单逐项落实，每季度末报送进展情况。
"""


def official(rule: str, text: str, metadata: Metadata = OFFICIAL) -> list[str]:
    document = repair(lines(text, metadata)).value
    return [hit.text() for hit in check(document, options=CheckOptions(select=frozenset({rule})))]
