"""A story that goes on after it was told, and a story told by many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from news.source import Clock
from news.story import Relation
from scheduler.digest.compose import compose
from scheduler.digest.digest import Digest
from scheduler.digest.render import render
from scheduler.digest.tellings import tellings
from storage import Teller, ToldBefore, ToldMatch, ToldStory
from tests.scheduler.digest.samples import (
    AGENCY_KK,
    CRESCENT,
    MEDIA,
    MFA_EN,
    MFA_RU,
    NOW,
    READER,
    SLOT,
    SOURCES,
    UN_EN,
    covered,
    item,
    told,
)

MORNING = datetime(2024, 3, 7, 4, 0, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)


def teller(match: ToldMatch, *, to: int = 0) -> Teller:
    one = match.item
    return Teller(
        item=one.id,
        source=one.source,
        publisher=one.publisher,
        standing=one.standing,
        language=one.language,
        title=one.title,
        url=one.url,
        published=one.published,
        seen_at=one.seen_at,
        version=one.version,
        relation=match.relation,
        to=to,
    )


def made(
    matches: Sequence[ToldMatch], tellers: Sequence[Teller], *, had: Sequence[int] = (), size: int | None = None
) -> Digest:
    before = ToldBefore(at=YESTERDAY, items=frozenset(had)) if had else None
    story = ToldStory(story=9, tellers=tuple(tellers), size=size or len(tellers), before=before)
    digest = compose(READER, matches, covered(), slot=SLOT, now=NOW, sources=SOURCES, stories={9: story})
    assert digest is not None
    return digest


def text(digest: Digest) -> str:
    return render(digest, domain="example.org").text


RELEASE = told(1, item(1, "Flood teams train", MFA_EN, published=MORNING), CRESCENT, story=9)
COPY = told(
    2,
    item(2, "Су тасқыны", AGENCY_KK, published=MORNING + timedelta(hours=3)),
    CRESCENT,
    story=9,
    relation=Relation.TRANSLATION,
)


def test_what_comes_to_a_story_told_before_is_told_in_few_words_and_is_no_new_story() -> None:
    digest = made([COPY], [teller(RELEASE), teller(COPY, to=1)], had=[1])
    message = render(digest, domain="example.org")
    assert (digest.stories, digest.items, digest.match_ids) == (0, 1, (2,))
    assert message.subject == "Added to 1 story you had: Flood teams train - Fri 8 Mar"
    assert "No new story. All 5 sources read." in message.text
    assert (
        """\
ADDED TO STORIES YOU HAD: 1 story
+ Flood teams train
  You had it Thu 08:00. For: Red Crescent.
  AGENCY    Agency: KK 12:00 (translation)
  https://www.agency-kk.example/news/2
"""
        in message.text
    )
    assert "Added to stories you had" in message.html


def test_an_item_told_before_that_another_watch_finds_is_a_card_of_that_watch() -> None:
    digest = made([RELEASE], [teller(RELEASE)], had=[1])
    assert (digest.stories, digest.additions) == (1, ())


def test_a_card_shows_who_tells_the_story_though_no_watch_found_their_words() -> None:
    digest = made([COPY], [teller(RELEASE), teller(COPY, to=1)])
    assert "OFFICIAL  MFA: EN 09:00\n  then      Agency KK 12:00 (translation)" in text(digest)
    assert (digest.items, digest.match_ids) == (1, (2,))


def test_only_an_agency_is_called_so() -> None:
    told_text = text(made([COPY], [teller(COPY)]))
    assert "  AGENCY ONLY, no official text seen. Agency KK 12:00\n" in told_text


def test_what_came_first_is_what_the_others_were_found_to_be() -> None:
    first = replace(COPY, relation=Relation.NEW)
    release = replace(RELEASE, relation=Relation.TRANSLATION)
    assert "Agency KK 12:00 (translation)" in text(made([release], [teller(first), teller(release, to=2)]))


def test_hours_too_near_each_other_name_no_first_and_show_when_each_was_seen() -> None:
    near = replace(COPY, item=replace(COPY.item, published=RELEASE.item.published))
    shown = text(made([RELEASE], [teller(RELEASE), teller(near)]))
    assert "OFFICIAL  MFA: EN 09:00 (seen 20:00)" in shown
    assert "AGENCY    Agency: KK 09:00 (seen 20:00; about the same time;" in shown


def test_a_source_of_days_is_neither_first_nor_later() -> None:
    by_day = replace(MFA_EN, clock=Clock.DAY)
    story = ToldStory(story=9, tellers=(teller(RELEASE), teller(COPY, to=1)), size=2)
    digest = compose(READER, [RELEASE], covered(), slot=SLOT, now=NOW, sources=[by_day, AGENCY_KK], stories={9: story})
    assert digest is not None
    assert [telling.is_first for telling in digest.groups[0].cards[0].tellings] == [False, False]
    assert "then" not in text(digest)


def test_a_card_names_a_few_of_many_members_and_counts_the_others() -> None:
    sources = (MFA_EN, MFA_RU, AGENCY_KK, UN_EN, MEDIA)
    many = [
        teller(told(number, item(number, "Flood teams train", sources[number % 5], published=MORNING), story=9))
        for number in range(1, 41)
    ]
    digest = made([RELEASE], many, size=10_000)
    (card,) = digest.groups[0].cards
    assert max(len(telling.members) for telling in card.tellings) <= 6
    assert sum(len(telling.members) + telling.more for telling in card.tellings) == 40
    assert "and 9,960 further items of this story" in text(digest)


def test_what_came_first_is_no_reprint_where_the_later_one_tells_it_in_words_of_its_own() -> None:
    first = teller(RELEASE)
    later = replace(teller(COPY), relation=Relation.SAME, to=first.item, reworded=True)
    members = [member for telling in tellings([first, later], {}) for member in telling.members]
    assert [(member.relation, member.reworded) for member in members] == [(Relation.SAME, True)] * 2
