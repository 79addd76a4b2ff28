"""A trial in the background: first figures, then all of it; stopped, it keeps what it has."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from news.errors import QuerySyntaxError
from news.watch.indexed import index_item
from news.watch.watch import Watch
from scheduler.sampling import PORTION, Sample
from scheduler.trial import TrialRun, Tried
from scheduler.trying import Trying, try_watch
from storage import Store, Unit, open_store
from tests.storage.samples import NOW, an_item

FLOODS = Tried(watch=Watch(name="Floods", query="(flood OR paddock) Almaty NOT drill"), now=NOW)
ITEMS = 8 * PORTION


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An archive in which three of four items are found, some lack a word, and some have one too many."""
    titles = ("Flood in Almaty", "Floods of Almaty", "Paddocks of Almaty", "Flood drill in Almaty")
    titles += (*titles[:3], "Floods")
    items = [
        an_item(
            f"{titles[number % 8]} {number}",
            url=f"https://press.example/{number}",
            seen_at=NOW - timedelta(minutes=number),
            published=None,
        )
        for number in range(ITEMS)
    ]

    def keep(unit: Unit) -> None:
        unit.archive.catch_up((), down_to=0)
        for saved in unit.items.add(items):
            unit.archive.add(index_item(saved.item))

    with open_store(f"sqlite:///{tmp_path / 'press.db'}") as opened:
        opened.write_now(keep)
        yield opened


def test_first_figures_are_a_sample_and_stay_as_they_are_when_all_is_counted(store: Store) -> None:
    def work(unit: Unit) -> None:
        run = TrialRun(unit, FLOODS)
        first = run.first(seconds=0.0)
        assert not first.sample.exact
        assert not first.done
        looked_at, found = first.sample.looked_at, len(first.tally.found)
        left_out = len(first.tally.left_out[0].items)
        missed = [len(one.items) for one in first.near.missed]
        last = run.rest(lambda: False)
        assert last.done
        assert (last.found, len(last.tally.left_out[0].items)) == (ITEMS * 3 // 4, ITEMS // 8)
        assert (first.sample.looked_at, len(first.tally.found)) == (looked_at, found)
        assert len(first.tally.left_out[0].items) == left_out
        assert [len(one.items) for one in first.near.missed] == missed
        assert abs(first.found - last.found) < last.found / 10

    store.read_now(work)


def test_in_the_background_all_of_it_comes_after_the_first_figures(store: Store) -> None:
    with Trying(store, FLOODS, seconds=0.0) as trying:
        first, last = trying.first.result(60), trying.last.result(60)
        assert trying.wait(0)
    assert not first.sample.exact
    assert last.sample.exact
    assert last.found == ITEMS * 3 // 4
    assert trying.counted is last
    assert trying.sample == last.sample
    assert last.tally.found == try_watch(store, FLOODS, exact=True).tally.found


def test_where_first_figures_are_all_there_is_they_are_exact(store: Store) -> None:
    with Trying(store, FLOODS, seconds=1e9) as trying:
        first, last = trying.first.result(60), trying.last.result(60)
    assert first.done
    assert (first.tally.found, first.stories) == (last.tally.found, last.stories)


def test_stopped_it_keeps_what_it_has_and_calls_it_an_estimate(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    reached, go_on = threading.Event(), threading.Event()
    rest = TrialRun.rest

    def waits(run: TrialRun, *given: object, **options: object) -> object:
        reached.set()
        go_on.wait(60)
        return rest(run, *given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(TrialRun, "rest", waits)
    with Trying(store, FLOODS, seconds=0.0) as trying:
        first = trying.first.result(60)
        reached.wait(60)
        assert trying.counted is None
        assert not trying.wait(0)
        trying.stop()
        go_on.set()
    assert trying.last.result(0).sample == first.sample
    assert not trying.last.result(0).sample.exact


def test_what_cannot_be_tried_is_told_to_whoever_waits(store: Store) -> None:
    with Trying(store, Tried(watch=Watch(name="", query="flood AND"), now=NOW)) as trying:
        for waited in (trying.first, trying.last):
            with pytest.raises(QuerySyntaxError):
                waited.result(60)
        assert trying.counted is None
        assert trying.sample == Sample(looked_at=0, candidates=0)
    with pytest.raises(QuerySyntaxError):
        try_watch(store, Tried(watch=Watch(name="", query="flood AND"), now=NOW))
