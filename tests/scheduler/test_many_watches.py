"""Very many watches are compiled before the first response, and changed later as few are."""

from __future__ import annotations

import pytest

from scheduler.many_watches import looked_for
from storage import Store
from tests.scheduler.office import OFFICE, Clock, a_draft, an_intake, answered, look_for


async def test_watches_compiled_ahead_find_what_any_find_and_later_ones_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    await an_intake(store, clock).accept(answered(OFFICE, a_draft("Flood in the valley")))
    named = {look_for(store, query).id: query for query in ("flood", "valley", "gone")}
    assert store.read_now(looked_for) is None
    monkeypatch.setattr(looked_for, "__kwdefaults__", {"many": 3})
    found = store.read_now(looked_for)
    assert found is not None
    assert [one.item.title for one in found.sample] == ["Flood in the valley"]

    intake = an_intake(store, clock)
    await intake.warm_up()
    named[look_for(store, "later").id] = "later"
    store.write_now(lambda unit: unit.watches.remove("gone"))
    await intake.accept(answered(OFFICE, a_draft("A later flood, not gone")))
    matched = store.read_now(lambda unit: unit.matches.of_item(2))
    assert sorted(named[match.watch] for match in matched) == ["flood", "later"]
