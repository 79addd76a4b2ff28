"""What the last transaction of a visit goes by."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from news.visit import Reason, Visit, VisitResult
from scheduler.closing import REMEMBERED, was_read
from storage import Store, Unit
from tests.scheduler.office import NOW, OFFICE


def test_whether_a_source_was_read_is_asked_of_its_own_visits_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = NOW - timedelta(days=1)
    broken_off = Visit(source=OFFICE.id, started_at=begun, result=VisitResult.SOFT, reason=Reason.TRUNCATED, new=2)

    def work(unit: Unit) -> None:
        for visit in (broken_off, replace(broken_off, source="agency", new=0), replace(broken_off, source="ministry")):
            unit.visits.record(visit, next_visit=NOW, reading="")

    def everybodys(*_: object) -> list[Visit]:
        raise AssertionError("every visit to every source is a month of them")

    store.write_now(work)
    monkeypatch.setattr("storage.visits.Visits.between", everybodys)

    def known(source_id: str, *, later: timedelta = timedelta()) -> bool:
        return store.read_now(lambda unit: was_read(unit, replace(OFFICE, id=source_id), NOW + later))

    assert known(OFFICE.id)
    assert not known("agency")
    assert not known("nowhere")
    assert not known(OFFICE.id, later=REMEMBERED)
