"""The coverage in words: what was read, what it brought, what is in trouble and what can be done about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from news.link import Pending
from news.source import AnySource
from news.visit import Reason
from scheduler.digest.coverage import Coverage, Failing, Missing
from scheduler.digest.health_notes import (
    earlier_notes,
    free_day,
    gap_notes,
    move_notes,
    newest_changes,
    odd_notes,
    outage_notes,
    read_back_notes,
    recovery_notes,
)
from scheduler.digest.notes import Note, name_of
from scheduler.digest.safe import cut, one_line
from scheduler.digest.when import day_alone, hour, near, weekday
from scheduler.digest.wording import Wording
from scheduler.health_words import with_source

NAMED_ARTICLES = 3
"""Articles of one source that are named each; of more only the reasons are counted."""

LONGEST_TITLE = 90
"""Characters of such an article's title."""

_LATELY = timedelta(hours=20)


@dataclass(frozen=True, kw_only=True)
class Vouching:
    """short: one clause for the head of the digest; full: the coverage line; notes: what goes with it.

    free_day: that it is a public holiday, in a sentence; quiet: the watches without a hit, in a sentence; both may be
    empty.
    """

    short: str
    full: str
    notes: tuple[Note, ...]
    free_day: str = ""
    quiet: str = ""


def vouching(
    coverage: Coverage,
    quiet: Sequence[str],
    *,
    zone: str,
    words: Wording,
    last_hits: Mapping[str, datetime] | None = None,
) -> Vouching:
    """Put `coverage` into words for a reader in `zone`; quiet: watches that found nothing; last_hits: when they did."""
    return Vouching(
        short=f"{_short(coverage, words)}.",
        full=_full(coverage, zone, words),
        notes=tuple(_notes(coverage, zone, words)),
        free_day=free_day(coverage, zone, words),
        quiet=_quiet(quiet, last_hits or {}, zone, coverage.now, words),
    )


def _short(coverage: Coverage, words: Wording) -> str:
    if coverage.total == 0:
        return words.say("no_source")
    if coverage.read == 0:
        return words.count(coverage.total, "read_none")
    if coverage.complete:
        return words.count(coverage.total, "read_all")
    return words.say("read_some", n=coverage.total, read=coverage.read)


def _full(coverage: Coverage, zone: str, words: Wording) -> str:
    read = _short(coverage, words)
    sentences = [f"{read}."]
    if coverage.last_read_at is not None:
        when = _lately(coverage.last_read_at, zone, coverage.now, words)
        if coverage.read:
            sentences = [words.say("last_one", read=read, when=when)]
        else:
            sentences.append(words.say("last_was", when=when))
    if coverage.read == 0:
        sentences.append(words.say("not_no_news"))
    return " ".join((*sentences, _brought(coverage, zone, words)))


def _brought(coverage: Coverage, zone: str, words: Wording) -> str:
    """Say how many items came, and how many were to be expected of such a period."""
    number, usual = coverage.items, coverage.usual
    if usual is None:
        return words.count(number, "brought_unknown")
    if not coverage.by_day:
        return words.say("brought_usual", n=number, usual=usual)
    day = weekday(coverage.now, zone, words)
    otherwise = coverage.usual_without_holiday
    if otherwise is None:
        return words.say("brought_weekday", n=number, day=day, usual=usual)
    return words.say("brought_holiday", n=number, day=day, usual=usual, otherwise=otherwise)


def _lately(instant: datetime, zone: str, now: datetime, words: Wording) -> str:
    """By the hour alone where that was within the last hours."""
    return hour(instant, zone) if timedelta(0) <= now - instant < _LATELY else near(instant, zone, now, words)


def _quiet(quiet: Sequence[str], last_hits: Mapping[str, datetime], zone: str, now: datetime, words: Wording) -> str:
    """Name the watches that found nothing, each with the day of its last hit where there was one."""
    if not quiet:
        return ""
    named = []
    for watch in quiet:
        name, last = one_line(watch), last_hits.get(watch)
        if last is not None:
            note = words.say("last_hit", day=day_alone(last, zone, now, words))
            name = words.say("with_brackets", name=name, note=note)
        named.append(name)
    return words.say("no_hit", names=", ".join(named))


def _notes(coverage: Coverage, zone: str, words: Wording) -> Iterable[Note]:
    yield from outage_notes(coverage, zone, words)
    changed = newest_changes(coverage.notices)
    by_reason: dict[tuple[bool, Reason, int], list[Failing]] = {}
    for failing in coverage.failing:
        notice = changed.get(failing.source.id)
        is_new = notice is not None and notice.after is not None and notice.after.is_failing
        by_reason.setdefault((is_new, failing.reason, failing.status), []).append(failing)
    for (is_new, reason, status), group in by_reason.items():
        trouble = words.troubles[reason]
        text = words.say(
            "failing",
            names=", ".join(_since(one, zone, coverage.now, words) for one in group),
            happened=trouble.happened + (f" ({status})" if status >= 400 else ""),
        )
        names = dict.fromkeys(name_of(source) for one in group for source in one.stand_ins)
        if names:
            text = f"{text} {words.say('stand_in', n=len(names), names=', '.join(names))}"
        look = with_source(trouble.remedy, group[0].source.id)
        yield Note(text=words.say("new", text=text) if is_new else text, remedy=look, grave=True)
    if coverage.unread:
        yield Note(text=words.say("unread", names=_names(coverage.unread)), grave=True)
    if coverage.stale:
        text = words.say("stale", names=_names(coverage.stale))
        yield Note(text=text, remedy=words.say("stale_remedy"), grave=True)
    yield from odd_notes(coverage, zone, words)
    yield from gap_notes(coverage, zone, words)
    recovered = recovery_notes(coverage, zone, words)
    yield from recovered.values()
    yield from earlier_notes(coverage, zone, words)
    yield from read_back_notes(coverage, recovered, zone, words)
    yield from move_notes(coverage, words)
    for one in coverage.recovered:
        if one.source.id in recovered:
            continue
        yield Note(
            text=words.say(
                "read_again",
                name=name_of(one.source),
                happened=words.troubles[one.reason].happened,
                since=near(one.began, zone, coverage.now, words),
                until=hour(one.ended, zone),
            )
        )
    for missing in coverage.missing:
        yield from _of_articles(missing, words)
    for other in coverage.reshaped:
        condition = coverage.conditions.get(other.source.id)
        if condition is not None and condition.signs:
            continue
        text = words.say("reshaped", name=name_of(other.source), without=other.without, n=other.articles)
        yield Note(text=text, remedy=words.say("reshaped_remedy"), grave=True)
    if coverage.switched_off:
        yield Note(text=words.say("switched_off", names=_names(coverage.switched_off)))


def _of_articles(missing: Missing, words: Wording) -> Iterable[Note]:
    for key, articles, remedy in (
        ("given_up", missing.given_up, words.say("given_up_remedy")),
        ("headlines_only", missing.headlines, words.say("headlines_remedy")),
        ("waiting", missing.waiting, ""),
    ):
        if articles:
            text = words.say(key, n=len(articles), name=name_of(missing.source), articles=_articles(articles, words))
            yield Note(text=text, remedy=remedy, grave=True)


def _articles(articles: Sequence[Pending], words: Wording) -> str:
    """Name a few articles each with its reason; of many, or untitled ones, count the reasons."""
    briefly = [words.troubles[Reason(one.reason or Reason.NONE)].brief for one in articles]
    titles = [cut(one_line(one.link.said.title), LONGEST_TITLE) for one in articles]
    if len(articles) <= NAMED_ARTICLES and all(titles):
        quoted = [words.say("title_quoted", title=title) for title in titles]
    else:
        counts = Counter(briefly).most_common()
        quoted, briefly = [brief for brief, _ in counts], [words.number(count) for _, count in counts]
    return ", ".join(
        words.say("with_brackets", name=name, note=note) for name, note in zip(quoted, briefly, strict=True)
    )


def _since(failing: Failing, zone: str, now: datetime, words: Wording) -> str:
    if failing.last_ok_at is None:
        note = words.say("never_read")
    else:
        note = words.say("last_read", when=near(failing.last_ok_at, zone, now, words))
    return words.say("with_brackets", name=name_of(failing.source), note=note)


def _names(sources: Iterable[AnySource]) -> str:
    return ", ".join(name_of(source) for source in sources)
