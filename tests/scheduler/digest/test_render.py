from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from news.message import Message
from news.story import Relation
from scheduler.digest.calendar import instant_slot
from scheduler.digest.compose import compose
from scheduler.digest.coverage import Coverage, coverage
from scheduler.digest.digest import Digest
from scheduler.digest.render import HTML_LIMIT, render
from storage import ToldMatch
from tests.scheduler.digest.samples import (
    AGENCY_KK,
    CRESCENT,
    MEDIA,
    MFA_EN,
    MFA_RU,
    NOW,
    READER,
    SINCE,
    SLOT,
    SOURCES,
    WATER,
    covered,
    item,
    thinly_covered,
    told,
)


def drawn(digest: Digest) -> Message:
    """The message of a digest that example.org sends."""
    return render(digest, domain="example.org")


def shown(*matches: ToldMatch, covering: Coverage | None = None, sample: bool = False) -> Message:
    digest = compose(
        READER, matches, covering or covered(), slot=SLOT, now=NOW, sources=SOURCES, watches=["Own name"], sample=sample
    )
    assert digest is not None
    return drawn(digest)


def test_the_text_part_reads_like_the_form_that_was_aimed_at() -> None:
    english = item(
        1,
        "Envoy and UNDRR discuss early warning",
        text="The sides agreed to cooperate more closely in such areas as early warning of natural disasters.",
        published=datetime(2024, 3, 7, 10, 20, tzinfo=UTC),
    )
    russian = item(2, "О системах раннего предупреждения", MFA_RU, published=datetime(2024, 3, 7, 9, 5, tzinfo=UTC))
    kazakh = item(3, "Ерте ескерту жүйелері", AGENCY_KK, published=date(2024, 3, 7))
    message = shown(
        told(1, english, story=1, terms=["UNDRR"]),
        told(2, english, story=1, terms=["early warning"]),
        told(
            3, russian, story=1, terms=["раннего предупреждения"], term="early warning", relation=Relation.TRANSLATION
        ),
        told(4, kazakh, story=1, relation=Relation.SAME),
        covering=thinly_covered(),
    )
    assert message.subject == "1 story: Envoy and UNDRR discuss early warning - Fri 8 Mar"
    assert message.text == (
        """\
Central Asia desk, morning digest. Thu 7 Mar 08:00 to Fri 8 Mar 08:00,
Almaty
1 story from 3 items in 3 languages. 3 of 5 sources read.
Public holiday in Kazakhstan today: a thin day is expected.

UNDRR AND EARLY WARNING: 1 story
1 Envoy and *UNDRR* discuss *early warning*
  OFFICIAL  MFA: RU 14:05, EN 15:20
  AGENCY    Agency: KK Thu (seen 20:00; reprint)
  "The sides agreed to cooperate more closely in such areas as *early
  warning* of natural disasters."
  Why: UNDRR (EN, title); early warning (EN, title and text), раннего
       предупреждения (RU, title)
  https://www.mfa-en.example/news/1

COVERAGE  3 of 5 sources read, the last one at 07:52. 21 new items in
this period; too early to say what is usual.
 ! UN News EN (last read Wed 08:00): the site does not let this reader
   in (403). What was published only there would be missed.
   We do not disguise ourselves; ask the site to let this reader in, or
   follow another source.
 ! Not read yet, no visit has ended so far: Daily.
 . MFA RU: did not answer in time, Fri 03:00 to 07:52; read again since.
 No hit: Own name.

Headlines, leads and times are the publishers' own; hours of Almaty.
"""
    )


def test_the_subject_of_several_stories_names_their_watches() -> None:
    message = shown(told(1, item(1, "a"), CRESCENT), told(2, item(2, "b"), WATER))
    assert message.subject == "2 stories: Red Crescent, Transboundary water - Fri 8 Mar"


def test_a_long_list_of_watches_is_counted_in_the_subject() -> None:
    matches = [
        told(number, item(number, "x"), replace(WATER, id=number, name=f"A watch with a long name {number}"))
        for number in range(1, 9)
    ]
    assert shown(*matches).subject == (
        "8 stories: A watch with a long name 1, A watch with a long name 2 and 6 more - Fri 8 Mar"
    )


@pytest.mark.parametrize("title", ["Қазақстан Қызыл Жарты Ай қоғамы", "Красный Полумесяц: «помощь» и щедрость"])
def test_a_headline_stands_in_the_subject_letter_for_letter(title: str) -> None:
    assert shown(told(1, item(1, title))).subject == f"1 story: {title} - Fri 8 Mar"


def test_p17_nothing_new_is_never_said_without_the_coverage() -> None:
    all_read, some_read = shown(), shown(covering=thinly_covered())
    none_read = shown(covering=coverage(SOURCES, {}, [], since=SINCE, now=NOW))
    assert all_read.subject == "Nothing new for your watches: 5 sources, all read - Fri 8 Mar"
    assert some_read.subject == "Nothing new for your watches in the 3 of 5 sources that were read - Fri 8 Mar"
    assert none_read.subject == 'No source could be read (0 of 5); that is not "no news" - Fri 8 Mar'
    for message, line in (
        (all_read, "All 5 sources read"),
        (some_read, "3 of 5 sources read"),
        (none_read, "None of 5"),
    ):
        for part in (message.text, message.html):
            assert line in part
            assert "Own name" in part
    assert "Nothing new" not in none_read.text + none_read.html


def test_p6_after_downtime_the_digest_names_period_and_gap() -> None:
    slot = replace(SLOT, since=datetime(2024, 3, 4, 3, tzinfo=UTC), missed=3)
    covering = replace(covered(), since=datetime(2024, 3, 4, 3, tzinfo=UTC))
    digest = compose(READER, [], covering, slot=slot, now=NOW, sources=SOURCES)
    assert digest is not None
    message = drawn(digest)
    assert "Mon 4 Mar 08:00 to Fri 8 Mar 08:00, Almaty" in " ".join(message.text.split())
    assert "also covers 3 digests that could not be made" in " ".join(message.text.split())
    assert "also covers 3 digests" in message.html


def test_a_day_without_an_hour_is_never_shown_as_midnight() -> None:
    message = shown(told(1, item(1, "x", MFA_EN, published=date(2024, 2, 23))))
    assert "EN 23 Feb (seen 20:00)" in message.text
    assert "00:00" not in message.text


def test_hours_are_the_readers_not_the_publishers() -> None:
    reader = replace(READER, schedule=replace(READER.schedule, zone="Europe/Zurich"))
    one = item(1, "x", MFA_EN, published=datetime(2024, 3, 7, 10, 20, tzinfo=UTC))
    digest = compose(reader, [told(1, one)], covered(), slot=SLOT, now=NOW, sources=SOURCES)
    assert digest is not None
    assert "EN 11:20" in drawn(digest).text


def test_a_sample_says_so_in_subject_and_head() -> None:
    message = shown(told(1, item(1, "Title")), sample=True)
    assert message.subject == "SAMPLE: 1 story: Title - Fri 8 Mar"
    assert message.text.startswith("SAMPLE: ")
    assert "<b>SAMPLE</b>" in message.html
    assert message.id != shown(told(1, item(1, "Title"))).id


def test_an_alert_is_called_one() -> None:
    digest = compose(READER, [told(1, item(1, "Title"))], covered(), slot=instant_slot(NOW), now=NOW, sources=SOURCES)
    assert digest is not None
    message = drawn(digest)
    assert message.subject.startswith("Alert: 1 story: Title")
    assert "Central Asia desk, alert" in message.text


def test_the_same_digest_is_the_same_message_and_another_slot_or_reader_is_another() -> None:
    digest = compose(READER, [], covered(), slot=SLOT, now=NOW, sources=SOURCES)
    assert digest is not None
    assert drawn(digest) == drawn(digest)
    others = [replace(digest, slot=replace(SLOT, name="2024-03-09")), replace(digest, recipient=replace(READER, id=2))]
    assert len({drawn(one).id for one in (digest, *others)}) == 3
    assert READER.address.partition("@")[0] not in drawn(digest).id


def test_no_part_loads_anything_from_anywhere() -> None:
    message = shown(told(1, item(1, "Title")), covering=thinly_covered())
    assert "<img" not in message.html
    assert "@import" not in message.html
    assert "<link" not in message.html
    assert re.findall(r'(?:href|src)="([^"]*)', message.html) == ["https://www.mfa-en.example/news/1"] * 3


def test_200_stories_stay_below_the_limit_and_every_one_is_counted() -> None:
    text = "Пресс-служба сообщает: вода в реке прибывает, население предупреждено, штаб работает круглосуточно. " * 4
    matches = [
        told(
            number,
            item(
                number,
                f"Министерство водных ресурсов сообщило о ходе паводка в области {number} и защите населения",
                MFA_RU,
                text=text,
                url=f"https://www.gov.example/memleket/entities/mfa/press/news/details/{number:0100}?lang=ru",
            ),
            (CRESCENT, WATER)[number % 2],
            terms=["вода", "паводка"],
            term="flood",
        )
        for number in range(1, 201)
    ]
    message = shown(*matches)
    assert len(message.html.encode()) <= HTML_LIMIT
    assert message.subject.startswith("200 stories: ")
    assert message.html.count("100 stories") == 2
    assert "further stories:" in message.text


def test_text_lines_keep_to_72_columns_unless_one_word_is_longer() -> None:
    matches = [
        told(number, item(number, f"A title of some length with many words {number} " * 3)) for number in range(1, 30)
    ]
    long_lines = [line for line in shown(*matches).text.splitlines() if len(line) > 72]
    assert long_lines == []


def test_media_told_without_language_or_time_say_only_what_is_known() -> None:
    assert "ONLY, no official text seen. Daily undated (seen 20:00)" in shown(told(1, item(1, "Water", MEDIA))).text
    assert "Daily" in shown(told(1, item(1, "Water", MFA_EN)), covering=thinly_covered()).html


def test_a_card_of_which_only_the_headline_is_known_says_so_and_why() -> None:
    message = shown(told(1, replace(item(1, "Water levels rise"), unread="challenge_page"), WATER))
    line = "Headline only: its page could not be read (challenge page)."
    assert line in message.text
    assert line in message.html
    assert "Headline only" not in shown(told(1, item(1, "Water levels rise"), WATER)).text
