"""Edits of config.yaml while the daemon runs: a good one is taken over, a faulty one is told and changes nothing."""

from __future__ import annotations

from pathlib import Path

import structlog

from news.errors import PresswatchError, SettingsError
from news.settings import Settings
from scheduler.app import load_settings

_log = structlog.get_logger()


class Edits:
    """Looks at the file now and then; remembers what it saw, so that each edit is judged once."""

    def __init__(self, config: Path) -> None:
        self._config = config
        self._seen = self._signature()
        self._again = False
        self._told = ""

    def taken(self) -> Settings | None:
        """Return the settings of an edit since the last look; None where there is none, or it has a fault (P30)."""
        signature = self._signature()
        if signature is None or (signature == self._seen and not self._again):
            # No file at this moment: editors replace a file by moving another one to its place.
            return None
        if signature != self._seen:
            self._told = ""
        self._seen, self._again = signature, False
        try:
            return load_settings(self._config)
        except SettingsError as error:
            _tell(error)
            return None

    def look_again(self, problem: PresswatchError) -> None:
        """Tell, once, what else stood in the way of the edit, and judge the present file anew at the next look."""
        if str(problem) != self._told:
            _tell(problem)
        self._told, self._again = str(problem), True

    def _signature(self) -> tuple[int, int, int] | None:
        try:
            status = self._config.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino


def _tell(problem: PresswatchError) -> None:
    for one in problem.complaints if isinstance(problem, SettingsError) else (problem,):
        _log.error("the edit of the settings is not taken over", problem=str(one))
