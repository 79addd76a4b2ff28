"""The form of a row: what its marks mean, and that a slip in a file is refused instead of ignored."""

from __future__ import annotations

import pytest

from news.lexicon.read import read_concepts
from news.lexicon.spelling import spellings


def sure_names(text: str) -> dict[str, bool]:
    """Each name of the only row of a text, and whether it is sure."""
    (concept,) = read_concepts(text, kind="organisation")
    return {name.text: name.sure for name in concept.names}


def test_a_row_without_marks_is_sure() -> None:
    assert sure_names('[a]\nnames.en = ["Body"]\nnames.ru = "Орган"\nabbreviations.kk = ["ОРГ"]\n') == {
        "Body": True,
        "Орган": True,
        "ОРГ": True,
    }


@pytest.mark.parametrize("mark", ["unverified", "ambiguous"])
def test_a_marked_name_is_not_sure(mark: str) -> None:
    assert sure_names(f'[a]\nnames.en = ["Body", {{text = "Thing", {mark} = true}}]\n') == {
        "Body": True,
        "Thing": False,
    }


def test_an_unverified_row_has_no_sure_name() -> None:
    (concept,) = read_concepts('[a]\nunverified = true\nnames.en = ["Body"]\n', kind="place")
    assert (concept.unverified, concept.kind, concept.languages) == (True, "place", ())


def test_a_body_that_every_country_has_is_sure_with_its_country_only() -> None:
    names = sure_names('[a]\ncountry = "kz"\nnames.ru = ["Минздрав"]\nabbreviations.kk = ["СІМ"]\n')
    assert names["Минздрав"] is names["СІМ"] is False
    assert names["Минздрав РК"] is names["Минздрав Казахстана"] is names["ҚР СІМ"] is True


def test_a_name_that_stands_alone_needs_no_country() -> None:
    text = '[a]\ncountry = "kz"\nabbreviations.ru = [{text = "МЦРИАП", alone = true}]\n'
    assert sure_names(text) == {"МЦРИАП": True}


def test_an_unverified_name_is_not_made_sure_by_its_country() -> None:
    names = sure_names('[a]\ncountry = "kz"\nnames.kk = [{text = "Агенттігі", unverified = true}]\n')
    assert set(names.values()) == {False}
    assert "Қазақстан Агенттігі" in names


def test_an_unverified_holder_holds_nothing() -> None:
    text = (
        '[a]\nnames.en = ["Head"]\nholders = [{name = {en = "Given Surname"}, from = 2020-01-01, unverified = true}]\n'
    )
    (concept,) = read_concepts(text, kind="office")
    (holder,) = concept.holders
    assert holder.since is not None
    assert holder.held_on(holder.since)
    assert concept.holders_on(holder.since) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[a]\nname.en = ["Body"]\n', "name is no key here"),
        ('[a]\nnames.fr = ["Organe"]\n', "fr is no key here; known are en, kk, ru"),
        ('[a]\nnames.en = [{text = "Body", unsure = true}]\n', "unsure is no key here"),
        ('[a]\nnames.en = ["B"]\nholders = [{name = {en = "X Y"}, until = 2020-01-01}]\n', "until is no key here"),
        ('[a]\nnames.en = ["B"]\nholders = [{name = {en = "X Y"}, from = 2020-01-01T00:00:00}]\n', "is not a day"),
        ('[a]\nnames.en = ["B"]\nholders = [{name = {en = "X Y"}, from = "2020-01-01"}]\n', "is not a day"),
    ],
)
def test_a_slip_in_a_row_is_refused(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_concepts(text, kind="office")


def test_both_spellings_of_each_word() -> None:
    assert set(spellings("Labour Organization")) == {
        "Labour Organization",
        "Labor Organization",
        "Labour Organisation",
        "Labor Organisation",
    }
    assert set(spellings("security and co-operation")) == {"security and co-operation", "security and cooperation"}
    assert spellings("Red Crescent") == ("Red Crescent",)
