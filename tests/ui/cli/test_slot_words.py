from __future__ import annotations

import pytest

from ui.cli.slot_words import slot_words


@pytest.mark.parametrize(
    ("slot", "said"),
    [
        ("2026-11-22", "2026-11-22"),
        ("2026-11-22T08:00", "2026-11-22T08:00"),
        ("2026-W47", "2026-W47"),
        ("instant/2026-11-22T12:21:34.179389+00:00", "alert"),
        ("manual/2026-11-22T12:21:34.179389+00:00", "on request"),
    ],
)
def test_a_slot_is_called_by_its_name_or_its_kind(slot: str, said: str) -> None:
    assert slot_words(slot) == said
