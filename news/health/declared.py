"""What was declared of a source when it was last visited: where that was edited since, its old pause does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from news.source import AnySource


@dataclass(frozen=True, kw_only=True)
class Declared:
    """How one way to a source was declared.

    reading: what decides how a visit to it ends, as a digest; every: the pause asked for.
    """

    reading: str
    every: timedelta

    @classmethod
    def of(cls, way: AnySource) -> Self:
        """As it is declared now."""
        return cls(reading=f"{way.reading_fingerprint}{way.ca_bundle and ' '}{way.ca_bundle}", every=way.every)

    def is_edited(self, source: AnySource) -> bool:
        """Whether neither the source nor one of its alternatives is declared as what was visited."""
        return all(self.reading != Declared.of(way).reading for way in (source, *source.alternatives))

    def as_json(self) -> dict[str, Any]:
        """The declaration as plain values."""
        return {"declared": self.reading, "every": self.every.total_seconds()}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self | None:
        """What `as_json` gave, also among other values; None where it is not there."""
        if "declared" not in values:
            return None
        return cls(reading=values["declared"], every=timedelta(seconds=values["every"]))
