from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from news.health import Norms
from news.item import Draft
from news.link import Link, Pending, PendingState
from news.source import FeedSource, ListingSource
from news.visit import Reason, Visit, VisitResult
from scheduler.digest.coverage import coverage
from scheduler.digest.vouching import vouching
from scheduler.digest.wording import ENGLISH, WORDINGS, wording
from tests.scheduler.digest.samples import (
    MEDIA,
    MFA_EN,
    MFA_RU,
    NOW,
    SINCE,
    SOURCES,
    UN_EN,
    covered,
    state,
    thinly_covered,
    visit,
)

MINUTE = timedelta(minutes=1)


def of(source: FeedSource, *visits: Visit, last_ok_at: datetime | None = None) -> tuple[str, ...]:
    """The words for one source with these visits, short, full and notes."""
    known = {source.id: state(visits[-1], last_ok_at=last_ok_at)} if visits else {}
    result = vouching(coverage([source], known, visits, since=SINCE, now=NOW), (), zone="Asia/Almaty", words=ENGLISH)
    return (result.short, result.full, *(note.text for note in result.notes))


def test_all_read() -> None:
    result = covered(new=7)
    assert (result.read, result.total, result.items, result.complete) == (5, 5, 35, True)
    assert result.last_read_at == NOW - 8 * MINUTE
    words = vouching(result, (), zone="Asia/Almaty", words=ENGLISH)
    assert words.full.startswith("All 5 sources read, the last one at 07:52. 35 new items in this period;")
    assert words.notes == ()


def test_a_source_that_fails_is_named_with_reason_remedy_and_since_when() -> None:
    result = thinly_covered()
    assert (result.read, result.total, result.complete) == (3, 5, False)
    words = vouching(result, ("Quiet watch",), zone="Asia/Almaty", words=ENGLISH)
    assert words.short == "3 of 5 sources read."
    refused, unread, recovered = words.notes
    assert refused.text.startswith("UN News EN (last read Wed 08:00): the site does not let this reader in (403).")
    assert "do not disguise" in refused.remedy
    assert "Daily" in unread.text
    assert [note.grave for note in words.notes] == [True, True, False]
    assert recovered.text == "MFA RU: did not answer in time, Fri 03:00 to 07:52; read again since."
    assert words.quiet == "No hit: Quiet watch."


@pytest.mark.parametrize("language", WORDINGS)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_and_a_remedy(reason: Reason, language: str) -> None:
    trouble = WORDINGS[language].troubles[reason]
    assert trouble.happened
    assert trouble.remedy.endswith(".")


def test_a_source_never_reached_is_not_counted_as_read() -> None:
    short, full, note = of(MFA_EN, visit(MFA_EN, NOW - MINUTE, reason=Reason.DNS))
    assert short == "The one source could not be read."
    assert 'That is not "no news".' in full
    assert "never read yet" in note


def test_nothing_read_is_said_to_be_no_no_news() -> None:
    result = coverage(SOURCES, {}, [], since=SINCE, now=NOW)
    words = vouching(result, (), zone="Asia/Almaty", words=ENGLISH)
    assert result.read == 0
    assert 'None of 5 sources could be read. That is not "no news".' in words.full
    assert len(words.notes) == 1


def test_an_empty_list_is_a_failure_with_its_own_words() -> None:
    empty = replace(visit(UN_EN, NOW - MINUTE), result=VisitResult.EMPTY)
    assert "its list was empty" in of(UN_EN, empty)[2]


def test_a_source_not_visited_in_the_period_is_not_counted_as_read() -> None:
    old = visit(MFA_EN, SINCE - 2 * timedelta(hours=1))
    result = coverage([MFA_EN], {MFA_EN.id: state(old)}, [], since=SINCE, now=NOW)
    assert (result.read, [source.id for source in result.stale]) == (0, ["mfa-en"])


def test_a_period_shorter_than_the_sources_own_pause_still_counts_its_last_visit() -> None:
    last = visit(MFA_EN, NOW - MFA_EN.every)
    result = coverage([MFA_EN], {MFA_EN.id: state(last)}, [last], since=NOW - MINUTE, now=NOW)
    assert result.complete


def test_a_source_that_is_switched_off_is_named_and_not_counted() -> None:
    off = replace(MEDIA, enabled=False)
    last = visit(MFA_RU, NOW - MINUTE)
    result = coverage([MFA_RU, off], {MFA_RU.id: state(last)}, [last], since=SINCE, now=NOW)
    assert (result.read, result.total) == (1, 1)
    words = vouching(result, (), zone="Asia/Almaty", words=ENGLISH)
    assert [note.text for note in words.notes] == ["Switched off: Daily."]


def test_no_source_at_all_is_not_complete() -> None:
    result = coverage([], {}, [], since=SINCE, now=NOW)
    assert not result.complete
    assert vouching(result, (), zone="Asia/Almaty", words=ENGLISH).short == "No source is switched on."


def test_sources_with_the_same_trouble_share_a_line() -> None:
    visits = [visit(source, NOW - MINUTE, reason=Reason.DNS) for source in SOURCES]
    result = coverage(SOURCES, {one.source: state(one) for one in visits}, visits, since=SINCE, now=NOW)
    (note,) = vouching(result, (), zone="Asia/Almaty", words=ENGLISH).notes
    assert note.text.count("never read yet") == 5
    assert "doctor" in note.remedy


def test_the_usual_volume_is_the_median_of_the_periods_before_without_the_first_visits() -> None:
    day = timedelta(days=1)
    volumes = [500, 90, 100, 130, 100]
    visits = [visit(MFA_EN, SINCE - (len(volumes) - back) * day + MINUTE, new=new) for back, new in enumerate(volumes)]
    recent = visit(MFA_EN, NOW - MINUTE, new=12)
    result = coverage([MFA_EN], {MFA_EN.id: state(recent)}, [*visits, recent], since=SINCE, now=NOW)
    assert (result.items, result.usual) == (12, 100)
    words = vouching(result, (), zone="Asia/Almaty", words=ENGLISH)
    assert "12 new items in this period; usual are 100." in words.full


def test_too_few_periods_call_nothing_usual() -> None:
    visits = [visit(MFA_EN, SINCE - timedelta(days=back), new=100) for back in range(1, 3)]
    assert coverage([MFA_EN], {}, visits, since=SINCE, now=NOW).usual is None


def test_a_language_without_words_of_its_own_gets_english() -> None:
    assert wording("ky") is ENGLISH


def an_article(number: int, reason: Reason | None, *, given_up: bool = True, title: str | None = None) -> Pending:
    name = f"Release {number}" if title is None else title
    return Pending(
        id=number,
        source=MFA_EN.id,
        link=Link(url=f"https://mfa.example/{number}", said=Draft(title=name)),
        found_at=SINCE,
        reason=reason.value if reason else "",
        state=PendingState.GIVEN_UP if given_up else PendingState.WAITING,
    )


def notes_on(*articles: Pending) -> list[tuple[str, bool]]:
    """What the digest tells of these articles of a source that was read, and whether it is grave."""
    last = visit(MFA_EN, NOW - MINUTE)
    listing = ListingSource(id=MFA_EN.id, url=MFA_EN.url, publisher=MFA_EN.publisher, language="en")
    result = coverage([listing, MFA_RU], {MFA_EN.id: state(last)}, [last], articles, since=SINCE, now=NOW)
    words = vouching(result, (), zone="Asia/Almaty", words=ENGLISH)
    return [(note.text, note.grave) for note in words.notes if "Not read yet" not in note.text]


def test_articles_that_were_given_up_are_named_with_their_reason() -> None:
    assert notes_on(an_article(1, Reason.NOT_FOUND), an_article(2, Reason.GONE)) == [
        ("2 articles of MFA EN could not be read: “Release 1” (404), “Release 2” (410).", True)
    ]


def test_of_articles_given_up_after_few_tries_none_is_said_to_have_been_tried_more_often() -> None:
    listing = ListingSource(id=MFA_EN.id, url=MFA_EN.url, publisher=MFA_EN.publisher)
    given_up = replace(an_article(1, Reason.NOT_FOUND), tries=2)
    result = coverage([listing], {}, [], [given_up], since=SINCE, now=NOW)
    *_, note = vouching(result, (), zone="Asia/Almaty", words=ENGLISH).notes
    assert note.remedy == "The site itself may show what is there."


@pytest.mark.parametrize(
    ("without", "told"),
    [
        ((0, 2), ["2 of 4 articles"]),
        ((1, 0), []),
        ((2, 2), ["4 of 4 articles"]),
    ],
)
def test_a_source_whose_articles_are_read_without_its_selectors_is_told(
    without: tuple[int, int], told: list[str]
) -> None:
    first = replace(visit(MFA_EN, NOW - 2 * MINUTE, new=3), oddities={"extractor": without[0], "headline_only": 1})
    last = replace(visit(MFA_EN, NOW - MINUTE, new=1), known=1, oddities={"extractor": without[1], "no_date": 2})
    before = replace(visit(MFA_EN, SINCE - MINUTE, new=9), oddities={"extractor": 9})
    result = coverage([MFA_EN], {MFA_EN.id: state(last)}, [before, first, last], since=SINCE, now=NOW)
    notes = vouching(result, (), zone="Asia/Almaty", words=ENGLISH).notes
    rest = "had to be read without the source's selectors; its pages may have changed."
    assert [note.text for note in notes] == [f"MFA EN: {count} {rest}" for count in told]


def test_of_two_articles_nothing_is_said_about_a_sources_pages() -> None:
    last = replace(visit(MFA_EN, NOW - MINUTE, new=2), oddities={"extractor": 2})
    assert coverage([MFA_EN], {MFA_EN.id: state(last)}, [last], since=SINCE, now=NOW).reshaped == ()


def test_articles_kept_as_their_list_told_them_are_told_apart_from_those_that_are_not() -> None:
    assert notes_on(an_article(1, Reason.NOT_FOUND), an_article(2, Reason.CHALLENGE)) == [
        ("1 article of MFA EN could not be read: “Release 1” (404).", True),
        ("Headline only, of 1 article of MFA EN: “Release 2” (challenge page).", True),
    ]


def test_of_many_articles_or_untitled_ones_the_reasons_are_counted() -> None:
    many = [an_article(number, Reason.NOT_FOUND) for number in range(3)] + [an_article(4, Reason.GONE)]
    assert notes_on(*many)[0][0] == "4 articles of MFA EN could not be read: 404 (3), 410 (1)."
    untitled = an_article(1, Reason.TIMEOUT, title=" \u202e ")
    assert notes_on(untitled)[0][0] == "1 article of MFA EN could not be read: no answer in time (1)."


def test_articles_that_wait_for_long_are_told_apart_from_those_given_up() -> None:
    found = notes_on(
        an_article(1, Reason.GONE), an_article(2, Reason.TIMEOUT, given_up=False), an_article(3, None, given_up=False)
    )
    assert [text for text, _ in found] == [
        "1 article of MFA EN could not be read: “Release 1” (410).",
        "Still to be read of MFA EN: 2 articles, “Release 2” (no answer in time), “Release 3” (not tried yet).",
    ]


def test_a_long_title_is_cut_and_articles_of_sources_switched_off_or_gone_are_passed_over() -> None:
    ((text, _),) = notes_on(an_article(1, Reason.GONE, title="word " * 99))
    assert len(text) < 160
    assert notes_on(replace(an_article(1, Reason.GONE), source="gone")) == []


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_few_words_for_an_article(reason: Reason) -> None:
    assert 0 < len(ENGLISH.troubles[reason].brief) <= 25


LEARNT = Norms(days=60, rates=(200.0, 200.0, 200.0, 230.0, 260.0, 60.0, 50.0, 90.0, None))


def usually(now: datetime, *, norms: Norms | None = LEARNT, hours: int = 24, language: str = "en") -> str:
    """The coverage line of one source of that rhythm, of a period that ends at `now`."""
    since = now - timedelta(hours=hours)
    visits = [visit(MFA_EN, since + timedelta(hours=1), new=131)]
    covered = coverage(
        [MFA_EN], {MFA_EN.id: state(visits[0])}, visits, since=since, now=now, norms={MFA_EN.id: norms} if norms else {}
    )
    return vouching(covered, (), zone="Asia/Almaty", words=wording(language)).full


def test_what_is_usual_is_said_of_the_day_of_the_week_and_of_a_holiday() -> None:
    # Thursday 08:00 to Friday 8 March 08:00, a public holiday: two thirds of the one, a third of the other.
    assert "131 new items in this period; a public holiday usually brings 183, a usual Friday 240." in usually(NOW)
    assert "131 new items in this period; a usual Wednesday brings 200." in usually(NOW - timedelta(days=2))
    assert "в праздник обычно 183, в обычный день (пятница) 240." in usually(NOW, language="ru")
    assert "мереке күні әдетте 183, қарапайым күні (жұма) 240." in usually(NOW, language="kk")


def test_of_longer_periods_and_without_a_known_rhythm_no_day_is_named() -> None:
    assert "131 new items in this period; usual are" in usually(NOW - timedelta(days=2), hours=72)
    assert "too early to say" in usually(NOW, norms=None)
    assert "too early to say" in usually(NOW, norms=replace(LEARNT, days=5))


def test_sources_that_stand_in_for_one_that_fails_are_named_while_they_are_read() -> None:
    un = replace(UN_EN, stand_ins=("mfa-en", "media", "nobody"))
    visits = [visit(MFA_EN, NOW - 8 * MINUTE)]
    refused = visit(un, NOW - timedelta(hours=1), reason=Reason.FORBIDDEN, status=403)
    states = {MFA_EN.id: state(visits[0]), un.id: state(refused)}
    covered = coverage([MFA_EN, un, MEDIA], states, [*visits, refused], since=SINCE, now=NOW)
    assert [[source.id for source in one.stand_ins] for one in covered.failing] == [["mfa-en"]]
    for language, said in (("en", "MFA EN stands in."), ("ru", "заменяют: MFA EN."), ("kk", "толтыратындар: MFA EN.")):
        notes = vouching(covered, (), zone="Asia/Almaty", words=wording(language)).notes
        assert said in notes[0].text
