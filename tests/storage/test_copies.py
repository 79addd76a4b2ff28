"""What is kept of what was received: once for each body, bounded by time."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest

from news.received import CopyOf, Received
from storage import Store, Unit, copies
from tests.storage.samples import NOW, add_one, numbered

PAGE = b"<html>" + b"Water level " * 500 + b"\x00\xff</html>"


def received(body: bytes = PAGE, *, days_ago: int = 0) -> Received:
    """An answer with this body."""
    return Received(
        url="https://press.example/1",
        status=200,
        headers=(("Content-Type", "text/html"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")),
        body=body,
        fetched_at=NOW - timedelta(days=days_ago),
    )


def test_a_copy_comes_back_byte_for_byte_with_its_headers(store: Store) -> None:
    def work(unit: Unit) -> None:
        unit.copies.keep(add_one(unit, numbered(1)), 1, received(), CopyOf.PAGE)
        unit.copies.keep(1, 2, received(gzip.compress(PAGE)), CopyOf.LIST)

    store.write_now(work)
    first, second = store.read_now(lambda unit: unit.copies.of_item(1))
    assert (first.headers, first.fetched_at, first.size) == (received().headers, NOW, len(PAGE))
    assert (first.of, second.of) == (CopyOf.PAGE, CopyOf.LIST)
    assert store.read_now(lambda unit: unit.copies.body(first.sha256)) == PAGE
    assert gzip.decompress(store.read_now(lambda unit: unit.copies.body(second.sha256))) == PAGE


def test_what_is_kept_of_a_version_is_never_replaced(store: Store) -> None:
    def work(unit: Unit) -> None:
        unit.copies.keep(add_one(unit, numbered(1)), 1, received(), CopyOf.PAGE)
        unit.copies.keep(1, 1, received(b"another"), CopyOf.PAGE)

    store.write_now(work)
    (copy,) = store.read_now(lambda unit: unit.copies.of_item(1))
    assert copy.size == len(PAGE)


def test_a_body_lives_as_long_as_a_copy_holds_it(store: Store) -> None:
    def work(unit: Unit) -> None:
        for number, days in ((1, 400), (2, 10), (3, 400)):
            item = add_one(unit, numbered(number))
            unit.copies.keep(item, 1, received(PAGE if number < 3 else b"alone", days_ago=days), CopyOf.PAGE)

    store.write_now(work)
    alone = store.read_now(lambda unit: unit.copies.of_item(3))[0].sha256
    store.write_now(lambda unit: unit.copies.prune(before=NOW - timedelta(days=365)))
    assert store.read_now(lambda unit: unit.copies.of_item(1)) == []
    (held,) = store.read_now(lambda unit: unit.copies.of_item(2))
    assert store.read_now(lambda unit: unit.copies.body(held.sha256)) == PAGE
    with pytest.raises(KeyError):
        store.read_now(lambda unit: unit.copies.body(alone))


def test_copies_go_some_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "PRUNED_AT_ONCE", 2)

    def work(unit: Unit) -> None:
        for number in range(1, 6):
            body = b"page %d" % number
            unit.copies.keep(add_one(unit, numbered(number)), 1, received(body, days_ago=400), CopyOf.PAGE)

    def pruned() -> int:
        return store.write_now(lambda unit: unit.copies.prune(before=NOW - timedelta(days=365)))

    store.write_now(work)
    assert [pruned() for _ in range(4)] == [2, 2, 1, 0]
    assert [store.read_now(lambda unit, one=one: unit.copies.of_item(one)) for one in range(1, 6)] == [[]] * 5  # type: ignore[misc]
