"""Columns name the very watches that dictionaries name."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from news.watch.clauses import Clause, Clauses
from news.watch.columns import Columns
from news.watch.postings import Postings

_FEATURES = 40


def _clause(chance: random.Random, most: int) -> Clause:
    return frozenset(chance.sample(range(_FEATURES), chance.randint(1, most)))


def _clauses(chance: random.Random) -> Clauses:
    return Clauses(
        anchor=_clause(chance, 4),
        guards=tuple(_clause(chance, chance.choice([1, 4, 9])) for _ in range(chance.choice([0, 1, 1, 2, 3]))),
        absent=_clause(chance, 2) if chance.random() < 0.3 else frozenset(),
        exact=True,
    )


@settings(max_examples=30)
@given(st.integers(min_value=0, max_value=2**32))
def test_columns_name_what_dictionaries_name(seed: int) -> None:
    chance = random.Random(seed)
    columns, postings = Columns(), Postings()
    number = 0
    for _ in range(3):
        newest = [(number + at, _clauses(chance)) for at in range(chance.randint(0, 30))]
        number += len(newest)
        columns.extend(newest)
        for one in newest:
            postings.file(*one)
        for gone in chance.sample([one for one, _ in newest], len(newest) // 4):
            columns.remove(gone)
            postings.remove(gone)
        assert len(columns) == len(postings)
        for _ in range(4):
            features = {chance.randrange(_FEATURES + 5) for _ in range(chance.randint(0, 25))}
            assert columns.candidates(features) == sorted(postings.candidates(features))
