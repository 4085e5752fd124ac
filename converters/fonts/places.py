"""Where font files lie, and the switches of the environment; the fonts room asks for them only here.

JIANBAO_FONTS   auto (default) or embedded: use only --font-path folders and the embedded default
JIANBAO_DATA    the data folder; its fonts/ holds faces, fonts/fetched those of `fonts install`
JIANBAO_CACHE   the cache folder, which remembers the faces of the machine
"""

from __future__ import annotations

import functools
import importlib.util
import sys
from pathlib import Path

from converters.errors import FontError
from converters.files import DISK, Files, data_folder

_EMBEDDED_PACKAGE, _EMBEDDED_FILE = "noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc"

_LINUX_FONTS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/share/texlive/texmf-dist/fonts/opentype",
    "/usr/share/texmf/fonts/opentype",
    "/usr/local/texlive/texmf-local/fonts/opentype",
)
_MAC_FONTS = ("/System/Library/Fonts", "/System/Library/AssetsV2", "/Library/Fonts", "/Network/Library/Fonts")


def is_pinned(files: Files = DISK) -> bool:
    """Does the environment ask for the embedded default alone?"""
    return files.environment("JIANBAO_FONTS").strip().lower() == "embedded"


def home(files: Files = DISK) -> Path | None:
    """The user's home folder, None where there is none (a bare container, a daemon)."""
    if said := files.environment("HOME" if sys.platform != "win32" else "USERPROFILE"):
        return Path(said)
    try:
        return Path.home()
    except (RuntimeError, KeyError):
        return None


def own_fonts(files: Files = DISK) -> Path:
    """The folder into which users drop faces of their own; it need not be there."""
    return data_folder(files) / "fonts"


def fetched_fonts(files: Files = DISK) -> Path:
    """The folder that `fonts install` fills: below the user's own, yet ranking after the system's licensed faces."""
    return own_fonts(files) / "fetched"


def system_fonts(files: Files = DISK) -> tuple[Path, ...]:
    """The machine's font folders that may exist on this platform, the user's among them."""
    user = home(files)
    if sys.platform == "darwin":
        roots = [Path(name) for name in _MAC_FONTS]
        return tuple(roots + ([user / "Library/Fonts"] if user else []))
    if sys.platform == "win32":
        roots = [Path(files.environment("WINDIR") or r"C:\Windows") / "Fonts"]
        local = files.environment("LOCALAPPDATA")
        return tuple(roots + ([Path(local) / "Microsoft/Windows/Fonts"] if local else []))
    roots = [Path(name) for name in _LINUX_FONTS]
    if xdg := files.environment("XDG_DATA_HOME"):
        roots.append(Path(xdg) / "fonts")
    if user:
        roots += [user / ".fonts", user / ".local/share/fonts"]
    return tuple(dict.fromkeys(roots))


def embedded_default() -> Path:
    """The font file that comes with the program's dependencies: Noto Sans CJK Regular, all regions.

    Raises FontError when the package is not there.
    """
    path = _embedded_file()
    if path is not None:
        return path
    raise FontError(
        "the embedded default face is missing",
        where="noto-cjk-sans-otc",
        hint="install noto-cjk-sans-otc with pip again",
    )


@functools.cache
def _embedded_file() -> Path | None:
    spec = importlib.util.find_spec(_EMBEDDED_PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    paths = (Path(folder) / _EMBEDDED_FILE for folder in folders or ())
    return next((path for path in paths if path.is_file()), None)
