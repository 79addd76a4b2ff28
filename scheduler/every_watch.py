"""All watches that are on, read and parsed anew only where one has changed: every tick asks for them several times."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from news.watch.watch import Watch
from scheduler.wishes import alerting_sources
from storage import WATCHES, Store, Unit


@dataclass(frozen=True, kw_only=True)
class EveryWatch:
    """The watches that are on at a revision. alerting: `scheduler.wishes.alerting_sources` of them."""

    revision: int
    enabled: tuple[Watch, ...]
    alerting: frozenset[str] | None


_kept: WeakKeyDictionary[Store, EveryWatch] = WeakKeyDictionary()


def every_watch(unit: Unit, store: Store) -> EveryWatch:
    """Return the watches that are on, in the order they were added.

    unit: a reading transaction of `store`, for the reason that `scheduler.everybody` gives.
    """
    revision = unit.revisions.get(WATCHES)
    known = _kept.get(store)
    if known is None or known.revision != revision:
        enabled = tuple(unit.watches.all(enabled_only=True))
        known = EveryWatch(revision=revision, enabled=enabled, alerting=alerting_sources(enabled))
        _kept[store] = known
    return known
