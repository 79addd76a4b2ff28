from __future__ import annotations

import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from news.errors import DeliveryError
from news.settings import Settings, parse_settings
from scheduler.delivery.email import EmailChannel
from tests.fakemail import FakeMail, Step, self_signed
from tests.scheduler.delivery.samples import message, smtp_settings

RECIPIENT = "desk@example.org"


@pytest.fixture
def mail() -> Iterator[FakeMail]:
    with FakeMail() as server:
        yield server


def failing(settings: Settings) -> DeliveryError:
    channel = EmailChannel(settings)
    try:
        with pytest.raises(DeliveryError) as caught:
            channel.send(message(), RECIPIENT)
    finally:
        channel.close()
    return caught.value


@pytest.mark.parametrize(
    "subject",
    [
        "1 story: Қазақстан Қызыл Жарты Ай қоғамының еріктілері су тасқынына дайындалуда - Fri 8 Mar",
        "3 stories: Красный Полумесяц, УВКБ ООН, трансграничные воды и чрезвычайные ситуации - Fri 8 Mar",
        "Qazaqstan Qyzyl Jarty Aı qoǵamynyń eriktileri",
    ],
)
def test_russian_and_kazakh_subjects_arrive_letter_for_letter(mail: FakeMail, subject: str) -> None:
    channel = EmailChannel(smtp_settings(mail.port))
    channel.send(message(subject=subject), RECIPIENT)
    channel.close()
    (received,) = mail.messages
    assert received.mail["Subject"] == subject
    assert received.recipients == (RECIPIENT,)
    assert received.sender == "press@example.org"


def test_several_messages_share_one_connection(mail: FakeMail) -> None:
    channel = EmailChannel(smtp_settings(mail.port))
    for number in range(3):
        channel.send(message(f"digest.{number}@example.org"), RECIPIENT)
    channel.close()
    assert [one.mail["Message-ID"] for one in mail.messages] == [f"<digest.{n}@example.org>" for n in range(3)]
    assert mail.connections == 1


def test_a_connection_that_the_server_closed_between_two_messages_is_opened_anew(mail: FakeMail) -> None:
    channel = EmailChannel(smtp_settings(mail.port))
    channel.send(message(), RECIPIENT)
    mail.drops(Step.MAIL, times=1)
    channel.send(message("second@example.org"), RECIPIENT)
    channel.close()
    assert (len(mail.messages), mail.connections) == (2, 2)


@pytest.mark.parametrize("step", [Step.MAIL, Step.RCPT, Step.DATA, Step.DOT])
def test_5xx_for_a_message_is_its_end_and_gives_the_servers_words(mail: FakeMail, step: Step) -> None:
    mail.answers(step, "550 5.1.1 no such box")
    error = failing(smtp_settings(mail.port))
    assert (error.permanent, error.uncertain, error.shared) == (True, False, False)
    assert "550 5.1.1 no such box" in str(error)


@pytest.mark.parametrize("step", [Step.MAIL, Step.RCPT, Step.DATA, Step.DOT])
def test_4xx_for_a_message_is_tried_again(mail: FakeMail, step: Step) -> None:
    mail.answers(step, "451 4.7.1 greylisted")
    error = failing(smtp_settings(mail.port))
    assert (error.permanent, error.uncertain, error.shared) == (False, False, False)
    assert "greylisted" in str(error)


@pytest.mark.parametrize("answer", ["421 busy", "554 no service here"])
@pytest.mark.parametrize("step", [Step.CONNECT, Step.EHLO])
def test_a_server_that_does_not_serve_is_nobodys_fault_and_concerns_all(
    mail: FakeMail, step: Step, answer: str
) -> None:
    mail.answers(step, answer)
    error = failing(smtp_settings(mail.port))
    assert (error.permanent, error.uncertain, error.shared) == (False, False, True)


def test_nobody_listening_concerns_all() -> None:
    with FakeMail() as server:
        port = server.port
    error = failing(smtp_settings(port))
    assert (error.permanent, error.shared) == (False, True)
    assert "127.0.0.1" in str(error)


@pytest.mark.parametrize("step", [Step.RCPT, Step.DATA])
def test_a_drop_before_the_final_dot_surely_delivered_nothing(mail: FakeMail, step: Step) -> None:
    mail.drops(step)
    error = failing(smtp_settings(mail.port))
    assert (error.permanent, error.uncertain) == (False, False)
    assert mail.messages == []


def test_a_drop_within_a_long_message_surely_delivered_nothing(mail: FakeMail) -> None:
    mail.drops(Step.BODY)
    channel = EmailChannel(smtp_settings(mail.port))
    with pytest.raises(DeliveryError) as caught:
        channel.send(replace(message(), text="a long line of a long text\n" * 1_000_000), RECIPIENT)
    channel.close()
    assert (caught.value.permanent, caught.value.uncertain) == (False, False)


def test_a_drop_that_may_have_crossed_the_final_dot_is_uncertain(mail: FakeMail) -> None:
    # A short message is under way whole, dot included, before the drop can be noticed.
    mail.drops(Step.BODY)
    assert failing(smtp_settings(mail.port)).uncertain


def test_a_drop_after_the_final_dot_is_uncertain(mail: FakeMail) -> None:
    mail.drops(Step.DOT)
    error = failing(smtp_settings(mail.port))
    assert (error.permanent, error.uncertain) == (False, True)
    assert len(mail.messages) == 1


@pytest.mark.parametrize(("step", "uncertain"), [(Step.MAIL, False), (Step.RCPT, False), (Step.DOT, True)])
def test_a_hang_ends_with_the_timeout(mail: FakeMail, step: Step, uncertain: bool) -> None:
    mail.hangs(step)
    error = failing(smtp_settings(mail.port, timeout=0.3))
    assert (error.permanent, error.uncertain) == (False, uncertain)


def test_one_recipients_refusal_leaves_the_connection_fit_for_the_next(mail: FakeMail) -> None:
    mail.answers(Step.RCPT, "550 no such box", address="gone@example.org")
    channel = EmailChannel(smtp_settings(mail.port))
    with pytest.raises(DeliveryError):
        channel.send(message(), "gone@example.org")
    channel.send(message(), RECIPIENT)
    channel.close()
    assert [one.recipients for one in mail.messages] == [(RECIPIENT,)]
    assert mail.connections == 1


def test_login_over_starttls(tmp_path: Path) -> None:
    server_side, client_side = self_signed(tmp_path)
    with FakeMail(login=("desk", "s3cret"), tls=server_side) as mail:
        settings = smtp_settings(mail.port, security="starttls", username="desk", password="s3cret")
        channel = EmailChannel(settings, context=client_side)
        channel.send(message(), RECIPIENT)
        channel.close()
        (received,) = mail.messages
    assert received.encrypted
    assert received.login == "desk"


def test_tls_from_the_first_byte(tmp_path: Path) -> None:
    server_side, client_side = self_signed(tmp_path)
    with FakeMail(tls=server_side, implicit_tls=True) as mail:
        channel = EmailChannel(smtp_settings(mail.port, security="tls"), context=client_side)
        channel.send(message(), RECIPIENT)
        channel.close()
        assert len(mail.messages) == 1


def test_a_refused_login_is_not_the_recipients_fault_and_shows_no_password(tmp_path: Path) -> None:
    server_side, client_side = self_signed(tmp_path)
    with FakeMail(login=("desk", "right"), tls=server_side) as mail:
        settings = smtp_settings(mail.port, security="starttls", username="desk", password="wr0ng-s3cret")
        channel = EmailChannel(settings, context=client_side)
        with pytest.raises(DeliveryError) as caught:
            channel.send(message(), RECIPIENT)
        channel.close()
    assert (caught.value.permanent, caught.value.shared) == (False, True)
    assert "desk" in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert "s3cret" not in repr(caught.value.__cause__)


def test_a_server_that_quotes_the_login_as_it_came_shows_no_password(tmp_path: Path) -> None:
    server_side, client_side = self_signed(tmp_path)
    quoted = b64encode(b"\0office\0wr0ng-s3cret").decode()
    with FakeMail(login=("office", "right"), tls=server_side) as mail:
        mail.answers(Step.AUTH, f"535 5.7.8 AUTH PLAIN {quoted} is refused")
        settings = smtp_settings(mail.port, security="starttls", username="office", password="wr0ng-s3cret")
        channel = EmailChannel(settings, context=client_side)
        with pytest.raises(DeliveryError, match="is refused") as caught:
            channel.send(message(), RECIPIENT)
        channel.close()
    assert quoted.rstrip("=") not in str(caught.value)


def test_mail_that_needs_a_login_we_were_not_given_waits_for_the_settings(mail: FakeMail) -> None:
    mail.answers(Step.MAIL, "530 5.7.0 authentication required")
    error = failing(smtp_settings(mail.port))
    assert (error.permanent, error.shared) == (False, True)


def test_without_starttls_on_offer_nothing_is_sent_in_the_clear(mail: FakeMail) -> None:
    error = failing(smtp_settings(mail.port, security="starttls", username="desk", password="s3cret"))
    assert (error.permanent, error.shared) == (False, True)
    assert Step.AUTH not in mail.steps
    assert mail.messages == []


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    server_side, _ = self_signed(tmp_path)
    with FakeMail(tls=server_side) as mail:
        error = failing(smtp_settings(mail.port, security="starttls"))
        assert "certificate" in str(error)
        assert (error.permanent, error.shared, mail.messages) == (False, True, [])


def test_abort_ends_a_send_that_waits(mail: FakeMail) -> None:
    mail.hangs(Step.DOT)
    channel = EmailChannel(smtp_settings(mail.port, timeout=60))
    caught: list[DeliveryError] = []

    def send() -> None:
        try:
            channel.send(message(), RECIPIENT)
        except DeliveryError as error:
            caught.append(error)

    thread = threading.Thread(target=send)
    thread.start()
    deadline = time.monotonic() + 10
    while Step.DOT not in mail.steps and time.monotonic() < deadline:
        time.sleep(0.01)
    channel.abort()
    thread.join(5)
    assert not thread.is_alive()
    assert [error.uncertain for error in caught] == [True]
    with pytest.raises(DeliveryError, match="stopping"):
        channel.send(message(), RECIPIENT)


def test_logging_in_sends_nothing_and_tells_what_is_wrong(tmp_path: Path) -> None:
    server_side, client_side = self_signed(tmp_path)
    with FakeMail(login=("desk", "right"), tls=server_side) as mail:
        good = EmailChannel(
            smtp_settings(mail.port, security="starttls", username="desk", password="right"), context=client_side
        )
        good.log_in()
        good.close()
        bad = EmailChannel(
            smtp_settings(mail.port, security="starttls", username="desk", password="wrong"), context=client_side
        )
        with pytest.raises(DeliveryError, match="refused the login"):
            bad.log_in()
        bad.close()
        assert mail.messages == []
        assert Step.MAIL not in mail.steps


def test_mail_that_waits_for_a_host_says_so() -> None:
    with pytest.raises(DeliveryError, match=r"smtp\.host is not set") as refused:
        EmailChannel(parse_settings("contact: a@example.org\n", {}, read_secret=str)).send(
            message(), "desk@example.org"
        )
    assert refused.value.shared
    assert not refused.value.permanent
