"""The guard on outgoing connections: public hosts only, by http and https only.

Two places, one decision (`news.egress`). The resolver is the wall: whatever Twisted dials, a name or an address in any
spelling, passes through it, and only the addresses it hands out are connected to, so a name that changes between two
look-ups changes nothing. The middleware refuses early what needs no look-up, and what a proxy would look up for us.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution
from zope.interface import implementer

from news.egress import Network, allowed_address, literal_addresses
from news.errors import Refused
from news.hosts import normal_host
from news.visit import Reason

_REMEMBERED = 1_000  # refused names that are remembered for the message, the oldest go first

Transport = Literal["TCP", "UDP"]
Found = list[tuple[Any, ...]]  # as socket.getaddrinfo gives it
LookUp = Callable[[str, int], Found]


class PublicHosts:
    """Refuses a request before anything is looked up: other schemes, and hosts that spell an address not allowed."""

    def __init__(self, allow_networks: Sequence[Network], proxy: str) -> None:
        self._allow_networks, self._proxy = allow_networks, proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the two settings that `scrapy_settings` fills in."""
        return cls(crawler.settings["PRESSWATCH_ALLOW_NETWORKS"], crawler.settings["PRESSWATCH_PROXY"])

    def process_request(self, request: Request) -> None:
        """Raise Refused, or let the request pass; every hop of a redirect and robots.txt come by here too."""
        parts = urlsplit(request.url)
        if parts.scheme not in ("http", "https"):
            raise Refused(Reason.ADDRESS, f"only http and https are fetched, not {parts.scheme}:")
        if "@" in parts.netloc:
            raise Refused(Reason.ADDRESS, "an address that names a user is not fetched: its host is easily misread")
        for address in literal_addresses(parts.hostname or ""):
            if not allowed_address(address, self._allow_networks):
                host = address if parts.hostname == address else f"{parts.hostname} is {address}, which"
                raise Refused(Reason.ADDRESS, f"{host} is not a public address")
        if self._proxy:
            request.meta["proxy"] = self._proxy


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing to do: the answer of a look-up that nobody waits for is dropped."""


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves names for Twisted and hands out only addresses that may be dialled.

    Look-ups run in daemon threads of their own: a name server that never answers then holds up neither the other
    names nor the end of the process (the reactor's pool has ten threads and is joined at the end).
    """

    def __init__(
        self,
        allow_networks: Sequence[Network],
        *,
        trusted_hosts: frozenset[str] = frozenset(),
        look_up: LookUp | None = None,
    ) -> None:
        self._allow_networks, self._trusted, self._look_up = allow_networks, trusted_hosts, look_up or _getaddrinfo
        self._refused: dict[str, str] = {}

    def refused(self, name: str) -> str:
        """The address for which the last look-up of this name was refused; empty where it was not."""
        return self._refused.get(_key(name), "")

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: Transport = "TCP",
    ) -> _Resolution:
        """See IHostnameResolver; no address at all is how a failed look-up is told."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        wanted = tuple(addressTypes or (IPv4Address, IPv6Address))
        loop = asyncio.get_running_loop()

        def answer(found: Found) -> None:
            for address in self._judged(hostName, found, transportSemantics):
                if isinstance(address, wanted):
                    resolutionReceiver.addressResolved(address)
            resolutionReceiver.resolutionComplete()

        def look_up() -> None:
            try:
                found = self._look_up(hostName, portNumber)
            except (OSError, UnicodeError):
                found = []
            if not loop.is_closed():
                loop.call_soon_threadsafe(answer, found)

        threading.Thread(target=look_up, name=f"look up {hostName}", daemon=True).start()
        return resolution

    def _judged(self, name: str, found: Found, transport: Transport) -> list[IPv4Address | IPv6Address]:
        judged: list[IPv4Address | IPv6Address] = []
        self._refused.pop(_key(name), None)
        for family, *_, place in found:
            if name not in self._trusted and not allowed_address(place[0], self._allow_networks):
                self._refused[_key(name)] = place[0]
            elif family == socket.AF_INET:
                judged.append(IPv4Address(transport, *place))
            elif family == socket.AF_INET6:
                judged.append(IPv6Address(transport, *place))
        while len(self._refused) > _REMEMBERED:
            del self._refused[next(iter(self._refused))]
        return judged


def _key(name: str) -> str:
    """One spelling of a name: Twisted looks up қаз where the request said xn--80ao21a."""
    return (normal_host(name) or name.lower()).strip("[]")


def _getaddrinfo(name: str, port: int) -> Found:
    return list(socket.getaddrinfo(name, port, type=socket.SOCK_STREAM))
