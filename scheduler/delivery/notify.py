"""The kind `notify`: each digest as a short text to Telegram, Slack, Matrix, ntfy and what else apprise knows.

Where it goes is the operator's own choice, so the guard on outgoing addresses does not apply. apprise is asked only
where there is such a channel; its own log is switched off, for it may quote the address, which is a secret.
"""

from __future__ import annotations

import logging
import warnings
from typing import Any, cast

from news.errors import DeliveryError
from news.extras import NOTIFY, how_to_install
from news.message import Message
from news.settings import Settings
from news.settings.channels import ChannelEntry
from scheduler.delivery.brief import brief, cut

MISSING = f"needs another library; install it with: {how_to_install(NOTIFY)}"
_ROOM = 0.9  # services count signs beyond the basic plane twice, and escape some


class NotifyChannel:
    """Speaks to one service. Not for several threads at once."""

    def __init__(self, entry: ChannelEntry, settings: Settings) -> None:  # noqa: ARG002
        """Take the entry; nothing is loaded before the first `send`."""
        self.name = entry.name
        self._url, self._service = entry.url.get_secret_value(), cast(Any, None)
        self._done: tuple[str, int] = ("", 0)
        self._aborted = False

    def send(self, message: Message, address: str) -> None:  # noqa: ARG002
        """Send one message, in parts where it is long; raises DeliveryError as `Channel.send` says."""
        service = self._opened()
        longest = max(int((service.body_maxlen - service.title_maxlen - len(message.open_subject)) * _ROOM), 200)
        texts = cut(brief(message) or [message.open_subject], longest=longest)
        done = self._done[1] if self._done[0] == message.id else 0
        for number, text in enumerate(texts[done:], done):
            part = f" ({number + 1}/{len(texts)})" if len(texts) > 1 else ""
            if self._aborted:
                raise DeliveryError("presswatch is stopping", permanent=False, shared=True)
            if not service.notify(body=text, title=f"{message.open_subject}{part}"):
                raise DeliveryError(f"the service of the channel {self.name} did not take the message", permanent=False)
            self._done = (message.id, number + 1)
        self._done = ("", 0)

    def close(self) -> None:
        """Nothing is kept open."""

    def abort(self) -> None:
        """Send no further part."""
        self._aborted = True

    def doubt(self) -> str:
        """Why this channel cannot work; empty where nothing speaks against it."""
        try:
            self._opened()
        except DeliveryError as error:
            return str(error)
        return ""

    def _opened(self) -> Any:
        if self._service is None:
            try:
                import apprise
            except ImportError as error:
                raise DeliveryError(f"the channel {self.name} {MISSING}", permanent=False, shared=True) from error
            logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
            asset = apprise.AppriseAsset(storage_mode="memory")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it loads all its services at first, old library calls included
                self._service = apprise.Apprise.instantiate(self._url, asset=asset, suppress_exceptions=True)
        if self._service is None:
            problem = f"the url of the channel {self.name} is not an address that apprise knows"
            raise DeliveryError(problem, permanent=False, shared=True)
        return self._service
