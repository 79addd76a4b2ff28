from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from news.watch.watch import Watch
from storage import Store, Unit
from tests.ui.cli.desk import Desk
from ui.cli.watch_change import add_with_stored

FLOODS = Watch(name="Floods", query="flood OR тасқын*")


def found_by_floods(store: Store) -> int | None:
    """How many items the watch found; None where it is not stored."""

    def work(unit: Unit) -> int | None:
        watch = unit.watches.get(FLOODS.name)
        return None if watch is None else len(unit.matches.of_watch(watch.id, 999))

    return store.read_now(work)


def test_a_watch_is_stored_with_what_it_finds_and_what_came_in_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = desk.keep(*(f"Flood {number}" for number in range(120)), "Trade")
    with desk.store() as store:
        write = store.write_now

        def later(work: Callable[[Unit], Any]) -> Any:
            desk.keep("Flood in between", "Trade in between")
            return write(work)

        monkeypatch.setattr(store, "write_now", later)
        at = items[0].seen_at
        watch, queued = add_with_stored(store, FLOODS, since=at - timedelta(days=1), at=at)
        assert queued == 121
        assert watch.id > 0
        assert found_by_floods(store) == 121


def test_a_watch_and_what_it_finds_are_stored_both_or_neither(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    items = desk.keep("Flood")
    with desk.store() as store:
        write = store.write_now

        def broken_off(work: Callable[[Unit], Any]) -> Any:
            def done(unit: Unit) -> None:
                work(unit)
                raise LookupError

            return write(done)

        monkeypatch.setattr(store, "write_now", broken_off)
        at = items[0].seen_at
        with pytest.raises(LookupError):
            add_with_stored(store, FLOODS, since=at - timedelta(days=1), at=at)
        assert found_by_floods(store) is None


def test_a_source_that_is_not_there_is_noted_and_the_watch_is_kept(desk: Desk) -> None:
    added = desk.type("watch", "add", "Floods", "flood AND source:ofice", "--as-written")
    assert added.exit_code == 0, added.stderr
    told = 'Note: no source is called "ofice"; there are: archive, office\n  flood AND source:ofice\n'
    assert told + " " * 19 + "^^^^^\n" in added.stdout
    edited = desk.json("watch", "edit", "Floods", 'flood AND publisher:"The offices"')
    assert [note["text"] for note in edited["notes"]] == [
        'no publisher is called "The offices"; there are: The archive, The office'
    ]
    assert desk.json("watch", "edit", "Floods", "flood AND source:office")["notes"] == []


def test_a_query_that_looks_like_options_gets_a_hint_and_a_wrong_option_none(desk: Desk) -> None:
    taken = desk.type("watch", "add", "Floods", "-blood flood")
    assert taken.exit_code == 2
    assert "NOT" in taken.stderr
    assert " -- " in taken.stderr
    assert desk.type("watch", "add", "Floods", "--", "-blood flood").exit_code == 0
    wrong = desk.type("watch", "add", "Fires", "fire", "--instnat")
    assert (wrong.exit_code, "NOT" in wrong.stderr) == (2, False)
