"""DKIM signatures (RFC 6376), for mail servers that do not sign themselves; needs the extra `dkim`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from news.errors import Complaint, SettingsError
from news.extras import DKIM, how_to_install
from news.settings.sections import Dkim

SIGNED = ("from", "to", "subject", "date", "message-id", "mime-version", "content-type")
"""Headers that are signed, each once more than it is there, so that none can be added (RFC 6376 section 8.15)."""

_ALSO = ("auto-submitted", "list-id", "list-unsubscribe", "list-unsubscribe-post")


def signer(dkim: Dkim, home: Path) -> Callable[[bytes], bytes]:
    """Return what gives a mail with its signature; raises SettingsError where it cannot be made.

    home: where a relative path of the key file starts.
    """
    library = _library()
    key, file = _key(dkim, home), home / dkim.key_file

    def sign(raw: bytes) -> bytes:
        present = {line.partition(b":")[0].strip().lower() for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n")}
        also = [name for name in _ALSO if name.encode() in present]
        header: bytes = library.sign(
            raw,
            dkim.selector.encode(),
            dkim.domain.encode(),
            key,
            include_headers=[name.encode() for name in (*SIGNED, *SIGNED, *also, *also)],
            canonicalize=(b"relaxed", b"relaxed"),
        )
        return header + raw

    try:
        sign(b"From: a@example.org\r\nTo: b@example.org\r\n\r\nx\r\n")
    except Exception as error:
        # The library raises its own errors, ValueError and those of ASN.1 alike for a key it cannot use.
        raise _fault("key_file", str(file), f"holds no private key that can sign: {error}") from None
    return sign


def _library() -> Any:
    try:
        return import_module("dkim")
    except ImportError:
        raise _fault(
            "", "", "the package that signs is not installed", f"Install it with: {how_to_install(DKIM)}"
        ) from None


def _key(dkim: Dkim, home: Path) -> bytes:
    file = home / dkim.key_file
    try:
        return file.read_bytes()
    except OSError as error:
        raise _fault("key_file", str(file), f"cannot be read: {error.strerror or error}") from None


def _fault(name: str, found: str, problem: str, remedy: str = "") -> SettingsError:
    path = "smtp.dkim" + (f".{name}" if name else "")
    complaint = Complaint(file="config.yaml", line=0, column=0, path=path, found=found, problem=problem, remedy=remedy)
    return SettingsError((complaint,))
