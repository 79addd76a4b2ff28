"""One declaration for many of a kind, and several ways to the same news."""

from __future__ import annotations

import pytest

from news.source import ArticleRules, FeedSource, JsonSource, ListingSource, Paging
from tests.news.settings.packs import PACKS
from tests.news.settings.text import CONTACT, complaints, only_complaint, place_of, read

TEAMS = f"""{CONTACT}packs: []
sources:
  - id: team-{{host}}
    for:
      - {{host: kazakhstan, country: KZ, zone: Asia/Almaty, number: 130}}
      - {{host: kyrgyzstan, country: KG, zone: Asia/Bishkek, number: 134}}
    kind: json
    url: https://{{host}}.example/api
    country: "{{country}}"
    zone: "{{zone}}"
    publisher: Team of {{host}}
    body: {{lang: "{{language}}", filter: ["id:{{number}}"]}}
    languages: [ru, kk]
    fields: {{link: "https://{{host}}.example/{{id}}"}}
"""


def test_each_row_becomes_a_source_with_its_places_filled() -> None:
    sources = read(TEAMS).sources
    assert [source.id for source in sources] == [
        "team-kazakhstan-ru",
        "team-kazakhstan-kk",
        "team-kyrgyzstan-ru",
        "team-kyrgyzstan-kk",
    ]
    last = sources[-1]
    assert isinstance(last, JsonSource)
    assert (last.url, last.country, last.zone) == ("https://kyrgyzstan.example/api", "KG", "Asia/Bishkek")
    assert (last.publisher, last.family) == ("Team of kyrgyzstan", "team-kyrgyzstan")
    # What the reader fills is left to it.
    assert last.body == {"lang": "{language}", "filter": ["id:134"]}
    assert last.fields.link == "https://kyrgyzstan.example/{id}"


@pytest.mark.parametrize(
    ("right", "wrong", "part", "path", "says"),
    [
        ("country: KG", "country: kg", "kg", "for[2].country", "(found: kg)"),
        ("zone: Asia/Bishkek", "zone: Asia/Bishkec", "Asia/Bishkec", "for[2].zone", 'Did you mean "Asia/Bishkek"?'),
        ("number: 134", "nummer: 134", "nummer", "for[2].nummer", 'Did you mean "number"?'),
        ("number: 134", "number: [134]", "[134]", "for[2].number", "is a list where one text belongs"),
        ("number: 134", "number: true", "true", "for[2].number", "is read as yes or no"),
    ],
)
def test_a_fault_of_a_row_is_named_in_the_row(right: str, wrong: str, part: str, path: str, says: str) -> None:
    text = TEAMS.replace(right, wrong)
    complaint = only_complaint(text)
    assert (complaint.line, complaint.column) == place_of(text, part)
    assert complaint.path == f"sources[1].{path}"
    assert says in str(complaint)


def test_a_fault_of_the_declaration_is_named_once_however_many_rows_there_are() -> None:
    text = TEAMS.replace("languages: [ru, kk]", "languages: [ru, kk]\n    every: soon")
    assert only_complaint(text).path == "sources[1].every"


def test_a_place_that_a_row_leaves_empty_is_complained_about() -> None:
    text = TEAMS.replace("Team of {host}", "Team of {place}").replace("number: 130", "number: 130, place: Kazakhstan")
    complaint = only_complaint(text)
    assert complaint.problem == 'has a place "{place}" that nothing fills'
    assert (complaint.line, complaint.column) == place_of(text, "id: team-")


@pytest.mark.parametrize(
    ("around", "says"),
    [
        ("for: {host: a}", "is not a list"),
        ("for: [a]", "is not a section"),
        ("instead: [a]", "is not a section"),
        ("needs: {a: b}", "is not a list"),
        ("instead: {url: x}", "is not a list"),
    ],
)
def test_what_stands_around_a_source_has_its_form(around: str, says: str) -> None:
    text = f"{CONTACT}sources:\n  - {{id: a, kind: feed, url: 'https://a.example/', publisher: A, {around}}}\n"
    complaint = only_complaint(text)
    assert complaint.path.startswith(f"sources[1].{around.partition(':')[0]}")
    assert says in complaint.problem


def test_an_alternative_says_only_what_differs() -> None:
    _, _, istanbul, _ = read(CONTACT, catalogue=PACKS).sources
    listing, feed = istanbul.alternatives
    assert isinstance(istanbul, ListingSource)
    assert isinstance(listing, ListingSource)
    assert isinstance(feed, FeedSource)
    assert {istanbul.id, listing.id, feed.id} == {"mission-istanbul"}
    assert {istanbul.publisher, listing.publisher, feed.publisher} == {"Mission in Istanbul"}
    assert (listing.url, feed.url) == ("https://old.office.example/istanbul", "https://office.example/istanbul.rss")
    assert listing.links == istanbul.links
    assert (listing.articles, feed.articles) == (ArticleRules(title=("h1",), body=(".text",)), None)
    # Further pages lie where the first one does.
    assert istanbul.paging == Paging(url="https://istanbul.office.example/news?p={page}")
    assert (listing.paging, feed.paging) == (None, None)
    assert listing.alternatives == ()


def test_a_way_that_needs_a_value_is_left_out_until_a_row_gives_it() -> None:
    (without,) = read(f"{CONTACT}packs: [archives]\n", catalogue=PACKS).sources
    assert (without.kind, without.url, without.alternatives) == ("feed", "https://archive.example/rss", ())
    text = f"{CONTACT}packs: []\nsources:\n  - {{use: archive, for: [{{appname: example-org}}]}}\n"
    (given,) = read(text, catalogue=PACKS).sources
    assert (given.kind, given.url) == ("json", "https://api.archive.example/?appname=example-org")
    assert [way.url for way in given.alternatives] == ["https://archive.example/rss"]


OFFICE = """
  - id: office
    kind: feed
    url: https://office.example/{language}.rss
    languages: [ru, kk, en]
    publisher: Office
    instead:
"""


@pytest.mark.parametrize(
    ("alternative", "languages"),
    [
        ("{url: 'https://b.example/{language}'}", ["ru", "kk", "en"]),
        ("{url: 'https://b.example/', language: ru}", ["ru"]),
        ("{url: 'https://b.example/{language}', languages: [kk, en]}", ["kk", "en"]),
    ],
)
def test_an_alternative_of_some_languages_is_one_for_these_alone(alternative: str, languages: list[str]) -> None:
    sources = read(f"{CONTACT}sources:{OFFICE}      - {alternative}\n").sources
    assert [source.language for source in sources if source.alternatives] == languages
    assert {way.language == source.language for source in sources for way in source.alternatives} == {True}
    assert {way.name == source.name for source in sources for way in source.alternatives} == {True}


@pytest.mark.parametrize(
    ("alternative", "part", "says"),
    [
        ("{url: b.example}", "b.example", "is not a web address"),
        ("{url: 'https://b.example/'}", "{url: 'https://b.", "has languages but no place for them"),
        ("{kind: listing, url: 'https://b.example/{language}'}", "{kind: listing", "every link of the page"),
        ("{kind: fed}", "fed", 'Did you mean "feed"?'),
        ("{id: other}", "id: other", "cannot differ from way to way"),
        ("{every: 1 h}", "every: 1", "cannot differ from way to way"),
        ("{instead: []}", "instead: []", "cannot differ from way to way"),
        ("{tgas: a}", "tgas", 'Did you mean "tags"?'),
    ],
)
def test_a_fault_of_an_alternative_is_named_there(alternative: str, part: str, says: str) -> None:
    text = f"{CONTACT}sources:{OFFICE}      - {alternative}\n"
    complaint = complaints(text)[-1]
    assert (complaint.line, complaint.column) == place_of(text, part)
    assert says in str(complaint)
