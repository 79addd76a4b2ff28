from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from news.message import Message, Parcel, ParcelState
from news.watch.watch import Recipient
from scheduler.delivery import open_channels
from scheduler.delivery.channel import Channel
from scheduler.delivery.email import EmailChannel
from scheduler.delivery.folder import FolderChannel
from scheduler.delivery.send import Counts, send_due
from scheduler.delivery.verp import Returns
from scheduler.keys import signing_key
from storage import Store, Unit, open_store
from tests.fakemail import FakeMail, Step
from tests.scheduler.delivery.samples import DATE, message, smtp_settings


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'outbox.db'}")
    yield opened
    opened.close()


@pytest.fixture
def mail() -> Iterator[FakeMail]:
    with FakeMail() as server:
        yield server


def queue(store: Store, *addresses: str, channel: str = "email") -> None:
    for address in addresses:
        store.write_now(
            lambda unit, to=address: unit.outbox.queue(  # type: ignore[misc]
                message(f"digest.{to.replace('@', '.')}@example.org"), to, key=f"digest/{to}", channel=channel, at=DATE
            )
        )


def parcels(store: Store) -> dict[str, Parcel]:
    return {parcel.address: parcel for parcel in store.read_now(lambda unit: unit.outbox.list(100))}


async def run(
    store: Store, port: int, *, now: datetime = DATE, others: dict[str, Channel] | None = None, timeout: float = 5
) -> Counts:
    channels: dict[str, Channel] = {"email": EmailChannel(smtp_settings(port, timeout=timeout)), **(others or {})}
    return await send_due(store, channels, now=lambda: now, worker="test", lease=timedelta(minutes=3))


async def test_everything_due_is_sent_once_over_one_connection(store: Store, mail: FakeMail) -> None:
    queue(store, "a@example.org", "b@example.org", "c@example.org")
    assert await run(store, mail.port) == Counts(sent=3)
    assert await run(store, mail.port) == Counts()
    assert [one.recipients for one in mail.messages] == [("a@example.org",), ("b@example.org",), ("c@example.org",)]
    assert mail.connections == 1


async def test_p11_a_refused_second_of_five_is_recorded_and_the_others_get_theirs_once(
    store: Store, mail: FakeMail
) -> None:
    mail.answers(Step.RCPT, "550 5.1.1 no such box", address="2@example.org")
    queue(store, *(f"{number}@example.org" for number in range(1, 6)))
    assert await run(store, mail.port) == Counts(sent=4, failed=1)
    failed = parcels(store)["2@example.org"]
    assert failed.state is ParcelState.FAILED
    assert "550 5.1.1 no such box" in failed.last_error
    assert sorted(one.recipients[0][0] for one in mail.messages) == ["1", "3", "4", "5"]


@pytest.mark.parametrize("step", [Step.CONNECT, Step.EHLO, Step.MAIL, Step.RCPT, Step.DATA, Step.DOT])
async def test_4xx_at_each_step_is_tried_again_with_growing_pauses(store: Store, mail: FakeMail, step: Step) -> None:
    mail.answers(step, "451 greylisted")
    queue(store, "a@example.org")
    now, pauses = DATE, []
    for _ in range(3):
        assert (await run(store, mail.port, now=now)).deferred == 1
        again = parcels(store)["a@example.org"].next_try
        assert again is not None
        assert await run(store, mail.port, now=again - timedelta(seconds=1)) == Counts()
        pauses.append(again - now)
        now = again
    assert pauses == sorted(set(pauses))
    mail.behaves()
    assert await run(store, mail.port, now=now) == Counts(sent=1)
    assert len(mail.messages) == 1


async def test_p2_a_drop_after_the_final_dot_is_repeated_under_the_same_message_id(
    store: Store, mail: FakeMail
) -> None:
    mail.drops(Step.DOT, times=1)
    queue(store, "a@example.org")
    assert await run(store, mail.port) == Counts(uncertain=1)
    assert parcels(store)["a@example.org"].state is ParcelState.UNCERTAIN
    assert await run(store, mail.port, now=DATE + timedelta(hours=1)) == Counts(sent=1)
    first, second = mail.messages
    assert first.raw == second.raw


async def test_one_recipients_drop_holds_up_nobody_else(store: Store, mail: FakeMail) -> None:
    mail.drops(Step.RCPT, address="a@example.org")
    queue(store, "a@example.org", "b@example.org")
    assert await run(store, mail.port) == Counts(deferred=1, sent=1)
    assert [one.recipients for one in mail.messages] == [("b@example.org",)]


async def test_a_server_that_hangs_is_asked_once_in_a_run_not_once_a_message(
    store: Store, mail: FakeMail, tmp_path: Path
) -> None:
    mail.hangs(Step.EHLO)
    queue(store, *(f"{number}@example.org" for number in range(5)))
    queue(store, "folder@example.org", channel="folder")
    others: dict[str, Channel] = {"folder": FolderChannel(tmp_path / "mail", sender="press@example.org")}
    assert await run(store, mail.port, others=others, timeout=0.3) == Counts(deferred=5, sent=1)
    assert mail.connections == 1


async def test_a_channel_that_does_not_exist_keeps_its_parcels(store: Store, mail: FakeMail) -> None:
    queue(store, "a@example.org", channel="pigeon")
    assert await run(store, mail.port) == Counts(deferred=1)
    assert "no channel 'pigeon'" in parcels(store)["a@example.org"].last_error


class Broken:
    """A channel with a fault of its own making."""

    name = "broken"

    def send(self, message: Message, address: str) -> None:
        raise ZeroDivisionError(message.id, address)

    def close(self) -> None: ...

    def abort(self) -> None: ...


async def test_a_fault_of_ours_in_one_message_holds_up_nobody_else(store: Store, mail: FakeMail) -> None:
    queue(store, "a@example.org", channel="broken")
    queue(store, "b@example.org")
    assert await run(store, mail.port, others={"broken": Broken()}) == Counts(deferred=1, sent=1)


async def test_what_a_killed_sender_had_claimed_is_sent_by_the_next_when_the_lease_is_over(
    store: Store, mail: FakeMail
) -> None:
    queue(store, "a@example.org")
    lease = timedelta(minutes=3)
    store.write_now(lambda unit: unit.outbox.claim(now=DATE, lease=lease, limit=1, worker="killed"))
    assert await run(store, mail.port, now=DATE + lease / 2) == Counts()
    assert await run(store, mail.port, now=DATE + lease) == Counts(sent=1)


async def test_a_parcel_that_never_gets_through_is_given_up_with_its_reason(store: Store, mail: FakeMail) -> None:
    mail.answers(Step.RCPT, "450 box full")
    queue(store, "a@example.org")
    now = DATE
    for _ in range(60):
        counts = await run(store, mail.port, now=now)
        parcel = parcels(store)["a@example.org"]
        if parcel.state is ParcelState.FAILED:
            break
        now = parcel.next_try or now
    assert counts == Counts(failed=1)
    assert "given up after 36 attempts" in parcel.last_error
    assert "450 box full" in parcel.last_error


async def test_p13_a_cancelled_run_leaves_no_claim_behind(store: Store, mail: FakeMail) -> None:
    mail.hangs(Step.DOT)
    queue(store, "a@example.org")
    running = asyncio.ensure_future(run(store, mail.port, timeout=60))
    deadline = time.monotonic() + 10
    while Step.DOT not in mail.steps and time.monotonic() < deadline:
        await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(running, 5)
    assert parcels(store)["a@example.org"].state is ParcelState.UNCERTAIN


async def test_a_channel_in_trouble_is_left_alone_ever_longer_and_nothing_is_given_up(
    store: Store, mail: FakeMail
) -> None:
    mail.answers(Step.CONNECT, "554 no service here")
    queue(store, "a@example.org", "b@example.org")
    now, pauses = DATE, []
    for _ in range(12):
        assert await run(store, mail.port, now=now) == Counts(deferred=2)
        again = {parcel.next_try for parcel in parcels(store).values()}
        assert len(again) == 1
        pauses.append((again.pop() or now) - now)
        now += pauses[-1]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(minutes=1), timedelta(minutes=10))
    assert {parcel.attempts for parcel in parcels(store).values()} == {0}
    assert mail.connections == 12, "one look a pause, whatever waits"
    mail.behaves()
    assert await run(store, mail.port, now=now) == Counts(sent=2)


async def test_a_server_that_asks_for_less_twice_in_a_row_is_left_alone_for_a_while(
    store: Store, mail: FakeMail
) -> None:
    queue(store, *(f"{number}@example.org" for number in range(6)))
    mail.answers(Step.RCPT, "450 4.7.1 too many messages", address="2@")
    mail.answers(Step.RCPT, "421 4.7.0 slow down", address="3@")
    assert await run(store, mail.port) == Counts(sent=2, deferred=4)
    assert mail.steps.count(Step.RCPT) == 4
    mail.behaves()
    assert await run(store, mail.port, now=DATE + timedelta(seconds=59)) == Counts()
    assert await run(store, mail.port, now=DATE + timedelta(minutes=1)) == Counts(sent=4)


@pytest.mark.parametrize("answer", ["450 4.7.1 access denied", "421 4.3.0 cannot now"])
async def test_one_mailbox_that_is_never_open_holds_up_nobody(store: Store, mail: FakeMail, answer: str) -> None:
    mail.answers(Step.RCPT, answer, address="0@")
    queue(store, *(f"{number}@example.org" for number in range(4)))
    assert await run(store, mail.port) == Counts(sent=3, deferred=1)


async def test_greylisting_is_tried_again_within_minutes_and_slows_nothing(store: Store, mail: FakeMail) -> None:
    mail.answers(Step.RCPT, "450 4.7.1 Greylisted, see you in a minute", times=3)
    queue(store, *(f"{number}@example.org" for number in range(3)))
    assert await run(store, mail.port) == Counts(deferred=3)
    assert mail.steps.count(Step.RCPT) == 3
    assert await run(store, mail.port, now=DATE + timedelta(minutes=1)) == Counts(sent=3)


async def test_a_rate_is_kept_over_runs_and_the_rest_waits_untouched(store: Store, mail: FakeMail) -> None:
    queue(store, *(f"{number}@example.org" for number in range(5)))

    async def limited(now: datetime) -> Counts:
        channel = EmailChannel(smtp_settings(mail.port, rate=2))
        return await send_due(store, {"email": channel}, now=lambda: now, worker="test", lease=timedelta(minutes=3))

    assert await limited(DATE) == Counts(sent=2)
    assert await limited(DATE + timedelta(seconds=30)) == Counts()
    assert {parcel.attempts for parcel in parcels(store).values() if parcel.state is ParcelState.QUEUED} == {0}
    assert await limited(DATE + timedelta(seconds=61)) == Counts(sent=2)
    assert await limited(DATE + timedelta(seconds=122)) == Counts(sent=1)


async def test_a_connection_carries_so_many_mails_and_no_more(store: Store, mail: FakeMail) -> None:
    queue(store, *(f"{number}@example.org" for number in range(5)))
    channel = EmailChannel(smtp_settings(mail.port, connection_mails=2))
    await send_due(store, {"email": channel}, now=lambda: DATE, worker="test", lease=timedelta(minutes=3))
    assert (len(mail.messages), mail.connections) == (5, 3)


def digest(store: Store, slot: str) -> None:
    """A digest of the one recipient, in the outbox."""

    def work(unit: Unit) -> None:
        recipient = unit.recipients.get("a@example.org") or unit.recipients.add(
            Recipient(address="a@example.org"), at=DATE
        )
        unit.digests.freeze(recipient, "daily", slot, [], message(f"{slot}@example.org"), "email", at=DATE)

    store.write_now(work)


@pytest.mark.parametrize(("answer", "needed"), [("550 5.1.1 no such box", 2), ("552 5.2.2 box full", 3)])
async def test_repeated_refusals_of_a_recipient_pause_them_until_they_are_resumed(
    store: Store, mail: FakeMail, answer: str, needed: int
) -> None:
    mail.answers(Step.RCPT, answer)
    for number in range(needed):
        assert not store.read_now(lambda unit: unit.subscriptions.silent())
        digest(store, str(number))
        assert await run(store, mail.port) == Counts(failed=1)
    (reason,) = store.read_now(lambda unit: unit.subscriptions.silent()).values()
    assert answer in reason
    (trouble,) = store.read_now(lambda unit: unit.troubles.untold())
    assert (trouble.kind, trouble.about) == ("paused", "a@example.org")
    mail.behaves()
    store.write_now(lambda unit: unit.subscriptions.resume(1, at=DATE))
    assert await run(store, mail.port) == Counts(sent=needed), "what was refused goes out after all"


@pytest.mark.parametrize(
    ("step", "answer"),
    [(Step.RCPT, "550 5.7.1 not from you"), (Step.DATA, "550 5.1.1 odd"), (Step.DOT, "554 5.6.0 spam"),
     (Step.MAIL, "550 5.1.8 bad sender")],
)  # fmt: skip
async def test_what_is_not_about_the_recipient_pauses_nobody(
    store: Store, mail: FakeMail, step: Step, answer: str
) -> None:
    mail.answers(step, answer)
    for number in range(5):
        digest(store, str(number))
    assert await run(store, mail.port) == Counts(failed=5)
    assert store.read_now(lambda unit: unit.subscriptions.silent()) == {}


async def test_each_mail_has_a_return_address_of_its_own(store: Store, mail: FakeMail, tmp_path: Path) -> None:
    digest(store, "1"), digest(store, "2")
    channels = open_channels(smtp_settings(mail.port, bounces="bounces@example.org"), tmp_path)
    await send_due(store, channels, now=lambda: DATE, worker="test", lease=timedelta(minutes=3))
    senders = [one.sender for one in mail.messages]
    assert len(set(senders)) == 2
    returns = Returns("bounces@example.org", signing_key(tmp_path))
    tickets = [ticket for sender in senders for ticket in returns.tickets(sender)]
    assert [ticket.parcel for ticket in tickets] == [1, 2]
    assert all(returns.is_true(ticket, "a@example.org") for ticket in tickets)
    assert {str(one.mail["From"]) for one in mail.messages} == {"press@example.org"}
