"""Sources whose visits could not even be written down rest in memory, while the database says nothing of them.

Otherwise a full disk would have every source fetched again at every tick.
"""

from __future__ import annotations

FIRST_REST = 60.0  # seconds; doubled with each failure in a row
LONGEST_REST = 3_600.0


class Rests:
    """Which sources rest, and until when; instants are seconds of the loop's clock."""

    def __init__(self) -> None:
        self._failures: dict[str, int] = {}
        self._until: dict[str, float] = {}

    def failed(self, source: str, *, now: float) -> float:
        """Let a source rest, each time in a row for twice as long; returns the seconds."""
        self._failures[source] = self._failures.get(source, 0) + 1
        doublings = min(self._failures[source] - 1, 16)
        rest = min(FIRST_REST * (1 << doublings), LONGEST_REST)
        self._until[source] = now + rest
        return rest

    def recorded(self, source: str) -> None:
        """Forget a source: the database knows again when it is due."""
        self._failures.pop(source, None)
        self._until.pop(source, None)

    def rests(self, source: str, *, now: float) -> bool:
        """Whether a source is not to be visited yet."""
        return self._until.get(source, now) > now
