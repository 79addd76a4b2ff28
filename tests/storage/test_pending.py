"""Links that wait for their article: never twice, read in the right order, given up with a reason, dropped in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from news.item import Draft, Enclosure, Stated
from news.link import Link, Pending, PendingState
from storage import PendingCounts, Store
from storage.plain import draft_from, plain_draft
from tests.storage.samples import NOW, an_item

HOUR = timedelta(hours=1)


def a_link(number: int, **said: Any) -> Link:
    url = f"https://press.example/news/{number}"
    return Link(url=url, said=Draft(**{"title": f"Release {number}", "url": url, **said}))


def add(store: Store, *numbers: int, source: str = "press", at: datetime = NOW, **how: bool) -> int:
    links = [a_link(number) for number in numbers]
    return store.write_now(lambda unit: unit.pending.add(source, links, found_at=at, **how))


def due(store: Store, *, at: datetime = NOW, source: str = "press", limit: int = 99, quiet: bool = False) -> list[str]:
    found = store.read_now(lambda unit: unit.pending.due(source, now=at, limit=limit, quiet=quiet))
    return [pending.link.said.title.removeprefix("Release ") for pending in found]


def the(store: Store, number: int) -> Pending:
    rows = store.read_now(lambda unit: unit.pending.of_source("press", 99))
    return next(row for row in rows if row.link.said.title == f"Release {number}")


def fail(store: Store, number: int, **changes: Any) -> None:
    failed = replace(the(store, number), **{"tries": 1, "tried_at": NOW, "reason": "timeout", **changes})
    store.write_now(lambda unit: unit.pending.fail(failed))


def give_up(store: Store, number: int, reason: str = "not_found", at: datetime = NOW) -> None:
    fail(store, number, state=PendingState.GIVEN_UP, reason=reason, tried_at=at, tries=2)


EVERYTHING = Draft(
    title="Қазақстан: «release»",
    url="https://press.example/1?a=б",
    guid="urn:1",
    native_id="77",
    summary="A lead",
    text="A text",
    html="<p>A text</p>",
    published=Stated(
        day=date(2024, 3, 1), zone="Asia/Almaty", at=datetime(2024, 3, 1, 0, 30, tzinfo=ZoneInfo("Asia/Almaty"))
    ),
    published_raw="1 наурыз 2024",
    updated=Stated(day=date(2024, 3, 2), zone="Asia/Almaty"),
    authors=("Press office", "Desk"),
    language="kk",
    language_sure=0.75,
    enclosures=(Enclosure(url="https://press.example/1.pdf", type="application/pdf", length=3),),
    image="https://press.example/1.jpg",
    tags=("water",),
)


@pytest.mark.parametrize("said", [EVERYTHING, Draft(title="")])
def test_what_the_list_said_comes_back_whole(store: Store, said: Draft) -> None:
    link = Link(url="https://press.example/1?a=б", said=said)
    store.write_now(lambda unit: unit.pending.add("press", [link], found_at=NOW, quiet=True, first=True))
    (pending,) = store.read_now(lambda unit: unit.pending.of_source("press", 9))
    assert pending == Pending(id=pending.id, source="press", link=link, found_at=NOW, quiet=True, first=True)
    if said.published is not None:
        # Equal instants may be shown at different offsets: this one is still of the day it was stated for.
        assert pending.link.said.published is not None
        assert pending.link.said.published.isoformat() == said.published.isoformat()


def test_every_field_of_a_draft_is_written_down() -> None:
    plain = plain_draft(EVERYTHING)
    # What a list says of an article is only its headline; its meaning is worked out when its page was read.
    assert set(plain) == set(Draft.__dataclass_fields__) - {"meaning"}
    assert draft_from({**plain, "of a later version": 1}) == EVERYTHING


def test_a_link_waits_once_for_each_source_whatever_its_spelling(store: Store) -> None:
    assert add(store, 1, 2) == 2
    again = [a_link(2), replace(a_link(1), url="http://www.press.example/news/1/?utm_source=x"), a_link(3), a_link(3)]
    assert store.write_now(lambda unit: unit.pending.add("press", again, found_at=NOW)) == 1
    assert add(store, 1, source="other") == 1
    assert (due(store), due(store, source="other")) == (["1", "2", "3"], ["1"])


def test_a_link_that_is_no_address_never_waits(store: Store) -> None:
    link = Link(url="javascript:void(0)", said=Draft(title="Nothing"))
    assert store.write_now(lambda unit: unit.pending.add("press", [link], found_at=NOW)) == 0


def test_a_link_whose_item_is_stored_is_known_and_not_added_also_of_another_source(store: Store) -> None:
    store.write_now(lambda unit: unit.items.add([an_item(url="https://press.example/news/1", source="elsewhere")]))
    give = [a_link(number) for number in (1, 2, 3)]
    add(store, 2)
    assert add(store, 1, 3) == 1
    assert due(store) == ["2", "3"]
    store.write_now(lambda unit: unit.pending.settle(the(store, 3)))
    known = store.read_now(lambda unit: unit.pending.known("press", give))
    assert known == {"press.example/news/1", "press.example/news/2"}
    assert store.read_now(lambda unit: unit.pending.known("press", [])) == frozenset()


def test_a_guid_that_looks_like_an_address_makes_no_link_known(store: Store) -> None:
    item = an_item(url="https://press.example/other", guid="press.example/news/1")
    store.write_now(lambda unit: unit.items.add([item]))
    assert add(store, 1) == 1


def test_a_link_that_was_given_up_is_not_added_again_while_it_is_kept(store: Store) -> None:
    add(store, 1)
    give_up(store, 1)
    assert (add(store, 1), due(store)) == (0, [])
    assert store.read_now(lambda unit: unit.pending.known("press", [a_link(1)])) == {"press.example/news/1"}


def test_a_headline_of_its_own_source_is_read_anew_once_its_link_is_no_longer_kept(store: Store) -> None:
    escaped = '"unread":'
    headline, other = (an_item(url=f"https://press.example/news/{number}", tags=(escaped,)) for number in (1, 2))
    store.write_now(lambda unit: unit.items.add([replace(headline, unread="forbidden"), other]))
    assert add(store, 1, 2, source="other") == 0
    assert (add(store, 1, 2), due(store)) == (1, ["1"])


def test_more_links_than_one_statement_takes(store: Store) -> None:
    numbers = range(4_500)
    assert add(store, *numbers) == len(numbers)
    assert add(store, *numbers, 9_999) == 1


def test_found_last_is_read_first_and_within_a_visit_the_order_is_the_lists(store: Store) -> None:
    add(store, 5, 6)
    add(store, 3, 4, at=NOW + HOUR)
    assert due(store, at=NOW + HOUR) == ["3", "4", "5", "6"]
    assert due(store, at=NOW + HOUR, limit=3) == ["3", "4", "5"]


def test_only_what_has_come_is_due_and_what_was_given_up_never(store: Store) -> None:
    add(store, 1, 2, 3)
    fail(store, 1, next_try=NOW + HOUR, detail="no answer\0in 15 s")
    give_up(store, 2)
    assert due(store, at=NOW + HOUR - timedelta(microseconds=1)) == ["3"]
    assert due(store, at=NOW + HOUR) == ["1", "3"]
    one = the(store, 1)
    assert (one.tries, one.tried_at, one.reason, one.detail) == (1, NOW, "timeout", "no answerin 15 s")


def test_links_of_reading_back_are_asked_for_by_themselves(store: Store) -> None:
    add(store, 1)
    add(store, 2, quiet=True)
    assert (due(store), due(store, quiet=True)) == (["1"], ["2"])


def test_pending_is_counted_by_source_and_what_was_given_up_by_reason(store: Store) -> None:
    assert store.read_now(lambda unit: unit.pending.counts()) == {}
    add(store, 1, 2, 3, 4, 5)
    add(store, 1, source="other")
    for number, reason in ((1, "not_found"), (2, "challenge_page"), (3, "not_found")):
        give_up(store, number, reason)
    fail(store, 4)
    assert store.read_now(lambda unit: unit.pending.counts()) == {
        "other": PendingCounts(waiting=1),
        "press": PendingCounts(waiting=2, given_up={"challenge_page": 1, "not_found": 2}),
    }


def test_missing_is_what_was_given_up_in_the_period_and_what_waits_for_long(store: Store) -> None:
    add(store, 1, 2)
    add(store, 3, quiet=True)
    add(store, 4, 5, at=NOW + 5 * HOUR)
    give_up(store, 1, at=NOW - HOUR)
    give_up(store, 3, at=NOW + HOUR)
    give_up(store, 5, at=NOW + 6 * HOUR)
    found = store.read_now(lambda unit: unit.pending.missing(since=NOW, waiting_since=NOW + 5 * HOUR))
    assert [pending.link.said.title for pending in found] == ["Release 2", "Release 5"]


def test_the_earliest_reading_of_each_source_that_has_links_waiting(store: Store) -> None:
    add(store, 1, 2)
    add(store, 3, source="quiet", quiet=True)
    fail(store, 1, next_try=NOW + 2 * HOUR)
    assert store.read_now(lambda unit: unit.pending.earliest()) == {"press": NOW}
    fail(store, 2, next_try=NOW + HOUR)
    earliest = store.read_now(lambda unit: unit.pending.earliest())
    assert earliest == {"press": NOW + HOUR}
    assert earliest["press"].tzinfo is UTC
    give_up(store, 1)
    give_up(store, 2)
    assert store.read_now(lambda unit: unit.pending.earliest()) == {}


def test_what_was_given_up_is_dropped_after_30_days_and_what_waits_stays(store: Store) -> None:
    add(store, 1, 2, 3)
    give_up(store, 1, at=NOW)
    give_up(store, 2, at=NOW + HOUR)
    store.write_now(lambda unit: unit.housekeep(now=NOW + timedelta(days=30, seconds=1)))
    rows = store.read_now(lambda unit: unit.pending.of_source("press", 9))
    assert [row.link.said.title for row in rows] == ["Release 2", "Release 3"]
    assert store.read_now(lambda unit: unit.pending.counts()) == {
        "press": PendingCounts(waiting=1, given_up={"not_found": 1})
    }
    assert add(store, 1, at=NOW + timedelta(days=31)) == 1


def test_what_lapsed_and_is_named_again_is_read_anew_and_is_nothing_new(store: Store) -> None:
    later = NOW + timedelta(days=70)
    add(store, 1, 2)
    give_up(store, 1)
    give_up(store, 2)
    for days in (31, 69):
        store.write_now(lambda unit, days=days: unit.housekeep(now=NOW + timedelta(days=days)))  # type: ignore[misc]
    assert store.read_now(lambda unit: unit.pending.known("press", [a_link(1)])) == frozenset()
    assert add(store, 1, 3, at=later) == 2
    assert [(the(store, number).first, the(store, number).found_at) for number in (1, 3)] == [
        (True, later),
        (False, later),
    ]
    assert (the(store, 1).state, the(store, 1).tries, the(store, 1).reason) == (PendingState.WAITING, 0, "")
    store.write_now(lambda unit: unit.housekeep(now=NOW + timedelta(days=740)))
    assert add(store, 2, at=NOW + timedelta(days=741)) == 1
    assert not the(store, 2).first
