"""From a digest to the message that is frozen: the mail, the same as plain data, and the copy to forward."""

from __future__ import annotations

from news.message import Message
from scheduler.digest.digest import Digest
from scheduler.digest.links import Links
from scheduler.digest.render import render


def message_of(digest: Digest, *, domain: str, links: Links | None = None) -> Message:
    """Return everything that is kept of a digest; the same digest gives the same message, byte for byte.

    domain: as for `render`. links: those of its last line; none are shown where it is left out.
    """
    return render(digest, domain=domain)
