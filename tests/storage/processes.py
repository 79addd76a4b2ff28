"""Starting `tests.storage.workers` and listening to what it prints."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def worker(what: str, url: str) -> Iterator[subprocess.Popen[str]]:
    """A worker process; killed at the end where it still runs."""
    command = [sys.executable, "-m", "tests.storage.workers", what, url]
    process = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:
        try:
            yield process
        finally:
            process.kill()


def ended(process: subprocess.Popen[str]) -> list[Any]:
    """Wait for a worker and give everything it printed; it must have ended well."""
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return [json.loads(line) for line in output.splitlines()]


def first_line(process: subprocess.Popen[str]) -> Any:
    """Wait for a worker's first line."""
    assert process.stdout is not None
    return json.loads(process.stdout.readline())
