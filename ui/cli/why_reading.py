"""Why an address is not stored: a site that nobody reads, a page that no list named, or one that could not be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from news.catalogue import shipped_packs
from news.hosts import host_of, shown_host, without_www
from news.lexicon import LANGUAGES
from news.link import Pending, PendingState
from news.visit import Reason
from scheduler.trial import DAYS
from ui.cli.moments import local
from ui.cli.output import counted
from ui.cli.source_words import ENGLISH

if TYPE_CHECKING:
    from news.quarantine import Quarantined
    from news.settings import Settings
    from news.source import AnySource
    from news.visit import Visit
    from storage import Unit

AROUND = timedelta(days=1)
"""Visits so long before and after the day in question are looked at."""

PERIOD = timedelta(days=DAYS)
"""Over how long it is said what a change costs."""

NOT_KNOWN = f"what it brings in {DAYS} days is not known before it is read"
NO_COST = "adds nothing to what readers are told: it is stored, and never alerts"

_LANGUAGE_OF = {"kz": "kk", "qz": "kk"}
_MOST_SOURCES = 3
_DAY = re.compile(r"(?<!\d)(20\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_SHORTEST_SEGMENT = 3


@dataclass(frozen=True, kw_only=True)
class Unstored:
    """Why an address is not stored.

    state: unknown_site, off, never_visited, never_listed, unusable, waiting, given_up or lapsed. words: sentences.
    change: what would have brought it, where something would. cost: what that brings besides.
    """

    state: str
    words: tuple[str, ...]
    change: str = ""
    cost: str = ""
    source: str = ""


def why_unstored(
    unit: Unit, settings: Settings, url: str, key: str, *, day: date | None, now: datetime
) -> tuple[Unstored, ...]:
    """Say for each source that may have brought it why an address is not stored; at least one answer.

    url, key: its canonical form. day: when it was published; where that is not known, what its address says, or today.
    """
    titles = {source.id: source.title for source in settings.sources}
    if links := unit.inquiries.links(key):
        return tuple(_link(one, titles.get(one.source, one.source), settings.zone) for one in links)
    sources = _of_site(unit, settings.sources, url, key)
    if not sources:
        return (_unknown(url),)
    day = day or day_in(url) or now.date()
    since = datetime.combine(day, time(), tzinfo=UTC) - AROUND
    until = min(since + 2 * AROUND + timedelta(days=1), now)
    return tuple(
        _unlisted(
            source,
            unit.inquiries.visits(source.id, since, until),
            day=day,
            url=url,
            kept=_kept(unit, source, since),
            brought=unit.inquiries.brought(source.id, now - PERIOD),
        )
        for source in sources[:_MOST_SOURCES]
    )


def _kept(unit: Unit, source: AnySource, since: datetime) -> list[Quarantined]:
    """The pages of a source in quarantine that it gave since then, or was still giving."""
    return [one for one in unit.quarantine.of(source.id) if one.page.fetched_at >= since]


def _of_site(unit: Unit, sources: Sequence[AnySource], url: str, key: str) -> list[AnySource]:
    """The sources that may have brought an address: first those of stored items beside it, then those of its site."""
    by_id = {source.id: source for source in sources}
    folders = [f"{folder}/" for folder in _folders(key)]
    beside = next((ids for folder in folders if (ids := unit.inquiries.sources_at(folder))), [])
    found = [by_id[id] for id in beside if id in by_id]
    found = found or of_site(sources, url) or [by_id[id] for id in _at_host(unit, url) if id in by_id]
    return of_language(found, url)


def _folders(key: str) -> Iterator[str]:
    """The folders that an address is in, the innermost first, without the whole site."""
    while "/" in (key := key.rpartition("/")[0]):
        yield key


def of_language(sources: list[AnySource], url: str) -> list[AnySource]:
    """Those of the language that an address says of itself (/ru/, lang=ru); all of them where none is."""
    parts = urlsplit(url.lower())
    said = {*parts.path.split("/"), *(value for _, value in parse_qsl(parts.query))}
    languages = {_LANGUAGE_OF.get(one, one) for one in said} & {*LANGUAGES}
    return [one for one in sources if one.language in languages] or sources


def _at_host(unit: Unit, url: str) -> list[str]:
    host = without_www(host_of(url))
    return unit.inquiries.sources_at(f"{host}/") if host else []


def of_site(sources: Sequence[AnySource], url: str) -> list[AnySource]:
    """The sources that are read at the site of an address, those first whose address has most of its path."""
    host = without_www(host_of(url))
    segments = {part for part in urlsplit(url).path.lower().split("/") if len(part) >= _SHORTEST_SEGMENT}

    def shared(source: AnySource) -> int:
        words = set(re.split(r"[^a-z0-9]+", " ".join((source.url, source.id)).lower()))
        return -len(segments & words)

    return sorted((one for one in sources if any(map(host.__eq__, _hosts(one)))), key=shared)


def day_in(url: str) -> date | None:
    """The day that stands in an address (/2026/11/22/, 20261122), as many sites write it."""
    found = _DAY.search(urlsplit(url).path)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _hosts(source: AnySource) -> Iterator[str]:
    for way in (source, *source.alternatives):
        yield without_www(host_of(way.url))


def _unknown(url: str) -> Unstored:
    parts = urlsplit(url)
    host = without_www(host_of(url))
    shown = shown_host(host)
    packs = [name for name, text in shipped_packs().items() if f"//{host}/" in text or f"//www.{host}/" in text]
    if packs:
        pack = f"the pack {packs[0]} of the catalogue reads it: add {packs[0]} to packs in config.yaml"
        return Unstored(state="unknown_site", words=(f"No source reads {shown}.",), change=pack, cost=NOT_KNOWN)
    return Unstored(
        state="unknown_site",
        words=(f"No source reads {shown}.",),
        change=f"a source of this site: presswatch source test {parts.scheme}://{parts.netloc}/",
        cost=f"{NOT_KNOWN}; the command shows what it lists now",
    )


def _link(one: Pending, title: str, zone: str) -> Unstored:
    listed = f"{title} listed it, seen {local(one.found_at, zone)}"
    trouble = ENGLISH.troubles[Reason(one.reason)].brief if one.reason else ""
    tries = counted(one.tries, "try", "tries")
    match one.state:
        case PendingState.WAITING if not one.tries:
            return Unstored(state="waiting", words=(f"{listed}; its page waits to be read.",), source=one.source)
        case PendingState.WAITING:
            again = f", the next {local(one.next_try, zone)}" if one.next_try else ""
            words = f"{listed}; its page could not be read so far ({trouble}): {tries}{again}."
            return Unstored(state="waiting", words=(words,), source=one.source)
        case _:
            last = f", the last {local(one.tried_at, zone)}" if one.tried_at else ""
            words = f"{listed}; its page could not be read ({trouble}) and was given up after {tries}{last}."
            return Unstored(
                state=one.state.value,
                words=(words, *((one.detail,) if one.detail else ())),
                change=_for_unreadable(one),
                source=one.source,
            )


def _for_unreadable(one: Pending) -> str:
    if one.reason in (Reason.NOT_AN_ARTICLE, Reason.WRONG_SHAPE, Reason.READER_FAILED):
        return f"selectors that fit its pages, under articles of the source: presswatch source record {one.source}"
    return ""


def _unlisted(
    source: AnySource, visits: Sequence[Visit], *, day: date, url: str, kept: Sequence[Quarantined], brought: int
) -> Unstored:
    around = f"around {day}"
    has_brought = f"{source.title} has brought {counted(brought, 'item')} in {DAYS} days"
    if not source.enabled:
        words = f"{source.title} reads this site, but is off."
        change = f"enabled: true for {source.id} in config.yaml"
        cost = has_brought if brought else NOT_KNOWN
        return Unstored(state="off", words=(words,), change=change, cost=cost, source=source.id)
    back = f"reading it back: presswatch source backfill {source.id} --since {day}"
    if not visits:
        words = f"{source.title} reads this site, but was not visited {around}."
        return Unstored(state="never_visited", words=(words,), change=back, cost=NO_COST, source=source.id)
    answered = [visit for visit in visits if visit.result.answered]
    entries = sum(visit.entries for visit in answered)
    told = [
        f"{source.title} was visited {counted(len(visits), 'time')} {around}, {len(answered)} answered with "
        f"{counted(entries, 'entry', 'entries')} in all; this address was never among them."
    ]
    failed = Counter(ENGLISH.troubles[visit.reason].brief for visit in visits if not visit.result.answered)
    if failed:
        told.append(f"Not read: {', '.join(f'{why} ({number})' for why, number in failed.most_common())}.")
    unusable = sum((Counter(visit.unusable) for visit in visits), Counter[str]())
    if unusable:
        reasons = ", ".join(f"{_plain(reason)} ({number})" for reason, number in unusable.most_common())
        told.append(f"Entries that could not be used, and may have been it: {reasons}.")
    if kept:
        pages = f"{counted(len(kept), 'page')} of it that no reader could use"
        told.append(f"{pages} {'is' if len(kept) == 1 else 'are'} kept, the last for: {_plain(kept[-1].page.reason)}.")
        mended = f"a mended declaration of {source.id}, and then: presswatch source replay {source.id}"
        return Unstored(state="unusable", words=tuple(told), change=mended, cost=NO_COST, source=source.id)
    parts = urlsplit(url)
    section = f"a source of its section: presswatch source test {parts.scheme}://{parts.netloc}/"
    if failed or source.paging is not None:
        return Unstored(state="never_listed", words=tuple(told), change=back, cost=NO_COST, source=source.id)
    cost = f"{NOT_KNOWN}; {has_brought}"
    return Unstored(state="never_listed", words=tuple(told), change=section, cost=cost, source=source.id)


def _plain(reason: str) -> str:
    """A reason's name in words: the one that `source list` has for it, or its own."""
    known = ENGLISH.troubles[Reason(reason)].brief if reason in set(Reason) else ""
    return known or reason.replace("_", " ")
