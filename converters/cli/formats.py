"""Findings as data: JSON, SARIF 2.1.0, GitHub annotations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from converters.diagnostics import Change, Diagnostic, Severity, Source, Span
from converters.pipeline import BuildResult, Edition

from .report import NAMES, hint_of, message_of, ordered, shown_name

Sources = Mapping[str, Source]

_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def finding_object(finding: Diagnostic, sources: Sources, fallback: str) -> dict[str, Any]:
    """A finding with rule, severity, message, file, line, column, end_line, end_column, hint, fix.

    Lines and columns count from 1, in characters; the end is exclusive. They are null where a finding has no place
    in a text; `place` then says it in words.
    """
    name, place = _place(finding.span, sources, fallback)
    return {
        "rule": finding.rule,
        "severity": NAMES[finding.severity],
        "message": message_of(finding),
        "file": name,
        **place,
        "place": finding.place,
        "hint": hint_of(finding),
        "fix": [_edit(edit.span, edit.after, sources, fallback) for edit in finding.fix] or None,
    }


def change_object(change: Change, sources: Sources, fallback: str) -> dict[str, Any]:
    """A change with rule, file, line, column, offset, before, after, confidence, evidence, applied."""
    name, place = _place(change.span, sources, fallback)
    return {
        "rule": change.rule,
        "file": name,
        "line": place["line"],
        "column": place["column"],
        "offset": change.span.start,
        "before": change.before,
        "after": change.after,
        "confidence": change.confidence,
        "evidence": change.evidence,
        "applied": change.applied,
    }


def _build_lines(result: BuildResult) -> Iterator[str]:
    """A whole build as JSON: editions, faces, findings, changes; one of them a line, made one at a time."""
    sources = {source.name: source for source in result.document.sources}
    head = {
        "source": shown_name(result.source),
        "style": result.style,
        "seconds": round(result.seconds, 4),
        "failed": result.failed,
    }
    yield _text(head)[:-1] + ","
    lists: tuple[tuple[str, Iterable[dict[str, Any]]], ...] = (
        ("editions", map(_edition_object, result.editions)),
        ("faces", ({"role": f.role, "wanted": f.wanted, "used": f.used, "path": f.path} for f in result.faces)),
        ("findings", (finding_object(finding, sources, result.source) for finding in ordered(result.findings))),
        ("changes", (change_object(change, sources, result.source) for change in result.changes)),
    )
    for index, (name, entries) in enumerate(lists):
        lines = ",\n".join(map(_text, entries))
        yield f'"{name}": [\n{lines}\n]' + ("," if index + 1 < len(lists) else "}")


def _edition_object(edition: Edition) -> dict[str, Any]:
    return {
        "format": edition.format,
        "file": edition.name,
        "written": edition.written,
        "verified": edition.verified,
        "pages": edition.pages or None,
        "bytes": edition.size,
        "seconds": round(edition.seconds, 4),
        "verify_seconds": round(edition.verify_seconds, 4),
    }


def _text(entry: dict[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False)


def report_text(results: Iterable[BuildResult]) -> str:
    """The text of --report FILE.json."""
    bulletins = ",\n".join("\n".join(_build_lines(result)) for result in results)
    return f'{{"version": 1, "bulletins": [\n{bulletins}\n]}}\n'


def json_text(findings: Iterable[Diagnostic], sources: Sources, fallback: str) -> list[dict[str, Any]]:
    """Findings as objects, in the order of the text."""
    return [finding_object(finding, sources, fallback) for finding in ordered(findings)]


def sarif_text(objects: Iterable[tuple[Diagnostic, dict[str, Any]]], version: str) -> str:
    """A SARIF log of one run (OASIS SARIF 2.1.0)."""
    results: list[dict[str, Any]] = []
    rules: dict[str, int] = {}
    for finding, entry in objects:
        index = rules.setdefault(finding.rule, len(rules))
        location: dict[str, Any] = {"artifactLocation": {"uri": _uri(entry["file"])}}
        if entry["line"] is not None:
            location["region"] = {
                "startLine": entry["line"],
                "startColumn": entry["column"],
                "endLine": entry["end_line"],
                "endColumn": entry["end_column"],
            }
        text = entry["message"] + (f" ({entry['hint']})" if entry["hint"] else "")
        results.append(
            {
                "ruleId": finding.rule,
                "ruleIndex": index,
                "level": _SARIF_LEVELS[finding.severity],
                "message": {"text": text},
                "locations": [{"physicalLocation": location}],
            }
        )
    driver = {"name": "jianbao", "version": version, "rules": [{"id": rule} for rule in rules]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def github_line(finding: Diagnostic, entry: dict[str, Any]) -> str:
    """A workflow command that puts a finding beside its line in a review."""
    values = {"file": entry["file"]}
    if entry["line"] is not None:
        values |= {"line": entry["line"], "col": entry["column"]}
        values |= {"endLine": entry["end_line"], "endColumn": entry["end_column"]}
    values["title"] = finding.rule
    properties = ",".join(f"{name}={_escape(str(value), properties=True)}" for name, value in values.items())
    text = entry["message"] + (f"\n{entry['hint']}" if entry["hint"] else "")
    return f"::{_GITHUB_LEVELS[finding.severity]} {properties}::{_escape(text)}"


def _escape(text: str, *, properties: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if properties else text


def _uri(name: str) -> str:
    from urllib.parse import quote

    return quote(name.replace("\\", "/"))


def _place(span: Span | None, sources: Sources, fallback: str) -> tuple[str, dict[str, int | None]]:
    source = sources.get(span.source) if span else None
    if span is None or source is None:
        name = span.source if span else fallback
        return shown_name(name), dict.fromkeys(("line", "column", "end_line", "end_column"))
    line, column = source.locate(span.start)
    end_line, end_column = source.locate(max(span.start, span.end))
    place = {"line": line, "column": column, "end_line": end_line, "end_column": end_column}
    return shown_name(source.name), {**place}


def _edit(span: Span, after: str, sources: Sources, fallback: str) -> dict[str, Any]:
    source = sources.get(span.source)
    _, place = _place(span, sources, fallback)
    before = source.text[span.start : span.end] if source else None
    return {**place, "start": span.start, "end": span.end, "before": before, "after": after}
