"""`jianbao doctor`: what is here and what is missing."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import sys
from collections.abc import Iterator

from converters.files import DISK, cache_folder, data_folder

from .messages import translate
from .verb import verb

# Programs that only the tests and a closer look at editions need.
_TOOLS = {
    "java": "EPUBCheck, veraPDF",
    "soffice": "DOCX in LibreOffice",
    "chromium": "EPUB in a browser",
    "pdftoppm": "PDF as pictures",
    "apt-get": "fonts install --from debian",
    "npm": "fonts install --from npm",
}


@verb("doctor", "Say which versions, faces and outside tools are here.", "jianbao doctor\njianbao doctor --lang-ui zh")
def command() -> int:
    """Print everything that helps to see why a build looks as it does; 1 where something needed is missing."""
    missing: list[str] = []
    lines = [f"jianbao {_version('jianbao')}, Python {platform.python_version()}, {platform.platform()}"]
    lines += _libraries(missing)
    lines.append("")
    lines.append(translate("data folder: {path}").format(path=data_folder(DISK)))
    lines.append(translate("cache folder: {path}").format(path=cache_folder(DISK)))
    lines.append("")
    lines += _faces()
    lines.append("")
    lines += _tools()
    if missing:
        lines += ["", translate("missing: {names}; run pip install jianbao").format(names=", ".join(missing))]
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if missing else 0


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _libraries(missing: list[str]) -> Iterator[str]:
    """Each library that jianbao asks for, with its version."""
    try:
        required = importlib.metadata.requires("jianbao") or []
    except importlib.metadata.PackageNotFoundError:
        required = []
    for requirement in required:
        name = requirement
        for sign in "<>=!~;[ (":
            name = name.partition(sign)[0]
        version = _version(name)
        if "extra ==" in requirement:
            if "press" in requirement.partition("extra ==")[2]:
                yield f"  {name:<20} {version or translate('not here')}  (jianbao[press])"
            continue
        if not version:
            missing.append(name)
        yield f"  {name:<20} {version or translate('missing')}"


def _faces() -> Iterator[str]:
    """The face of each role in the default sheet."""
    from converters.fonts.roles import resolve
    from converters.theme.load import load

    for choice in resolve(load("jianbao")).value.choices:
        sign = "=" if choice.exact else "→"
        yield f"  {choice.role.value:<14} {choice.wanted} {sign} {choice.used}  {choice.path}"


def _tools() -> Iterator[str]:
    """Optional programs."""
    for name, purpose in _TOOLS.items():
        yield f"  {name:<14} {shutil.which(name) or translate('not here')}  ({purpose})"
