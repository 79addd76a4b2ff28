"""Files of the user's that a command writes to or reads from; "-" is standard output and input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ui.cli.exits import Misuse, Problem

STREAM = Path("-")


def assert_file_name(file: Path | None) -> None:
    """Refuse the name of an option where a file was to be named."""
    if file is not None and file != STREAM and str(file).startswith("-"):
        raise Misuse(f"{file} is an option, not a file; to write a file of this name: ./{file}")


@contextmanager
def written(file: Path, *, force: bool) -> Iterator[BinaryIO]:
    """Open a file for writing bytes; one that is there already is refused, or with `force` replaced."""
    if file == STREAM:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        target = file.open("wb" if force else "xb")
    except IsADirectoryError as error:
        raise Problem(f"{file} is a folder: name a file in it") from error
    except FileExistsError as error:
        told = "is a folder: name a file in it" if file.is_dir() else "is there already: name another, or give --force"
        raise Problem(f"{file} {told}") from error
    except OSError as error:
        raise Problem(f"{file} cannot be written: {error.strerror or error}") from error
    with target:
        yield target
