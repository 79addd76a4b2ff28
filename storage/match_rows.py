"""How the places that satisfied a watch stand in a row of `matches`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from news.watch.watch import Hit


def hit_rows(hits: Iterable[Hit]) -> list[list[Any]]:
    """Return hits as their column holds them: one short array each."""
    return [[hit.field, hit.start, hit.end, hit.text, hit.term] for hit in hits]


def hits_of(rows: Sequence[Any]) -> tuple[Hit, ...]:
    """Return the hits that a column holds."""
    return tuple(Hit(field=field, start=start, end=end, text=text, term=term) for field, start, end, text, term in rows)
