"""What is odd about a source that answers, in figures against its norms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from news.health.norms import Norms
from news.health.state import Condition, Health, Sign, SignKind
from news.health.texts import texts_of
from news.source import AnySource
from news.visit import EXTRACTOR, Visit, VisitResult, odd_articles

LATELY = timedelta(days=1)
"""Failed visits are counted over this time."""

VANISHED = 0.8
"""Share of the texts of a time that must lack what usually at most RARELY of them lack."""

RARELY = 0.2

FEWEST_TEXTS = 3
"""Texts that must have come before their dates, their words or their pages are judged."""

TEXTS_JUDGED = 10
"""Newest texts that they are judged by, or those of one visit where it brought more."""

FEWEST_VISITS = 8
"""Visits that must have been made before it is said that some of them fail."""

FLAKY, STEADY = 1 / 3, 0.1
"""Share of failed visits from which on a source is called flaky, and below which it no longer is."""

FLAPPING = 2
"""Times that failures must have begun anew within FLAPPING_TIME before a source that answers again is called flaky, not
well: what was before a recovery counts with what came after it, and "down" and "well" are not told by turns."""

FLAPPING_TIME = timedelta(days=2)

FEWEST_FLAPPING = 4
"""Visits that suffice where failures began anew so often: while they fail, the pauses grow."""

LEAST_SILENCE = 3.0
"""Items that were to be expected before any silence is called one."""

_OF_LISTS = frozenset({SignKind.FEWER, SignKind.UNDATED, SignKind.BARE, SignKind.SELECTORS})


def signs_of(
    source: AnySource, visits: Sequence[Visit], norms: Norms, before: Condition, *, now: datetime
) -> tuple[tuple[Sign, ...], datetime]:
    """What is odd, and since when; visits: the newest ones, the last of which was answered."""
    since = visits[-1].started_at
    lists = [visit for visit in visits if visit.result is VisitResult.OK and visit.entries]
    told = before.signs if before.state is Health.DEGRADED else ()
    if lists:
        signs = [sign for sign in (_fewer(lists[-2:], norms), *_of_texts(lists, norms, source)) if sign is not None]
    else:
        # Nothing but "unchanged" since: what was odd about the list is odd about it still.
        signs = [sign for sign in told if sign.kind in _OF_LISTS]
    recent = [visit for visit in visits if visit.started_at >= now - LATELY]
    was_flaky = any(sign.kind is SignKind.FLAKY for sign in told)
    flaps = _breaks([visit for visit in visits if visit.started_at >= now - FLAPPING_TIME]) >= FLAPPING
    if before.state in (Health.OK, Health.QUIET) and not flaps:
        recent = [visit for visit in recent if visit.started_at >= before.since]
    failed = [visit for visit in recent if not visit.result.answered]
    if before.state in (Health.OK, Health.QUIET) or was_flaky or flaps:
        bound = STEADY if was_flaky else FLAKY
        fewest = FEWEST_FLAPPING if flaps else FEWEST_VISITS
        if len(recent) >= fewest and len(failed) > bound * len(recent):
            signs.append(Sign(kind=SignKind.FLAKY, count=len(failed), of=len(recent)))
            since = failed[0].started_at
    return tuple(signs), since


def silence_of(norms: Norms, source: AnySource, since: datetime, now: datetime) -> Sign | None:
    """The silence since then, where it is twice as long as a usual week's longest; else, and where unknown, None."""
    if norms.silence is None or not norms.rhythm_known:
        return None
    expected = norms.expected(since, now, source)
    if expected < max(2 * norms.silence, LEAST_SILENCE):
        return None
    return Sign(kind=SignKind.SILENT, count=round(expected))


def _breaks(visits: Sequence[Visit]) -> int:
    """How often a failure followed an answer."""
    return sum(one.result.answered and not later.result.answered for one, later in pairwise(visits))


def _fewer(lists: Sequence[Visit], norms: Norms) -> Sign | None:
    """Twice in a row far fewer entries than ever: not a third of the usual number, not half of the lowest."""
    if norms.entries is None or norms.fewest is None or len(lists) < 2:
        return None
    if all(visit.entries * 3 <= norms.entries and visit.entries * 2 <= norms.fewest for visit in lists):
        return Sign(kind=SignKind.FEWER, count=lists[-1].entries, of=norms.entries)
    return None


def _of_texts(lists: Sequence[Visit], norms: Norms, source: AnySource) -> list[Sign]:
    recent, enough = [], 0
    for visit in reversed(lists):
        recent.append(visit)
        enough += texts_of((visit,), source)[0]
        if enough >= TEXTS_JUDGED:
            break
    texts, undated, bare = texts_of(recent, source)
    read, odd = odd_articles(recent)
    signs = []
    if read >= FEWEST_TEXTS and 2 * odd[EXTRACTOR] >= read:
        signs.append(Sign(kind=SignKind.SELECTORS, count=odd[EXTRACTOR], of=read))
    for kind, count, usual in ((SignKind.UNDATED, undated, norms.undated), (SignKind.BARE, bare, norms.bare)):
        if usual is not None and usual <= RARELY and texts >= FEWEST_TEXTS and count >= VANISHED * texts:
            signs.append(Sign(kind=kind, count=count, of=texts))
    return signs
