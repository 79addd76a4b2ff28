"""The channel `email`: SMTP by smtplib in the sender's thread, one connection for a run.

The dialogue is spoken step by step, because what a lost connection means depends on the step: before the final dot the
message was surely not taken, after it nobody can know.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from contextlib import suppress
from email.utils import parseaddr

from news.errors import DeliveryError
from news.message import Message
from news.settings import Settings
from scheduler.delivery.post import compose_mail, mailbox

CONNECT_TIMEOUT = 10.0
"""Seconds for connecting and the greeting at most: unlike everything after it, that cannot be aborted."""

# Answers to MAIL that speak of our login and not of this message (RFC 4954 section 6).
_ABOUT_THE_LOGIN = frozenset({530, 534, 535, 538})
_LEADING_DOT = re.compile(rb"(?m)^\.")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


class EmailChannel:
    """Delivers by the SMTP server of the settings. Not for several threads at once, but for `abort`."""

    name = "email"

    def __init__(self, settings: Settings, *, context: ssl.SSLContext | None = None) -> None:
        """Take the settings; nothing is connected before the first `send`. context: what verifies certificates."""
        self._smtp = settings.smtp
        self._context = context
        self._connection: smtplib.SMTP | None = None
        self._aborted = False

    def send(self, message: Message, address: str) -> None:
        """Send one mail to one address; raises DeliveryError as `Channel.send` says."""
        if not self._smtp.host:
            raise DeliveryError("smtp.host is not set, and mail waits for it", permanent=False, shared=True)
        raw = compose_mail(message, address, self._smtp.sender)
        try:
            connection = self._greeted()
            self._hand_over(connection, raw, mailbox(address, "recipient"))
        except DeliveryError:
            self._forget_message()
            raise
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise DeliveryError(f"the mail server broke off: {_words(error)}", permanent=False) from error

    def log_in(self) -> None:
        """Connect and log in as for sending, and send nothing; raises DeliveryError that says what is wrong."""
        if self._connection is None:
            self._opened()

    def close(self) -> None:
        """Say goodbye to the server."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()
            connection.close()

    def abort(self) -> None:
        """Shut the connection under a `send` that is waiting on it; later ones are refused."""
        self._aborted = True
        connection = self._connection
        if connection is not None and connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    def _greeted(self) -> smtplib.SMTP:
        """Name the sender on the kept connection, or on a new one where the server has closed that one meanwhile."""
        sender = parseaddr(self._smtp.sender)[1]
        if self._connection is not None and not self._aborted:
            with suppress(OSError, smtplib.SMTPException):
                code, text = self._connection.mail(sender)
                if code not in (421, -1):
                    _expect(250, code, text, step="the sender")
                    return self._connection
            self._drop()
        connection = self._opened()
        _expect(250, *connection.mail(sender), step="the sender")
        return connection

    def _hand_over(self, connection: smtplib.SMTP, raw: bytes, address: str) -> None:
        _expect(250, *connection.rcpt(address), step="the recipient")
        connection.putcmd("data")
        _expect(354, *connection.getreply(), step="the message")
        # Until the last byte is handed to the system the final dot cannot have arrived.
        connection.send(_LEADING_DOT.sub(b"..", raw).removesuffix(b"\r\n") + b"\r\n.\r\n")
        try:
            code, text = connection.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise DeliveryError(
                f"the mail server broke off after the message, it may have been delivered: {_words(error)}",
                permanent=False,
                uncertain=True,
            ) from error
        _expect(250, code, text, step="the message")

    def _opened(self) -> smtplib.SMTP:
        """Return a new connection that is ready for mail; all its troubles are the channel's."""
        if self._aborted:
            raise DeliveryError("presswatch is stopping", permanent=False, shared=True)
        try:
            return self._open()
        except smtplib.SMTPAuthenticationError as error:
            problem = f"the mail server refused the login of {self._smtp.username!r}: {_words(error)}"
        except smtplib.SMTPNotSupportedError as error:
            problem = f"the mail server does not offer what smtp.security or the login needs: {_words(error)}"
        except ssl.SSLCertVerificationError as error:
            problem = f"the mail server's certificate is not valid: {error.verify_message}"
        except (OSError, smtplib.SMTPException) as error:
            problem = f"no connection to the mail server {self._smtp.host}:{self._smtp.port}: {_words(error)}"
        self._drop()
        # Whatever code the server used, it is not this recipient's fault: the message waits.
        raise DeliveryError(problem, permanent=False, shared=True)

    def _open(self) -> smtplib.SMTP:
        smtp, context = self._smtp, self._context or ssl.create_default_context()
        timeout = min(smtp.timeout, CONNECT_TIMEOUT)
        if smtp.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                smtp.host, smtp.port, local_hostname=_own_name(), timeout=timeout, context=context
            )
        else:
            connection = smtplib.SMTP(smtp.host, smtp.port, local_hostname=_own_name(), timeout=timeout)
        self._connection = connection
        if connection.sock is not None:
            connection.sock.settimeout(smtp.timeout)
        if smtp.security == "starttls":
            connection.starttls(context=context)
        connection.ehlo_or_helo_if_needed()
        if smtp.username:
            connection.login(smtp.username, smtp.password.get_secret_value())
        return connection

    def _forget_message(self) -> None:
        """Clear what the server knows of a refused message, so that the next one starts clean."""
        if self._connection is None:
            return
        try:
            cleared = self._connection.rset()[0] == 250
        except (OSError, smtplib.SMTPException):
            cleared = False
        if not cleared:
            self._drop()

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _expect(wanted: int, code: int, text: bytes, *, step: str) -> None:
    """Raise DeliveryError unless the answer is the wanted one (251 and 252 accept a recipient too, RFC 5321 4.3.2)."""
    if code == wanted or (wanted == 250 and code in (251, 252)):
        return
    if code == -1:
        raise smtplib.SMTPServerDisconnected("connection closed without an answer")
    about_login = step == "the sender" and code in _ABOUT_THE_LOGIN
    raise DeliveryError(
        f"the mail server refused {step}: {code} {_said(text)}",
        permanent=500 <= code <= 599 and not about_login,
        shared=about_login or code == 421,
    )


def _own_name() -> str:
    """Return the name for EHLO without asking the DNS, which smtplib would wait for (literal: RFC 5321 4.1.3)."""
    name = socket.gethostname()
    return name if "." in name else "[127.0.0.1]"


def _words(error: OSError | smtplib.SMTPException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_said(error.smtp_error)}"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return _said(str(error)) or type(error).__name__


def _said(text: bytes | str) -> str:
    """Return a server's words fit for a log and a screen."""
    decoded = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return _UNPRINTABLE.sub(" ", decoded)[:300].strip()
