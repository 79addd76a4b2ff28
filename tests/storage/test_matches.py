"""Matches: found once, told once, never lost, whatever the clock does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from news.story import Relation
from news.watch.watch import Mode, Recipient, Watch
from storage import Store, ToldMatch, Unit
from tests.storage.samples import NOW, a_match, a_message, a_recipient, a_watch, add_one, found, numbered


def untold(store: Store, recipient: Recipient, *, limit: int = 100, mode: Mode | None = None) -> list[ToldMatch]:
    """What the recipient's daily digest has still to tell."""
    return store.read_now(lambda unit: unit.matches.untold(recipient, "daily", limit=limit, mode=mode))


def titles(told: list[ToldMatch]) -> list[str]:
    """The titles of the items, in order."""
    return [one.item.title for one in told]


def at_once(store: Store, recipient: Recipient) -> list[str]:
    """The titles of what the recipient is to be told at once."""
    return titles(store.read_now(lambda unit: unit.matches.untold(recipient, "instant", limit=99, mode=Mode.INSTANT)))


def freeze(store: Store, recipient: Recipient, slot: str, told: list[ToldMatch], schedule: str = "daily") -> int | None:
    """Freeze a digest that holds `told`."""
    ids = [one.match_id for one in told]
    return store.write_now(
        lambda unit: unit.digests.freeze(recipient, schedule, slot, ids, a_message(slot), "folder", at=NOW)
    )


def test_a_watch_finds_an_item_once(store: Store) -> None:
    watch = a_watch(store)

    def work(unit: Unit) -> list[int]:
        match = a_match(add_one(unit, numbered(1)), watch.id)
        return [
            unit.matches.record([match, match], at=NOW),
            unit.matches.record([match], at=NOW + timedelta(hours=1)),
            unit.matches.record([], at=NOW),
        ]

    assert store.write_now(work) == [1, 0, 0]


def test_matches_come_back_by_item_and_by_watch(store: Store) -> None:
    watch, other = a_watch(store), a_watch(store, "other")
    store.write_now(lambda unit: found(unit, watch, 1, 2, 3))
    item = store.read_now(lambda unit: unit.items.newest(1))[0]
    store.write_now(lambda unit: unit.matches.record([a_match(item.id, other.id)], at=NOW))
    of_item = store.read_now(lambda unit: unit.matches.of_item(item.id))
    assert of_item == [a_match(item.id, watch.id), a_match(item.id, other.id)]
    of_watch = store.read_now(lambda unit: unit.matches.of_watch(watch.id, 2))
    assert [match.item for match in of_watch] == [item.id, item.id - 1]


def test_untold_gives_everything_a_digest_needs(store: Store) -> None:
    recipient, watch = a_recipient(store), a_watch(store)
    store.write_now(lambda unit: found(unit, watch, 1))
    told = untold(store, recipient)[0]
    assert (told.watch, told.item.title, told.relation, told.recorded_at) == (watch, "Release 1", Relation.NEW, NOW)
    assert told.hits == a_match(told.item.id, watch.id).hits
    assert told.story > 0


def test_an_item_without_a_story_is_told_all_the_same(store: Store) -> None:
    recipient, watch = a_recipient(store), a_watch(store)

    def work(unit: Unit) -> None:
        item = unit.items.add([numbered(1)])[0].item.id
        unit.matches.record([a_match(item, watch.id)], at=NOW)

    store.write_now(work)
    assert [(one.story, one.relation) for one in untold(store, recipient)] == [(0, Relation.NEW)]


def test_no_match_is_told_twice_and_none_is_lost_across_digests_of_any_size(store: Store) -> None:
    recipient, watch = a_recipient(store), a_watch(store)
    seen: list[str] = []
    for day in range(6):
        store.write_now(lambda unit, day=day: found(unit, watch, *range(day * 5, day * 5 + 5)))  # type: ignore[misc]
        # Each digest takes fewer than come in, the last ones what is left.
        told = untold(store, recipient, limit=4 if day < 4 else 100)
        assert freeze(store, recipient, f"2026-11-{20 + day}", told) is not None
        seen += titles(told)
    assert seen == [f"Release {number}" for number in range(30)]
    assert untold(store, recipient) == []


def test_a_match_recorded_by_a_clock_that_jumped_back_is_told(store: Store) -> None:
    recipient, watch = a_recipient(store), a_watch(store)
    store.write_now(lambda unit: found(unit, watch, 1))
    freeze(store, recipient, "2026-11-22", untold(store, recipient))
    earlier = NOW - timedelta(days=400)
    store.write_now(
        lambda unit: unit.matches.record([a_match(add_one(unit, numbered(2), at=earlier), watch.id)], at=earlier)
    )
    assert titles(untold(store, recipient)) == ["Release 2"]


def test_each_recipient_and_each_schedule_is_told_by_itself(store: Store) -> None:
    first, second, watch = a_recipient(store), a_recipient(store, "other@example.org"), a_watch(store)
    store.write_now(lambda unit: found(unit, watch, 1))
    freeze(store, first, "2026-11-22", untold(store, first))
    assert titles(untold(store, second)) == ["Release 1"]
    weekly = store.read_now(lambda unit: unit.matches.untold(first, "weekly", limit=9))
    assert titles(weekly) == ["Release 1"]


def test_a_recipient_is_told_from_when_they_follow(store: Store) -> None:
    watch = a_watch(store)
    store.write_now(lambda unit: found(unit, watch, 1))
    recipient = a_recipient(store)
    store.write_now(lambda unit: found(unit, watch, 2))
    assert titles(untold(store, recipient)) == ["Release 2"]
    assert untold(store, Recipient(address="not@stored.example")) == []


def test_back_filled_matches_of_a_new_watch_are_told(store: Store) -> None:
    recipient, first = a_recipient(store), a_watch(store, "first")
    store.write_now(lambda unit: found(unit, first, 1))
    freeze(store, recipient, "2026-11-22", untold(store, recipient))

    def add_and_fill(unit: Unit) -> None:
        watch = unit.watches.add(Watch(name="since a week", query="release"), at=NOW)
        unit.matches.record([a_match(item.id, watch.id) for item in unit.items.newest(10)], at=NOW)

    store.write_now(add_and_fill)
    assert [(one.watch.name, one.item.title) for one in untold(store, recipient)] == [("since a week", "Release 1")]


def test_who_names_watches_is_told_of_those_alone(store: Store) -> None:
    recipient = a_recipient(store, watches=("floods",))
    other, floods = a_watch(store, "other"), a_watch(store, "floods")
    store.write_now(lambda unit: (found(unit, other, 1), found(unit, floods, 2)))
    assert titles(untold(store, recipient)) == ["Release 2"]


def test_following_more_begins_then_and_following_less_ends(store: Store) -> None:
    floods, aral = a_watch(store, "floods"), a_watch(store, "aral")
    asked = Recipient(address="desk@example.org", watches=("floods",))
    store.write_now(lambda unit: unit.recipients.sync_configured([asked], at=NOW))
    store.write_now(lambda unit: (found(unit, floods, 1), found(unit, aral, 2)))
    wider = Recipient(address="desk@example.org", watches=("aral",))
    store.write_now(lambda unit: unit.recipients.sync_configured([wider], at=NOW))
    store.write_now(lambda unit: (found(unit, floods, 3), found(unit, aral, 4)))
    recipient = store.read_now(lambda unit: unit.recipients.get("desk@example.org"))
    assert recipient is not None
    assert titles(untold(store, recipient)) == ["Release 4"]


def test_muted_matches_and_those_of_stopped_watches_are_told_to_nobody(store: Store) -> None:
    recipient, watch = a_recipient(store), a_watch(store)
    disabled, removed = a_watch(store, "disabled"), a_watch(store, "removed")
    store.write_now(lambda unit: found(unit, watch, 1, muted=True))
    store.write_now(lambda unit: (found(unit, disabled, 2), found(unit, removed, 3)))
    store.write_now(lambda unit: (unit.watches.edit("disabled", enabled=False), unit.watches.remove("removed")))
    assert untold(store, recipient) == []
    assert len(store.read_now(lambda unit: unit.matches.of_watch(removed.id, 9))) == 1


def test_instant_watches_can_be_asked_for_alone(store: Store) -> None:
    recipient = a_recipient(store)
    daily, instant = a_watch(store, "daily"), a_watch(store, "instant", mode=Mode.INSTANT)
    store.write_now(lambda unit: (found(unit, daily, *range(50)), found(unit, instant, 99)))
    assert titles(untold(store, recipient, limit=1, mode=Mode.INSTANT)) == ["Release 99"]
    assert len(untold(store, recipient, mode=Mode.DIGEST)) == 50


def test_newest_shows_muted_and_told_ones_too(store: Store) -> None:
    recipient, watch, stopped = a_recipient(store), a_watch(store), a_watch(store, "stopped")
    store.write_now(lambda unit: (found(unit, watch, 1), found(unit, watch, 2, muted=True), found(unit, stopped, 3)))
    freeze(store, recipient, "2026-11-22", untold(store, recipient))
    store.write_now(lambda unit: unit.watches.remove("stopped"))
    assert titles(store.read_now(lambda unit: unit.matches.newest(9))) == ["Release 2", "Release 1"]
    assert titles(store.read_now(lambda unit: unit.matches.newest(1))) == ["Release 2"]


@pytest.mark.parametrize(("removed", "sent"), [("watch", ["desk@example.org"]), ("recipient", [])])
def test_removal_leaves_a_frozen_digest_as_it_is_and_sends_nothing_to_who_is_gone(
    store: Store, removed: str, sent: list[str]
) -> None:
    recipient, watch = a_recipient(store), a_watch(store)
    store.write_now(lambda unit: found(unit, watch, 1))
    freeze(store, recipient, "2026-11-22", untold(store, recipient))
    if removed == "watch":
        store.write_now(lambda unit: unit.watches.remove(watch.name))
    else:
        store.write_now(lambda unit: unit.recipients.remove(recipient.address, at=NOW))
    row = store.read_now(lambda unit: unit.digests.list(5))[0]
    assert (row.recipient, row.items, row.stories) == ("desk@example.org", 1, 1)
    claimed = store.write_now(lambda unit: unit.outbox.claim(now=NOW, lease=timedelta(minutes=1), limit=5, worker="w"))
    assert [parcel.address for parcel in claimed] == sent


def test_a_match_found_again_keeps_its_place_and_takes_the_present_hits(store: Store) -> None:
    recipient = a_recipient(store)
    watch = a_watch(store)
    item = store.write_now(lambda unit: add_one(unit, numbered(1)))
    old = a_match(item, watch.id)
    moved = replace(old, hits=(replace(old.hits[0], start=3, end=3 + len(old.hits[0].text)),), score=2.0)
    assert store.write_now(lambda unit: unit.matches.record([old], at=NOW)) == 1
    assert store.write_now(lambda unit: unit.matches.record([moved], at=NOW)) == 0
    assert store.read_now(lambda unit: unit.matches.of_item(item)) == [moved]
    assert len(untold(store, recipient)) == 1


def test_a_watch_that_becomes_instant_does_not_tell_its_history_at_once(store: Store) -> None:
    recipient, watch = a_recipient(store), a_watch(store)
    told = Watch(name="floods", query="release", mode=Mode.DIGEST)
    store.write_now(lambda unit: unit.watches.sync_configured([told], at=NOW))
    floods = store.read_now(lambda unit: unit.watches.get("floods"))
    assert floods is not None
    store.write_now(lambda unit: (found(unit, watch, 1), found(unit, floods, 2)))
    store.write_now(lambda unit: unit.watches.edit(watch.name, mode=Mode.INSTANT))
    store.write_now(lambda unit: unit.watches.sync_configured([replace(told, mode=Mode.INSTANT)], at=NOW))
    assert at_once(store, recipient) == []
    store.write_now(lambda unit: (found(unit, watch, 3), found(unit, floods, 4)))
    assert at_once(store, recipient) == ["Release 3", "Release 4"]
    assert titles(untold(store, recipient)) == ["Release 1", "Release 2", "Release 3", "Release 4"]


def test_an_edit_that_leaves_a_watch_instant_takes_nothing_from_what_is_told_at_once(store: Store) -> None:
    recipient, watch = a_recipient(store), a_watch(store, mode=Mode.INSTANT)
    store.write_now(lambda unit: found(unit, watch, 1))
    store.write_now(lambda unit: unit.watches.edit(watch.name, mode=Mode.INSTANT, query="release*"))
    assert at_once(store, recipient) == ["Release 1"]
