"""Tallies: how much the watches found of late, day by day, and when a quiet one last found something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection, and_, case, func, select

from storage import tables
from storage.follows import newest_match


class Tallies:
    """Counts over what was found, in one transaction. Old news of a first visit (muted) counts in none of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest_match(self) -> int:
        """The number of the newest match, 0 before the first: what is counted at one moment changes with it."""
        return newest_match(self._connection)

    def stories_a_day(self, begins: Sequence[datetime], until: datetime) -> Mapping[int, tuple[int, ...]]:
        """How many stories each watch in force found on each day, by the watch's id; those without any are left out.

        begins: when the days begin, ascending; each ends where the next begins, the last one at `until`, itself
        included. A story that is found on several days counts on each; an item without a story is one of its own.
        """
        found, watches, members = tables.matches, tables.watches, tables.story_items
        days = list(pairwise((*begins, None)))
        # The newest days first: most of what is looked at is of them.
        day = case(*((found.c.recorded_at >= begin, number) for number, (begin, _) in reversed(list(enumerate(days)))))
        story = func.coalesce(members.c.story_id, -found.c.item_id)
        query = (
            select(found.c.watch_id, day.label("day"), func.count(story.distinct()).label("stories"))
            .join(watches, watches.c.id == found.c.watch_id)
            .outerjoin(members, members.c.item_id == found.c.item_id)
            .where(watches.c.enabled, ~watches.c.removed, ~found.c.muted, ~found.c.retired)
            .where(found.c.recorded_at >= begins[0], found.c.recorded_at <= until)
            .group_by(found.c.watch_id, day)
        )
        counts: dict[int, list[int]] = {}
        for row in self._connection.execute(query):
            counts.setdefault(row.watch_id, [0] * len(days))[row.day] = row.stories
        return {watch: tuple(numbers) for watch, numbers in counts.items()}

    def last_hits(self) -> Mapping[int, datetime]:
        """When each watch in force last found something that stands, by the watch's id; none for one that never did."""
        found, watches = tables.matches, tables.watches
        standing = and_(found.c.watch_id == watches.c.id, ~found.c.muted, ~found.c.retired)
        newest = (
            select(found.c.recorded_at)
            .where(standing)
            .order_by(found.c.recorded_at.desc())
            .limit(1)
            .correlate(watches)
            .scalar_subquery()
        )
        query = select(watches.c.id, newest.label("newest")).where(watches.c.enabled, ~watches.c.removed)
        return {row.id: row.newest for row in self._connection.execute(query) if row.newest is not None}
