"""`presswatch source test URL`: what any page offers to a reader, and the declaration that would read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from crawler import verdict
from crawler.crawl import Crawling
from crawler.read.discover import Discovery, discover, sitemaps_in, usual_addresses
from crawler.read.page import Page, Reading
from crawler.read.sniff import is_json, root_name
from crawler.readers import Readers
from news.errors import SourceError, Unreadable
from news.item import Stated
from news.settings import Settings
from news.source import AnySource, ArticleRules, FeedSource, LinkRules, ListingSource, SitemapSource
from news.visit import Validators, VisitResult
from ui.cli.crawled import crawled
from ui.cli.opened import right_now
from ui.cli.output import counted
from ui.cli.source_declaration import as_declared, declaration, id_for

_FEED_ROOTS = frozenset({"rss", "feed", "rdf"})
_SITEMAP_ROOTS = frozenset({"urlset", "sitemapindex"})
_MOST_CANDIDATES = 4  # addresses of each kind that are tried
_RECENT = timedelta(days=60)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One way to read a site, tried. reading: None where it could not be read, `problem` says why."""

    source: AnySource
    reading: Reading | None = None
    problem: str = ""

    @property
    def holds(self) -> int:
        """Entries, articles named, and members of an index."""
        return 0 if self.reading is None else len([*self.reading.drafts, *self.reading.links, *self.reading.nested])

    @property
    def newest(self) -> Stated | None:
        """The newest date stated in it."""
        if self.reading is None:
            return None
        drafts = (*self.reading.drafts, *(link.said for link in self.reading.links))
        stated = [draft.published for draft in drafts if draft.published is not None]
        return max(stated, key=lambda one: (one.day, one.isoformat()), default=None)


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What was found at an address. discovery: None where it is no web page; candidates: best kind first."""

    url: str
    discovery: Discovery | None
    candidates: tuple[Candidate, ...]

    def best(self, today: date) -> Candidate | None:
        """The way to choose: a feed before a sitemap before a list, one with recent news before one without."""
        usable = [candidate for candidate in self.candidates if candidate.holds]
        recent = [one for one in usable if one.newest is not None and one.newest.day >= today - _RECENT]
        return next(iter(recent or usable), None)


def look_at(settings: Settings, url: str) -> Findings:
    """Fetch `url` and what it leads to, and try every way to read it; raises SourceError where it does not answer."""
    readers = Readers(settings.readers)
    return crawled(settings, _Look(settings, url, readers).run, readers=readers)


class _Look:
    """One look at one address: a thin loop around what `crawler.read.discover` decides."""

    def __init__(self, settings: Settings, url: str, readers: Readers) -> None:
        self._settings, self._url, self._readers = settings, url, readers

    async def run(self, crawling: Crawling) -> Findings:
        page = _sound((await crawling.fetch([self._url], now=right_now))[self._url], "listing")
        root = root_name(page.body)
        if root in _FEED_ROOTS or is_json(page.body):
            return Findings(url=page.url, discovery=None, candidates=(await self._tried(page, self._feed("")),))
        if root in _SITEMAP_ROOTS:
            return Findings(url=page.url, discovery=None, candidates=(await self._tried(page, self._sitemap("")),))
        found = discover(page, zone=self._settings.zone)
        feeds = await self._elsewhere(crawling, self._feeds(found, page.url), lambda url: self._feed(url, found))
        sitemaps = await self._elsewhere(
            crawling, await self._sitemaps(crawling, page.url), lambda url: self._sitemap(url, found)
        )
        lists = [await self._tried(page, source) for source in self._listings(page.url, found)]
        return Findings(url=page.url, discovery=found, candidates=(*feeds, *sitemaps, *lists))

    def _feeds(self, found: Discovery, url: str) -> tuple[str, ...]:
        named = tuple(feed.url for feed in found.feeds)
        return (named or usual_addresses(url)[0])[:_MOST_CANDIDATES]

    async def _sitemaps(self, crawling: Crawling, url: str) -> tuple[str, ...]:
        parts = urlsplit(url)
        robots = f"{parts.scheme}://{parts.netloc}/robots.txt"
        answer = (await crawling.fetch([robots], now=right_now))[robots]
        named: tuple[str, ...] = ()
        if isinstance(answer, Page) and answer.status == 200:
            named = sitemaps_in(answer.body.decode("utf-8", "replace"), base=url)
        return (named or usual_addresses(url)[1])[:_MOST_CANDIDATES]

    async def _elsewhere(
        self, crawling: Crawling, urls: Iterable[str], source_for: Callable[[str], AnySource]
    ) -> list[Candidate]:
        fetched = await crawling.fetch(list(urls), now=right_now)
        return [await self._tried(answer, source_for(url)) for url, answer in fetched.items()]

    async def _tried(self, answer: Page | SourceError, source: AnySource) -> Candidate:
        try:
            return Candidate(source=source, reading=await self._readers.read(_sound(answer, source.kind), source))
        except SourceError as error:
            return Candidate(source=source, problem=str(error))

    def _feed(self, url: str, found: Discovery | None = None) -> FeedSource:
        return FeedSource(
            id=id_for(self._url),
            url=url or self._url,
            publisher=_publisher(found, self._url),
            language=found.language if found else "",
            zone=self._settings.zone,
        )

    def _sitemap(self, url: str, found: Discovery | None = None) -> SitemapSource:
        return SitemapSource(
            id=id_for(self._url),
            url=url or self._url,
            publisher=_publisher(found, self._url),
            language=found.language if found else "",
            zone=self._settings.zone,
            articles=ArticleRules(),
        )

    def _listings(self, url: str, found: Discovery) -> list[ListingSource]:
        return [
            ListingSource(
                id=id_for(url),
                url=url,
                publisher=_publisher(found, url),
                language=found.language,
                zone=self._settings.zone,
                links=LinkRules(
                    entry=pattern.entry, title=pattern.title, published=pattern.published, matching=pattern.matching
                ),
                articles=ArticleRules(),
            )
            for pattern in found.patterns
        ]


def _sound(answer: Page | SourceError, kind: str) -> Page:
    """The page where it may be read as a source of that kind; raises SourceError where a visit would end, too."""
    if isinstance(answer, SourceError):
        raise answer
    judged = verdict.of_answer(
        status=answer.status, headers={}, body=answer.body, kind=kind, known=Validators(), now=answer.fetched_at
    )
    if judged.result is not VisitResult.OK:
        raise Unreadable(judged.reason, judged.detail)
    return answer


def lines(findings: Findings, *, today: date) -> list[str]:
    """What was found, for people; the declaration is a text of its own (`declared`)."""
    found = findings.discovery
    told = [findings.url]
    if found is not None:
        told.append(
            f"a web page{f' in {found.language}' if found.language else ''}: {found.title or 'without a title'}"
        )
    for one in findings.candidates:
        answer = (
            one.problem if one.reading is None else f"{counted(one.holds, 'entry', 'entries')}, newest {_when(one)}"
        )
        told.append(f"{one.source.kind}: {_place(one.source)}: {answer}")
        if one.reading is not None:
            titles = [draft.title for draft in (*one.reading.drafts, *(link.said for link in one.reading.links))]
            told += [f"    {title}" for title in titles[:2] if title]
    if found is not None and found.article_data:
        told.append(f"the page is an article itself ({', '.join(found.article_data)}); give the page that lists them")
    if findings.best(today) is None:
        told.append("Nothing here can be read as a list of news. Try the address of the page that lists the newest.")
    return told


def declared(findings: Findings, *, today: date) -> str:
    """The declaration of the best way, to be put into config.yaml; empty where there is none."""
    best = findings.best(today)
    return declaration(as_declared(best.source)) if best is not None else ""


def shown(findings: Findings, *, today: date) -> dict[str, Any]:
    """The findings for `--json`."""
    return {
        "url": findings.url,
        "candidates": [
            {
                **as_declared(one.source),
                "holds": one.holds,
                "newest": one.newest.isoformat() if one.newest else None,
                "problem": one.problem or None,
            }
            for one in findings.candidates
        ],
        "article_data": list(findings.discovery.article_data) if findings.discovery else [],
        "declaration": declared(findings, today=today) or None,
    }


def _when(candidate: Candidate) -> str:
    return candidate.newest.isoformat() if candidate.newest else "undated"


def _place(source: AnySource) -> str:
    return f"{source.url} ({source.links.entry})" if isinstance(source, ListingSource) else source.url


def _publisher(found: Discovery | None, url: str) -> str:
    """A first guess at the publisher, for the user to correct: the page's title behind its last bar, else the host."""
    title = found.title if found else ""
    return title.rpartition("|")[2].strip() or urlsplit(url).hostname or url
