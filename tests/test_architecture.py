"""The house's own tools as tests: layers, style, types, spelling; and what the code may not say."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from samples import CHECKOUT

PACKAGE = CHECKOUT / "converters"
MODULES = sorted(PACKAGE.rglob("*.py"))


def _tool(module: str, *arguments: str, distribution: str = "") -> str:
    """What a tool says; the test fails with it where the tool finds something."""
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"pip install {distribution or module} to run this test")
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
    return done.stdout


def test_layers_hold() -> None:
    if importlib.util.find_spec("importlinter") is None:
        pytest.skip("pip install import-linter to run this test")
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:]
    assert "0 broken" in done.stdout


def test_layers_are_really_checked(tmp_path: Path) -> None:
    """A copy of the settings that forbids what there is must fail."""
    if importlib.util.find_spec("importlinter") is None:
        pytest.skip("pip install import-linter to run this test")
    settings = tmp_path / "broken.ini"
    settings.write_text(
        "[importlinter]\nroot_package = converters\n\n[importlinter:contract:x]\nname = x\ntype = forbidden\n"
        "source_modules = converters.pipeline\nforbidden_modules = converters.model\n"
    )
    code = "from importlinter.cli import lint_imports_command as c; c()"
    command = [sys.executable, "-c", code, "--no-cache", "--config", str(settings)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "1 broken" in done.stdout


def test_ruff_has_nothing_to_say() -> None:
    _tool("ruff", "check", "--no-cache", ".")


def test_the_code_is_formatted() -> None:
    _tool("ruff", "format", "--no-cache", "--check", ".")


@pytest.mark.slow
def test_types_are_right() -> None:
    _tool("mypy", "--no-error-summary")


def test_words_are_spelled_right() -> None:
    _tool("codespell_lib", "converters", "tests", "benchmarks", "README.md", "CHANGELOG.md", distribution="codespell")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_short_and_says_what_it_is_for(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert text.startswith(('"""', 'r"""'))
    assert text.count("\n") <= 500


# The signatures that callers outside are promised; everything else groups what belongs together.
PROMISED = {
    "exporters/epub/__init__.py:export": "the exporters' common signature; EPUB needs all of it",
    "typeset/compose.py:compose": "the documented call for composing a text by itself",
    "typeset/rules.py:for_language": "one named argument for each rule that may differ from its language",
    "typeset/setting.py:set_paragraph": "the documented call for setting a paragraph",
}


def _functions_with_many_parameters() -> list[str]:
    many = []
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            if any(isinstance(mark, ast.Call) and "option" in ast.unparse(mark.func) for mark in node.decorator_list):
                continue  # a verb has a parameter an option
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            if len([argument for argument in arguments if argument.arg not in ("self", "cls")]) > 5:
                many.append(f"{module.relative_to(PACKAGE).as_posix()}:{node.name}")
    return many


def test_only_promised_functions_take_more_than_five_parameters() -> None:
    assert sorted(_functions_with_many_parameters()) == sorted(PROMISED)


def test_only_files_touches_environment_and_clock() -> None:
    said = re.compile(r"\bos\.(environ|getenv)\b|\btime\.(time|perf_counter|sleep)\(|datetime\.(now|today|utcnow)\(")
    # A package manager is run as a program of its own, with an environment and patience of its own.
    allowed = {"files.py", "fonts/install.py"}
    guilty = [
        f"{path.relative_to(PACKAGE)}: {found[0]}"
        for path in MODULES
        if str(path.relative_to(PACKAGE)) not in allowed and (found := said.search(path.read_text(encoding="utf-8")))
    ]
    assert guilty == []


def test_no_file_speaks_of_anything_but_the_project() -> None:
    """No path of a machine, no to-do, no left-over of work."""
    said = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|/home/|/root/|/work/|(?<!\w)/opt/")
    guilty = []
    for folder, suffixes in (("converters", {".py"}), ("styles", {".toml"}), ("benchmarks", {".py"})):
        for path in sorted((CHECKOUT / folder).rglob("*")):
            if path.suffix in suffixes and (found := said.search(path.read_text(encoding="utf-8"))):
                guilty.append(f"{path.relative_to(CHECKOUT)}: {found[0]}")
    assert guilty == []
