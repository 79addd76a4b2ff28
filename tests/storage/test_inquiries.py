"""What became of an address, item or match, as the database knows it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import partial
from itertools import product

from news.item import Draft, Stated
from news.link import Link
from news.message import ParcelState
from news.story import Choice, Relation
from news.visit import Visit, VisitResult
from storage import Store, Unit
from storage.archive_docs import moment_of
from tests.storage.samples import NOW, a_match, a_message, a_recipient, a_watch, add_one, an_item, numbered


def test_a_match_is_followed_to_its_digest_and_to_the_card_it_stood_on(store: Store) -> None:
    watch, person = a_watch(store), a_recipient(store)

    def work(unit: Unit) -> int:
        first, second, third = (add_one(unit, numbered(number)) for number in (1, 2, 3))
        fourth = unit.items.add([numbered(4)])[0].item.id
        unit.stories.assign(
            fourth, Choice(story=unit.stories.story_of(first), relation=Relation.SAME, to=first), at=NOW
        )
        ids = (first, second, third, fourth)
        unit.matches.record([a_match(id, watch.id) for id in ids], at=NOW)
        numbers = [unit.inquiries.matches_of(id)[0].id for id in (first, second, fourth)]
        unit.digests.freeze(person, "daily", "2026-11-22", numbers, a_message(), "email", at=NOW)
        return first

    first = store.write_now(work)
    (told,) = store.read_now(lambda unit: unit.inquiries.tellings(unit.inquiries.matches_of(first)[0].id))
    assert (told.recipient, told.slot, told.state) == (person.address, "2026-11-22", ParcelState.QUEUED)
    assert store.read_now(lambda unit: unit.inquiries.told_together(told.digest, first)) == [first + 3]
    assert store.read_now(lambda unit: unit.inquiries.tellings(unit.inquiries.matches_of(first + 2)[0].id)) == []
    stories = store.read_now(lambda unit: unit.inquiries.stories_of([first, first + 3, 999]))
    assert stories[first] == stories[first + 3]
    assert 999 not in stories
    assert store.read_now(lambda unit: unit.inquiries.found_by([first, 999])) == {first: [watch.id]}


def test_followers_are_all_recipients_with_the_match_since_which_they_follow(store: Store) -> None:
    watch = a_watch(store)
    a_recipient(store)
    store.write_now(lambda unit: unit.matches.record([a_match(add_one(unit, numbered(1)), watch.id)], at=NOW))
    a_recipient(store, "late@example.org")
    a_recipient(store, "other@example.org", watches=("something else",))
    followers = store.read_now(lambda unit: unit.inquiries.followers(watch.id))
    assert [(one.address, one.since_match) for one in followers] == [
        ("desk@example.org", 0),
        ("late@example.org", 1),
        ("other@example.org", None),
    ]


def test_muted_matches_are_counted_by_watch_and_time(store: Store) -> None:
    watch = a_watch(store)
    store.write_now(
        lambda unit: unit.matches.record([a_match(add_one(unit, numbered(1)), watch.id)], at=NOW, muted=True)
    )
    assert store.read_now(lambda unit: unit.inquiries.muted(watch.id, NOW)) == 1
    assert store.read_now(lambda unit: unit.inquiries.muted(watch.id, NOW + timedelta(days=1))) == 0


def test_an_address_leads_to_the_sources_beside_it_its_links_and_their_visits(store: Store) -> None:
    def work(unit: Unit) -> None:
        for number, source in enumerate(("press", "agency", "press")):
            add_one(unit, an_item(f"R {number}", url=f"https://press.example/en/{number}", source=source))
        add_one(unit, an_item("Another", url="https://press.example.org/en/9", source="other"))
        link = Link(url="https://press.example/en/77", said=Draft(title="L", url="https://press.example/en/77"))
        unit.pending.add("press", [link], found_at=NOW)
        for hours in (0, 5):
            visit = Visit(source="press", started_at=NOW + timedelta(hours=hours), result=VisitResult.OK)
            unit.visits.record(visit, next_visit=NOW, reading="r")

    store.write_now(work)
    assert store.read_now(lambda unit: unit.inquiries.sources_at("press.example/en/")) == ["press", "agency"]
    assert store.read_now(lambda unit: unit.inquiries.sources_at("press.example/ru/")) == []
    (link,) = store.read_now(lambda unit: unit.inquiries.links("press.example/en/77"))
    assert link.source == "press"
    visits = store.read_now(lambda unit: unit.inquiries.visits("press", NOW, NOW + timedelta(hours=5)))
    assert [visit.started_at for visit in visits] == [NOW]


def test_items_of_a_time_go_by_the_hour_stated_else_by_when_they_were_seen(store: Store) -> None:
    ids = [
        store.write_now(
            lambda unit, number=number: add_one(unit, numbered(number, seen_at=NOW - timedelta(days=number)))
        )  # type: ignore[misc]
        for number in range(4)
    ]
    since = NOW - timedelta(days=2)
    assert store.read_now(lambda unit: unit.inquiries.ids_since(since)) == ids[:3]
    assert store.read_now(lambda unit: unit.inquiries.stored_since(since)) == 3
    assert store.read_now(lambda unit: unit.inquiries.first_seen(ids[1])) == NOW - timedelta(days=1)


def test_what_is_of_a_time_is_what_the_archive_finds_in_it(store: Store) -> None:
    """A release of last year that is seen today is none of this month's, else a watch for nearly all looks narrow."""
    day = NOW.date() - timedelta(days=30)
    stated = [
        None,
        Stated(day=day, zone="UTC"),
        Stated(day=day, zone="UTC", at=datetime.combine(day, time(9), UTC)),
        Stated(day=NOW.date() + timedelta(days=9), zone="UTC"),
        Stated(day=NOW.date(), zone="UTC"),
    ]
    ids = [
        store.write_now(partial(add_one, item=numbered(number, published=published, seen_at=seen)))
        for number, (published, seen) in enumerate(product(stated, (NOW, NOW - timedelta(days=1))))
    ]
    items = store.read_now(lambda unit: unit.items.load(ids))
    for since in (
        *(datetime.combine(day, time(hour), UTC) for hour in (8, 10, 12, 13)),
        NOW - timedelta(days=1),
        NOW - timedelta(hours=1),
        NOW + timedelta(hours=1),
    ):
        expected = [one.id for one in items if moment_of(one, one.seen_at) >= since]
        assert store.read_now(partial(_ids_since, since=since)) == expected
        assert store.read_now(partial(_stored_since, since=since)) == len(expected)


def _ids_since(unit: Unit, *, since: datetime) -> list[int]:
    return unit.inquiries.ids_since(since)


def _stored_since(unit: Unit, *, since: datetime) -> int:
    return unit.inquiries.stored_since(since)
