"""What a mail that came back says: refused, given up, late, or no report at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.delivery import bounces
from scheduler.delivery.bounces import Bounce, BounceKind, read_bounce
from tests.scheduler.delivery import reports
from tests.scheduler.delivery.reports import report


@pytest.mark.parametrize("form", [reports.POSTFIX, reports.EXIM, reports.QMAIL])
def test_an_unknown_mailbox_is_a_refusal_in_every_servers_words(form: str) -> None:
    bounce = read_bounce(report(form))
    assert (bounce.kind, bounce.code) == (BounceKind.REFUSED, "5.1.1")
    assert "\n" not in bounce.said


@pytest.mark.parametrize(
    ("action", "status", "words", "kind", "code"),
    [
        ("failed", "5.2.2", "552 5.2.2 Mailbox full", BounceKind.REFUSED, "5.2.2"),
        ("failed", "5.0.0", "550 5.1.1 unknown", BounceKind.REFUSED, "5.1.1"),
        ("failed", "", "no words", BounceKind.REFUSED, "5.0.0"),
        ("failed", "4.4.7", "delivery time expired", BounceKind.FINAL, "4.4.7"),
        ("delayed", "4.2.2", "452 4.2.2 full for now", BounceKind.LATE, "4.2.2"),
        ("delivered", "2.0.0", "250 ok", BounceKind.NOTHING, ""),
        ("relayed", "2.0.0", "250 ok", BounceKind.NOTHING, ""),
        ("FAILED ", "5.1.1", "550 no", BounceKind.REFUSED, "5.1.1"),
    ],
)
def test_a_status_report_means_what_its_action_and_status_say(
    action: str, status: str, words: str, kind: BounceKind, code: str
) -> None:
    bounce = read_bounce(report(reports.POSTFIX, action=action, status=status, words=words))
    assert (bounce.kind, bounce.code) == (kind, code)


@pytest.mark.parametrize("form", [reports.VACATION, reports.PERSON, reports.NOT_SPAM, "", "\n\n", "no mail at all"])
def test_answers_praise_and_junk_are_no_reports(form: str) -> None:
    assert read_bounce(report(form)) == Bounce(kind=BounceKind.NOTHING)


def test_a_readers_complaint_is_one() -> None:
    assert read_bounce(report(reports.COMPLAINT)) == Bounce(kind=BounceKind.UNWANTED, said="abuse")


def test_a_letter_of_exim_that_it_keeps_trying_is_only_late() -> None:
    assert read_bounce(report(reports.EXIM_LATE)).kind is BounceKind.LATE


def test_what_the_returned_mail_says_is_not_what_the_report_says() -> None:
    letter = reports.QMAIL.replace("(#5.1.1)", "").replace("Return-Path", "4.2.2 Return-Path")
    assert read_bounce(report(letter)).code == "5.0.0"


def test_a_report_of_several_recipients_is_as_bad_as_the_worst() -> None:
    group = "\nFinal-Recipient: rfc822; b@example.org\nAction: delayed\nStatus: 4.2.2\n"
    form = reports.POSTFIX.replace("Diagnostic-Code: smtp; {words}\n", "Diagnostic-Code: smtp; {words}\n" + group)
    assert read_bounce(report(form)).kind is BounceKind.REFUSED


def test_a_huge_report_is_read_to_its_beginning() -> None:
    assert read_bounce(report(reports.POSTFIX) + b"x" * 5_000_000).kind is BounceKind.REFUSED
    assert bounces.MOST_READ < 5_000_000


@given(st.binary(max_size=2_000))
def test_whatever_comes_is_read_without_a_fault(raw: bytes) -> None:
    assert read_bounce(raw).kind in BounceKind


@given(st.data())
def test_a_damaged_report_is_read_without_a_fault(data: st.DataObject) -> None:
    raw = report(reports.POSTFIX)
    start = data.draw(st.integers(0, len(raw)))
    length = data.draw(st.integers(0, 200))
    noise = data.draw(st.binary(max_size=50))
    assert read_bounce(raw[:start] + noise + raw[start + length :]).kind in BounceKind


def test_boxes_in_boxes_without_end_are_no_report() -> None:
    opened = b"".join(
        b'Content-Type: multipart/report; boundary="%d"\r\n\r\n--%d\r\n' % (depth, depth) for depth in range(5_000)
    )
    assert read_bounce(opened).kind is BounceKind.NOTHING
