"""P16: what is no list of news is a fault of its source, shown as such in the digest, never "no news"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from news.health import Health
from news.visit import Reason
from tests.promises.days import days

BEGIN = datetime(2026, 3, 11, 0, 0, tzinfo=UTC)
FAULTS = {
    "redesigned": (Reason.NO_ENTRIES, Health.DEGRADED, "its list was empty, which is never taken for no news"),
    "challenged": (Reason.CHALLENGE, Health.REFUSED, "the site showed a robot check instead of its news"),
    "replaced": (Reason.NOT_A_FEED, Health.DEGRADED, "a page came where a feed was expected"),
}


def answer(source: str, now: datetime) -> Reason:
    return FAULTS[source][0] if source in FAULTS and now > BEGIN + timedelta(minutes=20) else Reason.NONE


async def test_p16_an_empty_list_a_challenge_and_a_page_instead_of_a_feed_are_told_as_faults(tmp_path: Path) -> None:
    with days(tmp_path, *FAULTS, "well", begin=BEGIN) as world:
        world.answer = answer
        await world.pass_(timedelta(hours=3, minutes=30), tick=timedelta(minutes=10))
        letters = [message for to, message in world.mailbox.letters if to == "desk@example.org"]
        told = world.told("desk@example.org")
        states = {name: world.condition(name).state for name in (*FAULTS, "well")}
        items = world.store.read_now(lambda unit: unit.items.newest(9))

    assert [letter.subject for letter in letters] == [
        "Nothing new for your watches in the 1 of 4 sources that were read - Wed 11 Mar"
    ]
    assert states == {"well": Health.OK, **{source: state for source, (_, state, _) in FAULTS.items()}}
    for source, (_, _, words) in FAULTS.items():
        (note,) = [note for note in told if f"The {source}" in note]
        assert note.startswith("New: ")
        assert words in note
        assert "would be missed" in note
    assert len(items) == 1, "what was read stays, nothing is reported withdrawn"
