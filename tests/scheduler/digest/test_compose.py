from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from news.source import FeedSource, Quote
from news.story import Relation
from scheduler.digest.calendar import instant_slot
from scheduler.digest.compose import compose
from scheduler.digest.digest import Card, Digest, fold
from storage import ToldMatch
from tests.scheduler.digest.samples import (
    AGENCY_KK,
    CRESCENT,
    MEDIA,
    MFA_EN,
    MFA_RU,
    NOW,
    READER,
    SLOT,
    SOURCES,
    UN_EN,
    UNDRR,
    WATER,
    covered,
    item,
    told,
)

WATCHES = ["Red Crescent", "Own name"]
LONG = "Meetings were held on many matters. " * 20


def made(matches: Sequence[ToldMatch], *, sources: Sequence[FeedSource] = SOURCES) -> Digest:
    digest = compose(
        READER, matches, covered(), slot=SLOT, now=NOW, sources=sources, watches=["Red Crescent", "Own name"]
    )
    assert digest is not None
    return digest


def only_card(*matches: ToldMatch, sources: Sequence[FeedSource] = SOURCES) -> Card:
    ((card,),) = [group.cards for group in made(matches, sources=sources).groups]
    return card


def quoting(quote: Quote) -> list[FeedSource]:
    return [replace(MFA_EN, quote=quote)]


def test_items_of_one_story_are_one_card_with_its_headline_in_the_readers_language() -> None:
    russian = item(1, "Раннее предупреждение", MFA_RU, published=datetime(2024, 3, 7, 9, tzinfo=UTC))
    english = item(2, "Early warning discussed", MFA_EN, published=datetime(2024, 3, 7, 10, tzinfo=UTC))
    kazakh = item(3, "Ерте ескерту", AGENCY_KK)
    card = only_card(
        told(1, russian, story=9),
        told(2, english, story=9, terms=["Early warning"], relation=Relation.TRANSLATION),
        told(3, kazakh, story=9),
    )
    assert card.title.text == "Early warning discussed"
    assert card.url == english.url
    publishers = [(telling.publisher, [member.language for member in telling.members]) for telling in card.tellings]
    assert publishers == [("MFA", ["ru", "en"]), ("Agency", ["kk"])]


def test_a_story_that_several_watches_matched_stands_in_the_first_and_names_the_others() -> None:
    one = item(1, "Red Crescent and water")
    digest = made([told(2, one, WATER, terms=["water"]), told(1, one, CRESCENT, terms=["Red Crescent"])])
    (group,) = digest.groups
    (card,) = group.cards
    assert (group.watch, card.also_in) == ("Red Crescent", ("Transboundary water",))
    assert [why.term for why in card.why] == ["Red Crescent"]
    assert digest.match_ids == (1, 2)
    assert (digest.stories, digest.items, digest.languages) == (1, 1, ("en",))


def test_watches_without_a_hit_are_named() -> None:
    assert made([told(1, item(1, "x"), CRESCENT)]).quiet == ("Own name",)


def test_the_official_word_comes_first_then_what_more_publishers_tell_then_the_newest() -> None:
    early, late = datetime(2024, 3, 7, 6, tzinfo=UTC), datetime(2024, 3, 7, 18, tzinfo=UTC)
    digest = made(
        [
            told(1, item(1, "agency, late", AGENCY_KK, published=late)),
            told(2, item(2, "agency, early", AGENCY_KK, published=early)),
            told(3, item(3, "agency and media", AGENCY_KK, published=early), story=7),
            told(4, item(4, "media", MEDIA, published=early), story=7),
            told(5, item(5, "official", MFA_RU, published=early)),
        ]
    )
    cards = digest.groups[0].cards
    assert [card.title.text for card in cards] == ["official", "agency and media", "agency, late", "agency, early"]
    assert [card.number for card in cards] == [1, 2, 3, 4]


def test_the_same_matches_in_any_order_make_the_same_digest() -> None:
    matches = [
        told(number, item(number, f"Title {number}", SOURCES[number % 5]), (UNDRR, CRESCENT, WATER)[number % 3])
        for number in range(1, 40)
    ]
    digest = made(matches)
    for seed in range(5):
        Random(seed).shuffle(matches)
        assert made(matches) == digest


def test_items_without_a_story_stay_apart() -> None:
    assert made([told(1, item(1, "a"), story=0), told(2, item(2, "b"), story=0)]).stories == 2


def test_nothing_of_the_text_leaves_the_house_for_quote_headline() -> None:
    one = item(1, "Water", lead="A lead about water.", text="A text about water.")
    card = only_card(told(1, one, terms=["Water", "water"]), sources=quoting(Quote.HEADLINE))
    assert card.snippet is None
    assert card.title.marks == ((0, 5),)


def test_quote_lead_shows_the_lead_even_where_only_the_text_has_the_hit() -> None:
    one = item(1, "Title", lead="Only this may be quoted.", text="Only this may be quoted. The rest about water stays.")
    card = only_card(told(1, one, terms=["water"]), sources=quoting(Quote.LEAD))
    assert card.snippet is not None
    assert card.snippet.text == "Only this may be quoted."
    assert card.snippet.marks == ()
    assert [found.fields for why in card.why for found in why.found] == [("text",)]


def test_quote_full_shows_the_place_of_the_hit_cut_and_marked() -> None:
    one = item(1, "Title", text=f"{LONG}Then water was discussed. {LONG}")
    card = only_card(told(1, one, terms=["water"]), sources=quoting(Quote.FULL))
    assert card.snippet is not None
    shown = card.snippet.text
    assert [shown[start:end] for start, end in card.snippet.marks] == ["water"]
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) <= 300


def test_an_item_whose_source_is_gone_from_the_configuration_is_told_by_its_headline_alone() -> None:
    card = only_card(told(1, item(1, "Title", lead="A lead.")), sources=[])
    assert (card.title.text, card.snippet) == ("Title", None)


def test_credit_is_shown_where_a_source_asks_for_it() -> None:
    assert only_card(told(1, item(1, "Title", UN_EN))).credits == ("UN News / sample",)
    assert only_card(told(1, item(1, "Title", MFA_EN))).credits == ()


def test_why_names_term_form_language_and_place() -> None:
    english = item(1, "Early warning", lead="On early warning.")
    russian = item(2, "Раннего предупреждения", MFA_RU)
    card = only_card(
        told(1, english, story=5, terms=["Early warning", "early warning"], term="early warning"),
        told(2, russian, story=5, terms=["Раннего предупреждения"], term="early warning"),
    )
    (why,) = card.why
    assert [(found.form, found.language, found.fields) for found in why.found] == [
        ("Early warning", "en", ("title", "lead")),
        ("Раннего предупреждения", "ru", ("title",)),
    ]


def test_a_changed_item_is_counted_and_says_its_version() -> None:
    digest = made([told(1, item(1, "Title", version=2)), told(2, item(2, "Other"))])
    assert digest.changed == 1
    assert {card.title.text: card.version for card in digest.groups[0].cards} == {"Title": 2, "Other": 1}


def test_overlapping_hits_are_one_mark() -> None:
    one = item(1, "Red Crescent Society")
    card = only_card(told(1, one, terms=["Red Crescent", "Crescent Society", "Society"]))
    assert card.title.marks == ((0, 20),)


def test_times_sort_by_what_is_known() -> None:
    by_day = item(1, "day", MFA_RU, published=date(2024, 3, 7), seen_at=NOW - timedelta(hours=20))
    exact = item(2, "exact", MFA_EN, published=datetime(2024, 3, 7, 1, tzinfo=UTC))
    (telling,) = only_card(told(1, by_day, story=1), told(2, exact, story=1)).tellings
    assert [member.item for member in telling.members] == [2, 1]


def test_an_instant_slot_with_nothing_to_tell_makes_no_digest_and_a_daily_one_does() -> None:
    assert compose(READER, [], covered(), slot=instant_slot(NOW), now=NOW, sources=SOURCES) is None
    digest = compose(READER, [], covered(), slot=SLOT, now=NOW, sources=SOURCES)
    assert digest is not None
    assert digest.stories == 0


def test_folding_counts_everything_and_cuts_the_longest_watch_first() -> None:
    matches = [told(number, item(number, f"Flood {number}"), WATER) for number in range(1, 191)]
    matches += [told(number, item(number, f"Crescent {number}"), CRESCENT) for number in range(191, 201)]
    folded = fold(made(matches), full=60, listed=40)
    shapes = [(group.watch, len(group.cards), len(group.listed), group.unlisted) for group in folded.groups]
    assert shapes == [("Red Crescent", 10, 0, 0), ("Transboundary water", 50, 40, 100)]
    assert folded.stories == 200


def test_a_hit_in_a_text_that_begins_with_its_lead_is_marked_in_the_lead() -> None:
    one = item(1, "Title", lead="Talks about water.", text="Talks about water. And about water again.")
    match = told(1, one, terms=["water"])
    in_text = replace(match, hits=tuple(hit for hit in match.hits if hit.field == "text"))
    card = only_card(in_text, sources=quoting(Quote.LEAD))
    assert card.snippet is not None
    assert card.snippet.marks == ((12, 17),)


def test_a_hit_of_an_earlier_version_marks_nothing_in_the_present_one() -> None:
    match = told(1, item(1, "Water talks"), terms=["Water"])
    card = only_card(replace(match, item=item(1, "Talks on water", version=2)))
    assert card.title.marks == ()


def test_a_hit_of_an_earlier_version_is_no_reason_any_more() -> None:
    match = told(1, item(1, "Water talks", lead="Talks on water."), terms=["Water", "water"], term="water")
    (why,) = only_card(replace(match, item=item(1, "Talks", lead="Talks on water.", version=2))).why
    assert [(found.form, found.fields) for found in why.found] == [("water", ("lead",))]
    assert only_card(replace(match, item=item(1, "Talks", version=2))).why == ()
