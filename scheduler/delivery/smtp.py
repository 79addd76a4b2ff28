"""A connection to the mail server, and what its answers mean (RFC 5321, RFC 3463)."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable

from news.errors import DeliveryError
from news.settings import Settings
from news.settings.hidden import without_secrets

CONNECT_TIMEOUT = 10.0
"""Seconds for connecting and the greeting at most: unlike everything after it, that cannot be aborted."""

# Answers to MAIL that speak of our login and not of this message (RFC 4954 section 6).
_ABOUT_THE_LOGIN = frozenset({530, 534, 535, 538})
_FINE_CODE = re.compile(r"\s*([245]\.[0-9]{1,3}\.[0-9]{1,3})\b")
_GREYLISTED = re.compile(r"gr[ea]y.?list", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def open_connection(
    settings: Settings, context: ssl.SSLContext | None, connected: Callable[[smtplib.SMTP], None]
) -> smtplib.SMTP:
    """Return a new connection, greeted, secured and logged in as the settings say.

    Raises DeliveryError (shared): whatever code the server used, it is no recipient's fault. context: what verifies
    certificates. connected: is given the connection as soon as there is one, so that it can be shut meanwhile.
    """
    smtp = settings.smtp
    connection: smtplib.SMTP | None = None
    timeout = min(smtp.timeout, CONNECT_TIMEOUT)
    try:
        # Reading the certificates of the machine takes longer than a whole mail.
        if context is None and smtp.security != "none":
            context = ssl.create_default_context()
        if smtp.security == "tls":
            connection = smtplib.SMTP_SSL(
                smtp.host, smtp.port, local_hostname=_own_name(), timeout=timeout, context=context
            )
        else:
            connection = smtplib.SMTP(smtp.host, smtp.port, local_hostname=_own_name(), timeout=timeout)
        connected(connection)
        if connection.sock is not None:
            connection.sock.settimeout(smtp.timeout)
        if smtp.security == "starttls":
            connection.starttls(context=context)
        connection.ehlo_or_helo_if_needed()
        if smtp.username:
            connection.login(smtp.username, smtp.password.get_secret_value())
        return connection
    except smtplib.SMTPAuthenticationError as error:
        problem = f"the mail server refused the login of {smtp.username!r}: "
        password = smtp.password.get_secret_value()
        # AUTH PLAIN carries both in one piece (RFC 4616), which a server may quote as it came.
        problem += without_secrets(words(error), [f"\0{smtp.username}\0{password}", password])
    except UnicodeEncodeError:
        problem = "smtp.username or smtp.password holds letters that no login can carry: use ASCII ones"
    except smtplib.SMTPNotSupportedError as error:
        problem = f"the mail server does not offer what smtp.security or the login needs: {words(error)}"
    except ssl.SSLCertVerificationError as error:
        problem = f"the mail server's certificate is not valid: {error.verify_message}"
    except (OSError, smtplib.SMTPException) as error:
        problem = f"no connection to the mail server {smtp.host}:{smtp.port}: {words(error)}"
    if connection is not None:
        connection.close()
    raise DeliveryError(problem, permanent=False, shared=True)


def expect(wanted: int, code: int, text: bytes, *, step: str) -> None:
    """Raise DeliveryError unless the answer is the wanted one (251 and 252 accept a recipient too, RFC 5321 4.3.2)."""
    if code == wanted or (wanted == 250 and code in (251, 252)):
        return
    if code == -1:
        raise smtplib.SMTPServerDisconnected("connection closed without an answer")
    said = _said(text)
    fine = _FINE_CODE.match(said)
    exact = fine[1] if fine else str(code)
    at_beginning = step == "the sender"
    about_login = at_beginning and code in _ABOUT_THE_LOGIN
    permanent = 500 <= code <= 599 and not about_login
    raise DeliveryError(
        f"the mail server refused {step}: {code} {said}",
        permanent=permanent,
        # A 421 in the middle may be about this very message, which then must not hold up the others.
        shared=about_login or (code == 421 and at_beginning),
        throttled=code == 421 or (400 <= code <= 499 and exact.startswith("4.7.") and not _GREYLISTED.search(said)),
        refusal=exact if permanent and step == "the recipient" else "",
    )


def words(error: OSError | smtplib.SMTPException) -> str:
    """Return what an error says, fit for a log and a screen."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_said(error.smtp_error)}"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return _said(str(error)) or type(error).__name__


def _own_name() -> str:
    """Return the name for EHLO without asking the DNS, which smtplib would wait for (literal: RFC 5321 4.1.3)."""
    name = socket.gethostname()
    return name if "." in name else "[127.0.0.1]"


def _said(text: bytes | str) -> str:
    decoded = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return _UNPRINTABLE.sub(" ", decoded)[:300].strip()
