"""`presswatch recipient confirm | resume | bounce`."""

from __future__ import annotations

from datetime import timedelta

import pytest

from news.message import Parcel, ParcelState
from scheduler.delivery.verp import Returns
from scheduler.keys import signing_key
from storage import Unit
from tests.scheduler.delivery import reports
from tests.scheduler.delivery.reports import report
from tests.scheduler.delivery.samples import DATE, message
from tests.ui.cli.desk import Desk

DESK = "desk@ifrc-desk.kz"


def sent(desk: Desk, slot: str) -> Parcel:
    """A digest that the mail server took."""

    def work(unit: Unit) -> Parcel:
        unit.digests.freeze(unit.recipients.all()[0], "daily", slot, [], message(slot), "email", at=DATE)
        (parcel,) = unit.outbox.claim(now=DATE, lease=timedelta(minutes=3), limit=1, worker="test")
        unit.outbox.settle(parcel, ParcelState.SENT, now=DATE)
        return parcel

    assert desk.type("recipient", "list").exit_code == 0
    with desk.store() as store:
        return store.write_now(work)


def a_report(desk: Desk, parcel: Parcel) -> bytes:
    returns = Returns("bounces@ifrc-desk.kz", signing_key(desk.folder))
    return report(reports.POSTFIX, returned=returns.address_for(parcel.message, parcel.address))


@pytest.fixture
def mailing(desk: Desk) -> Desk:
    """A desk whose reports come back to an address of their own."""
    with desk.config.open("a") as config:
        config.write("smtp: {host: mail.ifrc-desk.kz, sender: press@ifrc-desk.kz, bounces: bounces@ifrc-desk.kz}\n")
    return desk


def test_reports_on_stdin_pause_a_recipient_and_a_command_resumes_them(mailing: Desk) -> None:
    told = [mailing.type("recipient", "bounce", stdin=a_report(mailing, sent(mailing, slot))) for slot in ("1", "2")]
    assert [one.exit_code for one in told] == [0, 0]
    assert "recipient resume" in told[1].stdout
    assert mailing.json("recipient", "list")[0]["state"].startswith("paused: 2 digests were refused")
    assert "paused" in mailing.type("recipient", "list").stdout
    assert "is written to again" in mailing.type("recipient", "resume", DESK).stdout
    assert mailing.json("recipient", "list")[0]["state"] == ""
    assert "is not paused" in mailing.type("recipient", "resume", DESK).stdout
    assert {one["state"] for one in mailing.json("digest", "list")} == {"queued"}, "what was refused goes out again"


def test_a_report_about_nothing_of_ours_is_said_and_changes_nothing(mailing: Desk) -> None:
    result = mailing.type("recipient", "bounce", stdin=report(reports.POSTFIX))
    assert result.exit_code == 1
    assert "no mail of this installation" in result.stdout


def test_without_an_address_for_reports_it_says_what_to_set(desk: Desk) -> None:
    result = desk.type("recipient", "bounce", stdin=b"x")
    assert result.exit_code == 2
    assert "smtp.bounces" in result.stderr


def test_the_owner_confirms_for_a_recipient(desk: Desk) -> None:
    assert desk.type("recipient", "list").exit_code == 0
    with desk.store() as store:
        store.write_now(lambda unit: unit.subscriptions.require_confirmation(1, "the owner has to", at=DATE))
    assert desk.json("recipient", "list")[0]["state"] == "unconfirmed: the owner has to"
    assert "gets digests from now on" in desk.type("recipient", "confirm", DESK).stdout
    assert "nothing to confirm" in desk.type("recipient", "confirm", DESK).stdout
    assert desk.json("recipient", "list")[0]["state"] == ""


@pytest.mark.parametrize("command", ["confirm", "resume"])
def test_an_unknown_recipient_is_a_misuse(desk: Desk, command: str) -> None:
    result = desk.type("recipient", command, "nobody@example.org")
    assert result.exit_code == 2
    assert "recipient list" in result.stderr
