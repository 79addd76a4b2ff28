from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from news.health import Gap, overrun
from news.item import Stated
from tests.news.health.histories import MONDAY, a_visit

LAST = MONDAY - timedelta(hours=6)


def at(hours: float) -> Stated:
    moment = MONDAY + timedelta(hours=hours)
    return Stated(day=moment.date(), zone="UTC", at=moment)


@pytest.mark.parametrize(
    ("stated", "until"),
    [
        ([at(-1), at(-4)], MONDAY - timedelta(hours=4)),
        ([at(-1), at(-7)], None),
        ([None, None], MONDAY),
        ([Stated(day=MONDAY.date(), zone="UTC")] * 2, MONDAY),
        ([at(2), at(3)], MONDAY),
    ],
    ids=["from", "reaches back", "undated", "a day", "dated ahead"],
)
def test_a_list_of_nothing_but_new_entries_may_have_lost_some(stated: list[Stated | None], until: datetime) -> None:
    visit = a_visit(MONDAY, new=2, entries=2)
    expected = None if until is None else Gap(since=LAST, until=until)
    assert overrun(visit, stated, novel=2, last_ok_at=LAST) == expected


def test_a_list_that_holds_something_known_or_is_the_first_has_lost_nothing() -> None:
    assert overrun(a_visit(MONDAY, new=2, known=1, entries=3), [at(-1)], novel=2, last_ok_at=LAST) is None
    assert overrun(a_visit(MONDAY, new=2, entries=2), [at(-1)], novel=2, last_ok_at=None) is None
    assert overrun(a_visit(MONDAY, entries=2), [at(-1)], novel=0, last_ok_at=LAST) is None
    with_unusable = a_visit(MONDAY, new=2, entries=3, unusable={"no_title": 1})
    assert overrun(with_unusable, [at(-1)], novel=2, last_ok_at=LAST) is not None
