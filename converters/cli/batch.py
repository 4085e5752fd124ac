"""`jianbao batch`: every source below a folder becomes its editions."""

from __future__ import annotations

import posixpath
import sys
from typing import Any

import click

from converters.batch import Job, Record, Summary, limits, run_batch
from converters.batch.shelves import is_url
from converters.files import DISK, cache_folder
from converters.records import collect_rarely

from .build import editions_option
from .messages import say, translate
from .verb import options_of, source_options, style_options, verb

_PATIENCE = 1.0
"""Seconds before a progress bar appears."""

_RULES_SHOWN = 20


@verb(
    "batch",
    "Build every source below DIR (with build's -M, --fix, --no-fix, --strict-fonts, --allow-outside).",
    "jianbao batch bulletins -o out --jobs 4 --resume\njianbao batch s3://archive/in -o s3://archive/out --cluster tcp://10.0.0.1:8786",
)
@click.argument("folder", metavar="DIR")
@click.option("-o", "--output", required=True, metavar="OUT", help="Folder or URL of the editions.")
@editions_option
@style_options
@source_options
@click.option("--jobs", type=click.IntRange(1, 1024), metavar="N", help="Processes (else as cores and memory allow).")
@click.option("--memory", type=click.IntRange(100), metavar="MB", help="What all processes may take together.")
@click.option("--timeout", type=click.FloatRange(0.1), metavar="S", help="Give a source up after so many seconds.")
@click.option("--cluster", metavar="ADDRESS", default="", help="Work on the Dask cluster whose scheduler is here.")
@click.option("--resume", is_flag=True, help="Leave alone what an earlier batch has done.")
@click.option("--report", metavar="FILE.jsonl", help="A line for each source (default: OUT/report.jsonl).")
@click.option("--cache", metavar="DIR|none", help="Keep what can be used again here (else in the user's cache).")
@click.option("--font-path", "font_paths", multiple=True, metavar="DIR", help="Look for faces here first.")
@click.option("--strict-fonts", is_flag=True, help="Fail where a wanted face is replaced by another.")
@click.option("--allow-outside", multiple=True, metavar="DIR", help="Pictures may also lie in this folder.")
@click.option("--no-verify", "verify", flag_value=False, default=True, help="Do not read the editions back.")
def command(folder: str, output: str, **values: Any) -> int:
    """Build all; 1 where a source did not become all its editions."""
    cache = values["cache"] or str(cache_folder(DISK) / "editions")
    values["cache"] = "" if cache == "none" else cache
    report = values["report"] or ("report.jsonl" if is_url(output) else posixpath.join(output, "report.jsonl"))
    job = Job(folder, output, options_of(values), report)
    collect_rarely()
    bounds = limits(values["jobs"], values["memory"], values["timeout"])
    teller = _Teller()
    try:
        summary = run_batch(job, bounds, resume=values["resume"], cluster=values["cluster"], heard=teller.hear)
    except KeyboardInterrupt:
        teller.close()
        say(translate("broken off; --resume goes on from here"))
        raise
    finally:
        teller.close()
    _show(summary, DISK.seconds() - teller.start, report)
    return 1 if summary.failed else 0


# Help fits a screen: what is as in `build` is named there in one line.
for _option in command.params:
    if isinstance(_option, click.Option) and _option.name in (
        "metadata", "fix", "no_fix", "strict_fonts", "allow_outside",
    ):  # fmt: skip
        _option.hidden = True


class _Teller:
    """A line a source; on a terminal, and only when it takes long, a progress bar instead."""

    def __init__(self) -> None:
        self.start = DISK.seconds()
        self._bar: Any = None
        self._task: Any = None
        self._terminal = sys.stderr.isatty()

    def hear(self, record: Record, summary: Summary) -> None:
        """Tell of a source."""
        if not self._terminal:
            say(_line(record, summary))
        elif DISK.seconds() - self.start > _PATIENCE:
            self._draw(summary)

    def _draw(self, summary: Summary) -> None:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=summary.total, completed=summary.skipped)
            self._bar.start()
        rate = (summary.finished - summary.skipped) / max(DISK.seconds() - self.start, 0.001)
        text = translate("{rate} a second").format(rate=f"{rate:.1f}")
        if summary.failed:
            text += "  " + translate("{count} failed").format(count=summary.failed)
        self._bar.update(self._task, completed=summary.finished, description=text)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _shown(name: str) -> str:
    """A name on one line, whatever it holds: a line end or a terminal's command is shown by its code."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in name)


def _line(record: Record, summary: Summary) -> str:
    seconds = translate("{seconds} s").format(seconds=f"{record.seconds:.2f}")
    head = f"{summary.finished}/{summary.total}  {_shown(record.source)}  {seconds}"
    if record.status == "done":
        return head
    return f"{head}  {translate(record.status)}: {translate(record.fault)}"


def _nothing() -> None:
    """Say that there was no source at all: the folder may be the wrong one."""
    from converters.readers import formats

    suffixes = ", ".join(f".{suffix}" for suffix in formats())
    hint = translate("name a folder that holds files ending in {suffixes}").format(suffixes=suffixes)
    say(
        translate("nothing to do: there is no source in this folder or below it"),
        "  " + translate("hint: {hint}").format(hint=hint),
    )


def _show(summary: Summary, seconds: float, report: str) -> None:
    """What a batch came to: counts, findings by rule, the first failures, where the report is."""
    if not summary.total:
        _nothing()
        return
    done = summary.statuses["done"]
    rate = sum(summary.statuses.values()) / max(seconds, 0.001)
    text = translate(
        "{done} of {total} sources done in {seconds} s ({rate} a second): {editions} editions, {pages} pages"
    )
    say(text.format(
        done=done, total=summary.total, seconds=f"{seconds:.1f}", rate=f"{rate:.1f}", editions=summary.editions,
        pages=summary.pages,
    ))  # fmt: skip
    if summary.skipped:
        say(translate("{count} were done before").format(count=summary.skipped))
    for rule, count in summary.findings.most_common(_RULES_SHOWN):
        say(translate("  {rule}  {count} in {bulletins} bulletins").format(
            rule=f"{rule:<12}", count=count, bulletins=summary.bulletins[rule]
        ))  # fmt: skip
    if summary.failed:
        say(translate("{count} failed").format(count=summary.failed))
        for record in summary.failures:
            say(f"  {_shown(record.source)}: {translate(record.status)}: {translate(record.fault)}")
        if summary.failed > len(summary.failures):
            say("  …")
    say(translate("report: {path}").format(path=report))
