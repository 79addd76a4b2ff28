"""What the links of digests lead to: the recipient they were made for, and the message of one digest."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from news.watch.watch import Recipient
from storage import tables
from storage.recipients import recipient_of


@dataclass(frozen=True, kw_only=True)
class CleanCopy:
    """The copy of a digest to forward; both are empty once its text was dropped."""

    subject: str
    text: str
    html: str


class Linked:
    """What links lead to, over one transaction; nothing is changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def recipient(self, recipient_id: int) -> Recipient | None:
        """The recipient of this number; None where there is none any more."""
        table = tables.recipients
        query = select(table).where(table.c.id == recipient_id, ~table.c.removed)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else recipient_of(row)

    def clean_copy(self, recipient_id: int, schedule: str, slot: str) -> CleanCopy | None:
        """The copy to forward of one digest; None where that digest was never made."""
        digests, outbox = tables.digests, tables.outbox
        query = (
            select(outbox.c.subject, outbox.c.clean_text, outbox.c.clean_html)
            .join(digests, digests.c.parcel_key == outbox.c.key)
            .where(digests.c.recipient_id == recipient_id, digests.c.schedule == schedule, digests.c.slot == slot)
        )
        row = self._connection.execute(query).first()
        return row and CleanCopy(subject=row.subject, text=row.clean_text or "", html=row.clean_html or "")
