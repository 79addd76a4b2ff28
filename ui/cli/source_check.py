"""`presswatch source check`: every way to every source tried at once, and what that means for config.yaml."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from crawler.crawl import Crawling
from crawler.inbox import Article, Errand, Response
from news.item import Stated
from news.link import Link, Pending
from news.settings import Settings
from news.source import AnySource
from news.visit import VisitResult
from ui.cli.crawled import crawled
from ui.cli.opened import right_now
from ui.cli.source_declaration import declaration
from ui.cli.source_words import shown_visit, trouble_of

STALE = timedelta(days=60)
"""A list whose newest entry is older than this is doubted: sites leave dead feeds lying about."""


@dataclass(frozen=True, kw_only=True)
class Probe:
    """What one way to one source answered. position: 1 for the declared address, 2 and up for its alternatives."""

    source: AnySource
    way: AnySource
    position: int
    response: Response

    @property
    def answered(self) -> bool:
        """Whether it was read and held something."""
        return self.response.visit.result.answered and self.holds > 0

    @property
    def holds(self) -> int:
        """Entries and articles that its list names."""
        return len(self.response.drafts) + len(self.response.links)

    @property
    def newest(self) -> Stated | None:
        """The newest date that an entry states."""
        drafts = (*self.response.drafts, *(link.said for link in self.response.links))
        stated = [draft.published for draft in drafts if draft.published is not None]
        return max(stated, key=lambda one: (one.day, one.isoformat()), default=None)

    def stale(self, today: date) -> bool:
        """Whether everything it holds is old."""
        return self.newest is not None and self.newest.day < today - STALE


def probe_all(settings: Settings, sources: Sequence[AnySource], progressed: Callable[[], None]) -> list[Probe]:
    """Try every way to every source, hosts side by side; `progressed` is called after each. Stores nothing."""
    ways = {
        f"{source.id}#{position}": (source, way, position)
        for source in sources
        for position, way in enumerate((source, *source.alternatives), 1)
    }
    desk = _Desk(progressed)
    # Each way is an errand of its own name, so that one that fails does not hide the next.
    errands = [Errand(source=replace(way, id=name, alternatives=())) for name, (_, way, _) in ways.items()]

    async def work(crawling: Crawling) -> None:
        await crawling.crawl(errands, desk, now=right_now)

    crawled(settings, work)
    return [
        Probe(source=source, way=way, position=position, response=desk.responses[name])
        for name, (source, way, position) in ways.items()
    ]


class _Desk:
    """An inbox that keeps lists and reads no articles."""

    def __init__(self, progressed: Callable[[], None]) -> None:
        self.responses: dict[str, Response] = {}
        self._progressed = progressed

    async def known(self, source: AnySource, links: Sequence[Link]) -> frozenset[str]:  # noqa: ARG002
        return frozenset(link.key for link in links)  # the newest page says enough

    async def accept(self, response: Response) -> Sequence[Pending]:
        self.responses[response.source.id] = response
        self._progressed()
        return ()

    async def accept_article(self, article: Article) -> None:
        raise AssertionError(f"no article was asked for: {article.pending.link.url}")


def row(probe: Probe, *, now: datetime) -> tuple[str, str, str, str, str]:
    """One line of the table: source, answer, what it holds, its newest date, the address."""
    name = probe.source.id if probe.position == 1 else f"  or {probe.position}"
    visit = probe.response.visit
    if not visit.result.answered:
        status = f" ({visit.status})" if visit.status >= 400 else ""
        return name, f"{trouble_of(visit).happened}{status} [{visit.reason}]", "", "", probe.way.url
    newest = probe.newest.isoformat() if probe.newest else "undated"
    return name, "old" if probe.stale(now.date()) else "ok", f"{probe.holds} {probe.way.kind}", newest, probe.way.url


def advice(probes: Iterable[Probe], *, now: datetime) -> tuple[list[str], str]:
    """What to know about sources that do not answer at their first address, and what to put into config.yaml.

    The second part is YAML, empty where nothing need be changed.
    """
    by_source: dict[str, list[Probe]] = {}
    for probe in probes:
        by_source.setdefault(probe.source.id, []).append(probe)
    said, changes = [], []
    for name, ways in by_source.items():
        live = [way for way in ways if way.answered and not way.stale(now.date())]
        if live and live[0].position == 1:
            continue
        if live:
            said.append(f"{name}: read by its address number {live[0].position}; nothing need be changed")
        elif any(way.answered for way in ways):
            said.append(f"{name}: nothing newer than {STALE.days} days; its list may be dead")
        elif any(way.response.visit.result is VisitResult.SOFT for way in ways):
            said.append(f"{name}: none of its addresses answers now; try again later, a running presswatch does")
        elif not ways[0].source.pack:
            said.append(f"{name}: none of its addresses answers; correct its url, or write enabled: false there")
        else:
            said.append(f"{name}: none of its addresses answers; to leave it out, add what stands below")
            changes.append({"use": name, "enabled": False})
    return said, declaration(*changes) if changes else ""


def shown(probe: Probe, *, now: datetime) -> dict[str, Any]:
    """A probe for `--json`."""
    return {
        "source": probe.source.id,
        "position": probe.position,
        "kind": probe.way.kind,
        "url": probe.way.url,
        "holds": probe.holds,
        "newest": probe.newest.isoformat() if probe.newest else None,
        "stale": probe.stale(now.date()),
        **shown_visit(probe.response.visit),
    }
