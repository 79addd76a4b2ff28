"""The folder of real texts and labelled data beside the checkout; absent on most machines."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1].parent / "shared"


def shared(path: str) -> Path:
    """The file or folder `path` below the data folder; skips the test, saying so, where it does not exist."""
    found = ROOT / path
    if not found.exists():
        pytest.skip(f"needs the data folder beside the checkout: shared/{path}")
    return found
