"""Whether a recipient is written to: what they and their mail server said, apart from what the owner configured."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, select, update

from news.message import ParcelState
from news.subscription import Refusal, Subscription, SubscriptionState
from storage import tables
from storage.outbox import Outbox
from storage.sql import insert


class Subscriptions:
    """Who is written to, over one transaction. Recipients are named by id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def silent(self) -> dict[int, str]:
        """Why nobody writes to a recipient at all, by id: paused, or not confirmed. Stopped schedules: `stopped`."""
        table = tables.subscriptions
        query = select(table).where(table.c.state != SubscriptionState.ACTIVE)
        return {row.recipient_id: f"{row.state}: {row.reason}" for row in self._connection.execute(query)}

    def stopped(self) -> dict[tuple[int, str], datetime]:
        """Since when a schedule's digests are stopped, by (recipient id, schedule)."""
        return {(row.recipient_id, row.schedule): row.since for row in self._connection.execute(select(tables.stopped))}

    def all(self) -> dict[int, Subscription]:
        """The standing of everyone about whom there is something to say; the others are as `Subscription()`."""
        return self._standing(select(tables.subscriptions), select(tables.stopped))

    def of(self, recipient_id: int) -> Subscription:
        """One recipient's standing."""
        table, stopped = tables.subscriptions, tables.stopped
        found = self._standing(
            select(table).where(table.c.recipient_id == recipient_id),
            select(stopped).where(stopped.c.recipient_id == recipient_id),
        )
        return found.get(recipient_id, Subscription())

    def _standing(self, standing: Select[Any], ended: Select[Any]) -> dict[int, Subscription]:
        """The standing of those whom these rows of both tables are about."""
        stopped: dict[int, dict[str, datetime]] = {}
        for row in self._connection.execute(ended):
            stopped.setdefault(row.recipient_id, {})[row.schedule] = row.since
        rows = {row.recipient_id: row for row in self._connection.execute(standing)}
        return {
            recipient: Subscription(
                state=SubscriptionState(row.state) if row else SubscriptionState.ACTIVE,
                reason=row.reason if row else "",
                since=row.since if row else None,
                generation=row.generation if row else 0,
                confirmed_at=row.confirmed_at if row else None,
                stopped=stopped.get(recipient, {}),
            )
            for recipient in rows.keys() | stopped.keys()
            for row in (rows.get(recipient),)
        }

    def generation(self, recipient_id: int) -> int:
        """How often this recipient started anew; links in mails carry it."""
        table = tables.subscriptions
        query = select(table.c.generation).where(table.c.recipient_id == recipient_id)
        return self._connection.execute(query).scalar() or 0

    def may_tell(self, recipient_id: int, schedule: str) -> bool:
        """Whether a digest of this schedule may be made for them now."""
        table, stopped = tables.subscriptions, tables.stopped
        silent = select(table.c.recipient_id).where(
            table.c.recipient_id == recipient_id, table.c.state != SubscriptionState.ACTIVE
        )
        ended = select(stopped.c.recipient_id).where(
            stopped.c.recipient_id == recipient_id, stopped.c.schedule == schedule
        )
        return self._connection.execute(silent.union_all(ended)).first() is None

    def stop(self, recipient_id: int, schedule: str, *, generation: int, at: datetime) -> bool:
        """End one schedule's digests at the recipient's word, those still to be sent or sent again too.

        False, and nothing changed, where it was done before or the generation is an old one.
        """
        if generation != self.generation(recipient_id):
            return False
        row = {"recipient_id": recipient_id, "schedule": schedule, "since": at}
        once = insert(self._connection, tables.stopped).values(row).on_conflict_do_nothing()
        if self._connection.execute(once.returning(tables.stopped.c.recipient_id)).first() is None:
            return False
        digests, outbox = tables.digests, tables.outbox
        keys = select(digests.c.parcel_key).where(
            digests.c.recipient_id == recipient_id, digests.c.schedule == schedule
        )
        Outbox(self._connection).end(outbox.c.key.in_(keys), "stopped by the recipient", at=at)
        return True

    def require_confirmation(self, recipient_id: int, reason: str, *, at: datetime) -> bool:
        """Write nothing to an active recipient before they agree; False where they have, or are silent anyway."""
        present = self.of(recipient_id)
        if present.confirmed_at is not None or present.state is not SubscriptionState.ACTIVE:
            return False
        self._save(recipient_id, state=SubscriptionState.UNCONFIRMED, reason=reason, since=at)
        return True

    def confirm(self, recipient_id: int, *, generation: int, at: datetime) -> bool:
        """The recipient agrees; False, and nothing changed, where they had, or the generation is an old one."""
        present = self.of(recipient_id)
        if generation != present.generation or present.confirmed_at is not None:
            return False
        changed: dict[str, Any] = {"confirmed_at": at}
        if present.state is SubscriptionState.UNCONFIRMED:
            changed |= {"state": SubscriptionState.ACTIVE, "reason": "", "since": at}
        self._save(recipient_id, **changed)
        return True

    def waive_confirmation(self, recipient_id: int, *, at: datetime) -> bool:
        """Nobody asks this recipient to agree any more; False where nobody did."""
        if self.of(recipient_id).state is not SubscriptionState.UNCONFIRMED:
            return False
        self._save(recipient_id, state=SubscriptionState.ACTIVE, reason="", since=at)
        return True

    def pause(self, recipient_id: int, reason: str, *, at: datetime) -> bool:
        """Write nothing to an active recipient until `resume`; False where they are silent already."""
        if self.of(recipient_id).state is not SubscriptionState.ACTIVE:
            return False
        self._save(recipient_id, state=SubscriptionState.PAUSED, reason=reason, since=at)
        return True

    def resume(self, recipient_id: int, *, at: datetime) -> bool:
        """Write again to a recipient who was paused or had stopped something; False where neither was so.

        They start anew: refusals are forgotten, links of earlier mails do nothing. What was refused is sent again where
        its text is still there. One who has to confirm still has to.
        """
        present = self.of(recipient_id)
        if present.state is not SubscriptionState.PAUSED and not present.stopped:
            return False
        state = SubscriptionState.ACTIVE if present.state is SubscriptionState.PAUSED else present.state
        reason = "" if state is SubscriptionState.ACTIVE else present.reason
        self._send_again(recipient_id)
        self._forget(recipient_id)
        self._save(recipient_id, state=state, reason=reason, since=at, generation=present.generation + 1)
        return True

    def begin_anew(self, recipient_id: int, *, at: datetime) -> None:
        """Forget everything about one who was removed and is added again, their agreement too."""
        generation = self.generation(recipient_id) + 1
        self._forget(recipient_id)
        self._save(
            recipient_id, state=SubscriptionState.ACTIVE, reason="", since=at, generation=generation, confirmed_at=None
        )

    def note_refusal(self, recipient_id: int, refusal: Refusal) -> list[Refusal]:
        """Write down that a digest was refused, once a parcel; gives all refusals of this recipient."""
        row = {"recipient_id": recipient_id, "parcel_key": refusal.parcel, "code": refusal.code}
        row |= {"said": refusal.said, "at": refusal.at}
        table = tables.refusals
        self._connection.execute(insert(self._connection, table).values(row).on_conflict_do_nothing())
        query = select(table).where(table.c.recipient_id == recipient_id).order_by(table.c.at)
        return [
            Refusal(parcel=one.parcel_key, code=one.code, said=one.said, at=one.at)
            for one in self._connection.execute(query)
        ]

    def _send_again(self, recipient_id: int) -> None:
        outbox, table = tables.outbox, tables.refusals
        keys = select(table.c.parcel_key).where(table.c.recipient_id == recipient_id)
        self._connection.execute(
            update(outbox)
            .where(outbox.c.key.in_(keys), outbox.c.state == ParcelState.FAILED, outbox.c.text != "")
            .values(state=ParcelState.QUEUED, attempts=0, next_try=None, settled_at=None, last_error="")
        )

    def _forget(self, recipient_id: int) -> None:
        for table in (tables.stopped, tables.refusals):
            self._connection.execute(delete(table).where(table.c.recipient_id == recipient_id))

    def _save(self, recipient_id: int, **changed: Any) -> None:
        table = tables.subscriptions
        fresh = {"state": SubscriptionState.ACTIVE, "reason": "", "generation": 0, "since": None, "confirmed_at": None}
        row = insert(self._connection, table).values({**fresh, **changed, "recipient_id": recipient_id})
        self._connection.execute(row.on_conflict_do_update(index_elements=["recipient_id"], set_=changed))
