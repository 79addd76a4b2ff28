"""What a digest tells of the health of its sources: changes once, what is odd as long as it is so. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from zoneinfo import ZoneInfo

from news.health import HERE, Condition, Health, Notice, NoticeKind
from news.health.days import holiday
from scheduler.digest.coverage import Coverage
from scheduler.digest.notes import Note, name_of
from scheduler.digest.safe import one_line
from scheduler.digest.when import near
from scheduler.digest.wording import Wording
from scheduler.health_words import matter, remedy

_BEFORE = {
    Health.QUIET: "was_quiet",
    Health.DEGRADED: "was_degraded",
    Health.DOWN: "was_down",
    Health.REFUSED: "was_refused",
}


_EARLIER = 3
"""Faults of one source that are told besides its last one; a source that fails more often is told as flaky."""


def newest_changes(notices: Iterable[Notice]) -> dict[str, Notice]:
    """The last change of state of each source that is untold; `earlier_notes` tells what was over before it."""
    return {one.source: one for one in notices if one.kind is NoticeKind.STATE}


def free_day(coverage: Coverage, zone: str, words: Wording) -> str:
    """That it is a public holiday where most of the sources are, in a sentence; empty on other days."""
    countries = Counter(source.country for source in coverage.active)
    for country, count in countries.most_common(1):
        name = holiday(coverage.now.astimezone(ZoneInfo(zone)).date(), country)
        if name and 2 * count > len(coverage.active):
            return words.say("free_day", country=words.country(country))
    return ""


def outage_notes(coverage: Coverage, zone: str, words: Wording) -> Iterable[Note]:
    """Whether this computer's own connection fails, or did."""
    here, changed, now = coverage.conditions.get(HERE), newest_changes(coverage.notices).get(HERE), coverage.now
    for before, after in _recoveries(coverage, HERE):
        began, ended = near(before.since, zone, now, words), near(after.since, zone, now, words)
        yield Note(text=words.say("here_was_down", since=began, until=ended))
    if here is not None and here.state is Health.DOWN:
        text = words.say("here_down", since=near(here.since, zone, now, words))
        remedy = words.say("here_remedy")
        yield Note(text=words.say("new", text=text) if changed else text, remedy=remedy, grave=True)


def odd_notes(coverage: Coverage, zone: str, words: Wording) -> Iterable[Note]:
    """Sources that answer and are yet not right."""
    changed = newest_changes(coverage.notices)
    for source in coverage.active:
        condition = coverage.conditions.get(source.id)
        if condition is not None and condition.signs:
            text = words.say(
                "odd",
                name=name_of(source),
                state=words.states[condition.state],
                since=near(condition.since, zone, coverage.now, words),
                matter=matter(condition, words),
            )
            yield Note(
                text=words.say("new", text=text) if source.id in changed else text,
                remedy=remedy(condition, words),
                grave=condition.state is Health.DEGRADED,
            )


def recovery_notes(coverage: Coverage, zone: str, words: Wording) -> dict[str, Note]:
    """Sources that are well again: a note each, by id."""
    changed, now, notes = newest_changes(coverage.notices), coverage.now, {}
    for source in coverage.active:
        notice = changed.get(source.id)
        if notice is None or notice.before is None or notice.before.state not in _BEFORE:
            continue
        if notice.after is not None and notice.after.state.is_good:
            before = notice.before
            text = words.say(
                "again_usual" if before.signs else "again_read",
                name=name_of(source),
                since=near(notice.after.since, zone, now, words),
                before=words.say(_BEFORE[before.state]),
                then=near(before.since, zone, now, words),
                matter=matter(before, words),
            )
            whole = any(one.source == source.id for one in _of_kind(coverage, NoticeKind.READ_BACK))
            notes[source.id] = Note(text=f"{text} {words.say('then_read_back')}" if whole else text)
    return notes


def earlier_notes(coverage: Coverage, zone: str, words: Wording) -> Iterable[Note]:
    """Faults that were over before the last untold change of their source: each is told too, the newest few."""
    now = coverage.now
    for source in coverage.active:
        over = _recoveries(coverage, source.id)
        last = newest_changes(coverage.notices).get(source.id)
        if last is not None and over and (last.before, last.after) == over[-1]:
            over = over[:-1]
        for before, after in over[-_EARLIER:]:
            period = {"since": near(before.since, zone, now, words), "until": near(after.since, zone, now, words)}
            was, what = words.say(_BEFORE[before.state]), matter(before, words)
            yield Note(text=words.say("earlier_fault", name=name_of(source), before=was, matter=what, **period))


def _recoveries(coverage: Coverage, source: str) -> list[tuple[Condition, Condition]]:
    """The untold changes of a source from a fault to a good state, as they came: the fault, and what followed."""
    changes = [(one.before, one.after) for one in _of_kind(coverage, NoticeKind.STATE) if one.source == source]
    return [
        (before, after)
        for before, after in changes
        if before is not None and after is not None and before.state in _BEFORE and after.state.is_good
    ]


def read_back_notes(coverage: Coverage, recovered: Collection[str], zone: str, words: Wording) -> Iterable[Note]:
    """Times that were read back without a gap; of sources in `recovered` that is said with their recovery."""
    for source in coverage.active:
        for one in _of_kind(coverage, NoticeKind.READ_BACK):
            if one.source != source.id or source.id in recovered or one.since is None or one.until is None:
                continue
            since, until = near(one.since, zone, coverage.now, words), near(one.until, zone, coverage.now, words)
            yield Note(text=words.say("read_back", name=name_of(source), since=since, until=until))


def move_notes(coverage: Coverage, words: Wording) -> Iterable[Note]:
    """Sources whose address leads elsewhere for good: the new address, which somebody has to declare."""
    for source in coverage.active:
        addresses = [one.detail for one in _of_kind(coverage, NoticeKind.MOVED) if one.source == source.id]
        for address in addresses[-1:]:
            text = words.say("moved", name=name_of(source), address=one_line(address))
            yield Note(text=words.say("new", text=text), remedy=words.say("moved_remedy"))


def _of_kind(coverage: Coverage, kind: NoticeKind) -> list[Notice]:
    return [one for one in coverage.notices if one.kind is kind]


def gap_notes(coverage: Coverage, zone: str, words: Wording) -> Iterable[Note]:
    """Times in which items may have been missed, one note for each source."""
    now = coverage.now
    for source in coverage.active:
        gaps = [one for one in _of_kind(coverage, NoticeKind.GAP) if one.source == source.id]
        since = min((one.since for one in gaps if one.since is not None), default=None)
        until = max((one.until for one in gaps if one.until is not None), default=None)
        if since is None or until is None:
            continue
        period = {"since": near(since, zone, now, words), "until": near(until, zone, now, words)}
        if len(gaps) > 1:
            text = words.say("possible_gaps", name=name_of(source), n=len(gaps), **period)
        else:
            text = words.say("possible_gap", name=name_of(source), **period)
        yield Note(text=text, remedy=words.say("possible_gap_remedy"), grave=True)
