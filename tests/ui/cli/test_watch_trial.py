"""What a watch would have found among stored items."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from news.watch.matcher import Matcher, index_item
from news.watch.near_misses import NearMisses
from news.watch.parser import parse_query
from news.watch.trial import Caught, Tally
from news.watch.watch import Watch
from storage import Unit
from tests.storage.samples import an_item
from tests.ui.cli.desk import NOW, Desk
from ui.cli.trial_words import trial_json, trial_lines
from ui.cli.watch_sample import Sample, look_through, stretches
from ui.cli.watch_trial import Trial, find_stored, try_watch

FLOODS = Watch(name="Floods", query="flood OR тасқын*")


def a_trial(*, found: int, stored: int, looked_at: int = 100, candidates: int = 100) -> Trial:
    """A trial with nothing but numbers."""
    one = Caught(id=1, day=NOW.date(), title="Flood", publisher="P", source="s", language="en", url="https://s.example")
    return Trial(
        days=90,
        today=NOW.date(),
        stored=stored,
        tally=Tally(found=[one] * found),
        sample=Sample(looked_at=looked_at, candidates=candidates),
        stories=found,
        near=NearMisses("flood", parse_query("flood")),
        near_sample=Sample(looked_at=0, candidates=0),
    )


def test_a_trial_finds_exactly_what_the_alert_finds(desk: Desk) -> None:
    titles = ("Flood", "FLOODED", "Су тасқыны", "Тасқынға қарсы", "Trade", "After the flood")
    stored = desk.keep(*titles, text="flood.", seen_at=NOW, published=None)
    matcher = Matcher([FLOODS])
    alerted = {item.id for item in stored if matcher.matches(index_item(item))}
    with desk.store() as store:
        trial = try_watch(store, FLOODS, now=NOW + timedelta(hours=1))
    assert {one.id for one in trial.tally.found} == alerted
    assert (trial.found, trial.stored, trial.sample.exact) == (len(alerted), len(titles), True)


def test_only_what_is_of_the_days_asked_for_counts(desk: Desk) -> None:
    for days in (1, 89, 91):
        desk.keep(f"Flood {days}", seen_at=NOW - timedelta(days=days), published=None)
    with desk.store() as store:
        found = {days: try_watch(store, FLOODS, now=NOW, days=days) for days in (10, 90)}
    assert {days: (trial.found, trial.stored) for days, trial in found.items()} == {10: (1, 1), 90: (2, 2)}


@pytest.mark.parametrize("is_indexed", [True, False])
def test_a_sample_is_of_some_stretches_and_called_an_estimate(desk: Desk, is_indexed: bool) -> None:
    items = [
        an_item(
            f"{'Flood' if hours % 4 else 'Trade'} {hours}",
            url=f"https://press.example/{hours}",
            seen_at=NOW - timedelta(hours=hours, minutes=1),
            published=None,
        )
        for hours in range(60)
    ]

    def store_them(unit: Unit) -> None:
        if is_indexed:
            unit.archive.catch_up((), down_to=0)
        for saved in unit.items.add(items):
            if is_indexed:
                unit.archive.add(index_item(saved.item))

    desk.type("watch", "list")
    query, since, seen = parse_query("flood OR trade"), NOW - timedelta(hours=60), list[str]()
    with desk.store() as store:
        store.write_now(store_them)
        assert store.read_now(lambda unit: unit.archive.backlog(1) is None) is is_indexed
        sampled = store.read_now(
            lambda unit: look_through(
                unit,
                query,
                lambda one, _: seen.append(one.item.title),
                since=since,
                until=NOW,
                seconds=0,
                most=10,
                fewest=1,
            )
        )
        trial = try_watch(store, FLOODS, now=NOW, exact=True)
    assert 0 < sampled.looked_at == len(seen) < sampled.candidates == 60
    assert (trial.sample.exact, trial.found) == (True, 45)


def test_the_stretches_of_a_period_are_all_of_it_once_and_spread_from_the_first() -> None:
    since = NOW - timedelta(days=90)
    order = list(stretches(since, NOW, count=64))
    by_time = sorted(order, key=lambda one: one[0])
    assert len(order) == 64
    assert by_time[0][0] == since
    assert by_time[-1][1] is None
    assert all(before[1] == after[0] for before, after in itertools.pairwise(by_time))
    quarter = timedelta(days=90) / 4
    assert {(start - since) // quarter for start, _ in order[:4]} == {0, 1, 2, 3}


def test_an_estimate_is_labelled_in_words_and_for_programs() -> None:
    trial = a_trial(found=30, stored=1_000, looked_at=120, candidates=240)
    assert trial.found == 60
    told = trial_lines(trial)
    assert "In 90 days it finds about 60 items in about 60 stories, 6% of the 1000 stored items." in told
    assert any(line.startswith("An estimate, from 120 of 240 candidates") for line in told)
    plain = trial_json(trial)
    assert (plain["exact"], plain["items"], plain["looked_at"], plain["candidates"]) == (False, 60, 120, 240)


@pytest.mark.parametrize(
    ("found", "stored", "broad"), [(40, 100, False), (41, 100, True), (9, 9, False), (10, 10, True), (0, 0, False)]
)
def test_broad_is_more_than_two_fifths_of_an_archive_worth_the_name(found: int, stored: int, broad: bool) -> None:
    assert a_trial(found=found, stored=stored).broad is broad


def test_an_empty_archive_says_so() -> None:
    assert trial_lines(a_trial(found=0, stored=0))[-1] == "Nothing is stored yet to try it on."


def test_stored_items_are_searched_page_by_page_and_only_once(desk: Desk) -> None:
    items = desk.keep(*(f"Flood {number}" for number in range(230)), "Trade", seen_at=NOW)
    with desk.store() as store:
        found = find_stored(store.read_now, FLOODS, since=items[0].seen_at)
        assert {match.item for match in found.matches} == {item.id for item in items[:-1]}
        assert len(found.matches) == 230
        assert found.newest == items[-1].id
        later = desk.keep("Flood again", seen_at=NOW)
        more = find_stored(store.read_now, FLOODS, since=items[0].seen_at, after=found.newest)
        assert [match.item for match in more.matches] == [later[0].id]
        none = find_stored(store.read_now, FLOODS, since=items[0].seen_at + timedelta(days=9), after=more.newest)
        assert (none.matches, none.newest) == ((), more.newest)
