"""The outbox: messages written down before they are sent, claimed before they are worked on, settled after."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, case, func, not_, or_, select, update

from news.message import Message, Parcel, ParcelState
from news.subscription import SubscriptionState
from storage import tables
from storage.sql import insert

_WAITING = (ParcelState.QUEUED, ParcelState.DEFERRED, ParcelState.UNCERTAIN)
_UNTRIED = (ParcelState.QUEUED, ParcelState.DEFERRED)
# A parcel that has surely not arrived and would still go out.
_DOUBTFUL = (ParcelState.CLAIMED, ParcelState.UNCERTAIN)
# One that may have arrived, or is on its way, and would go out again where nobody hears that it did.


class Outbox:
    """Messages to deliver, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def queue(
        self, message: Message, address: str, *, key: str, channel: str, at: datetime, recipient_id: int | None = None
    ) -> bool:
        """Write a message down for delivery; False where one with this key was queued before, whatever became of it.

        recipient_id: whose digest it is, so that it waits while nobody writes to them; None for other mail.
        """
        table = tables.outbox
        statement = insert(self._connection, table).values(
            key=key,
            channel=channel,
            address=address,
            recipient_id=recipient_id,
            message_id=message.id,
            subject=message.subject,
            date=message.date,
            headers=message.headers,
            text=message.text,
            html=message.html,
            data=json.dumps(message.data, ensure_ascii=False) if message.data else None,
            clean_text=message.clean_text or None,
            clean_html=message.clean_html or None,
            state=ParcelState.QUEUED.value,
            attempts=0,
            fence=0,
            worker="",
            queued_at=at,
            last_error="",
        )
        once = statement.on_conflict_do_nothing(index_elements=["key"]).returning(table.c.id)
        return self._connection.execute(once).first() is not None

    def claim(
        self,
        *,
        now: datetime,
        lease: timedelta,
        limit: int,
        worker: str,
        early_after: int | None = None,
        without: Collection[str] = (),
    ) -> list[Parcel]:
        """Take due parcels for `lease`, the oldest first; nobody else gets them until it ends.

        Due are those waiting whose next try has come, and those whose claim has run out (its holder died: they may have
        been sent, and are sent again under the same Message-ID). Each claim raises the fence that settling needs.
        Digests of recipients to whom nobody writes now, or who are switched off, wait. early_after: take those waiting
        before their next try too, of ids above this one (a person asked to try now). without: channels of which nothing
        is taken.
        """
        table = tables.outbox
        waiting = table.c.state.in_(_WAITING)
        come = or_(table.c.next_try.is_(None), table.c.next_try <= now)
        due = or_(
            and_(waiting, come if early_after is None else table.c.id > early_after),
            and_(table.c.state == ParcelState.CLAIMED, table.c.lease_until <= now),
        )
        standing = tables.subscriptions
        silent = select(standing.c.recipient_id).where(standing.c.state != SubscriptionState.ACTIVE)
        switched_off = select(tables.recipients.c.id).where(~tables.recipients.c.enabled)
        held = and_(table.c.recipient_id.is_not(None), table.c.recipient_id.in_(silent.union_all(switched_off)))
        wanted = [due, not_(held), *([table.c.channel.not_in(sorted(without))] if without else [])]
        statement = (
            update(table)
            .where(table.c.id.in_(select(table.c.id).where(*wanted).order_by(table.c.id).limit(limit)))
            .values(
                state=ParcelState.CLAIMED.value,
                fence=table.c.fence + 1,
                attempts=table.c.attempts + 1,
                lease_until=now + lease,
                worker=worker,
            )
            .returning(*table.c)
        )
        rows = self._connection.execute(statement).mappings().all()
        return sorted((_parcel_of(row) for row in rows), key=lambda parcel: parcel.id)

    def settle(
        self,
        parcel: Parcel,
        state: ParcelState,
        *,
        now: datetime,
        error: str = "",
        next_try: datetime | None = None,
        counted: bool = True,
    ) -> bool:
        """Write down what became of a claimed parcel; False where someone else has claimed or settled it since.

        DEFERRED and UNCERTAIN are due again at `next_try` (None: at once); QUEUED gives a parcel back untried.
        counted: whether it was an attempt at this parcel; False where the trouble was the channel's.
        """
        table = tables.outbox
        done = state not in _WAITING
        uncounted = state is ParcelState.QUEUED or not counted
        statement = (
            update(table)
            .where(table.c.id == parcel.id, table.c.fence == parcel.fence, table.c.state == ParcelState.CLAIMED)
            .values(
                state=state.value,
                attempts=table.c.attempts - (1 if uncounted else 0),
                last_error=error,
                next_try=next_try,
                lease_until=None,
                settled_at=now if done else None,
            )
        )
        return self._connection.execute(statement).rowcount == 1

    def hold(self, channel: str, *, now: datetime, until: datetime, error: str) -> int:
        """Put off what waits for a channel in trouble of its own, untried; gives how many were due."""
        table = tables.outbox
        come = or_(table.c.next_try.is_(None), table.c.next_try <= now)
        statement = (
            update(table)
            .where(table.c.channel == channel, table.c.state.in_(_WAITING), come)
            .values(
                state=case((table.c.state == ParcelState.QUEUED, ParcelState.DEFERRED.value), else_=table.c.state),
                next_try=until,
                last_error=error,
            )
        )
        return self._connection.execute(statement).rowcount

    def end(self, which: ColumnElement[bool], why: str, *, at: datetime) -> None:
        """Send no more of the parcels of this condition, whether they wait or are under way; those settled stay so."""
        table = tables.outbox
        ended = {"state": ParcelState.FAILED, "settled_at": at, "next_try": None, "lease_until": None}
        for states, doubt in ((_UNTRIED, ""), (_DOUBTFUL, "; it may have been delivered before")):
            statement = update(table).where(table.c.state.in_(states), which)
            self._connection.execute(statement.values(**ended, last_error=f"{why}{doubt}"))

    def sent_since(self, channel: str, since: datetime) -> int:
        """How many parcels this channel has delivered after `since`."""
        table = tables.outbox
        recent = (table.c.settled_at > since, table.c.state == ParcelState.SENT, table.c.channel == channel)
        found: int = self._connection.execute(select(func.count()).where(*recent)).scalar_one()
        return found

    def bounced(self, parcel_id: int, error: str, *, at: datetime) -> None:
        """A parcel that the server had taken came back: it was not delivered after all."""
        table = tables.outbox
        same = (table.c.id == parcel_id, table.c.state == ParcelState.SENT)
        self._connection.execute(
            update(table).where(*same).values(state=ParcelState.FAILED, last_error=error, settled_at=at)
        )

    def get(self, parcel_id: int) -> Parcel | None:
        """One parcel; None for a number that no parcel has."""
        row = self._connection.execute(select(tables.outbox).where(tables.outbox.c.id == parcel_id)).mappings().first()
        return None if row is None else _parcel_of(row)

    def drop_bodies(self, *, before: datetime) -> None:
        """Empty the text of parcels that were settled before this; that they were, and how, stays."""
        table = tables.outbox
        old = (table.c.settled_at < before, or_(table.c.text != "", table.c.html != ""))
        self._connection.execute(
            update(table).where(*old).values(text="", html="", data=None, clean_text=None, clean_html=None)
        )

    def list(self, limit: int) -> list[Parcel]:
        """The last parcels, the newest first."""
        query = select(tables.outbox).order_by(tables.outbox.c.id.desc()).limit(limit)
        return [_parcel_of(row) for row in self._connection.execute(query).mappings()]

    def counts(self) -> dict[ParcelState, int]:
        """How many parcels stand in each state; states without one are 0."""
        table = tables.outbox
        query = select(table.c.state, func.count()).group_by(table.c.state)
        found = {ParcelState(state): count for state, count in self._connection.execute(query)}
        return {state: found.get(state, 0) for state in ParcelState}


def _parcel_of(row: RowMapping) -> Parcel:
    message = Message(
        id=row["message_id"],
        subject=row["subject"],
        text=row["text"],
        html=row["html"],
        date=row["date"],
        headers=row["headers"],
        data=json.loads(row["data"]) if row["data"] else {},
        clean_text=row["clean_text"] or "",
        clean_html=row["clean_html"] or "",
        parcel=row["id"],
    )
    return Parcel(
        id=row["id"],
        key=row["key"],
        channel=row["channel"],
        address=row["address"],
        message=message,
        state=ParcelState(row["state"]),
        queued_at=row["queued_at"],
        recipient_id=row["recipient_id"],
        attempts=row["attempts"],
        fence=row["fence"],
        next_try=row["next_try"],
        lease_until=row["lease_until"],
        last_error=row["last_error"],
    )
