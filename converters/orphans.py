"""No process outlives the one that it works for: a killed master leaves nobody behind who writes or burns a core."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import threading


def end_with(life: int) -> None:
    """Kill this process as soon as nobody holds the other end of a pipe any more; `life` is the end to read from.

    Nothing may ever be written into the pipe. On Linux the kernel does it (fcntl(2), O_ASYNC), whatever this process
    is at; elsewhere see `watch`.
    """
    if sys.platform != "linux":
        return
    import fcntl

    with contextlib.suppress(OSError):
        fcntl.fcntl(life, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(life, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(life, fcntl.F_SETFL, fcntl.fcntl(life, fcntl.F_GETFL) | os.O_ASYNC)
    now = select.poll()
    now.register(life)
    if now.poll(0):
        # The other has gone before the kernel was asked to watch.
        _end()


def watch(life: int) -> None:
    """As `end_with`, by a thread that waits: on every system, but not while a library holds the interpreter."""
    threading.Thread(target=_wait, args=(life,), name="watching the master", daemon=True).start()


def _wait(life: int) -> None:
    from multiprocessing.connection import wait

    wait([life])
    _end()


def _end() -> None:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
