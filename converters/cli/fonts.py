"""`jianbao fonts`: which faces are used, whether they draw a source, and the open ones fetched."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from converters.files import DISK
from converters.pipeline import mend, theme_of

from .messages import say, translate
from .verb import Group, Verb, lang_option, options_of, source_options, style_options

if TYPE_CHECKING:
    from converters.fonts.install import Progress
    from converters.fonts.roles import FontSet

# A bar that goes before a person has seen it only flickers.
_PATIENCE = 1.0


@click.group(
    "fonts", cls=Group, invoke_without_command=True,
    help="List the faces in use, check a source against them, or fetch the open ones.",
    epilog="jianbao fonts check seeds/minzheng.md\njianbao fonts install",
)  # fmt: skip
@lang_option
@click.pass_context
def command(ctx: click.Context) -> int:
    """Without a verb of its own: list."""
    return _list() if ctx.invoked_subcommand is None else 0


@command.command(
    "list", cls=Verb, help="Which face is wanted and which is used for each role.",
    epilog="jianbao fonts list\njianbao fonts list --style gongwen --font-path ~/fonts",
)  # fmt: skip
@style_options
@click.option("--font-path", "font_paths", multiple=True, metavar="DIR", help="Look for faces here first.")
@lang_option
def list_(**values: Any) -> int:
    """List the faces of a style sheet's roles."""
    from converters.theme.load import load

    options = options_of(values)
    theme = load(options.style or "jianbao", dict(options.overrides))
    from converters.fonts.roles import resolve

    _print(resolve(theme, "zh-Hans", options.font_paths).value)
    return 0


def _list() -> int:
    from converters.fonts.roles import resolve
    from converters.theme.load import load

    _print(resolve(load("jianbao")).value)
    return 0


def _print(fonts: FontSet) -> None:
    for choice in fonts.choices:
        sign = "=" if choice.exact else "→"
        sys.stdout.write(f"{choice.role.value:<13} {choice.wanted} {sign} {choice.used}  {choice.path}\n")


@command.command(
    "check", cls=Verb, help="Does some face draw every character of SOURCE?",
    epilog="jianbao fonts check seeds/minzheng.md\njianbao fonts check names.md --style gongwen",
)  # fmt: skip
@click.argument("source", metavar="SOURCE")
@style_options
@source_options
@click.option("--font-path", "font_paths", multiple=True, metavar="DIR", help="Look for faces here first.")
@lang_option
def check(source: str, **values: Any) -> int:
    """Lay the source out and report what is said of faces and characters; 1 where one has no face."""
    from converters.diagnostics import Severity
    from converters.fonts.roles import resolve
    from converters.layout import lay_out

    from .report import Reporter

    options = options_of(values)
    document = mend(source, options).value
    theme = theme_of(document, options)
    fonts = resolve(theme, document.metadata.lang, options.font_paths)
    _print(fonts.value)
    findings = [finding for finding in lay_out(document, theme, fonts.value).findings if finding.rule.startswith("F-")]
    Reporter(sys.stdout, document.sources, source).full(findings)
    missing = any(finding.severity is Severity.ERROR for finding in findings)
    template = "{file}: some characters have no face" if missing else "{file}: every character has a face"
    sys.stdout.write(translate(template).format(file=source) + "\n")
    return 1 if missing else 0


@command.command(
    "install", cls=Verb, help="Fetch the open 宋, 仿宋, 楷 and 黑 faces, without root, with apt-get or npm.",
    epilog="jianbao fonts install\njianbao fonts install --from npm --rare",
)  # fmt: skip
@click.option(
    "--from", "client", type=click.Choice(["auto", "debian", "npm"]), default="auto", metavar="auto|debian|npm",
    help="Which client fetches them (default: auto).",
)  # fmt: skip
@click.option("--rare", is_flag=True, help="Also faces for rare characters.")
@lang_option
def install(client: str, rare: bool) -> int:
    """Install the open faces into the data folder."""
    from converters.fonts.install import install as fetch

    teller = _Teller()
    try:
        done = fetch(client, rare=rare, report=teller)
    finally:
        teller.close()
    states = {"fetched": "fetched", "present": "here already", "system": "on the system already"}
    # The weights of one family come in several files: they are one line.
    rows = Counter((file.family, states.get(file.state, file.state), file.package, file.version) for file in done.files)
    for (family, state, package, version), count in rows.items():
        files = f", {translate('{count} files').format(count=count)}" if count > 1 else ""
        say(f"{family:<28} {translate(state)}  ({package} {version}{files})")
    if done.lacking:
        say(translate("not to be had there: {names}").format(names=done.lacking))
    return 0


class _Teller:
    """A line a package; on a terminal, and only when it takes long, a progress bar instead."""

    def __init__(self) -> None:
        self.bar: Any = None
        self.task: Any = None
        self.package = ""
        self.start = DISK.seconds()
        self.terminal = sys.stderr.isatty()

    def __call__(self, progress: Progress) -> None:
        """Tell where the work is."""
        if self.terminal and DISK.seconds() - self.start > _PATIENCE:
            self._draw(progress)
        elif progress.package != self.package and not self.terminal:
            say(f"{progress.number}/{progress.total} {progress.package}")
        self.package = progress.package

    def _draw(self, progress: Progress) -> None:
        if self.bar is None:
            from rich.console import Console
            from rich.progress import Progress as Bar

            self.bar = Bar(console=Console(stderr=True), transient=True)
            self.task = self.bar.add_task("", total=1.0)
            self.bar.start()
        share = progress.received / progress.size if progress.size else 0.0
        done = (progress.number - 1 + min(share, 1.0)) / max(progress.total, 1)
        self.bar.update(self.task, completed=done, description=progress.package)

    def close(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.stop()
