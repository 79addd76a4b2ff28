"""P29: what `watch test` shows is what the alert does on the same items, exactly."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

from news.watch.watch import Watch
from scheduler.intake import Intake
from scheduler.trial import Tried
from scheduler.trying import try_watch
from storage import open_store
from tests.news.watch.chance import text
from tests.scheduler.office import AGENCY, OFFICE, Clock, a_draft, an_intake, answered, look_for

QUERIES = (
    "flood OR паводок OR тасқын",
    "(министр OR МИД) NOT UN",
    '"flood crisis" OR су',
    "title:flood* паводок",
    "score>=3 {flood^1 UN^1 су^2 министр^2}",
    "source:office Қазақстан",
)


async def test_a_trial_finds_the_items_whose_matches_intake_recorded(tmp_path: Path) -> None:
    chance, clock = random.Random(29), Clock()
    with open_store(f"sqlite:///{tmp_path / 'press.db'}") as store:
        watches = [look_for(store, query) for query in QUERIES]
        intake: Intake = an_intake(store, clock)
        for source in (OFFICE, AGENCY):
            for visit in range(3):
                drafts = [
                    a_draft(f"{source.id} {visit} {number} {text(chance, 5)}", text=text(chance, 20))
                    for number in range(20)
                ]
                await intake.accept(answered(source, *drafts, at=clock.passes(minutes=30)))
                # The same addresses with other words: new versions, of which only the last counts.
                again = [a_draft(one.title, url=one.url, text=text(chance, 20)) for one in drafts[::4]]
                await intake.accept(answered(source, *again, at=clock.passes(minutes=30)))
        later = clock.now + timedelta(hours=1)
        for watch in watches:
            alerted = {match.item for match in store.read_now(lambda unit, id=watch.id: unit.matches.of_watch(id, 999))}  # type: ignore[misc]
            trial = try_watch(store, Tried(watch=Watch(name="", query=watch.query), now=later))
            assert trial.sample.exact
            assert {one.id for one in trial.tally.found} == alerted, watch.query
            assert alerted, f"{watch.query} should find something"
