"""Numbers that grow: whoever remembers what was not to be told goes by them, so every change has to move one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from news.changes import What
from storage import RECIPIENTS, WATCHES, Store, Unit, found_by
from tests.storage.samples import NOW, a_recipient, a_watch, found


def numbers(store: Store) -> dict[str, int]:
    return store.read_now(lambda unit: unit.revisions.all())


def test_a_match_and_a_change_of_what_was_found_move_the_number_of_its_watch_alone(store: Store) -> None:
    watch, other = a_watch(store, "one"), a_watch(store, "two")
    assert found_by(watch.id) not in numbers(store)
    store.write_now(lambda unit: found(unit, watch, 1))
    once = numbers(store)
    (match,) = store.read_now(lambda unit: unit.matches.of_watch(watch.id, 9))
    store.write_now(lambda unit: unit.changes.record(match.item, 2, [What.FIGURES], at=NOW))
    changed = numbers(store)
    assert 0 < once[found_by(watch.id)] < changed[found_by(watch.id)]
    assert found_by(other.id) not in changed
    assert once[WATCHES] == changed[WATCHES]


@pytest.mark.parametrize(
    "act",
    [
        lambda unit, one: unit.recipients.change(replace(one, language="ru")),
        lambda unit, one: unit.recipients.remove(one.address, at=NOW),
    ],
)
def test_every_change_of_a_recipient_moves_their_number(store: Store, act: Callable[[Unit, object], None]) -> None:
    person = a_recipient(store)
    before = numbers(store)[RECIPIENTS]
    store.write_now(lambda unit: act(unit, person))
    assert numbers(store)[RECIPIENTS] > before


def test_what_is_rolled_back_moves_nothing(store: Store) -> None:
    a_recipient(store)
    before = numbers(store)

    def fails(unit: Unit) -> None:
        unit.recipients.remove(unit.recipients.all()[0].address, at=NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write_now(fails)
    assert numbers(store) == before
