"""Driving `tests.scheduler.rounds`: rounds over one installation at whatever hour a test wants."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.scheduler.office import NOW


@dataclass
class Rounds:
    """Rounds over one installation, an hour apart by the clock that they are given."""

    process: subprocess.Popen[str]
    config: Path
    at: datetime = NOW - timedelta(hours=12)

    def next(
        self, *, digest_now: bool = True, unwritable: str = "", after: timedelta = timedelta(hours=1)
    ) -> dict[str, Any]:
        """Make the next round, so long `after` the last one, and give its report."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.at += after
        order = {"config": str(self.config), "at": self.at.isoformat()}
        self.process.stdin.write(json.dumps({**order, "digest_now": digest_now, "unwritable": unwritable}) + "\n")
        self.process.stdin.flush()
        report: dict[str, Any] = json.loads(self.process.stdout.readline())
        return report


@contextmanager
def round_process() -> Iterator[subprocess.Popen[str]]:
    """A process that makes rounds: a reactor starts only once in one."""
    command = [sys.executable, "-m", "tests.scheduler.rounds"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        try:
            yield running
            assert running.stdin is not None
            running.stdin.close()
            assert running.wait(20) == 0
        finally:
            running.kill()
