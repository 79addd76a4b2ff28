from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.hosts import Hosts
from crawler.inbox import Errand
from news.source import FeedSource
from news.visit import Reason, Visit, VisitResult
from scheduler.due import FIRST_RETRY, LONGEST_PAUSE, due_sources, next_visit

NOW = datetime(2026, 3, 6, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class State:
    next_visit: datetime | None
    last_visit: Visit | None = None
    not_before: datetime | None = None


def source(name: str, *, host: str = "", every: timedelta = timedelta(minutes=30), enabled: bool = True) -> FeedSource:
    return FeedSource(id=name, url=f"https://{host or name}.example/feed", publisher=name, every=every, enabled=enabled)


def visit(result: VisitResult, *, retry_after: float | None = None) -> Visit:
    return Visit(source="one", started_at=NOW, result=result, reason=Reason.NONE, retry_after=retry_after)


def pause(result: VisitResult, failures: int, *, retry_after: float | None = None, every: int = 30) -> timedelta:
    one = source("one", every=timedelta(minutes=every))
    return next_visit(one, visit(result, retry_after=retry_after), failures=failures, now=NOW) - NOW


def test_a_source_never_visited_is_due_and_comes_before_those_that_wait_less() -> None:
    states = {"b": State(NOW - timedelta(hours=1)), "c": State(NOW), "d": State(NOW + timedelta(seconds=1))}
    due = due_sources([source(name) for name in "dcba"], states, now=NOW)
    assert [one.id for one in due] == ["a", "b", "c"]


def test_neither_a_disabled_source_nor_one_on_a_busy_host_is_due() -> None:
    sources = [source("off", enabled=False), source("x", host="Busy"), source("y", host="free")]
    assert [one.id for one in due_sources(sources, {}, now=NOW, busy_hosts={"busy.example"})] == ["y"]


@pytest.mark.parametrize("host", ["busy.example.", "BUSY.example", "busy.example:8443"])
def test_a_busy_host_is_busy_however_it_is_written(host: str) -> None:
    one = FeedSource(id="one", url=f"https://{host}/feed", publisher="one")
    busy = Hosts()
    busy.rounds([Errand(source=one)])

    assert due_sources([one], {}, now=NOW, busy_hosts=busy.busy) == []
    assert busy.busy == {"busy.example"}


@pytest.mark.parametrize("result", [VisitResult.OK, VisitResult.NOT_MODIFIED, VisitResult.EMPTY])
def test_an_answer_is_followed_by_the_sources_own_pause_with_at_most_a_tenth_of_jitter(result: VisitResult) -> None:
    assert timedelta(minutes=30) <= pause(result, 0) <= timedelta(minutes=33)


def test_a_passing_fault_is_tried_again_soon_then_less_often_and_never_given_up() -> None:
    pauses = [pause(VisitResult.SOFT, failures) for failures in (1, 2, 3, 12, 1000)]
    assert FIRST_RETRY <= pauses[0] <= FIRST_RETRY * 1.1
    assert pauses == sorted(pauses)
    assert LONGEST_PAUSE <= pauses[-1] <= LONGEST_PAUSE * 1.1


def test_a_source_polled_more_often_than_the_first_retry_keeps_its_own_pause() -> None:
    assert pause(VisitResult.SOFT, 1, every=1) <= timedelta(minutes=1.1)


def test_a_refusal_is_not_retried_sooner_than_the_sources_own_pause() -> None:
    assert pause(VisitResult.REFUSED, 1) >= timedelta(minutes=30)
    assert pause(VisitResult.HARD, 2) >= timedelta(minutes=60)


def test_retry_after_is_obeyed_up_to_a_day() -> None:
    assert pause(VisitResult.SOFT, 1, retry_after=7200) >= timedelta(hours=2)
    assert pause(VisitResult.SOFT, 1, retry_after=10**9) <= LONGEST_PAUSE * 1.1


def test_the_jitter_is_the_same_each_time_and_differs_between_sources() -> None:
    answered = visit(VisitResult.OK)
    pauses = {next_visit(source(f"s{n}"), answered, failures=0, now=NOW) for n in range(20)}
    assert len(pauses) > 10
    assert pauses == {next_visit(source(f"s{n}"), answered, failures=0, now=NOW) for n in range(20)}


def answered_at(minutes: float, *, next_in: float, result: VisitResult = VisitResult.OK) -> State:
    """A source visited so many minutes ago, and planned to be visited again in so many."""
    last = Visit(source="one", started_at=NOW - timedelta(minutes=minutes), result=result)
    return State(NOW + timedelta(minutes=next_in), last)


@pytest.mark.parametrize(
    ("state", "article_in", "due"),
    [
        (answered_at(6, next_in=24), -60, True),
        (answered_at(4, next_in=26), -60, False),
        (answered_at(6, next_in=24), 1, False),
        (answered_at(6, next_in=24, result=VisitResult.NOT_MODIFIED), 0, True),
        (answered_at(6, next_in=24, result=VisitResult.SOFT), -60, False),
        (answered_at(1, next_in=0), 60, True),
        (State(None), -60, True),
    ],
    ids=["waits", "visited just now", "to be tried later", "304", "source fails", "due anyway", "never visited"],
)
def test_articles_that_wait_bring_the_next_visit_forward(state: State, article_in: float, due: bool) -> None:
    articles = {"one": NOW + timedelta(minutes=article_in), "another": NOW}
    assert bool(due_sources([source("one")], {"one": state}, now=NOW, articles=articles)) is due


@pytest.mark.parametrize(("minutes", "due"), [(1, False), (0, True), (-60, True)])
def test_articles_that_wait_bring_no_visit_before_their_server_wants_it(minutes: float, due: bool) -> None:
    state = replace(answered_at(30, next_in=24), not_before=NOW + timedelta(minutes=minutes))
    articles = {"one": NOW - timedelta(hours=1)}

    assert bool(due_sources([source("one")], {"one": state}, now=NOW, articles=articles)) is due
