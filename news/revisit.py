"""When an article's page is read again, and what its absence means. Pure decisions; instants are aware UTC.

Corrections come within hours, so a page is read again a few times in the three days after it was found. A page that
is missing was withdrawn only if it stays so over hours while the site is well otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from news.link import Link, Pending
from news.visit import Validators

AFTER = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24), timedelta(hours=72))
"""How long after it was found a page is read again; in between at the visits of its source, never by itself."""

MISSES = 3
MISSING_FOR = timedelta(hours=6)
"""How often a page has to be missing, and over which time, to be withdrawn."""

PAUSE = timedelta(hours=3, minutes=10)
"""Between two looks for a missing page: the third comes after more than MISSING_FOR."""

LOOKED_FOR = timedelta(days=10)
"""How long after it was found a missing page is looked for while its site is failing."""


@dataclass(frozen=True, kw_only=True)
class Revisit:
    """Where the re-reading of one item's page stands. next_visit: None where it is over.

    read_at: when the page was last read well. It was missing since then from missing_since to missed_at; misses: how
    often of that while its site was well.
    """

    item: int
    source: str
    link: Link
    found_at: datetime
    read_at: datetime
    next_visit: datetime | None
    step: int = 0
    validators: Validators = field(default_factory=Validators)
    misses: int = 0
    missing_since: datetime | None = None
    missed_at: datetime | None = None

    @property
    def pending(self) -> Pending:
        """The reading that is to be done, as the crawler takes it."""
        return Pending(
            id=0,
            source=self.source,
            link=self.link,
            found_at=self.found_at,
            again=self.item,
            validators=self.validators,
        )

    @property
    def is_withdrawn(self) -> bool:
        """Whether the page was missing often and long enough."""
        if self.missing_since is None or self.missed_at is None:
            return False
        return self.misses >= MISSES and self.missed_at - self.missing_since >= MISSING_FOR


def first_revisit(item: int, pending: Pending, validators: Validators, *, now: datetime) -> Revisit:
    """Plan the re-reading of a page that was just read for the first time."""
    return Revisit(
        item=item,
        source=pending.source,
        link=pending.link,
        found_at=now,
        read_at=now,
        next_visit=_planned(now, now),
        validators=validators,
    )


def after_reading(revisit: Revisit, validators: Validators | None, *, now: datetime) -> Revisit:
    """The page was read well; validators: None where those that are known still hold."""
    return replace(
        revisit,
        step=revisit.step + 1,
        read_at=now,
        next_visit=_planned(revisit.found_at, now),
        validators=validators or revisit.validators,
        misses=0,
        missing_since=None,
        missed_at=None,
    )


def after_miss(revisit: Revisit, *, site_is_well: bool, now: datetime) -> Revisit:
    """The page answered 404 or 410. site_is_well: other pages of its host were read well since the last miss.

    A miss while the site is failing counts for nothing.
    """
    over = now - revisit.found_at > LOOKED_FOR
    later = replace(revisit, step=revisit.step + 1, next_visit=None if over else now + PAUSE)
    missed = replace(later, missing_since=revisit.missing_since or now, missed_at=now)
    if not site_is_well:
        return missed
    missed = replace(missed, misses=revisit.misses + 1)
    # Once withdrawn it is looked for as planned: pages come back.
    return replace(missed, next_visit=_planned(revisit.found_at, now)) if missed.is_withdrawn else missed


def after_trouble(revisit: Revisit, *, now: datetime) -> Revisit:
    """The page could not be read for another reason: the next planned visit is soon enough.

    One that was missing is still looked for as such: between two misses the site may have had trouble.
    """
    planned = _planned(revisit.found_at, now)
    if revisit.missing_since is not None and not revisit.is_withdrawn and now - revisit.found_at <= LOOKED_FOR:
        planned = now + PAUSE
    return replace(revisit, step=revisit.step + 1, next_visit=planned)


def _planned(found_at: datetime, now: datetime) -> datetime | None:
    return next((found_at + after for after in AFTER if found_at + after > now), None)
