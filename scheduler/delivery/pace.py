"""How fast a run may go: so many messages a minute, and slower as soon as the other side asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

WINDOW = timedelta(minutes=1)
"""What a rate is counted over."""

ASKED_ENOUGH = 2
"""Messages in a row that the other side wanted later after which a run leaves it alone. One alone may be a mailbox
that nothing can be delivered to for now, and must not hold up the others."""


@dataclass
class Pace:
    """What one run may still hand to each channel. left: messages by channel; no entry means without end."""

    left: dict[str, int] = field(default_factory=dict)
    resting: set[str] = field(default_factory=set)
    _asked: dict[str, int] = field(default_factory=dict)

    @classmethod
    def begin(cls, rates: Mapping[str, int], sent: Mapping[str, int]) -> Pace:
        """Begin a run. rates: messages a minute by channel, 0 for no limit; sent: delivered within the last minute."""
        pace = cls(left={name: rate - sent.get(name, 0) for name, rate in rates.items() if rate})
        pace.resting = {name for name, left in pace.left.items() if left <= 0}
        return pace

    def note(self, channel: str, *, throttled: bool) -> bool:
        """Count one message handed to `channel`; True where it has to be left alone, because it asked for it."""
        if channel in self.left:
            self.left[channel] -= 1
            if self.left[channel] <= 0:
                self.resting.add(channel)
        self._asked[channel] = self._asked.get(channel, 0) + 1 if throttled else 0
        return self._asked[channel] >= ASKED_ENOUGH
