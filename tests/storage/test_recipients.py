"""Recipients: one person once, however the address is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from news.errors import Mismatch, StorageError
from news.watch.watch import Empty, Origin, Quiet, Recipient, Schedule, ScheduleKind
from storage import Store
from tests.storage.samples import NOW, a_recipient


def sync(store: Store, *recipients: Recipient) -> None:
    """Bring the stored recipients of config.yaml in line with these."""
    store.write_now(lambda unit: unit.recipients.sync_configured(recipients, at=NOW))


def addresses(store: Store) -> list[str]:
    """The addresses of all recipients, in order."""
    return [one.address for one in store.read_now(lambda unit: unit.recipients.all())]


def test_a_recipient_comes_back_as_stored(store: Store) -> None:
    schedule = Schedule(name="morning", hour=7, minute=30, zone="Europe/Zurich")
    added = a_recipient(
        store, name="Баспасөз", channel="folder", language="kk", schedule=schedule, watches=("a", "b"), enabled=False
    )
    assert added.id > 0
    assert store.read_now(lambda unit: unit.recipients.get("DESK@example.org ")) == added
    assert store.read_now(lambda unit: unit.recipients.all()) == [added]


def test_an_address_is_taken_once(store: Store) -> None:
    a_recipient(store)
    with pytest.raises(StorageError, match="already"):
        a_recipient(store, "Desk@Example.org")


def test_who_comes_back_is_the_same_person(store: Store) -> None:
    first = a_recipient(store)
    store.write_now(lambda unit: unit.recipients.remove("Desk@example.org", at=NOW))
    assert addresses(store) == []
    assert store.read_now(lambda unit: unit.recipients.get("desk@example.org")) is None
    assert a_recipient(store, language="ru").id == first.id


def test_unknown_recipients_cannot_be_removed(store: Store) -> None:
    with pytest.raises(StorageError, match="no recipient"):
        store.write_now(lambda unit: unit.recipients.remove("nobody@example.org", at=NOW))


def test_the_configuration_is_followed(store: Store) -> None:
    first = Recipient(address="a@example.org", origin=Origin.CONFIG)
    second = Recipient(address="b@example.org", origin=Origin.CONFIG)
    a_recipient(store, "c@example.org")
    sync(store, first, second)
    sync(store, first, second)
    assert addresses(store) == ["c@example.org", "a@example.org", "b@example.org"]
    sync(store, Recipient(address="B@example.org", language="ru", origin=Origin.CONFIG))
    assert addresses(store) == ["c@example.org", "B@example.org"]
    changed = store.read_now(lambda unit: unit.recipients.get("b@example.org"))
    assert changed is not None
    assert (changed.language, changed.origin) == ("ru", Origin.CONFIG)
    with pytest.raises(StorageError, match=r"config\.yaml: remove it there"):
        store.write_now(lambda unit: unit.recipients.remove("b@example.org", at=NOW))


def test_a_configured_address_that_was_added_by_command_is_refused_with_both_ways_out(store: Store) -> None:
    a_recipient(store)
    with pytest.raises(Mismatch, match=r"presswatch recipient remove desk@example\.org"):
        sync(store, Recipient(address="desk@example.org"))


def test_every_part_of_a_schedule_is_kept_and_changed(store: Store) -> None:
    schedule = Schedule(
        kind=ScheduleKind.DAILY,
        further=(time(17, 30),),
        office_days=True,
        country="CH",
        zone="Europe/Zurich",
        quiet=Quiet(begins=time(22), ends=time(7)),
        empty=Empty.NEVER,
    )
    added = a_recipient(store, schedule=schedule, away_until=date(2026, 12, 1))
    assert store.read_now(lambda unit: unit.recipients.all()) == [added]
    weekly = replace(added, schedule=Schedule(kind=ScheduleKind.WEEKLY, weekday=4), away_until=None, watches=("a",))
    store.write_now(lambda unit: unit.recipients.change(weekly))
    assert store.read_now(lambda unit: unit.recipients.all()) == [weekly]


def test_who_is_written_in_the_configuration_is_changed_there(store: Store) -> None:
    recipient = Recipient(address="a@example.org", origin=Origin.CONFIG)
    sync(store, recipient)
    with pytest.raises(StorageError, match=r"config\.yaml: edit it there"):
        store.write_now(lambda unit: unit.recipients.change(recipient))
