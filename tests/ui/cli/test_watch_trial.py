from __future__ import annotations

from datetime import timedelta

import pytest

from news.watch.matcher import Matcher, index_item
from news.watch.watch import Watch
from tests.ui.cli.desk import NOW, Desk
from ui.cli.watch_trial import Trial, find_stored, try_watch

FLOODS = Watch(name="Floods", query="flood OR тасқын*")


def test_a_trial_finds_exactly_what_the_alert_finds(desk: Desk) -> None:
    stored = desk.keep("Flood", "FLOODED", "Су тасқыны", "Тасқынға қарсы", "Trade", "After the flood", text="flood.")
    matcher = Matcher([FLOODS])
    alerted = [item for item in stored if matcher.matches(index_item(item))]
    with desk.store() as store:
        trial = try_watch(store, FLOODS, now=NOW)
    assert (trial.found, trial.tried, trial.stored, trial.estimate) == (len(alerted), 6, 6, None)
    assert trial.examples == tuple(reversed(alerted))[:3]


def test_what_was_not_tried_is_estimated_and_called_an_estimate(desk: Desk) -> None:
    desk.keep(*(f"{'Flood' if number % 4 == 0 else 'Trade'} {number}" for number in range(240)))
    with desk.store() as store:
        trial = try_watch(store, FLOODS, now=NOW, most=120)
    assert (trial.found, trial.tried, trial.stored, trial.estimate) == (30, 120, 240, 60)
    assert "by estimate about 60 of all 240" in trial.sentence()


@pytest.mark.parametrize(
    ("found", "tried", "broad"), [(40, 100, False), (41, 100, True), (9, 9, False), (10, 10, True), (0, 0, False)]
)
def test_broad_is_more_than_two_fifths_of_an_archive_worth_the_name(found: int, tried: int, broad: bool) -> None:
    assert Trial(found=found, tried=tried, stored=tried).broad is broad


def test_an_empty_archive_says_so() -> None:
    assert Trial(found=0, tried=0, stored=0).sentence() == "Nothing is stored yet to try it on."


def test_stored_items_are_searched_page_by_page_and_only_once(desk: Desk) -> None:
    items = desk.keep(*(f"Flood {number}" for number in range(230)), "Trade")
    with desk.store() as store:
        found = find_stored(store.read_now, FLOODS, since=items[0].seen_at)
        assert {match.item for match in found.matches} == {item.id for item in items[:-1]}
        assert len(found.matches) == 230
        assert found.newest == items[-1].id
        later = desk.keep("Flood again")
        more = find_stored(store.read_now, FLOODS, since=items[0].seen_at, after=found.newest)
        assert [match.item for match in more.matches] == [later[0].id]
        none = find_stored(store.read_now, FLOODS, since=items[0].seen_at + timedelta(days=9), after=more.newest)
        assert (none.matches, none.newest) == ((), more.newest)
