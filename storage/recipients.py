"""Recipients: who is told, at which hour, and which watches they follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from news.errors import Mismatch, StorageError
from news.watch.watch import Origin, Recipient
from storage import tables
from storage.follows import end_follows, refresh_follows
from storage.outbox import Outbox
from storage.revisions import RECIPIENTS, bump
from storage.schedule_rows import schedule_columns, schedule_of
from storage.subscriptions import Subscriptions


class Recipients:
    """Who is told, over one transaction. Those of config.yaml are changed there and nowhere else."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, recipient: Recipient, *, at: datetime) -> Recipient:
        """Store a recipient, who follows watches from now on. Raises StorageError where the address is there already.

        Someone who comes back keeps their id, so that no slot or match is told to them twice. Who was only away from
        config.yaml goes on where they were; who was removed by command starts anew.
        """
        row = self._row(recipient.address)
        if row is not None and not row["removed"]:
            raise StorageError(f"{recipient.address} is a recipient already", lasting=True)
        stored = self._store(replace(recipient, created_at=at), row)
        if row is not None:
            Subscriptions(self._connection).begin_anew(stored.id, at=at)
        refresh_follows(self._connection)
        return stored

    def all(self) -> list[Recipient]:
        """Every recipient in the order they were added, disabled ones too."""
        table = tables.recipients
        query = select(table).where(~table.c.removed).order_by(table.c.id)
        return [recipient_of(row) for row in self._connection.execute(query).mappings()]

    def get(self, address: str) -> Recipient | None:
        """The recipient of this address, however its letters are written; None where there is none."""
        row = self._row(address)
        return None if row is None or row["removed"] else recipient_of(row)

    def change(self, recipient: Recipient) -> None:
        """Store what is different now about a recipient made by command, who is told what they were not told yet.

        Raises StorageError for an unknown one or one of config.yaml.
        """
        present = self._made_by_command(recipient.address, "edit")
        self._store(replace(recipient, id=present.id, created_at=present.created_at), self._row(recipient.address))
        refresh_follows(self._connection)

    def remove(self, address: str, *, at: datetime) -> None:
        """Stop telling a recipient, who starts anew if added again; digests that wait to be sent end too.

        Raises StorageError for an unknown one or one of config.yaml.
        """
        recipient = self._made_by_command(address, "remove")
        self._retire(recipient.id, at=at)
        end_follows(self._connection, recipient.id)

    def sync_configured(self, recipients: Sequence[Recipient], *, at: datetime) -> None:
        """Bring the stored recipients of config.yaml in line with it.

        Raises StorageError where a recipient added by command has the address.
        """
        stored = {_mailbox(one.address): one for one in self.all()}
        for recipient in recipients:
            present = stored.pop(_mailbox(recipient.address), None)
            if present is not None and present.origin is not Origin.CONFIG:
                raise Mismatch(
                    f"config.yaml and `recipient add` both have {recipient.address}: take it out of config.yaml, "
                    f"or remove the other with: presswatch recipient remove {recipient.address}"
                )
            wanted = replace(recipient, origin=Origin.CONFIG, created_at=present.created_at if present else at)
            if present is None or replace(wanted, id=present.id) != present:
                self._store(wanted, self._row(recipient.address))
        for present in stored.values():
            if present.origin is Origin.CONFIG:
                self._retire(present.id, at=at)
        refresh_follows(self._connection)

    def _made_by_command(self, address: str, act: str) -> Recipient:
        recipient = self.get(address)
        if recipient is None:
            raise StorageError(f"there is no recipient {address}; see: presswatch recipient list", lasting=True)
        if recipient.origin is Origin.CONFIG:
            raise StorageError(f"the recipient {address} is written in config.yaml: {act} it there", lasting=True)
        return recipient

    def _row(self, address: str) -> RowMapping | None:
        table = tables.recipients
        query = select(table).where(table.c.mailbox == _mailbox(address))
        return self._connection.execute(query).mappings().first()

    def _store(self, recipient: Recipient, row: RowMapping | None) -> Recipient:
        table = tables.recipients
        values = {**_columns(recipient), "removed": False}
        bump(self._connection, [RECIPIENTS])
        if row is not None:
            self._connection.execute(update(table).where(table.c.id == row["id"]).values(values))
            return replace(recipient, id=row["id"])
        new_id = self._connection.execute(table.insert().values(values).returning(table.c.id)).scalar_one()
        return replace(recipient, id=new_id)

    def _retire(self, recipient_id: int, *, at: datetime) -> None:
        bump(self._connection, [RECIPIENTS])
        Outbox(self._connection).end(tables.outbox.c.recipient_id == recipient_id, "the recipient was removed", at=at)
        table = tables.recipients
        self._connection.execute(update(table).where(table.c.id == recipient_id).values(removed=True))


def recipient_of(row: RowMapping) -> Recipient:
    """The recipient that a row of `recipients` holds."""
    return Recipient(
        id=row["id"],
        address=row["address"],
        name=row["name"],
        channel=row["channel"],
        language=row["language"],
        schedule=schedule_of(row),
        watches=tuple(row["watches"]),
        away_until=row["away_until"],
        origin=Origin(row["origin"]),
        enabled=row["enabled"],
        created_at=row["created_at"],
    )


def _columns(recipient: Recipient) -> dict[str, Any]:
    return {
        "address": recipient.address,
        "mailbox": _mailbox(recipient.address),
        "name": recipient.name,
        "channel": recipient.channel,
        "language": recipient.language,
        **schedule_columns(recipient.schedule),
        "watches": list(recipient.watches),
        "away_until": recipient.away_until,
        "origin": recipient.origin.value,
        "enabled": recipient.enabled,
        "created_at": recipient.created_at,
    }


def _mailbox(address: str) -> str:
    return address.strip().casefold()
