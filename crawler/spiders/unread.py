"""Which pages are kept for reading them again: those that came, and that no reader could use."""

from __future__ import annotations

from crawler.spiders.wire import Fetched
from crawler.verdict import Verdict
from news.link import Link
from news.quarantine import Unread
from news.source import AnySource
from news.visit import Reason

# What a mended reader, or a mended judgement, may make something of.
_WORTH_KEEPING = frozenset(
    {
        Reason.API_ERROR,
        Reason.CHALLENGE,
        Reason.NO_ENTRIES,
        Reason.NOT_AN_ARTICLE,
        Reason.NOT_A_FEED,
        Reason.NOT_A_PAGE,
        Reason.NOT_A_SITEMAP,
        Reason.NOT_JSON,
        Reason.READER_FAILED,
        Reason.TRUNCATED,
        Reason.WRONG_SHAPE,
    }
)


def unread(fetched: Fetched, judged: Verdict, source: AnySource, link: Link | None = None) -> Unread | None:
    """The page with why it could not be used; None where there is nothing in it to be read again."""
    page = fetched.page
    if judged.reason not in _WORTH_KEEPING or not 200 <= page.status < 300 or not page.body.strip():
        return None
    return as_it_came(fetched, judged, source, link)


def as_it_came(fetched: Fetched, judged: Verdict, source: AnySource, link: Link | None = None) -> Unread:
    """The page as it is kept, with how it was judged; no reason where it was read."""
    return Unread(
        source=source.id,
        url=fetched.page.url,
        reason="" if judged.reason is Reason.NONE else judged.reason.value,
        detail=judged.detail,
        status=fetched.page.status,
        headers=fetched.headers,
        body=fetched.page.body,
        fetched_at=fetched.page.fetched_at,
        link=link,
    )
