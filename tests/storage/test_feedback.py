"""What readers said: kept, bounded, dropped after a year."""

from __future__ import annotations

from datetime import timedelta

from storage import FeedbackKind, Store
from storage.feedback import KEPT, LONGEST, MOST_A_DAY
from tests.storage.samples import NOW, a_recipient


def test_a_remark_comes_back_with_whose_it_is(store: Store) -> None:
    number = a_recipient(store).id
    kind = FeedbackKind.MISSING
    assert store.write_now(lambda unit: unit.feedback.add(number, "daily", "2024-03-08", kind, "Ж" * 2_000, at=NOW))
    (remark,) = store.read_now(lambda unit: unit.feedback.newest(9))
    assert (remark.recipient, remark.schedule, remark.slot) == ("desk@example.org", "daily", "2024-03-08")
    assert (remark.kind, remark.text, remark.at) == (kind, "Ж" * LONGEST, NOW)


def test_one_recipient_makes_so_many_a_day_and_no_more(store: Store) -> None:
    one, other = a_recipient(store).id, a_recipient(store, "chief@example.org").id

    def add(number: int, days: int = 0) -> bool:
        at = NOW + timedelta(days=days)
        return store.write_now(lambda unit: unit.feedback.add(number, "daily", "", FeedbackKind.IRRELEVANT, "x", at=at))

    assert [add(one) for _ in range(MOST_A_DAY + 1)] == [True] * MOST_A_DAY + [False]
    assert add(other)
    assert add(one, days=1)


def test_remarks_go_after_a_year(store: Store) -> None:
    number = a_recipient(store).id
    store.write_now(lambda unit: unit.feedback.add(number, "daily", "", FeedbackKind.MISSING, "x", at=NOW))
    for now, left in ((NOW + KEPT, 1), (NOW + KEPT + timedelta(seconds=1), 0)):
        store.write_now(lambda unit, now=now: unit.housekeep(now=now))  # type: ignore[misc]
        assert len(store.read_now(lambda unit: unit.feedback.newest(9))) == left
