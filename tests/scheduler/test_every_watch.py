"""Watches are read and parsed when one of them has changed, and not at every tick."""

from __future__ import annotations

from dataclasses import replace

import pytest

from news.watch.parser import parse_query
from news.watch.query import Query
from news.watch.watch import Mode, Watch
from scheduler import wishes
from scheduler.every_watch import EveryWatch, every_watch
from storage import Store
from tests.scheduler.office import NOW

FLOOD = Watch(name="Flood", query="flood source:office", mode=Mode.INSTANT)


def seen(store: Store) -> EveryWatch:
    return store.read_now(lambda unit: every_watch(unit, store))


def test_what_did_not_change_is_neither_read_nor_parsed_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def counted(query: str) -> Query:
        parsed.append(query)
        return parse_query(query)

    monkeypatch.setattr(wishes, "parse_query", counted)
    assert seen(store).enabled == ()
    store.write_now(lambda unit: unit.watches.add(FLOOD, at=NOW))
    first = seen(store)
    assert [one.name for one in first.enabled] == ["Flood"]
    assert first.alerting == {"office"}
    assert seen(store) is first
    store.write_now(lambda unit: unit.watches.add(replace(FLOOD, name="Hail", query="hail"), at=NOW))
    assert (len(seen(store).enabled), seen(store).alerting) == (2, None)
    store.write_now(lambda unit: unit.watches.remove("Hail"))
    assert seen(store).alerting == {"office"}
    assert parsed == [FLOOD.query, FLOOD.query, "hail", FLOOD.query]
