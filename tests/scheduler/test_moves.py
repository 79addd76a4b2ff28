"""Permanent redirects: believed after three visits over a day, told once, asked for directly, forgotten at their end;
410; the pace that a site asks for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from news.health import NoticeKind
from news.health.moves import ASKED_AGAIN
from news.visit import Reason, VisitResult
from scheduler.due import LONGEST_PAUSE
from storage import Store
from tests.scheduler.moving_on import MovingOn, Reader, feed, headline
from tests.scheduler.office import NOW

_hosts = itertools.count(1)


@pytest.fixture
def office() -> Iterator[MovingOn]:
    with MovingOn(f"127.3.1.{next(_hosts)}", began=NOW - timedelta(hours=2)) as site:
        site.published = 5
        yield site


@pytest.fixture(autouse=True)
def with_shared_crawling(shared_crawling: None) -> None:
    """Have the crawling of all tests started."""


def moves(reader: Reader) -> list[str]:
    notices = reader.store.read_now(lambda unit: unit.health.untold(0, since=None))
    return [one.detail for one in notices if one.kind is NoticeKind.MOVED]


def pause(reader: Reader) -> float:
    planned = reader.state().next_visit
    assert planned is not None
    return (planned - reader.clock()).total_seconds()


def asked(office: MovingOn) -> list[str]:
    paths = [path for _, path in office.asked if path.endswith(".rss") or path == "/rss"]
    office.asked.clear()
    return paths


def test_a_permanent_redirect_is_believed_after_three_visits_over_a_day_and_then_asked_for_directly(
    store: Store, office: MovingOn, in_loop: Any
) -> None:
    reader = Reader(store, feed(office), in_loop)
    office.moved["/rss"] = "/new.rss"
    for hours in (0, 3, 3, 17):
        reader.clock.passes(hours=hours)
        reader.visit()
        assert moves(reader) == [], "not over a day yet"
    reader.clock.passes(hours=2)
    reader.visit()
    assert moves(reader) == [f"{office.address}/new.rss"]
    asked(office)

    office.published += 1
    reader.clock.passes(hours=1)
    assert reader.visit().new == 1
    assert asked(office) == ["/new.rss"]
    assert headline(6) in reader.titles()
    assert reader.state().reading == reader.source.reading_fingerprint, "it stays the same source"
    assert moves(reader) == [f"{office.address}/new.rss"], "told once"


def test_a_redirect_that_ends_is_forgotten_and_one_that_lasts_is_looked_at_once_a_week(
    store: Store, office: MovingOn, in_loop: Any
) -> None:
    reader = Reader(store, feed(office), in_loop)
    office.moved["/rss"] = "/new.rss"
    for hours in (0, 13, 13):
        reader.clock.passes(hours=hours)
        reader.visit()
    for ways in (["/rss", "/new.rss"], ["/rss"]):
        asked(office)
        reader.clock.now += ASKED_AGAIN
        reader.visit()
        assert asked(office) == ways
        office.moved.clear()
    assert reader.state().move is None
    assert len(moves(reader)) == 1


def test_an_address_that_a_source_moved_to_and_that_fails_sends_it_back_to_the_declared_one(
    store: Store, office: MovingOn, in_loop: Any
) -> None:
    reader = Reader(store, feed(office), in_loop)
    office.moved["/rss"] = "/new.rss"
    for hours in (0, 13, 13):
        reader.clock.passes(hours=hours)
        reader.visit()
    office.broken.add("/new.rss")
    office.moved.clear()
    asked(office)
    for result in (VisitResult.SOFT, VisitResult.OK):
        office.published += 1
        reader.clock.passes(hours=1)
        assert reader.visit().result is result
    assert asked(office) == ["/new.rss", "/rss"]


def test_a_passing_redirect_and_one_after_it_are_no_move(store: Store, office: MovingOn, in_loop: Any) -> None:
    reader = Reader(store, feed(office), in_loop)
    office.moved["/rss"], office.moving = "/new.rss", 302
    for hours in (0, 13, 13, 13):
        reader.clock.passes(hours=hours)
        reader.visit()
    assert (moves(reader), reader.state().move) == ([], None)


def test_a_move_to_another_site_is_told_and_never_followed(store: Store, office: MovingOn, in_loop: Any) -> None:
    reader = Reader(store, feed(office), in_loop)
    reader.visit()
    office.moved["/rss"] = "https://elsewhere.example/rss"
    for hours in (1, 13, 13, 13):
        reader.clock.passes(hours=hours)
        assert reader.visit().reason is Reason.ADDRESS
    assert moves(reader) == ["https://elsewhere.example/rss"]
    move = reader.state().move
    assert move is not None
    assert not move.followed
    office.moved.clear()
    reader.clock.passes(hours=1)
    assert reader.visit().result.answered
    assert reader.state().move is None


def test_gone_is_told_once_it_is_confirmed_within_the_hour_and_asked_for_once_a_day(
    store: Store, office: MovingOn, in_loop: Any
) -> None:
    reader = Reader(store, feed(office), in_loop)
    reader.visit()
    office.gone.add("/rss")
    reader.clock.passes(hours=1)
    assert reader.visit().reason is Reason.GONE
    assert reader.told() == []
    assert reader.state().next_visit <= reader.clock() + timedelta(hours=1)
    reader.clock.passes(hours=1)
    assert reader.visit().reason is Reason.GONE
    assert [kind for kind, _, _ in reader.told()] == [NoticeKind.STATE]
    assert reader.state().next_visit == reader.clock() + LONGEST_PAUSE
    troubles = store.read_now(lambda unit: unit.troubles.untold())
    assert [(one.kind, one.about) for one in troubles] == [("gone", "office")]


def test_the_pace_that_a_feed_and_its_server_ask_for_is_kept_over_unchanged_visits(
    store: Store, office: MovingOn, in_loop: Any
) -> None:
    half_hourly = replace(feed(office), every=timedelta(minutes=30))
    reader = Reader(store, half_hourly, in_loop)
    office.head = "<ttl>70</ttl>"
    reader.visit()
    assert pause(reader) == pytest.approx(70 * 60, rel=0.1)
    reader.clock.passes(hours=2)
    assert reader.visit().result is VisitResult.NOT_MODIFIED
    assert pause(reader) == pytest.approx(70 * 60, rel=0.1), "its body was not looked at again"
    office.headers["Cache-Control"] = "public, max-age=31536000"
    reader.clock.passes(hours=2)
    reader.visit()
    assert pause(reader) == 4 * 30 * 60, "within reason"
