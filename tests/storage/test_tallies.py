"""Tallies: stories a day of each watch, and when a quiet one last found something."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from news.story import Choice, Relation
from news.watch.watch import Watch
from scheduler.digest.bars import DAYS, day_begins, tally
from storage import Store, Unit, tables
from tests.storage.samples import NOW, a_match, a_watch, add_one, numbered

DAY = timedelta(days=1)
ALMATY = "Asia/Almaty"


def find(unit: Unit, watch: Watch, number: int, *, at: datetime, story: int | None = None, muted: bool = False) -> int:
    """Let a watch find a new item at `at`; gives its story."""
    item = unit.items.add([numbered(number)])[0].item
    choice = Choice(story=story, relation=Relation.SAME if story else Relation.NEW)
    assigned = unit.stories.assign(item.id, choice, at=at)
    unit.matches.record([a_match(item.id, watch.id)], at=at, muted=muted)
    return assigned


def counted(store: Store, zone: str = ALMATY) -> dict[int, tuple[int, ...]]:
    return dict(store.read_now(lambda unit: unit.tallies.stories_a_day(day_begins(zone, now=NOW), NOW)))


def test_a_story_counts_once_a_local_day_whatever_the_number_of_its_items(store: Store) -> None:
    watch = a_watch(store)

    def work(unit: Unit) -> None:
        story = find(unit, watch, 1, at=NOW - DAY)
        find(unit, watch, 2, at=NOW - DAY, story=story)
        find(unit, watch, 3, at=NOW)

    store.write_now(work)
    days = counted(store)[watch.id]
    assert len(days) == DAYS
    assert days[-2:] == (1, 1)
    assert sum(days) == 2


def test_a_day_is_the_readers_own(store: Store) -> None:
    watch = a_watch(store)
    # 23:30 of the day before in Almaty, 19:30 in Geneva.
    evening = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
    night = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)

    def work(unit: Unit) -> None:
        find(unit, watch, 1, at=evening)
        find(unit, watch, 2, at=night)

    store.write_now(work)
    assert counted(store)[watch.id][-2:] == (1, 1)
    # There it is still the evening of the 21st.
    assert counted(store, "America/New_York")[watch.id][-2:] == (0, 2)


def test_what_is_muted_retired_older_or_of_a_watch_that_is_off_counts_nowhere(store: Store) -> None:
    watch, off = a_watch(store), a_watch(store, "off", enabled=False)

    def work(unit: Unit) -> None:
        find(unit, watch, 1, at=NOW, muted=True)
        find(unit, watch, 2, at=NOW - 40 * DAY)
        find(unit, off, 3, at=NOW)
        item = add_one(unit, numbered(4))
        unit.matches.record([a_match(item, watch.id)], at=NOW)
        unit.matches.retire_others(item, ())

    store.write_now(work)
    assert counted(store) == {}
    assert dict(store.read_now(lambda unit: unit.tallies.last_hits())) == {watch.id: NOW - 40 * DAY}


def test_bars_and_last_hits_are_those_of_the_watches_asked_for(store: Store) -> None:
    first, quiet, never = a_watch(store), a_watch(store, "quiet"), a_watch(store, "never")

    def work(unit: Unit) -> None:
        find(unit, first, 1, at=NOW)
        find(unit, quiet, 2, at=NOW - 3 * DAY)

    store.write_now(work)
    made = store.read_now(lambda unit: tally(unit, zone=ALMATY, now=NOW))
    assert [(bar.watch, sum(bar.days)) for bar in made.bars([quiet, first, never])] == [
        ("quiet", 1),
        ("releases", 1),
        ("never", 0),
    ]
    assert made.last_hits_of([first, quiet, never], ["quiet", "never"]) == {"quiet": NOW - 3 * DAY}


def test_days_begin_at_local_midnight_over_a_change_of_clocks() -> None:
    begins = day_begins("Europe/Zurich", now=datetime(2026, 11, 1, 12, tzinfo=UTC))
    assert len(begins) == DAYS
    assert begins == sorted(begins)
    assert {begin.astimezone(ZoneInfo("Europe/Zurich")).hour for begin in begins} == {0}
    hours = {(later.timestamp() - begin.timestamp()) / 3600 for begin, later in pairwise(begins)}
    assert hours == {24.0, 25.0}


def test_a_hundred_thousand_matches_are_counted_in_a_moment(store: Store) -> None:
    watches = [a_watch(store, f"watch {number}") for number in range(10)]

    def fill(unit: Unit) -> None:
        first = add_one(unit, numbered(1))
        unit.matches.record([a_match(first, watches[0].id)], at=NOW)
        _copy(unit.matches._connection, first, items=10_000)

    store.write_now(fill)
    begun = time.perf_counter()
    days = counted(store)
    last = store.read_now(lambda unit: unit.tallies.last_hits())
    took = time.perf_counter() - begun
    assert len(days) == len(last) == 10
    # Ten thousand items, one every ten minutes.
    assert [set(numbers[1:-1]) for numbers in days.values()] == [{144}] * 10
    assert took < 2


def _copy(connection: Connection, first: int, *, items: int) -> None:
    """Copy an item, and let every watch find each copy, ten minutes before the one before it."""
    table = tables.items
    names = [column.name for column in table.c if column.name not in ("id", "identity")]
    connection.execute(
        text(
            f"INSERT INTO items (id, identity, {', '.join(names)}) "
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :items) "
            f"SELECT :first + i, 'copy ' || i, {', '.join(names)} FROM n, items WHERE items.id = :first"
        ),
        {"first": first, "items": items - 1},
    )
    step = "interval '10 minutes'" if connection.dialect.name == "postgresql" else "600000000"
    connection.execute(
        text(
            "INSERT INTO matches (watch_id, item_id, score, hits, recorded_at, muted, retired) "
            f"SELECT w.id, i.id, m.score, m.hits, m.recorded_at - (i.id - :first) * {step}, m.muted, m.retired "
            "FROM watches w, items i, matches m WHERE w.id != m.watch_id OR i.id != m.item_id"
        ),
        {"first": first},
    )
