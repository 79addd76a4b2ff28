"""The installation that a command works on, opened for it: settings, database and the hour."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.app import App


def right_now() -> datetime:
    """Return the aware UTC instant at which the command was given; passed down from here."""
    return datetime.now(UTC)


@contextmanager
def installation(config: Path, *, only_stored: bool = False) -> Iterator[App]:
    """Open what `config` describes and close it again; raises SettingsError or StorageError.

    only_stored: the command asks for nothing but what was stored, so that without a database it has nothing to say.
    """
    from scheduler.app import open_app
    from ui.cli.logs import log_to_stderr

    # What a command has to say it says itself; without this, structlog would print into its answer.
    log_to_stderr(logging.ERROR)
    with open_app(config, now=right_now(), creates="nothing" if only_stored else "file") as app:
        yield app
