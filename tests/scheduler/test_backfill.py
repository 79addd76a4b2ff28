"""Reading back: quiet, within its budget, going on where it broke off; what is new today stays news."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from crawler.crawl import Crawling
from crawler.inbox import Article, Errand, Inbox
from crawler.paging import Stop
from news.item import Stated
from news.settings import parse_settings
from news.source import AnySource, Paging
from news.visit import Reason, Visit, VisitResult
from scheduler.app import App
from scheduler.backfill import Progress, backfill
from storage import Store
from tests.scheduler.desk import CONFIG
from tests.scheduler.newsroom import NEWSROOM, listed, read, stored_titles, titles_of, unread
from tests.scheduler.office import NOW, Clock, add_recipient, look_for, told_titles, visits

ROOM = replace(NEWSROOM, paging=Paging(url="https://office.example/news?page={page}"))
SINCE = date(2026, 9, 1)


class Killed(BaseException):
    """What the process dies of in a test."""


@dataclass
class Site:
    """A list of registers by page, newest first, each article a day older than the one before.

    time: articles that fit into one visit. trouble: by page, how it ends instead. dies: before which article.
    """

    pages: int = 4
    a_page: int = 5
    time: int = 99
    undated: bool = False
    trouble: dict[int, tuple[Reason, VisitResult]] = field(default_factory=dict)
    fails: set[str] = field(default_factory=set)
    dies: str = ""
    asked: list[int] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    async def crawl(self, errands: list[Errand], inbox: Inbox, *, now: Callable[[], datetime]) -> None:
        (errand,) = errands
        number = errand.depth.first if errand.depth is not None else 0
        self.asked.append(number)
        response = self.page(number, errand.source, now())
        for pending in tuple(await inbox.accept(replace(response, depth=errand.depth)))[: self.time]:
            title = pending.link.said.title
            if title == self.dies:
                raise Killed
            if title in self.fails:
                await inbox.accept_article(unread(pending, Reason.TIMEOUT))
                continue
            self.read.append(title)
            await inbox.accept_article(self.article(read(pending)))

    def page(self, number: int, source: AnySource, at: datetime) -> Any:
        if number in self.trouble:
            reason, result = self.trouble[number]
            visit = Visit(source=source.id, started_at=at, result=result, reason=reason)
            return replace(listed(source=source, at=at), visit=visit, stop=Stop.FAILED)
        first = number * self.a_page
        stop = Stop.MOST if number + 1 < self.pages else Stop.ENDED
        response = replace(listed(*map(title, range(first, first + self.a_page)), source=source, at=at), stop=stop)
        if self.undated:
            return response
        dated = [replace(one, said=self.article(one).said) for one in response.links]
        return replace(response, links=tuple(dated))

    def article(self, one: Any) -> Any:
        if isinstance(one, Article):
            assert one.draft is not None
            return replace(one, draft=self.stated(one.draft))
        return replace(one, said=self.stated(one.said))

    def stated(self, draft: Any) -> Any:
        at = NOW - timedelta(days=int(draft.title.split()[1]), minutes=1)
        return replace(draft, published=Stated(day=at.date(), zone="UTC", at=at))


def title(number: int) -> str:
    return f"Register {number}"


def titles(*numbers: int) -> list[str]:
    return sorted(map(title, numbers))


@dataclass
class Archive:
    """One installation that reads its one source back."""

    app: App
    site: Site
    clock: Clock
    told: list[Progress] = field(default_factory=list)

    async def back(self, *, pages: int = 99, articles: int = 999, since: date = date(2020, 1, 1)) -> Progress:
        crawling = cast(Crawling, self.site)
        return await backfill(
            self.app, ROOM, since, crawling=crawling, clock=self.clock, pages=pages, articles=articles,
            tell=self.told.append,
        )  # fmt: skip

    def stored(self) -> list[str]:
        return sorted(stored_titles(self.app.store))


@pytest.fixture
def archive(store: Store, tmp_path: Path) -> Archive:
    settings = parse_settings(CONFIG.format(recipients="  []"), {}, read_secret=lambda path: path)
    look_for(store, "register")
    add_recipient(store)
    return Archive(App(settings=settings, store=store, home=tmp_path), Site(), Clock())


async def test_everything_is_stored_and_matched_and_only_what_is_new_today_is_told(archive: Archive) -> None:
    ended = await archive.back()
    assert (ended.finished, ended.pages, ended.articles, ended.waiting, ended.trouble) == (True, 3, 15, 0, None)
    assert archive.stored() == titles(*range(20))
    assert told_titles(archive.app.store) == [title(0)]
    assert len(archive.app.store.read_now(lambda unit: unit.matches.of_watch(1, 99))) == 20
    assert all(archive.app.store.read_now(lambda unit: [unit.stories.of_item(one + 1) for one in range(20)]))
    assert archive.site.asked == [0, 1, 2, 3]
    assert [one.next_page for one in archive.told] == [1, 2, 3, 4]


async def test_it_is_no_part_of_the_sources_history(archive: Archive) -> None:
    await archive.back()
    (usual,) = visits(archive.app.store)
    assert (usual.new, usual.entries) == (5, 5)


async def test_a_second_run_finds_nothing_more_and_stores_nothing_twice(archive: Archive) -> None:
    await archive.back()
    again = await archive.back()
    assert (again.finished, again.articles) == (True, 0)
    assert archive.stored() == titles(*range(20))


async def test_the_budget_of_pages_ends_a_run_and_the_next_goes_on(archive: Archive) -> None:
    first = await archive.back(pages=1)
    assert (first.finished, first.next_page, first.pages) == (False, 2, 1)
    assert archive.stored() == titles(*range(10))
    second = await archive.back(pages=9)
    assert (second.finished, second.pages) == (True, 2)
    assert archive.site.asked == [0, 1, 0, 2, 3]


async def test_the_budget_of_articles_ends_a_run_and_what_waits_is_read_first_by_the_next(archive: Archive) -> None:
    first = await archive.back(articles=7)
    assert (first.articles, first.waiting, first.next_page, first.finished) == (7, 3, 3, False)
    # The usual visit, with which each run begins, reads the three.
    second = await archive.back(articles=2)
    assert (second.articles, second.waiting, second.finished) == (2, 3, True)
    third = await archive.back()
    assert (third.articles, third.waiting, third.finished) == (0, 0, True)
    assert archive.site.asked == [0, 1, 2, 0, 3, 0]
    assert archive.stored() == titles(*range(20))
    assert len(archive.site.read) == 20


async def test_a_visit_too_short_for_a_page_reads_it_in_several(archive: Archive) -> None:
    archive.site.time = 2
    ended = await archive.back()
    assert (ended.finished, ended.articles, ended.pages) == (True, 15, 3)
    # Of today's page two fitted into the usual visit: they are news, and wait for the next one.
    assert archive.stored() == titles(0, 1, *range(5, 20))
    assert archive.site.asked == [0, 1, 1, 1, 2, 2, 2, 3, 3, 3]


@pytest.mark.parametrize("number", [1, 6, 10, 14, 19])
async def test_killed_before_any_article_it_goes_on_and_nothing_is_lost_or_twice(archive: Archive, number: int) -> None:
    archive.site.dies = title(number)
    with pytest.raises(Killed):
        await archive.back()
    archive.site.dies = ""
    assert (await archive.back()).finished
    assert archive.stored() == titles(*range(20))
    assert len(archive.site.read) == 20
    assert told_titles(archive.app.store) == [title(0)]


async def test_it_ends_where_articles_are_older_than_asked_for(archive: Archive) -> None:
    archive.site.undated = True
    ended = await archive.back(since=(NOW - timedelta(days=8)).date())
    # The articles of the third page tell that it is older than asked for; the fourth is not read.
    assert (ended.finished, archive.site.asked) == (True, [0, 1, 2])


async def test_trouble_ends_the_run_is_told_and_the_next_goes_on_there(archive: Archive) -> None:
    archive.site.trouble[2] = Reason.SERVER_ERROR, VisitResult.SOFT
    broken = await archive.back()
    assert broken.trouble is not None
    assert (broken.trouble.reason, broken.finished, broken.next_page) == (Reason.SERVER_ERROR, False, 2)
    archive.site.trouble.clear()
    assert (await archive.back()).finished
    assert archive.stored() == titles(*range(20))


async def test_where_the_source_itself_does_not_answer_nothing_is_read_back(archive: Archive) -> None:
    archive.site.trouble[0] = Reason.TIMEOUT, VisitResult.SOFT
    broken = await archive.back()
    assert broken.trouble is not None
    assert (broken.trouble.reason, archive.site.asked) == (Reason.TIMEOUT, [0])


async def test_an_article_that_fails_is_counted_and_left_to_later_visits(archive: Archive) -> None:
    archive.site.fails = {title(7), title(12)}
    ended = await archive.back()
    assert (ended.finished, ended.articles, ended.failed, ended.waiting) == (True, 13, 2, 0)
    archive.site.fails.clear()
    archive.clock.passes(hours=1)
    assert (await archive.back()).finished
    assert archive.stored() == titles(*range(20))
    assert told_titles(archive.app.store) == [title(0)]


async def test_a_list_without_pages_keeps_apart_what_came_since_the_usual_visit(archive: Archive) -> None:
    """Page 0 read back: what stands above everything known is news, not past."""
    store, site = archive.app.store, archive.site
    await archive.back()
    site.pages, site.a_page = 1, 3
    plain = replace(ROOM, paging=None)
    new = listed("Register today", title(0), title(25), source=plain)
    older: list[str] = []

    class Between(Site):
        def page(self, number: int, source: AnySource, at: datetime) -> Any:
            self.asked.append(number)
            if len(self.asked) <= 2:
                return listed(title(0), source=source, at=at)
            return replace(new, stop=Stop.ENDED)

        def article(self, one: Any) -> Any:
            older.append(one.pending.link.said.title)
            return one

    crawling = cast(Crawling, Between())
    await backfill(archive.app, plain, SINCE, crawling=crawling, clock=archive.clock, pages=1, articles=9)
    assert older == [title(25)]
    waiting = store.read_now(lambda unit: unit.pending.due("room", now=archive.clock(), limit=9))
    assert titles_of(waiting) == ["Register today"]
