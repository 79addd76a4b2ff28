"""Language versions of one release: what one says and the other does not, and which is awaited."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from news.changes.editions import awaited, expected_languages, lacking, usual_delays
from news.item import Item
from news.source import FeedSource
from tests.storage.samples import an_item

NOW = datetime(2024, 3, 8, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def edition(number: int, language: str, text: str) -> Item:
    """The release in one language."""
    return an_item("Title", language=language, text=text, id=number)


def test_figures_and_persons_that_an_edition_lacks_are_named_in_both_directions() -> None:
    english = edition(1, "en", "Murat Nurtleu met 1,250 volunteers in two regions. The budget is 1.5 million.")
    russian = edition(
        2, "ru", "Мурат Нуртлеу и Кайрат Абдрахманов встретились с 1 250 волонтёрами. Бюджет 1,5 млн, из них 340 тысяч."
    )
    found = {(one.language, one.has): (one.figures, one.persons) for one in lacking([english, russian])}
    assert found == {("en", "ru"): (("340000",), ("Кайрат Абдрахманов",))}


def test_small_numbers_hours_and_editions_without_text_are_no_difference() -> None:
    english = edition(1, "en", "Three centres open at 14:05 on 7 March 2024.")
    russian = edition(2, "ru", "7 марта 2024 года открываются 3 центра.")
    assert lacking([english, russian, edition(3, "kk", "")]) == ()


def test_which_languages_are_expected_follows_from_the_publishers_sources_of_one_family() -> None:
    sources = [
        FeedSource(id=f"mfa-{language}", url="https://x.example", publisher="MFA", language=language, family=family)
        for language, family in (("ru", "gov.kz"), ("kk", "gov.kz"), ("en", "gov.kz"), ("fr", "elsewhere"))
    ]
    sources.append(
        FeedSource(id="emer-ru", url="https://x.example", publisher="Emergencies", language="ru", family="gov.kz")
    )
    assert expected_languages(an_item(source="mfa-ru"), sources) == {"ru", "kk", "en"}
    assert expected_languages(an_item(source="emer-ru"), sources) == {"ru"}
    assert expected_languages(an_item(source="nobody"), sources) == frozenset()


def test_an_edition_is_late_after_a_day_or_after_its_usual_delay_if_that_is_longer() -> None:
    seen = {"ru": NOW - 30 * HOUR, "en": NOW - 28 * HOUR}
    (kazakh,) = awaited(seen, {"ru", "kk", "en"}, usual={}, now=NOW)
    assert (kazakh.language, kazakh.since, kazakh.late, kazakh.usual) == ("kk", NOW - 30 * HOUR, True, None)
    assert not awaited(seen, {"kk"}, usual={"kk": 48 * HOUR}, now=NOW)[0].late
    assert not awaited(seen, {"kk"}, usual={"kk": HOUR}, now=NOW - 10 * HOUR)[0].late
    assert awaited(seen, {"ru", "en"}, usual={}, now=NOW) == ()


def test_the_usual_delay_is_the_median_of_enough_releases() -> None:
    releases = [{"ru": NOW, "kk": NOW + hours * HOUR} for hours in (1, 2, 20, 22, 900)]
    assert usual_delays(releases) == {"ru": timedelta(), "kk": 20 * HOUR}
    assert usual_delays([*releases[:4], {"kk": NOW}]) == {}
