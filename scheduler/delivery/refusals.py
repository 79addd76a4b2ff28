"""A mail server that refuses a recipient for good, a reader who complains: noted in the transaction that hears it."""

from __future__ import annotations

from datetime import datetime

import structlog

from news.message import Parcel
from news.subscription import Refusal, is_about_the_recipient, why_pause
from news.trouble import TroubleKind
from scheduler.trouble import note_trouble
from storage import Unit

_log = structlog.get_logger()


def note_refusal(unit: Unit, parcel: Parcel, *, code: str, said: str, at: datetime) -> bool:
    """Count a refusal of the parcel's recipient, once a parcel; True where nobody writes to them from now on.

    The owner is told of a pause. Refusals of the message, the sender or by a policy are not the recipient's.
    """
    if parcel.recipient_id is None or not is_about_the_recipient(code):
        return False
    refusal = Refusal(parcel=parcel.key, code=code, said=said, at=at)
    reason = why_pause(unit.subscriptions.note_refusal(parcel.recipient_id, refusal), now=at)
    return bool(reason) and _pause(unit, parcel, reason, at=at)


def note_complaint(unit: Unit, parcel: Parcel, *, kind: str, at: datetime) -> bool:
    """Write no more to who told their mailbox provider that they do not want these mails; True where that is new."""
    return _pause(unit, parcel, f"marked as unwanted by its reader ({kind})", at=at)


def _pause(unit: Unit, parcel: Parcel, reason: str, *, at: datetime) -> bool:
    if parcel.recipient_id is None or not unit.subscriptions.pause(parcel.recipient_id, reason, at=at):
        return False
    note_trouble(unit, TroubleKind.PAUSED, reason, at=at, about=parcel.address)
    _log.warning("recipient paused", recipient=parcel.recipient_id, reason=reason)
    return True
