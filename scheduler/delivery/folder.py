"""The channel `folder`: each mail as a file, the default until SMTP is set.

<folder>/<address>/<Message-ID>.eml opens in a mail program, the .html beside it in a browser.
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

from news.errors import DeliveryError
from news.message import Message
from scheduler.delivery.post import compose_mail

_NOT_IN_NAME = re.compile(r"[^0-9A-Za-z._@+-]+")
_LONGEST_NAME = 120


class FolderChannel:
    """Delivers into a folder; a repeated delivery replaces its own file and never adds one."""

    name = "folder"

    def __init__(self, folder: Path, *, sender: str) -> None:
        """Take the folder, which is made when the first message comes; sender: the From mailbox."""
        self._folder, self._sender = folder, sender

    def send(self, message: Message, address: str) -> None:
        """Write one mail; raises DeliveryError (not permanent) where the disk does not take it."""
        raw = compose_mail(message, address, self._sender)
        folder = self._folder / file_name(address)
        name = file_name(message.id.partition("@")[0])
        try:
            # What somebody watches reveals what interests them: as closed as the database.
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # The .eml comes last: where it is, the delivery is whole.
            _write(folder / f"{name}.html", message.html.encode())
            _write(folder / f"{name}.eml", raw)
            _sync(folder)
        except OSError as error:
            problem = f"cannot write into {folder}: {error.strerror or error}"
            raise DeliveryError(problem, permanent=False, shared=True) from error

    def close(self) -> None:
        """Nothing is kept open."""

    def abort(self) -> None:
        """Nothing waits."""


def file_name(text: str) -> str:
    """Return a name for a file that stays in its folder: as readable as it can be, different for different texts."""
    safe = _NOT_IN_NAME.sub("-", text).lstrip(".-")
    if safe and safe == text and len(safe) <= _LONGEST_NAME:
        return safe
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{safe[:_LONGEST_NAME]}-{digest}".lstrip("-")


def _write(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, after a power cut too."""
    # The process id keeps two daemons from writing into one temporary file.
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(temporary, "wb", opener=_for_the_owner) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
