"""One visit to one source through the real crawler, for looking at: nothing is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.crawl import Crawling
from crawler.inbox import Article, Errand, Response
from crawler.readers import Readers
from news.errors import UnusableDraft
from news.item import Draft
from news.link import Link, Pending
from news.normalise import normalise
from news.settings import Settings
from news.source import AnySource
from scheduler.health_words import LOOK
from ui.cli.crawled import crawled
from ui.cli.opened import right_now
from ui.cli.output import counted
from ui.cli.source_received import received_lines
from ui.cli.source_words import shown_visit, trouble_of

KEPT = (
    "To keep the page as received: presswatch source record {id}. What visits kept of such pages is read again by: "
    "presswatch source replay {id}"
)

SAMPLES = 3
"""Articles that are read of what a list names, and headlines that are shown."""


class Showcase:
    """An inbox that keeps what it is handed for looking at, and asks for a few articles of what a list names."""

    def __init__(self) -> None:
        self.responses: list[Response] = []
        self.articles: list[Article] = []

    async def known(self, source: AnySource, links: Sequence[Link]) -> frozenset[str]:  # noqa: ARG002 - of the Protocol
        """Nothing is known here."""
        return frozenset()

    async def accept(self, response: Response) -> Sequence[Pending]:
        """Keep the response in memory; its first articles are to be read."""
        self.responses.append(response)
        return [
            Pending(id=0, source=response.source.id, link=link, found_at=response.visit.started_at)
            for link in response.links[:SAMPLES]
        ]

    async def accept_article(self, article: Article) -> None:
        """Keep the article, read or not."""
        self.articles.append(article)


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What one visit brought: the list, and the first articles that it names, read or not."""

    response: Response
    articles: tuple[Article, ...] = ()

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """What would become items: entries of the list, or articles that were read."""
        read = tuple(article.draft for article in self.articles if article.draft is not None)
        return self.response.drafts + read

    @property
    def said(self) -> tuple[Draft, ...]:
        """What the list itself says of everything it names."""
        return self.response.drafts + tuple(link.said for link in self.response.links)


def visit_once(settings: Settings, source: AnySource, *, readers: Readers | None = None) -> Trial:
    """Visit `source` once, unconditionally, and return what came; once in a process, since a reactor runs once."""
    showcase = Showcase()
    errand = Errand(source=source, others=source.alternatives)

    async def work(crawling: Crawling) -> None:
        await crawling.crawl([errand], showcase, now=right_now)

    crawled(settings, work, readers=readers)
    return Trial(response=showcase.responses[0], articles=tuple(showcase.articles))


def lines(trial: Trial) -> list[str]:
    """Say what the visit found, or what went wrong and what to do."""
    response, visit = trial.response, trial.response.visit
    head = f"{response.source.id}: {response.source.url}"
    if not visit.result.answered:
        trouble = trouble_of(visit)
        status = f" ({visit.status})" if visit.status >= 400 else ""
        detail = [f"  detail: {visit.detail}"] if visit.detail else []
        received = [f"  {line}" for line in received_lines(response.source, visit, response.pages)]
        told = [head, f"problem: {trouble.happened}{status} [{visit.reason}]", *detail, *received, *_moved(response)]
        # What is received was shown just now; where else to look is of no use here.
        return [*told, KEPT.format(id=response.source.id) if LOOK in trouble.remedy else trouble.remedy]
    size = f"in {visit.took:.1f} s, {visit.size / 1000:.0f} kB"
    told = [head, f"ok: {_held(response)} {size}{_languages(trial.drafts)}"]
    told.append(f"newest: {newest(trial.said + trial.drafts) or 'no entry states a date'}")
    told += _moved(response)
    if visit.detail:
        told.append(f"note: {visit.detail}")
    told += [f"unusable: {count} ({reason})" for reason, count in unusable(trial).items()]
    if not response.links:
        return [*told, *(f"  {draft.title}" for draft in response.drafts[:SAMPLES])]
    for article in trial.articles:
        told += _article(article)
    return told


def _moved(response: Response) -> list[str]:
    """That the address leads elsewhere for good, and what to do about it."""
    if response.moved is None:
        return []
    followed = "" if response.moved.followed else " on another site, which is not followed"
    return [f"moved: it leads for good to {response.moved.target}{followed}; put that address into config.yaml"]


def shown(trial: Trial) -> dict[str, Any]:
    """Return the visit and samples of what came for `--json`."""
    response = trial.response
    samples = response.drafts[:SAMPLES] or trial.drafts
    return {
        "source": response.source.id,
        "address": response.source.url,
        **shown_visit(response.visit),
        "moved_to": response.moved.target if response.moved is not None else None,
        "entries": len(response.drafts) + len(response.links),
        "unusable": unusable(trial),
        "newest": newest(trial.said + trial.drafts) or None,
        "samples": [{"title": draft.title, "url": draft.url} for draft in samples],
        "articles": [
            {
                "url": article.pending.link.url,
                "result": article.result,
                "reason": article.reason,
                "oddities": list(article.oddities),
            }
            for article in trial.articles
        ],
    }


def unusable(trial: Trial) -> dict[str, int]:
    """Count by reason the drafts that would not be kept."""
    reasons: Counter[str] = Counter()
    for draft in trial.drafts:
        try:
            normalise(draft, trial.response.source, seen_at=trial.response.visit.started_at)
        except UnusableDraft as error:
            reasons[error.reason] += 1
    return dict(reasons)


def newest(drafts: Iterable[Draft]) -> str:
    """The newest date that any of them states, empty where none does."""
    stated = [draft.published for draft in drafts if draft.published is not None]
    return max(stated, key=lambda one: (one.day, one.isoformat())).isoformat() if stated else ""


def _held(response: Response) -> str:
    entries, links = len(response.drafts), len(response.links)
    return f"{counted(links, 'article')} named" if links and not entries else counted(entries, "entry", "entries")


def _languages(drafts: Sequence[Draft]) -> str:
    counts = Counter(draft.language or "und" for draft in drafts).most_common()
    return f"; languages: {', '.join(f'{count} {name}' for name, count in counts)}" if counts else ""


def _article(article: Article) -> list[str]:
    url, draft = article.pending.link.url, article.draft
    if draft is None:
        return [f"  not read [{article.reason}] {article.detail}: {url}"]
    stated = draft.published.isoformat() if draft.published else "no date"
    odd = f"; odd: {', '.join(article.oddities)}" if article.oddities else ""
    return [f"  {draft.title}", f"    {stated}, {len(draft.text)} characters{odd}: {url}"]
