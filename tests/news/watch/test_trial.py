"""What is counted of a watch that is tried, item by item."""

from __future__ import annotations

import random
from datetime import date

from news.watch.compiler import check_watch
from news.watch.indexed import index_item
from news.watch.matcher import Matcher
from news.watch.near_misses import NearMisses
from news.watch.trial import Counting, Tally, weeks
from news.watch.watch import Watch
from tests.news.watch.chance import text as random_text
from tests.news.watch.items import item

TITLES = (
    "Flood in Almaty",
    "Floods in Aktobe",
    "Mudflow near Almaty",
    "A flood drill in Almaty",
    "Flood and mudflow in Almaty",
    "Trade talks in Almaty",
    "Flood in Osh",
)


def counted(query: str, **given: object) -> Tally:
    """What is counted of a watch over the items of TITLES."""
    counting = Counting(query, **given)  # type: ignore[arg-type]
    asks = Matcher()
    asks.register(Watch(name="", query=""), asks.compile(counting.asks))
    for number, title in enumerate(TITLES, start=1):
        indexed = index_item(item(title=title, id=number))
        for match in asks.matches(indexed):
            counting.look_at(indexed, match.hits)
    return counting.tally


def test_what_each_not_removes_and_each_term_alone_brings() -> None:
    tally = counted("(flood OR mudflow) Almaty NOT drill")
    assert [one.id for one in tally.found] == [1, 3, 5]
    assert [(one.part, [found.id for found in one.items]) for one in tally.left_out] == [("NOT drill", [4])]
    assert {one.part: [found.id for found in one.items] for one in tally.terms} == {"flood": [1], "mudflow": [3]}


def test_the_noisiest_term_is_the_one_that_alone_brings_most_with_its_forms() -> None:
    noisiest = counted("flood OR mudflow OR trade").noisiest
    assert noisiest is not None
    assert (noisiest.part, [one.id for one in noisiest.items]) == ("flood", [1, 2, 4, 7])
    assert noisiest.forms == {"flood": 4, "floods": 1}
    assert counted("flood").noisiest is None


def test_an_edit_gains_and_loses_against_the_query_before() -> None:
    tally = counted("mudflow OR Osh", former="flood Almaty")
    assert [one.id for one in tally.gained] == [3, 7]
    assert [one.id for one in tally.lost] == [1, 4]


def test_how_much_other_watches_have_found() -> None:
    tally = counted("flood")
    tally.cover({1: [1], 4: [1, 2], 7: [2, 9], 3: [1]}, {1: "Almaty", 2: "Osh"})
    assert (len(tally.found), tally.covered) == (5, 3)
    assert tally.by_watch == {"Almaty": 2, "Osh": 2}


def test_a_near_miss_names_the_one_thing_it_lacks() -> None:
    near = NearMisses("flood Almaty", check_watch("flood Almaty"))
    for number, title in enumerate(TITLES, start=1):
        near.look_at(index_item(item(title=title, id=number)))
    lacking = {one.part: [id for id, _ in one.items] for one in near.missed}
    assert lacking == {"flood": [3, 6], "Almaty": [2, 7]}


def test_a_trial_finds_what_the_matcher_finds_in_any_text() -> None:
    chance = random.Random(29)
    texts = [index_item(item(title=random_text(chance, 6), id=number)) for number in range(1, 200)]
    for query in ("паводок OR flood", "министр МИД", "(су OR flood) NOT UN", "score>=2 {flood^1 UN^1 су^2}"):
        matcher, counting = Matcher([Watch(name="w", query=query, id=7)]), Counting(query)
        asks = Matcher()
        asks.register(Watch(name="", query=""), asks.compile(counting.asks))
        for indexed in texts:
            for match in asks.matches(indexed):
                counting.look_at(indexed, match.hits)
        assert {one.id for one in counting.tally.found} == {one.item.id for one in texts if matcher.matches(one)}


def test_weeks_are_counted_back_from_today() -> None:
    found = counted("Almaty").found
    assert weeks(found, today=date(2026, 11, 22), count=3) == [0, 0, 5]
    assert weeks(found, today=date(2026, 11, 29), count=3) == [0, 5, 0]
    assert weeks(found, today=date(2027, 11, 29), count=3) == [5, 0, 0]
    assert weeks(found, today=date(2026, 11, 1), count=3) == [0, 0, 5]
