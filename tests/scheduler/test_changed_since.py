"""Changed since you read it: corrections and withdrawals reach those who were told, once, and nobody else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from storage import Store, Withdrawal
from tests.scheduler.desk import FIRST_DAY, SUNDAY, Desk, a_desk
from tests.scheduler.office import Clock, a_draft

DAY = timedelta(days=1)
MONDAY = SUNDAY + DAY
OPENED = "The register opens with 420 entries. Places are free."


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    return a_desk(store, tmp_path, clock=Clock(FIRST_DAY))


def brings(desk: Desk, text: str, *, title: str = "The register opens", guid: str = "g1") -> None:
    """Let the office's feed hold this release next."""
    address = f"https://office.example/{guid}"
    draft = a_draft(title, at=SUNDAY - timedelta(hours=2), text=text, guid=guid, url=address)
    desk.wire.waiting["office"] = [draft]


async def told_first(desk: Desk, text: str = OPENED) -> None:
    """Have the release told by Sunday's digest, after a first visit that brought nothing."""
    desk.wire.brings("Something old", source="office")
    await desk.tick_at(FIRST_DAY)
    brings(desk, text)
    await desk.tick_at(SUNDAY)
    assert "The register opens" in desk.mailbox.texts()[-1]


async def test_a_corrected_figure_is_shown_once_in_the_next_digest_with_both_figures(desk: Desk) -> None:
    await told_first(desk)
    brings(desk, OPENED.replace("420", "240"))
    await desk.tick_at(SUNDAY + timedelta(hours=3), MONDAY, MONDAY + DAY)

    _, monday, tuesday = desk.mailbox.texts()
    assert "CHANGED SINCE YOU READ IT: 1 story 1 The register opens" in monday
    assert "version 2 seen Sun 11:00; you had version 1 on Sun 08:00" in monday
    assert "was: The register opens with 420 entries" in monday
    assert "now: The register opens with 240 entries" in monday
    assert "Changed: figures or dates. Both versions are kept: presswatch item show 2" in monday
    assert desk.mailbox.letters[1][1].subject.startswith("1 changed since you read it: The register opens")
    assert '<b class="m"' not in desk.mailbox.letters[1][1].text
    assert "240" in desk.mailbox.letters[1][1].html
    assert "CHANGED" not in tuesday


async def test_typography_is_announced_to_nobody(desk: Desk) -> None:
    await told_first(desk)
    brings(desk, OPENED.replace("opens with", "opens — with"), title="The «register» opens")
    await desk.tick_at(SUNDAY + timedelta(hours=3), MONDAY)

    assert "CHANGED" not in desk.mailbox.texts()[-1]
    item = desk.jobs.app.store.read_now(lambda unit: unit.items.get(2))
    assert item is not None
    assert item.version == 2


async def test_a_correction_taken_back_before_the_digest_is_not_told(desk: Desk) -> None:
    await told_first(desk)
    for text in (OPENED.replace("420", "240"), OPENED):
        brings(desk, text)
        await desk.tick_at(desk.clock.now + timedelta(hours=2))
    await desk.tick_at(MONDAY)

    assert "CHANGED" not in desk.mailbox.texts()[-1]


async def test_what_the_source_does_not_let_out_is_told_without_its_words(desk: Desk) -> None:
    await told_first(desk)
    brings(desk, OPENED + "\n" + "A second part is planned in Almaty.")
    await desk.tick_at(SUNDAY + timedelta(hours=3), MONDAY)

    monday = desk.mailbox.texts()[-1]
    assert "1 passage added; no figure changed; 1 further change not quoted here." in monday
    assert "second part" not in monday


async def test_below_the_lead_only_the_figure_itself_is_shown(desk: Desk) -> None:
    long = OPENED + "\n" + "Some 1,250 volunteers will enter {} names of streets in it, the office said."
    await told_first(desk, long.format(17))
    brings(desk, long.format(71))
    await desk.tick_at(SUNDAY + timedelta(hours=3), MONDAY)

    monday = desk.mailbox.texts()[-1]
    assert "was: enter 17 names now: enter 71 names Changed: figures or dates." in monday
    assert "volunteers" not in monday


async def test_a_withdrawn_page_is_told_once_under_its_own_heading(desk: Desk) -> None:
    await told_first(desk)
    since = SUNDAY + timedelta(hours=2)
    gone = Withdrawal(status=410, missing_since=since, found_at=since + timedelta(hours=7))
    desk.jobs.app.store.write_now(lambda unit: unit.changes.withdraw(2, gone))
    await desk.tick_at(MONDAY, MONDAY + DAY)

    _, monday, tuesday = desk.mailbox.texts()
    assert "WITHDRAWN SINCE YOU READ IT: 1 story 1 The register opens" in monday
    assert "page gone (410) since Sun 10:00; you had it on Sun 08:00" in monday
    assert "WITHDRAWN" not in tuesday


async def test_a_digest_on_request_is_made_for_a_change_alone(desk: Desk) -> None:
    await told_first(desk)
    brings(desk, OPENED.replace("420", "240"))
    desk.clock.now = SUNDAY + timedelta(hours=3)

    assert await desk.tick(closing_now=True) == 1
    assert await desk.tick(closing_now=True) == 0
    assert "now: The register opens with 240 entries" in desk.mailbox.texts()[-1]
