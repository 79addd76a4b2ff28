from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from news.source import FeedSource, ListingSource
from news.visit import Visit, VisitResult
from scheduler.ways import FIRST_AGAIN, TRUSTED_FAILURES, ways_in

PAGE = ListingSource(id="room", url="https://office.example/news", publisher="The newsroom")
FEED = FeedSource(id="room", url="https://office.example/rss", publisher="The newsroom")
OLD_FEED = replace(FEED, url="https://office.example/old.rss")
ROOM = replace(PAGE, alternatives=(FEED, OLD_FEED))
NOW = datetime(2024, 3, 8, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class State:
    reading: str = ""
    failures: int = 0
    ended: VisitResult = VisitResult.SOFT
    first_tried_at: datetime | None = NOW - timedelta(days=6)

    @property
    def last_visit(self) -> Visit:
        ended = self.ended if self.failures else VisitResult.OK
        return Visit(source="room", started_at=datetime(2024, 3, 8, tzinfo=UTC), result=ended)


def test_before_anything_worked_all_are_tried_in_declared_order() -> None:
    for state in (None, State(), State(failures=99)):
        ways = ways_in(ROOM, state, now=NOW)
        assert (ways.first, ways.others) == (ROOM, (FEED, OLD_FEED))


def test_a_source_without_alternatives_has_one_way() -> None:
    ways = ways_in(PAGE, State(failures=99), now=NOW)
    assert (ways.first, ways.others) == (PAGE, ())


def test_the_way_that_last_worked_is_alone_until_it_failed_three_times_in_a_row() -> None:
    assert TRUSTED_FAILURES == 3
    for failures in range(3):
        ways = ways_in(ROOM, State(reading=FEED.reading_fingerprint, failures=failures), now=NOW)
        assert (ways.first, ways.others) == (FEED, ())
    ways = ways_in(ROOM, State(reading=FEED.reading_fingerprint, failures=3), now=NOW)
    assert (ways.first, ways.others) == (FEED, (ROOM, OLD_FEED))


@pytest.mark.parametrize("ended", [VisitResult.HARD, VisitResult.REFUSED, VisitResult.EMPTY])
def test_after_one_fault_that_does_not_pass_by_itself_the_others_are_tried(ended: VisitResult) -> None:
    ways = ways_in(ROOM, State(reading=FEED.reading_fingerprint, failures=1, ended=ended), now=NOW)
    assert (ways.first, ways.others) == (FEED, (ROOM, OLD_FEED))


def test_the_declared_way_is_remembered_like_any_other() -> None:
    ways = ways_in(ROOM, State(reading=ROOM.reading_fingerprint, failures=4), now=NOW)
    assert (ways.first, ways.others) == (ROOM, (FEED, OLD_FEED))


def test_a_way_that_vanished_from_the_declaration_is_forgotten() -> None:
    vanished = replace(FEED, url="https://office.example/elsewhere.rss")
    ways = ways_in(ROOM, State(reading=vanished.reading_fingerprint), now=NOW)
    assert (ways.first, ways.others) == (ROOM, (FEED, OLD_FEED))


def test_what_is_only_said_of_a_way_does_not_make_it_another() -> None:
    renamed = replace(ROOM, alternatives=(replace(FEED, name="The feed", tags=("new",)), OLD_FEED))
    assert ways_in(renamed, State(reading=FEED.reading_fingerprint), now=NOW).first == renamed.alternatives[0]


def test_another_way_than_the_first_is_left_for_a_moment_once_a_week_so_that_the_source_returns_to_its_best() -> None:
    reading = FEED.reading_fingerprint
    for tried_at in (None, NOW - FIRST_AGAIN):
        ways = ways_in(ROOM, State(reading=reading, first_tried_at=tried_at), now=NOW)
        assert (ways.first, ways.others) == (ROOM, (FEED, OLD_FEED))
    assert ways_in(ROOM, State(reading=reading, first_tried_at=NOW - FIRST_AGAIN / 2), now=NOW).first == FEED
    is_first = State(reading=ROOM.reading_fingerprint, first_tried_at=None)
    assert ways_in(ROOM, is_first, now=NOW).others == ()
