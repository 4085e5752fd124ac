"""`jianbao build`: sources in, editions out."""

from __future__ import annotations

import sys
from typing import Any

import click

from converters.errors import ExportError, JianbaoError, StyleError
from converters.files import DISK, STANDARD, Recorder, cache_folder
from converters.hands import once
from converters.pipeline import BuildResult, Options, edition_name, known_editions, run
from converters.records import collect_rarely

from .messages import say, translate
from .report import Reporter, at_or_above, changes_line, edition_line, error_lines, shown_name, verdict_line
from .verb import fail_on_option, options_of, source_options, style_options, verb

# How often --watch looks at the files, in seconds: a fifth of what the build takes, and a thousandth of a core.
_WATCH_PERIOD = 0.02


def _editions(_ctx: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))
    for name in names:
        if name not in known_editions():
            text = translate("there is no edition {name}; name one of {known}")
            raise click.BadParameter(text.format(name=name, known=", ".join(known_editions())), param=option)
    if not names:
        raise click.BadParameter(translate("name at least one edition"), param=option)
    return names


editions_option = click.option(
    "--to",
    default="pdf,docx,epub",
    callback=_editions,
    metavar="LIST",
    help=f"Editions: {', '.join(known_editions())} (default: pdf,docx,epub).",
)


@verb(
    "build",
    "Make the editions of each SOURCE (- is the standard input), verify and write them.",
    "jianbao build seeds/minzheng.md\njianbao build *.md -o out --to pdf,epub --style gongwen --set page.size=A3",
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "-o", "--output", default="editions", metavar="DIR", help="Folder of the editions (default: editions); - is stdout."
)
@editions_option
@style_options
@source_options
@click.option("--report", metavar="FILE.json", help="Write findings, changes and editions as JSON.")
@fail_on_option("never")
@click.option("--watch", is_flag=True, help="Build again whenever a file that was read changes.")
@click.option("--cache", metavar="DIR", help="Keep pages and subsets here for the next build (as --watch does).")
@click.option("--font-path", "font_paths", multiple=True, metavar="DIR", help="Look for faces here first.")
@click.option("--strict-fonts", is_flag=True, help="Fail where a wanted face is replaced by another.")
@click.option("--allow-outside", multiple=True, metavar="DIR", help="Pictures may also lie in this folder.")
@click.option("--no-verify", "verify", flag_value=False, default=True, help="Do not read the editions back.")
def command(sources: tuple[str, ...], **values: Any) -> int:
    """Build every source; a source that fails does not stop the others."""
    values["cache"] = values["cache"] or (str(cache_folder(DISK) / "editions") if values["watch"] else "")
    job = _Job(sources, options_of(values), values["output"], values["report"], values["fail_on"])
    job.check_names()
    if not values["watch"] and len(sources) == 1:
        with once():
            return job.build()
    collect_rarely()
    code = job.build()
    while values["watch"]:
        job.wait_for_change()
        code = job.build()
    return code


class _Job:
    """One call of the verb: the same sources and options, built once or again and again."""

    def __init__(
        self, sources: tuple[str, ...], options: Options, target: str, report: str | None, fail_on: str
    ) -> None:
        self.sources = sources
        self.options = options
        self.target = target
        self.report = report
        self.fail_on = fail_on
        self.files = Recorder()
        self.results: list[BuildResult] = []

    def check_names(self) -> None:
        """Refuse what would write two editions to one place. Raises StyleError."""
        if self.target == STANDARD and (len(self.sources) > 1 or len(self.options.to) > 1):
            raise StyleError(
                "the standard output holds one edition of one source",
                hint="name one edition with --to, or a folder with -o",
            )
        seen: dict[str, str] = {}
        for source in self.sources:
            name = edition_name(source, self.target, "pdf")
            if name in seen:
                raise StyleError(
                    "{one} and {other} would both become {file}", one=seen[name], other=source, file=name,
                    hint="build them into different folders",
                )  # fmt: skip
            seen[name] = source

    def build(self) -> int:
        """Build all sources; returns the exit code."""
        self.results = []
        code = 0
        for source in self.sources:
            try:
                result = run(source, self.target, self.options, self.files)
            except JianbaoError as trouble:
                say(*error_lines(trouble, source))
                code = max(code, trouble.exit_code)
                continue
            self.results.append(result)
            _show(result, titled=len(self.sources) > 1)
            if result.failed or at_or_above(result.findings, self.fail_on):
                code = max(code, 1)
        if self.report is not None:
            code = max(code, self._write_report(self.report))
        return code

    def _write_report(self, name: str) -> int:
        from .formats import report_text

        try:
            self.files.write(name, report_text(self.results).encode("utf-8", "backslashreplace"), self.sources)
        except ExportError as trouble:
            say(*error_lines(trouble))
            return trouble.exit_code
        return 0

    def wait_for_change(self) -> None:
        """Come back when a file that was read is another than before."""
        say(translate("watching {count} files; Ctrl-C ends it").format(count=len(self.files.names)))
        before = self._stamps()
        while self._stamps() == before:
            self.files.wait(_WATCH_PERIOD)

    def _stamps(self) -> dict[str, tuple[int, ...]]:
        return {name: self.files.stamp(name) for name in self.files.names if name != STANDARD}


def _show(result: BuildResult, *, titled: bool) -> None:
    """One line a file, then the findings, then the verdict."""
    reporter = Reporter(sys.stderr, result.document.sources, result.source)
    if titled:
        reporter.write(shown_name(result.source))
    reporter.write(*(edition_line(edition) for edition in result.editions if edition.name != STANDARD))
    if mended := changes_line(result.changes):
        reporter.write(mended)
    reporter.full(result.findings)
    reporter.write(verdict_line(result))
    sys.stderr.flush()
