"""P7: ten releases with the same date and no time, arriving over three visits, are ten items: no cursor by date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from news.item import Draft, Stated
from news.source import AnySource, Clock, FeedSource
from storage import Store, open_store
from tests.scheduler.newsroom import NEWSROOM, a_link, listed, read
from tests.scheduler.office import Clock as Hour
from tests.scheduler.office import a_draft, add_recipient, an_intake, answered, look_for, told_titles

TODAY = Stated(day=date(2026, 11, 22), zone="Asia/Almaty")
RELEASES = [f"Release {number} of the ministry" for number in range(1, 11)]
VISITS = (RELEASES[:4], RELEASES[:7], RELEASES)
"""What the list shows at each visit; its newest entries stand first."""

MINISTRY = FeedSource(
    id="ministry", url="https://ministry.example/rss", publisher="The ministry", language="en", clock=Clock.DAY
)


SAID = (
    "The ministry tells what it did today, as on every working day, and whom to ask about it. Its press service is "
    "there from nine to six, on the ground floor beside the main entrance, and answers letters within three days."
)
"""Long enough to be known again by: what tells the releases apart is their titles and addresses."""


def release(title: str) -> Draft:
    """A release of today; all of them say the same."""
    return a_draft(title, at=None, published=TODAY, summary=SAID)


@pytest.mark.parametrize("source", [MINISTRY, NEWSROOM], ids=["feed", "listing"])
async def test_p7_ten_releases_of_one_day_over_three_visits_are_ten_items_each_told_once(
    tmp_path: Path, source: AnySource
) -> None:
    clock = Hour()
    with open_store(f"sqlite:///{tmp_path}/press.db") as store:
        look_for(store, "release")
        add_recipient(store)
        intake = an_intake(store, clock)
        for shown in VISITS:
            clock.passes(hours=1)
            newest_first = list(reversed(shown))
            if source is MINISTRY:
                await intake.accept(answered(source, *map(release, newest_first), at=clock()))
                continue
            known = await intake.known(source, [a_link(title) for title in newest_first])
            assert len(known) == len(shown) - len(set(shown) - stored_titles(store))
            for pending in await intake.accept(listed(*newest_first, source=source, at=clock())):
                await intake.accept_article(read(pending, at=None, published=TODAY, text=SAID))
        assert stored_titles(store) == set(RELEASES)
        assert sorted(told_titles(store)) == sorted(RELEASES)


def stored_titles(store: Store) -> set[str]:
    """The titles of what is stored."""
    return {item.title for item in store.read_now(lambda unit: unit.items.newest(99))}
