"""What a watch would have found among stored items."""

from __future__ import annotations

from datetime import timedelta

import pytest

from news.watch.matcher import Matcher, index_item
from news.watch.near_misses import NearMisses
from news.watch.parser import parse_query
from news.watch.trial import Caught, Tally
from news.watch.watch import Watch
from scheduler.sampling import Sample
from scheduler.trial import Trial, Tried
from scheduler.trying import try_watch
from tests.ui.cli.desk import NOW, Desk
from ui.cli.trial_words import counted_line, counted_lines, trial_json, trial_lines
from ui.cli.watch_look import find_stored

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
        trial = try_watch(store, Tried(watch=FLOODS, now=NOW + timedelta(hours=1)))
    assert {one.id for one in trial.tally.found} == alerted
    assert (trial.found, trial.stored, trial.sample.exact) == (len(alerted), len(titles), True)


def test_only_what_is_of_the_days_asked_for_counts(desk: Desk) -> None:
    for days in (1, 89, 91):
        desk.keep(f"Flood {days}", seen_at=NOW - timedelta(days=days), published=None)
    with desk.store() as store:
        found = {days: try_watch(store, Tried(watch=FLOODS, now=NOW, days=days)) for days in (10, 90)}
    assert {days: (trial.found, trial.stored) for days, trial in found.items()} == {10: (1, 1), 90: (2, 2)}


def test_an_estimate_is_labelled_in_words_and_for_programs() -> None:
    trial = a_trial(found=32, stored=1_000, looked_at=120, candidates=2_400)
    told = trial_lines(trial, "More follows.")
    assert "In 90 days it finds about 640 items in at most about 640 stories, 64% of the 1,000 stored items." in told
    estimate = "An estimate, from 120 of 2,400 candidates spread evenly over the period. More follows."
    assert estimate in told
    plain = trial_json(trial)
    assert (plain["exact"], plain["items"], plain["looked_at"], plain["candidates"]) == (False, 640, 120, 2_400)


def test_an_estimate_claims_two_digits_and_what_is_counted_all_of_them() -> None:
    first = a_trial(found=37, stored=20_000, looked_at=120, candidates=2_401)
    assert any("finds about 740 items" in line for line in trial_lines(first))
    last = a_trial(found=2_001, stored=20_000, looked_at=2_401, candidates=2_401)
    assert "finds 2,001 items in 2,001 stories, 10% of" in counted_lines(first, last)[0]


@pytest.mark.parametrize(
    ("estimated", "found", "said"), [(37, 75, ""), (50, 75, "33% too high"), (30, 75, "20% too low")]
)
def test_how_far_an_estimate_was_off_is_said_where_it_matters(estimated: int, found: int, said: str) -> None:
    first = a_trial(found=estimated, stored=1_000, looked_at=100, candidates=200)
    last = a_trial(found=found, stored=1_000, looked_at=200, candidates=200)
    lines = counted_lines(first, last)
    assert (f"The estimate was {said}." in lines) is bool(said)
    assert counted_line(first, last).endswith(f"The estimate was {said}." if said else "stored items.")


def test_an_estimate_on_the_other_side_of_the_question_is_named_however_near_it_was() -> None:
    first = a_trial(found=201, stored=1_000, looked_at=500, candidates=1_000)
    last = a_trial(found=399, stored=1_000, looked_at=1_000, candidates=1_000)
    assert (first.broad, last.broad) == (True, False)
    assert "The estimate was 1% too high." in counted_lines(first, last)


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
