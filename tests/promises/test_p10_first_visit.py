"""P10: a first visit to a source with 500 old items stores all; only those of the last 24 hours alert, undated
never.

The long form reads as many articles one by one, too."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from news.source import AnySource
from storage import open_store
from tests.scheduler.newsroom import NEWSROOM, listed, read
from tests.scheduler.office import (
    NOW,
    OFFICE,
    Clock,
    a_draft,
    add_recipient,
    an_intake,
    answered,
    look_for,
    told_titles,
)

HOUR = timedelta(hours=1)
OLD, FRESH, UNDATED = 500, 5, 20
ARTICLES = OLD if os.environ.get("PRESSWATCH_PROMISES") == "full" else 50
MOST_ARTICLES = 200
"""Articles that a visit reads at most (scheduler.closing.AT_ONCE)."""


@pytest.mark.parametrize(("source", "old"), [(OFFICE, OLD), (NEWSROOM, ARTICLES)], ids=["feed", "listing"])
async def test_p10_of_500_old_items_only_those_of_the_last_day_alert_and_undated_ones_never(
    tmp_path: Path, source: AnySource, old: int
) -> None:
    ages = [None] * UNDATED + [hours * HOUR / 2 for hours in range(FRESH)] + [25 * HOUR * n for n in range(1, old + 1)]
    stated = {f"Register number {n}": None if age is None else NOW - age for n, age in enumerate(ages)}
    clock = Clock()
    with open_store(f"sqlite:///{tmp_path}/press.db") as store:
        watch = look_for(store, "register")
        add_recipient(store)
        intake = an_intake(store, clock)
        if source is OFFICE:
            await intake.accept(answered(source, *(a_draft(title, at=at) for title, at in stated.items())))
        else:
            pending = await intake.accept(listed(*stated, source=source))
            while pending:
                assert len(pending) <= MOST_ARTICLES
                for one in pending:
                    await intake.accept_article(read(one, at=stated[one.link.said.title]))
                clock.passes(minutes=10)
                pending = await intake.accept(listed(*stated, source=source, at=clock()))
        assert store.read_now(lambda unit: unit.items.count()) == len(stated)
        assert len(store.read_now(lambda unit: unit.matches.of_watch(watch.id, 999))) == len(stated), (
            "found all the same"
        )
        fresh = {title for title, at in stated.items() if at is not None and at >= NOW - 24 * HOUR}
        assert len(fresh) == FRESH
        assert set(told_titles(store)) == fresh

        clock.passes(hours=1)
        if source is OFFICE:
            await intake.accept(answered(source, a_draft("Register without a date", at=None), at=clock()))
            assert "Register without a date" in told_titles(store), "what comes later is news, dated or not"
