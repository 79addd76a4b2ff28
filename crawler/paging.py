"""When to turn a page of a list, and when to stop: pure, the walk itself is in crawler/spiders/lists.py.

A usual visit reads the newest page. It goes on only where the source was read before and the end of the page is still
unknown, so that a gap is closed after days of silence; reading back (`Depth`) goes on until a page is older than asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from crawler.inbox import Depth, Errand
from crawler.read.page import Reading
from news.item import Draft
from news.link import Link
from news.source import AnySource
from news.visit import Reason, Validators

MEMBERS = 3
"""Sitemaps of an index that a usual visit reads where the source declares no `paging.most`."""

MOST_BYTES = 20_000_000
"""Of the lists that one visit reads, and again of its articles, after decompression; the page passing it is read."""


class Stop(StrEnum):
    """Why no further page of a list was read."""

    NONE = ""
    ENDED = "ended"  # there are no further pages
    KNOWN = "known"  # the last entries of the page are stored or pending
    REPEATED = "repeated"  # everything on it came on the pages before
    OLDER = "older"  # everything dated on it is older than asked for
    MOST = "most"  # as many as one visit reads
    BYTES = "bytes"  # as many bytes as one visit reads
    ROBOTS = "robots_txt"
    FAILED = "failed"
    OUT_OF_TIME = "out_of_time"


# Stops of a usual visit that may leave something unread between the pages and what is stored.
GAPS = frozenset({Stop.REPEATED, Stop.MOST, Stop.BYTES, Stop.ROBOTS, Stop.FAILED, Stop.OUT_OF_TIME})

# Those of them that may pass by the next visit: the pages that were missed are asked for again.
MISSED = frozenset({Stop.FAILED, Stop.OUT_OF_TIME})

# A card that is pinned to the top is always known, and says nothing of what is below it.
_LAST = 3

_STOPS = {
    Reason.NOT_FOUND: Stop.ENDED,  # what many sites answer past the last page
    Reason.GONE: Stop.ENDED,
    Reason.NO_ENTRIES: Stop.ENDED,
    Reason.ROBOTS: Stop.ROBOTS,
    Reason.DEADLINE: Stop.OUT_OF_TIME,
}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How far a visit may turn pages. first: the number of its first page, 0 is the newest; most: pages in all.

    catching_up: whether it stops at what is known; gap: then only at the last page that it may read, for what lies
    between pages that are known was missed before; since: whether it stops at what is older.
    """

    first: int = 0
    most: int = 1
    catching_up: bool = False
    gap: bool = False
    since: date | None = None


def plan_of(errand: Errand, source: AnySource) -> Plan:
    """The plan for one way of an errand: a first visit reads one page, however long the list is."""
    if errand.depth is not None:
        return _reading_back(errand.depth)
    read_before = errand.gap or (source is errand.source and errand.validators != Validators())
    if source.paging is None or not read_before:
        return Plan()
    return Plan(most=source.paging.most, catching_up=True, gap=errand.gap)


def _reading_back(depth: Depth) -> Plan:
    return Plan(first=depth.first, most=depth.pages, since=depth.since)


def address_of(source: AnySource, number: int) -> str:
    """The address of a list's page; number 0 is the newest, at the source's own."""
    template = source.paging.url if source.paging is not None and number else ""
    return filled(template or source.url, source, number)


def filled(text: str, source: AnySource, number: int) -> str:
    """A declared text with "{language}" and, where the list has pages, "{page}" filled in."""
    text = text.replace("{language}", source.language)
    return text if source.paging is None else text.replace("{page}", str(source.paging.start + number - 1))


def members_of(index: Sequence[str], plan: Plan, source: AnySource) -> Sequence[str]:
    """Which members of a sitemap index a visit may read, in order: the newest, or when reading back those asked for."""
    if plan.since is not None:
        return index[plan.first : plan.first + plan.most]
    return index[: source.paging.most if source.paging is not None else MEMBERS]


def stop_after(pages: Sequence[Reading], plan: Plan, *, known: frozenset[str] = frozenset()) -> Stop:
    """Why to stop after the last of these pages, or Stop.NONE. known: keys of entries on it that the inbox knows."""
    *earlier, last = pages
    keys = list(dict.fromkeys(link.key for link in entries_of(last)))
    if not keys:
        return Stop.ENDED
    if set(keys) <= {link.key for page in earlier for link in entries_of(page)}:
        return Stop.REPEATED
    if last.unchanged and plan.catching_up:
        return Stop.KNOWN  # entries at its end are those of the visit before (`Readers.read_new`)
    if plan.since is not None and _is_older(last, plan.since):
        return Stop.OLDER
    at_most = len(pages) >= plan.most
    if plan.catching_up and (at_most or not plan.gap) and reaches_known(last, known):
        return Stop.KNOWN
    return Stop.MOST if at_most else Stop.NONE


def reaches_known(reading: Reading, known: frozenset[str]) -> bool:
    """Whether a page shows that nothing between it and what is known is missing.

    Its last entries are known; or several in a row below its top, or more than half of it: what is not known below them
    is older than the source's first visit.
    """
    keys = list(dict.fromkeys(link.key for link in entries_of(reading)))
    if known.issuperset(keys[-min(_LAST, max(len(keys) // 2, 1)) :]):
        return bool(keys)
    runs = [(is_known, list(run)) for is_known, run in groupby(enumerate(keys), key=lambda pair: pair[1] in known)]
    return any(
        is_known and ((len(run) >= _LAST and run[0][0] > 0) or 2 * len(run) > len(keys)) for is_known, run in runs
    )


def stop_at(reason: Reason) -> Stop:
    """What it means for the walk that a further page could not be read."""
    return _STOPS.get(reason, Stop.FAILED)


def wanted(links: Iterable[Link], plan: Plan) -> tuple[Link, ...]:
    """Each article once; of a walk back none that is dated before what it reads back to (a sitemap holds years)."""
    first: dict[str, Link] = {}
    for link in links:
        day = _day_of(link.said)
        if plan.since is None or day is None or day >= plan.since:
            first.setdefault(link.key, link)
    return tuple(first.values())


def entries_of(reading: Reading) -> tuple[Link, ...]:
    """Everything on a page that has an address, its complete entries too, as the inbox can be asked for it."""
    complete = (Link(url=draft.url, said=draft) for draft in reading.drafts if draft.url)
    return (*reading.links, *complete)


def _is_older(reading: Reading, since: date) -> bool:
    """Whether the page dates entries, and all of these before `since`: undated ones say nothing."""
    drafts = (*reading.drafts, *(link.said for link in reading.links))
    days = [day for draft in drafts if (day := _day_of(draft)) is not None]
    return bool(days) and max(days) < since


def _day_of(draft: Draft) -> date | None:
    stated = draft.published or draft.updated
    return stated.day if stated is not None else None
