"""P2: a mail server that fails at every step in turn loses nothing, and repeats only under the same Message-ID.

At each step of the protocol it answers 4xx, answers 5xx, breaks off or goes silent, once, at the third of five mails
(steps of the connection: at its beginning). The clock is set forward until nothing waits any more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from news.message import ParcelState
from scheduler.delivery.email import EmailChannel
from scheduler.delivery.send import send_due
from storage import Store, open_store
from tests.fakemail import FakeMail, Step
from tests.scheduler.delivery.samples import DATE, message, smtp_settings

PEOPLE = tuple(f"{number}@example.org" for number in range(1, 6))
THIRD = PEOPLE[2]
OF_THE_CONNECTION = (Step.CONNECT, Step.EHLO)
OF_A_MESSAGE = (Step.MAIL, Step.RCPT, Step.DATA, Step.BODY, Step.DOT)
LEASE = timedelta(minutes=3)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'outbox.db'}") as opened:
        for number, address in enumerate(PEOPLE, 1):
            opened.write_now(
                lambda unit, to=address, of=number: unit.outbox.queue(  # type: ignore[misc]
                    message(f"digest.{of}@example.org"), to, key=f"digest/{of}", channel="email", at=DATE
                )
            )
        yield opened


@pytest.fixture
def mail() -> Iterator[FakeMail]:
    with FakeMail() as server:
        yield server


async def until_nothing_waits(store: Store, mail: FakeMail) -> datetime:
    """Send, again and again, half a minute later each time; when the last one was settled."""
    now = DATE
    for _ in range(60):
        channel = EmailChannel(smtp_settings(mail.port, timeout=0.5))
        await send_due(store, {"email": channel}, now=lambda: now, worker="test", lease=LEASE)  # noqa: B023
        counts = store.read_now(lambda unit: unit.outbox.counts())
        if counts[ParcelState.SENT] + counts[ParcelState.FAILED] == len(PEOPLE):
            return now
        now += timedelta(seconds=30)
    raise AssertionError(f"after half an hour: {counts}")


def accepted(mail: FakeMail) -> Counter[str]:
    """How often the server took a mail, by address."""
    return Counter(one.recipients[0] for one in mail.messages)


def failed(store: Store) -> dict[str, str]:
    """Why a parcel has failed, by address."""
    parcels = store.read_now(lambda unit: unit.outbox.list(9))
    return {parcel.address: parcel.last_error for parcel in parcels if parcel.state is ParcelState.FAILED}


def at_the_third(mail: FakeMail, step: Step, answer: str) -> None:
    """Let the server fail at `step` of the third mail, once; with no answer it breaks off."""
    mail.strikes(step, answer, at=1 if step in OF_THE_CONNECTION else 3)


@pytest.mark.parametrize("answer", ["421 busy", "450 4.2.0 Greylisted", "451 4.3.0 error", "452 4.7.1 too many mails"])
@pytest.mark.parametrize("step", [*OF_THE_CONNECTION, Step.MAIL, Step.RCPT, Step.DATA, Step.DOT])
async def test_p2_4xx_at_any_step_delays_and_repeats_nothing(
    store: Store, mail: FakeMail, step: Step, answer: str
) -> None:
    at_the_third(mail, step, answer)
    ended = await until_nothing_waits(store, mail)
    assert accepted(mail) == dict.fromkeys(PEOPLE, 1)
    assert ended - DATE <= timedelta(minutes=3), "it is tried again within minutes"
    assert failed(store) == {}


@pytest.mark.parametrize("step", [Step.MAIL, Step.RCPT, Step.DATA, Step.DOT])
async def test_p2_5xx_for_a_message_is_its_end_with_the_reason_and_nobody_elses(
    store: Store, mail: FakeMail, step: Step
) -> None:
    at_the_third(mail, step, "550 5.1.1 no")
    await until_nothing_waits(store, mail)
    assert accepted(mail) == {address: 1 for address in PEOPLE if address != THIRD}
    assert "550 5.1.1 no" in failed(store)[THIRD]


@pytest.mark.parametrize("step", OF_THE_CONNECTION)
async def test_p2_5xx_before_any_message_costs_nobody_their_mail(store: Store, mail: FakeMail, step: Step) -> None:
    at_the_third(mail, step, "554 no service")
    await until_nothing_waits(store, mail)
    assert accepted(mail) == dict.fromkeys(PEOPLE, 1)
    assert failed(store) == {}


@pytest.mark.parametrize("hang", [False, True], ids=["drop", "hang"])
@pytest.mark.parametrize("step", [*OF_THE_CONNECTION, *OF_A_MESSAGE])
async def test_p2_a_connection_lost_at_any_step_repeats_at_most_the_one_mail_that_may_have_arrived(
    store: Store, mail: FakeMail, step: Step, hang: bool
) -> None:
    mail.strikes(step, at=1 if step in OF_THE_CONNECTION else 3, hang=hang)
    await until_nothing_waits(store, mail)
    # The server takes a message at the final dot, before it says so: only what it took may come twice.
    twice = 2 if step is Step.DOT else 1
    assert accepted(mail) == {address: twice if address == THIRD else 1 for address in PEOPLE}
    mails = [one.raw for one in mail.messages if one.recipients == (THIRD,)]
    assert len(set(mails)) == 1, "a repeated delivery is the same mail, byte for byte"
    assert failed(store) == {}


async def test_p2_a_server_that_greylists_everybody_gets_everything_once(store: Store, mail: FakeMail) -> None:
    for address in PEOPLE:
        mail.answers(Step.RCPT, "450 4.2.0 Greylisted, try again later", address=address, times=1)
    ended = await until_nothing_waits(store, mail)
    assert accepted(mail) == dict.fromkeys(PEOPLE, 1)
    assert ended - DATE <= timedelta(minutes=2)


async def test_p2_a_server_that_takes_two_mails_a_minute_gets_them_all(store: Store, mail: FakeMail) -> None:
    for number in range(3, 40):
        if number % 4 in (3, 0):
            mail.strikes(Step.RCPT, "451 4.7.1 rate limited", at=number)
    await until_nothing_waits(store, mail)
    assert accepted(mail) == dict.fromkeys(PEOPLE, 1)
    assert failed(store) == {}
