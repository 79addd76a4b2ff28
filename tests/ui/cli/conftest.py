from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from tests.ui.cli.desk import Desk, a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk whose sources nobody answers for."""
    return a_desk(tmp_path)


@pytest.fixture(autouse=True)
def _own_logs() -> Iterator[None]:
    """Commands say where log lines go for their whole process, which here is the tests'."""
    yield
    structlog.reset_defaults()
