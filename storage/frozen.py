"""Frozen digests as they were made: whose, of which slot, and every form of their message."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from news.message import Message
from storage import tables


@dataclass(frozen=True, kw_only=True)
class FrozenDigest:
    """One digest. message: None where nothing was told in its slot (then not had_mail), or its text was dropped."""

    recipient: str
    schedule: str
    slot: str
    had_mail: bool
    message: Message | None


class Frozen:
    """Digests as they were made, over one transaction; nothing is changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, number: int) -> FrozenDigest | None:
        """The digest of this number; None where there is none."""
        digests, people, outbox = tables.digests, tables.recipients, tables.outbox
        query = (
            select(digests.c.schedule, digests.c.slot, people.c.address, outbox.c.message_id, outbox.c.subject)
            .add_columns(outbox.c.text, outbox.c.html, outbox.c.date, outbox.c.headers, outbox.c.data)
            .add_columns(outbox.c.clean_text, outbox.c.clean_html)
            .join(people, people.c.id == digests.c.recipient_id)
            .outerjoin(outbox, outbox.c.key == digests.c.parcel_key)
            .where(digests.c.id == number)
        )
        row = self._connection.execute(query).first()
        if row is None:
            return None
        message = None
        if row.text:
            message = Message(
                id=row.message_id,
                subject=row.subject,
                text=row.text,
                html=row.html,
                date=row.date,
                headers=row.headers,
                data=json.loads(row.data) if row.data else {},
                clean_text=row.clean_text or "",
                clean_html=row.clean_html or "",
            )
        return FrozenDigest(
            recipient=row.address,
            schedule=row.schedule,
            slot=row.slot,
            had_mail=row.message_id is not None,
            message=message,
        )
