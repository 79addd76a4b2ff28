"""The words of each language: all there, with the same places to fill in, plural forms as CLDR has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from string import Formatter

import pytest

from news.changes import What
from news.health import Health, SignKind
from news.source import Standing
from news.visit import Reason
from scheduler.digest.calendar import SlotKind
from scheduler.digest.render import render
from scheduler.digest.subject import subject
from scheduler.digest.when import day_alone, short_day
from scheduler.digest.wording import ENGLISH, WORDINGS, Wording
from tests.scheduler.digest.rich import LINKS, NAMES, rich
from tests.scheduler.digest.samples import NOW

LANGUAGES = sorted(WORDINGS)
Phrase = str | Mapping[str, str]


def places(phrase: Phrase) -> set[str]:
    """The places to fill in, of all forms together."""
    forms = [phrase] if isinstance(phrase, str) else phrase.values()
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


def phrases(words: Wording) -> Iterator[tuple[str, Phrase]]:
    """Everything that a language says, each with a name."""
    yield from words.phrases.items()
    for field in fields(Wording):
        table = getattr(words, field.name)
        if field.name in ("phrases", "troubles") or not isinstance(table, Mapping):
            continue
        for key, phrase in table.items():
            yield f"{field.name} {key}", phrase
    for reason, trouble in words.troubles.items():
        for name in ("brief", "happened", "remedy"):
            yield f"{name} {reason}", getattr(trouble, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_there_with_the_same_places(language: str) -> None:
    theirs, ours = dict(phrases(WORDINGS[language])), dict(phrases(ENGLISH))
    assert theirs.keys() == ours.keys()
    assert {key: places(phrase) for key, phrase in theirs.items()} == {key: places(one) for key, one in ours.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_state_and_standing_has_its_word(language: str) -> None:
    words = WORDINGS[language]
    assert set(words.troubles) == set(Reason)
    assert set(words.states) == set(Health)
    assert set(words.standings) == set(Standing)
    assert set(words.parts) == set(What)
    assert set(words.signs) == set(words.sign_remedies) == set(SignKind)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SlotKind)
def test_every_kind_of_digest_has_a_title(kind: SlotKind, language: str) -> None:
    digest = rich(language)
    message = render(replace(digest, slot=replace(digest.slot, kind=kind)), domain="example.org")
    assert message.text.startswith(NAMES[language][0])


def test_plurals_are_those_of_each_language() -> None:
    russian = [WORDINGS["ru"].count(number, "stories") for number in (1, 2, 5, 11, 21, 1104)]
    assert russian == ["1 сюжет", "2 сюжета", "5 сюжетов", "11 сюжетов", "21 сюжет", "1\u00a0104 сюжета"]
    assert [WORDINGS["kk"].count(number, "stories") for number in (1, 5)] == ["1 жаңалық", "5 жаңалық"]
    assert [ENGLISH.count(number, "stories") for number in (0, 1, 2000)] == ["0 stories", "1 story", "2,000 stories"]
    assert WORDINGS["ru"].say("read_some", n=21, read=20) == "Прочитано 20 из 21 источника"


def test_days_and_cities_are_written_as_each_language_does() -> None:
    days = {name: short_day(NOW, "Asia/Almaty", words) for name, words in WORDINGS.items()}
    assert days == {"en": "Fri 8 Mar", "kk": "8 наурыз, жм", "ru": "пт, 8 марта"}
    long_ago = NOW.replace(year=2022, month=12)
    assert day_alone(long_ago, "Asia/Almaty", NOW, WORDINGS["kk"]) == "8 желтоқсан 2022"
    assert {words.city("Asia/Qyzylorda") for words in WORDINGS.values()} == {"Qyzylorda", "Қызылорда", "Кызылорда"}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_no_english_word_is_left_in_a_digest_of_another_language(language: str) -> None:
    message = render(rich(language, sample=True), domain="example.org", links=LINKS)
    visible = re.sub(r"<style.*?</style>|<[^>]+>|&nbsp;|https?://\S+", " ", message.html, flags=re.DOTALL)
    left = re.sub(r"https?://\S+", " ", f"{message.subject}\n{message.text}\n{visible}")
    # The news itself, publishers' names, labels of languages, commands and settings.
    news = (
        *("Regional flood appeal", "Head of the Centre receives a delegation", "Programme of the visit", "Programme"),
        *(
            "highlighted Kaha Imnadze",
            "highlighted Kakha Imnadze",
            "Natalia Alonso Cano",
            "Natalia Kano",
            "UN News",
            "Minutes",
        ),
        *("The next meeting is to be held in autumn.", "EMBARGOED until 8 March, 08:00 GMT", "Own name", "@undrr"),
        *("Kazakhstan Red Crescent Society; flood", "@red_crescent_kz", "mfa.example", "mfa-en.example", "qz.example"),
        *("presswatch source test", "presswatch source backfill", "presswatch item show", "presswatch doctor"),
        *("config.yaml", "presswatch", "url"),
    )
    left = " ".join(left.replace("*", "").split())
    for known in news:
        left = left.replace(known, " ")
    allowed = {"EN", "RU", "KK", "MFA", "Kazinform", "Daily", "DPPA", "S0", "S1", "S2", "S3", "flood"}
    assert set(re.findall(r"[A-Za-z][A-Za-z0-9]*", left)) <= allowed


@pytest.mark.parametrize(("language", "told"), [("en", "3 stories"), ("ru", "3 сюжета"), ("kk", "3 жаңалық")])
def test_the_subject_says_the_news_and_what_changed(language: str, told: str) -> None:
    digest = rich(language)
    digest = replace(
        digest, groups=tuple(replace(one, cards=one.cards[:1]) for one in digest.groups), revised=digest.revised[:1]
    )
    changed = {"en": "UNRCCA (changed)", "ru": "РЦПДЦА (изменено)", "kk": "БҰҰ аймақтық орталығы (өзгерді)"}
    line = subject(digest)
    assert line.startswith(f"{told}: {NAMES[language][1]}, {NAMES[language][2]}")
    assert line.endswith(short_day(NOW, "Asia/Almaty", WORDINGS[language]))
    if language == "en":
        assert line == f"3 stories: UNDRR and early warning, Red Crescent, {changed[language]} - Fri 8 Mar"


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_of_the_text_keep_to_their_width(language: str) -> None:
    text = render(rich(language), domain="example.org", links=LINKS).text
    assert [line for line in text.splitlines() if len(line) > 72 and "https://" not in line] == []
