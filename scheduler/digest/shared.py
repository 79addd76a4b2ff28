"""What many digests of one moment have in common: ten thousand that are due at eight ask the database for it once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from storage import Store

T = TypeVar("T")
MOST = 64
"""Things kept of one moment; a recipient's own period or zone makes one more."""

_MISSING = object()
_kept: WeakKeyDictionary[Store, tuple[datetime, dict[Hashable, object]]] = WeakKeyDictionary()


def of_moment(store: Store, now: datetime, key: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` gives, made once for `key` as long as `now` stays the same.

    key: what it is, with everything that it depends on: also a number that grows with what is written meanwhile.
    """
    moment, kept = _kept.get(store, (None, {}))
    if moment != now:
        kept = {}
        _kept[store] = (now, kept)
    found = kept.get(key, _MISSING)
    if found is _MISSING:
        found = make()
        if len(kept) >= MOST:
            kept.clear()
        kept[key] = found
    return cast(T, found)
