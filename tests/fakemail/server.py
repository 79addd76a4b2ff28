"""The server: aiosmtpd in a thread of its own, with troubles that are told to it by name.

with FakeMail() as mail:
    mail.answers(Step.RCPT, "450 greylisted", times=1)      # at the next RCPT only
    mail.answers(Step.RCPT, "550 no such box", address="gone@example.org")
    mail.drops(Step.DOT)                                    # takes the message, then breaks off without a word
    mail.hangs(Step.MAIL)
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from enum import StrEnum
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

ALWAYS = 1_000_000


class Step(StrEnum):
    """The steps of the protocol, in their order. BODY is before the final dot, DOT after it."""

    CONNECT = "connect"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    BODY = "body"
    DOT = "dot"


@dataclass
class Trouble:
    """What goes wrong at a step: an answer, or with `answer` empty a hang or a drop; `times` how often yet.

    spared: how often the step goes well before.
    """

    step: Step
    answer: str = ""
    hang: bool = False
    address: str = ""
    times: int = ALWAYS
    spared: int = 0

    def meets(self, step: Step, text: str) -> bool:
        """Whether this trouble strikes now; a step that it spares is counted."""
        if self.times <= 0 or self.step is not step or self.address not in text:
            return False
        self.spared -= 1
        return self.spared < 0


@dataclass(frozen=True, kw_only=True)
class Received:
    """A message that the server took."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    encrypted: bool
    login: str

    @property
    def mail(self) -> EmailMessage:
        """The message as a mail program reads it."""
        return BytesParser(policy=policy.default).parsebytes(self.raw)


@dataclass
class FakeMail:
    """A mail server on 127.0.0.1; a context manager. tls: its certificate, for STARTTLS where not `implicit_tls`.

    login: name and password it insists on, which it takes after STARTTLS alone.
    pause: seconds between taking a message and saying so.
    """

    login: tuple[str, str] | None = None
    tls: ssl.SSLContext | None = None
    implicit_tls: bool = False
    troubles: list[Trouble] = field(default_factory=list)
    messages: list[Received] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    port: int = 0
    pause: Callable[[], float] = lambda: 0.0

    def answers(self, step: Step, answer: str, *, address: str = "", times: int = ALWAYS) -> None:
        """Give `answer` at `step`; with `address` only where the command names it."""
        self.troubles.append(Trouble(step, answer=answer, address=address, times=times))

    def drops(self, step: Step, *, address: str = "", times: int = ALWAYS) -> None:
        """Break the connection off at `step` without a word."""
        self.troubles.append(Trouble(step, address=address, times=times))

    def hangs(self, step: Step, *, times: int = ALWAYS) -> None:
        """Say nothing at `step` until the client goes."""
        self.troubles.append(Trouble(step, hang=True, times=times))

    def strikes(self, step: Step, answer: str = "", *, at: int, hang: bool = False) -> None:
        """Go wrong once, when `step` is reached for the `at`-th time: with `answer`, else by a drop or a hang."""
        self.troubles.append(Trouble(step, answer=answer, hang=hang, times=1, spared=at - 1))

    def behaves(self) -> None:
        """Forget all troubles."""
        self.troubles.clear()

    def trouble(self, step: Step, text: str = "") -> Trouble | None:
        """What goes wrong at this step now, counted as done."""
        met = next((one for one in self.troubles if one.meets(step, text)), None)
        if met is not None:
            met.times -= 1
        return met

    @property
    def connections(self) -> int:
        """How often somebody connected."""
        return self.steps.count(Step.CONNECT)

    def __enter__(self) -> FakeMail:
        assert self.login is None or (self.tls and not self.implicit_tls), "a login needs tls, by STARTTLS"
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="fakemail", daemon=True)
        self._thread.start()
        assert self._ready.wait(10), "the mail server did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        assert not self._thread.is_alive(), "the mail server did not stop"

    async def _serve(self) -> None:
        self._transports: list[asyncio.WriteTransport] = []
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await self._loop.create_server(
            lambda: _Dialogue(self), "127.0.0.1", 0, ssl=self.tls if self.implicit_tls else None
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for transport in self._transports:
            transport.abort()
        await asyncio.sleep(0)  # what was aborted is closed in the loop's next turn


class _Dialogue(SMTP):
    """One connection."""

    def __init__(self, mail: FakeMail) -> None:
        super().__init__(
            _Handler(mail),
            hostname="fakemail.localhost",
            tls_context=None if mail.implicit_tls else mail.tls,
            auth_required=mail.login is not None,
            auth_require_tls=mail.tls is not None and not mail.implicit_tls,
            authenticator=self._check_login,
            timeout=60,
            loop=asyncio.get_running_loop(),
        )
        self._mail = mail

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._mail._transports.append(transport)
        super().connection_made(transport)

    async def struck(self, step: Step, text: str = "") -> bool:
        """Do what is to go wrong at this step; True where it has spoken the step's answer."""
        self._mail.steps.append(step)
        trouble = self._mail.trouble(step, text)
        return trouble is not None and await self.fail(trouble)

    async def fail(self, trouble: Trouble) -> bool:
        """Do what goes wrong; True where that was an answer."""
        if trouble.answer:
            await self.push(trouble.answer)
            return True
        if not trouble.hang and self.transport is not None:
            self.transport.close()
        # Ended by the client's going, or by the end of the connection just closed.
        return await asyncio.Event().wait()

    async def _handle_client(self) -> None:
        if not await self.struck(Step.CONNECT):
            await super()._handle_client()
        elif self.transport is not None:
            self.transport.close()

    async def smtp_EHLO(self, hostname: str) -> None:
        if not await self.struck(Step.EHLO):
            await super().smtp_EHLO(hostname)

    async def smtp_HELO(self, hostname: str) -> None:
        if not await self.struck(Step.EHLO):
            await super().smtp_HELO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:
        if not await self.struck(Step.STARTTLS):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:
        if not await self.struck(Step.AUTH):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str) -> None:
        if not await self.struck(Step.MAIL, arg):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:
        if not await self.struck(Step.RCPT, arg):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if await self.struck(Step.DATA):
            return
        trouble = self._mail.trouble(Step.BODY)
        if trouble is None:
            await super().smtp_DATA(arg)
        else:
            await self.push("354 go on")
            await self._reader.readline()
            await self.fail(trouble)

    def _check_login(
        self, _server: Any, _session: Session, _envelope: Envelope, _mechanism: str, data: Any
    ) -> AuthResult:
        expected = self._mail.login
        given = (data.login.decode(), data.password.decode()) if isinstance(data, LoginPassword) else None
        return AuthResult(success=given == expected, handled=False, auth_data=given and given[0])


class _Handler:
    """What is done with a message that came whole."""

    def __init__(self, mail: FakeMail) -> None:
        self._mail = mail

    async def handle_DATA(self, server: _Dialogue, session: Session, envelope: Envelope) -> str:
        trouble = self._mail.trouble(Step.DOT)
        if trouble is None or not trouble.answer:
            self._mail.steps.append(Step.DOT)
            self._mail.messages.append(
                Received(
                    sender=envelope.mail_from or "",
                    recipients=tuple(envelope.rcpt_tos),
                    raw=bytes(envelope.original_content or b""),
                    encrypted=session.ssl is not None,
                    login=str(session.auth_data or ""),
                )
            )
            if trouble is not None:
                await server.fail(trouble)
            await asyncio.sleep(self._mail.pause())
            return "250 taken"
        return trouble.answer
