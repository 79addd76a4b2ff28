"""Whether a recipient is written to: how they stand, and when refusals of their mail server end it.

A recipient is active from the beginning. Unconfirmed: nobody at this address has agreed yet. Paused: their mail server
refused them too often. Besides, each may have stopped one schedule's digests; the other schedules go on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

REMEMBERED = timedelta(days=30)
"""Refusals older than this say nothing about an address any more."""

UNKNOWN_ENOUGH = 2
"""Digests refused because there is no such mailbox (5.1.x, RFC 3463) after which nobody writes there."""

REFUSED_ENOUGH = 3
"""Digests refused for other lasting reasons of the recipient (a full or disabled mailbox) after which nobody does."""

_OF_THE_RECIPIENT = re.compile(r"5\.[0124]\.[0-9]{1,3}|55[013]")
_NO_MAILBOX = re.compile(r"5\.1\.[0-9]{1,3}")


class SubscriptionState(StrEnum):
    """How a recipient stands as a whole."""

    ACTIVE = "active"
    UNCONFIRMED = "unconfirmed"
    PAUSED = "paused"


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """One recipient's standing. generation: grows when they start anew, so that links of before do nothing any more.

    since: of the state; None for one who was active from the beginning. confirmed_at: when they agreed.
    stopped: since when each schedule is stopped that they want no more.
    """

    state: SubscriptionState = SubscriptionState.ACTIVE
    reason: str = ""
    since: datetime | None = None
    generation: int = 0
    confirmed_at: datetime | None = None
    stopped: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A digest that a mail server refused for good. code: 5.1.1, or 550 where it gave no finer one; said: its words."""

    parcel: str
    code: str
    said: str
    at: datetime


def is_about_the_recipient(code: str) -> bool:
    """Whether a refusal with this code is the recipient's, and not about the message, the sender or a policy.

    RFC 3463 section 3: x.1 addressing, x.2 mailbox, x.4 routing; x.3 system, x.5 protocol, x.6 content and x.7 policy
    are trouble that the next digest or another recipient may not have. Of plain replies (RFC 5321 section 4.2.3)
    550, 551 and 553 are about a mailbox; 552 is said of a message that is too large too, 554 of whatever was refused.
    """
    return _OF_THE_RECIPIENT.fullmatch(code) is not None


def why_pause(refusals: Sequence[Refusal], *, now: datetime) -> str:
    """Why nobody should write to a recipient with these refusals any more; empty where that is too early to say."""
    recent = sorted((one for one in refusals if now - one.at <= REMEMBERED), key=lambda one: one.at)
    unknown = [one for one in recent if _NO_MAILBOX.fullmatch(one.code)]
    for enough, counted in ((UNKNOWN_ENOUGH, unknown), (REFUSED_ENOUGH, recent)):
        if len(counted) >= enough:
            return f"{len(counted)} digests were refused, the last with {counted[-1].code}: {counted[-1].said}"
    return ""
