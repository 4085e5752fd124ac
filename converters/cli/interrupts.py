"""Ctrl-C while the program is still being imported: it ends as any program does, without a word.

Python would show where in the imports it was. Importing this module is the first thing that the command line does,
`listen` the last one of its imports.
"""

from __future__ import annotations

import signal
import threading

_ours = False

if signal.getsignal(signal.SIGINT) is signal.default_int_handler and (
    threading.current_thread() is threading.main_thread()
):
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _ours = True


def listen() -> None:
    """Have Ctrl-C raise KeyboardInterrupt again, where it did before."""
    global _ours
    if _ours:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _ours = False


def ignore() -> None:
    """The work is done or broken off: what is left takes milliseconds, and a second Ctrl-C has nothing to end."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
