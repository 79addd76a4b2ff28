"""A message ready to be handed to a channel, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Message:
    """What a person receives, before any channel gives it its form.

    id: the Message-ID without angle brackets, deterministic: a repeated delivery carries the same one.
    date: aware instant for the Date header. headers: further headers by name (List-Id, Auto-Submitted).
    data: the digest as plain data, for channels that carry no page (webhook, feeds, short notices).
    clean_text, clean_html: the copy to forward, without personal links, watch names and scores.
    parcel: number of its parcel once it lies in the outbox, by which a bounce report names it; 0 before.
    """

    id: str
    subject: str
    text: str
    html: str
    date: datetime
    headers: dict[str, str] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    clean_text: str = ""
    clean_html: str = ""
    parcel: int = field(default=0, compare=False)

    @property
    def open_subject(self) -> str:
        """The subject for what is not its recipient's own mail: without a headline that is under embargo."""
        return str(self.data.get("subject", self.subject))


class ParcelState(StrEnum):
    """Where a parcel stands. UNCERTAIN: the other side may have it; it is tried again (lost = 0 beats repeats = 0)."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """A message addressed to one recipient, as the outbox keeps it.

    key: unique name of the delivery; queueing the same key twice queues once.
    channel: name of the channel that delivers it (email, folder).
    fence: number of the claim; only the holder of the newest one may settle.
    queued_at: when it was written down. recipient_id: whose digest it is; None for other mail.
    """

    id: int
    key: str
    channel: str
    address: str
    message: Message
    state: ParcelState
    queued_at: datetime
    recipient_id: int | None = None
    attempts: int = 0
    fence: int = 0
    next_try: datetime | None = None
    lease_until: datetime | None = None
    last_error: str = ""
