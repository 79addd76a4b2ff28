"""Watches that come and go while the matcher runs: the memory of spellings is patched and stays right."""

from __future__ import annotations

import pytest

from news.watch.known import KnownForms, KnownKeys
from news.watch.matcher import Matcher, index_item
from news.watch.sieve import COLUMNS_FROM
from news.watch.watch import Watch
from tests.news.watch.items import item

ITEM = index_item(item(title="Паводок", text="Министру доложили о паводке: Қазақстанның Үлгіевы", tags=("паводки",)))


@pytest.mark.parametrize("columns_from", [0, COLUMNS_FROM])
@pytest.mark.parametrize(
    "query",
    ["министр", "=Министру", "пав*", "title:паводок", "tag:пав*", "name:Үлгіев", '"доложили о паводке"', "/павод.к/"],
)
def test_a_watch_counts_from_the_next_item_on_until_it_is_removed(query: str, columns_from: int) -> None:
    matcher = Matcher([Watch(name="first", query="Қазақстан", id=1)], columns_from=columns_from)
    assert [match.watch for match in matcher.matches(ITEM)] == [1]
    matcher.add(Watch(name="new", query=query, id=2))
    assert [match.watch for match in matcher.matches(ITEM)] == [1, 2]
    matcher.remove(2)
    assert [match.watch for match in matcher.matches(ITEM)] == [1]
    matcher.add(Watch(name="again", query=query, id=2))
    assert [match.watch for match in matcher.matches(ITEM)] == [1, 2]
    assert len(matcher) == 2


def test_a_watch_of_a_known_id_is_replaced() -> None:
    matcher = Matcher([Watch(name="w", query="министр", id=1), Watch(name="x", query="паводок", id=2)])
    matcher.add(Watch(name="w", query="flood", id=1))
    assert [match.watch for match in matcher.matches(ITEM)] == [2]
    matcher.remove(3)
    assert len(matcher) == 2


def test_updated_watches_are_exactly_those_given() -> None:
    first, second = Watch(name="w", query="министр", id=1), Watch(name="x", query="паводок", id=2)
    matcher = Matcher([first, second])
    matcher.update([second, Watch(name="w", query="flood", id=1), Watch(name="y", query="flood OR", id=3)])
    assert [match.watch for match in matcher.matches(ITEM)] == [2]
    assert [watch.name for watch, _ in matcher.broken] == ["y"]
    matcher.update([first])
    assert [match.watch for match in matcher.matches(ITEM)] == [1]
    assert matcher.broken == ()


def test_thousands_of_spellings_are_asked_again_by_key_and_by_beginning() -> None:
    keys, forms = KnownKeys(), KnownForms()
    for number in range(20_000):
        keys.note(f"word{number}", [f"k:{number}", f"m:{number % 7}"])
        forms.note(f"word{number}", f"word{number}")
    assert list(keys.answering(["k:19999"])) == ["word19999"]
    assert set(keys.answering(["k:5", "k:12345", "k:none"])) == {"word5", "word12345"}
    assert len(list(keys.answering(["m:3"]))) == sum(number % 7 == 3 for number in range(20_000))
    assert sorted(forms.beginning("word1999")) == ["word1999", *(f"word1999{digit}" for digit in range(10))]
