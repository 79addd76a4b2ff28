from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.web.office import Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An installation with two recipients, served on loopback."""
    with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The same for tests that change nothing in it."""
    with open_office(tmp_path_factory.mktemp("office")) as opened:
        yield opened
