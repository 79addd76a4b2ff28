"""Column types: what goes in comes out, in UTC, and what cannot be kept rightly is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import sqlite

from news.visit import Visit, VisitResult
from storage import Store
from storage.columns import CompactJson, CompressedText, Day, Instant
from tests.storage.samples import NOW, an_item

SQLITE = sqlite.dialect()


def test_instants_of_any_offset_come_back_in_utc_to_the_microsecond(store: Store) -> None:
    almaty = datetime(2026, 11, 22, 8, 0, 0, 123456, tzinfo=timezone(timedelta(hours=5)))
    store.write_now(
        lambda unit: unit.visits.record(
            Visit(source="press", started_at=almaty, result=VisitResult.OK),
            next_visit=almaty + timedelta(hours=1),
            reading="",
        )
    )
    state = store.read_now(lambda unit: unit.visits.state("press"))
    assert state is not None
    assert state.last_ok_at == almaty
    assert state.last_ok_at.tzinfo is UTC


@pytest.mark.parametrize("year", [1, 1969, 2099, 9999])
def test_instants_far_from_today_survive(store: Store, year: int) -> None:
    at = datetime(year, 6, 1, 12, 30, 15, 999999, tzinfo=UTC)
    saved = store.write_now(lambda unit: unit.items.add([an_item(seen_at=at)]))[0]
    stored = store.read_now(lambda unit: unit.items.get(saved.item.id))
    assert stored is not None
    assert stored.seen_at == at


def test_a_naive_instant_is_refused_and_nothing_is_stored(store: Store) -> None:
    naive = an_item(seen_at=NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="naive instant"):
        store.write_now(lambda unit: unit.items.add([naive]))
    assert store.read_now(lambda unit: unit.items.count()) == 0


def test_signs_no_database_takes_are_dropped_from_what_is_kept_as_found(store: Store) -> None:
    odd = an_item("Қазақстан \x00\ud800 release", guid="a\x00b", published_raw="\udfff2026")
    saved = store.write_now(lambda unit: unit.items.add([odd]))[0]
    stored = store.read_now(lambda unit: unit.items.get(saved.item.id))
    assert stored is not None
    assert (stored.title, stored.published_raw) == ("Қазақстан  release", "2026")


@pytest.mark.parametrize("column", [Instant(), Day(), CompactJson(), CompressedText()])
def test_nothing_stays_nothing(column: Instant | Day | CompactJson | CompressedText) -> None:
    assert column.process_bind_param(None, SQLITE) is None
    assert column.process_result_value(None, SQLITE) is None


def test_compact_json_keeps_letters_and_has_no_spaces() -> None:
    assert CompactJson().process_bind_param(["Қазақстан", 1], SQLITE) == '["Қазақстан",1]'


def test_compressed_text_is_smaller_than_what_it_holds() -> None:
    text = "<td>Қызыл Жарты Ай</td>" * 100
    kept = CompressedText().process_bind_param(text, SQLITE)
    assert kept is not None
    assert len(kept) * 10 < len(text.encode())
    assert CompressedText().process_result_value(kept, SQLITE) == text
