"""Other people's engines on the same watches and items; each finds candidates, our evaluator decides, so all agree.

What a word may be of is prepared for them outside the clock: an item comes as the keys its words answer (word forms of
three languages), a watch's word as the keys it asks for. Scanners get those keys as one string.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, reduce
from typing import Any

from bench.matching_samples import Sample
from news.text.forms import answered_keys, asked_keys
from news.text.words import tokenise, word_forms
from news.watch.matcher import IndexedItem

Finder = Callable[[Any], list[int]]
_PREFIX = "w:"


def item_keys(indexed: IndexedItem) -> list[str]:
    """Everything the item's words answer to, each once."""
    return sorted({key for raw in indexed.spellings for key in answered_keys(*word_forms(raw))})


@cache
def term_keys(term: str) -> list[frozenset[str]]:
    """What a term asks for, word by word: all of them must be met; a beginning is one key that ends with *."""
    if term.endswith("*"):
        return [frozenset({_PREFIX + term})]
    words = [word for part in term.replace('"', "").split(" NEAR/8 ") for word in [tokenise(part).written]]
    return [keys for one in words for keys in asked_keys(one)]


class Scanner:
    """A many-string scanner over the keys: it finds the words a watch is looked up by, dictionaries do the rest."""

    def __init__(self, samples: Sequence[Sample], frequencies: Mapping[str, int]) -> None:
        self._filed: dict[str, list[tuple[int, tuple[frozenset[str], ...]]]] = {}
        for sample in samples:
            clauses = sorted(sample.clauses, key=lambda clause: sum(_cost(term, frequencies) for term in clause))
            guards = tuple(
                frozenset(key for term in clause for key in term_keys(term)[0])
                for clause in clauses[1:]
                if not any(term.endswith("*") for term in clause)
            )
            for term in clauses[0]:
                for key in min(term_keys(term), key=len):
                    self._filed.setdefault(key, []).append((sample.watch.id, guards))

    def prepare(self, keys: Sequence[str]) -> tuple[str, frozenset[str]]:
        """The keys as a text to scan, and as a set for the guards."""
        return "\n" + "\n".join(keys) + "\n", frozenset(keys)

    @property
    def strings(self) -> list[str]:
        """What is scanned for."""
        return [f"\n{key[:-1]}" if key.endswith("*") else f"\n{key}\n" for key in self._filed]

    def candidates(self, found: set[str], keys: frozenset[str]) -> list[int]:
        """The watches whose anchors were found and whose guards are met."""
        candidates: set[int] = set()
        for string in found:
            key = string[1:-1] if string.endswith("\n") else string[1:] + "*"
            for number, guards in self._filed[key]:
                if not any(guard.isdisjoint(keys) for guard in guards):
                    candidates.add(number)
        return list(candidates)


def _cost(term: str, frequencies: Mapping[str, int]) -> float:
    return float(min(frequencies.get(word, 0) for word in tokenise(term.replace(" NEAR/8 ", " ")).forms))


def pyahocorasick(samples: Sequence[Sample], frequencies: Mapping[str, int]) -> tuple[Callable[..., Any], Finder]:
    """An Aho-Corasick automaton in C."""
    module = importlib.import_module("ahocorasick")
    scanner = Scanner(samples, frequencies)
    automaton = module.Automaton()
    for string in scanner.strings:
        automaton.add_word(string, string)
    automaton.make_automaton()

    def find(prepared: tuple[str, frozenset[str]]) -> list[int]:
        return scanner.candidates({string for _, string in automaton.iter(prepared[0])}, prepared[1])

    return scanner.prepare, find


def hyperscan(samples: Sequence[Sample], frequencies: Mapping[str, int]) -> tuple[Callable[..., Any], Finder]:
    """Intel's regular expression scanner."""
    module = importlib.import_module("hyperscan")
    scanner = Scanner(samples, frequencies)
    strings = scanner.strings
    database = module.Database(mode=module.HS_MODE_BLOCK)
    database.compile(
        expressions=[re.escape(string).encode() for string in strings],
        ids=list(range(len(strings))),
        flags=module.HS_FLAG_SINGLEMATCH,
        elements=len(strings),
    )

    def prepare(keys: Sequence[str]) -> tuple[bytes, frozenset[str]]:
        text, known = scanner.prepare(keys)
        return text.encode(), known

    def find(prepared: tuple[bytes, frozenset[str]]) -> list[int]:
        found: list[str] = []
        database.scan(prepared[0], match_event_handler=lambda id, *_: found.append(strings[id]))
        return scanner.candidates(set(found), prepared[1])

    return prepare, find


def mokaccino(samples: Sequence[Sample], _: Mapping[str, int]) -> tuple[Callable[..., Any], Finder]:
    """A percolator in Rust; phrases and neighbours are widened to all of their words."""
    module = importlib.import_module("mokaccino")
    percolator = module.Percolator()

    def any_of(queries: Sequence[Any]) -> Any:
        return reduce(lambda one, other: one | other, queries)

    def all_of(queries: Sequence[Any]) -> Any:
        return reduce(lambda one, other: one & other, queries)

    def key_query(key: str) -> Any:
        if key.endswith("*"):
            return module.Query.from_kprefix("t", key[:-1])
        return module.Query.from_kv("t", key)

    for sample in samples:
        clauses = [
            any_of([all_of([any_of([key_query(key) for key in keys]) for keys in term_keys(term)]) for term in clause])
            for clause in sample.clauses
        ]
        percolator.add_query_id(all_of(clauses), sample.watch.id)
    percolator = percolator.optimized()

    def prepare(keys: Sequence[str]) -> Any:
        document = module.Document()
        for key in keys:
            document.add_value("t", key)
        return document

    return prepare, lambda document: list(percolator.percolate_list(document))


def perq(samples: Sequence[Sample], _: Mapping[str, int]) -> tuple[Callable[..., Any], Finder]:
    """A percolator in Python; of a phrase or of neighbours it asks one word, a beginning it cannot ask for."""
    module = importlib.import_module("perq")
    queries = []
    for sample in samples:
        clauses = [
            tuple(key for term in clause for key in min(term_keys(term), key=len))
            for clause in sample.clauses
            if not any(term.endswith("*") for term in clause)
        ]
        queries.append(module.Query(sample.watch.id, clauses))
    store = module.MemoryStore()
    store.__enter__()
    module.index(queries, store)
    matcher = module.QueryMatcher(store)

    return module.Document, lambda document: list(matcher.matches(document))


PEERS = {"pyahocorasick": pyahocorasick, "hyperscan": hyperscan, "mokaccino": mokaccino, "perq": perq}
