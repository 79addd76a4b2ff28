"""Who tells a story: its items as a card shows them, and whether a reader was told of it before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from news.item import Stated
from news.source import Standing
from news.story import Relation
from storage import tables
from storage.plain import stated_of
from storage.sql import portions

MOST_TELLERS = 40
"""Items of one story that a card looks at; a story may have ten thousand."""

_GREATER_PART = 0.5


@dataclass(frozen=True, kw_only=True)
class Teller:
    """One item of a story, in the version in force. seen_at: when it was first seen; to: the item that decided it.

    reworded: whether it tells the same in words of its own, as far as the decision compared them.
    """

    item: int
    source: str
    publisher: str
    standing: Standing
    language: str
    title: str
    url: str
    published: Stated | None
    seen_at: datetime
    version: int
    relation: Relation
    to: int
    reworded: bool = False


@dataclass(frozen=True, kw_only=True)
class ToldBefore:
    """What a reader's digests told of a story: the last time, and the items."""

    at: datetime
    items: frozenset[int]

    def goes_on(self, items: Iterable[int]) -> bool:
        """Whether these items of the story bring something new to it; one told before may be found by another watch."""
        return not self.items.issuperset(items)


@dataclass(frozen=True, kw_only=True)
class ToldStory:
    """A story as it is told now. tellers: its first items, in order of arrival; size: how many there are in all.

    before: what digests of the reader's told of it; None where none did. alerted: what another schedule of theirs told.
    """

    story: int
    tellers: tuple[Teller, ...]
    size: int
    before: ToldBefore | None = None
    alerted: ToldBefore | None = None


def told_stories(
    connection: Connection,
    stories: Iterable[int],
    *,
    recipient: int = 0,
    schedule: str = "",
    alerts: str = "",
    most: int = MOST_TELLERS,
) -> dict[int, ToldStory]:
    """The stories of these numbers, each with at most so many of its items.

    With a recipient and schedule also when their digests last told of each. alerts: the schedule of their alerts.
    """
    wanted = sorted(set(stories))
    alerted = told_before(connection, wanted, recipient=recipient, schedule=alerts) if alerts else {}
    told = told_before(connection, wanted, recipient=recipient, schedule=schedule) if recipient else {}
    members, items, kept = tables.story_items, tables.items.c, tables.story_evidence
    found: dict[int, list[Teller]] = {}
    sizes: dict[int, int] = {}
    for some in portions(wanted):
        place = func.row_number().over(partition_by=members.c.story_id, order_by=members.c.item_id).label("place")
        size = func.count().over(partition_by=members.c.story_id).label("size")
        ranked = select(members, place, size).where(members.c.story_id.in_(some)).subquery()
        query = (
            select(ranked.c.story_id, ranked.c.relation, ranked.c.to_item, ranked.c.size, kept.c.evidence)
            .add_columns(items.id, items.source, items.publisher, items.standing, items.language, items.title)
            .add_columns(items.url, items.published_day, items.published_zone, items.published_at)
            .add_columns(items.first_seen_at, items.version)
            .join(tables.items, items.id == ranked.c.item_id)
            .outerjoin(kept, kept.c.item_id == ranked.c.item_id)
            .where(ranked.c.place <= most)
            .order_by(items.id)
        )
        for row in connection.execute(query):
            sizes[row.story_id] = row.size
            found.setdefault(row.story_id, []).append(
                Teller(
                    item=row.id,
                    source=row.source,
                    publisher=row.publisher,
                    standing=Standing(row.standing),
                    language=row.language,
                    title=row.title,
                    url=row.url,
                    published=stated_of(row.published_day, row.published_zone, row.published_at),
                    seen_at=row.first_seen_at,
                    version=row.version,
                    relation=Relation(row.relation),
                    to=row.to_item or 0,
                    reworded=_is_reworded(row.relation, row.evidence or {}),
                )
            )
    return {
        story: ToldStory(
            story=story,
            tellers=tuple(tellers),
            size=sizes[story],
            before=told.get(story),
            alerted=alerted.get(story),
        )
        for story, tellers in found.items()
    }


def told_before(
    connection: Connection, stories: Iterable[int], *, recipient: int, schedule: str
) -> dict[int, ToldBefore]:
    """What the digests of a recipient and schedule told of each of these stories, under whatever number."""
    found, members, told, digests = tables.matches, tables.story_items, tables.digest_matches, tables.digests
    last: dict[int, datetime] = {}
    told_of: dict[int, set[int]] = {}
    for some in portions(sorted(set(stories))):
        query = (
            select(members.c.story_id, members.c.item_id, digests.c.created_at)
            .join(found, found.c.item_id == members.c.item_id)
            .join(told, told.c.match_id == found.c.id)
            .join(digests, digests.c.id == told.c.digest_id)
            .where(members.c.story_id.in_(some), told.c.recipient_id == recipient, told.c.schedule == schedule)
        )
        for row in connection.execute(query):
            last[row.story_id] = max(last.get(row.story_id, row.created_at), row.created_at)
            told_of.setdefault(row.story_id, set()).add(row.item_id)
    return {story: ToldBefore(at=last[story], items=frozenset(items)) for story, items in told_of.items()}


def _is_reworded(relation: str, evidence: Mapping[str, Any]) -> bool:
    shares = [evidence[name] for name in ("of_new", "of_old") if name in evidence]
    return relation == Relation.SAME and bool(shares) and max(shares) < _GREATER_PART
