"""What no reader could use is kept with its visit, and read again with the declaration of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from crawler.inbox import Article, Response
from news.lexicon import shipped
from news.link import Link
from news.quarantine import Quarantined, Unread
from news.source import AnySource, ArticleRules, JsonFields, JsonSource
from news.visit import Reason, Visit, VisitResult
from news.watch.watch import Recipient
from scheduler.app import App
from scheduler.replay import Replayed, replay
from storage import Store
from tests.fakesite.acts import rss
from tests.fakesite.news_acts import article_page
from tests.scheduler.office import NOW, OFFICE, Clock, a_draft, an_intake, answered, look_for

READERS = SimpleNamespace(processes=1, deadline=20.0, memory_mb=700, inline_below=4_000)


def page(body: bytes, reason: Reason = Reason.NOT_A_FEED, **fields: Any) -> Unread:
    return Unread(
        **{
            "source": OFFICE.id,
            "url": OFFICE.url,
            "reason": reason.value,
            "detail": "as it was judged",
            "status": 200,
            "headers": {"content-type": "application/rss+xml"},
            "body": body,
            "fetched_at": NOW,
            **fields,
        }
    )


def unusable(*pages: Unread) -> Response:
    """The response of a visit that brought these pages and could use none of them."""
    visit = Visit(source=OFFICE.id, started_at=NOW, result=VisitResult.HARD, reason=Reason.NOT_A_FEED)
    return Response(source=OFFICE, visit=visit, pages=pages)


def kept(store: Store) -> list[Quarantined]:
    return store.read_now(lambda unit: unit.quarantine.of(OFFICE.id))


async def replayed(store: Store, source: AnySource = OFFICE, *, take_in: bool = False) -> list[Replayed]:
    settings: Any = SimpleNamespace(readers=READERS, daemon=SimpleNamespace(fresh=timedelta(days=1)), lexicon=shipped())
    app = App(settings=settings, store=store, home=Path())
    return await replay(app, source, clock=Clock(), take_in=take_in)


async def test_a_page_that_a_mended_reader_reads_is_shown_then_taken_in_and_tells_nobody(store: Store) -> None:
    look_for(store, "office")
    store.write_now(lambda unit: unit.recipients.add(Recipient(address="desk@example.org"), at=NOW))
    await an_intake(store, Clock()).accept(unusable(page(rss(2))))

    (shown,) = await replayed(store)
    assert (len(shown.titles), shown.reason, shown.stored) == (2, Reason.NONE, False)
    assert store.read_now(lambda unit: unit.items.newest(9)) == []

    (taken,) = await replayed(store, take_in=True)
    assert (taken.titles, taken.stored) == (shown.titles, True)
    assert sorted(one.title for one in store.read_now(lambda unit: unit.items.newest(9))) == sorted(shown.titles)
    recipient = store.read_now(lambda unit: unit.recipients.all())[0]
    assert store.read_now(lambda unit: unit.matches.newest(9))
    assert store.read_now(lambda unit: unit.matches.untold(recipient, "daily", limit=9)) == []
    assert kept(store) == []
    assert await replayed(store, take_in=True) == []


async def test_what_is_still_unreadable_says_why_and_stays(store: Store) -> None:
    await an_intake(store, Clock()).accept(unusable(page(b"<html><body>Works until Monday</body></html>")))

    (one,) = await replayed(store, take_in=True)

    assert (one.reason, one.titles, one.stored) == (Reason.NOT_A_FEED, (), False)
    assert len(kept(store)) == 1


async def test_another_way_of_the_source_may_read_it(store: Store) -> None:
    fields = JsonFields(title="name", link="https://office.example/{id}")
    api = JsonSource(
        id=OFFICE.id, url="https://office.example/api", publisher="The office", items="news", fields=fields
    )
    body = b'{"news": [{"name": "The register opens", "id": 7}]}'
    await an_intake(store, Clock()).accept(unusable(page(body, headers={"content-type": "application/json"})))

    (one,) = await replayed(store, replace(OFFICE, alternatives=(api,)), take_in=True)

    assert (one.titles, one.stored) == (("The register opens",), True)


async def test_an_article_that_was_given_up_is_read_and_its_link_taken_off(store: Store) -> None:
    source = replace(OFFICE, articles=ArticleRules())
    intake = an_intake(store, Clock())
    link = Link(url="https://office.example/1", said=a_draft("Part 1"))
    (pending,) = await intake.accept(replace(answered(source), links=(link,)))
    body = page(article_page(), Reason.READER_FAILED, url=link.url, headers={"content-type": "text/html"}, link=link)
    await intake.accept_article(
        Article(source=source, pending=pending, result=VisitResult.HARD, reason=Reason.READER_FAILED, unread=body)
    )
    assert [one.page for one in kept(store)] == [body]

    (one,) = await replayed(store, source, take_in=True)

    assert (one.titles, one.stored) == (("Part 1 of the report",), True)
    assert kept(store) == []
    assert store.read_now(lambda unit: unit.pending.of_link(source.id, link)) is None


@pytest.mark.parametrize("known", [True, False])
async def test_an_article_that_storing_breaks_on_is_not_let_go(
    store: Store, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    source = replace(OFFICE, articles=ArticleRules())
    link = Link(url="https://office.example/1", said=a_draft("Part 1"))
    body = page(article_page(), Reason.READER_FAILED, url=link.url, headers={"content-type": "text/html"}, link=link)
    store.write_now(lambda unit: unit.quarantine.keep(body))
    if known:
        store.write_now(lambda unit: unit.pending.add(source.id, [link], found_at=NOW))

    def broken(*_: object) -> None:
        raise RuntimeError("a fault of our own")

    with monkeypatch.context() as patched:
        patched.setattr("storage.archive.Archive.add", broken)
        (one,) = await replayed(store, source, take_in=True)
    assert (one.titles, one.reason, one.stored) == (("Part 1 of the report",), Reason.NOT_STORED, False)
    assert [one.page for one in kept(store)] == [body]
    (again,) = await replayed(store, source, take_in=True)
    assert (again.stored, kept(store)) == (True, [])


@pytest.mark.parametrize(("drafts", "expected"), [(("The register opens",), []), (("", "Opens"), ["unusable_entries"])])
async def test_a_page_that_was_read_is_kept_only_where_entries_were_of_no_use(
    store: Store, drafts: tuple[str, ...], expected: list[str]
) -> None:
    response = answered(OFFICE, *(a_draft(title) for title in drafts))
    await an_intake(store, Clock()).accept(replace(response, pages=(replace(page(rss(1)), reason=""),)))

    assert [one.page.reason for one in kept(store)] == expected
