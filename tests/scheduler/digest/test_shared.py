"""What digests of one moment share is made once, and anew when the moment or what it rests on is another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.digest.shared import MOST, of_moment
from storage import Store
from tests.storage.samples import NOW


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    with Store(f"sqlite:///{tmp_path}/one.db") as one, Store(f"sqlite:///{tmp_path}/other.db") as other:
        yield one, other


def test_it_is_made_once_a_moment_store_and_key(stores: tuple[Store, Store]) -> None:
    one, other = stores
    made: list[str] = []

    def make() -> int:
        made.append("x")
        return len(made)

    assert of_moment(one, NOW, "key", make) == of_moment(one, NOW, "key", make) == 1
    assert of_moment(one, NOW, ("key", 2), make) == 2
    assert of_moment(other, NOW, "key", make) == 3
    assert of_moment(one, NOW + timedelta(seconds=1), "key", make) == 4
    assert of_moment(one, NOW, "key", make) == 5


def test_it_does_not_grow_without_bounds(stores: tuple[Store, Store]) -> None:
    one, _ = stores
    for number in range(3 * MOST):
        assert of_moment(one, NOW, number, lambda number=number: number) == number
    assert of_moment(one, NOW, 3 * MOST - 1, lambda: -1) == 3 * MOST - 1
    assert of_moment(one, NOW, 0, lambda: -1) == -1
