"""The only place that touches disk, clock and environment: the real one, and one in memory for tests and servers.

A name is a path as the user typed it; "-" is the standard input or output.
"""

from __future__ import annotations

import contextlib
import datetime
import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from .errors import ExportError, InputError, StyleError

STANDARD = "-"
# A year's bulletins in one text are about 30 MB; anything far above is a mistake or an attack.
READ_LIMIT = 256 * 1024 * 1024
_CHUNK = 1024 * 1024

_NAME_KEPT = 60
"""Characters of a file's name in that of its unfinished state; with them no file system's bound is passed."""
_UNFINISHED = r"(?s)\.(.*)\.(\d+)\.tmp"
"""How a file is called until all of it is there: its name and the process that writes it."""


class Files(Protocol):
    """What the program asks of the world outside it."""

    def read(self, name: str, limit: int = READ_LIMIT) -> bytes:
        """The bytes of a file. Raises InputError: missing, a folder, no regular file, not permitted, too large."""

    def write(self, name: str, data: bytes, inputs: tuple[str, ...] = ()) -> None:
        """Put a whole file in place of an old one, or leave the old one as it was and raise ExportError.

        A name among `inputs` is refused: an edition never takes the place of its own source.
        """

    def make_folder(self, name: str) -> None:
        """Make a folder and those above it; nothing happens where it is there. Raises ExportError."""

    def outside(self, name: str, folders: tuple[str, ...]) -> bool:
        """True where a file, links followed, lies in none of the folders."""

    def stamp(self, name: str) -> tuple[int, ...]:
        """Something that differs after each change of a file; () where there is none."""

    def environment(self, name: str) -> str:
        """A variable of the environment, "" where it is not set."""

    def seconds(self) -> float:
        """A clock for measuring; its zero means nothing."""

    def wait(self, seconds: float) -> None:
        """Let time pass."""


class Disk:
    """The real thing. Where it is not `durable`, a power cut may take what was just written (see Shelf.settle)."""

    def __init__(self, *, durable: bool = True) -> None:
        self.durable = durable

    def read(self, name: str, limit: int = READ_LIMIT) -> bytes:
        """See Files.read."""
        if name == STANDARD:
            return _limited(sys.stdin.buffer.read(limit + 1), name, limit)
        try:
            # Without O_NONBLOCK a pipe that nobody writes to would hold the program for ever.
            handle = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        except (OSError, ValueError) as trouble:
            raise _unreadable(name, trouble) from None
        try:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                raise _not_regular(name, state.st_mode)
            if state.st_size > limit:
                raise _too_large(name, limit)
            with open(handle, "rb", closefd=False) as stream:
                # Asked for `limit` bytes, Python would set memory aside for all of them.
                return _limited(stream.read(), name, limit)
        except OSError as trouble:
            raise _unreadable(name, trouble) from None
        finally:
            os.close(handle)

    def write(self, name: str, data: bytes, inputs: tuple[str, ...] = ()) -> None:
        """See Files.write."""
        if name == STANDARD:
            _to_stdout(data)
            return
        # A link stays a link: the file that it leads to is the one that changes.
        try:
            target = Path(os.path.realpath(name))
        except (OSError, ValueError) as trouble:
            raise _unwritable(name, trouble) from None
        mode = _may_replace(name, target, inputs)
        temporary = target.with_name(f".{target.name[:_NAME_KEPT]}.{os.getpid()}.tmp")
        try:
            _write_new(temporary, data, mode, durable=self.durable)
            temporary.replace(target)
        except OSError as trouble:
            raise _unwritable(name, trouble) from None
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def clear_unfinished(self, folder: str, names: Iterable[str], *, others: bool = False) -> None:
        """Take away what was begun of these files in a folder, where nobody else can be at them; of `others`, what

        writers that are dead by now have begun.
        """
        kept = {name[:_NAME_KEPT] for name in names}
        with contextlib.suppress(OSError):
            for found in list(Path(folder).iterdir()):
                begun = re.fullmatch(_UNFINISHED, found.name)
                if begun and (begun[1] in kept or (others and not _lives(int(begun[2])))):
                    found.unlink(missing_ok=True)

    def make_folder(self, name: str) -> None:
        """See Files.make_folder."""
        try:
            Path(name).mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as trouble:
            raise _unwritable(name, trouble) from None

    def outside(self, name: str, folders: tuple[str, ...]) -> bool:
        """See Files.outside."""
        try:
            path = Path(os.path.realpath(name))
            return not any(path.is_relative_to(os.path.realpath(folder or ".")) for folder in folders)
        except (OSError, ValueError):
            return True

    def stamp(self, name: str) -> tuple[int, ...]:
        """See Files.stamp."""
        try:
            state = Path(name).stat()
        except (OSError, ValueError):
            return ()
        return state.st_mtime_ns, state.st_size, state.st_ino

    def environment(self, name: str) -> str:
        """See Files.environment."""
        return os.environ.get(name, "")

    def seconds(self) -> float:
        """See Files.seconds."""
        return time.perf_counter()

    def wait(self, seconds: float) -> None:
        """See Files.wait."""
        time.sleep(seconds)


class Recorder(Disk):
    """The real thing, which remembers the `names` of the files that were asked for, read or not."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def read(self, name: str, limit: int = READ_LIMIT) -> bytes:
        """See Files.read."""
        self.names.add(name)
        return super().read(name, limit)


class Memory:
    """Files in a dictionary; `room` is how many bytes may still be written, None for any number."""

    def __init__(
        self,
        contents: Mapping[str, bytes] | None = None,
        variables: Mapping[str, str] | None = None,
        room: int | None = None,
    ) -> None:
        self.contents = dict(contents or {})
        self.variables = dict(variables or {})
        self.folders: set[str] = set()
        self.room = room
        self.clock = 0.0

    def read(self, name: str, limit: int = READ_LIMIT) -> bytes:
        """See Files.read."""
        key = _plain_name(name)
        if key in self.folders:
            raise _not_regular(name, stat.S_IFDIR)
        if key not in self.contents:
            raise _unreadable(name, FileNotFoundError(errno.ENOENT, ""))
        return _limited(self.contents[key], name, limit)

    def write(self, name: str, data: bytes, inputs: tuple[str, ...] = ()) -> None:
        """See Files.write."""
        if _plain_name(name) in map(_plain_name, inputs):
            raise _is_input(name)
        if self.room is not None:
            if len(data) > self.room:
                raise _unwritable(name, OSError(errno.ENOSPC, ""))
            self.room -= len(data)
        self.contents[_plain_name(name)] = data

    def make_folder(self, name: str) -> None:
        """See Files.make_folder."""
        self.folders.add(_plain_name(name))

    def outside(self, name: str, folders: tuple[str, ...]) -> bool:
        """See Files.outside."""
        path = Path("/", _plain_name(name))
        return not any(path.is_relative_to(Path("/", _plain_name(folder))) for folder in folders)

    def stamp(self, name: str) -> tuple[int, ...]:
        """See Files.stamp."""
        data = self.contents.get(_plain_name(name))
        return () if data is None else (hash(data), len(data))

    def environment(self, name: str) -> str:
        """See Files.environment."""
        return self.variables.get(name, "")

    def seconds(self) -> float:
        """See Files.seconds."""
        return self.clock

    def wait(self, seconds: float) -> None:
        """See Files.wait."""
        self.clock += seconds


DISK = Disk()


def build_date(files: Files, document_date: datetime.date | None) -> datetime.datetime | None:
    """The date that editions carry: SOURCE_DATE_EPOCH, else midnight UTC of the document's, else none.

    Raises StyleError for a SOURCE_DATE_EPOCH that is no number of seconds (reproducible-builds.org).
    """
    epoch = files.environment("SOURCE_DATE_EPOCH").strip()
    if epoch:
        try:
            if not (epoch.isascii() and epoch.isdigit()):
                raise ValueError
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
        except (ValueError, OverflowError, OSError):
            raise StyleError(
                "SOURCE_DATE_EPOCH is {value}, which is no number of seconds since 1970",
                value=epoch,
                hint="set it to a whole number, or unset it",
            ) from None
    if document_date is None:
        return None
    return datetime.datetime.combine(document_date, datetime.time(), datetime.UTC)


def data_folder(files: Files = DISK) -> Path:
    """Where installed faces live: JIANBAO_DATA, else the platform's folder for a user's data (XDG on Linux)."""
    return _user_folder(files, "JIANBAO_DATA", "XDG_DATA_HOME", ".local/share")


@contextlib.contextmanager
def telling(name: str, value: str) -> Iterator[None]:
    """Programs that are started meanwhile find this variable in their environment."""
    os.environ[name] = value
    try:
        yield
    finally:
        del os.environ[name]


def cache_folder(files: Files = DISK) -> Path:
    """Where things that can be made again live: JIANBAO_CACHE, else the platform's folder for caches."""
    return _user_folder(files, "JIANBAO_CACHE", "XDG_CACHE_HOME", ".cache")


def _user_folder(files: Files, own: str, shared: str, below_home: str) -> Path:
    if chosen := files.environment(own):
        return Path(chosen)
    # The XDG base directory specification has a relative path ignored.
    if (base := files.environment(shared)) and Path(base).is_absolute():
        return Path(base, "jianbao")
    if sys.platform == "win32" and (local := files.environment("LOCALAPPDATA")):
        return Path(local, "jianbao")
    home = files.environment("HOME")
    if not home:
        with contextlib.suppress(RuntimeError):
            home = str(Path.home())
    if not home or home == "/nonexistent":
        # A service account without a home still builds, with a folder of its own among the temporary ones.
        import tempfile

        return Path(tempfile.gettempdir(), f"jianbao-{os.getuid() if hasattr(os, 'getuid') else 'user'}")
    return Path(home, below_home, "jianbao")


def _plain_name(name: str) -> str:
    return os.path.normpath(name).replace("\\", "/")


def _limited(data: bytes, name: str, limit: int) -> bytes:
    if len(data) > limit:
        raise _too_large(name, limit)
    return data


def _may_replace(name: str, target: Path, inputs: tuple[str, ...]) -> int | None:
    """The mode that the new file takes over from the old, None where there is none. Raises ExportError."""
    try:
        state = target.stat()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as trouble:
        raise _unwritable(name, trouble) from None
    if stat.S_ISDIR(state.st_mode):
        raise ExportError("it is a folder", where=name, hint="name a file")
    if not stat.S_ISREG(state.st_mode):
        raise ExportError("it is no regular file, so it is not replaced", where=name, hint="name another file")
    for source in inputs:
        if source != STANDARD:
            with contextlib.suppress(OSError, ValueError):
                if os.path.samestat(Path(source).stat(), state):
                    raise _is_input(name)
    if not os.access(target, os.W_OK):
        # A rename would get past a file that its owner has made read-only; that wish is respected.
        raise _unwritable(name, PermissionError(errno.EACCES, ""))
    return stat.S_IMODE(state.st_mode)


def _write_new(path: Path, data: bytes, mode: int | None, *, durable: bool) -> None:
    with path.open("xb") as stream:
        for start in range(0, len(data), _CHUNK):
            stream.write(data[start : start + _CHUNK])
        stream.flush()
        # Without it a rename may reach the disk before the bytes do, and a power cut leaves an empty file.
        if durable:
            os.fsync(stream.fileno())
    if mode is not None:
        path.chmod(mode)


def _lives(process: int) -> bool:
    if os.name != "posix":
        # There signal 0 ends a process instead of asking for it.
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _to_stdout(data: bytes) -> None:
    try:
        sys.stdout.buffer.write(data)
    except BrokenPipeError:
        raise
    except OSError as trouble:
        abandon_stdout()
        raise _unwritable("<stdout>", trouble) from None
    flush_stdout()


def flush_stdout() -> None:
    """Send all that was printed. Raises BrokenPipeError where the reader has gone, ExportError for other trouble."""
    try:
        sys.stdout.flush()
    except OSError as trouble:
        abandon_stdout()
        if isinstance(trouble, BrokenPipeError):
            raise
        raise _unwritable("<stdout>", trouble) from None


def abandon_stdout() -> None:
    """Give up the standard output: what is still in its buffer can go nowhere, and nobody shall try again."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unreadable(name: str, trouble: Exception) -> InputError:
    match trouble:
        case FileNotFoundError() | NotADirectoryError():
            return InputError("there is no such file", where=name, hint="check the path")
        case IsADirectoryError():
            return _not_regular(name, stat.S_IFDIR)
        case PermissionError():
            return InputError("it may not be read", where=name, hint="ask for permission to read it")
        case ValueError():
            return InputError("this is no path", where=repr(name), hint="check the path")
        case OSError(errno=errno.ENXIO):
            return _not_regular(name, stat.S_IFSOCK)
        case _:
            reason = getattr(trouble, "strerror", None) or str(trouble)
            return InputError("it cannot be read: {reason}", where=name, reason=reason)


def _not_regular(name: str, mode: int) -> InputError:
    if stat.S_ISDIR(mode):
        return InputError("it is a folder", where=name, hint="name the files in it")
    return InputError("it is a pipe or a device", where=name, hint='name a file, or use "-" for the standard input')


def _too_large(name: str, limit: int) -> InputError:
    return InputError(
        "it is larger than {limit} MB", where=name, limit=limit // (1024 * 1024), hint="divide it into several files"
    )


def _is_input(name: str) -> ExportError:
    return ExportError("it is the source itself, so it is not replaced", where=name, hint="name another file")


def _unwritable(name: str, trouble: Exception) -> ExportError:
    match trouble:
        case FileNotFoundError():
            return ExportError("its folder is missing", where=name, hint="make the folder first")
        case NotADirectoryError() | FileExistsError():
            return ExportError("a file stands where a folder is needed", where=name, hint="name another folder")
        case PermissionError() | OSError(errno=errno.EROFS):
            return ExportError("it may not be written", where=name, hint="name a folder that you may write to")
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return ExportError("the disk is full; what stood there before is unchanged", where=name, hint="make room")
        case OSError(errno=errno.ENAMETOOLONG):
            return ExportError("its name is too long", where=name, hint="name another file")
        case ValueError():
            return ExportError("this is no path", where=repr(name), hint="check the path")
        case _:
            reason = getattr(trouble, "strerror", None) or str(trouble)
            return ExportError("it cannot be written: {reason}", where=name, reason=reason)
