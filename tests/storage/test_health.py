"""The health of sources: conditions and norms as they were saved, notices told once, outages."""

from __future__ import annotations

from datetime import timedelta

from news.health import HERE, Condition, Health, Norms, Notice, NoticeKind, Outage, Sign, SignKind, change
from news.visit import Reason, Visit, VisitResult
from storage import HealthRow, Store
from storage.health import NOTICES_KEPT
from tests.storage.samples import NOW, a_recipient

HOUR = timedelta(hours=1)
OK = Condition(state=Health.OK, since=NOW)
DOWN = Condition(state=Health.DOWN, since=NOW + HOUR, reason=Reason.SERVER_ERROR, status=503)
ODD = Condition(state=Health.DEGRADED, since=NOW, signs=(Sign(kind=SignKind.FEWER, count=3, of=30),))


def noted(store: Store, *notices: Notice | None) -> None:
    for notice in notices:
        assert notice is not None
        store.write_now(lambda unit, notice=notice: unit.health.note(notice))  # type: ignore[misc]


def test_a_condition_comes_back_as_saved_and_the_last_one_counts(store: Store) -> None:
    for condition in (DOWN, ODD):
        row = HealthRow(condition=condition, reading="fingerprint", reading_since=NOW)
        store.write_now(lambda unit, row=row: unit.health.save("press", row))  # type: ignore[misc]
        assert store.read_now(lambda unit: unit.health.of("press")) == row
    assert store.read_now(lambda unit: unit.health.conditions()) == {"press": ODD}
    assert store.read_now(lambda unit: unit.health.of("other")) is None


def test_norms_come_back_as_learnt(store: Store) -> None:
    norms = Norms(days=40, rates=(1.5, None, 2.0, 0.0, 1.0, 1.0, 0.5, None, None), silence=4.5, entries=30, fewest=9)
    store.write_now(lambda unit: unit.health.save_norms("press", norms, at=NOW))
    assert store.read_now(lambda unit: unit.health.norms("press")) == norms
    assert store.read_now(lambda unit: unit.health.norms("other")) == Norms()
    assert store.read_now(lambda unit: unit.health.learnt_at()) == {"press": NOW}


def test_all_that_is_known_of_a_source_is_one_question(store: Store) -> None:
    assert store.read_now(lambda unit: unit.health.known_of("press")) == (None, None, Norms())
    own, here, norms = HealthRow(condition=ODD, reading="fingerprint"), HealthRow(condition=DOWN), Norms(days=40)
    store.write_now(lambda unit: unit.health.save_norms("press", norms, at=NOW))
    store.write_now(lambda unit: unit.health.save("press", own))
    store.write_now(lambda unit: unit.health.save(HERE, here))
    assert store.read_now(lambda unit: unit.health.known_of("press")) == (own, here, norms)


def test_each_recipient_is_told_of_each_notice_once_from_when_they_came(store: Store) -> None:
    desk, press = a_recipient(store), a_recipient(store, "press@example.org")
    gap = Notice(source="press", kind=NoticeKind.GAP, at=NOW + HOUR, since=NOW, until=NOW + HOUR)
    noted(store, change("press", OK, DOWN, at=NOW), gap)

    def untold(recipient: int) -> list[Notice]:
        return store.read_now(lambda unit: unit.health.untold(recipient, since=NOW))

    told = untold(desk.id)
    assert told == [change("press", OK, DOWN, at=NOW), gap]
    store.write_now(lambda unit: unit.health.mark_told(desk.id, [one.id for one in told], at=NOW))
    store.write_now(lambda unit: unit.health.mark_told(desk.id, [one.id for one in told], at=NOW))
    assert (untold(desk.id), len(untold(press.id))) == ([], 2)
    assert store.read_now(lambda unit: unit.health.untold(press.id, since=NOW + HOUR)) == [gap]


def test_a_notice_that_nobody_reads_is_dropped_some_day(store: Store) -> None:
    desk = a_recipient(store)
    noted(store, change("press", OK, DOWN, at=NOW), change("press", DOWN, OK, at=NOW + HOUR))
    store.write_now(lambda unit: unit.health.mark_told(desk.id, [1], at=NOW))
    store.write_now(lambda unit: unit.health.prune(now=NOW + NOTICES_KEPT + timedelta(minutes=1)))
    assert [one.id for one in store.read_now(lambda unit: unit.health.untold(desk.id, since=None))] == [2]


def test_outages_are_those_that_ended_and_the_one_that_lasts(store: Store) -> None:
    restored = Condition(state=Health.OK, since=NOW + 3 * HOUR)
    noted(store, change(HERE, OK, DOWN, at=NOW + HOUR), change(HERE, DOWN, restored, at=NOW + 3 * HOUR))
    store.write_now(lambda unit: unit.health.save(HERE, HealthRow(condition=restored)))
    ended = Outage(began=NOW + HOUR, ended=NOW + 3 * HOUR)
    assert store.read_now(lambda unit: unit.health.outages(NOW, unit.health.of(HERE))) == [ended]
    assert store.read_now(lambda unit: unit.health.outages(NOW + 4 * HOUR, unit.health.of(HERE))) == []
    again = Condition(state=Health.DOWN, since=NOW + 5 * HOUR, reason=Reason.DNS)
    store.write_now(lambda unit: unit.health.save(HERE, HealthRow(condition=again)))
    assert store.read_now(lambda unit: unit.health.outages(NOW, unit.health.of(HERE))) == [
        ended,
        Outage(began=NOW + 5 * HOUR),
    ]


def test_the_newest_visits_are_told_by_source_and_by_host(store: Store) -> None:
    def visited(hours: float, source: str, *, new: int = 0, reason: Reason = Reason.NONE) -> None:
        result = VisitResult.OK if reason is Reason.NONE else VisitResult.SOFT
        visit = Visit(source=source, started_at=NOW + hours * HOUR, result=result, reason=reason, new=new,
                      url=f"https://{source}.example/feed")  # fmt: skip
        store.write_now(lambda unit: unit.visits.record(visit, next_visit=NOW, reading=""))

    for hour in range(5):
        visited(hour, "press", new=hour == 2)
    visited(1, "agency", reason=Reason.DNS)
    recent = store.read_now(lambda unit: unit.health.recent("press", since=None, limit=3))
    assert [visit.started_at for visit in recent] == [NOW + hour * HOUR for hour in (2, 3, 4)]
    since = store.read_now(lambda unit: unit.health.recent("press", since=NOW + 4 * HOUR, limit=3))
    assert [visit.started_at for visit in since] == [NOW + 4 * HOUR]
    assert store.read_now(lambda unit: unit.health.last_new_at("press")) == NOW + 2 * HOUR
    newest = store.read_now(lambda unit: unit.health.newest())
    assert sorted((one.host, one.started_at, one.reached) for one in newest) == [
        ("agency.example", NOW + HOUR, False),
        ("press.example", NOW + 4 * HOUR, True),
    ]
