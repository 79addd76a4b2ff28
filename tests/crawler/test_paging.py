"""When a page of a list is turned, and every reason to stop: no network."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crawler.inbox import Depth, Errand
from crawler.paging import (
    MEMBERS,
    Plan,
    Stop,
    address_of,
    entries_of,
    filled,
    members_of,
    plan_of,
    stop_after,
    stop_at,
    wanted,
)
from crawler.read.page import Reading
from news.item import Draft, Stated
from news.link import Link
from news.source import ListingSource, Paging
from news.visit import Reason, Validators

SOURCE = ListingSource(
    id="office",
    url="https://example.kz/{language}/news",
    publisher="Office",
    language="ru",
    paging=Paging(url="https://example.kz/{language}/news?page={page}", start=2, most=4),
)
READ_BEFORE = Validators(body_hash="f00d")
SINCE = Depth(since=date(2026, 10, 1), pages=7, first=3)
CATCHING_UP, BACK = Plan(most=4, catching_up=True), Plan(most=4, since=SINCE.since)
GAP = replace(CATCHING_UP, gap=True)


def link(number: int, day: date | None = None) -> Link:
    url = f"https://example.kz/news/{number}"
    stated = Stated(day=day, zone="Asia/Almaty") if day is not None else None
    return Link(url=url, said=Draft(title=f"Part {number}", url=url, published=stated))


def page(*numbers: int, day: date | None = None) -> Reading:
    return Reading(drafts=(), links=tuple(link(number, day) for number in numbers))


def keys(*numbers: int) -> frozenset[str]:
    return frozenset(link(number).key for number in numbers)


@pytest.mark.parametrize(
    ("pages", "plan", "known", "stop"),
    [
        ([page()], CATCHING_UP, (), Stop.ENDED),
        ([page(1, 2)], CATCHING_UP, (), Stop.NONE),
        ([page(1, 2)], CATCHING_UP, (2,), Stop.KNOWN),
        ([page(1, 2)], CATCHING_UP, (9,), Stop.NONE),
        ([page(1, 2, 3, 4, 5, 6)], CATCHING_UP, (1,), Stop.NONE),  # pinned to the top
        ([page(1, 2, 3, 4, 5, 6)], CATCHING_UP, (1, 3, 6), Stop.NONE),
        ([page(1, 2, 3, 4, 5, 6)], CATCHING_UP, (4, 5, 6), Stop.KNOWN),
        ([page(1)], CATCHING_UP, (1,), Stop.KNOWN),
        ([page(1), page(2)], GAP, (1, 2), Stop.NONE),  # what was missed lies below what is known
        ([page(1), page(2), page(3), page(4)], GAP, (4,), Stop.KNOWN),
        ([page(1), page(2), page(3), page(4)], GAP, (1,), Stop.MOST),
        ([page(1), page(1)], GAP, (1,), Stop.REPEATED),
        ([page(1, 2), page(2, 3)], CATCHING_UP, (), Stop.NONE),
        ([page(1, 2), page(3), page(2, 1)], CATCHING_UP, (), Stop.REPEATED),
        ([page(1), page(2), page(3), page(4)], CATCHING_UP, (), Stop.MOST),
        ([page(1)], Plan(), (), Stop.MOST),
        ([page(1)], BACK, (1,), Stop.NONE),  # what is known does not end reading back
        ([page(1), page(1)], BACK, (), Stop.REPEATED),
        ([page(1, day=date(2026, 9, 30))], BACK, (), Stop.OLDER),
        ([page(1, day=date(2026, 10, 1))], BACK, (), Stop.NONE),
        ([Reading(drafts=(), links=(link(1, date(2026, 9, 30)), link(2)))], BACK, (), Stop.OLDER),
    ],
)
def test_when_to_stop(pages: list[Reading], plan: Plan, known: tuple[int, ...], stop: Stop) -> None:
    assert stop_after(pages, plan, known=keys(*known)) is stop


@pytest.mark.parametrize(
    ("reason", "stop"),
    [
        (Reason.NOT_FOUND, Stop.ENDED),
        (Reason.GONE, Stop.ENDED),
        (Reason.NO_ENTRIES, Stop.ENDED),
        (Reason.ROBOTS, Stop.ROBOTS),
        (Reason.DEADLINE, Stop.OUT_OF_TIME),
        (Reason.TIMEOUT, Stop.FAILED),
        (Reason.CHALLENGE, Stop.FAILED),
    ],
)
def test_what_a_page_that_does_not_come_means(reason: Reason, stop: Stop) -> None:
    assert stop_at(reason) is stop


def test_a_first_visit_reads_one_page() -> None:
    assert plan_of(Errand(source=SOURCE), SOURCE) == Plan()


def test_a_source_that_was_read_before_closes_a_gap() -> None:
    assert plan_of(Errand(source=SOURCE, validators=READ_BEFORE), SOURCE) == CATCHING_UP


def test_a_gap_of_before_is_closed_by_whatever_way_the_source_is_read() -> None:
    other = replace(SOURCE, url="https://example.kz/all")
    errand = Errand(source=SOURCE, others=(other,), gap=True)

    assert [plan_of(errand, way) for way in (SOURCE, other)] == [GAP, GAP]


def test_without_pages_there_is_one() -> None:
    alone = replace(SOURCE, paging=None)

    assert plan_of(Errand(source=alone, validators=READ_BEFORE), alone) == Plan()


def test_another_way_may_name_everything_anew_and_is_read_as_at_a_first_visit() -> None:
    other = replace(SOURCE, url="https://example.kz/all")

    assert plan_of(Errand(source=SOURCE, validators=READ_BEFORE, others=(other,)), other) == Plan()


def test_reading_back_has_its_own_measure() -> None:
    plan = plan_of(Errand(source=SOURCE, validators=READ_BEFORE, depth=SINCE), SOURCE)

    assert plan == Plan(first=3, most=7, since=SINCE.since)


@pytest.mark.parametrize(
    ("number", "address"),
    [
        (0, "https://example.kz/ru/news"),
        (1, "https://example.kz/ru/news?page=2"),
        (4, "https://example.kz/ru/news?page=5"),
    ],
)
def test_where_the_pages_are(number: int, address: str) -> None:
    assert address_of(SOURCE, number) == address


def test_a_body_names_its_first_page_too() -> None:
    assert [filled("_page: {page}", SOURCE, number) for number in (0, 1)] == ["_page: 1", "_page: 2"]
    assert filled("{page}", replace(SOURCE, paging=None), 0) == "{page}"


def test_members_of_an_index() -> None:
    index = tuple(f"https://example.kz/{number}.xml" for number in range(12))
    alone = replace(SOURCE, paging=None)

    assert members_of(index, Plan(), alone) == index[:MEMBERS]
    assert members_of(index, Plan(), SOURCE) == index[:4]
    assert members_of(index, Plan(first=3, most=7, since=SINCE.since), SOURCE) == index[3:10]


def test_reading_back_leaves_out_what_is_dated_before() -> None:
    old, new, undated = link(1, date(2026, 9, 30)), link(2, date(2026, 10, 1)), link(3)

    assert wanted((old, new, undated, new), BACK) == (new, undated)
    assert wanted((old, new, undated, new), Plan()) == (old, new, undated)


def test_complete_entries_count_as_entries() -> None:
    draft = Draft(title="One", url="https://example.kz/news/1")

    assert [entry.key for entry in entries_of(Reading(drafts=(draft, Draft(title="No address"))))] == list(keys(1))
