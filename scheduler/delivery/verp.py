"""The return address of each mail (VERP): a report about it says by its address which parcel came back.

bounces+PARCEL-CODE@example.org, the code an HMAC of the parcel and its recipient, so that nobody can make up a report
about a mail that they did not get.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b32encode
from dataclasses import dataclass

from news.message import Message

_CODE_LENGTH = 16
"""Signs of base32: 80 bits, and the local part stays below the 64 signs that RFC 5321 section 4.5.3.1.1 allows."""

_LARGEST = 2**63


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """What a return address claims; it is true where `Returns.is_true` says so."""

    parcel: int
    code: str


class Returns:
    """Return addresses below one mailbox, made and read with the key of one installation."""

    def __init__(self, mailbox: str, key: bytes) -> None:
        """mailbox: the address that reports go to; its server must deliver mailbox+ANYTHING to it too."""
        self._local, _, self._domain = mailbox.rpartition("@")
        self._key = key
        claim = rf"\+([0-9]{{1,19}})-([a-z2-7]{{{_CODE_LENGTH}}})@"
        self._pattern = re.compile(re.escape(self._local) + claim + re.escape(self._domain), re.IGNORECASE)

    def address_for(self, message: Message, address: str) -> str:
        """Return where reports about this message to this recipient come back to."""
        return f"{self._local}+{message.parcel}-{self._code(message.parcel, address)}@{self._domain}"

    def tickets(self, text: str) -> list[Ticket]:
        """Return what return addresses in `text` claim, each once."""
        found = (Ticket(parcel=int(one[1]), code=one[2].lower()) for one in self._pattern.finditer(text))
        return list(dict.fromkeys(ticket for ticket in found if 0 < ticket.parcel < _LARGEST))

    def is_true(self, ticket: Ticket, address: str) -> bool:
        """Whether we made this ticket, for the parcel it names and this recipient of it."""
        return hmac.compare_digest(ticket.code, self._code(ticket.parcel, address))

    def _code(self, parcel: int, address: str) -> str:
        # Not the bare key: what it signs for other purposes must never be of use here.
        text = f"presswatch return {parcel} {address.strip().casefold()}".encode("utf-8", "surrogatepass")
        return b32encode(hmac.digest(self._key, text, hashlib.sha256)).decode().lower()[:_CODE_LENGTH]
