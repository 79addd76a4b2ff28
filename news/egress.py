"""Which addresses we may dial: a pure decision, enforced wherever a connection is opened.

Whoever fetches addresses given by others can be turned against the network it stands in (server-side request
forgery). So only globally routable addresses are dialled, and networks that the configuration names.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from news.hosts import normal_host

Network = IPv4Network | IPv6Network

# IPv6 forms that carry an IPv4 address and reach it: the inner address is what is judged.
# RFC 4291 2.5.5 (compatible, mapped), RFC 2765 (translated), RFC 6052 (NAT64), RFC 3056 (6to4).
_EMBEDDING: tuple[tuple[IPv6Network, int], ...] = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("::ffff:0:0:0/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("2002::/16"), 80),
)
# Python's is_global follows the IANA registries of its day; these are ours to add, whatever the version says.
_NEVER: tuple[Network, ...] = (
    IPv4Network("0.0.0.0/8"),
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),  # RFC 7526: 6to4 relays, withdrawn
    IPv4Network("224.0.0.0/3"),  # multicast (is_global says yes to some), reserved, broadcast
    IPv6Network("2001::/23"),  # Teredo and other protocol assignments
    IPv6Network("3fff::/20"),  # RFC 9637: documentation
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # all that IANA has given out; the rest is local, multicast or unassigned


def allowed_address(address: str, allow_networks: Sequence[Network] = ()) -> bool:
    """Whether this resolved address may be dialled: globally routable, or inside a network the configuration allows.

    Anything that is not an IP address is refused. An IPv6 address that carries an IPv4 one is judged by the inner.
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if any(_inside(parsed, network) for network in allow_networks):
        return True
    inner = _carried(parsed)
    if inner is not None:
        return any(_inside(inner, network) for network in allow_networks) or _routable(inner)
    return _routable(parsed)


def literal_addresses(host: str) -> tuple[str, ...]:
    """The IP addresses a host may be taken to spell, in whichever spelling a resolver accepts; none where it is a name.

    Decimal, hexadecimal, octal, short and full-width spellings all reach the same machine (inet_aton(3)). A number
    with leading zeros is octal to some resolvers and decimal to others (RFC 6943 3.1.1), so both are given.
    """
    normal = normal_host(host)
    if normal is not None and (normal == "localhost" or normal.endswith(".localhost")):
        return ("127.0.0.1",)  # RFC 6761 6.3: whatever a name server says of it
    readings: dict[str, None] = {}
    for spelling in (host.strip("[]").rstrip("."), normal.strip("[]") if normal else ""):
        parts = spelling.split(".")
        if len(parts) == 4 and all(part.isascii() and part.isdigit() for part in parts):
            spellings: tuple[str, ...] = (spelling, ".".join(str(int(part)) for part in parts))
        else:
            spellings = (spelling,)
        readings |= dict.fromkeys(address for one in spellings if (address := _read(one)))
    return tuple(readings)


def _read(spelling: str) -> str:
    try:
        return str(ip_address(spelling))
    except ValueError:
        pass
    try:
        return str(IPv4Address(socket.inet_aton(spelling)))
    except (OSError, UnicodeEncodeError, ValueError):
        return ""


def _carried(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    if isinstance(address, IPv6Address):
        for network, shift in _EMBEDDING:
            if address in network:
                return IPv4Address(int(address) >> shift & 0xFFFFFFFF)
    return None


def _routable(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return False
    return address.is_global and not any(_inside(address, network) for network in _NEVER)


def _inside(address: IPv4Address | IPv6Address, network: Network) -> bool:
    return address.version == network.version and address in network
