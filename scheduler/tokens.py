"""Signed tokens: what a link of a digest proves, and nothing beyond it.

A token names a recipient, a schedule and a slot, is good for one purpose, and ends with the recipient's generation,
which grows when they start anew. It is a signature, not a secret text: whoever holds a digest may read its payload.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum

from itsdangerous import BadData, URLSafeSerializer


class Purpose(StrEnum):
    """What a token is good for; one of another purpose is refused. The value is the salt of its signature.

    ONE_CLICK: ends a digest at once (RFC 8058); it stands in the header and in mails to the recipient alone.
    STOP: opens the page that offers to end it; it stands in the digest's body, which people forward.
    """

    ONE_CLICK = "one-click"
    STOP = "stop"
    CONFIRM = "confirm"
    CLEAN = "clean"
    HOURS = "hours"
    FEEDBACK = "feedback"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Whose link it is. slot: name of the digest's slot, empty where no single digest is meant."""

    recipient: int
    schedule: str
    generation: int
    slot: str = ""


class Tokens:
    """Signs and reads tokens with the key of one installation."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sign(self, purpose: Purpose, claim: Claim) -> str:
        """Return the token, made of letters, digits, "-", "_" and "." alone."""
        payload = [claim.recipient, claim.schedule, claim.generation, *([claim.slot] if claim.slot else [])]
        return str(self._serializer(purpose).dumps(payload))

    def read(self, purpose: Purpose, token: str) -> Claim | None:
        """Return what the token claims; None for one that was not signed here for this purpose."""
        try:
            payload = self._serializer(purpose).loads(token)
        except BadData:
            return None
        match payload:
            case [int(recipient), str(schedule), int(generation)]:
                return Claim(recipient=recipient, schedule=schedule, generation=generation)
            case [int(recipient), str(schedule), int(generation), str(slot)]:
                return Claim(recipient=recipient, schedule=schedule, generation=generation, slot=slot)
        return None

    def form(self, token: str) -> str:
        """Return what the form of the page at `token` hands back: a request that never saw the page has it not."""
        return hmac.new(self._key, f"presswatch form {token}".encode(), hashlib.sha256).hexdigest()

    def is_form(self, token: str, given: str) -> bool:
        """Whether `given` is what the form of that page hands back."""
        return hmac.compare_digest(self.form(token).encode(), given.encode(errors="replace"))

    def _serializer(self, purpose: Purpose) -> URLSafeSerializer:
        return URLSafeSerializer(self._key, salt=f"presswatch {purpose.value}", signer_kwargs=_SIGNER)


_SIGNER = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
