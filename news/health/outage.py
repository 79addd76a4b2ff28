"""Whether it is the sources that fail, or this computer's own connection: then nobody is to be blamed (P15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from news.visit import Reason, VisitResult

NETWORK = frozenset({Reason.DNS, Reason.CONNECTION, Reason.TIMEOUT, Reason.TLS, Reason.DEADLINE})
"""Reasons that a connection of our own gives as well; any answer, a refusal too, shows that the network is there."""

LOOKED_BACK = timedelta(days=1)
"""Other hosts count as asked regularly where they were visited within this time."""

FAILURES_NEEDED = 3
"""Visits in a row to one host that must have failed, beside all others, before an outage is called one."""

MARGIN = timedelta(hours=1)
"""Failures so shortly before the beginning of an outage was seen belong to it."""


class Weather(StrEnum):
    """What the other hosts say about the network since one of them began to fail."""

    FINE = "fine"
    UNKNOWN = "unknown"
    OUTAGE = "outage"


@dataclass(frozen=True, kw_only=True)
class Newest:
    """The newest visit to one source: its host, when it began, and how it ended."""

    host: str
    started_at: datetime
    result: VisitResult
    reason: Reason = Reason.NONE

    @property
    def reached(self) -> bool:
        """Whether anything answered."""
        return self.reason not in NETWORK


@dataclass(frozen=True, kw_only=True)
class Outage:
    """A time in which this computer reached nothing; ended is None while it lasts."""

    began: datetime
    ended: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        """Whether a failure at that moment says nothing about its source."""
        return self.began - MARGIN <= moment and (self.ended is None or moment <= self.ended)


def weather(newest: Iterable[Newest], *, host: str, since: datetime, now: datetime) -> Weather:
    """Say what the newest visits to the other hosts tell about `host`, which nobody has reached since `since`.

    OUTAGE: nearly every host (more than four of five) failed likewise since. FINE: others answer, or there are none.
    UNKNOWN: none of the others was asked since.
    """
    others = [one for one in newest if one.host != host]
    lately = [one for one in others if one.started_at >= since]
    if not lately:
        return Weather.UNKNOWN if any(one.started_at >= now - LOOKED_BACK for one in others) else Weather.FINE
    reached, hosts = _reached(lately)
    return Weather.OUTAGE if reached * 5 < hosts + 1 else Weather.FINE


def is_over(newest: Iterable[Newest], outage: Outage) -> bool:
    """Whether at least half of the hosts that were asked since an outage began can be reached again.

    newest: with the visit that has just ended.
    """
    reached, hosts = _reached(one for one in newest if one.started_at >= outage.began)
    return reached * 2 >= hosts


def _reached(newest: Iterable[Newest]) -> tuple[int, int]:
    hosts: dict[str, bool] = {}
    for one in newest:
        hosts[one.host] = hosts.get(one.host, False) or one.reached
    return sum(hosts.values()), len(hosts)
