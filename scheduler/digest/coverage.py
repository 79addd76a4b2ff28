"""What a digest can vouch for: which sources were read, when, how much they brought, and what is in trouble.

"Nothing new" is only worth what stands here, so no digest is made without it (P17).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from statistics import median

from news.health import Condition, Norms, Notice, failed_in_a_row, reason_of
from news.health.days import HOLIDAY, day_kind, day_parts
from news.link import Pending, PendingState
from news.source import AnySource
from news.visit import EXTRACTOR, Reason, Visit, odd_articles
from scheduler.waiting import is_kept_as_headline
from storage import SourceState

USUAL_PERIODS = 28
"""Periods back that the usual volume is taken from."""

FEWEST_PERIODS = 3
"""Periods needed before anything is called usual."""

LONG_WAIT = timedelta(hours=1)
"""An article that its list named so long ago and that is still to be read is told."""


_ABOUT_A_DAY = timedelta(hours=36)

FEWEST_ARTICLES = 3
"""Articles that a source must have brought in the period before the state of its pages is judged by them."""


@dataclass(frozen=True, kw_only=True)
class Failing:
    """A source whose present state is not known. last_ok_at: when it was last read, None if never.

    stand_ins: sources that are read and carry part of its news.
    """

    source: AnySource
    reason: Reason
    status: int = 0
    last_ok_at: datetime | None = None
    stand_ins: tuple[AnySource, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Recovered:
    """A source that failed within the period, or still did at its beginning, and was read again.

    began, ended: first failure, next success.
    """

    source: AnySource
    reason: Reason
    began: datetime
    ended: datetime


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Articles that a source's list named and that were not read: given up in the period, or waiting for long.

    headlines: given up too, but kept and matched as their list told them.
    """

    source: AnySource
    given_up: tuple[Pending, ...] = ()
    headlines: tuple[Pending, ...] = ()
    waiting: tuple[Pending, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reshaped:
    """A source whose pages seem to have changed: of its `articles` so many were read without its selectors."""

    source: AnySource
    articles: int
    without: int


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The state of all sources that are switched on, at `now`, over the period since `since`.

    read: sources whose present state is known; total: sources switched on.
    last_read_at: newest successful visit, None before the first.
    items: items that were new in the period; usual: those of a usual such period, None while it is not known.
    by_day: `usual` minds what kind of days they are, and the period is about a day. usual_without_holiday: the same if
    its public holiday were a working day; None where it has none.
    failing, unread (no visit has ended yet), recovered, missing, reshaped: in the order of the configuration.
    conditions: by source, and this computer's own under `HERE`. notices: what the recipient was not told yet.
    """

    since: datetime
    now: datetime
    read: int
    total: int
    items: int
    usual: int | None = None
    by_day: bool = False
    usual_without_holiday: int | None = None
    last_read_at: datetime | None = None
    failing: tuple[Failing, ...] = ()
    unread: tuple[AnySource, ...] = ()
    stale: tuple[AnySource, ...] = ()
    recovered: tuple[Recovered, ...] = ()
    switched_off: tuple[AnySource, ...] = ()
    missing: tuple[Missing, ...] = ()
    reshaped: tuple[Reshaped, ...] = ()
    active: tuple[AnySource, ...] = ()
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every source is known to have been read."""
        return self.read == self.total > 0


def coverage(
    sources: Sequence[AnySource],
    states: Mapping[str, SourceState],
    visits: Iterable[Visit],
    articles: Iterable[Pending] = (),
    *,
    since: datetime,
    now: datetime,
    conditions: Mapping[str, Condition] | None = None,
    notices: Sequence[Notice] = (),
    norms: Mapping[str, Norms] | None = None,
) -> Coverage:
    """Say what the sources' states and visits amount to.

    visits: those since `since`; where they reach further back, the usual volume is taken from the earlier ones.
    articles: those not read that are to be told, of whatever source. norms: they say what is usual on days like these,
    as soon as they are known for every source that brought something.
    A source is read when its newest visit answered and is not older than the period or twice the source's own pause.
    """
    active = [source for source in sources if source.enabled]
    history = sorted((visit for visit in visits if visit.started_at <= now), key=lambda visit: visit.started_at)
    recent = [visit for visit in history if visit.started_at >= since]
    failing: list[Failing] = []
    unread: list[AnySource] = []
    stale: list[AnySource] = []
    for source in active:
        state = states.get(source.id)
        last = state.last_visit if state else None
        if state is None or last is None:
            unread.append(source)
        elif not last.result.answered:
            reason = reason_of(last)
            failing.append(Failing(source=source, reason=reason, status=last.status, last_ok_at=state.last_ok_at))
        elif last.started_at < min(since, now - 2 * source.every):
            stale.append(source)
    wanting = {one.source.id for one in failing} | {source.id for source in (*unread, *stale)}
    well = {source.id: source for source in active if source.id not in wanting}
    failing = [
        replace(one, stand_ins=tuple(well[name] for name in one.source.stand_ins if name in well)) for one in failing
    ]
    on_such_days = _usual_on_such_days(active, norms or {}, recent, since=since, now=now)
    answered = [state.last_ok_at for source in active if (state := states.get(source.id)) and state.last_ok_at]
    return Coverage(
        since=since,
        now=now,
        read=len(active) - len(failing) - len(unread) - len(stale),
        total=len(active),
        items=_brought(recent),
        usual=on_such_days.usual if on_such_days else _usual(history, since=since, length=now - since),
        by_day=on_such_days is not None and now - since <= _ABOUT_A_DAY,
        usual_without_holiday=on_such_days.without_holiday if on_such_days else None,
        last_read_at=max(answered, default=None),
        failing=tuple(failing),
        unread=tuple(unread),
        stale=tuple(stale),
        recovered=tuple(_recovered(active, history, {one.source.id for one in failing}, since=since)),
        switched_off=tuple(source for source in sources if not source.enabled),
        missing=tuple(_missing(active, articles)),
        reshaped=tuple(_reshaped(active, recent)),
        active=tuple(active),
        conditions=conditions or {},
        notices=tuple(notices),
    )


def _brought(visits: Iterable[Visit]) -> int:
    return sum(visit.new for visit in visits)


@dataclass(frozen=True, kw_only=True)
class _OnSuchDays:
    usual: int
    without_holiday: int | None


def _usual_on_such_days(
    active: Sequence[AnySource], norms: Mapping[str, Norms], recent: Sequence[Visit], *, since: datetime, now: datetime
) -> _OnSuchDays | None:
    """What the sources' own norms let expect of the period, weekdays and holidays minded; None where not all know."""
    known = [source for source in active if source.id in norms and norms[source.id].rhythm_known]
    ids = {source.id for source in known}
    if not known or any(visit.new and visit.source not in ids for visit in recent):
        return None
    usual = round(sum(norms[source.id].expected(since, now, source) for source in known))
    if not usual:
        return None
    free = sum(_has_holiday(source, since, now) for source in known)
    worked = round(sum(_as_if_worked(norms[source.id], source, since, now) for source in known))
    # Where most of the sources work on, it is no holiday to a reader.
    return _OnSuchDays(usual=usual, without_holiday=worked if 2 * free > len(known) else None)


def _has_holiday(source: AnySource, since: datetime, now: datetime) -> bool:
    return any(day_kind(day, source.country) == HOLIDAY for day, _ in day_parts(since, now, source.zone))


def _as_if_worked(norms: Norms, source: AnySource, since: datetime, now: datetime) -> float:
    """Items to be expected in the period if every day of it were an ordinary one of its weekday."""
    return sum(share * (norms.rates[day.weekday()] or 0.0) for day, share in day_parts(since, now, source.zone))


def _usual(history: Sequence[Visit], *, since: datetime, length: timedelta) -> int | None:
    """Return the median volume of the whole periods before `since`, without the oldest: first visits bring archives."""
    if not history or length <= timedelta(0):
        return None
    whole = int((since - history[0].started_at) / length)
    volumes = [0] * min(max(whole - 1, 0), USUAL_PERIODS)
    if len(volumes) < FEWEST_PERIODS:
        return None
    for visit in history:
        back = -((since - visit.started_at) // -length) - 1
        if 0 <= back < len(volumes):
            volumes[back] += visit.new
    return round(median(volumes))


def _missing(active: Sequence[AnySource], articles: Iterable[Pending]) -> Iterable[Missing]:
    by_source: dict[str, list[Pending]] = {}
    for article in articles:
        by_source.setdefault(article.source, []).append(article)
    for source in active:
        if source.id in by_source:
            waiting = tuple(one for one in by_source[source.id] if one.state is PendingState.WAITING)
            headlines = tuple(one for one in by_source[source.id] if is_kept_as_headline(one, source))
            given_up = tuple(one for one in by_source[source.id] if one not in waiting and one not in headlines)
            yield Missing(source=source, given_up=given_up, headlines=headlines, waiting=waiting)


def _reshaped(active: Sequence[AnySource], recent: Sequence[Visit]) -> Iterable[Reshaped]:
    by_source = _by_source(recent)
    for source in active:
        read, odd = odd_articles(by_source.get(source.id, ()))
        if read >= FEWEST_ARTICLES and 2 * odd[EXTRACTOR] >= read:
            yield Reshaped(source=source, articles=read, without=odd[EXTRACTOR])


def _by_source(visits: Iterable[Visit]) -> dict[str, list[Visit]]:
    by_source: dict[str, list[Visit]] = {}
    for visit in visits:
        by_source.setdefault(visit.source, []).append(visit)
    return by_source


def _recovered(
    active: Sequence[AnySource], history: Sequence[Visit], failing: set[str], *, since: datetime
) -> Iterable[Recovered]:
    by_source = _by_source(history)
    for source in active:
        if source.id in failing:
            continue
        visits = by_source.get(source.id, [])
        # A fault that the digest before told as lasting began before this period, and ends in it.
        lasting = failed_in_a_row([visit for visit in visits if visit.started_at < since])
        visits = [*lasting, *(visit for visit in visits if visit.started_at >= since)]
        faults = [visit for visit in visits if not visit.result.answered]
        after = [
            visit for visit in visits if visit.result.answered and faults and visit.started_at > faults[-1].started_at
        ]
        if after:
            yield Recovered(
                source=source, reason=reason_of(faults[-1]), began=faults[0].started_at, ended=after[0].started_at
            )
