"""Reading back: of each source its last wish, in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from storage import Backfill, Store
from tests.storage.samples import NOW


def test_where_it_stands_comes_back_and_only_the_last_of_a_source_is_kept(store: Store) -> None:
    begun = Backfill(source="press", reading="fingerprint", since=date(2024, 3, 1), started_at=NOW)
    further = replace(begun, next_page=7, last_page="digest", finished_at=NOW + timedelta(hours=1))
    for one in (begun, further, replace(begun, source="other")):
        store.write_now(lambda unit, one=one: unit.backfills.save(one))  # type: ignore[misc]

    assert store.read_now(lambda unit: unit.backfills.get("press")) == further
    assert store.read_now(lambda unit: unit.backfills.get("other")) == replace(begun, source="other")
    assert store.read_now(lambda unit: unit.backfills.get("nobody")) is None
