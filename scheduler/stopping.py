"""SIGTERM and Ctrl-C before the daemon's loop can listen to them; imports nothing but signals, so it comes first.

While libraries are imported SIGTERM raises SystemExit at once. From the daemon's own first step on it is only noted:
an exception thrown into Twisted's start or a finaliser is swallowed there, and the wish to end would be lost with it
(met once in some hundred starts). What was noted before is looked at wherever the start can be left, and by the loop.
"""

from __future__ import annotations

import signal
import sys
from functools import partial
from types import FrameType

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_asked: list[int] = []


def exit_when_asked(status: int) -> None:
    """Let SIGTERM end the process with `status` from here on; the first line of every command."""
    signal.signal(signal.SIGTERM, partial(_note_and_exit, status))


def note_when_asked() -> None:
    """Let SIGTERM and Ctrl-C be noted only, for `asked`; the caller looks there until it has handlers of its own."""
    for number in _SIGNALS:
        signal.signal(number, _note)


def asked() -> bool:
    """Return whether this process was ever asked to end, also where the exception for it was swallowed."""
    return bool(_asked)


def _note(number: int, _: FrameType | None) -> None:
    _asked.append(number)


def _note_and_exit(status: int, number: int, frame: FrameType | None) -> None:
    _note(number, frame)
    sys.exit(status)
