"""What feeds ask: how far each watch is, who follows what, when something changed in substance."""

from __future__ import annotations

from datetime import timedelta

from news.changes import What
from storage import Store
from tests.storage.samples import NOW, a_recipient, a_watch, found


def test_the_newest_match_of_each_watch_counts_no_muted_ones(store: Store) -> None:
    one, other, silent = a_watch(store, "one"), a_watch(store, "other"), a_watch(store, "silent")
    store.write_now(lambda unit: found(unit, one, 1, 2))
    store.write_now(lambda unit: found(unit, other, 3))
    store.write_now(lambda unit: found(unit, silent, 4, muted=True))
    newest = store.read_now(lambda unit: unit.feeds.newest_matches())
    assert newest == {one.id: 2, other.id: 3}


def test_recent_matches_are_those_that_may_be_told(store: Store) -> None:
    one, other = a_watch(store, "one"), a_watch(store, "other")
    store.write_now(lambda unit: found(unit, one, 1))
    reader = a_recipient(store, watches=("one",))
    store.write_now(lambda unit: found(unit, one, 2, 3))
    store.write_now(lambda unit: found(unit, other, 4))
    store.write_now(lambda unit: found(unit, one, 5, muted=True))

    def recent(limit: int = 9, **whose: int) -> list[int]:
        return [told.match_id for told in store.read_now(lambda unit: unit.matches.recent(limit=limit, **whose))]

    assert recent(watch_id=one.id) == [3, 2, 1]
    assert recent(watch_id=one.id, limit=2) == [3, 2]
    # Since they follow it.
    assert recent(recipient_id=reader.id) == [3, 2]
    assert store.read_now(lambda unit: unit.feeds.followed()) == {reader.id: [one.id]}


def test_the_newest_version_of_substance_is_known(store: Store) -> None:
    watch = a_watch(store)
    store.write_now(lambda unit: found(unit, watch, 1, 2))
    assert store.read_now(lambda unit: unit.feeds.newest_change()) is None
    later = NOW + timedelta(hours=3)
    for version, at in ((2, NOW), (3, later)):
        store.write_now(lambda unit, v=version, at=at: unit.changes.record(1, v, [What.HEADLINE], at=at))  # type: ignore[misc]
    assert store.read_now(lambda unit: unit.feeds.changed_at([1, 2])) == {1: later}
    assert store.read_now(lambda unit: unit.feeds.newest_change()) == later
