"""The kind `webhook`: each digest as JSON to a web address, signed as Standard Webhooks says (standardwebhooks.com).

The body is {"type": "digest", "schema": 1, "id", "subject", "date", "to", "digest"}; `digest` is what
`scheduler.digest.data` describes, null for a message that is none. webhook-id is the Message-ID and the same at each
repetition, so that the other side can tell one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from crawler.verdict import retry_after
from news.errors import DeliveryError, SourceError
from news.message import Message
from news.settings import Settings
from news.settings.channels import ChannelEntry
from news.settings.hidden import without_secrets
from news.settings.sections import PRODUCT
from scheduler.delivery.dial import Answer, Dialer, LookUp, Unanswered, look_up

SCHEMA = 1
"""Raised when a field changes its meaning or goes; new fields may come at any time."""

_AGAIN = frozenset({408, 425, 429})
_FOR_FEWER = frozenset({429, 503})


class WebhookChannel:
    """Posts to one address. Not for several threads at once, but for `abort`."""

    def __init__(
        self,
        entry: ChannelEntry,
        settings: Settings,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        look_up: LookUp = look_up,
    ) -> None:
        """now: for the time in the signature, which says when it was sent and not what the message is of."""
        self.name = entry.name
        self._url, self._now = entry.url.get_secret_value(), now
        self._key = signing_key(entry.secret.get_secret_value())
        parts = urlsplit(self._url)
        self._secrets = (entry.secret.get_secret_value(), parts.path.strip("/"), parts.query)
        crawler = settings.crawler
        self._dialer = Dialer(
            allow_networks=crawler.allow_networks, ca_bundle=crawler.ca_bundle, timeout=entry.timeout, look_up=look_up
        )

    def send(self, message: Message, address: str) -> None:
        """Post one message; raises DeliveryError as `Channel.send` says, which never shows more than the host."""
        body = json.dumps(body_of(message, address), ensure_ascii=False, separators=(",", ":")).encode()
        sent_at = str(int(self._now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": PRODUCT,
            "webhook-id": message.id,
            "webhook-timestamp": sent_at,
            "webhook-signature": signature(self._key, message.id, sent_at, body),
        }
        try:
            answer = self._dialer.post(self._url, body, headers)
        except SourceError as error:
            problem, unsure = f"the channel {self.name}: {error.detail}", isinstance(error, Unanswered)
            raise DeliveryError(problem, permanent=False, shared=True, uncertain=unsure) from error
        if not 200 <= answer.status < 300:
            raise self._refused(answer)

    def doubt(self) -> str:
        """Why this channel cannot work: it spells an address that is not dialled; a name is left to its day."""
        try:
            self._dialer.judge(self._url)
        except SourceError as error:
            return f"the channel {self.name}: {error.detail}"
        return ""

    def close(self) -> None:
        """Nothing is kept open."""

    def abort(self) -> None:
        """Break off a post that is under way."""
        self._dialer.abort()

    def _refused(self, answer: Answer) -> DeliveryError:
        said = " ".join(answer.beginning.decode("utf-8", "replace").strip().partition("\n")[0].split())[:200]
        problem = f"the channel {self.name} answered {answer.status}"
        problem += " and is gone for good" if answer.status == 410 else ""
        problem += " (redirects are not followed)" if 300 <= answer.status < 400 else ""
        problem += f": {without_secrets(said, self._secrets)}" if said.isprintable() and said else ""
        passing = answer.status >= 500 or answer.status in _AGAIN
        pause = retry_after(answer.headers.get("retry-after", ""), now=self._now())
        fewer = answer.status in _FOR_FEWER
        return DeliveryError(problem, permanent=not passing, throttled=fewer, retry_after=pause if passing else None)


def body_of(message: Message, address: str) -> dict[str, object]:
    """The message as plain data; of its text only what `Message.data` lets out."""
    return {
        "type": "digest" if message.data else "message",
        "schema": SCHEMA,
        "id": message.id,
        "subject": message.open_subject,
        "date": message.date.isoformat(),
        "to": address,
        "digest": message.data or None,
    }


def signing_key(secret: str) -> bytes:
    """The key that a secret means: whsec_ and base64, as Standard Webhooks writes them, or the text itself."""
    if secret.startswith("whsec_"):
        try:
            return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except binascii.Error:
            pass
    return secret.encode()


def signature(key: bytes, identity: str, sent_at: str, body: bytes) -> str:
    """The value of webhook-signature: v1 and the HMAC-SHA256 of id, time and body, in base64."""
    signed = b".".join((identity.encode(), sent_at.encode(), body))
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"
