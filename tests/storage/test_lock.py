"""The daemon's lock: one at a time, freed by whoever ends, however they end."""

from __future__ import annotations

import os
import time

import pytest

from news.errors import StorageError
from storage import Store
from tests.storage.processes import first_line, worker


def test_a_second_daemon_is_refused_until_the_first_has_ended(store: Store, migrated_url: str) -> None:
    with Store(migrated_url) as second:
        with store.lock_daemon():
            with pytest.raises(StorageError, match="another daemon") as refused, second.lock_daemon():
                pass
            if store.file is not None:
                assert f"process {os.getpid()}" in str(refused.value)
        with second.lock_daemon():
            pass


def test_the_lock_stops_no_command(store: Store) -> None:
    with store.lock_daemon():
        assert store.write_now(lambda unit: unit.items.count()) == 0


def test_a_killed_daemon_leaves_no_lock(store: Store, migrated_url: str) -> None:
    with worker("hold", migrated_url) as process:
        assert first_line(process) == ["held"]
        with pytest.raises(StorageError, match="another daemon"), store.lock_daemon():
            pass
        process.kill()
        process.wait(timeout=10)
    # PostgreSQL frees it once it notices the closed connection, which is at once but not the same instant.
    for attempt in range(50):
        try:
            with store.lock_daemon():
                break
        except StorageError:
            assert attempt < 49
            time.sleep(0.05)
