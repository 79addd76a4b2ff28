"""One source's trouble is nobody else's: hung, crashing and refused sources, overlapping crawls, stopping (P5, P13)."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Sequence
from typing import Any

import pytest

from crawler.crawl import Crawling
from crawler.inbox import Response
from crawler.readers import Readers
from crawler.spiders.base import VisitingSpider
from news.link import Pending
from news.visit import Reason, VisitResult
from tests.crawler.crawls import NOW, Shelf, crawling, errand, settings, visited
from tests.fakesite import FakeSite


def test_a_hung_source_delays_no_other_over_three_ticks(in_loop: Any, site: FakeSite) -> None:
    async def three_ticks() -> list[float]:
        delays = []
        async with crawling(timeout=8.0) as subject:
            open_crawls = []
            for tick in range(3):
                began = asyncio.get_running_loop().time()
                errands = [errand(site.url(f"/feed?tick={tick}"), id="well")]
                if site_hung.host not in subject.busy_hosts():
                    errands.insert(0, errand(site_hung.url("/never"), id="hung"))
                shelf = Shelf()
                open_crawls.append(asyncio.ensure_future(subject.crawl(errands, shelf, now=lambda: NOW)))
                while "well" not in shelf.times:
                    await asyncio.sleep(0.01)
                delays.append(shelf.times["well"] - began)
            assert site_hung.host in subject.busy_hosts()
            assert site.host not in subject.busy_hosts()
            await subject.stop(1.0)
            await asyncio.gather(*open_crawls)
        return delays

    with FakeSite(host="127.1.1.1") as site_hung:
        assert max(in_loop(three_ticks())) < 5.0


def test_a_slow_commit_holds_up_no_download(in_loop: Any, site: FakeSite) -> None:
    class Waiting(Shelf):
        """Commits nothing before all four downloads are there."""

        def __init__(self) -> None:
            super().__init__()
            self.come = 0
            self.all_there = asyncio.Event()

        async def accept(self, response: Response) -> Sequence[Pending]:
            self.come += 1
            if self.come == 4:
                self.all_there.set()
            await asyncio.wait_for(self.all_there.wait(), 30.0)
            return await super().accept(response)

    async def crawl() -> list[VisitResult]:
        shelf = Waiting()
        async with crawling(timeout=30.0, deadline=60.0) as subject:
            sources = [errand(other.url("/feed")) for other in others]
            await subject.crawl([errand(site.url("/feed")), *sources], shelf, now=lambda: NOW)
        return [response.visit.result for response in shelf.responses]

    others = [FakeSite(host=f"127.1.2.{number}") for number in (1, 2, 3)]
    with others[0], others[1], others[2]:
        assert in_loop(crawl()) == [VisitResult.OK] * 4


def test_two_crawls_share_a_host_in_turns(in_loop: Any, site: FakeSite) -> None:
    async def overlap() -> None:
        shelf = Shelf()
        async with crawling(delay=0.2) as subject:
            crawls = [
                subject.crawl([errand(site.url("/slow?seconds=0.1")) for _ in range(2)], shelf, now=lambda: NOW)
                for _ in range(3)
            ]
            await asyncio.gather(*crawls)
        assert [response.visit.result for response in shelf.responses] == [VisitResult.OK] * 6

    in_loop(overlap())

    seen = sorted(site.seen, key=lambda request: request.began)
    assert len(seen) == 7  # robots.txt once
    pauses = [after.began - before.ended for before, after in itertools.pairwise(seen)]
    assert min(pauses) >= 0.19, pauses


def test_an_inbox_that_refuses_one_response_gets_the_others(in_loop: Any, site: FakeSite) -> None:
    async def crawl() -> list[str]:
        shelf = Shelf(refuse=frozenset({"first"}))
        async with crawling() as subject:
            errands = [errand(site.url("/feed"), id="first"), errand(site.url("/feed"), id="second")]
            await subject.crawl(errands, shelf, now=lambda: NOW)
        return [response.source.id for response in shelf.responses]

    assert in_loop(crawl()) == ["second"]


def test_a_visit_has_a_deadline_of_its_own(in_loop: Any, site: FakeSite) -> None:
    (response,) = in_loop(visited([errand(site.url("/never"))], timeout=30.0, deadline=0.5)).responses

    assert (response.visit.result, response.visit.reason) == (VisitResult.SOFT, Reason.DEADLINE)
    assert response.visit.took < 2.0


def test_the_deadline_of_a_visit_holds_for_reading_too(
    in_loop: Any, site: FakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def endless(*_arguments: object) -> None:
        await asyncio.sleep(30.0)

    monkeypatch.setattr(Readers, "read", endless)
    (response,) = in_loop(visited([errand(site.url("/feed"))], deadline=0.5)).responses

    assert (response.visit.result, response.visit.reason) == (VisitResult.SOFT, Reason.DEADLINE)


def test_a_crawl_that_breaks_down_leaves_a_visit_for_each_errand(
    in_loop: Any, site: FakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_spider: object, _round: object) -> None:
        raise RuntimeError("a fault of the crawl's own")

    async def crawl() -> Shelf:
        shelf = Shelf()
        async with crawling() as subject:
            errands = [errand(site.url("/feed"), id="one"), errand(site.url("/feed"), id="two")]
            await subject.crawl(errands, shelf, now=lambda: NOW)
            assert not subject.busy_hosts()
        return shelf

    monkeypatch.setattr(VisitingSpider, "_round", broken)
    shelf = in_loop(crawl())

    assert [(response.source.id, response.visit.reason) for response in shelf.responses] == [
        ("one", Reason.CANCELLED),
        ("two", Reason.CANCELLED),
    ]
    assert {response.visit.detail for response in shelf.responses} == {"the crawl ended early"}


@pytest.mark.parametrize("grace", [0.0, 2.0])
def test_stopping_ends_every_visit_within_the_grace_period(in_loop: Any, site: FakeSite, grace: float) -> None:
    async def stop_amid() -> tuple[float, Shelf]:
        shelf = Shelf()
        async with crawling(timeout=30.0, deadline=60.0) as subject:
            errands = [errand(site.url("/never"), id="begun"), errand(site.url("/feed"), id="waiting")]
            crawl = asyncio.ensure_future(subject.crawl(errands, shelf, now=lambda: NOW))
            while not site.seen:
                await asyncio.sleep(0.01)
            began = time.monotonic()
            await subject.stop(grace)
            took = time.monotonic() - began
            await asyncio.gather(crawl, return_exceptions=True)
        return took, shelf

    took, shelf = in_loop(stop_amid())

    assert took < grace + 2.0
    if grace:
        assert {response.source.id: response.visit.reason for response in shelf.responses} == {
            "begun": Reason.CANCELLED,
            "waiting": Reason.CANCELLED,
        }


def test_many_hung_sources_leave_room_for_a_well_one(in_loop: Any, site: FakeSite) -> None:
    hung = [FakeSite(host=f"127.1.3.{number}") for number in range(1, 26)]
    for one in hung:
        one.__enter__()
    try:
        errands = [errand(one.url("/never")) for one in hung] + [errand(site.url("/feed"), id="well")]
        shelf = in_loop(visited(errands, timeout=2.0))
    finally:
        for one in hung:
            one.over.set()
        for one in hung:
            one.__exit__(None, None, None)

    assert len(shelf.responses) == 26
    assert shelf.of("well").visit.result is VisitResult.OK
    assert shelf.of("well").visit.took < 1.8


def test_after_the_end_errands_are_given_back_at_once(in_loop: Any, site: FakeSite) -> None:
    async def crawl() -> Shelf:
        shelf = Shelf()
        async with crawling() as subject:
            await subject.stop(1.0)
            await subject.crawl([errand(site.url("/feed"), id="late")], shelf, now=lambda: NOW)
        return shelf

    assert in_loop(crawl()).of("late").visit.reason is Reason.CANCELLED
    assert not site.seen


def test_a_crawl_before_the_start_is_a_mistake_of_the_caller(in_loop: Any) -> None:
    with pytest.raises(RuntimeError, match="start"):
        in_loop(Crawling(settings()).crawl([], Shelf(), now=lambda: NOW))


def test_no_errands_are_a_crawl_too(in_loop: Any) -> None:
    assert in_loop(visited([])).responses == []
