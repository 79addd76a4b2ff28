"""What a digest says of a source that still failed when the digest before it was made, and was read again since."""

from __future__ import annotations

from datetime import timedelta

from news.visit import Reason
from scheduler.digest.coverage import coverage
from tests.scheduler.digest.samples import MFA_EN, NOW, SINCE, state, visit

HOUR = timedelta(hours=1)


def test_a_fault_that_lasted_into_the_period_is_told_with_its_end() -> None:
    well = visit(MFA_EN, SINCE - 3 * HOUR)
    faults = [visit(MFA_EN, SINCE - 2 * HOUR, reason=Reason.TIMEOUT), visit(MFA_EN, SINCE - HOUR, reason=Reason.DNS)]
    again, last = visit(MFA_EN, SINCE + HOUR), visit(MFA_EN, NOW - HOUR)
    known = {MFA_EN.id: state(last)}

    (one,) = coverage([MFA_EN], known, [well, *faults, again, last], since=SINCE, now=NOW).recovered
    assert (one.reason, one.began, one.ended) == (Reason.DNS, faults[0].started_at, again.started_at)

    # What ended before the period was told by the digest before.
    earlier = [visit(MFA_EN, SINCE - 4 * HOUR, reason=Reason.DNS), well, again, last]
    assert coverage([MFA_EN], known, earlier, since=SINCE, now=NOW).recovered == ()
