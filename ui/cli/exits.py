"""What the command line's exit status says, and which one each expected error gives."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path

from news.errors import (
    DeliveryError,
    Mismatch,
    PresswatchError,
    QuerySyntaxError,
    SettingsError,
    StorageError,
    Unreachable,
)


class ExitStatus(IntEnum):
    """The statuses of every command; those above 63 are the names of BSD's sysexits.h that mail and systemd know."""

    OK = 0
    PROBLEM = 1
    USAGE = 2
    UNAVAILABLE = 69
    TEMPORARY = 75
    CONFIGURATION = 78


class Misuse(PresswatchError):
    """The command names something that is not there, or that is not its to change; the text says what to do."""


class Problem(PresswatchError):
    """A command did its work and found something wrong."""


def unwritable(folder: Path, error: OSError, option: str) -> Problem:
    """Return what to say where nothing can be written in `folder`; `option`: the one that names another place."""
    return Problem(
        f"nothing can be written in the folder {folder.absolute()} ({error.strerror or error}): "
        f"go to a folder of yours first, or name another place with {option}"
    )


def status_of(error: PresswatchError) -> ExitStatus:
    """Return the exit status for an expected error that ended a command."""
    match error:
        case SettingsError() | Mismatch():
            return ExitStatus.CONFIGURATION
        case QuerySyntaxError() | Misuse():
            return ExitStatus.USAGE
        case StorageError(lasting=lasting):
            return ExitStatus.PROBLEM if lasting else ExitStatus.TEMPORARY
        case Unreachable():
            return ExitStatus.UNAVAILABLE
        case DeliveryError(permanent=permanent):
            return ExitStatus.PROBLEM if permanent else ExitStatus.TEMPORARY
        case _:
            return ExitStatus.PROBLEM
