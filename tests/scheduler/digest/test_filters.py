from __future__ import annotations

from scheduler.digest.digest import Found, Why
from scheduler.digest.filters import reasons
from scheduler.digest.wording import wording

ENGLISH = wording("en")


def why(term: str, *forms: tuple[str, str]) -> Why:
    return Why(term=term, found=tuple(Found(form=form, language=tongue, fields=("text",)) for form, tongue in forms))


def test_a_name_within_a_longer_one_of_the_same_concept_is_not_told_twice() -> None:
    found = why("@flood", ("су тасқынына", "kk"), ("тасқынына", "kk"), ("паводку", "ru"))

    assert reasons([found], ENGLISH) == "@flood, found as су тасқынына (KK, text), паводку (RU, text)"


def test_a_word_is_no_part_of_a_longer_word_and_languages_stand_side_by_side() -> None:
    found = why("UN", ("UN", "en"), ("UNDP", "en"), ("UN", "ru"))

    assert reasons([found], ENGLISH) == "UN (EN, text), UN (RU, text), UNDP (EN, text)"


def test_of_many_forms_and_terms_the_rest_is_counted() -> None:
    many = why("@ifrc", *((f"form{n}", "en") for n in range(5)))

    assert reasons([many], ENGLISH).endswith("form2 (EN, text), 2 more")
    assert reasons([why(f"term{n}", (f"term{n}", "en")) for n in range(8)], ENGLISH).endswith("; and 2 more terms")
