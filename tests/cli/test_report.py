"""Findings as they are printed and as data: places, carets, escapes."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from converters.cli import formats, messages
from converters.cli.report import Reporter, excerpt, shown_size
from converters.cli.worddiff import lines
from converters.diagnostics import Change, Diagnostic, Edit, Severity, Source, Span

TEXT = "# 标题\n\n会议指出,全省abc。\n" + "长" * 200 + "》" + "句" * 200 + "\n"
SOURCE = Source("a.md", TEXT)
COMMA = TEXT.index(",")
FINDING = Diagnostic(
    "P-COMMA", Severity.WARNING, "“{mark}” is half-width", Span("a.md", COMMA, COMMA + 1), hint="write ，",
    values=(("mark", ","),), fix=(Edit(Span("a.md", COMMA, COMMA + 1), "，"),),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _english() -> None:
    messages.choose("en")


def printed(*findings: Diagnostic, colour: bool = False) -> list[str]:
    stream = io.StringIO()
    reporter = Reporter(stream, [SOURCE], "a.md")
    reporter.colour = colour
    reporter.full(findings)
    return stream.getvalue().splitlines()


def test_a_finding_has_its_place_its_line_a_caret_and_its_hint() -> None:
    assert printed(FINDING) == [
        "a.md:3:5: warning[P-COMMA] “,” is half-width",
        "  | 会议指出,全省abc。",
        "  |         ^",
        "  hint: write ，",
    ]


def test_wide_characters_count_two_columns_under_the_caret() -> None:
    assert excerpt("会议指出", 2, 2) == ("会议指出", 4, 4)
    assert excerpt("a\tb", 2, 1) == ("a b", 2, 1)
    assert excerpt("e\u0301x", 2, 1) == ("e\u0301x", 1, 1)


def test_a_long_line_is_cut_around_the_place() -> None:
    at = TEXT.index("》")
    shown, lead, marked = excerpt(SOURCE.line(4), at - SOURCE.line_starts[3], 1)
    assert shown.startswith("…长") and shown.endswith("句…")
    assert (lead, marked) == (31, 2)


def test_a_finding_at_the_end_of_a_line_still_has_a_caret() -> None:
    end = Diagnostic("X", Severity.ERROR, "here", Span("a.md", TEXT.index("。") + 1, TEXT.index("。") + 1))
    assert printed(end)[-1].endswith("^")


def test_an_info_is_one_line_and_a_repeated_hint_is_said_once() -> None:
    first = Diagnostic("F-FACE", Severity.INFO, "one", hint="install")
    second = Diagnostic("F-FACE", Severity.INFO, "two", hint="install")
    assert printed(first, second) == ["a.md: info[F-FACE] one", "a.md: info[F-FACE] two", "  hint: install"]


def test_colour_is_put_on_only_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert Reporter(Screen()).colour
    assert not Reporter(io.StringIO()).colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Reporter(Screen()).colour
    assert "\x1b[33mwarning[P-COMMA]\x1b[0m" in printed(FINDING, colour=True)[0]


def test_json_has_every_promised_field() -> None:
    entry = formats.finding_object(FINDING, {"a.md": SOURCE}, "a.md")
    assert entry == {
        "rule": "P-COMMA", "severity": "warning", "message": "“,” is half-width", "file": "a.md",
        "line": 3, "column": 5, "end_line": 3, "end_column": 6, "place": "", "hint": "write ，",
        "fix": [{"line": 3, "column": 5, "end_line": 3, "end_column": 6, "start": COMMA, "end": COMMA + 1,
                 "before": ",", "after": "，"}],
    }  # fmt: skip


def test_json_of_a_finding_without_a_place_has_nulls() -> None:
    entry = formats.finding_object(Diagnostic("X", Severity.INFO, "m", place="p. 3"), {}, "a.md")
    assert (entry["file"], entry["line"], entry["place"]) == ("a.md", None, "p. 3")


def test_sarif_counts_code_points_and_names_its_rules() -> None:
    entry = formats.finding_object(FINDING, {"a.md": SOURCE}, "a.md")
    log: dict[str, Any] = json.loads(formats.sarif_text([(FINDING, entry)], "1.0"))
    run = log["runs"][0]
    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    assert run["tool"]["driver"]["rules"] == [{"id": "P-COMMA"}]
    result = run["results"][0]
    assert (result["level"], result["ruleIndex"]) == ("warning", 0)
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 6}


def test_github_annotations_escape_what_would_end_them() -> None:
    finding = Diagnostic("X", Severity.ERROR, "50%\nof a:b,c", Span("a.md", 0, 1))
    entry = formats.finding_object(finding, {"a.md": SOURCE}, "a,b.md")
    entry["file"] = "a,b:c.md"
    assert formats.github_line(finding, entry) == (
        "::error file=a%2Cb%3Ac.md,line=1,col=1,endLine=1,endColumn=2,title=X::50%25%0Aof a:b,c"
    )


def test_a_word_diff_shows_what_stood_and_what_stands() -> None:
    change = Change("P-COMMA", Span("a.md", COMMA, COMMA + 1), ",", "，")
    left_alone = Change("P-TILDE", Span("a.md", 0, 1), "#", "＃", applied=False)
    part = Change("R-ARTICLE", Span("a.md", COMMA - 4, COMMA + 6), "会议指出,", "会议指出,")
    assert list(lines([SOURCE], [part, change, left_alone], colour=False)) == [
        "a.md:3:1: R-ARTICLE, P-COMMA", "  会议指出[-,-]{+，+}全省abc。",
    ]  # fmt: skip


def test_sizes_have_two_figures_at_least() -> None:
    assert [shown_size(size) for size in (12, 4_321, 412_000, 2_345_678)] == ["0.1 kB", "4.3 kB", "412 kB", "2.3 MB"]


def test_the_excerpt_of_a_very_long_line_is_that_of_its_neighbourhood() -> None:
    line = "民政工作" * 50_000
    near = line[100_000 - 40 : 100_000 + 200]
    shown, lead, marked = excerpt(line, 100_000, 4)
    assert (shown, lead, marked) == excerpt("民" + near + "民", 41, 4)
    for start in (0, 10, 35, len(line) - 4):
        shown, lead, marked = excerpt(line, start, 4)
        assert line[start : start + 4] in shown and marked == 8
        assert shown.startswith("…") == (start > 15) and shown.endswith("…") == (start < len(line) - 40)
