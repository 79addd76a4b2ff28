"""The coverage in words: what was read, what it brought, what is in trouble and what can be done about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from news.link import Pending
from news.source import AnySource
from news.visit import Reason
from scheduler.digest.coverage import Coverage, Failing, Missing
from scheduler.digest.health_notes import (
    NEW,
    free_day,
    gap_notes,
    newest_changes,
    odd_notes,
    outage_notes,
    recovery_notes,
)
from scheduler.digest.notes import Note, name_of
from scheduler.digest.safe import cut, one_line
from scheduler.digest.when import hour, near
from scheduler.digest.wording import Wording

NAMED_ARTICLES = 3
"""Articles of one source that are named each; of more only the reasons are counted."""

LONGEST_TITLE = 90
"""Characters of such an article's title."""

_ONE_UNREAD = "The one source could not be read."


@dataclass(frozen=True, kw_only=True)
class Vouching:
    """short: one clause for the head of the digest; full: the coverage line; notes: what goes with it."""

    short: str
    full: str
    notes: tuple[Note, ...]


def vouching(coverage: Coverage, quiet: Sequence[str], *, zone: str, words: Wording) -> Vouching:
    """Put `coverage` into words for a reader in `zone`; quiet: watches that found nothing."""
    return Vouching(
        short=_short(coverage),
        full=_full(coverage, zone, words),
        notes=tuple(_notes(coverage, quiet, zone, words)),
    )


def _short(coverage: Coverage) -> str:
    if coverage.total == 0:
        return "No source is switched on."
    if coverage.read == 0:
        return f"None of {coverage.total} sources could be read." if coverage.total > 1 else _ONE_UNREAD
    if coverage.complete:
        return f"All {coverage.total} sources read." if coverage.total > 1 else "The one source was read."
    return f"{coverage.read} of {coverage.total} sources read."


def _full(coverage: Coverage, zone: str, words: Wording) -> str:
    sentences = [_short(coverage)]
    if coverage.last_read_at is not None:
        when = near(coverage.last_read_at, zone, coverage.now, words)
        sentences[0] = f"{sentences[0].rstrip('.')}, the last one at {when}." if coverage.read else sentences[0]
        if not coverage.read:
            sentences.append(f"The last one read was at {when}.")
    if coverage.read == 0:
        sentences.append('That is not "no news".')
    brought = words.count(coverage.items, "new item", "new items")
    if coverage.usual is None:
        sentences.append(f"{brought} in this period; too early to say what is usual.")
    else:
        sentences.append(f"{brought} in this period; usual are {coverage.usual:,}.")
    return " ".join(filter(None, (*sentences, free_day(coverage, zone, words))))


def _notes(coverage: Coverage, quiet: Sequence[str], zone: str, words: Wording) -> Iterable[Note]:
    yield from outage_notes(coverage, zone, words)
    changed = newest_changes(coverage.notices)
    by_reason: dict[tuple[bool, Reason, int], list[Failing]] = {}
    for failing in coverage.failing:
        notice = changed.get(failing.source.id)
        is_new = notice is not None and notice.after is not None and notice.after.is_failing
        by_reason.setdefault((is_new, failing.reason, failing.status), []).append(failing)
    for (is_new, reason, status), group in by_reason.items():
        trouble = words.troubles[reason]
        names = ", ".join(
            f"{name_of(one.source)} ({_since(one.last_ok_at, zone, coverage.now, words)})" for one in group
        )
        code = f" ({status})" if status >= 400 else ""
        yield Note(
            text=f"{NEW if is_new else ''}{names}: {trouble.happened}{code}. "
            "What was published only there would be missed.",
            remedy=trouble.remedy,
            grave=True,
        )
    if coverage.unread:
        yield Note(text=f"Not read yet, no visit has ended so far: {_names(coverage.unread)}.", grave=True)
    if coverage.stale:
        yield Note(
            text=f"Not visited in this period: {_names(coverage.stale)}.",
            remedy="Was presswatch running? It has to run for sources to be read.",
            grave=True,
        )
    yield from odd_notes(coverage, zone, words)
    yield from gap_notes(coverage, zone, words)
    recovered = recovery_notes(coverage, zone, words)
    yield from recovered.values()
    for one in coverage.recovered:
        if one.source.id in recovered:
            continue
        span = f"{near(one.began, zone, coverage.now, words)} to {hour(one.ended, zone)}"
        yield Note(text=f"{name_of(one.source)}: {words.troubles[one.reason].happened}, {span}; read again since.")
    for missing in coverage.missing:
        yield from _of_articles(missing, words)
    for other in coverage.reshaped:
        condition = coverage.conditions.get(other.source.id)
        if condition is not None and condition.signs:
            continue
        articles = words.count(other.articles, "article", "articles")
        yield Note(
            text=f"{name_of(other.source)}: {other.without} of {articles} had to be read without the source's "
            "selectors; its pages may have changed.",
            remedy="Parts of the texts may be missing: presswatch source test shows what is received.",
            grave=True,
        )
    if coverage.switched_off:
        yield Note(text=f"Switched off: {_names(coverage.switched_off)}.")
    if quiet:
        yield Note(text=f"No hit: {', '.join(one_line(name) for name in quiet)}.")


def _of_articles(missing: Missing, words: Wording) -> Iterable[Note]:
    name = name_of(missing.source)
    if missing.given_up:
        yield Note(
            text=f"{words.count(len(missing.given_up), 'article', 'articles')} of {name} could not be read: "
            f"{_articles(missing.given_up, words)}.",
            remedy="The site itself may show what is there.",
            grave=True,
        )
    if missing.headlines:
        yield Note(
            text=f"Headline only, of {words.count(len(missing.headlines), 'article', 'articles')} of {name}: "
            f"{_articles(missing.headlines, words)}.",
            remedy="Watches searched what the list said; the pages themselves could not be read.",
            grave=True,
        )
    if missing.waiting:
        yield Note(
            text=f"Still to be read of {name}: {words.count(len(missing.waiting), 'article', 'articles')}, "
            f"{_articles(missing.waiting, words)}.",
            grave=True,
        )


def _articles(articles: Sequence[Pending], words: Wording) -> str:
    """Name a few articles each with its reason; of many, or untitled ones, count the reasons."""
    briefly = [words.troubles[Reason(one.reason or Reason.NONE)].brief for one in articles]
    titles = [cut(one_line(one.link.said.title), LONGEST_TITLE) for one in articles]
    if len(articles) <= NAMED_ARTICLES and all(titles):
        return ", ".join(f"“{title}” ({brief})" for title, brief in zip(titles, briefly, strict=True))
    return ", ".join(f"{brief} ({count})" for brief, count in Counter(briefly).most_common())


def _since(last_ok_at: datetime | None, zone: str, now: datetime, words: Wording) -> str:
    return "never read yet" if last_ok_at is None else f"last read {near(last_ok_at, zone, now, words)}"


def _names(sources: Iterable[AnySource]) -> str:
    return ", ".join(name_of(source) for source in sources)
