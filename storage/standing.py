"""Whether matches still stand: asked again when their watch or their item changes, of those still to be told.

A match that no longer stands is retired, not deleted: the next change may bring it back, and with it its place in the
order of telling. What every follower was told stays as it was told.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, or_, select, update

from news.lexicon import Lexicon
from news.watch.matcher import Matcher, index_item
from news.watch.watch import Watch
from storage import tables
from storage.items import Items
from storage.match_rows import hit_rows

# Items in memory at once: some of them are megabytes long.
_ITEMS_AT_ONCE = 100


def judge_again(connection: Connection, watch: Watch, lexicon: Lexicon | None = None) -> None:
    """Try the watch as it is now on the items of its matches that somebody is still to be told.

    Those that match take their present hits, the others are retired; nothing new is looked for. lexicon: what concepts
    mean; the shipped one unless given.
    """
    table = tables.matches
    query = select(table.c.item_id).where(table.c.watch_id == watch.id, ~table.c.muted, _awaited()).order_by(table.c.id)
    waiting = list(connection.execute(query).scalars())
    matcher = Matcher([watch], lexicon=lexicon)
    judged = update(table).where(table.c.watch_id == watch.id, table.c.item_id == bindparam("item"))
    stands = judged.values(retired=False, score=bindparam("now_score"), hits=bindparam("now_hits"))
    items = Items(connection)
    for start in range(0, len(waiting), _ITEMS_AT_ONCE):
        for item in items.load(waiting[start : start + _ITEMS_AT_ONCE]):
            found = matcher.matches(index_item(item))
            if found:
                now = {"now_score": found[0].score, "now_hits": hit_rows(found[0].hits)}
                connection.execute(stands, {"item": item.id, **now})
            else:
                connection.execute(judged.values(retired=True), {"item": item.id})


def retire_others(connection: Connection, item_id: int, found_by: Sequence[int]) -> None:
    """Retire the matches of an item by watches in force that do not find it any more; `found_by` are those that do.

    A watch that is off is asked again when it is switched on.
    """
    table, watches = tables.matches, tables.watches
    told = tables.digest_matches
    told_to_somebody = exists().where(told.c.match_id == table.c.id)
    in_force = select(watches.c.id).where(watches.c.enabled, ~watches.c.removed, watches.c.id.not_in(found_by))
    stale = update(table).where(table.c.item_id == item_id, table.c.watch_id.in_(in_force))
    connection.execute(stale.where(or_(~told_to_somebody, _awaited())).values(retired=True))


def _awaited() -> ColumnElement[bool]:
    """Return the condition that the daily digest of some follower has still to tell the match."""
    table, follows, recipients = tables.matches, tables.follows, tables.recipients
    told = tables.digest_matches
    in_their_digest = exists().where(
        told.c.match_id == table.c.id,
        told.c.recipient_id == recipients.c.id,
        told.c.schedule == recipients.c.schedule,
    )
    return exists().where(
        and_(follows.c.watch_id == table.c.watch_id, follows.c.after_match < table.c.id),
        and_(recipients.c.id == follows.c.recipient_id, ~recipients.c.removed),
        ~in_their_digest,
    )
