"""What `presswatch doctor mail` looks at: the server by its own dialogue, the sender's domain by its DNS records."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from news.errors import DeliveryError, PresswatchError
from news.extras import DKIM, how_to_install
from news.message import Message
from news.settings import Settings
from scheduler.delivery.email import open_email
from ui.cli.checks import Finding, check_mail
from ui.cli.opened import right_now
from ui.cli.output import counted

DAYS_LEFT = 14
"""Days before its end from which on a certificate is called nearly over."""

_TIMEOUT = 10.0
_DNS_TIMEOUT = 5.0
_NO_DNS = f"not looked up: the library for it comes with {how_to_install(DKIM)}"
Records = Callable[[str], list[str]]


def mail_findings(settings: Settings, home: Path, *, to: str = "", records: Records | None = None) -> Iterator[Finding]:
    """Every finding in order; what rests on a step that failed is left out.

    home: where relative paths and the key start. records: the TXT records of a name; None asks the DNS, where the
    library for it is there.
    """
    if not settings.smtp.host:
        remedy = "Set smtp.host and smtp.sender in config.yaml."
        told = f"no mail server set, digests become files in {settings.delivery.folder}"
        yield Finding(what="connection", right=False, told=told, remedy=remedy)
        return
    connection = check_connection(settings)
    yield connection
    if connection.right:
        if settings.smtp.security != "none":
            yield check_certificate(settings)
        login = check_mail(settings)
        told = f"{settings.smtp.username} may send" if settings.smtp.username else "none needed"
        yield Finding(what="login", right=login.right, told=told if login.right else login.told, remedy=login.remedy)
    yield from check_domain(settings, records or _dns())
    if to:
        yield check_test_message(settings, home, to)


def check_connection(settings: Settings) -> Finding:
    """Whether anybody answers at host and port."""
    host, port = settings.smtp.host, settings.smtp.port
    try:
        socket.create_connection((host.strip("[]"), port), timeout=_TIMEOUT).close()
    except (OSError, UnicodeError) as error:
        told = f"{host}:{port} does not answer: {error.strerror if isinstance(error, OSError) else error}"
        remedy = "Check smtp.host and smtp.port, and that no firewall stands between."
        return Finding(what="connection", right=False, told=told, remedy=remedy)
    return Finding(what="connection", right=True, told=f"{host}:{port} answers")


def check_certificate(settings: Settings) -> Finding:
    """Which TLS is spoken, and how long the server's certificate is still good."""
    smtp, context = settings.smtp, ssl.create_default_context()
    server: smtplib.SMTP | None = None
    try:
        if smtp.security == "tls":
            server = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=_TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(smtp.host, smtp.port, timeout=_TIMEOUT)
            server.starttls(context=context)
        if not isinstance(server.sock, ssl.SSLSocket):
            raise smtplib.SMTPException("the connection stayed open to everybody")
        version, ends = server.sock.version(), str((server.sock.getpeercert() or {}).get("notAfter", ""))
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
    except ssl.SSLCertVerificationError as error:
        remedy = "Name the server as its certificate does (smtp.host), or have the certificate renewed."
        return Finding(what="TLS", right=False, told=f"certificate not valid: {error.verify_message}", remedy=remedy)
    except (OSError, smtplib.SMTPException) as error:
        remedy = "Check smtp.security: starttls belongs to port 587, tls to 465."
        return Finding(what="TLS", right=False, told=str(error) or type(error).__name__, remedy=remedy)
    finally:
        if server is not None:
            server.close()
    left = (datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) - right_now()).days
    remedy = "" if left >= DAYS_LEFT else "Tell whoever runs the mail server to renew its certificate."
    return Finding(
        what="TLS", right=not remedy, told=f"{version}, certificate good for {counted(left, 'day')}", remedy=remedy
    )


def check_domain(settings: Settings, records: Records | None) -> Iterator[Finding]:
    """What the domains of sender and signature say in the DNS: SPF (RFC 7208), DMARC (RFC 7489), DKIM (RFC 6376)."""
    domain = settings.smtp.sender.rpartition("@")[2]
    asked = [
        ("SPF", domain, "v=spf1", f"Publish a TXT record of {domain} that names the mail server: v=spf1 mx ~all"),
        ("DMARC", f"_dmarc.{domain}", "v=DMARC1", f"Publish a TXT record of _dmarc.{domain}: v=DMARC1; p=none"),
    ]
    signed = settings.smtp.dkim
    if signed is not None:
        name = f"{signed.selector}._domainkey.{signed.domain}"
        asked.append(("DKIM", name, "p=", f"Publish the public half of smtp.dkim.key_file as TXT record of {name}"))
    for what, name, mark, remedy in asked:
        if records is None:
            yield Finding(what=what, right=True, known=False, told=_NO_DNS)
            continue
        try:
            found = [one for one in records(name) if mark.lower() in one.lower()]
        except LookupError as error:
            yield Finding(what=what, right=True, known=False, told=f"not looked up: {error}")
            continue
        one = len(found) == 1
        told = found[0] if one else f"{name} has {len(found) or 'no'} such records" if found else f"none at {name}"
        yield Finding(what=what, right=one, told=told[:200], remedy="" if one else f"{remedy}.")


def check_test_message(settings: Settings, home: Path, to: str) -> Finding:
    """Whether the server takes a message to `to`, signed and with the return address that digests have."""
    now = right_now()
    domain = settings.smtp.sender.rpartition("@")[2]
    text = "This is a test message of presswatch. If you can read it, digests will arrive as well.\n"
    message = Message(
        id=f"test-{now:%Y%m%dT%H%M%S%f}@{domain}",
        subject="presswatch: test message",
        text=text,
        html=f"<p>{text}</p>\n",
        date=now,
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        channel = open_email(settings, home)
    except PresswatchError as error:
        remedy = "See smtp.dkim and smtp.bounces in config.yaml; without this digests are not sent either."
        return Finding(what="test message", right=False, told=str(error), remedy=remedy)
    try:
        channel.send(message, to)
    except DeliveryError as error:
        remedy = "Ask whoever runs the mail server what it means." if error.permanent else "Try again later."
        return Finding(what="test message", right=False, told=str(error), remedy=remedy)
    finally:
        channel.close()
    told = f"the server took it for {to}; look whether it arrives, and not as spam"
    return Finding(what="test message", right=True, told=told)


def _dns() -> Records | None:
    """Ask the system's name server, where dnspython is there."""
    try:
        errors: Any = import_module("dns.exception")
        resolver: Any = import_module("dns.resolver")
    except ImportError:
        return None

    def records(name: str) -> list[str]:
        try:
            answer = resolver.resolve(name, "TXT", lifetime=_DNS_TIMEOUT)
        except (resolver.NXDOMAIN, resolver.NoAnswer):
            return []
        except errors.DNSException as error:
            raise LookupError("the DNS does not answer") from error
        return [b"".join(one.strings).decode("utf-8", "replace") for one in answer]

    return records
