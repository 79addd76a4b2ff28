"""The distinct words that watches ask for, each a number (a feature), and which of them a spelling in a text satisfies.

A spelling is resolved once and remembered, so a text of known spellings costs set arithmetic and no Python per word. A
word that is added later patches the memory where it must (see known.py).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Set
from itertools import islice

import numpy as np

from news.text.forms import answered_keys
from news.text.names import name_answers
from news.text.remembered import LONGEST
from news.text.words import word_forms
from news.watch.asked import Asked
from news.watch.frequencies import Frequencies
from news.watch.known import KnownForms, KnownKeys
from news.watch.labels import Labels
from news.watch.stopwords import STOPWORDS

_MANY_NEW = 32
# Spellings; more are forgotten all at once, which costs a fifth of a second to learn the common ones again.
_REMEMBERED = 30_000
# How often a feature is expected in an item, only to choose what a watch is looked up by: a wrong guess costs time.
_COMMON, _CASED, _NAME, _PREFIX_FACTOR, _UNSEEN = 300.0, 1.0, 0.3, 6.0, 0.5
_OF_SCOPE = {"title": 0.1, "lead": 0.3, "text": 1.0, "tag": 0.05}
_ONE_LABEL, _LABEL_PREFIX = 40.0, 80.0

# How a spelling's features are kept, one number after the other: joined for all spellings of an item, they are read at
# once, where tuples would be as many objects scattered over the memory.
_PACKED = np.dtype(np.int32)


class Vocabulary:
    """Words of watches by number, with a memory of the spellings seen in texts.

    frequencies: in how many of a thousand items words (lower case, ё as е) stand, if known; see frequencies.py.
    """

    def __init__(self, frequencies: Mapping[str, float] | None = None) -> None:
        self._frequencies = Frequencies(frequencies) if frequencies else None
        self._words, self._names = Asked(), Asked()
        self._exact: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._prefix_lengths: list[int] = []
        self._scoped: dict[str, dict[int, int]] = {}
        self._labels = Labels()
        self._costs = array("f")
        # Words that spellings in memory have not been asked about yet; none while there are no spellings in it.
        self._new_words: list[tuple[int, frozenset[str]]] = []
        self._new_names: list[tuple[int, frozenset[str]]] = []
        self._new_exact: list[tuple[int, str]] = []
        self._new_prefixes: list[tuple[int, str]] = []
        self._forget()

    def _forget(self) -> None:
        self._known: dict[str, bytes] = {}
        # The spellings that satisfy nothing: while watches are few, most words of a text.
        self._silent: set[str] = set()
        self._known_words, self._known_names, self._known_forms = KnownKeys(), KnownKeys(), KnownForms()
        # Spellings too long to keep, dropped with the next item: one of five megabytes is no word.
        self._endless: list[str] = []

    def word(self, keys: frozenset[str], form: str) -> int:
        """The feature of one word of a term that asks for `keys`; `form` is the word as written, in lower case."""
        before = len(self._words)
        feature = self._words.number(keys, lambda: self._number(self._cost_of(form, keys)))
        if len(self._words) > before and self._known:
            self._new_words.append((feature, keys))
        return feature

    def name(self, keys: frozenset[str]) -> int:
        """The feature of a person's surname."""
        if not self._names:
            # Nobody asked for names yet, so no spelling in memory says whose it might be.
            self._forget()
        before = len(self._names)
        feature = self._names.number(keys, lambda: self._number(_NAME))
        if len(self._names) > before and self._known:
            self._new_names.append((feature, keys))
        return feature

    def exact(self, written: str) -> int:
        """The feature of a word with its case, accents and ё."""
        if (feature := self._exact.get(written)) is None:
            feature = self._exact[written] = self._number(min(_CASED, self._cost_of(word_forms(written).form)))
            if self._known:
                self._new_exact.append((feature, written))
        return feature

    def prefix(self, form: str) -> int:
        """The feature of all words that begin with `form`, which is in lower case."""
        if (feature := self._prefixes.get(form)) is None:
            feature = self._prefixes[form] = self._number(self._cost_of_beginning(form))
            self._prefix_lengths = sorted({*self._prefix_lengths, len(form)})
            if self._known:
                self._new_prefixes.append((feature, form))
        return feature

    def label(self, field: str, value: str, *, prefix: bool) -> int:
        """The feature of a source, publisher, standing or language; `value` as `label_value` makes it."""
        cost = _LABEL_PREFIX if prefix else _ONE_LABEL
        return self._labels.number(field, value, prefix=prefix, new=lambda: self._number(cost))

    def other(self, cost: float) -> int:
        """A feature that no word of a text stands for; whoever asks for it adds it to an item's features."""
        return self._number(cost)

    def scoped(self, feature: int, scope: str) -> int:
        """The feature of a word within a field; an empty scope is the fields searched by default."""
        if not scope:
            return feature
        within = self._scoped.setdefault(scope, {})
        if feature not in within:
            within[feature] = self._number(_OF_SCOPE[scope] * self._costs[feature])
        return within[feature]

    @property
    def scopes(self) -> Set[str]:
        """The fields in which some word is looked for by itself."""
        return self._scoped.keys()

    def cost(self, features: Iterable[int]) -> float:
        """How often any of `features` is expected, in no particular unit."""
        return sum(self._costs[feature] for feature in features)

    def spelled(self, spellings: Iterable[str]) -> dict[int, list[str]]:
        """Feature -> those of some spellings, given to `features` before, that satisfy it."""
        told = [raw for raw in spellings if raw not in self._silent]
        packed = [self._known[raw] for raw in told]
        found: dict[int, list[str]] = {}
        numbers = iter(np.frombuffer(b"".join(packed), _PACKED).tolist())
        for raw, features in zip(told, packed, strict=True):
            for feature in islice(numbers, len(features) // _PACKED.itemsize):
                if feature in found:
                    found[feature].append(raw)
                else:
                    found[feature] = [raw]
        return found

    def features(self, spellings: Set[str], labels: Mapping[str, str]) -> set[int]:
        """All features that an item with these spellings and labels (field -> value) satisfies."""
        if len(self._known) > _REMEMBERED:
            self._forget()
        elif self._new_words or self._new_names or self._new_exact or self._new_prefixes:
            self._patch()
        for raw in self._endless:
            self._known.pop(raw, None)
            self._silent.discard(raw)
        self._endless = []
        found = self.of_spellings(spellings)
        found.update(self._labels.met_by(labels))
        return found

    def of_spellings(self, spellings: Set[str], scope: str = "") -> set[int]:
        """The features that spellings of one item satisfy, within `scope` if given."""
        known = self._known.__getitem__
        told = spellings - self._silent
        try:
            packed = b"".join(map(known, told))
        except KeyError:
            self._learn([raw for raw in told if raw not in self._known])
            packed = b"".join(map(known, told))
        found = set(np.frombuffer(packed, _PACKED).tolist())
        if scope:
            within = self._scoped[scope]
            return {within[feature] for feature in within.keys() & found}
        return found

    def shouted(self, raw: str, scope: str = "") -> set[int]:
        """The features of names that one word of a text all in capitals satisfies besides those of its spelling."""
        found = self._names.met_by(name_answers(*word_forms(raw), shouted=True)) if self._names else set[int]()
        return {self._scoped[scope][base] for base in found & self._scoped[scope].keys()} if scope else found

    def _number(self, cost: float) -> int:
        self._costs.append(cost)
        return len(self._costs) - 1

    def _learn(self, unseen: Iterable[str]) -> None:
        for raw in unseen:
            written, form = word_forms(raw)
            keys = answered_keys(written, form)
            names = name_answers(written, form) if self._names else frozenset[str]()
            found = self._words.met_by(keys) | self._names.met_by(names)
            if (feature := self._exact.get(written)) is not None:
                found.add(feature)
            for length in self._prefix_lengths:
                if length > len(form):
                    break
                if (feature := self._prefixes.get(form[:length])) is not None:
                    found.add(feature)
            self._known[raw] = np.array([*found], _PACKED).tobytes()
            if not found:
                self._silent.add(raw)
            if len(raw) > LONGEST:
                self._endless.append(raw)
            else:
                self._known_words.note(raw, keys)
                self._known_names.note(raw, names)
                self._known_forms.note(raw, form)

    def _patch(self) -> None:
        """Ask the spellings in memory about the words that came after them."""
        for new, known in ((self._new_words, self._known_words), (self._new_names, self._known_names)):
            if len(new) > _MANY_NEW:
                known.settle()
            for feature, keys in new:
                for raw in known.answering(keys):
                    self._satisfies(raw, feature)
        for feature, written in self._new_exact:
            for raw in self._known_forms.beginning(word_forms(written).form):
                if word_forms(raw).written == written:
                    self._satisfies(raw, feature)
        for feature, form in self._new_prefixes:
            for raw in self._known_forms.beginning(form):
                self._satisfies(raw, feature)
        self._new_words, self._new_names, self._new_exact, self._new_prefixes = [], [], [], []

    def _satisfies(self, raw: str, feature: int) -> None:
        self._silent.discard(raw)
        if feature not in np.frombuffer(self._known[raw], _PACKED):
            self._known[raw] += np.array([feature], _PACKED).tobytes()

    def _cost_of(self, form: str, keys: Iterable[str] = ()) -> float:
        """How often a word is expected: by the table in the forms that `keys` spell out, else guessed."""
        if self._frequencies is not None:
            spelled = {key.removeprefix("w:") for key in keys if key.startswith("w:")}
            return self._frequencies.of({form} | spelled) + _UNSEEN
        if form in STOPWORDS:
            return _COMMON
        # Short words are common in all three languages, long ones name something.
        return 60.0 / (1 + len(form)) ** 2 + 0.2

    def _cost_of_beginning(self, form: str) -> float:
        if self._frequencies is not None:
            return self._frequencies.beginning(form) + _UNSEEN
        return _PREFIX_FACTOR * self._cost_of(form)
