"""Packs of the catalogue are read as they stand, changed with `use`, or left out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from news.settings import PackLabel, pack_labels
from news.source import AnySource, FeedSource, JsonSource
from tests.news.settings.packs import OFFICES, PACKS
from tests.news.settings.text import CONTACT, FEED, complaints, only_complaint, place_of, read

OF_THE_OFFICE = ["office-ru", "office-kk", "mission-istanbul", "mission-hanoi"]


def sources(text: str) -> dict[str, AnySource]:
    """The sources by id, in their order."""
    return {source.id: source for source in read(CONTACT + text, catalogue=PACKS).sources}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", OF_THE_OFFICE),
        ("packs:\n", OF_THE_OFFICE),
        ("packs: []\n", []),
        ("packs: archives\n", ["archive"]),
        ("packs: [archives, offices]\n", ["archive", *OF_THE_OFFICE]),
        (f"packs: [archives]\nsources:\n{FEED}", ["archive", "one"]),
    ],
)
def test_packs_are_those_named_or_else_those_for_everybody(text: str, ids: list[str]) -> None:
    assert list(sources(text)) == ids


def test_packs_have_labels() -> None:
    assert pack_labels(PACKS) == (
        PackLabel(name="archives", about="Archives for those who want them", default=False),
        PackLabel(name="offices", about="Offices of everybody", default=True),
    )


def test_a_source_says_where_it_comes_from() -> None:
    found = sources(f"sources:\n{FEED}")
    origins = {id: (source.pack, source.declared_as) for id, source in found.items()}
    assert origins["office-kk"] == ("offices", "office")
    assert origins["mission-hanoi"] == ("offices", "mission-city")
    assert origins["one"] == ("", "")
    assert {(way.pack, way.declared_as) for way in found["mission-hanoi"].alternatives} == {("offices", "mission-city")}


def test_use_changes_a_declaration_in_its_place() -> None:
    found = sources("sources:\n  - {use: office, every: 2 h, articles: {body: main}}\n")
    assert list(found) == OF_THE_OFFICE
    office = found["office-kk"]
    assert isinstance(office, JsonSource)
    assert (office.every, office.items, office.pack) == (timedelta(hours=2), "data", "offices")
    assert office.articles is not None
    assert (office.articles.body, office.articles.title) == (("main",), ())


@pytest.mark.parametrize("name", ["mission", "mission-city"])
def test_use_with_rows_of_ones_own_replaces_those_of_the_declaration(name: str) -> None:
    found = sources(
        f"sources:\n  - use: {name}\n    for: [{{city: busan, place: Busan}}, {{city: doha, place: Doha}}]\n"
    )
    assert list(found) == ["office-ru", "office-kk", "mission-busan", "mission-doha"]
    assert found["mission-busan"].publisher == "Mission in Busan"


def test_one_source_of_a_declaration_is_changed_alone() -> None:
    found = sources("sources:\n  - {use: mission-hanoi, enabled: false}\n  - {use: office-ru, every: 1 h}\n")
    assert sorted(found) == sorted(OF_THE_OFFICE)
    assert [id for id, source in found.items() if not source.enabled] == ["mission-hanoi"]
    assert [id for id, source in found.items() if source.every == timedelta(hours=1)] == ["office-ru"]
    assert found["office-ru"].name == "Office RU"


@pytest.mark.parametrize("last", [0, 1])
def test_a_change_of_one_source_stands_over_one_of_its_declaration(last: int) -> None:
    uses = ["  - {use: office-kk, enabled: false}\n", "  - {use: office, every: 1 h}\n"]
    found = sources(f"sources:\n{uses[1 - last]}{uses[last]}")
    changed = {id: (source.enabled, source.every) for id, source in found.items() if id.startswith("office")}
    hour = timedelta(hours=1)
    assert changed == {"office-ru": (True, hour), "office-kk": (False, hour)}


def test_use_takes_one_declaration_of_a_pack_that_is_not_read() -> None:
    assert list(sources("packs: []\nsources:\n  - use: mission-istanbul\n")) == ["mission-istanbul"]
    assert list(sources("sources:\n  - use: archive\n")) == [*OF_THE_OFFICE, "archive"]


def test_a_declaration_used_twice_is_there_twice() -> None:
    text = "packs: []\nsources:\n  - {use: office, id: a, languages: [kk]}\n  - {use: office, id: b, language: ru}\n"
    assert {id: source.language for id, source in sources(text).items()} == {"a-kk": "kk", "b": "ru"}


def test_a_place_that_no_text_holds_any_more_needs_no_value() -> None:
    text = "packs: []\nsources:\n  - {use: mission, publisher: Mission, for: [{city: busan}]}\n"
    assert list(sources(text)) == ["mission-busan"]


def test_a_new_address_does_not_keep_the_old_ones_further_pages() -> None:
    found = sources(
        "sources:\n  - {use: mission-hanoi, url: 'https://new.example/'}\n  - {use: office-kk, every: 1 h}\n"
    )
    assert (found["mission-hanoi"].paging, found["mission-istanbul"].paging is None) == (None, False)
    assert found["office-kk"].paging is not None


def test_use_may_change_the_way_in_and_leaves_what_only_the_old_one_knew() -> None:
    found = sources("sources:\n  - {use: office-kk, kind: feed, url: 'https://office.example/kk.rss'}\n")
    assert isinstance(found["office-ru"], JsonSource)
    feed = found["office-kk"]
    assert isinstance(feed, FeedSource)
    assert (feed.notices, feed.language, feed.family, feed.name) == (("Dear visitor",), "kk", "office", "Office KK")


@pytest.mark.parametrize(
    ("text", "part", "says"),
    [
        ("packs: [ofices]\n", "ofices", 'is not the name of a pack (found: ofices). Did you mean "offices"?'),
        ("packs: [archives, offices, archives]\n", "archives]", "stands here a second time"),
        ("packs: {}\n", "{}", "is not a list"),
        ("packs: [1]\n", "1]", "is read as a number"),
        ("sources:\n  - {use: ofice}\n", "ofice", 'Did you mean "office"?'),
        ("sources:\n  - {use: mision-hanoi}\n", "mision-hanoi", "is not the name of a declaration in the catalogue"),
        ("sources:\n  - {use: office, evry: 1 h}\n", "evry", 'Did you mean "every"?'),
        ("sources:\n  - {use: office, every: soon}\n", "soon", "is not a length of time"),
        ("sources:\n  - {use: mission-hanoi, for: []}\n", "for:", "Write use: mission-city to declare sources"),
        (
            "sources:\n  - {use: mission, for: [{city: busan}]}\n",
            "{city: busan}",
            "unfilled: place. Fill all, as here: {city: istanbul, place: Istanbul}",
        ),
        (
            "sources:\n  - {use: mission, for: [{ctiy: busan, place: Busan}]}\n",
            "ctiy",
            'Did you mean "city"? Possible here: city, place',
        ),
        ("sources:\n  - {use: archive, for: [{section: x}]}\n", "section", "Possible here: appname"),
        ("sources:\n  - {use: office, for: [{section: x}]}\n", "section", "has no places; take for out"),
        ("sources:\n  - use: office\n  - {use: 'office'}\n", "'office'", "the same source is read already"),
        ("sources:\n  - {use: office, matching: x}\n", "matching", "It belongs to kind: sitemap"),
        ("sources:\n  - {use: office, kind: feed}\n", "feed", "the one of the catalogue is for kind: json"),
        ("sources:\n  - {use: mission-hanoi, kind: feed}\n", "feed", "Write url: beside it, the address of the feed"),
        ("sources:\n  - {use: register}\n", "{use: register}", "Add for: [{number: ...}]"),
        ("sources:\n  - hello\n", "hello", "is not a section"),
        ("sources:\n  - {id: a}\n", "{id: a}", "or use: and the name of a declaration"),
    ],
)
def test_a_fault_of_ones_own_is_named_where_it_stands(text: str, part: str, says: str) -> None:
    text = CONTACT + text
    complaint = only_complaint(text, catalogue=PACKS)
    assert (complaint.file, complaint.line, complaint.column) == ("config.yaml", *place_of(text, part))
    assert says in str(complaint)


@pytest.mark.parametrize("id", ["office-kk", "mission-hanoi"])
def test_an_id_of_the_catalogue_is_not_taken_without_saying_so(id: str) -> None:
    text = f"{CONTACT}sources:\n{FEED.replace('one,', f'{id},')}"
    complaint = only_complaint(text, catalogue=PACKS)
    assert (complaint.line, complaint.column) == place_of(text, id)
    assert 'is the id of a source in the pack "offices"' in complaint.problem
    assert f"write use: {id} in place of id" in complaint.remedy
    # Of a pack that is not read it may be taken.
    assert [source.id for source in read(f"{text}packs: []\n", catalogue=PACKS).sources] == [id]


def test_a_fault_of_a_pack_names_the_file_of_the_pack() -> None:
    broken = OFFICES.replace("publisher: Office\n", "publisher: Office\n    standing: oficial\n")
    found = complaints(f"{CONTACT}watches:\n  - {{name: A}}\n", catalogue={"offices": broken})
    assert [(one.file, one.path) for one in found] == [
        ("config.yaml", "watches[1]"),
        ("news/catalogue/offices.yaml", "sources[1].standing"),
    ]
    assert (found[1].line, found[1].column) == place_of(broken, "oficial")
    # What is complained about once is not remembered for ever.
    assert len(complaints(f"{CONTACT}zone: x\n", catalogue={"offices": broken})) == 2
