from __future__ import annotations

from datetime import timedelta
from itertools import groupby

import pytest

from news.health import Condition, Health, Norms, Outage, SignKind, Weather, change
from news.visit import Reason
from tests.news.health.histories import HALF_HOUR, MONDAY, a_visit, every, judged

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def states(conditions: list[Condition]) -> list[str]:
    """The states in order, each run of the same once."""
    return [state.value for state, _ in groupby(one.state for one in conditions)]


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (Reason.FORBIDDEN, Health.REFUSED),
        (Reason.ROBOTS, Health.REFUSED),
        (Reason.CHALLENGE, Health.REFUSED),
        (Reason.SERVER_ERROR, Health.DOWN),
        (Reason.TIMEOUT, Health.DOWN),
        (Reason.DNS, Health.DOWN),
        (Reason.NOT_FOUND, Health.DOWN),
        (Reason.GONE, Health.DOWN),
        (Reason.NO_ENTRIES, Health.DEGRADED),
        (Reason.NOT_A_FEED, Health.DEGRADED),
        (Reason.THROTTLED, Health.DEGRADED),
    ],
)
def test_a_fault_that_lasts_has_its_state_since_its_first_visit_and_ends_with_an_answer(
    reason: Reason, state: Health
) -> None:
    visits = every(HALF_HOUR, [Reason.NONE, *[reason] * 4, Reason.NONE])
    conditions = judged(visits)
    assert states(conditions) == ["ok", state.value, "ok"]
    assert (conditions[-2].since, conditions[-2].reason) == (visits[1].started_at, reason)
    assert conditions[-1].since == visits[-1].started_at


@pytest.mark.parametrize(
    ("reason", "minutes", "noticed"),
    [
        (Reason.SERVER_ERROR, [0, 5, 15, 35], None),
        (Reason.SERVER_ERROR, [0, 5, 15, 35, 75], 4),
        (Reason.SERVER_ERROR, [0, 1441], 1),
        (Reason.NOT_FOUND, [0], None),
        (Reason.NOT_FOUND, [0, 30], 1),
        (Reason.GONE, [0], None),
        (Reason.GONE, [0, 30], 1),
        (Reason.NO_ENTRIES, [0, 30], 1),
        (Reason.FORBIDDEN, [0, 30], 1),
        (Reason.CANCELLED, [0, 60, 120, 180], None),
    ],
)
def test_patience_is_graded_by_the_kind_of_fault(reason: Reason, minutes: list[int], noticed: int | None) -> None:
    visits = [a_visit(MONDAY - HOUR), *(a_visit(MONDAY + minute * MINUTE, reason) for minute in minutes)]
    bad = [number for number, one in enumerate(judged(visits)[1:]) if not one.state.is_good]
    assert bad[:1] == ([] if noticed is None else [noticed])


def test_a_410_after_another_fault_is_not_confirmed_by_that() -> None:
    reasons = [Reason.NONE, Reason.NOT_FOUND, Reason.GONE]
    assert states(judged(every(HALF_HOUR, reasons))) == ["ok"]
    assert states(judged(every(HALF_HOUR, [*reasons, Reason.GONE]))) == ["ok", "down"]


def test_a_source_never_answered_is_unread_until_patience_is_over() -> None:
    conditions = judged(every(HALF_HOUR, [Reason.TIMEOUT] * 4))
    assert states(conditions) == ["never yet read", "down"]
    unread = Condition(state=Health.UNREAD, since=MONDAY)
    assert change("office", unread, conditions[-1], at=MONDAY) is not None
    read = Condition(state=Health.OK, since=MONDAY)
    assert change("office", unread, read, at=MONDAY) is None, "a first reading is no recovery"


def test_another_fault_must_last_as_well_before_it_is_another_state() -> None:
    down = [Reason.NONE, *[Reason.SERVER_ERROR] * 4]
    alternating = [Reason.FORBIDDEN, Reason.SERVER_ERROR] * 10
    assert states(judged(every(HALF_HOUR, [*down, *alternating]))) == ["ok", "down"]
    assert states(judged(every(HALF_HOUR, [*down, *[Reason.FORBIDDEN] * 4]))) == ["ok", "down", "refused"]


@pytest.mark.parametrize("weather", [Weather.OUTAGE, Weather.UNKNOWN])
def test_while_nothing_else_is_reached_no_source_is_blamed_for_the_network(weather: Weather) -> None:
    network = every(HALF_HOUR, [Reason.NONE, *[Reason.DNS] * 20])
    assert states(judged(network, weather=weather)) == ["ok"]
    answers = every(HALF_HOUR, [Reason.NONE, *[Reason.SERVER_ERROR] * 20])
    assert states(judged(answers, weather=weather)) == ["ok", "down"]


def test_what_failed_in_an_outage_counts_neither_then_nor_afterwards() -> None:
    failing = every(HALF_HOUR, [Reason.NONE, *[Reason.CONNECTION] * 40, Reason.NONE, *[Reason.CONNECTION] * 3])
    outage = Outage(began=failing[1].started_at, ended=failing[41].started_at)
    assert states(judged(failing, outages=[outage])) == ["ok", "down"]
    assert states(judged(failing[:-1], outages=[outage])) == ["ok"]
    assert states(judged(failing[:30], outages=[Outage(began=outage.began)])) == ["ok"]


def test_some_failing_visits_degrade_a_source_once_and_it_recovers_once() -> None:
    flaky = [Reason.NONE, Reason.NONE, Reason.TIMEOUT, Reason.TIMEOUT] * 5
    conditions = judged(every(HALF_HOUR, [*[Reason.NONE] * 4, *flaky, *[Reason.NONE] * 60]))
    assert states(conditions) == ["ok", "degraded", "ok"]
    (sign,) = next(one for one in conditions if one.state is Health.DEGRADED).signs
    assert (sign.kind, sign.of >= 8) == (SignKind.FLAKY, True)


def test_a_source_of_which_four_visits_in_five_fail_is_called_flaky_once_not_down_and_well_by_turns() -> None:
    mostly_down = [Reason.NONE, *[Reason.TIMEOUT] * 4] * 30
    conditions = judged(every(HALF_HOUR, [*[Reason.NONE] * 10, *mostly_down]))
    assert states(conditions) == ["ok", "down", "ok", "down", "degraded"]


@pytest.mark.parametrize("reason", [Reason.NOT_FOUND, Reason.FORBIDDEN, Reason.SERVER_ERROR])
def test_a_source_that_comes_and_goes_is_called_flaky_and_not_down_and_well_by_turns(reason: Reason) -> None:
    on_and_off = [Reason.NONE, reason, reason, reason, Reason.NONE, reason, reason, Reason.NONE, reason] * 10
    conditions = judged(every(HALF_HOUR, [Reason.NONE, *on_and_off, *[reason] * 25, *[Reason.NONE] * 60]))
    down = "refused" if reason is Reason.FORBIDDEN else "down"
    assert {one.state for one in conditions[10:90]} == {Health.DEGRADED}
    assert states(conditions[10:]) == ["degraded", down, "degraded", "ok"], "down once all visits of half a day failed"


@pytest.mark.parametrize(("entries", "state"), [(30, "ok"), (12, "ok"), (5, "degraded")])
def test_a_list_far_shorter_than_ever_is_a_redesign_at_the_second_visit(entries: int, state: str) -> None:
    norms = Norms(entries=30, fewest=20)
    visits = every(HALF_HOUR, [Reason.NONE] * 2, entries=entries)
    assert [one.state.value for one in judged(visits, norms=norms)] == ["ok", state]
    assert [one.state.value for one in judged(visits)] == ["ok", "ok"], "nothing usual is known yet"


@pytest.mark.parametrize(
    ("oddities", "kind"),
    [({"entry_no_date": 9}, SignKind.UNDATED), ({"entry_no_text": 10}, SignKind.BARE), ({"entry_no_date": 7}, None)],
)
def test_dates_or_texts_that_vanish_are_a_redesign(oddities: dict[str, int], kind: SignKind | None) -> None:
    visit = a_visit(MONDAY, entries=10, new=2, known=8, oddities={"entries_looked_at": 10, **oddities})
    (condition,) = judged([visit], norms=Norms(undated=0.0, bare=0.1))
    assert [sign.kind for sign in condition.signs] == ([kind] if kind else [])
    assert judged([visit], norms=Norms(undated=0.9, bare=0.9))[0].signs == (), "it never had any"


def test_what_is_odd_about_a_list_stays_so_while_the_list_is_unchanged() -> None:
    from dataclasses import replace

    from news.visit import VisitResult

    odd = a_visit(MONDAY, entries=10, new=10, oddities={"entries_looked_at": 10, "entry_no_date": 10})
    unchanged = [replace(visit, result=VisitResult.NOT_MODIFIED) for visit in every(HALF_HOUR, [Reason.NONE] * 70)]
    conditions = judged([odd, *unchanged[1:]], norms=Norms(undated=0.0))
    assert states(conditions) == ["degraded"]
