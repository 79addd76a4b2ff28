"""Word counts: what is counted, that memory is bounded, and that anchors are chosen by them."""

from __future__ import annotations

from news.watch.compiler import Compiler, check_watch
from news.watch.frequencies import Frequencies, WordCounts
from news.watch.indexed import index_item
from news.watch.vocabulary import Vocabulary
from tests.news.watch.items import item


def test_a_word_counts_once_an_item_in_any_case() -> None:
    counts = WordCounts()
    counts.add(index_item(item(title="Паводок", lead="", text="ПАВОДОК и ещё паводок")))
    counts.add(index_item(item(title="Ещё", lead="", text="")))
    assert counts.per_thousand() == {"паводок": 500.0, "и": 500.0, "еще": 1000.0}
    assert WordCounts().per_thousand() == {}


def test_the_rarest_words_are_forgotten_first() -> None:
    counts = WordCounts(most=10)
    for number in range(40):
        counts.add(index_item(item(title="flood", lead="", text=f"once{number}")))
    table = counts.per_thousand()
    assert table["flood"] == 1000.0
    assert len(table) <= 10


def test_a_beginning_is_as_frequent_as_the_words_it_covers() -> None:
    frequencies = Frequencies({"flo": 1, "flood": 2, "floods": 4, "flown": 8, "fog": 16})
    assert frequencies.beginning("floo") == 6
    assert frequencies.beginning("flo") == 15
    assert frequencies.of(("flood", "floods", "unseen")) == 6


def test_a_watch_is_looked_up_by_what_is_rare_in_all_its_forms() -> None:
    # The word as typed is rare, its forms are not; of the beginning no word was ever seen.
    vocabulary = Vocabulary({"паводок": 1, "паводка": 90, "паводки": 90, "министр": 20})
    compiled = Compiler(vocabulary).compile(check_watch("паводок министр"))
    assert vocabulary.cost(compiled.clauses.anchor) < vocabulary.cost(compiled.clauses.guards[0])
    assert vocabulary.cost(compiled.clauses.guards[0]) > 180
    begun = Compiler(vocabulary).compile(check_watch("павод* министр"))
    assert vocabulary.cost(begun.clauses.anchor) < 30
