"""`presswatch doctor mail` tells each step of a mail's way, with what to do where it fails."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from news.settings import Settings
from tests.fakemail import FakeMail, Step, self_signed
from tests.scheduler.delivery.samples import smtp_settings
from tests.ui.cli.desk import Desk
from ui.cli.checks import Finding
from ui.cli.mail_checks import mail_findings

RECORDS = {
    "example.org": ["google-site-verification=x", "v=spf1 mx ~all"],
    "_dmarc.example.org": ["v=DMARC1; p=none"],
    "one._domainkey.example.org": ["v=DKIM1; k=rsa; p=MIIB"],
}


@pytest.fixture
def mail() -> Iterator[FakeMail]:
    with FakeMail() as server:
        yield server


def found(
    settings: Settings, *, to: str = "", records: dict[str, list[str]] | None = None, home: Path = Path()
) -> dict[str, Finding]:
    known = RECORDS if records is None else records
    return {one.what: one for one in mail_findings(settings, home, to=to, records=lambda name: known.get(name, []))}


def test_a_way_in_order_is_told_step_by_step_and_nothing_is_sent_unasked(mail: FakeMail) -> None:
    findings = found(smtp_settings(mail.port))
    assert {name: one.right for name, one in findings.items()} == dict.fromkeys(
        ("connection", "login", "SPF", "DMARC"), True
    )
    assert mail.messages == []


def test_a_test_message_goes_where_it_was_asked_for(mail: FakeMail) -> None:
    assert found(smtp_settings(mail.port), to="boss@example.org")["test message"].right
    (received,) = mail.messages
    assert (received.recipients, received.mail["Subject"]) == (("boss@example.org",), "presswatch: test message")
    mail.answers(Step.RCPT, "550 no such box")
    refused = found(smtp_settings(mail.port), to="gone@example.org")["test message"]
    assert (refused.right, "550 no such box" in refused.told) == (False, True)


def test_the_test_message_is_sent_as_digests_are(mail: FakeMail, tmp_path: Path) -> None:
    returned = smtp_settings(mail.port, bounces="bounces@example.org")
    assert found(returned, to="boss@example.org", home=tmp_path)["test message"].right
    assert mail.messages[0].sender.startswith("bounces+")
    signed = smtp_settings(mail.port, dkim="{domain: example.org, selector: one, key_file: missing.pem}")
    faulty = found(signed, to="boss@example.org", home=tmp_path)["test message"]
    assert (faulty.right, "smtp.dkim" in faulty.told) == (False, True)
    assert len(mail.messages) == 1


def test_tls_and_the_days_of_its_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server, client = self_signed(tmp_path)
    with FakeMail(tls=server) as mail:
        untrusted = found(smtp_settings(mail.port, security="starttls"))["TLS"]
        assert (untrusted.right, "not valid" in untrusted.told) == (False, True)
        monkeypatch.setattr(ssl, "create_default_context", lambda *_, **__: client)
        tls = found(smtp_settings(mail.port, security="starttls"))["TLS"]
        assert "TLSv1" in tls.told
        assert ("good for 0 days" in tls.told, tls.right) == (True, False)
        assert "renew" in tls.remedy


def test_a_server_without_tls_and_one_that_refuses_the_login(mail: FakeMail) -> None:
    assert "smtp.security" in found(smtp_settings(mail.port, security="starttls"))["TLS"].remedy
    mail.answers(Step.AUTH, "535 no: s3cret-word")
    login = found(smtp_settings(mail.port, username="desk", password="s3cret-word"))["login"]
    assert not login.right
    assert "s3cret" not in login.told


def test_nobody_there_leaves_out_what_rests_on_it() -> None:
    findings = found(smtp_settings(9))
    assert not findings["connection"].right
    assert "TLS" not in findings
    assert "login" not in findings


def test_missing_and_doubled_records_are_told_with_what_to_publish(mail: FakeMail) -> None:
    findings = found(smtp_settings(mail.port), records={"example.org": ["v=spf1 mx -all", "v=spf1 a ~all"]})
    assert (findings["SPF"].right, "2 such records" in findings["SPF"].told) == (False, True)
    assert "_dmarc.example.org" in findings["DMARC"].remedy
    signed = smtp_settings(mail.port, dkim="{domain: example.org, selector: one, key_file: k.pem}")
    assert found(signed)["DKIM"].right
    assert "one._domainkey.example.org" in found(signed, records={})["DKIM"].remedy


def test_without_dns_nothing_is_called_wrong(mail: FakeMail) -> None:
    def silent(_name: str) -> list[str]:
        raise LookupError("the DNS does not answer")

    findings = {one.what: one for one in mail_findings(smtp_settings(mail.port), Path(), records=silent)}
    assert findings["SPF"].right
    assert "not looked up" in findings["SPF"].told
    assert [one.what for one in findings.values() if not one.known] == ["SPF", "DMARC"]


def test_the_command_without_a_mail_server(desk: Desk) -> None:
    result = desk.type("doctor", "mail")
    assert result.exit_code == 1
    assert "Set smtp.host" in result.stdout
    assert desk.type("doctor", "--help").exit_code == 0
