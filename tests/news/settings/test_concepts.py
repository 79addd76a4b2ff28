"""A user's own concepts: read from config.yaml, complained about with their place."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from news.errors import Complaint
from news.lexicon import Concept, Name, shipped, with_own
from news.settings.concepts import ConceptEntry, make_concepts
from news.settings.document import read_document
from tests.news.settings.text import place_of

_ENTRIES = TypeAdapter(list[ConceptEntry])
SOCIETY = """\
concepts:
  - id: our_society
    names: {en: [Our Sample Society], ru: Наше образцовое общество}
    abbreviations:
      en: [OSS]
    old: {kk: [Үлгі қоғамы]}
    holders:
      - name: {en: Given Surname}
        from: 2020-01-01
        to: 2022-06-30
      - name: {en: Other Person}
        from: 2022-06-30
"""


def read(text: str) -> tuple[tuple[Concept, ...], list[Complaint]]:
    """The concepts of a text, and what is complained about."""
    document = read_document(text, file="config.yaml")
    entries = _ENTRIES.validate_python(document.data["concepts"])
    return make_concepts(dict(enumerate(entries)), document), document.complaints


def only_complaint(text: str) -> Complaint:
    """The complaint about a text with one fault."""
    (complaint,) = read(text)[1]
    return complaint


def test_a_concept_with_everything() -> None:
    (concept,), complaints = read(SOCIETY)
    assert complaints == []
    assert (concept.id, concept.kind, concept.languages) == ("our_society", "own", ("en", "ru", "kk"))
    assert concept.names == (
        Name(text="Our Sample Society", language="en", kind="name"),
        Name(text="Наше образцовое общество", language="ru", kind="name"),
        Name(text="OSS", language="en", kind="abbreviation"),
        Name(text="Үлгі қоғамы", language="kk", kind="old"),
    )
    assert [(holder.since, holder.until) for holder in concept.holders] == [
        (date(2020, 1, 1), date(2022, 6, 30)),
        (date(2022, 6, 30), None),
    ]


def test_it_is_found_and_replaces_a_shipped_one_of_its_id() -> None:
    concepts, _ = read("concepts: [{id: ifrc, names: {en: Sample Federation}}]\n")
    lexicon = with_own(shipped(), concepts)
    assert lexicon.by_text("sample federation") == concepts
    assert lexicon.by_text("IFRC") == ()


def test_quotation_marks_are_not_part_of_a_name() -> None:
    (concept,), _ = read("concepts: [{id: a, names: {ru: Фонд «Образец»}}]\n")
    assert concept.names[0].text == "Фонд Образец"


@pytest.mark.parametrize(
    ("text", "part", "path", "says"),
    [
        ("concepts: [{id: empty}]\n", "{id", "concepts[1]", "has no name"),
        ("concepts: [{id: a, names: {en: [Good, and]}}]\n", "and", "concepts[1].names.en[2]", "nearly every text"),
        ("concepts: [{id: a, names: {ru: —}}]\n", "—", "concepts[1].names.ru", "cannot be looked for"),
        (f"{SOCIETY}  - {{id: our_society, names: {{en: B}}}}\n", "our_society, n", "concepts[2].id", "id of another"),
        (SOCIETY.replace("Given Surname", "'...'"), "'...'", "concepts[1].holders[1].name.en", "cannot be looked for"),
        (SOCIETY.replace("to: 2022", "to: 2019"), "2019-06-30", "concepts[1].holders[1].to", "before the first day"),
        (SOCIETY.replace("from: 2022", "from: 2021"), "2021-06-30", "concepts[1].holders[2].from", "above has left"),
    ],
)
def test_what_cannot_be_used_is_complained_about_at_its_place(text: str, part: str, path: str, says: str) -> None:
    complaints = read(text)[1]
    complaint = complaints[0]
    assert (complaint.path, complaint.line, complaint.column) == (path, *place_of(text, part))
    assert says in str(complaint)


def test_a_holder_without_a_last_day_must_be_the_last() -> None:
    complaint = only_complaint(SOCIETY.replace("        to: 2022-06-30\n", ""))
    assert complaint.path == "concepts[1].holders[2].from"


def test_a_holder_without_a_name_is_nobody() -> None:
    text = "concepts: [{id: a, names: {en: Sample Head}, holders: [{name: {}}]}]\n"
    assert only_complaint(text).problem == "names nobody"


@pytest.mark.parametrize("written", ["yesterday", "20240307", "2024-02-30", "07.03.2024", "2024-W10-4", 2024])
def test_a_day_is_written_in_one_way(written: object) -> None:
    row = {"id": "a", "names": {"en": "B"}, "holders": [{"name": {"en": "C D"}, "from": written}]}
    with pytest.raises(ValidationError, match="is not a day"):
        ConceptEntry.model_validate(row)


@pytest.mark.parametrize("id", ["Our", "our society", "our-society", "_our", "our__society", "наше", "1st", ""])
def test_an_id_is_small_letters_digits_and_underscores(id: str) -> None:
    with pytest.raises(ValidationError, match="pattern"):
        ConceptEntry.model_validate({"id": id, "names": {"en": "B"}})


def test_unknown_languages_and_keys_are_refused() -> None:
    for row in ({"id": "a", "names": {"fr": "B"}}, {"id": "a", "name": {"en": "B"}}):
        with pytest.raises(ValidationError, match="not permitted"):
            ConceptEntry.model_validate(row)
