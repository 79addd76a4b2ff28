from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An open, empty database in a folder of the test."""
    with open_store(f"sqlite:///{tmp_path / 'press.db'}") as opened:
        yield opened
