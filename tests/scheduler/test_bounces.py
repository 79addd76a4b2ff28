"""Reports about mails that came back reach the parcel they are about, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from news.message import Parcel, ParcelState
from news.settings import parse_settings
from news.subscription import SubscriptionState
from news.watch.watch import Recipient
from scheduler.app import App
from scheduler.bounces import TakenIn, look_into_maildir, take_in_bounce
from scheduler.delivery.verp import Returns
from storage import Store, Unit, open_store
from tests.scheduler.delivery import reports
from tests.scheduler.delivery.reports import report
from tests.scheduler.delivery.samples import DATE, message

CONFIG = """
contact: desk@example.org
smtp:
  host: mail.example.org
  sender: press@example.org
  bounces: bounces@example.org
  bounces_maildir: reports
"""
DESK = "desk@example.org"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with open_store(f"sqlite:///{tmp_path / 'press.db'}") as store:
        yield App(settings=parse_settings(CONFIG, {}, read_secret=str), store=store, home=tmp_path)


def returns(app: App) -> Returns:
    return Returns("bounces@example.org", app.key)


def sent(store: Store, slot: str, address: str = DESK) -> Parcel:
    """A digest of the recipient of this address that the server took."""

    def work(unit: Unit) -> Parcel:
        recipient = unit.recipients.get(address) or unit.recipients.add(Recipient(address=address), at=DATE)
        unit.digests.freeze(recipient, "daily", slot, [], message(f"{slot}@example.org"), "email", at=DATE)
        (parcel,) = unit.outbox.claim(now=DATE, lease=timedelta(minutes=3), limit=1, worker="test")
        unit.outbox.settle(parcel, ParcelState.SENT, now=DATE)
        return parcel

    return store.write_now(work)


def returned(app: App, parcel: Parcel) -> str:
    """The return address of this parcel."""
    return returns(app).address_for(parcel.message, parcel.address)


def taken(app: App, raw: bytes, *, envelope: str = "") -> TakenIn:
    return app.store.write_now(lambda unit: take_in_bounce(unit, raw, returns=returns(app), envelope=envelope, at=DATE))


def state(app: App, parcel: Parcel) -> ParcelState:
    now = app.store.read_now(lambda unit: unit.outbox.get(parcel.id))
    assert now is not None
    return now.state


def paused(app: App) -> bool:
    return app.store.read_now(lambda unit: unit.subscriptions.of(1)).state is SubscriptionState.PAUSED


def test_two_digests_refused_for_want_of_a_mailbox_pause_the_recipient_and_tell_the_owner(app: App) -> None:
    first, second = sent(app.store, "1"), sent(app.store, "2")
    assert taken(app, report(reports.POSTFIX, returned=returned(app, first))) is TakenIn.REFUSED
    assert state(app, first) is ParcelState.FAILED
    assert not paused(app)
    assert taken(app, report(reports.EXIM, returned=returned(app, first))) is TakenIn.REFUSED
    assert not paused(app), "a parcel counts once, however many reports come about it"
    assert taken(app, report(reports.QMAIL, returned=returned(app, second))) is TakenIn.PAUSED
    assert paused(app)
    (trouble,) = app.store.read_now(lambda unit: unit.troubles.untold())
    assert (trouble.kind, trouble.about) == ("paused", DESK)
    assert trouble.text.startswith("2 digests were refused, the last with 5.1.1: ")


def test_what_is_late_changes_nothing_and_what_took_too_long_is_not_counted(app: App) -> None:
    parcels = [sent(app.store, str(number)) for number in range(4)]
    for parcel in parcels:
        late = report(reports.POSTFIX, returned=returned(app, parcel), action="delayed", status="4.4.1")
        assert taken(app, late) is TakenIn.LATE
        assert state(app, parcel) is ParcelState.SENT
        expired = report(reports.POSTFIX, returned=returned(app, parcel), status="4.4.7", words="expired")
        assert taken(app, expired) is TakenIn.FINAL
        assert state(app, parcel) is ParcelState.FAILED
    assert not paused(app)


def test_refusals_by_policy_are_not_the_recipients(app: App) -> None:
    for number in range(5):
        parcel = sent(app.store, str(number))
        spam = report(reports.POSTFIX, returned=returned(app, parcel), status="5.7.1", words="550 5.7.1 spam")
        assert taken(app, spam) is TakenIn.REFUSED
    assert not paused(app)


def test_a_complaint_pauses_its_reader_at_once_and_the_digest_stays_delivered(app: App) -> None:
    parcel, other = sent(app.store, "1"), sent(app.store, "2", "chief@example.org")
    complaint = report(reports.COMPLAINT, returned=returned(app, parcel))
    assert [taken(app, complaint) for _ in range(2)] == [TakenIn.UNWANTED, TakenIn.UNWANTED]
    assert (state(app, parcel), paused(app)) == (ParcelState.SENT, True)
    standing = app.store.read_now(lambda unit: unit.subscriptions.of(other.recipient_id or 0))
    assert standing.state is SubscriptionState.ACTIVE
    (trouble,) = app.store.read_now(lambda unit: unit.troubles.untold())
    assert (trouble.kind, trouble.about, trouble.times) == ("paused", DESK, 1)
    assert trouble.text == "marked as unwanted by its reader (abuse)"


@pytest.mark.parametrize("form", [reports.VACATION, reports.NOT_SPAM, reports.PERSON])
def test_answers_and_praise_count_for_nothing(app: App, form: str) -> None:
    for number in range(4):
        parcel = sent(app.store, str(number))
        assert taken(app, report(form, returned=returned(app, parcel))) is TakenIn.NOTHING
        assert state(app, parcel) is ParcelState.SENT
    assert not paused(app)


def test_forged_reports_are_refused(app: App) -> None:
    parcel, other = sent(app.store, "1"), sent(app.store, "2", "chief@example.org")
    code = returned(app, other).partition("-")[2]
    guesses = [f"bounces+{parcel.id}-{code}", f"bounces+{parcel.id}-{'a' * 16}@example.org", "bounces@example.org"]
    for guess in [*guesses, f"bounces+999-{code}", f"bounces+{2**62}-{code}"]:
        assert taken(app, report(reports.POSTFIX, returned=guess)) is TakenIn.FOREIGN
    assert state(app, parcel) is ParcelState.SENT


def test_the_envelope_tells_where_the_text_does_not(app: App) -> None:
    parcel = sent(app.store, "1")
    raw = report(reports.POSTFIX)
    assert taken(app, raw) is TakenIn.FOREIGN
    assert taken(app, raw, envelope=returned(app, parcel)) is TakenIn.REFUSED


async def test_a_maildir_is_emptied_and_a_second_look_finds_nothing(app: App, tmp_path: Path) -> None:
    new = tmp_path / "reports" / "new"
    new.mkdir(parents=True)
    parcel = sent(app.store, "1")
    (new / "1.host").write_bytes(report(reports.POSTFIX, returned=returned(app, parcel)))
    (new / "2.host").write_bytes(b"\xff\x00 junk")
    assert await look_into_maildir(app, now=DATE) == 2
    assert await look_into_maildir(app, now=DATE) == 0
    assert state(app, parcel) is ParcelState.FAILED
    assert sorted(file.name for file in (tmp_path / "reports" / "cur").iterdir()) == ["1.host:2,S", "2.host:2,S"]
    assert list(new.iterdir()) == []


async def test_a_maildir_that_is_not_there_holds_up_nothing(app: App) -> None:
    assert await look_into_maildir(app, now=DATE) == 0
