"""P4, P7 and P8 for feeds whose known entries are cut out: nothing is lost behind a mark, nothing old is told as new.

Real visits to a feed that changes from visit to visit, into a real database; each visit is conditional on what the one
before left there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.inbox import Errand
from news.errors import StorageError
from news.source import FeedSource
from news.visit import Validators
from news.watch.watch import Recipient
from scheduler.intake import Intake
from storage import Store, open_store
from tests.crawler.crawls import NOW, crawling
from tests.fakesite import FakeSite, acts
from tests.fakesite.sending import send
from tests.scheduler.office import Clock, look_for

pytestmark = pytest.mark.usefixtures("shared_crawling")


def entry(number: int, *, guid: str = "", scheme: str = "https", date: str = "Sun, 22 Nov 2026 07:00:00 GMT") -> str:
    return (
        f"<item><title>Release number {number} of the office</title>"
        f"<link>{scheme}://office.example.org/news/{number}</link><guid>{guid or f'release-{number}'}</guid>"
        f"<pubDate>{date}</pubDate><description>What release {number} says of stocks and gauges.</description></item>"
    )


class Office:
    """An office with one feed, which is read as production reads it."""

    def __init__(self, site: FakeSite, store: Store, in_loop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.store, self.body, self.clock = store, b"", Clock(NOW)
        self._in_loop = in_loop
        self._source = FeedSource(id="office", url=site.url("/feed"), publisher="The office", language="en")
        monkeypatch.setitem(acts.ACTS, "feed", lambda stage: send(stage.handler, self.body))
        look_for(store, "release", at=NOW)
        store.write_now(lambda unit: unit.recipients.add(Recipient(address="desk@example.org"), at=NOW))

    def visit(self, *entries: str, odd: str = "") -> None:
        """Publish these and have the feed visited, an hour later."""
        self.body = f"<rss version='2.0'><channel><title>Office</title>{''.join(entries)}{odd}</channel></rss>".encode()
        self.clock.passes(hours=1)
        self._in_loop(self._crawl())

    def marks(self) -> Validators:
        reading = self._source.reading_fingerprint
        return self.store.read_now(lambda unit: unit.visits.validators("office", reading))

    def titles(self) -> list[str]:
        return sorted(item.title for item in self.store.read_now(lambda unit: unit.items.newest(99)))

    def versions(self) -> set[int]:
        """The versions in force of all that is stored."""
        return {item.version for item in self.store.read_now(lambda unit: unit.items.newest(99))}

    def told(self) -> list[str]:
        """What a digest of now would hold."""
        (recipient,) = self.store.read_now(lambda unit: unit.recipients.all())
        return sorted(
            one.item.title
            for one in self.store.read_now(lambda unit: unit.matches.untold(recipient, "daily", limit=99))
        )

    async def _crawl(self) -> None:
        intake = Intake(self.store, clock=self.clock, fresh=timedelta(days=1))
        async with crawling(timeout=30.0, deadline=60.0) as subject:
            await subject.crawl([Errand(source=self._source, validators=self.marks())], intake, now=self.clock)


@pytest.fixture
def office(site: FakeSite, tmp_path: Path, in_loop: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    with open_store(f"sqlite:///{tmp_path / 'press.db'}") as store:
        yield Office(site, store, in_loop, monkeypatch)


def releases(*numbers: int) -> list[str]:
    return sorted(f"Release number {number} of the office" for number in numbers)


def test_p4_a_mark_is_never_newer_than_the_item_of_its_entry(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.visit(entry(1))
    before = office.marks()
    assert before.entries

    async def full(*_: object) -> None:
        raise StorageError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(Store, "write", full)
        office.visit(entry(2), entry(1))
    assert office.marks() == before

    office.visit(entry(2), entry(1))
    assert office.titles() == releases(1, 2)
    assert len(office.marks().entries.split()) == 2


def test_p7_ten_releases_of_one_day_without_an_hour_over_three_visits_are_ten_items(office: Office) -> None:
    feed = [entry(number, date="2026-11-21") for number in range(10, 0, -1)]
    office.visit(*feed[7:])
    office.visit(*feed[4:])
    office.visit(*feed)

    assert office.titles() == releases(*range(1, 11))
    assert office.told() == releases(*range(1, 11))


@pytest.mark.parametrize(
    "again",
    [
        [entry(number, guid=f"https://cms.example.org/?p={number}") for number in (3, 2, 1)],
        [entry(number, scheme="http") for number in (3, 2, 1)],
        [entry(number, guid=f"new-{number}", scheme="http") for number in (1, 2, 3)],
    ],
    ids=["other guids", "http for https", "both, in another order"],
)
def test_p8_the_same_news_under_other_names_is_not_announced(office: Office, again: list[str]) -> None:
    office.visit(*(entry(number) for number in (3, 2, 1)))
    office.visit(*again, odd="<!-- moved -->")
    office.visit(*again, entry(0), odd="<!-- moved again -->")

    assert office.titles() == releases(0, 1, 2, 3)
    assert office.told() == releases(0, 1, 2, 3)
    assert office.versions() == {1}, "nor as changed"


def test_p8_old_entries_that_are_added_again_are_not_announced(office: Office) -> None:
    office.visit(entry(2), entry(1))
    office.visit(entry(4), entry(3))
    office.visit(entry(4), entry(3), entry(2), entry(1, guid="restored-1"))

    assert office.titles() == releases(1, 2, 3, 4)
    assert office.told() == releases(1, 2, 3, 4)
    assert office.versions() == {1}, "nor as changed"
