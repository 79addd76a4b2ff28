"""What a digest tells of the health of its sources: changes once, what is odd as long as it is so. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from babel import Locale

from news.health import HERE, Health, Notice, NoticeKind
from news.health.days import holiday
from scheduler.digest.coverage import Coverage
from scheduler.digest.notes import Note, name_of
from scheduler.digest.when import near
from scheduler.digest.wording import Wording
from scheduler.health_words import matter, remedy

NEW = "New: "
"""Stands before what a reader was not told in an earlier digest."""

_OUTAGE = "this computer reached none of the sites it asked"


def newest_changes(notices: Iterable[Notice]) -> dict[str, Notice]:
    """The last change of state of each source that is untold; what came before it is over."""
    return {one.source: one for one in notices if one.kind is NoticeKind.STATE}


def free_day(coverage: Coverage, zone: str, words: Wording) -> str:
    """That it is a public holiday where most of the sources are, in a sentence; empty on other days."""
    countries = Counter(source.country for source in coverage.active)
    for country, count in countries.most_common(1):
        name = holiday(coverage.now.astimezone(ZoneInfo(zone)).date(), country)
        if name and 2 * count > len(coverage.active):
            place = Locale(words.locale).territories[country]
            return f"Public holiday in {place} today, {name}: a thin day is expected."
    return ""


def outage_notes(coverage: Coverage, zone: str, words: Wording) -> Iterable[Note]:
    """Whether this computer's own connection fails, or did."""
    here, changed, now = coverage.conditions.get(HERE), newest_changes(coverage.notices).get(HERE), coverage.now
    if here is not None and here.state is Health.DOWN:
        yield Note(
            text=f"{NEW if changed else ''}Since {near(here.since, zone, now, words)} {_OUTAGE}. No site is blamed.",
            remedy="No internet here, or a proxy is needed: presswatch doctor.",
            grave=True,
        )
    elif changed is not None and changed.before is not None and changed.after is not None:
        began, ended = near(changed.before.since, zone, now, words), near(changed.after.since, zone, now, words)
        yield Note(text=f"From {began} to {ended} {_OUTAGE}. No site was blamed; reading went on by itself.")


def odd_notes(coverage: Coverage, zone: str, words: Wording) -> Iterable[Note]:
    """Sources that answer and are yet not right."""
    changed = newest_changes(coverage.notices)
    for source in coverage.active:
        condition = coverage.conditions.get(source.id)
        if condition is not None and condition.signs:
            yield Note(
                text=f"{NEW if source.id in changed else ''}{name_of(source)} is {condition.state.value} since "
                f"{near(condition.since, zone, coverage.now, words)}: {matter(condition, words)}.",
                remedy=remedy(condition, words),
                grave=condition.state is Health.DEGRADED,
            )


def recovery_notes(coverage: Coverage, zone: str, words: Wording) -> dict[str, Note]:
    """Sources that are well again: a note each, by id."""
    changed, now, notes = newest_changes(coverage.notices), coverage.now, {}
    for source in coverage.active:
        notice = changed.get(source.id)
        if notice is not None and notice.before is not None and notice.after is not None and notice.after.state.is_good:
            before = notice.before
            again = "is as usual again" if before.signs else "is read again"
            text = (
                f"{name_of(source)} {again} since {near(notice.after.since, zone, now, words)}; it was "
                f"{before.state.value} since {near(before.since, zone, now, words)} ({matter(before, words)})."
            )
            notes[source.id] = Note(text=text)
    return notes


def gap_notes(coverage: Coverage, zone: str, words: Wording) -> Iterable[Note]:
    """Times in which items may have been missed, one note for each source."""
    now = coverage.now
    for source in coverage.active:
        gaps = [one for one in coverage.notices if one.kind is NoticeKind.GAP and one.source == source.id]
        since = min((one.since for one in gaps if one.since is not None), default=None)
        until = max((one.until for one in gaps if one.until is not None), default=None)
        if since is None or until is None:
            continue
        several = f" ({len(gaps)} times)" if len(gaps) > 1 else ""
        yield Note(
            text=f"Possible gap in {name_of(source)}, {near(since, zone, now, words)} to "
            f"{near(until, zone, now, words)}: its list had moved on between two visits{several}.",
            remedy="The site itself may show what is missing; presswatch source backfill reads further back.",
            grave=True,
        )
