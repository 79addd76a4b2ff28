"""What others say of us, fit to be shown: a server that quotes a secret back to us must not bring it into a log."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

_SHORTEST = 4  # shorter ones are in too many words


def without_secrets(text: str, secrets: Iterable[str]) -> str:
    """The text with every form of a secret replaced: as it is, percent-encoded, in base64."""
    for secret in secrets:
        if len(secret) >= _SHORTEST:
            in_base64 = base64.b64encode(secret.encode()).decode().rstrip("=")
            for form in (secret, quote(secret), quote(secret, safe=""), quote_plus(secret), in_base64):
                text = text.replace(form, "(set)")
    return text
