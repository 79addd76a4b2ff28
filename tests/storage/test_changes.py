"""Who is still to hear of a change: by what they had, never by time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from news.changes import What
from storage import Shown, Store, ToldChange, Unit, Withdrawal
from tests.storage.samples import NOW, a_message, a_recipient, a_watch, an_item, found, numbered


def told(store: Store, schedule: str, slot: str, *shown: Shown, matches: tuple[int, ...] = ()) -> int | None:
    """Freeze a digest that tells these items in these versions."""
    (recipient,) = store.read_now(lambda unit: unit.recipients.all())
    return store.write_now(
        lambda unit: unit.digests.freeze(
            recipient, schedule, slot, matches, a_message(slot), "folder", at=NOW, shown=shown
        )
    )


def untold(store: Store) -> list[tuple[int, int, int]]:
    """What the one recipient is still to hear of: item, the version they had, the one in force."""
    return [(one.now.id, one.was.version, one.now.version) for one in changes(store)]


def changes(store: Store) -> list[ToldChange]:
    """The same in full."""
    return store.read_now(lambda unit: unit.changes.untold(1, limit=10))


def corrected(store: Store, number: int, text: str, *what: What) -> None:
    """Store another version of an item."""

    def work(unit: Unit) -> None:
        (saved,) = unit.items.add([replace(numbered(number, text=text), content_hash=text)])
        if what:
            unit.changes.record(saved.item.id, saved.item.version, what, at=NOW)

    store.write_now(work)


def test_a_change_of_substance_is_told_once_to_those_who_had_the_version_before(store: Store) -> None:
    a_recipient(store)
    watch = a_watch(store)
    store.write_now(lambda unit: found(unit, watch, 1, 2))
    assert told(store, "daily", "1", Shown(item=1, version=1), matches=(1,)) is not None
    corrected(store, 1, "Ten", What.FIGURES)
    corrected(store, 2, "Ten", What.FIGURES)
    assert untold(store) == [(1, 1, 2)]  # item 2 was told to nobody
    (change,) = changes(store)
    assert (change.was.text, change.now.text, change.told_at) == ("", "Ten", NOW)
    assert told(store, "daily", "2", Shown(item=1, version=2, before=1)) is not None
    assert untold(store) == []


def test_what_was_cosmetic_is_told_to_nobody_until_something_of_substance_follows(store: Store) -> None:
    a_recipient(store)
    watch = a_watch(store)
    store.write_now(lambda unit: found(unit, watch, 1))
    told(store, "daily", "1", Shown(item=1, version=1), matches=(1,))
    corrected(store, 1, "Typography")
    assert untold(store) == []
    corrected(store, 1, "Ten", What.FIGURES)
    assert untold(store) == [(1, 1, 3)]


def test_a_digest_composed_before_the_change_leaves_it_to_the_next(store: Store) -> None:
    a_recipient(store)
    watch = a_watch(store)
    store.write_now(lambda unit: found(unit, watch, 1))
    corrected(store, 1, "Ten", What.FIGURES)
    # Composed with version 1, frozen after version 2 came.
    told(store, "daily", "1", Shown(item=1, version=1), matches=(1,))
    assert untold(store) == [(1, 1, 2)]


def test_of_two_digests_that_tell_one_change_only_the_first_is_frozen(store: Store) -> None:
    a_recipient(store)
    watch = a_watch(store)
    store.write_now(lambda unit: found(unit, watch, 1))
    told(store, "daily", "1", Shown(item=1, version=1), matches=(1,))
    corrected(store, 1, "Ten", What.FIGURES)
    change = Shown(item=1, version=2, before=1)
    assert told(store, "daily", "2", change) is not None
    assert told(store, "daily", "manual/3", change) is None
    # A slower alert that still shows the first version takes nothing back.
    told(store, "instant", "4", Shown(item=1, version=1), matches=(1,))
    assert untold(store) == []


def test_a_withdrawal_is_told_once_and_anew_after_the_page_came_back(store: Store) -> None:
    a_recipient(store)
    watch = a_watch(store)
    store.write_now(lambda unit: found(unit, watch, 1))
    gone = Withdrawal(status=410, missing_since=NOW - timedelta(hours=7), found_at=NOW)
    told(store, "daily", "1", Shown(item=1, version=1), matches=(1,))
    store.write_now(lambda unit: unit.changes.withdraw(1, gone))
    assert [one.withdrawn for one in changes(store)] == [gone]
    told(store, "daily", "2", Shown(item=1, version=1, withdrawn=True, before=1))
    assert untold(store) == []
    store.write_now(lambda unit: unit.changes.restore(1))
    assert store.read_now(lambda unit: unit.changes.withdrawal(1)) is None
    store.write_now(lambda unit: unit.changes.withdraw(1, gone))
    assert untold(store) == [(1, 1, 1)]


def test_what_changed_is_known_by_version(store: Store) -> None:
    store.write_now(lambda unit: unit.items.add([an_item()]))
    store.write_now(lambda unit: unit.changes.record(1, 2, (What.HEADLINE, What.NAMES), at=NOW))
    assert store.read_now(lambda unit: unit.changes.of_item(1)) == {2: (What.HEADLINE, What.NAMES)}
