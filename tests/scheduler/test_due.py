from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.hosts import Hosts
from crawler.inbox import Errand
from news.health import UNSAID, Declared, Pace
from news.health.rhythm import WINDOW
from news.source import FeedSource
from news.visit import Reason, Visit, VisitResult
from news.watch.watch import Mode, Recipient, Schedule, Watch
from scheduler.due import FIRST_RETRY, LONGEST_PAUSE, OUTAGE_PAUSE, due_sources, next_visit
from scheduler.wishes import alerting_sources, next_slots

NOW = datetime(2026, 3, 6, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class State:
    next_visit: datetime | None
    last_visit: Visit | None = None
    not_before: datetime | None = None
    failures: int = 0
    pace: Pace = UNSAID
    declared: Declared | None = None


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
    assert pauses[-1] == LONGEST_PAUSE


def test_a_quiet_source_rests_a_day_at_most_or_as_long_as_it_declares() -> None:
    night = NOW.replace(hour=20)
    for every, longest in ((18, LONGEST_PAUSE), (48, timedelta(hours=48))):
        quiet = replace(source("one"), every=timedelta(hours=every))
        planned = next_visit(
            quiet, visit(VisitResult.OK), failures=0, now=night, earlier=[visit(VisitResult.OK)] * WINDOW
        )
        assert planned - night == longest


@pytest.mark.parametrize(("hours", "due"), [(24, False), (25, True)])
def test_what_a_clock_planned_that_has_been_set_back_since_is_due(hours: int, due: bool) -> None:
    """A machine that wakes up in another year and is put right must not leave its sources alone until then."""
    assert bool(due_sources([source("one")], {"one": State(NOW + timedelta(hours=hours))}, now=NOW)) is due


def test_a_source_polled_more_often_than_the_first_retry_keeps_its_own_pause() -> None:
    assert pause(VisitResult.SOFT, 1, every=1) <= timedelta(minutes=1.1)


def test_a_refusal_is_not_retried_sooner_than_the_sources_own_pause() -> None:
    assert pause(VisitResult.REFUSED, 1) >= timedelta(minutes=30)
    assert pause(VisitResult.HARD, 2) >= timedelta(minutes=60)


def test_retry_after_is_obeyed_up_to_a_day() -> None:
    assert pause(VisitResult.SOFT, 1, retry_after=7200) >= timedelta(hours=2)
    assert pause(VisitResult.SOFT, 1, retry_after=10**9) == LONGEST_PAUSE


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


SLOT = NOW.replace(hour=9)
"""An hour from now, 14:00 in Almaty, a working day."""


def wanted(minutes_ago: float, *, now: datetime, result: VisitResult = VisitResult.OK, **fields: Any) -> bool:
    """Whether a source with a digest at SLOT is due, visited so long before now and planned for tomorrow."""
    last = Visit(source="one", started_at=now - timedelta(minutes=minutes_ago), result=result, **fields)
    state = State(now + timedelta(days=1), last)
    return bool(due_sources([source("one")], {"one": state}, now=now, slots=[SLOT]))


@pytest.mark.parametrize("result", [VisitResult.OK, VisitResult.SOFT, VisitResult.REFUSED])
def test_every_source_is_visited_within_20_minutes_before_a_digest_also_one_that_fails(result: VisitResult) -> None:
    assert not wanted(15, now=SLOT - timedelta(minutes=21), result=result)
    assert wanted(60, now=SLOT - timedelta(minutes=5), result=result)
    assert not wanted(10, now=SLOT - timedelta(minutes=5), result=result), "it was visited in that time"
    assert not wanted(60, now=SLOT - timedelta(minutes=5), result=result, retry_after=7200), "its server said when"


def test_the_visits_before_a_digest_are_spread() -> None:
    sources = [source(f"s{n}") for n in range(40)]
    last = Visit(source="one", started_at=SLOT - timedelta(hours=1), result=VisitResult.OK)
    states = {one.id: State(SLOT + timedelta(days=1), last) for one in sources}
    due = [
        len(due_sources(sources, states, now=SLOT - timedelta(minutes=minutes), slots=[SLOT]))
        for minutes in (20, 13, 5)
    ]
    assert due[0] < due[1] < due[2] == 40
    assert 10 < due[1] < 30


@pytest.mark.parametrize(
    ("minutes_ago", "now", "result", "due"),
    [
        (15, NOW, VisitResult.OK, True),
        (10, NOW, VisitResult.OK, False),
        (15, NOW, VisitResult.SOFT, False),
        (15, NOW + timedelta(hours=8), VisitResult.OK, False),
        (15, NOW + timedelta(days=1), VisitResult.OK, False),
    ],
    ids=["office hours", "just now", "it fails", "at night", "on Saturday"],
)
def test_a_source_of_an_instant_watch_is_visited_every_15_minutes_in_its_office_hours(
    minutes_ago: float, now: datetime, result: VisitResult, due: bool
) -> None:
    last = Visit(source="one", started_at=now - timedelta(minutes=minutes_ago), result=result)
    states = {"one": State(now + timedelta(hours=2), last)}
    assert bool(due_sources([source("one")], states, now=now, alerting={"one"})) is due
    assert due_sources([source("one")], states, now=now) == []


def test_while_this_computer_reaches_nothing_pauses_neither_grow_nor_fall_together() -> None:
    lost = visit(VisitResult.SOFT)
    pauses = [next_visit(source(f"s{n}"), lost, failures=40, now=NOW, outage=True) - NOW for n in range(20)]
    assert all(OUTAGE_PAUSE <= one <= 2 * OUTAGE_PAUSE for one in pauses)
    assert len(set(pauses)) > 10


BOTH = {"office", "agency"}


def a_watch(query: str, *, mode: Mode = Mode.INSTANT, enabled: bool = True) -> Watch:
    return Watch(name=query, query=query, mode=mode, enabled=enabled)


@pytest.mark.parametrize(
    ("watches", "alerting"),
    [
        ([a_watch("flood")], None),
        ([a_watch("flood", mode=Mode.DIGEST)], set()),
        ([a_watch("flood", enabled=False)], set()),
        ([a_watch("flood source:office")], {"office"}),
        ([a_watch("flood (source:office OR source:agency)"), a_watch("source:office mudflow")], BOTH),
        ([a_watch("flood OR source:office")], None),
        ([a_watch("flood source:office"), a_watch("flood")], None),
        ([a_watch("flood source:elsewhere")], {"elsewhere"}),
        ([a_watch("flood NOT source:office")], None),
    ],
)
def test_which_sources_feed_an_instant_watch(watches: list[Watch], alerting: set[str] | None) -> None:
    assert alerting_sources(watches) == alerting


def test_the_next_slot_of_each_schedule_is_asked_for_once() -> None:
    morning, evening = Schedule(hour=8), Schedule(hour=17, minute=30)
    recipients = [
        Recipient(address="a@example.org", schedule=morning),
        Recipient(address="b@example.org", schedule=morning),
        Recipient(address="c@example.org", schedule=evening),
        Recipient(address="d@example.org", schedule=Schedule(hour=20), enabled=False),
    ]
    assert next_slots(recipients, now=NOW) == [
        datetime(2026, 3, 6, 12, 30, tzinfo=UTC),
        datetime(2026, 3, 7, 3, 0, tzinfo=UTC),
    ]


def an_hour_ago(one: FeedSource, *, result: VisitResult = VisitResult.OK, retry_after: float | None = None) -> State:
    """Visited an hour ago as it is declared there, with hours to go until the next visit."""
    last = replace(visit(result, retry_after=retry_after), started_at=NOW - timedelta(hours=1), url=one.url)
    return State(NOW + timedelta(hours=20), last, failures=0 if result.answered else 1, declared=Declared.of(one))


def is_due(one: FeedSource, state: State, **options: Any) -> bool:
    return bool(due_sources([one], {one.id: state}, now=NOW, **options))


@pytest.mark.parametrize("result", VisitResult)
@pytest.mark.parametrize("edit", [{"site": "other"}, {"zone": "UTC"}, {"ca_bundle": "office.pem"}])
def test_a_source_whose_declaration_was_edited_is_due_at_once(result: VisitResult, edit: dict[str, str]) -> None:
    before = source("one", every=timedelta(hours=20))
    assert not is_due(before, an_hour_ago(before, result=result))
    assert not is_due(replace(before, name="Another name"), an_hour_ago(before, result=result))
    assert is_due(replace(before, **edit), an_hour_ago(before, result=result))


def test_another_way_that_is_still_declared_is_no_edit() -> None:
    first, other = source("one"), replace(source("one"), url="https://other.example/feed")
    assert not is_due(replace(first, alternatives=(other,)), an_hour_ago(other))
    assert is_due(first, an_hour_ago(other))


def test_an_edit_lifts_what_a_server_asked_for_only_where_another_server_is_asked_now() -> None:
    before = source("one")
    state = an_hour_ago(before, result=VisitResult.SOFT, retry_after=7200)
    assert not is_due(replace(before, url="https://one.example/repaired"), state)
    assert is_due(replace(before, url="https://another.example/feed"), state)


@pytest.mark.parametrize(("every", "due"), [(1, True), (50, True), (70, False), (2000, False)])
def test_a_shortened_pause_counts_from_the_last_visit_on(every: int, due: bool) -> None:
    before = source("one", every=timedelta(minutes=1000))
    assert is_due(replace(before, every=timedelta(minutes=every)), an_hour_ago(before)) is due


def test_everything_is_due_when_asked_for_but_for_whom_its_server_keeps_away() -> None:
    one = source("one", every=timedelta(hours=20))
    for state, due in (
        (an_hour_ago(one), True),
        (an_hour_ago(one, result=VisitResult.REFUSED), True),
        (an_hour_ago(one, result=VisitResult.SOFT, retry_after=7200), False),
        (replace(an_hour_ago(one), not_before=NOW + timedelta(minutes=1)), False),
    ):
        assert is_due(one, state, everything=True) is due
    assert not is_due(replace(one, enabled=False), an_hour_ago(one), everything=True)
