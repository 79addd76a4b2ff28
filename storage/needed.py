"""Which items somebody still needs, however old they are: they stay until nobody does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, or_, select

from news.message import ParcelState
from storage import tables
from storage.sql import portions

_ENDED = (ParcelState.SENT, ParcelState.FAILED)


def still_needed(connection: Connection, ids: Sequence[int], *, before: datetime) -> set[int]:
    """Those of some items that are to be kept.

    What came, changed or was found since `before`; what a follower of its watch was not told yet, whatever keeps them
    from it; what is in a digest on its way; what a person said something of when joining or splitting stories.
    """
    found: set[int] = set()
    for some in portions(ids):
        for query in _reasons(some, before):
            found.update(connection.execute(query).scalars())
    return found


def _reasons(some: Sequence[int], before: datetime) -> Iterator[Select[Any]]:
    items, matches, follows, told = tables.items.c, tables.matches, tables.follows, tables.digest_matches
    digests, outbox, rulings = tables.digests, tables.outbox, tables.story_rulings.c
    yield select(items.id).where(items.id.in_(some), or_(items.first_seen_at >= before, items.seen_at >= before))
    of_these = select(matches.c.item_id).where(matches.c.item_id.in_(some))
    yield of_these.where(matches.c.recorded_at >= before)
    following = and_(follows.c.watch_id == matches.c.watch_id, matches.c.id > follows.c.after_match)
    in_a_digest = and_(told.c.match_id == matches.c.id, told.c.recipient_id == follows.c.recipient_id)
    untold = of_these.join(follows, following).outerjoin(told, in_a_digest).where(told.c.match_id.is_(None))
    yield untold.where(~matches.c.muted, ~matches.c.retired)
    held = of_these.join(told, told.c.match_id == matches.c.id).join(digests, digests.c.id == told.c.digest_id)
    yield held.join(outbox, outbox.c.key == digests.c.parcel_key).where(outbox.c.state.not_in(_ENDED))
    yield select(rulings.item_id).where(rulings.item_id.in_(some))
    yield select(rulings.other_id).where(rulings.other_id.in_(some))
