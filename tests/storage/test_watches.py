"""Watches: every change bumps the revision; what config.yaml says is changed there and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from news.errors import Mismatch, StorageError
from news.watch.watch import Mode, Origin, Watch
from storage import Store, Unit
from tests.storage.samples import NOW, a_watch, found


def sync(store: Store, *watches: Watch) -> None:
    """Bring the stored watches of config.yaml in line with these."""
    store.write_now(lambda unit: unit.watches.sync_configured(watches, at=NOW))


def revision(store: Store) -> int:
    """The revision of the set of watches."""
    return store.read_now(lambda unit: unit.watches.revision())


def configured(name: str, query: str = "flood") -> Watch:
    """A watch as config.yaml has it."""
    return Watch(name=name, query=query, origin=Origin.CONFIG)


def names(store: Store, *, enabled_only: bool = False) -> list[str]:
    """The names of the watches, in order."""
    return [watch.name for watch in store.read_now(lambda unit: unit.watches.all(enabled_only))]


def test_an_added_watch_comes_back_as_stored(store: Store) -> None:
    added = a_watch(store, "Су тасқыны", mode=Mode.INSTANT)
    assert added.id > 0
    assert added.created_at == NOW
    assert store.read_now(lambda unit: unit.watches.get("Су тасқыны")) == added
    assert store.read_now(lambda unit: unit.watches.all()) == [added]
    assert store.read_now(lambda unit: unit.watches.get("other")) is None


def test_a_name_is_taken_once_and_free_again_after_removal(store: Store) -> None:
    first = a_watch(store)
    with pytest.raises(StorageError, match="already"):
        a_watch(store)
    store.write_now(lambda unit: unit.watches.remove("releases"))
    assert names(store) == []
    assert a_watch(store).id != first.id


CHANGES: dict[str, Callable[[Unit], object]] = {
    "add": lambda unit: unit.watches.add(Watch(name="other", query="x"), at=NOW),
    "edit": lambda unit: unit.watches.edit("releases", query="other"),
    "disable": lambda unit: unit.watches.edit("releases", enabled=False),
    "remove": lambda unit: unit.watches.remove("releases"),
    "configure": lambda unit: unit.watches.sync_configured([configured("floods")], at=NOW),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_bumps_the_revision(store: Store, change: str) -> None:
    a_watch(store)
    before = revision(store)
    store.write_now(CHANGES[change])
    assert revision(store) > before


def test_a_change_that_is_rolled_back_bumps_nothing(store: Store) -> None:
    before = revision(store)

    def work(unit: Unit) -> None:
        unit.watches.add(Watch(name="other", query="x"), at=NOW)
        raise LookupError

    with pytest.raises(LookupError):
        store.write_now(work)
    assert (revision(store), names(store)) == (before, [])


def test_what_changes_nothing_bumps_nothing(store: Store) -> None:
    a_watch(store)
    sync(store, configured("floods"))
    before = revision(store)
    sync(store, configured("floods"))
    store.write_now(lambda unit: unit.watches.edit("releases", query="release"))
    assert revision(store) == before


def test_edit_changes_what_is_given_and_leaves_the_rest(store: Store) -> None:
    watch = a_watch(store, mode=Mode.INSTANT)
    edited = store.write_now(lambda unit: unit.watches.edit("releases", enabled=False))
    assert (edited.id, edited.query, edited.mode, edited.enabled) == (watch.id, watch.query, Mode.INSTANT, False)
    assert store.read_now(lambda unit: unit.watches.get("releases")) == edited
    assert names(store, enabled_only=True) == []


def test_an_unknown_watch_cannot_be_edited_or_removed(store: Store) -> None:
    with pytest.raises(StorageError, match="no watch named 'x'"):
        store.write_now(lambda unit: unit.watches.edit("x", query="y"))
    with pytest.raises(StorageError, match="no watch named 'x'"):
        store.write_now(lambda unit: unit.watches.remove("x"))


def test_a_watch_of_the_configuration_says_where_it_is_edited(store: Store) -> None:
    sync(store, configured("floods"))
    with pytest.raises(StorageError, match=r"config\.yaml: edit it there"):
        store.write_now(lambda unit: unit.watches.edit("floods", query="y"))
    with pytest.raises(StorageError, match=r"config\.yaml: edit it there"):
        store.write_now(lambda unit: unit.watches.remove("floods"))


def test_the_configuration_is_followed_and_its_history_kept(store: Store) -> None:
    sync(store, configured("floods"), configured("aral"))
    floods = store.read_now(lambda unit: unit.watches.get("floods"))
    assert floods is not None
    store.write_now(lambda unit: found(unit, floods, 1, 2))
    sync(store, configured("aral", "aral AND sea"))
    assert names(store) == ["aral"]
    assert [watch.query for watch in store.read_now(lambda unit: unit.watches.all())] == ["aral AND sea"]
    assert len(store.read_now(lambda unit: unit.matches.of_watch(floods.id, 10))) == 2
    # Back again: the same watch, so nothing it found before is found anew.
    sync(store, configured("aral", "aral AND sea"), configured("floods", "flood*"))
    again = store.read_now(lambda unit: unit.watches.get("floods"))
    assert again is not None
    assert (again.id, again.query, again.enabled) == (floods.id, "flood*", True)


def test_a_configured_watch_named_like_an_added_one_is_refused_with_both_ways_out(store: Store) -> None:
    a_watch(store)
    with pytest.raises(Mismatch, match="presswatch watch remove 'releases'"):
        sync(store, configured("releases"))


def test_a_configured_watch_may_be_disabled_there(store: Store) -> None:
    sync(store, configured("floods"))
    sync(store, Watch(name="floods", query="flood", origin=Origin.CONFIG, enabled=False))
    assert names(store) == ["floods"]
    assert names(store, enabled_only=True) == []


def test_a_watch_is_pinned_and_let_go_whoever_wrote_it(store: Store) -> None:
    added = a_watch(store, "own", pinned=True)
    assert added.pinned
    assert not store.write_now(lambda unit: unit.watches.edit("own", pinned=False)).pinned
    sync(store, configured("floods"))
    before = revision(store)
    sync(store, replace(configured("floods"), pinned=True))
    assert revision(store) > before
    stored = store.read_now(lambda unit: unit.watches.get("floods"))
    assert stored is not None
    assert stored.pinned
