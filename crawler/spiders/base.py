"""The spider: one visit for each errand, hosts side by side, the errands of one host one after another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scrapy import Request, Spider

from crawler.hosts import Hosts, Round
from crawler.inbox import Inbox
from crawler.limits import Limits
from crawler.middlewares.patience import Patience
from crawler.middlewares.public_hosts import GuardedResolver
from crawler.middlewares.robots import RobotsMemory
from crawler.readers import Readers
from crawler.spiders.articles import Articles
from crawler.spiders.lists import Lists
from crawler.spiders.visits import Visits
from crawler.spiders.wire import Wire

_NO_REQUESTS: tuple[Request, ...] = ()  # left for the engine: every visit makes its own


@dataclass(frozen=True, kw_only=True)
class Equipment:
    """What all crawls of the process share. Seconds: `timeout` for one request, `deadline` for one visit."""

    hosts: Hosts
    limits: Limits
    patience: Patience
    readers: Readers
    resolver: GuardedResolver
    robots: RobotsMemory
    timeout: float
    deadline: float


class VisitingSpider(Spider):
    """Runs the errands of one crawl; each gets exactly one Visit, whatever happens."""

    name = "presswatch"

    def __init__(
        self, *, rounds: Sequence[Round], inbox: Inbox, equipment: Equipment, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self.rounds, self.equipment = rounds, equipment
        wire, limits, readers = Wire(self, now), equipment.limits, equipment.readers
        # A request's time, unless the settings leave room for a few of them in no visit.
        enough = min(equipment.timeout, equipment.deadline / 4)
        self._visits = Visits(
            lists=Lists(wire, inbox, limits=limits, readers=readers, now=now),
            articles=Articles(wire, inbox, limits=limits, readers=readers, enough=enough, now=now),
            inbox=inbox,
            limits=limits,
            deadline=equipment.deadline,
            now=now,
        )

    async def start(self) -> AsyncIterator[Any]:
        """Make all visits. Requests go through `engine.download_async`, so that a visit reads from top to bottom."""
        await asyncio.gather(*(self._round(mine) for mine in self.rounds))
        for request in _NO_REQUESTS:
            yield request

    async def _round(self, mine: Round) -> None:
        """The errands of one host; another crawl may hold it, then they wait."""
        async with self.equipment.hosts.held(mine):
            for errand in mine.errands:
                await self._visits.make(errand)
