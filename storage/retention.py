"""Retention: items that are past their time go with all that hangs on them, a few at a time.

A story goes as a whole or stays as a whole: who told it first is claimed of all its items. What is still needed of an
old story (`storage.needed`) keeps the others. Each step is judged anew, so one that was broken off is simply taken
again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, or_, select

from news.watch.stored import TOKENISER
from storage import tables
from storage.archive_docs import first_doc, month_of
from storage.archive_index import Months
from storage.copies import Copies
from storage.dropped import Dropped, drop_items, find_dropped
from storage.needed import still_needed
from storage.sql import portions
from storage.story_candidates import Candidates

LOOKED_AT_ONCE = 50
"""Items one step looks at, so that no other writer waits long for it."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """How far a step came, to be handed to the next one, and how many items it dropped."""

    at: datetime
    item: int
    dropped: int


class Retention:
    """What is kept no more, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def drop(self, *, before: datetime, now: datetime, after: Step | None = None) -> Step | None:
        """Look at the next items first seen before an instant and drop those nobody needs; None once none is left.

        after: the step before this one; None to begin with the oldest.
        """
        page = self._page(before, after)
        if not page:
            return None
        ids = [item_id for item_id, _ in page]
        stories = self._stories(tables.story_items.c.item_id, ids)
        together = self._stories(tables.story_items.c.story_id, sorted({*stories.values()}))
        needed = still_needed(self._connection, sorted({*ids, *together}), before=before)
        kept = {together[one] for one in needed if one in together}
        gone = [one for one in ids if one not in needed and stories.get(one) not in kept]
        if gone:
            self._drop(gone, sorted({stories[one] for one in gone if one in stories}), now)
        last, at = page[-1]
        return Step(at=at, item=last, dropped=len(gone))

    def drop_month(self, *, now: datetime) -> int | None:
        """Drop the archive's index of the first month that is over and of which no item is left; None if there is none.

        The words of single items stay in their month's index until then, and lead nowhere.
        """
        months, rows = Months(self._connection), tables.archived.c
        for month in months.all(TOKENISER):
            if month >= month_of(first_doc(now)):
                break
            low, high = _bounds(month)
            query = select(rows.doc).where(rows.doc >= low, rows.doc < high, rows.tokeniser == TOKENISER).limit(1)
            if self._connection.execute(query).first() is None:
                months.drop(TOKENISER, month)
                return month
        return None

    def find(self, text: str) -> Dropped | None:
        """An item that is kept no more, by the number it had or an address it was seen under; None if there is none."""
        return find_dropped(self._connection, text)

    def _page(self, before: datetime, after: Step | None) -> list[tuple[int, datetime]]:
        rows = tables.items.c
        query = select(rows.id, rows.first_seen_at).where(rows.first_seen_at < before)
        if after is not None:
            later = or_(rows.first_seen_at > after.at, and_(rows.first_seen_at == after.at, rows.id > after.item))
            query = query.where(rows.first_seen_at >= after.at, later)
        found = self._connection.execute(query.order_by(rows.first_seen_at, rows.id).limit(LOOKED_AT_ONCE))
        return [(row.id, row.first_seen_at) for row in found]

    def _stories(self, column: ColumnElement[int], values: Sequence[int]) -> dict[int, int]:
        """The story of each item that has one of these values."""
        members = tables.story_items.c
        found: dict[int, int] = {}
        for some in portions(values):
            query = select(members.item_id, members.story_id).where(column.in_(some))
            found.update((row.item_id, row.story_id) for row in self._connection.execute(query))
        return found

    def _drop(self, ids: Sequence[int], of_stories: Sequence[int], now: datetime) -> None:
        Candidates(self._connection).forget(ids)
        Copies(self._connection).drop(ids)
        rows = tables.archived.c
        docs = select(rows.doc).where(rows.item_id.in_(ids), rows.tokeniser == TOKENISER)
        Months(self._connection).remove(self._connection.execute(docs).scalars())
        drop_items(self._connection, ids, now=now)
        self._drop_empty(of_stories)

    def _drop_empty(self, stories: Sequence[int]) -> None:
        """Drop those of the stories that have no items, and the numbers of stories that were joined to them."""
        table, members, redirects = tables.stories, tables.story_items.c, tables.story_redirects.c
        for some in portions(stories):
            empty = select(table.c.id).where(table.c.id.in_(some), ~exists().where(members.story_id == table.c.id))
            gone = list(self._connection.execute(empty).scalars())
            joined = select(redirects.story_id).where(redirects.to_story.in_(gone))
            gone += self._connection.execute(joined).scalars()
            self._connection.execute(delete(table).where(table.c.id.in_(gone)))


def _bounds(month: int) -> tuple[int, int]:
    """The numbers of the rows of a month: from the first to below the second."""
    year, number = divmod(month, 100)
    following = (year + 1, 1) if number == 12 else (year, number + 1)
    return first_doc(datetime(year, number, 1, tzinfo=UTC)), first_doc(datetime(*following, 1, tzinfo=UTC))
