"""Digests: what was told to whom in which slot, frozen with its matches and its parcel in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, or_, select

from news.message import Message, ParcelState
from news.watch.watch import Recipient
from storage import tables
from storage.changes import Changes, Shown
from storage.outbox import Outbox
from storage.sql import insert, portions
from storage.subscriptions import Subscriptions
from storage.tellers import told_before


@dataclass(frozen=True, kw_only=True)
class DigestRow:
    """One frozen digest. recipient: the address now on record; state: where its parcel stands, None
    where there was nothing to tell and no mail was made; error: what its last delivery met, empty once it was sent."""

    id: int
    recipient: str
    schedule: str
    slot: str
    created_at: datetime
    stories: int
    items: int
    state: ParcelState | None
    error: str = ""


class Digests:
    """What was told, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def freeze(
        self,
        recipient: Recipient,
        schedule: str,
        slot: str,
        match_ids: Sequence[int],
        message: Message | None,
        channel: str,
        *,
        at: datetime,
        shown: Collection[Shown] = (),
    ) -> int | None:
        """Write down a digest, the matches it holds and the parcel that carries it; gives the digest's id.

        message: None closes the slot without a mail, as one in which there is nothing to tell.
        shown: in which version it tells each item, those included that it tells as changed. None, and nothing written,
        where the slot was frozen before, or where another digest of this recipient has told one of the matches
        (of the same schedule) or one of the changes meanwhile: then compose it again. None too where nobody writes to
        them any more, or they have stopped this schedule.
        """
        if not Subscriptions(self._connection).may_tell(recipient.id, schedule):
            return None
        if self.has_slot(recipient.id, schedule, slot) or self._told(recipient.id, schedule, match_ids):
            return None
        changes = Changes(self._connection)
        if not changes.is_current(recipient.id, shown):
            return None
        changes.told(recipient.id, shown)
        table = tables.digests
        key = f"digest/{recipient.id}/{schedule}/{slot}"
        items, stories = self._counted(match_ids, recipient.id, schedule)
        row = {"recipient_id": recipient.id, "schedule": schedule, "slot": slot, "created_at": at}
        row |= {"items": items, "stories": stories, "parcel_key": key if message is not None else ""}
        digest: int = self._connection.execute(table.insert().values(row).returning(table.c.id)).scalar_one()
        if match_ids:
            told = {"recipient_id": recipient.id, "schedule": schedule, "digest_id": digest}
            rows = [{**told, "match_id": match_id} for match_id in match_ids]
            self._connection.execute(insert(self._connection, tables.digest_matches), rows)
        if message is not None:
            address, whose = recipient.address, recipient.id
            Outbox(self._connection).queue(message, address, key=key, channel=channel, at=at, recipient_id=whose)
        return digest

    def has_slot(self, recipient_id: int, schedule: str, slot: str) -> bool:
        """Whether this slot was frozen already."""
        table = tables.digests
        same = (table.c.recipient_id == recipient_id, table.c.schedule == schedule, table.c.slot == slot)
        return self._connection.execute(select(table.c.id).where(*same)).first() is not None

    def list(self, limit: int) -> list[DigestRow]:
        """The last digests, the newest first; of slots closed without a mail only the calendar's."""
        table, people, outbox = tables.digests, tables.recipients, tables.outbox
        query = (
            select(table, people.c.address, outbox.c.state, outbox.c.last_error)
            .join(people, people.c.id == table.c.recipient_id)
            .outerjoin(outbox, outbox.c.key == table.c.parcel_key)
            .where(or_(table.c.parcel_key != "", ~table.c.slot.contains("/")))
            .order_by(table.c.id.desc())
            .limit(limit)
        )
        return [
            DigestRow(
                id=row.id,
                recipient=row.address,
                schedule=row.schedule,
                slot=row.slot,
                created_at=row.created_at,
                stories=row.stories,
                items=row.items,
                state=ParcelState(row.state) if row.state else None,
                error=row.last_error if row.state and row.state != ParcelState.SENT else "",
            )
            for row in self._connection.execute(query)
        ]

    def _told(self, recipient_id: int, schedule: str, match_ids: Sequence[int]) -> bool:
        table = tables.digest_matches
        same = (table.c.recipient_id == recipient_id, table.c.schedule == schedule)
        return any(
            self._connection.execute(select(table.c.match_id).where(*same, table.c.match_id.in_(some))).first()
            for some in portions(match_ids)
        )

    def _counted(self, match_ids: Sequence[int], recipient_id: int, schedule: str) -> tuple[int, int]:
        """How many items and new stories the matches stand for; an item without a story is one of its own."""
        found, members = tables.matches, tables.story_items
        pairs: set[tuple[int, int | None]] = set()
        for some in portions(match_ids):
            query = select(found.c.item_id, members.c.story_id).outerjoin(members, members.c.item_id == found.c.item_id)
            pairs.update(self._connection.execute(query.where(found.c.id.in_(some))))
        alone = {item for item, story in pairs if not story}
        stories: dict[int, set[int]] = {}
        for item, story in pairs:
            if story:
                stories.setdefault(story, set()).add(item)
        had = told_before(self._connection, stories, recipient=recipient_id, schedule=schedule)
        new = [story for story, items in stories.items() if story not in had or not had[story].goes_on(items)]
        return len({item for item, _ in pairs}), len(new) + len(alone)
