"""P3, P6, P11: a month of three people in three zones, two daemons at once by mistake, each killed over and over.

Every slot of everybody's calendar has exactly one digest, and every match is in exactly one of each schedule.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawler.inbox import Response
from news.item import Draft
from news.schedule import is_quiet
from news.source import AnySource
from news.watch.watch import Recipient
from scheduler.composing import INSTANT
from scheduler.digest.slot_names import slots_of
from storage import DigestRow, Store
from tests.promises.mortal import Killed, MortalStore
from tests.promises.world import seeded
from tests.scheduler.desk import Desk, Mailbox, a_desk
from tests.scheduler.office import Clock, a_draft, answered

SEEDS = range(6 if os.environ.get("PRESSWATCH_PROMISES") == "full" else 1)
DAYS = 30
BEGIN = datetime(2026, 10, 12, 5, 30, tzinfo=UTC)
"""Both zones with summer time leave it within the month: Geneva on 25 October, New York on 1 November."""

PEOPLE = """
  - {address: almaty@example.org, schedule: {office_days: true, zone: Asia/Almaty}}
  - {address: geneva@example.org, schedule: {hours: ["08:00", "17:00"], zone: Europe/Zurich}}
  - address: york@example.org
    schedule:
      {kind: weekly, weekday: sunday, hour: "08:30", zone: America/New_York, quiet: {from: "20:00", until: "08:00"}}
"""
WORDS = ("harbour", "bridge", "school", "clinic", "market", "station", "library", "airport", "museum", "theatre")


class World:
    """Two daemons over one database, a clock that both look at, and a press that publishes now and then."""

    def __init__(self, stores: tuple[MortalStore, MortalStore], folder: Path, seed: random.Random) -> None:
        self.stores, self.folder, self.seed = stores, folder, seed
        self.clock, self.mailbox, self.kills = Clock(BEGIN), Mailbox(), 0
        self.published: list[Draft] = []
        self.desks = [self._begin(store) for store in stores]

    def publish(self) -> None:
        """Let both sources of the press show one more item."""
        number = len(self.published)
        word = WORDS[number % len(WORDS)]
        kind = self.seed.choice(("An alarm at", "A register of"))
        self.published.append(a_draft(f"{kind} the {word} of district {number + 11}", at=None))

    async def tick(self, *, reading: bool = True) -> None:
        """One tick of both daemons at once; who dies begins anew, and ticks at once where both did.

        Else nobody would have looked at the clock until the next tick, which may be past a slot: that one is then told
        with the next, as after days down (P6). reading: sources are visited too.
        """
        survived = False
        while not survived:
            ends = await asyncio.gather(*(_work(desk, reading=reading) for desk in self.desks), return_exceptions=True)
            survived = not all(isinstance(end, Killed) for end in ends)
            for number, end in enumerate(ends):
                if isinstance(end, Killed):
                    self.kills += 1
                    self.desks[number] = self._begin(self.stores[number])
                elif isinstance(end, BaseException):
                    raise end

    def _begin(self, store: MortalStore) -> Desk:
        desk = a_desk(store, self.folder, clock=self.clock, recipients=PEOPLE)
        desk.wire.answers = self._answer
        return replace(desk, jobs=replace(desk.jobs, channels={"folder": self.mailbox}), mailbox=self.mailbox)

    def _answer(self, source: AnySource, at: datetime) -> Response:
        return answered(source, *(self.published[-12:] if source.id == "office" else ()), at=at)


async def _work(desk: Desk, *, reading: bool) -> None:
    if reading:
        await desk.jobs.read_due()
    await desk.jobs.compose_due()
    await desk.jobs.send_due()


@contextmanager
def a_world(folder: Path, seed: random.Random) -> Iterator[World]:
    """Two daemons by mistake: the lock between them is bypassed."""
    url = f"sqlite:///{folder / 'press.db'}"
    with ExitStack() as opened:
        first, second = (opened.enter_context(MortalStore(url, seed=seed)) for _ in range(2))
        first.migrate(None)
        yield World((first, second), folder, seed)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("seed", SEEDS)
async def test_p3_p6_thirty_days_of_three_people_with_two_daemons_killed_at_random(tmp_path: Path, seed: int) -> None:
    chance = seeded(f"thirty days {seed}")
    with a_world(tmp_path, chance) as world:
        await world.tick()
        for store in world.stores:
            store.chance = 0.007
        while world.clock.now < BEGIN + timedelta(days=DAYS):
            world.clock.passes(minutes=chance.choice((50, 190, 280, 330)))
            if publishes := chance.random() < 0.25:
                world.publish()
            await world.tick(reading=publishes)
        for store in world.stores:
            store.chance = 0.0
        # What waits for a claim that ran out, for the next roll-up, and for the hours of everybody.
        for _ in range(3):
            world.clock.passes(hours=1)
            await world.tick()
        world.clock.now = datetime.combine(world.clock.now.date(), datetime.min.time(), tzinfo=UTC) + timedelta(
            hours=16
        )
        await world.desks[0].tick(closing_now=True)
        assert world.kills >= 10, "the daemons died often enough to mean something"
        _assert_every_slot_once(world)
        _assert_every_match_once(world)


def _assert_every_slot_once(world: World) -> None:
    store, letters = world.stores[0], world.mailbox.letters
    people = store.read_now(lambda unit: unit.recipients.all())
    rows = store.read_now(lambda unit: unit.digests.list(9_999))
    for person in people:
        made = [row.slot for row in reversed(rows) if row.recipient == person.address and row.schedule == "daily"]
        calendar = [slot for slot in made if "/" not in slot]
        assert calendar == _slots(person, until=world.clock.now), person.address
        alerts = [row for row in rows if row.recipient == person.address and row.schedule == INSTANT]
        assert alerts, "there were alerts"
        assert not [row.slot for row in alerts if is_quiet(person.schedule, row.created_at)]
    mailed = [row for row in rows if row.state is not None]
    assert {row.state.value for row in mailed if row.state} == {"sent"}
    assert len({(address, letter.id) for address, letter in letters}) == len(mailed), "a repeat has the id of its first"
    assert len(letters) - len(mailed) <= world.kills, "only what a kill cut off is repeated"


def _slots(person: Recipient, *, until: datetime) -> list[str]:
    """The names of the slots that fell due while the person was there."""
    first = BEGIN.astimezone(ZoneInfo(person.schedule.zone)).date()
    days = (first + timedelta(days=number) for number in range(DAYS + 3))
    due = (slot for day in days for slot in slots_of(person.schedule, day))
    return [place.name for place, at in due if BEGIN < at <= until]


def _assert_every_match_once(world: World) -> None:
    store = world.stores[0]
    titles = [draft.title for draft in world.published]
    for person in store.read_now(lambda unit: unit.recipients.all()):
        texts = _texts(store, world.mailbox, person)
        told = Counter(title for text in texts["daily"] for title in titles if title in text)
        assert told == Counter(titles), person.address
        alarms = [title for title in titles if "alarm" in title]
        alerted = Counter(title for text in texts[INSTANT] for title in alarms if title in text)
        assert alerted == Counter(alarms), person.address


def _texts(store: Store, mailbox: Mailbox, person: Recipient) -> dict[str, list[str]]:
    """The text of each different letter to a person, by the schedule that told it."""
    rows: list[DigestRow] = store.read_now(lambda unit: unit.digests.list(9_999))
    keys = {
        parcel.message.id: parcel.key.split("/")[2] for parcel in store.read_now(lambda unit: unit.outbox.list(9_999))
    }
    assert len(keys) == sum(row.state is not None for row in rows)
    letters = {letter.id: letter.text for address, letter in mailbox.letters if address == person.address}
    texts: dict[str, list[str]] = {"daily": [], INSTANT: []}
    for name, text in letters.items():
        texts[keys[name]].append(" ".join(text.replace("*", "").split()))
    return texts
