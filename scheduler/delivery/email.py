"""The channel `email`: SMTP by smtplib in the sender's thread, one connection for a run.

The dialogue is spoken step by step, because what a lost connection means depends on the step: before the final dot the
message was surely not taken, after it nobody can know.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.utils import parseaddr
from pathlib import Path

from news.errors import DeliveryError
from news.message import Message
from news.settings import Settings
from scheduler.delivery.post import compose_mail, mailbox
from scheduler.delivery.smtp import expect, open_connection, words

_END = b".\r\n"


class EmailChannel:
    """Delivers by the SMTP server of the settings. Not for several threads at once, but for `abort`."""

    name = "email"

    def __init__(
        self,
        settings: Settings,
        *,
        context: ssl.SSLContext | None = None,
        returns: Callable[[Message, str], str] | None = None,
        sign: Callable[[bytes], bytes] | None = None,
    ) -> None:
        """Take the settings; nothing is connected before the first `send`. context: what verifies certificates.

        returns: gives the address that reports about a message to a recipient come back to; without it, the sender's.
        sign: gives a mail with its signature.
        """
        self._settings, self._smtp = settings, settings.smtp
        self._context, self._returns, self._sign = context, returns, sign
        self._connection: smtplib.SMTP | None = None
        self._carried = 0
        self._aborted = False

    @property
    def rate(self) -> int:
        """Messages a minute at most; 0 for no limit."""
        return self._smtp.rate

    def send(self, message: Message, address: str) -> None:
        """Send one mail to one address; raises DeliveryError as `Channel.send` says."""
        if not self._smtp.host:
            raise DeliveryError("smtp.host is not set, and mail waits for it", permanent=False, shared=True)
        raw = compose_mail(message, address, self._smtp.sender)
        if self._sign is not None:
            raw = self._sign(raw)
        sender = parseaddr(self._smtp.sender)[1] if self._returns is None else self._returns(message, address)
        self.hand_over(raw, mailbox(address, "recipient"), sender=sender)

    def hand_over(self, raw: bytes, address: str, *, sender: str) -> None:
        """Send a mail that is composed, from and to these mailboxes of the envelope; raises DeliveryError as `send`."""
        try:
            self._speak(self._greeted(sender), raw, address)
        except DeliveryError:
            self._forget_message()
            raise
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise DeliveryError(f"the mail server broke off: {words(error)}", permanent=False) from error
        self._carried += 1
        if self._carried == self._smtp.connection_mails:
            self.close()

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

    def _greeted(self, sender: str) -> smtplib.SMTP:
        """Name the sender on the kept connection, or on a new one where the server has closed that one meanwhile."""
        if self._connection is not None and not self._aborted:
            with suppress(OSError, smtplib.SMTPException):
                code, text = self._connection.mail(sender)
                if code not in (421, -1):
                    expect(250, code, text, step="the sender")
                    return self._connection
            self._drop()
        connection = self._opened()
        expect(250, *connection.mail(sender), step="the sender")
        return connection

    def _speak(self, connection: smtplib.SMTP, raw: bytes, address: str) -> None:
        expect(250, *connection.rcpt(address), step="the recipient")
        connection.putcmd("data")
        expect(354, *connection.getreply(), step="the message")
        # Until the last byte is handed to the system the final dot cannot have arrived.
        connection.send((b"." if raw.startswith(b".") else b"") + raw.replace(b"\n.", b"\n..") + _END)
        try:
            code, text = connection.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise DeliveryError(
                f"the mail server broke off after the message, it may have been delivered: {words(error)}",
                permanent=False,
                uncertain=True,
            ) from error
        expect(250, code, text, step="the message")

    def _opened(self) -> smtplib.SMTP:
        """Return a new connection that is ready for mail; all its troubles are the channel's."""
        if self._aborted:
            raise DeliveryError("presswatch is stopping", permanent=False, shared=True)
        try:
            return open_connection(self._settings, self._context, self._keep)
        except DeliveryError:
            self._connection = None
            raise

    def _keep(self, connection: smtplib.SMTP) -> None:
        self._connection, self._carried = connection, 0

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


def open_email(settings: Settings, home: Path) -> EmailChannel:
    """Return the channel with all that the settings ask for; home: where relative paths and the key start from."""
    from scheduler.delivery.dkim import signer
    from scheduler.delivery.verp import Returns
    from scheduler.keys import signing_key

    smtp = settings.smtp
    returns = Returns(smtp.bounces, signing_key(home)).address_for if smtp.bounces else None
    sign = signer(smtp.dkim, home) if smtp.dkim is not None else None
    return EmailChannel(settings, returns=returns, sign=sign)
