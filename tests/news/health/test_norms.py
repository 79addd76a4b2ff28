from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from news.health import Condition, Health, Norms, learn
from news.health.days import HOLIDAY, WORKED, day_kind, day_parts, holiday, in_office_hours
from news.visit import Reason
from tests.news.health.histories import MONDAY, OFFICE, a_visit, judged, weeks

ALMATY = ZoneInfo("Asia/Almaty")


def office_news(at: datetime) -> int:
    """Two items at each of the three visits of a working day's office hours, none on other days."""
    local = at.astimezone(ALMATY)
    working = day_kind(local.date(), "KZ") in (0, 1, 2, 3, 4, WORKED)
    return 2 if working and 9 <= local.hour < 18 else 0


def after(count: int) -> datetime:
    return MONDAY + timedelta(weeks=count)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2025, 9, 15), 0),
        (date(2025, 9, 21), 6),
        (date(2025, 12, 16), HOLIDAY),
        (date(2025, 1, 3), HOLIDAY),
        (date(2025, 1, 5), WORKED),
        (date(2025, 3, 22), HOLIDAY),
    ],
    ids=["Monday", "Sunday", "Independence Day", "moved day off", "Sunday that is worked", "Nauryz"],
)
def test_the_kind_of_a_day_in_kazakhstan(day: date, kind: int) -> None:
    assert day_kind(day, "KZ") == kind
    assert bool(holiday(day, "KZ")) is (kind == HOLIDAY)


def test_a_country_without_a_calendar_has_weekdays_only() -> None:
    assert day_kind(date(2025, 1, 1), "ZZ") == 2


def test_office_hours_are_those_of_the_sources_zone_and_country() -> None:
    noon = datetime(2025, 12, 17, 7, tzinfo=UTC)
    assert in_office_hours(noon, zone="Asia/Almaty", country="KZ")
    assert not in_office_hours(noon, zone="America/New_York", country="US")
    assert not in_office_hours(noon - timedelta(days=1), zone="Asia/Almaty", country="KZ")


def test_days_are_local_ones_also_where_one_has_25_hours() -> None:
    parts = day_parts(datetime(2024, 2, 29, 6, tzinfo=UTC), datetime(2024, 3, 1, 7, tzinfo=UTC), "Asia/Almaty")
    assert [(day.day, round(share, 4)) for day, share in parts] == [(29, round(13 / 25, 4)), (1, 0.5)]


def test_a_rhythm_is_learnt_by_weekday_after_three_weeks_and_not_before() -> None:
    early = learn(weeks(2, office_news), OFFICE, now=after(2))
    assert (early.rhythm_known, early.silence) == (False, None)
    norms = learn(weeks(6, office_news), OFFICE, now=after(6))
    assert norms.rhythm_known
    assert [round(rate or 0) for rate in norms.rates[:7]] == [6, 6, 6, 6, 6, 0, 0]
    assert (norms.entries, norms.fewest) == (30, 30)
    assert norms == Norms.from_json(norms.as_json())


def test_a_first_visits_archive_and_days_without_a_visit_do_not_count() -> None:
    visits = [a_visit(MONDAY - timedelta(days=1), new=500, entries=500), *weeks(5, office_news)]
    gone = [visit for visit in visits if visit.started_at.day % 3]
    norms = learn(gone, OFFICE, now=after(5))
    assert max(rate or 0 for rate in norms.rates) == 6


def test_a_holiday_is_expected_to_be_like_a_sunday_and_a_worked_one_like_a_weekday() -> None:
    norms = Norms(days=30, rates=(6, 6, 6, 6, 6, 1, 0.5, None, None))
    assert [norms.rate(date(2025, *day), "KZ") for day in ((12, 16), (1, 5), (12, 15))] == [0.5, 6, 6]


def silence(days: float, *, begin: datetime) -> Condition:
    """The condition after so many days without news, of an office whose norms were learnt in six weeks."""
    norms = learn(weeks(6, office_news), OFFICE, now=after(6))
    last = a_visit(begin, new=1, entries=30)
    quiet = [a_visit(begin + timedelta(hours=3 * number), entries=30, known=30) for number in range(1, int(8 * days))]
    return judged([last, *quiet], norms=norms)[-1]


def test_a_silence_longer_than_a_usual_weeks_longest_is_quiet() -> None:
    tuesday = datetime(2025, 11, 4, 12, tzinfo=UTC)
    friday = datetime(2025, 11, 7, 12, tzinfo=UTC)
    assert silence(0.7, begin=tuesday).state is Health.OK
    assert silence(2.5, begin=friday).state is Health.OK, "a weekend is no silence"
    quiet = silence(3, begin=tuesday)
    assert (quiet.state, quiet.since) == (Health.QUIET, tuesday)
    assert quiet.signs[0].count >= 6


def test_nobody_is_called_quiet_for_days_on_which_he_could_not_be_read() -> None:
    norms = learn(weeks(6, office_news), OFFICE, now=after(6))
    begin = datetime(2025, 11, 4, 12, tzinfo=UTC)
    failing = [a_visit(begin + timedelta(hours=3 * number), Reason.TIMEOUT) for number in range(1, 40)]
    again = a_visit(begin + timedelta(days=5), entries=30, known=30)
    conditions = judged([a_visit(begin, new=1, entries=30), *failing, again], norms=norms)
    assert [one.state.value for one in conditions[-2:]] == ["down", "ok"]
