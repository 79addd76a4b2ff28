from __future__ import annotations

from datetime import timedelta

import pytest

from news.health import Newest, Outage, Weather, is_over, weather
from news.visit import Reason, VisitResult
from tests.news.health.histories import MONDAY, RESULTS

SINCE = MONDAY
NOW = MONDAY + timedelta(minutes=20)


def others(reasons: list[Reason], *, minutes: float = 10) -> list[Newest]:
    """The newest visits to other hosts, so many minutes after the failures began."""
    at = SINCE + timedelta(minutes=minutes)
    return [
        Newest(host=f"h{n}", started_at=at, result=RESULTS.get(one, VisitResult.SOFT), reason=one)
        for n, one in enumerate(reasons)
    ]


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        (others([Reason.DNS] * 5), Weather.OUTAGE),
        (others([Reason.DNS]), Weather.OUTAGE),
        (others([Reason.TIMEOUT, Reason.CONNECTION, Reason.TLS, Reason.DNS]), Weather.OUTAGE),
        (others([Reason.TIMEOUT, Reason.TLS, Reason.DNS, Reason.NONE]), Weather.FINE),
        (others([*[Reason.DNS] * 8, Reason.NONE]), Weather.OUTAGE),
        (others([Reason.SERVER_ERROR, Reason.DNS]), Weather.FINE),
        (others([Reason.FORBIDDEN]), Weather.FINE),
        (others([Reason.NONE], minutes=-5), Weather.UNKNOWN),
        (others([Reason.NONE], minutes=-3000), Weather.FINE),
        ([], Weather.FINE),
    ],
    ids=["all", "the other one", "however", "one of five answers", "an intranet answers", "an error is an answer",
         "a refusal too", "not asked since", "not asked for days", "no other"],
)  # fmt: skip
def test_other_hosts_tell_whether_the_network_is_there(newest: list[Newest], expected: Weather) -> None:
    own = Newest(host="own", started_at=NOW, result=VisitResult.SOFT, reason=Reason.DNS)
    assert weather([*newest, own], host="own", since=SINCE, now=NOW) is expected


def test_an_outage_is_over_when_half_of_the_hosts_answer_again() -> None:
    outage = Outage(began=SINCE)
    assert not is_over(others([Reason.NONE, Reason.DNS, Reason.DNS]), outage)
    assert is_over(others([Reason.NONE, Reason.SERVER_ERROR, Reason.DNS]), outage)
    assert is_over([*others([Reason.DNS], minutes=-60), *others([Reason.NONE])], outage)
