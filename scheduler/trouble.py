"""What goes wrong with the installation is noted for its owner here, in the transaction that meets it, and logged."""

from __future__ import annotations

from datetime import datetime

import structlog

from storage import Unit

_log = structlog.get_logger()


def note_trouble(unit: Unit, kind: str, text: str, *, at: datetime, about: str = "", changed: bool = False) -> None:
    """Keep a trouble until the owner was told; the same kind about the same thing is told once (`news.trouble`).

    kind: a TroubleKind where there is one. text: what happened, in a line; about: the id of a source, an address.
    changed: a trouble that lasts is another one now, and told again.
    """
    if unit.troubles.note(kind, text, at=at, about=about, changed=changed):
        _log.warning("trouble", kind=str(kind), about=about, text=text)


def end_trouble(unit: Unit, kind: str, *, at: datetime, about: str = "") -> None:
    """Keep that a trouble which lasted is over, told with it or after it; nothing where there was none."""
    if unit.troubles.end(kind, at=at, about=about):
        _log.info("trouble over", kind=str(kind), about=about)
