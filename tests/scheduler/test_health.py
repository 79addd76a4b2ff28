"""The health of a source as its visits are taken in: gaps, norms, a declaration that changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from news.health import Health, Norms, Notice, NoticeKind, SignKind
from news.source import AnySource
from news.visit import Visit, VisitResult
from scheduler.health import learn_norms
from storage import Store, Unit
from tests.scheduler.newsroom import listed
from tests.scheduler.office import NOW, OFFICE, Clock, a_draft, an_intake, answered

HOUR = timedelta(hours=1)


def notices(store: Store) -> list[Notice]:
    return store.read_now(lambda unit: unit.health.untold(0, since=None))


def norms(store: Store, source: AnySource = OFFICE) -> Norms:
    return store.read_now(lambda unit: unit.health.norms(source.id))


async def test_a_feed_that_moved_on_past_what_was_seen_leaves_a_possible_gap(store: Store) -> None:
    clock = Clock()
    intake = an_intake(store, clock)
    await intake.accept(answered(OFFICE, a_draft("One"), a_draft("Two"), at=NOW))
    assert notices(store) == [], "nothing can be missing before the first visit"
    clock.passes(hours=5)
    lists = [a_draft(title, at=NOW + 4 * HOUR) for title in ("Eight", "Nine")]
    await intake.accept(answered(OFFICE, *lists, at=clock()))
    gap = Notice(source="office", kind=NoticeKind.GAP, at=clock(), since=NOW, until=NOW + 4 * HOUR)
    assert notices(store) == [gap]
    clock.passes(hours=1)
    await intake.accept(answered(OFFICE, a_draft("Ten", at=clock()), *lists, at=clock()))
    assert notices(store) == [gap], "the list reaches back to what is known"


async def test_a_listing_of_nothing_but_new_links_leaves_a_possible_gap_too(store: Store) -> None:
    clock = Clock()
    intake = an_intake(store, clock)
    for titles, expected in ((("One", "Two"), 0), (("Two", "Three"), 0), (("Eight", "Nine"), 1)):
        await intake.accept(listed(*titles, at=clock()))
        assert len(notices(store)) == expected
        clock.passes(hours=1)


def some_weeks(store: Store) -> None:
    """Let the office have been read each three hours for 30 days: 30 entries, all dated, one new on every visit."""

    def work(unit: Unit) -> None:
        for number in range(240, 0, -1):
            visit = Visit(
                source="office",
                started_at=NOW - number * 3 * HOUR,
                result=VisitResult.OK,
                entries=30,
                new=1,
                known=29,
                oddities={"entries_looked_at": 30},
            )
            unit.visits.record(visit, next_visit=NOW, reading=OFFICE.reading_fingerprint)

    store.write_now(work)


async def test_what_is_usual_is_learnt_once_a_day_and_a_redesign_told_once_by_it(store: Store) -> None:
    some_weeks(store)
    await learn_norms(store, [OFFICE], now=NOW)
    assert (norms(store).days, norms(store).entries, norms(store).undated) == (30, 30, 0.0)
    store.write_now(lambda unit: unit.health.save_norms("office", replace(norms(store), days=1), at=NOW))
    await learn_norms(store, [OFFICE], now=NOW + HOUR)
    assert norms(store).days == 1, "learnt today already"
    await learn_norms(store, [OFFICE], now=NOW + timedelta(days=1))
    assert norms(store).days > 1

    clock = Clock()
    intake = an_intake(store, clock)
    for number in range(3):
        undated = [a_draft(f"Note {number} of {part}", at=None) for part in range(10)]
        await intake.accept(answered(OFFICE, *undated, at=clock()))
        clock.passes(hours=1)
    (told,) = [one for one in notices(store) if one.kind is NoticeKind.STATE]
    assert told.after is not None
    assert told.after.state is Health.DEGRADED
    condition = store.read_now(lambda unit: unit.health.conditions())["office"]
    assert {sign.kind for sign in condition.signs} >= {SignKind.UNDATED, SignKind.BARE}


async def test_another_declaration_has_another_usual_list_and_the_same_rhythm(store: Store) -> None:
    some_weeks(store)
    await learn_norms(store, [OFFICE], now=NOW)
    clock = Clock()
    intake = an_intake(store, clock)
    await intake.accept(answered(OFFICE, a_draft("One"), at=clock()))
    moved = replace(OFFICE, url="https://office.example/short")
    for _ in range(3):
        clock.passes(hours=1)
        await intake.accept(answered(moved, a_draft("One"), a_draft("Two"), at=clock()))
    known = norms(store)
    assert (known.days, known.entries, known.undated) == (30, None, None)
    assert store.read_now(lambda unit: unit.health.conditions())["office"].state is Health.OK
    await learn_norms(store, [moved], now=NOW + timedelta(days=1))
    assert norms(store).entries is None, "three visits are too few"
