"""What a channel is: a way to hand a message to one recipient."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from news.message import Message


class Channel(Protocol):
    """One way out of the house. A new one is one file and one line in `scheduler.delivery.KINDS`.

    `send` and `close` are called from one thread at a time, never at once; `abort` from any.
    """

    @property
    def name(self) -> str:
        """The name that parcels carry."""
        ...

    def send(self, message: Message, address: str) -> None:
        """Hand `message` over and return once the other side has taken it.

        Raises DeliveryError: permanent where trying again cannot help, uncertain where the other side may have it,
        shared where every other message would meet the same trouble, throttled where it asks for fewer messages.
        """
        ...

    def close(self) -> None:
        """End a run: give back connections; the next `send` opens what it needs."""
        ...

    def abort(self) -> None:
        """Make a `send` that is under way fail at once, because the process has to end."""
        ...


@runtime_checkable
class Paced(Protocol):
    """A channel that is given so many messages a minute at most."""

    @property
    def rate(self) -> int:
        """Messages a minute; 0 for no limit."""
        ...


@runtime_checkable
class Doubtful(Protocol):
    """A channel that can tell, without dialling, that it cannot work as it is configured."""

    def doubt(self) -> str:
        """Why not, with what to do; empty where nothing speaks against it."""
        ...
