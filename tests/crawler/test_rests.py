"""A source whose visits cannot be written down is not fetched at every tick."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from crawler.inbox import Response
from crawler.rests import FIRST_REST, LONGEST_REST, Rests
from news.visit import Reason, VisitResult
from tests.crawler.crawls import NOW, Shelf, crawling, errand
from tests.fakesite import FakeSite


@dataclass
class ShelfForVisits(Shelf):
    """Has no room for drafts, but for visits; `full`: for nothing at all."""

    full: bool = False

    async def accept(self, response: Response) -> None:
        if self.full or response.drafts:
            raise RuntimeError("the disk is full")
        await super().accept(response)


def test_rests_double_up_to_an_hour_and_end_with_the_first_visit_written_down() -> None:
    rests = Rests()

    assert [rests.failed("a", now=0.0) for _ in range(4)] == [FIRST_REST, 120, 240, 480]
    assert [rests.failed("a", now=0.0) for _ in range(30)][-1] == LONGEST_REST
    assert rests.rests("a", now=LONGEST_REST - 1)
    assert not rests.rests("a", now=LONGEST_REST)
    assert not rests.rests("b", now=0.0)
    rests.recorded("a")
    assert not rests.rests("a", now=0.0)
    assert rests.failed("a", now=0.0) == FIRST_REST


def test_of_what_cannot_be_stored_a_bare_visit_is_left(in_loop: Any, site: FakeSite) -> None:
    async def crawl() -> Shelf:
        shelf = ShelfForVisits()
        async with crawling() as subject:
            for _ in range(2):
                await subject.crawl([errand(site.url("/feed"), id="one")], shelf, now=lambda: NOW)
        return shelf

    shelf = in_loop(crawl())

    assert len(site.asked("/feed")) == 2  # written down, so that its next visit is the scheduler's to decide
    bare = shelf.responses[0]
    assert (bare.visit.result, bare.visit.reason) == (VisitResult.SOFT, Reason.NOT_STORED)
    assert "the disk is full" in bare.visit.detail
    assert (bare.drafts, bare.validators) == ((), None)


def test_while_nothing_can_be_written_down_a_source_is_fetched_once(in_loop: Any, site: FakeSite) -> None:
    async def three_ticks() -> None:
        shelf = ShelfForVisits(full=True)
        async with crawling() as subject:
            for _ in range(3):
                await subject.crawl([errand(site.url("/feed"), id="one")], shelf, now=lambda: NOW)
                assert not subject.busy_hosts()
                await asyncio.sleep(0)

    in_loop(three_ticks())

    assert len(site.asked("/feed")) == 1
