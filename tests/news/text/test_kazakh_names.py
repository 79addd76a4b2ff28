"""Names of Kazakh news sentences (KazNERD) found from their shortest form; -s prints figures, misses and doubtful hits.

Nothing of the data is tuned on: the labels only say where a name stands, and an ending is whatever follows the shortest
form of the same name in another sentence.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import NamedTuple

import pytest

from news.text.forms import answered_keys, asked_keys
from news.text.words import Words, tokenise
from tests.news.text.hits import finds
from tests.shared import shared

_KINDS = frozenset({"PERSON", "GPE", "LOCATION", "ORGANISATION", "FACILITY"})
_SHOWN = 100


class Sentence(NamedTuple):
    words: Words
    answered: list[frozenset[str]]
    entities: list[tuple[str, str]]


class Name(NamedTuple):
    """The forms of one name: the shortest as written, and each mention's words as written with its sentence."""

    kind: str
    shortest: tuple[str, ...]
    mentions: list[tuple[int, tuple[str, ...]]]


@pytest.fixture(scope="module")
def sentences() -> list[Sentence]:
    found = []
    for line in shared("corpora/text/kk_kaznerd_valid.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        words = tokenise(row["text"])
        answered = [answered_keys(*word) for word in zip(words.written, words.forms, strict=True)]
        found.append(Sentence(words, answered, [(kind, text) for kind, text in row["entities"]]))
    return found


@pytest.fixture(scope="module")
def names(sentences: list[Sentence]) -> list[Name]:
    """Names in three sentences or more and two forms or more."""
    forms: dict[tuple[str, tuple[str, ...], str], dict[str, list[tuple[int, tuple[str, ...]]]]] = {}
    for number, sentence in enumerate(sentences):
        for kind, text in sentence.entities:
            words = tokenise(text)
            if kind in _KINDS and len(words) and len(words.forms[-1]) > 2:
                *before, last = words.forms
                alike = forms.setdefault((kind, tuple(before), last[:4]), {})
                alike.setdefault(last, []).append((number, words.written))
    found = []
    for (kind, _, _), alike in forms.items():
        for shortest in sorted(alike, key=len):
            members = [form for form in alike if form.startswith(shortest)]
            mentions = [mention for form in members for mention in alike[form]]
            if len(members) > 1 and len({number for number, _ in mentions}) > 2:
                found.append(Name(kind, alike[shortest][0][1], mentions))
                break
    return found


def _places(asked: tuple[frozenset[str], ...], sentence: Sentence) -> list[int]:
    words, answered, _ = sentence
    return [
        start
        for start in range(len(answered) - len(asked) + 1)
        if all(keys & answered[start + at] for at, keys in enumerate(asked))
        and not any(words.gap(start + at) for at in range(len(asked) - 1))
    ]


def test_names_are_found_from_their_shortest_form(sentences: list[Sentence], names: list[Name]) -> None:
    by_key: dict[str, set[int]] = defaultdict(set)
    for number, sentence in enumerate(sentences):
        for key in frozenset().union(*sentence.answered):
            by_key[key].add(number)
    missed: Counter[str] = Counter()
    doubtful: Counter[str] = Counter()
    mentions = 0
    for name in names:
        asked = asked_keys(name.shortest)
        numbers = set().union(*(by_key[key] for key in asked[-1]))
        hits = {number: places for number in numbers if (places := _places(asked, sentences[number]))}
        for number, written in name.mentions:
            mentions += 1
            if number not in hits:
                missed[f"{name.kind} {' '.join(name.shortest)}: {' '.join(written)}"] += 1
        for number, places in hits.items():
            words, _, entities = sentences[number]
            labelled = {form for _, text in entities for form in tokenise(text).forms}
            # Inside a longer name the word is the name all the same: Алматы in "Алматы облысы".
            for place in places:
                if not set(words.forms[place : place + len(asked)]) & labelled:
                    shown = " ".join(words.written[max(0, place - 2) : place + len(asked) + 2])
                    doubtful[f"{name.kind} {' '.join(name.shortest)}: {shown}"] += 1
    recall = 1 - missed.total() / mentions
    print(f"{len(names)} names, {mentions} mentions: recall {recall:.4f}, {doubtful.total()} hits outside any label")
    print("missed", *missed.most_common(_SHOWN), sep="\n  ")
    print("outside", *sorted(doubtful)[:_SHOWN], sep="\n  ")
    assert recall >= 0.97


def test_persons_are_found_as_names(sentences: list[Sentence], names: list[Name]) -> None:
    persons = [name for name in names if name.kind == "PERSON" and len(name.shortest) > 1]
    mentions = [(name, number, written) for name in persons for number, written in name.mentions]
    missed = [
        f"{' '.join(name.shortest)}: {' '.join(written)}"
        for name, number, written in mentions
        if not finds(" ".join(name.shortest), sentences[number].words.text)
    ]
    print(f'name:"..." on {len(persons)} persons, {len(mentions)} mentions: missed {len(missed)}', *missed, sep="\n  ")
    assert len(missed) <= 0.03 * len(mentions)
