"""Ways out of the house beside mail: how they are written in config.yaml."""

from __future__ import annotations

from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, SecretStr, model_validator

from news.settings.faults import wrong
from news.settings.sections import Section
from news.settings.values import Seconds

BUILT_IN = ("email", "folder")
"""Channels that are always there, under these names."""

SHORTEST_SECRET = 16


class ChannelEntry(Section):
    """A further way out of the house: a web address that gets each digest as data, or a chat."""

    model_config = ConfigDict(title="Channel")

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,40}$")]
    """What recipients call it in their `channel`: small letters, digits, - and _."""

    kind: Annotated[str, Field(min_length=1)]
    """webhook: each digest goes to `url` as signed JSON. notify: as a short text to Telegram, Slack, Matrix, ntfy and
    others, by an apprise address (needs the extra notify)."""

    url: SecretStr = SecretStr("")
    """Where to: https://..., or the address that apprise knows, such as ntfy://ntfy.example.org/topic. Never shown,
    for such addresses let in whoever has them."""

    url_file: str = ""
    """File that holds the address instead of `url`."""

    secret: SecretStr = SecretStr("")
    """Of a webhook: the secret that its messages are signed with, 16 signs at least, whsec_... or any text."""

    secret_file: str = ""
    """File that holds the secret instead of `secret`."""

    timeout: Annotated[Seconds, Field(le=120)] = 20.0
    """How long one message may take, in seconds."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.name in (*BUILT_IN, "auto"):
            raise wrong("has the name of a channel that is always there", "Give it a name of its own")
        address, secret = self.url.get_secret_value(), self.secret.get_secret_value()
        if not address:
            raise wrong("has no url", "Add url, or url_file")
        if self.kind != "webhook":
            if secret:
                raise wrong("has a secret, which only a webhook signs with", "Take secret out")
            return self
        if not _is_web_address(address):
            raise wrong("has a url that is not a web address", "Write it whole, beginning with https://")
        if len(secret) < SHORTEST_SECRET:
            raise wrong(
                f"has no secret of {SHORTEST_SECRET} signs at least, so that its messages could be anybody's",
                "Add secret or secret_file, and tell it to the other side",
            )
        return self

    @property
    def place(self) -> str:
        """Where it leads, fit to be shown: scheme and host alone."""
        parts = urlsplit(self.url.get_secret_value())
        return f"{parts.scheme}://{parts.hostname}" if self.kind == "webhook" else f"{parts.scheme}://"


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return usable and parts.username is None and address.isprintable() and " " not in address
