"""Troubles are told once each, and once more when they are over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from news.trouble import Trouble, TroubleKind
from storage import Store, Unit
from storage.troubles import KEPT, MOST_LINES

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DISK, GAP = TroubleKind.DISK, TroubleKind.GAP


def note(
    store: Store, kind: str, text: str = "x", *, at: datetime = NOW, about: str = "", changed: bool = False
) -> bool:
    return store.write_now(lambda unit: unit.troubles.note(kind, text, at=at, about=about, changed=changed))


def end(store: Store, kind: str, *, at: datetime, about: str = "") -> bool:
    return store.write_now(lambda unit: unit.troubles.end(kind, at=at, about=about))


def tell(store: Store, *, at: datetime = NOW) -> list[Trouble]:
    def work(unit: Unit) -> list[Trouble]:
        untold = unit.troubles.untold()
        unit.troubles.mark_told(untold, at=at)
        return untold

    return store.write_now(work)


def test_what_lasts_is_told_once_and_once_more_when_it_is_over(store: Store) -> None:
    assert note(store, DISK, "40 MB")
    (told,) = tell(store)
    assert (told.kind, told.text, told.began_at, told.lasts) == ("disk", "40 MB", NOW, True)
    assert not note(store, DISK, "30 MB", at=NOW + HOUR)
    assert tell(store) == []
    assert end(store, DISK, at=NOW + 2 * HOUR)
    (over,) = tell(store, at=NOW + 3 * HOUR)
    assert (over.id, over.began_at, over.ended_at, over.times) == (told.id, NOW, NOW + 2 * HOUR, 2)
    assert tell(store) == []
    assert note(store, DISK, at=NOW + 4 * HOUR), "another outage is another trouble"
    assert [one.id for one in tell(store)] != [told.id]


def test_what_was_over_before_anybody_was_told_is_told_once(store: Store) -> None:
    note(store, DISK)
    end(store, DISK, at=NOW + HOUR)
    (told,) = tell(store)
    assert told.ended_at == NOW + HOUR
    assert tell(store) == []


def test_what_comes_again_before_its_end_was_told_goes_on(store: Store) -> None:
    note(store, DISK)
    tell(store)
    end(store, DISK, at=NOW + HOUR)
    note(store, DISK, at=NOW + 2 * HOUR)
    assert tell(store) == []
    assert [one.began_at for one in store.read_now(lambda unit: unit.troubles.lasting())] == [NOW]


def test_what_changes_is_told_anew(store: Store) -> None:
    note(store, TroubleKind.SOURCE, "degraded", about="mfa")
    tell(store)
    note(store, TroubleKind.SOURCE, "down", about="mfa", at=NOW + HOUR, changed=True)
    (told,) = tell(store)
    assert (told.text, told.began_at) == ("down", NOW)


def test_events_of_one_subject_gather_until_they_are_told(store: Store) -> None:
    for text, about in (("1-2", "mfa"), ("3-4", "mfa"), ("1-2", "un"), ("3-4", "mfa")):
        note(store, GAP, text, about=about)
    assert [(one.about, one.text, one.times) for one in tell(store)] == [("mfa", "1-2\n3-4", 3), ("un", "1-2", 1)]
    note(store, GAP, "5-6", about="mfa")
    assert [one.text for one in tell(store)] == ["5-6"]
    for number in range(100):
        note(store, GAP, str(number), about="mfa")
    (many,) = tell(store)
    assert (len(many.text.split("\n")), many.times) == (MOST_LINES, 100)


def test_ending_what_was_never_noted_says_so_and_the_last_telling_is_known(store: Store) -> None:
    assert not end(store, DISK, at=NOW)
    assert store.read_now(lambda unit: unit.troubles.last_told()) is None
    note(store, DISK)
    tell(store, at=NOW + HOUR)
    end(store, DISK, at=NOW + 2 * HOUR)
    tell(store, at=NOW + 3 * HOUR)
    assert store.read_now(lambda unit: unit.troubles.last_told()) == NOW + 3 * HOUR


def test_the_house_is_kept_but_not_rid_of_what_lasts(store: Store) -> None:
    note(store, DISK)
    note(store, GAP, about="mfa")
    store.write_now(lambda unit: unit.housekeep(now=NOW + KEPT + HOUR))
    assert [one.kind for one in store.read_now(lambda unit: unit.troubles.untold())] == ["disk"]
