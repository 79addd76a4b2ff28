"""Visits: the history of reading, and where each source stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from news.item import Outcome
from news.visit import Reason, Validators, Visit, VisitResult
from storage import SourceState, Store
from tests.storage.samples import NOW

AS_DECLARED = "fingerprint"


def a_visit(result: VisitResult = VisitResult.OK, *, hours: float = 0, source: str = "press") -> Visit:
    """A visit, some hours after the first."""
    return Visit(source=source, started_at=NOW + timedelta(hours=hours), result=result)


def record(store: Store, *visits: Visit, reading: str = AS_DECLARED) -> None:
    """Record visits; each source is due again an hour later."""
    for visit in visits:
        next_visit = visit.started_at + timedelta(hours=1)
        store.write_now(
            lambda unit, visit=visit, next_visit=next_visit: unit.visits.record(
                visit, next_visit=next_visit, reading=reading
            )
        )  # type: ignore[misc]


def state(store: Store, source: str = "press") -> SourceState:
    """Where a visited source stands."""
    found = store.read_now(lambda unit: unit.visits.state(source))
    assert found is not None
    return found


def test_a_visit_comes_back_as_recorded(store: Store) -> None:
    visit = Visit(
        source="press",
        started_at=NOW,
        result=VisitResult.REFUSED,
        reason=Reason.FORBIDDEN,
        detail="403: «жоқ»",
        url="https://press.example/feed",
        status=403,
        took=1.5,
        size=3_000_000_000,
        entries=9,
        new=1,
        changed=2,
        known=3,
        unusable={"no_title": 3},
        pages=4,
        oddities={"extractor": 2},
        retry_after=60.0,
    )
    record(store, visit)
    assert state(store).last_visit == visit
    assert store.read_now(lambda unit: unit.visits.between(NOW, NOW + timedelta(seconds=1))) == [visit]


def test_a_source_never_visited_has_no_state(store: Store) -> None:
    assert store.read_now(lambda unit: unit.visits.state("press")) is None
    assert store.read_now(lambda unit: unit.visits.states()) == {}
    assert store.read_now(lambda unit: unit.visits.validators("press", AS_DECLARED)) == Validators()


def test_failures_are_counted_in_a_row_and_an_answer_ends_them(store: Store) -> None:
    record(store, a_visit(), a_visit(VisitResult.SOFT, hours=1), a_visit(VisitResult.EMPTY, hours=2))
    failing = state(store)
    assert (failing.failures, failing.visits, failing.last_ok_at, failing.read_once) == (2, 3, NOW, True)
    assert failing.next_visit == NOW + timedelta(hours=3)
    record(store, a_visit(VisitResult.NOT_MODIFIED, hours=3))
    assert (state(store).failures, state(store).last_ok_at) == (0, NOW + timedelta(hours=3))


def test_a_source_that_only_failed_was_not_read_once(store: Store) -> None:
    record(store, a_visit(VisitResult.HARD), a_visit(VisitResult.REFUSED, hours=1))
    assert (state(store).failures, state(store).read_once, state(store).last_ok_at) == (2, False, None)


def test_states_are_by_source(store: Store) -> None:
    record(store, a_visit(source="a"), a_visit(VisitResult.SOFT, source="b"), a_visit(source="a", hours=1))
    states = store.read_now(lambda unit: unit.visits.states())
    assert {source: (one.visits, one.failures) for source, one in states.items()} == {"a": (2, 0), "b": (1, 1)}
    assert states["a"].last_visit == a_visit(source="a", hours=1)


def test_validators_are_replaced_and_survive_visits(store: Store) -> None:
    first = Validators(
        etag='"1"', last_modified="Sun, 22 Nov 2026 03:00:00 GMT", body_hash="a", entries="0123456789abcdef f00d"
    )
    store.write_now(lambda unit: unit.visits.save_validators("press", first, AS_DECLARED))
    record(store, a_visit(), a_visit(VisitResult.SOFT, hours=1))
    assert store.read_now(lambda unit: unit.visits.validators("press", AS_DECLARED)) == first
    store.write_now(lambda unit: unit.visits.save_validators("press", Validators(etag='"2"'), AS_DECLARED))
    assert store.read_now(lambda unit: unit.visits.validators("press", AS_DECLARED)) == Validators(etag='"2"')
    assert (state(store).visits, state(store).failures) == (2, 1)


def test_between_is_half_open_and_in_order_of_beginning(store: Store) -> None:
    record(store, a_visit(hours=2), a_visit(hours=1, source="b"), a_visit(hours=0), a_visit(hours=3))
    found = store.read_now(lambda unit: unit.visits.between(NOW, NOW + timedelta(hours=3)))
    assert [visit.started_at - NOW for visit in found] == [timedelta(hours=hours) for hours in (0, 1, 2)]


def test_history_is_bounded_but_for_the_last_visit_of_each_source(store: Store) -> None:
    record(store, a_visit(), a_visit(source="quiet"), a_visit(source="gone"), a_visit(hours=24), a_visit(hours=24 * 61))
    store.write_now(lambda unit: unit.housekeep(now=NOW + timedelta(days=61)))
    kept = store.read_now(lambda unit: unit.visits.between(NOW - timedelta(days=1), NOW + timedelta(days=365)))
    assert [(visit.source, (visit.started_at - NOW).days) for visit in kept] == [
        ("quiet", 0),
        ("gone", 0),
        ("press", 1),
        ("press", 61),
    ]
    assert state(store).visits == 3
    assert state(store, "quiet").last_visit == a_visit(source="quiet")


def test_another_declaration_has_no_validators_and_was_not_read(store: Store) -> None:
    first = Validators(etag='"1"', last_modified="Sun, 22 Nov 2026 03:00:00 GMT", body_hash="a", entries="f00d")
    record(store, a_visit())
    store.write_now(lambda unit: unit.visits.save_validators("press", first, AS_DECLARED))
    assert store.read_now(lambda unit: unit.visits.validators("press", "other address")) == Validators()
    assert (state(store).read_as(AS_DECLARED), state(store).read_as("other address")) == (True, False)

    # A failed visit says nothing of the new address: it is still to be read for the first time.
    record(store, a_visit(VisitResult.SOFT, hours=1), reading="other address")
    assert state(store).read_as("other address") is False
    # An answer that brings no validators of its own does not inherit those of the old address.
    record(store, a_visit(VisitResult.OK, hours=2), reading="other address")
    assert state(store).read_as("other address") is True
    assert store.read_now(lambda unit: unit.visits.validators("press", "other address")) == Validators()
    assert store.read_now(lambda unit: unit.visits.validators("press", AS_DECLARED)) == Validators()


def test_the_last_visit_of_a_source_grows_by_what_its_articles_bring(store: Store) -> None:
    record(store, a_visit(), a_visit(hours=1), a_visit(source="other"))
    articles: list[dict[str, Any]] = [
        {"outcome": Outcome.NEW, "oddities": ["extractor"]},
        {"outcome": Outcome.NEW, "oddities": ("extractor", "no_date")},
        {"outcome": Outcome.CHANGED},
        {"outcome": Outcome.KNOWN},
        {"unusable": "timeout"},
        {"unusable": "timeout"},
    ]
    for one in articles:
        store.write_now(lambda unit, one=one: unit.visits.count_article("press", **one))  # type: ignore[misc]

    last = state(store).last_visit
    assert last is not None
    assert (last.started_at, last.result) == (NOW + timedelta(hours=1), VisitResult.OK)
    assert (last.new, last.changed, last.known) == (2, 1, 1)
    assert (last.unusable, last.oddities) == ({"timeout": 2}, {"extractor": 2, "no_date": 1})
    first, other, _ = store.read_now(lambda unit: unit.visits.between(NOW, NOW + timedelta(days=1)))
    assert (first.new, other.new) == (0, 0)


def test_counts_for_a_source_never_visited_are_let_go(store: Store) -> None:
    store.write_now(lambda unit: unit.visits.count_article("press", unusable="timeout"))
    assert store.read_now(lambda unit: unit.visits.state("press")) is None


def test_the_visits_recorded_after_a_moment_whenever_they_began(store: Store) -> None:
    assert store.read_now(lambda unit: unit.visits.newest()) == 0
    record(store, a_visit(hours=5))
    newest = store.read_now(lambda unit: unit.visits.newest())
    record(store, a_visit(source="slow"), a_visit(hours=6))
    after = store.read_now(lambda unit: unit.visits.after(newest))
    assert [(visit.source, visit.started_at) for visit in after] == [("slow", NOW), ("press", NOW + timedelta(hours=6))]


def test_a_gap_is_remembered_until_a_visit_reads_the_list_without_one(store: Store) -> None:
    def after(result: VisitResult, *, gap: bool = False) -> bool:
        visit = a_visit(result)
        store.write_now(lambda unit: unit.visits.record(visit, next_visit=NOW, reading=AS_DECLARED, gap=gap))
        return state(store).gap

    assert not after(VisitResult.OK)
    assert after(VisitResult.OK, gap=True)
    assert after(VisitResult.SOFT)
    assert after(VisitResult.NOT_MODIFIED)
    assert not after(VisitResult.OK)


def test_a_source_is_put_off_and_never_brought_forward(store: Store) -> None:
    record(store, a_visit())
    assert state(store).not_before is None

    def put_off(hours: float) -> tuple[object, object]:
        store.write_now(lambda unit: unit.visits.put_off("press", NOW + timedelta(hours=hours)))
        return state(store).next_visit, state(store).not_before

    hour = timedelta(hours=1)
    assert put_off(0.5) == (NOW + hour, NOW + hour / 2)
    assert put_off(6) == (NOW + 6 * hour, NOW + 6 * hour)
    assert put_off(2) == (NOW + 6 * hour, NOW + 6 * hour)
