"""Following: what is untold outlasts a watch or recipient that is away; who stops following starts anew."""

from __future__ import annotations

from news.watch.watch import Origin, Recipient, Watch
from storage import Store, Unit
from tests.storage.samples import NOW, a_recipient, a_watch, found

DESK = Recipient(address="desk@example.org", origin=Origin.CONFIG)
FLOODS = Watch(name="floods", query="release", origin=Origin.CONFIG)
ARAL = Watch(name="aral", query="release", origin=Origin.CONFIG)


def configure(store: Store, watches: list[Watch], recipients: list[Recipient]) -> None:
    """Take config.yaml over as the daemon does: watches, then recipients, in one transaction."""
    store.write_now(
        lambda unit: (
            unit.watches.sync_configured(watches, at=NOW),
            unit.recipients.sync_configured(recipients, at=NOW),
        )
    )


def naming(*watches: str) -> Recipient:
    """The desk, following these watches alone."""
    return Recipient(address=DESK.address, watches=watches, origin=Origin.CONFIG)


def find(store: Store, name: str, *numbers: int) -> None:
    """Let the watch of this name find numbered items."""

    def work(unit: Unit) -> None:
        watch = unit.watches.get(name)
        assert watch is not None
        found(unit, watch, *numbers)

    store.write_now(work)


def untold(store: Store) -> list[str]:
    """The titles that the desk is still to be told."""

    def work(unit: Unit) -> list[str]:
        desk = unit.recipients.get(DESK.address)
        assert desk is not None
        return [one.item.title for one in unit.matches.untold(desk, "daily", limit=99)]

    return store.read_now(work)


def test_a_watch_taken_out_of_the_configuration_and_put_back_loses_nothing(store: Store) -> None:
    configure(store, [FLOODS, ARAL], [DESK])
    find(store, "floods", 1)
    configure(store, [ARAL], [DESK])
    assert untold(store) == []
    find(store, "aral", 2)
    configure(store, [FLOODS, ARAL], [DESK])
    assert untold(store) == ["Release 1", "Release 2"]


def test_a_watch_that_was_away_is_followed_on_by_who_names_it(store: Store) -> None:
    configure(store, [FLOODS, ARAL], [naming("floods", "aral")])
    find(store, "floods", 1)
    # The list must not name what is not there, so it changes with the watch, both times.
    configure(store, [ARAL], [naming("aral")])
    configure(store, [FLOODS, ARAL], [naming("floods", "aral")])
    assert untold(store) == ["Release 1"]


def test_a_recipient_taken_out_of_the_configuration_and_put_back_loses_nothing(store: Store) -> None:
    configure(store, [FLOODS], [DESK])
    find(store, "floods", 1)
    configure(store, [FLOODS], [])
    find(store, "floods", 2)
    configure(store, [FLOODS], [DESK])
    assert untold(store) == ["Release 1", "Release 2"]


def test_an_empty_configuration_saved_by_mistake_loses_nothing(store: Store) -> None:
    configure(store, [FLOODS], [naming("floods")])
    find(store, "floods", 1)
    configure(store, [], [])
    configure(store, [FLOODS], [naming("floods")])
    assert untold(store) == ["Release 1"]


def test_who_stops_following_a_watch_and_follows_it_again_starts_anew(store: Store) -> None:
    configure(store, [FLOODS, ARAL], [naming("floods", "aral")])
    find(store, "floods", 1)
    configure(store, [FLOODS, ARAL], [naming("aral")])
    configure(store, [FLOODS, ARAL], [naming("floods", "aral")])
    assert untold(store) == []
    find(store, "floods", 2)
    assert untold(store) == ["Release 2"]


def test_who_did_not_want_a_watch_back_starts_anew(store: Store) -> None:
    configure(store, [FLOODS, ARAL], [naming("floods", "aral")])
    find(store, "floods", 1)
    configure(store, [ARAL], [naming("aral")])
    configure(store, [FLOODS, ARAL], [naming("aral")])
    configure(store, [FLOODS, ARAL], [naming("floods", "aral")])
    assert untold(store) == []


def test_who_was_removed_by_command_starts_anew(store: Store) -> None:
    a_recipient(store)
    a_watch(store)
    find(store, "releases", 1)
    store.write_now(lambda unit: unit.recipients.remove(DESK.address, at=NOW))
    find(store, "releases", 2)
    a_recipient(store)
    find(store, "releases", 3)
    assert untold(store) == ["Release 3"]


def test_a_watch_removed_by_command_and_added_under_its_name_is_another(store: Store) -> None:
    a_recipient(store)
    a_watch(store)
    find(store, "releases", 1)
    store.write_now(lambda unit: unit.watches.remove("releases"))
    a_watch(store)
    assert untold(store) == []
