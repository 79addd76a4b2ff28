"""Where the pages are served that digests link to."""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, model_validator

from news.settings.addresses import OptionalWebAddress
from news.settings.faults import wrong
from news.settings.sections import Section

_LISTEN = re.compile(r"(?:(?P<host>[^\s:\[\]]+)|\[(?P<six>[0-9a-fA-F:.]+)\]):(?P<port>[0-9]{1,5})")


def _listen(text: str) -> str:
    if not text:
        return text
    found = _LISTEN.fullmatch(text)
    if found is None or not 0 < int(found["port"]) < 65_536:
        raise wrong("is not an address to listen on", 'Write for example "127.0.0.1:8780", or "" for no pages')
    if not _is_loopback(found["host"] or found["six"]):
        raise wrong(
            "can be reached from other computers, and no account with a password exists",
            'Behind a proxy listen on "127.0.0.1:8780" and let the proxy take what comes from outside',
        )
    return text


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _outside(text: str) -> str:
    parts = urlsplit(text)
    if parts.query or parts.fragment:
        raise wrong("ends in more than a path", "Write what the addresses begin with: https://press.example.org")
    return text.rstrip("/")


class Web(Section):
    """The small web server for what digests link to: stopping, confirming, a copy to forward, feeds."""

    listen: Annotated[str, AfterValidator(_listen)] = ""
    """Address and port to listen on, "127.0.0.1:8780"; empty: nothing is served, links in digests are mails to you."""

    address: Annotated[OptionalWebAddress, AfterValidator(_outside)] = ""
    """What links in digests begin with, as readers reach it: https://press.example.org. Left out, they are mails to
    you."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.address and not self.listen:
            raise wrong("has an address but listens nowhere", 'Add listen: "127.0.0.1:8780", or take address out')
        return self

    @property
    def place(self) -> tuple[str, int]:
        """Host and port of `listen`, which must not be empty."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def served_at(self) -> str:
        """What the addresses of pages begin with, on this computer at least; empty where nothing is served."""
        return self.address or (f"http://{self.listen}" if self.listen else "")
