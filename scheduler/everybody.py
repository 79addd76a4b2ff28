"""All recipients, read anew only where one of them has changed: every tick asks for them several times."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from news.watch.watch import Recipient
from storage import RECIPIENTS, Store, Unit

_kept: WeakKeyDictionary[Store, tuple[int, tuple[Recipient, ...]]] = WeakKeyDictionary()


def everybody(unit: Unit, store: Store) -> tuple[Recipient, ...]:
    """Return every recipient in the order they were added, disabled ones too.

    unit: a reading transaction of `store`.
    """
    # A writing one may see what is rolled back, under a number that another change takes again.
    revision = unit.revisions.get(RECIPIENTS)
    known = _kept.get(store)
    if known is None or known[0] != revision:
        known = _kept[store] = revision, tuple(unit.recipients.all())
    return known[1]
