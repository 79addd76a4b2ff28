"""Closed slots: which was the last, which alerts went out, and that a slot without news needs no mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from news.watch.watch import Recipient
from storage import ClosedSlot, Store
from tests.storage.samples import NOW, a_message, a_recipient

HOUR = timedelta(hours=1)


def close(
    store: Store,
    recipient: Recipient,
    slot: str,
    *,
    mail: bool = True,
    schedule: str = "daily",
    after: timedelta = HOUR,
) -> None:
    """Freeze a slot without matches, with a mail or without."""
    message = a_message(f"{schedule}.{slot}@example.org") if mail else None
    done = store.write_now(
        lambda unit: unit.digests.freeze(recipient, schedule, slot, [], message, "folder", at=NOW + after)
    )
    assert done is not None


def names(slots: Sequence[ClosedSlot]) -> list[str]:
    """Their names, in order."""
    return [one.name for one in slots]


def test_the_last_slot_is_the_calendars_last(store: Store) -> None:
    recipient = a_recipient(store)

    def last(*, mailed: bool = False) -> str | None:
        found = store.read_now(lambda unit: unit.slots.last(recipient.id, "daily", mailed=mailed))
        return found.name if found else None

    assert last() is None
    close(store, recipient, "manual/2026-11-20T10:00:00+00:00")
    assert last() is None
    close(store, recipient, "2026-11-21")
    close(store, recipient, "2026-11-22")
    close(store, recipient, "2026-11-23", mail=False)
    for kind in ("manual", "instant", "rollup"):
        close(store, recipient, f"{kind}/2026-11-22T10:00:00+00:00")
    close(store, recipient, "2026-W47", schedule="other")
    assert (last(), last(mailed=True)) == ("2026-11-23", "2026-11-22")
    assert store.read_now(lambda unit: unit.digests.has_slot(recipient.id, "daily", "2026-11-21")) is True
    newest = store.read_now(lambda unit: unit.slots.newest(recipient.id, "daily"))
    assert newest is not None
    assert newest.name.startswith("rollup/")


def test_a_slot_without_news_is_closed_once_and_listed_without_a_parcel(store: Store) -> None:
    recipient = a_recipient(store)
    close(store, recipient, "2026-11-22", mail=False)
    close(store, recipient, "instant/2026-11-22T10:00:00+00:00", mail=False)
    again = store.write_now(
        lambda unit: unit.digests.freeze(recipient, "daily", "2026-11-22", [], a_message(), "folder", at=NOW)
    )
    assert again is None
    rows, parcels = store.read_now(lambda unit: (unit.digests.list(9), unit.outbox.list(9)))
    assert [(row.slot, row.state) for row in rows] == [("2026-11-22", None)]
    assert parcels == []


def test_the_alerts_of_the_last_hour_are_those_with_a_mail(store: Store) -> None:
    recipient = a_recipient(store)
    for minutes, mail in ((0, True), (10, True), (20, False), (30, True), (61, True)):
        close(store, recipient, f"instant/{minutes}", mail=mail, after=timedelta(minutes=minutes))
    close(store, recipient, "2026-11-22", after=timedelta(minutes=40))
    found = store.read_now(lambda unit: unit.slots.alerts(recipient.id, "daily", since=NOW, until=NOW + HOUR))
    assert names(found) == ["instant/10", "instant/30"]


def test_what_was_closed_in_silence_is_forgotten_but_for_the_newest(store: Store) -> None:
    recipient = a_recipient(store)
    for slot, mail in (("2026-08-01", True), ("2026-08-02", False), ("2026-08-03", False)):
        close(store, recipient, slot, mail=mail)
    store.write_now(lambda unit: unit.slots.prune(now=NOW + timedelta(days=100)))
    assert [row.slot for row in store.read_now(lambda unit: unit.digests.list(9))] == ["2026-08-03", "2026-08-01"]
