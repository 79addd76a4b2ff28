"""What became of a match: told in which digest, held, muted or taken back, one line for each recipient. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from news.message import ParcelState
from ui.cli.moments import local
from ui.cli.slot_words import slot_words

if TYPE_CHECKING:
    from storage.inquiries import Follower, RecordedMatch, Telling

MUTED = "told to nobody: it was old news when its source was first read, or was read back later"
RETIRED = "taken back before it was told: the item or the watch was changed, and no longer match"

_MOST_NUMBERED = 10


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What became of a match for one recipient; empty address: for all of them.

    state: sent, waiting, bounced, held, muted, retired, not_following or off. digest: id, 0 where it is in none.
    """

    address: str
    state: str
    words: str
    digest: int = 0


def fates(
    match: RecordedMatch,
    followers: Sequence[Follower],
    tellings: Sequence[Telling],
    together: Mapping[int, Sequence[int]],
    *,
    zone: str,
) -> tuple[Fate, ...]:
    """What became of a match, in the order of the digests and then of the recipients.

    together: by digest, the other items of its story that it told on the same card.
    """
    found = [_told(one, together.get(one.digest, ()), zone) for one in tellings]
    if match.muted:
        found.append(Fate(address="", state="muted", words=MUTED))
        return tuple(found)
    if match.retired and not tellings:
        return (Fate(address="", state="retired", words=RETIRED),)
    told = {(one.recipient, one.schedule) for one in tellings}
    found += [_held(one, match) for one in followers if (one.address, one.schedule) not in told]
    if not found:
        found.append(Fate(address="", state="not_following", words="nobody is told: there is no recipient"))
    return tuple(found)


def _told(one: Telling, together: Sequence[int], zone: str) -> Fate:
    card = f" on one card with {numbered(together)}" if together else ""
    kind = slot_words(one.slot)
    slot = f"{one.schedule} of" if kind == one.slot else f"{kind},"
    place = f"digest {one.digest}, {slot} {local(one.made_at, zone)}{card}"
    match one.state:
        case ParcelState.SENT:
            when = f" {local(one.settled_at, zone)}" if one.settled_at else ""
            state, words = "sent", f"in {place}: sent{when} by {one.channel}"
        case ParcelState.FAILED:
            state, words = "bounced", f"in {place}: not delivered after {one.attempts} tries, given up: {one.error}"
        case _:
            again = f", next try {local(one.next_try, zone)}" if one.next_try else ""
            trouble = f": {one.error}" if one.error else ""
            state, words = "waiting", f"in {place}: not delivered yet ({one.state}{trouble}){again}"
    return Fate(address=one.recipient, state=state, words=words, digest=one.digest)


def _held(one: Follower, match: RecordedMatch) -> Fate:
    if one.since_match is None:
        return Fate(address=one.address, state="not_following", words="does not follow this watch")
    if one.since_match >= match.id:
        return Fate(address=one.address, state="not_following", words="follows this watch only since later")
    if not one.enabled:
        return Fate(address=one.address, state="off", words="is switched off")
    if not match.in_force:
        return Fate(address=one.address, state="off", words="is not told: the watch is off or was removed")
    when = f"{one.hour:02}:{one.minute:02} ({one.zone})"
    return Fate(address=one.address, state="held", words=f"waits for the {one.schedule} digest at {when}")


def numbered(ids: Sequence[int]) -> str:
    """Name items by their numbers: "items 3, 5 and 2 more"."""
    shown = ", ".join(map(str, ids[:_MOST_NUMBERED]))
    more = f" and {len(ids) - _MOST_NUMBERED} more" if len(ids) > _MOST_NUMBERED else ""
    return f"item{'s' if len(ids) > 1 else ''} {shown}{more}"
