"""Items that are kept no more: what goes with them, what stays, and that nothing comes back as new."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Table, func, select

from news.item import Draft, Item, Outcome
from news.link import Link
from news.message import ParcelState
from news.received import CopyOf, Received
from news.story import Choice, Relation, Signature
from news.watch.compiler import check_watch
from news.watch.indexed import index_item
from news.watch.stored import TOKENISER
from storage import Step, Store, Unit, retention, tables
from storage.archive_index import Months
from storage.tables import metadata
from tests.storage.processes import first_line, worker
from tests.storage.samples import NOW, a_match, a_message, a_recipient, a_watch, an_item, numbered

OLD = NOW - timedelta(days=500)
BEFORE = NOW - timedelta(days=400)


def keep(unit: Unit, item: Item, *, story: int | None = None, watch: int = 0) -> int:
    """Store an item as intake does, with all that may hang on it; gives its id."""
    at = item.seen_at
    stored = unit.items.add([item])[0].item
    relation = Relation.NEW if story is None else Relation.SAME
    unit.stories.assign(stored.id, Choice(story=story, relation=relation), at=at)
    unit.stories.file(stored.id, Signature(filed_under=(stored.id, 7)), at=at)
    unit.archive.add(index_item(stored))
    page = Received(url=item.url, status=200, headers=(), body=item.title.encode(), fetched_at=at)
    unit.copies.keep(stored.id, 1, page, CopyOf.PAGE)
    if watch:
        unit.matches.record([a_match(stored.id, watch)], at=at)
    return stored.id


def old(number: int, *, days: int = 0) -> Item:
    return numbered(number, seen_at=OLD + timedelta(days=days), published=None)


def steps(unit: Unit) -> Iterator[Step]:
    step = unit.retention.drop(before=BEFORE, now=NOW)
    while step is not None:
        yield step
        step = unit.retention.drop(before=BEFORE, now=NOW, after=step)


def drop(store: Store) -> int:
    """Drop all that may go, in one transaction; how many items that were."""
    return store.write_now(lambda unit: sum(step.dropped for step in steps(unit)))


def rows(store: Store) -> dict[str, int]:
    """How many rows each table has that refers to an item or story, but for what dropped items are known by."""

    def count(unit: Unit) -> dict[str, int]:
        connection = unit.items._connection
        those = [one for one in metadata.sorted_tables if {"items", "stories", "matches"} & _referred(one)]
        those += [tables.items, tables.stories, tables.filed, tables.blobs]
        return {one.name: connection.execute(select(func.count()).select_from(one)).scalar_one() for one in those}

    return store.read_now(count)


def _referred(table: Table) -> set[str]:
    return {key.column.table.name for key in table.foreign_keys}


def stored(store: Store) -> list[int]:
    return sorted(one.id for one in store.read_now(lambda unit: unit.items.newest(100)))


def test_an_item_goes_with_all_that_hangs_on_it(store: Store) -> None:
    watch = a_watch(store)

    def work(unit: Unit) -> None:
        first = keep(unit, old(1), watch=watch.id)
        keep(unit, old(2), story=unit.stories.story_of(first))
        keep(unit, old(3))
        changed = replace(old(3), text="Another text", content_hash="other", seen_at=OLD + timedelta(days=1))
        unit.items.add([changed, old(1), replace(old(1), source="elsewhere")])
        unit.stories.join(1, 2, at=OLD)
        keep(unit, old(4))

    store.write_now(work)
    before = rows(store)
    assert (before["items"], before["versions"], before["sightings"], before["story_redirects"]) == (4, 1, 1, 1)
    assert drop(store) == 1, "what a person said of two items keeps their story"
    after = rows(store)
    assert (after["items"], after["versions"], after["story_rulings"], after["stories"]) == (3, 1, 1, 2)
    store.write_now(lambda unit: unit.items._connection.execute(tables.story_rulings.delete()))
    assert drop(store) == 3
    assert set(rows(store).values()) == {0}


def test_what_is_dropped_is_known_when_a_list_shows_it_again(store: Store) -> None:
    item = an_item("Release", url="https://press.example/1", guid="g", native="7", seen_at=OLD, published=None)
    store.write_now(lambda unit: keep(unit, item))
    assert drop(store) == 1
    again = replace(item, seen_at=NOW)
    changed = replace(again, text="Now it says this", text_hash="other", content_hash="other")
    elsewhere = replace(
        again, source="portal", keys=(*item.keys, *an_item("x", url="https://press.example/2").keys[:1])
    )

    def work(unit: Unit) -> list[Outcome]:
        assert unit.items.replaced_by([changed]) == [None]
        return [one.outcome for item in (again, changed, elsewhere) for one in unit.items.add([item])]

    assert store.write_now(work) == [Outcome.KNOWN] * 3
    assert stored(store) == []
    links = [link, other, _] = [
        Link(url=f"https://press.example/{end}", said=Draft(title="Release")) for end in ("1?utm_source=list", "2", "3")
    ]
    assert store.read_now(lambda unit: unit.pending.known("press", links)) == {link.key, other.key}
    assert store.write_now(lambda unit: unit.pending.add("press", links, found_at=NOW)) == 1


def test_a_guid_that_its_source_gives_anew_is_another_item(store: Store) -> None:
    first = an_item("Old", url="https://press.example/1", guid="g", seen_at=OLD, published=None)
    store.write_now(lambda unit: keep(unit, first))
    assert drop(store) == 1
    second = an_item("New", url="https://press.example/2", guid="g")
    third = an_item("Newer", url="https://press.example/3", guid="g")
    outcomes = store.write_now(lambda unit: [unit.items.add([one])[0].outcome for one in (second, third)])
    assert outcomes == [Outcome.NEW, Outcome.NEW]
    assert stored(store) == [2, 3], "a number is never given again"


def test_what_was_kept_is_still_said_by_number_and_address(store: Store) -> None:
    store.write_now(lambda unit: keep(unit, old(1)))
    assert store.read_now(lambda unit: unit.retention.find("1")) is None
    drop(store)
    for asked in ("1", "https://www.press.example/1?utm_source=x"):
        found = store.read_now(lambda unit, asked=asked: unit.retention.find(asked))  # type: ignore[misc]
        assert found is not None
        assert (found.id, found.title, found.source) == (1, "Release 1", "press")
        assert (found.first_seen_at, found.dropped_at) == (OLD, NOW)
    assert store.read_now(lambda unit: unit.retention.find("https://press.example/9")) is None


def test_what_came_changed_or_was_found_lately_stays(store: Store) -> None:
    watch = a_watch(store)

    def work(unit: Unit) -> None:
        for number in (1, 2, 3):
            keep(unit, old(number))
        keep(unit, numbered(4, seen_at=BEFORE))
        unit.items.add([replace(old(1), text="Corrected", content_hash="other", seen_at=NOW)])
        unit.matches.record([a_match(2, watch.id)], at=NOW)

    store.write_now(work)
    assert drop(store) == 1
    assert stored(store) == [1, 2, 4]


def test_what_a_follower_was_not_told_stays_until_it_is_told_and_sent(store: Store) -> None:
    watch, person = a_watch(store), a_recipient(store)
    store.write_now(lambda unit: [keep(unit, old(number), watch=watch.id) for number in (1, 2)])
    assert drop(store) == 0
    store.write_now(lambda unit: unit.digests.freeze(person, "daily", "2025-08-01", [1], a_message(), "email", at=NOW))
    assert drop(store) == 0, "the digest is on its way"

    def send(unit: Unit) -> None:
        (parcel,) = unit.outbox.claim(now=NOW, lease=timedelta(minutes=3), limit=1, worker="w")
        unit.outbox.settle(parcel, ParcelState.SENT, now=NOW)

    store.write_now(send)
    assert drop(store) == 1
    assert stored(store) == [2]
    assert [one.match_id for one in store.read_now(lambda unit: unit.matches.untold(person, "daily", limit=9))] == [2]


def test_what_was_found_before_anybody_followed_or_is_muted_holds_nothing(store: Store) -> None:
    watch = a_watch(store)
    store.write_now(lambda unit: keep(unit, old(1), watch=watch.id))
    a_recipient(store)

    def muted(unit: Unit) -> None:
        unit.matches.record([a_match(keep(unit, old(2)), watch.id)], at=OLD, muted=True)

    store.write_now(muted)
    assert drop(store) == 2


def test_a_story_stays_whole_while_one_of_it_stays(store: Store) -> None:
    def work(unit: Unit) -> None:
        first = keep(unit, old(1))
        keep(unit, numbered(2), story=unit.stories.story_of(first))
        keep(unit, old(3))

    store.write_now(work)
    assert drop(store) == 1
    assert stored(store) == [1, 2]
    assert store.read_now(lambda unit: unit.stories.get(2)) is None


def found(unit: Unit, query: str) -> list[int]:
    return [one.item.id for one in unit.archive.matching(check_watch(query))]


def months(unit: Unit) -> list[int]:
    return Months(unit.items._connection).all(TOKENISER)


def test_a_month_of_the_index_is_dropped_once_none_of_its_items_is_left(store: Store) -> None:
    def work(unit: Unit) -> tuple[list[int], list[int]]:
        keep(unit, numbered(1, seen_at=datetime(2025, 5, 30, tzinfo=NOW.tzinfo), published=None))
        first = keep(unit, numbered(2, seen_at=datetime(2025, 6, 2, tzinfo=NOW.tzinfo), published=None))
        keep(unit, numbered(3, seen_at=datetime(2025, 7, 2, tzinfo=NOW.tzinfo), published=None))
        keep(unit, numbered(4), story=unit.stories.story_of(first))
        return months(unit), found(unit, "release")

    assert store.write_now(work) == ([202505, 202506, 202507, 202611], [4, 3, 2, 1])

    def dropped(unit: Unit) -> list[int | None]:
        return [unit.retention.drop_month(now=NOW) for _ in range(3)]

    assert store.write_now(dropped) == [None] * 3
    assert drop(store) == 2
    assert store.read_now(lambda unit: found(unit, "release")) == [4, 2]
    assert store.write_now(dropped) == [202505, 202507, None]
    assert store.read_now(lambda unit: (months(unit), found(unit, "release"))) == ([202506, 202611], [4, 2])
    # A late item of a month that was dropped begins it anew.
    late = numbered(5, seen_at=datetime(2025, 5, 3, tzinfo=NOW.tzinfo), published=None)
    store.write_now(lambda unit: keep(unit, late))
    assert store.read_now(lambda unit: found(unit, "release")) == [4, 2, 5]


def test_each_step_is_whole_by_itself_and_may_be_taken_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "LOOKED_AT_ONCE", 2)
    store.write_now(lambda unit: [keep(unit, old(number, days=number)) for number in range(1, 6)])
    step = store.write_now(lambda unit: unit.retention.drop(before=BEFORE, now=NOW))
    assert step is not None
    assert (step.item, step.dropped, stored(store)) == (2, 2, [3, 4, 5])
    before = rows(store)

    def breaks(unit: Unit) -> None:
        unit.retention.drop(before=BEFORE, now=NOW, after=step)
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        store.write_now(breaks)
    assert rows(store) == before
    assert drop(store) == 3
    assert set(rows(store).values()) == {0}
    assert drop(store) == 0


def test_after_a_kill_the_rest_is_dropped(store: Store, migrated_url: str) -> None:
    store.write_now(lambda unit: [keep(unit, old(number)) for number in range(1, 8)])
    with worker("drops", migrated_url) as process:
        assert first_line(process) == [2]
        assert process.wait(timeout=60) == -signal.SIGKILL
    assert stored(store) == [3, 4, 5, 6, 7]
    assert drop(store) == 5
    assert set(rows(store).values()) == {0}
