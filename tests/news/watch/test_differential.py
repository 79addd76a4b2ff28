"""The matcher tells exactly what evaluating every watch on every item tells; `naive` is that evaluation."""

from __future__ import annotations

import random
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from news.errors import QuerySyntaxError
from news.item import Stated
from news.text.words import Words
from news.watch.compiler import check_watch
from news.watch.matcher import IndexedItem, Matcher, index_item
from news.watch.stopwords import STOPWORDS
from news.watch.watch import Hit, Watch
from tests.news.watch import chance as sample
from tests.news.watch.items import item
from tests.news.watch.naive import Naive, Place


@settings(max_examples=40)
@given(st.integers(min_value=0, max_value=2**32), st.sampled_from([3, 20_000]))
def test_the_matcher_equals_evaluating_every_watch(seed: int, columns_from: int) -> None:
    chance = random.Random(seed)
    watches = [_watch(number, chance) for number in range(1, 21)]
    matcher = Matcher(watches, lexicon=sample.LEXICON, columns_from=columns_from)
    broken = {watch.id for watch, _ in matcher.broken}
    in_force = {watch.id: watch for watch in watches if watch.id not in broken}
    for number in range(100, 104):
        indexed = _random_item(chance)
        _assert_equal(matcher, indexed, in_force)
        # Watches come and go between items; one of a known id is replaced.
        gone = chance.choice(list(in_force)) if in_force else 0
        matcher.remove(gone)
        in_force.pop(gone, None)
        for watch in (_watch(number, chance), _watch(chance.randint(1, 20), chance)):
            try:
                matcher.add(watch)
            except QuerySyntaxError:
                continue
            in_force.pop(watch.id, None)
            in_force[watch.id] = watch
    _assert_equal(matcher, indexed, in_force)


def _watch(number: int, chance: random.Random) -> Watch:
    return Watch(name=str(number), query=sample.query(chance, 3), id=number)


def _random_item(chance: random.Random) -> IndexedItem:
    lead = sample.text(chance, 6)
    day = sample.HANDED_OVER + timedelta(days=chance.choice([-1, 0, 1]))
    return index_item(
        item(
            title=sample.text(chance, 4),
            lead=lead,
            text=chance.choice(["", lead]) + sample.text(chance, 12),
            tags=tuple(sample.text(chance, 2) for _ in range(chance.randint(0, 2))),
            language=chance.choice(["ru", "kk", ""]),
            published=chance.choice([None, Stated(day=day, zone="Asia/Almaty")]),
        )
    )


def _assert_equal(matcher: Matcher, indexed: IndexedItem, watches: dict[int, Watch]) -> None:
    naive = Naive(indexed, sample.LEXICON)
    expected = {
        number: found
        for number, watch in watches.items()
        if (found := naive.matches(check_watch(watch.query, sample.LEXICON))) is not None
    }
    told = matcher.matches(indexed)
    assert [match.watch for match in told] == list(expected)
    assert [watch.id for watch in matcher.matching(indexed)] == list(expected)
    for match in told:
        places, score = expected[match.watch]
        assert match.score == score
        assert sorted(match.hits, key=repr) == sorted(
            (_hit(indexed, place) for place in places if place[0] >= 0), key=repr
        )


def _hit(indexed: IndexedItem, place: Place) -> Hit:
    at, first, last, term, start, end = place
    words: Words = indexed.fields[at].words
    if start < 0:
        start, end = words.starts[first], words.span(last)[1]
    return Hit(field=indexed.fields[at].name, start=start, end=end, text=words.text[start:end], term=term)


def test_most_random_watches_work_and_some_match() -> None:
    chance = random.Random(2026)
    matcher = Matcher((_watch(number, chance) for number in range(500)), lexicon=sample.LEXICON)
    assert len(matcher.broken) < 150
    found = [len(matcher.matches(_random_item(chance))) for _ in range(5)]
    assert 20 < sum(found) / 5 < 450


LETTERS = "abcxyzАбвжяӘғқңөұүһіìéüAZ"


@given(st.text(max_size=40), st.text(LETTERS, min_size=4, max_size=20), st.text(max_size=40), st.integers(min_value=0))
def test_every_hit_cuts_its_words_out_of_the_field_as_given(before: str, word: str, after: str, choice: int) -> None:
    text = f"{before} {word} {after}"
    indexed = index_item(item(text=text))
    words = indexed.fields[2].words
    places = [
        place
        for place, form in enumerate(words.forms)
        if form not in STOPWORDS and 2 <= len(words.written[place]) <= 64
    ]
    start, end = words.span(places[choice % len(places)])
    term = text[start:end]
    (match,) = Matcher([Watch(name="w", query=f'"{term} "', id=1)]).matches(indexed)
    assert all(text[hit.start : hit.end] == hit.text for hit in match.hits)
    assert term in {hit.text for hit in match.hits}
