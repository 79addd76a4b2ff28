"""The secret key of an installation: what links of digests are signed with, made once and kept beside the database."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from news.errors import StorageError

KEY_FILE = Path("var") / "secret.key"
"""Where it lies below the folder of config.yaml. Lost, every link sent so far is refused; it is no part of backups."""

_BYTES = 32


def signing_key(home: Path) -> bytes:
    """Return the key of the installation in `home`; the first call of whichever process makes it, for its owner alone.

    Raises StorageError where the file cannot be read or made, or does not hold a key. The key is never logged.
    """
    file = home / KEY_FILE
    try:
        if not file.exists():
            _make(file)
        text = file.read_text(encoding="ascii").strip()
        key = bytes.fromhex(text)
    except (OSError, ValueError) as error:
        problem = (error.strerror or str(error)) if isinstance(error, OSError) else "it does not hold a key"
        raise StorageError(f"{file}: {problem}", lasting=True) from None
    if len(key) < _BYTES:
        raise StorageError(f"{file}: it does not hold a key; put it back from where you keep it", lasting=True)
    return key


def _make(file: Path) -> None:
    """Write a new key, whole or not at all; where another process was quicker, its key stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "w", encoding="ascii") as opened:
            opened.write(secrets.token_hex(_BYTES) + "\n")
            opened.flush()
            os.fsync(opened.fileno())
        with suppress(FileExistsError):
            os.link(draft, file)  # unlike a rename it leaves a file alone that is there
    finally:
        draft.unlink()
