"""A channel that delivers nothing is a trouble of the installation: noted once, over with the next delivery."""

from __future__ import annotations

from datetime import datetime, timedelta

from news.message import Parcel, ParcelState
from news.trouble import TroubleKind
from scheduler.trouble import end_trouble, note_trouble
from storage import Unit

LONG = timedelta(minutes=30)
"""How long something waits for a channel before its owner is told: a server that is restarted is back by then."""


def delivers_nothing(
    parcel: Parcel, state: ParcelState, *, channels_own: bool, by_recipient: bool, now: datetime
) -> bool:
    """Whether this ending says that the channel, and not one recipient of many, has been in trouble for long.

    channels_own: every other message would meet the same. by_recipient: it leads to many recipients, each of whom may
    be refused alone, as mail does; the others lead to one place, which a refusal for good is about.
    """
    if state is ParcelState.SENT or (by_recipient and not channels_own):
        return False
    return state is ParcelState.FAILED or now - parcel.queued_at >= LONG


def in_trouble(unit: Unit) -> set[str]:
    """The channels that deliver nothing, as far as the owner was to be told."""
    return {one.about for one in unit.troubles.lasting() if one.kind == TroubleKind.CHANNEL}


def note_channel(unit: Unit, channel: str, error: str, *, at: datetime) -> None:
    """Keep that a channel delivers nothing, until the owner was told."""
    note_trouble(unit, TroubleKind.CHANNEL, error, at=at, about=channel)


def channel_is_well(unit: Unit, channel: str, *, at: datetime) -> None:
    """Keep that a channel delivers again."""
    end_trouble(unit, TroubleKind.CHANNEL, at=at, about=channel)
