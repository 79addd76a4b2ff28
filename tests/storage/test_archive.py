"""The archive finds what the matcher would find among all items, whatever is indexed yet."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from news.errors import QuerySyntaxError
from news.item import Item, Outcome, Stated
from news.watch.compiler import check_watch
from news.watch.indexed import index_item
from news.watch.matcher import Matcher
from news.watch.query import Query
from news.watch.watch import Hit, Watch
from storage import Found, Store, Unit, archive, archive_index, archive_terms, archive_words
from tests.news.watch import chance as sample
from tests.storage.samples import NOW, numbered

LATER = NOW + timedelta(hours=1)


def taken_in(unit: Unit, items: Sequence[Item]) -> list[int]:
    """Store and index items as intake does; gives their ids."""
    ids = []
    for saved, given in zip(unit.items.add(items), items, strict=True):
        ids.append(saved.item.id)
        if saved.outcome is not Outcome.KNOWN:
            unit.archive.add(replace(index_item(given), item=saved.item))
    return ids


def found(store: Store, query: str | Query, **narrowed: object) -> list[Found]:
    """What the archive finds, in its order."""
    tree = check_watch(query, sample.LEXICON) if isinstance(query, str) else query
    return store.read_now(
        lambda unit: list(unit.archive.matching(tree, lexicon=sample.LEXICON, **narrowed))  # type: ignore[arg-type]
    )


def titles(store: Store, query: str, **narrowed: object) -> list[str]:
    return [one.item.title for one in found(store, query, **narrowed)]


def caught_up(store: Store, at_once: int = 7) -> None:
    """Index what is not indexed yet, as the daemon does."""
    while backlog := store.read_now(lambda unit: unit.archive.backlog(at_once)):
        indexed = [index_item(one) for one in backlog.items]
        store.write_now(partial(_catch_up, indexed=indexed, down_to=backlog.down_to))


def _catch_up(unit: Unit, **work: object) -> None:
    unit.archive.catch_up(**work)  # type: ignore[arg-type]


def _random_item(number: int, chance: random.Random) -> Item:
    day = sample.HANDED_OVER + timedelta(days=chance.choice([-40, -1, 0]))
    return numbered(
        number,
        text=sample.text(chance, 12),
        lead=sample.text(chance, 4),
        tags=tuple(sample.text(chance, 2) for _ in range(chance.randint(0, 1))),
        source=chance.choice(["mfa-ru", "press"]),
        language=chance.choice(["ru", "kk", "en"]),
        published=chance.choice([None, Stated(day=day, zone="Asia/Almaty")]),
    )


def _queries(chance: random.Random, count: int) -> list[str]:
    queries: list[str] = []
    while len(queries) < count:
        query = sample.query(chance, 3)
        try:
            check_watch(query, sample.LEXICON)
        except QuerySyntaxError:
            continue
        queries.append(query)
    return queries


def _expected(store: Store, query: str) -> dict[int, tuple[float, tuple[Hit, ...]]]:
    matcher = Matcher([Watch(name="", query=query, id=1)], lexicon=sample.LEXICON)
    items = store.read_now(lambda unit: unit.items.newest(1_000))
    return {item.id: (one.score, one.hits) for item in items for one in matcher.matches(index_item(item))}


def test_it_finds_what_the_matcher_finds_indexed_or_not(store: Store) -> None:
    chance = random.Random(31)
    items = [_random_item(number, chance) for number in range(36)]
    store.write_now(lambda unit: unit.items.add(items[:12]))
    store.write_now(lambda unit: taken_in(unit, items[12:]))
    corrected = [
        replace(_random_item(number, chance), seen_at=LATER, source=items[number].source) for number in range(0, 36, 9)
    ]
    store.write_now(lambda unit: taken_in(unit, corrected))
    queries = [
        *_queries(chance, 16),
        "source:mfa-ru",
        r"/тасқын\w*/",
        "пав*",
        "title:Release",
    ]
    hits = 0
    for done in (False, True):
        for query in queries:
            expected = _expected(store, query)
            got = {one.item.id: (one.match.score, one.match.hits) for one in found(store, query)}
            assert got == expected, query
            counted = store.read_now(partial(_counted, query=query))
            assert counted >= len(expected)
            hits += len(expected)
        if not done:
            caught_up(store)
    assert hits > 100
    assert store.read_now(lambda unit: unit.archive.backlog(1)) is None


def _counted(unit: Unit, *, query: str) -> int:
    return unit.archive.count_candidates(check_watch(query, sample.LEXICON), lexicon=sample.LEXICON)


def test_only_the_version_in_force_is_found(store: Store) -> None:
    first = numbered(1, text="The river flooded the town.")
    store.write_now(lambda unit: taken_in(unit, [first]))
    store.write_now(lambda unit: taken_in(unit, [replace(numbered(1, text="The river stays low."), seen_at=LATER)]))
    assert titles(store, "flood") == []
    (one,) = found(store, "river")
    assert (one.item.version, one.indexed.item) == (2, one.item)
    assert one.indexed.spellings == index_item(one.item).spellings


def test_period_sources_languages_and_order(store: Store) -> None:
    def at(hour: int) -> Stated:
        moment = datetime(2026, 10, 31, hour, tzinfo=UTC)
        return Stated(day=moment.date(), zone="UTC", at=moment)

    items = [
        numbered(1, text="flood", published=at(22), source="aa"),
        numbered(2, text="flood", published=at(20), language="ru"),
        numbered(3, text="flood", published=None, seen_at=datetime(2026, 11, 2, tzinfo=UTC)),
        # What is to come is of the hour at which it was seen.
        numbered(4, text="flood", published=Stated(day=NOW.date() + timedelta(days=9), zone="UTC")),
        numbered(5, text="drought", published=at(21)),
    ]
    store.write_now(lambda unit: taken_in(unit, items))
    assert titles(store, "flood") == ["Release 4", "Release 3", "Release 1", "Release 2"]
    assert titles(store, "flood", newest_first=False) == ["Release 2", "Release 1", "Release 3", "Release 4"]
    since, until = datetime(2026, 10, 31, 22, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)
    assert titles(store, "flood", since=since, until=until) == ["Release 1"]
    assert titles(store, "flood", until=since) == ["Release 2"]
    assert titles(store, "flood", sources=["aa"]) == ["Release 1"]
    assert titles(store, "flood", languages=["ru"]) == ["Release 2"]
    assert titles(store, "source:aa") == ["Release 1"]
    assert store.read_now(lambda unit: unit.archive.span()) == (datetime(2026, 10, 31, 20, tzinfo=UTC), NOW)


def test_what_was_undone_is_entered_again(store: Store) -> None:
    item = numbered(1, text="Қызылжардағы су тасқыны")

    def undone(unit: Unit) -> None:
        taken_in(unit, [item])
        raise RuntimeError("undone")

    with pytest.raises(RuntimeError):
        store.write_now(undone)
    store.write_now(lambda unit: taken_in(unit, [item]))
    store.write_now(lambda unit: taken_in(unit, [numbered(2, text="тасқыны")]))
    assert titles(store, "тасқын") == ["Release 2", "Release 1"]


def test_another_spelling_of_what_was_undone_is_entered_again(store: Store) -> None:
    def undone(unit: Unit) -> None:
        taken_in(unit, [numbered(1, text="Harvesters leave")])
        taken_in(unit, [numbered(2, text="many harvesters leave")])
        raise RuntimeError("undone")

    with pytest.raises(RuntimeError):
        store.write_now(undone)
    store.write_now(lambda unit: taken_in(unit, [numbered(3, text="the harvesters return")]))
    assert titles(store, "harvesters") == ["Release 3"]


def test_words_with_signs_that_an_index_would_cut_at(store: Store) -> None:
    store.write_now(
        lambda unit: taken_in(
            unit, [numbered(1, text="㈠ O'Neil's «back\\slash» don’t ½ U.N. said \0 it \ud800 twice")]
        )
    )
    for query in ('"O\'Neil"', "don't", "UN", '"said it"', "=U.N.", "sla*", '"㈠ O\'Neil"', "½x OR don't"):
        assert titles(store, query) == ["Release 1"], query


def test_a_text_too_long_for_its_index_is_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_index, "_LARGEST_VECTOR", 10)
    store.write_now(lambda unit: taken_in(unit, [numbered(1, text="flood in many places")]))
    assert titles(store, "flood") == ["Release 1"]
    assert titles(store, "drought") == []


def test_other_rules_of_what_a_word_is_make_the_index_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [numbered(number, text="flood" if number % 2 else "drought") for number in range(20)]
    store.write_now(lambda unit: taken_in(unit, items))
    former = titles(store, "flood")
    assert len(former) == 10
    for module in (archive, archive_index, archive_words):
        monkeypatch.setattr(module, "TOKENISER", 2)
    assert sorted(titles(store, "flood")) == sorted(former)
    store.write_now(lambda unit: taken_in(unit, [numbered(20, text="flood")]))
    assert not store.write_now(lambda unit: unit.archive.drop_former())
    caught_up(store)
    assert titles(store, "flood") == ["Release 20", *former]
    while store.write_now(lambda unit: unit.archive.drop_former()):
        pass
    monkeypatch.setattr(archive_index, "TOKENISER", 1)
    assert store.read_now(lambda unit: unit.archive._months.all(1)) == []
    for module in (archive, archive_words):
        monkeypatch.setattr(module, "TOKENISER", 1)
    # Nothing is left of the former index: all would be looked at one by one.
    assert sorted(titles(store, "flood")) == sorted(["Release 20", *former])
    assert store.read_now(lambda unit: unit.archive.backlog(100)) is not None


def test_a_sample_is_of_the_newest_items(store: Store) -> None:
    store.write_now(lambda unit: taken_in(unit, [numbered(1, text="Flood flood water"), numbered(2, text="water")]))
    sample = store.read_now(lambda unit: unit.archive.sample())
    assert [{"water", "flood", "Release"} & one.spellings for one in sample] == [
        {"water", "Release"},
        {"water", "flood", "Release"},
    ]


def test_a_presswatch_put_back_to_former_rules_finds_what_came_meanwhile(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write_now(lambda unit: taken_in(unit, [numbered(1, text="flood")]))
    caught_up(store)
    for tokeniser, number in ((2, 2), (1, 3), (2, 4)):
        for module in (archive, archive_index, archive_words):
            monkeypatch.setattr(module, "TOKENISER", tokeniser)
        store.write_now(partial(taken_in, items=[numbered(number, text="flood")]))
        assert len(titles(store, "flood")) == number
    caught_up(store)
    assert titles(store, "flood") == ["Release 4", "Release 3", "Release 2", "Release 1"]


@pytest.mark.parametrize("newest_first", [True, False])
def test_pages_and_limits_of_the_index_leave_nothing_out(
    store: Store, monkeypatch: pytest.MonkeyPatch, newest_first: bool
) -> None:
    for module, name, value in (
        (archive, "_FIRST_PAGE", 2),
        (archive, "_LARGEST_PAGE", 3),
        (archive_terms, "_DEEPEST", 1),
        (archive_terms, "_MOST_TOKENS", 1),
    ):
        monkeypatch.setattr(module, name, value)
    chance = random.Random(5)
    items = [replace(_random_item(number, chance), published=None) for number in range(22)]
    store.write_now(lambda unit: unit.items.add(items[:11]))
    store.write_now(lambda unit: taken_in(unit, items[11:]))
    queries = [
        *_queries(chance, 6),
        "пав* OR флу*",
        "source:press OR source:mfa-ru",
        "суға (flood (WHO OR (UN OR Ёлка)))",
    ]
    for query in queries:
        got = [one.item.id for one in found(store, query, newest_first=newest_first)]
        assert sorted(got) == sorted(_expected(store, query)), query
        indexed = [number for number in got if number > 11]
        assert indexed == sorted(indexed, reverse=newest_first)


def test_an_item_keeps_its_place_in_time(store: Store) -> None:
    """Undated, it is of the moment when it was first seen, edited or not; dated before there were pages, of 2000."""
    undated = numbered(1, text="flood", published=None)
    ancient = numbered(2, text="flood", published=Stated(day=date(1970, 1, 1), zone="UTC"))
    store.write_now(lambda unit: taken_in(unit, [undated, ancient]))
    store.write_now(lambda unit: taken_in(unit, [replace(undated, text="floods", content_hash="b", seen_at=LATER)]))
    assert titles(store, "flood", since=NOW + timedelta(minutes=1)) == []
    assert titles(store, "flood", since=NOW) == ["Release 1"]
    assert titles(store, "flood", until=datetime(2000, 1, 2, tzinfo=UTC)) == ["Release 2"]
    assert titles(store, "flood", since=datetime(2000, 1, 1, tzinfo=UTC)) == ["Release 1", "Release 2"]


def test_a_version_that_came_while_the_backlog_was_read_stays_in_force(store: Store) -> None:
    items = [numbered(number, text="river") for number in (1, 2)]
    store.write_now(lambda unit: unit.items.add(items))
    backlog = store.read_now(lambda unit: unit.archive.backlog(10))
    assert backlog is not None
    changed = replace(items[0], text="drought", content_hash="b", seen_at=LATER)
    store.write_now(lambda unit: taken_in(unit, [changed]))
    indexed = [index_item(one) for one in backlog.items]
    store.write_now(partial(_catch_up, indexed=indexed, down_to=backlog.down_to))
    assert (titles(store, "river"), titles(store, "drought")) == (["Release 2"], ["Release 1"])
    # Whoever was slower does not make the first one's work count as undone.
    store.write_now(partial(_catch_up, indexed=[], down_to=2))
    assert store.read_now(lambda unit: unit.archive.backlog(10)) is None
