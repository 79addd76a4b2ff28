"""A declaration becomes one source, or one for each of its languages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from news.source import Clock, FeedSource, JsonSource, Quote, Standing
from tests.news.settings.text import CONTACT, complaints, only_complaint, read

PORTAL = f"""{CONTACT}sources:
  - id: mfa
    kind: json
    url: https://portal.example/{{language}}/graphql
    family: portal.example
    languages: [ru, kk, en]
    publisher: Ministry
    standing: official
    quote: full
    clock: day
    every: 20 min
    headers: {{Accept-Language: "{{language}}"}}
    body: {{query: "q($l)", variables: {{l: "{{language}}", n: 20}}}}
    items: data.news
    errors: errors
    base: https://portal.example
    fields: {{link: "https://portal.example/{{id}}?lang={{language}}", html: body, published: created_date}}
"""


def test_a_json_source_with_languages_becomes_one_source_a_language() -> None:
    sources = read(PORTAL).sources
    assert [source.id for source in sources] == ["mfa-ru", "mfa-kk", "mfa-en"]
    assert {source.family for source in sources} == {"portal.example"}
    kazakh = sources[1]
    assert isinstance(kazakh, JsonSource)
    assert (kazakh.language, kazakh.url, kazakh.title) == ("kk", "https://portal.example/kk/graphql", "Ministry KK")
    assert (kazakh.standing, kazakh.quote, kazakh.clock) == (Standing.OFFICIAL, Quote.FULL, Clock.DAY)
    assert (kazakh.method, kazakh.every, kazakh.items) == ("POST", timedelta(minutes=20), "data.news")
    # The reader puts the language in here, for each request.
    assert kazakh.headers == {"Accept-Language": "{language}"}
    assert kazakh.body == {"query": "q($l)", "variables": {"l": "{language}", "n": 20}}
    assert kazakh.fields.link == "https://portal.example/{id}?lang={language}"


def test_without_a_family_the_id_is_the_family() -> None:
    assert {one.family for one in read(PORTAL.replace("    family: portal.example\n", "")).sources} == {"mfa"}


def test_a_feed_with_languages_in_its_address_is_expanded_too() -> None:
    text = (
        f"{CONTACT}sources:\n"
        "  - {id: un, kind: feed, publisher: UN, name: UN News, languages: [en, ru], url: 'https://un.example/{language}/rss'}\n"
    )
    english, russian = read(text).sources
    assert isinstance(russian, FeedSource)
    assert (english.url, russian.url) == ("https://un.example/en/rss", "https://un.example/ru/rss")
    assert (russian.id, russian.family, russian.title, russian.language) == ("un-ru", "un", "UN News RU", "ru")


def test_a_json_source_without_a_body_is_asked_by_get_and_starts_links_at_its_own_address() -> None:
    text = f"{CONTACT}sources:\n  - {{id: a, kind: json, publisher: A, url: https://a.example/news}}\n"
    (source,) = read(text).sources
    assert isinstance(source, JsonSource)
    assert (source.method, source.body, source.base, source.native_scope) == ("GET", {}, "https://a.example/news", "a")


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ("kind: feed, languages: [ru, kk]", "has languages but no place for them"),
        ("kind: json, languages: [ru, ru], headers: {L: '{language}'}", "names a language twice"),
        ("kind: json, languages: [ru], language: ru", "has both language and languages"),
        ("kind: json, body: {a: 1}, method: GET", "has a body but the method GET"),
    ],
)
def test_declarations_that_contradict_themselves_are_refused(keys: str, says: str) -> None:
    complaint = only_complaint(f"{CONTACT}sources:\n  - {{id: a, publisher: A, url: https://a.example/, {keys}}}\n")
    assert (complaint.line, complaint.column, complaint.path) == (3, 5, "sources[1]")
    assert complaint.problem == says


def test_a_place_for_the_language_needs_a_language() -> None:
    text = f"{CONTACT}sources:\n  - {{id: a, kind: feed, publisher: A, url: 'https://a.example/{{language}}'}}\n"
    assert "no languages" in only_complaint(text).problem
    (source,) = read(text.replace("publisher: A", "publisher: A, language: ru")).sources
    assert (source.id, source.url) == ("a", "https://a.example/ru")


@pytest.mark.parametrize("link", ["https://a.example/{id", "https://a.example/{}", "https://a.example/{0}"])
def test_a_link_whose_places_cannot_be_read_is_refused(link: str) -> None:
    source = f"id: a, kind: json, publisher: A, url: https://a.example/, fields: {{link: '{link}'}}"
    text = f"{CONTACT}sources:\n  - {{{source}}}\n"
    complaint = only_complaint(text)
    assert (complaint.line, complaint.path) == (3, "sources[1].fields")
    assert "{field}" in complaint.remedy


def test_an_id_that_another_declaration_expands_to_is_refused() -> None:
    text = f"{PORTAL}  - {{id: mfa-kk, kind: feed, publisher: A, url: https://a.example/}}\n"
    (complaint,) = complaints(text)
    assert (complaint.line, complaint.found) == (19, "mfa-kk")
