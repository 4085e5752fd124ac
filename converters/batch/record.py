"""What a batch says of one source: a line of its report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from converters.diagnostics import Diagnostic, Source
from converters.errors import JianbaoError
from converters.pipeline import BuildResult
from converters.records import dataclass

DONE = "done"
FAILED = "failed"
DIED = "died"
TIMEOUT = "timeout"
MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Made:
    """An edition on its shelf."""

    format: str
    file: str
    sha256: str
    bytes: int
    pages: int
    verified: bool


@dataclass(frozen=True, slots=True)
class Record:
    """How a source fared.

    `status` is done, failed (the source or an edition of it), died (its process, twice), timeout or memory.
    `inputs` are all files that were read for it, by name, with their digests; `settings` is the key of
    job.settings_key. `findings` are as `jianbao check --output-format json` has them, in English; `changes` counts
    the mendings by rule.
    """

    source: str
    status: str
    settings: str = ""
    inputs: Mapping[str, str] | None = None
    editions: tuple[Made, ...] = ()
    findings: tuple[Mapping[str, Any], ...] = ()
    changes: Mapping[str, int] | None = None
    seconds: float = 0.0
    attempts: int = 1

    def line(self) -> str:
        """The record as a line of JSON, without its line end."""
        return json.dumps({"version": 1, **asdict(self)}, ensure_ascii=False)

    @property
    def fault(self) -> str:
        """The first error in a few words, "" where there is none."""
        return next((finding["message"] for finding in self.findings if finding["severity"] == "error"), "")


def parse(line: str) -> Record | None:
    """A line of a report, None for one that is cut off or of another kind."""
    try:
        values = json.loads(line)
        if values.pop("version") != 1:
            return None
        values["editions"] = tuple(Made(**edition) for edition in values["editions"])
        values["findings"] = tuple(values["findings"])
        return Record(**values)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def findings_of(result: BuildResult, name: str) -> tuple[Mapping[str, Any], ...]:
    """The findings of a build, its source called by the name it has in the report."""
    sources = {source.name: source for source in result.document.sources}
    return tuple(_finding(finding, sources, name) for finding in result.findings)


def trouble_of(trouble: JianbaoError) -> Mapping[str, Any]:
    """An error that stopped the work on one source, as a finding."""
    return _row("X-STOP", "error", trouble.message, trouble.hint) | {"place": trouble.where}


def fault_of(message: str, hint: str = "") -> Mapping[str, Any]:
    """Something that went wrong outside the text, as a finding."""
    return _row("X-STOP", "error", message, hint)


def counted(rules: Iterable[str]) -> dict[str, int]:
    """How often each rule comes, the most frequent first."""
    return dict(Counter(rules).most_common())


def _finding(finding: Diagnostic, sources: Mapping[str, Source], name: str) -> Mapping[str, Any]:
    row = _row(finding.rule, finding.severity.name.lower(), finding.text(), finding.hint_text())
    source = sources.get(finding.span.source) if finding.span else None
    if finding.span is not None and source is not None:
        row["line"], row["column"] = source.locate(finding.span.start)
    if finding.place:
        row["place"] = finding.place
    row["file"] = name
    return row


def _row(rule: str, severity: str, message: str, hint: str) -> dict[str, Any]:
    return {"rule": rule, "severity": severity, "message": message, "hint": hint, "line": None, "column": None}
