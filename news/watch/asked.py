"""Keys that watches ask for, and the features (words of watches, numbered) that ask for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable


class Asked:
    """Key -> features; a feature asks for a set of keys and is met by any of them.

    Sets of keys are not kept: a hundred thousand watches ask for half a million keys, and the index knows them all.
    """

    def __init__(self) -> None:
        # One feature is kept as a number: most keys have one, and a tuple is four times as large.
        self._features: dict[str, int | tuple[int, ...]] = {}
        self._sizes: dict[int, int] = {}

    def __len__(self) -> int:
        """How many features ask."""
        return len(self._sizes)

    def number(self, keys: frozenset[str], new: Callable[[], int]) -> int:
        """The feature that asks for exactly these keys; `new` gives its number where there is none yet."""
        if not keys:
            return new()
        common = set.intersection(*(set(self._asking(key)) for key in keys))
        for feature in common:
            if self._sizes[feature] == len(keys):
                return feature
        feature = new()
        self._sizes[feature] = len(keys)
        for key in keys:
            asking = self._asking(key)
            self._features[key] = (*asking, feature) if asking else feature
        return feature

    def met_by(self, keys: Iterable[str]) -> set[int]:
        """The features that ask for one of `keys`."""
        found: set[int] = set()
        for key in keys:
            asking = self._features.get(key)
            if isinstance(asking, int):
                found.add(asking)
            elif asking is not None:
                found.update(asking)
        return found

    def _asking(self, key: str) -> tuple[int, ...]:
        asking = self._features.get(key, ())
        return (asking,) if isinstance(asking, int) else asking
