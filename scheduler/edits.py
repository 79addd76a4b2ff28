"""Edits of config.yaml while the daemon runs: a good one is taken over, a faulty one is told and changes nothing."""

from __future__ import annotations

from pathlib import Path

import structlog

from news.errors import SettingsError
from news.settings import Settings
from scheduler.app import load_settings

_log = structlog.get_logger()


class Edits:
    """Looks at the file now and then; remembers what it saw, so that each edit is judged once."""

    def __init__(self, config: Path) -> None:
        self._config = config
        self._seen = self._signature()

    def taken(self) -> Settings | None:
        """Return the settings of an edit since the last look; None where there is none, or it has a fault (P30)."""
        signature = self._signature()
        if signature is None or signature == self._seen:
            # No file at this moment: editors replace a file by moving another one to its place.
            return None
        self._seen = signature
        try:
            return load_settings(self._config)
        except SettingsError as error:
            for complaint in error.complaints:
                _log.error("the edit of the settings is not taken over", problem=str(complaint))
            return None

    def look_again(self) -> None:
        """Judge the present file once more at the next look: what stood in the way had nothing to do with it."""
        self._seen = None

    def _signature(self) -> tuple[int, int, int] | None:
        try:
            status = self._config.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino
