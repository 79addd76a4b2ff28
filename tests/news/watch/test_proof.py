"""Words that alone prove nothing: small letters of a place's name, and abbreviations that are words in capitals."""

from __future__ import annotations

import pytest

from news.watch.matcher import Matcher, index_item
from news.watch.watch import Watch
from tests.news.watch.items import item


def _found(query: str, *, title: str = "", text: str = "") -> list[str]:
    """The words hit, in their order; what `matching` says is the same."""
    matcher = Matcher([Watch(name="w", query=query, id=1)])
    indexed = index_item(item(title=title, lead="", text=text))
    matches = matcher.matches(indexed)
    assert bool(matches) == bool(matcher.matching(indexed))
    return [hit.text for match in matches for hit in match.hits]


@pytest.mark.parametrize(
    ("query", "text", "hit"),
    [
        ("@semey", "Помощь получили 12 семей. Паводок дошёл до Семея.", ["Семея"]),
        ("@semey", "Семьи вернулись домой. Семью мостами гордится Семей.", ["Семей"]),
        ("@semey", "Акимат поддержит сто семей из посёлка.", []),
        ("@aral_sea", "Теңізде шағын арал бар. Аралдағы жұмыс басталды.", ["Аралдағы"]),
        ("@taraz", "Жиынға таразы әкелінді, кеме Тараздан шықты.", ["Тараздан"]),
        ("@turkiye", "The farm sells turkey meat. Officials met in Turkey.", ["Turkey"]),
        ("@vienna", "Во время операции была задета вена. Переговоры прошли в Вене.", ["Вене"]),
        ("@china", "Old china was shown in Almaty.", []),
        ("NOT @china AND Almaty", "Old china was shown in Almaty.", ["Almaty"]),
        # Several words are no other thing, whatever their letters.
        ("@aral_sea", "Экспедиция на аральское море началась.", ["аральское море"]),
        # A plain word asks for no capital.
        ("Вена", "Во время операции была задета вена.", ["вена"]),
    ],
)
def test_a_small_letter_is_no_place_where_the_text_has_capitals(query: str, text: str, hit: list[str]) -> None:
    assert _found(query, text=text) == hit


def test_where_no_letter_is_a_capital_none_is_asked_for() -> None:
    assert _found("@semey", title="паводок дошёл до семея", text="Вода прибывает.") == ["семея"]
    assert _found("@semey", title="ПАВОДОК ДОШЁЛ ДО СЕМЕЯ", text="Вода прибывает.") == ["СЕМЕЯ"]


@pytest.mark.parametrize("query", ["WHO", "@who", "WHO Kazakhstan", "title:WHO"])
def test_an_abbreviation_that_is_a_word_is_none_in_a_headline_in_capitals_alone(query: str) -> None:
    shouted = "MINISTER SAYS WHO WILL PAY IN KAZAKHSTAN"
    assert _found(query, title=shouted, text="The minister told it in Kazakhstan.") == []
    assert "WHO" in _found(query.removeprefix("title:"), title=shouted, text="Kazakhstan and the WHO signed.")
    assert "WHO" in _found(query, title="WHO experts arrive in Kazakhstan")


@pytest.mark.parametrize(
    ("query", "title"), [("IFRC", "IFRC LAUNCHES APPEAL FOR FLOODS"), ("МЧС", "МЧС ПРЕДУПРЕЖДАЕТ О ПАВОДКАХ")]
)
def test_other_abbreviations_are_found_in_capitals(query: str, title: str) -> None:
    assert _found(query, title=title) == [query]
