from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files
from urllib.parse import urlsplit

import pytest

from ui.demo.samples import CONTENT_FILES, MARKS, Sample, samples

# Kazakh texts are told by letters that Russian does not have.
_KAZAKH = re.compile("[әіңғүұқөһ]", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def usable(turn: int) -> list[Sample]:
    return [sample for sample in samples(turn) if sample.title and sample.linked]


def test_some_sixty_items_in_three_languages_are_shown_in_the_first_round() -> None:
    counts = Counter(sample.language for sample in usable(1))

    assert counts == {"en": 22, "ru": 22, "kk": 12, "kk-latn": 1}


def test_the_second_round_adds_items_and_takes_none_away() -> None:
    first, second = ({(sample.id, sample.language) for sample in samples(turn)} for turn in (1, 2))

    assert first < second
    assert second - first == {
        ("99000102", "en"),
        ("99000108", "ru"),
        ("99000108", "kk"),
        ("99000205", "ru"),
        ("99000205", "kk"),
        ("1990108", "en"),
        ("990406", "en"),
        ("d0a105", "en"),
        ("900136", "en"),
    }


def test_the_second_round_corrects_one_item_in_headline_and_figure() -> None:
    first = {(sample.id, sample.language): sample for sample in samples(1)}
    corrected = [(first[key], sample) for sample in samples(2) if (key := (sample.id, sample.language)) in first]
    changed = [(before, after) for before, after in corrected if before != after]

    assert [(before.id, before.language) for before, _ in changed] == [("99000103", "en")]
    before, after = changed[0]
    assert "Cresent" in before.title
    assert "Crescent" in after.title
    assert "420 volunteers" in before.body
    assert "240 volunteers" in after.body


@pytest.mark.parametrize("turn", [1, 2])
def test_every_text_ends_with_the_mark_of_its_language(turn: int) -> None:
    for sample in samples(turn):
        if not sample.title:
            assert sample.lead == sample.body == ""
            continue
        last_line = re.sub(r"</?p>", "", (sample.body or sample.lead).splitlines()[-1])
        assert last_line == MARKS[sample.language], sample.id


@pytest.mark.parametrize("name", CONTENT_FILES)
def test_each_file_says_at_its_head_that_it_holds_samples(name: str) -> None:
    text = (files("ui.demo") / "content" / name).read_text(encoding="utf-8")

    assert text.startswith("# Sample items of the presswatch demo")
    assert "none of this happened" in text


def test_each_text_is_written_in_the_language_it_claims() -> None:
    for sample in usable(2):
        text = sample.title + (sample.body or sample.lead)
        marked_kazakh = len(_KAZAKH.findall(text)) > 10
        assert marked_kazakh == (sample.language == "kk"), sample.id
        assert bool(_CYRILLIC.search(text)) == (sample.language not in ("en", "kk-latn")), sample.id


def test_a_story_tells_the_same_figures_in_every_language() -> None:
    numbers: dict[str, dict[str, list[str]]] = {}
    for sample in samples(2):
        text = re.sub(r"&#?\w+;", " ", f"{sample.title} {sample.body or sample.lead}").replace("1,500", "1 500")
        numbers.setdefault(sample.id, {})[sample.language] = sorted(re.findall(r"\d+(?:,\d+)?", text))

    assert numbers["99000103"] == {language: ["1", "240", "500"] for language in ("ru", "kk", "en")}
    assert numbers["99000201"]["ru"] == numbers["99000201"]["kk"]
    assert numbers["99000202"]["ru"] == numbers["99000202"]["kk"]
    assert numbers["99000205"]["ru"] == numbers["99000205"]["kk"]


def test_no_sample_carries_a_web_address_of_its_own() -> None:
    for sample in samples(2):
        found = re.findall(r"https?://\S+", f"{sample.title} {sample.lead} {sample.body}")
        assert not [urlsplit(address).hostname for address in found], sample.id
