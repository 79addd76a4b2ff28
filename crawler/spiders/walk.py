"""What walking through a list brought: its pages, how the walk ended, and the response that is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from crawler.inbox import ListPage, Response
from crawler.paging import GAPS, MISSED, Plan, Stop, wanted
from crawler.read.pace import fresh_for, pace_of
from crawler.read.page import Reading
from crawler.spiders.unread import as_it_came, unread
from crawler.spiders.wire import Fetched
from crawler.verdict import OK, Verdict, because
from news.health.pace import UNSAID
from news.quarantine import Unread
from news.source import AnySource
from news.visit import Reason, Validators, Visit, VisitResult


@dataclass(frozen=True, kw_only=True)
class Turned:
    """One page of a list: how reading it ended, and what it held where it could be read."""

    judged: Verdict
    fetched: Fetched | None = None
    reading: Reading | None = None

    @property
    def ok(self) -> bool:
        """Whether the page was read and is whole."""
        return self.judged.result is VisitResult.OK


@dataclass(kw_only=True)
class Walk:
    """A walk under way. pages: those read; turned: how many were asked for; troubles: what went wrong, in words.

    reached: whether one of them shows what is known.
    """

    pages: list[Turned] = field(default_factory=list)
    turned: int = 1
    stop: Stop = Stop.NONE
    reached: bool = False
    failed: list[Verdict] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of the pages that were read."""
        return sum(len(page.fetched.page.body) for page in self.pages if page.fetched is not None)

    @property
    def readings(self) -> list[Reading]:
        """What the pages held, in their order."""
        return [page.reading for page in self.pages if page.reading is not None]

    def note(self, place: str, judged: Verdict) -> None:
        """Note that a further page could not be read, or what was odd about it."""
        if judged.result is VisitResult.OK:
            self.troubles.append(f"{place}: {judged.detail}")
            return
        self.failed.append(judged)
        self.troubles.append(f"{place}: {judged.reason}" + (f" ({judged.detail})" if judged.detail else ""))


def response_of(
    blank: Response, plan: Plan, entry: Turned, walk: Walk, *, validators: Validators | None = None
) -> Response:
    """The response of a walk that began with `entry`; `validators` count where the list was read and not read back."""
    judged, readings = entry.judged, walk.readings
    drafts = tuple(chain.from_iterable(reading.drafts for reading in readings))
    unchanged = sum(reading.unchanged for reading in readings)
    links = wanted(chain.from_iterable(reading.links for reading in readings), plan)
    gap = f"not caught up ({walk.stop})" if plan.catching_up and walk.stop in GAPS else ""
    detail = "; ".join(filter(None, (judged.detail, *walk.troubles, gap)))
    bodies = {page.fetched.page.url: len(page.fetched.page.body) for page in (entry, *walk.pages) if page.fetched}
    visit = replace(
        told(blank.visit, replace(judged, detail=detail)),
        size=sum(bodies.values()),
        entries=len(drafts) + len(links) + unchanged,
        pages=walk.turned,
    )
    if entry.fetched is not None:
        visit = replace(visit, url=entry.fetched.page.url, status=entry.fetched.page.status)
    missed = plan.catching_up and entry.ok and walk.stop in MISSED
    # With the validators of the newest page a 304 would hide the pages that were missed.
    keeps = judged.result is VisitResult.OK and blank.depth is None and not missed
    return replace(
        blank,
        visit=visit,
        drafts=drafts,
        received=tuple(
            ListPage(received=page.fetched.received, drafts=len(page.reading.drafts))
            for page in walk.pages
            if page.reading is not None and page.fetched is not None
        ),
        links=links,
        unchanged=unchanged,
        pages=tuple(_kept(blank.source, entry, walk)),
        validators=validators if keeps else None,
        stop=walk.stop,
        gap=missed,
        short=plan.catching_up and judged.result is VisitResult.OK and walk.stop in GAPS - MISSED and not walk.reached,
        **_of_answer(blank.source, entry),
    )


def _of_answer(source: AnySource, entry: Turned) -> dict[str, Any]:
    """What the answer to the first request says besides its list: where it moved, how often it is to be asked."""
    fetched = entry.fetched
    if fetched is None or not entry.judged.result.answered:
        return {}
    pace = pace_of(fetched.page.body) if source.kind == "feed" else UNSAID
    return {
        "moved": fetched.moved,
        "fresh_for": fresh_for(fetched.headers),
        "pace": pace if entry.ok else None,
    }


def _kept(source: AnySource, entry: Turned, walk: Walk) -> Iterator[Unread]:
    """The pages as they came: those that no reader could use, and those that were read (not all entries are of use)."""
    for page in walk.pages if any(page is entry for page in walk.pages) else (entry, *walk.pages):
        if page.fetched is not None and page.reading is not None and page.ok:
            yield as_it_came(page.fetched, page.judged, source)
        elif page.fetched is not None and (one := unread(page.fetched, page.judged, source)) is not None:
            yield one


def past_the_end(blank: Response) -> Response:
    """The response where a list is to be read back beyond its last page."""
    judged = because(Reason.NO_ENTRIES, "the list has no further pages")
    return replace(blank, visit=replace(told(blank.visit, judged), pages=0), stop=Stop.ENDED)


def of_members(walk: Walk) -> Verdict:
    """The verdict on an index: one member that was read is enough, else what hindered the first counts."""
    if any(page.ok for page in walk.pages):
        return OK
    return walk.failed[0] if walk.failed else because(Reason.NO_ENTRIES, "an index of which no member could be read")


def told(visit: Visit, judged: Verdict) -> Visit:
    """The visit with its verdict filled in."""
    return replace(
        visit, result=judged.result, reason=judged.reason, detail=judged.detail, retry_after=judged.retry_after
    )
