"""One POST to an address that the configuration names: the only way in which a channel of ours dials the web.

The rule is the crawler's (`news.egress`): the name is looked up once, each address found is judged, and the very
address that was judged is dialled; there is no second look-up that could say something else. The name then only stands
in the Host header and is what the certificate must be for. Redirects are not followed, proxies not asked.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from news.egress import Network, allowed_address, literal_addresses
from news.errors import Refused, Unreachable
from news.hosts import normal_host
from news.visit import Reason

MOST_READ = 2_000
"""Bytes of an answer that are read: its first line is all that is ever shown."""

Found = Sequence[tuple[Any, ...]]
LookUp = Callable[[str, int], Found]


class Unanswered(Unreachable):
    """The request went out whole and no answer came: the other side may have taken it."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the other side said. headers: by name in lower case; beginning: of its body, where it did not agree."""

    status: int
    headers: Mapping[str, str]
    beginning: bytes


def look_up(name: str, port: int) -> Found:
    """Every place that the system's resolver knows for a name."""
    return list(socket.getaddrinfo(name, port, type=socket.SOCK_STREAM))


class Dialer:
    """Posts to the web within a time limit. One post at a time; `abort` from any thread."""

    def __init__(
        self, *, allow_networks: Sequence[Network], ca_bundle: str, timeout: float, look_up: LookUp = look_up
    ) -> None:
        """ca_bundle: file with further authorities, or empty; timeout: seconds that one post may take in all."""
        self._allow_networks, self._ca_bundle, self._timeout = allow_networks, ca_bundle, timeout
        self._look_up = look_up
        self._socket: socket.socket | None = None
        self._looking: Future[Found] = Future()
        self._aborted = False

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Post `body`; raises Refused for an address we do not dial, Unreachable where no answer came."""
        parts = urlsplit(url)
        host, port = self.judge(url)
        places = self._places(host, port)
        watch = threading.Timer(self._timeout, self._break_off)
        watch.daemon = True
        watch.start()
        trouble: type[Unreachable] = Unreachable
        try:
            connection = http.client.HTTPConnection(host, port)
            connection.auto_open = 0
            connection.sock = self._connected(places, host if parts.scheme == "https" else "")
            target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
            query = f"?{quote(parts.query, safe='/?%:@!$&()*+,;=~-._')}" if parts.query else ""
            connection.request("POST", target + query, body, {**headers, "Host": _shown(parts.scheme, host, port)})
            trouble = Unanswered
            with connection.getresponse() as answer:
                said = {name.lower(): value for name, value in answer.getheaders()}
                beginning = b"" if 200 <= answer.status < 300 else answer.read(MOST_READ)
                return Answer(status=answer.status, headers=said, beginning=beginning)
        except ssl.SSLCertVerificationError as error:
            raise Unreachable(Reason.TLS, f"the certificate of {host} is not valid: {error.verify_message}") from error
        except (OSError, http.client.HTTPException) as error:
            slow = isinstance(error, TimeoutError) or not watch.is_alive()
            why = "no answer in time" if slow else str(error) or type(error).__name__
            raise trouble(Reason.TIMEOUT if slow else Reason.CONNECTION, f"{host}: {why}") from error
        finally:
            watch.cancel()
            self._hang_up()

    def judge(self, url: str) -> tuple[str, int]:
        """Host and port of an address; raises Refused where it is not dialled, whatever a name server says."""
        host, port = _host_and_port(url)
        # As it is written: 172.016.5.4 is two addresses, and its one spelling only one of them.
        for address in literal_addresses(urlsplit(url).hostname or ""):
            if not allowed_address(address, self._allow_networks):
                raise Refused(Reason.ADDRESS, _not_public(host, address))
        return host, port

    def abort(self) -> None:
        """Make a post that is under way fail at once; later ones are refused."""
        self._aborted = True
        with suppress(InvalidStateError):
            self._looking.set_exception(_stopping())
        self._break_off()

    def _places(self, host: str, port: int) -> list[tuple[Any, ...]]:
        """Every place to dial, judged."""
        self._looking = Future()
        if self._aborted:
            raise _stopping()
        found = _within(self._timeout, lambda: self._look_up(host.strip("[]"), port), host, self._looking)
        allowed = [place for place in found if allowed_address(str(place[4][0]), self._allow_networks)]
        if not allowed:
            raise Refused(Reason.ADDRESS, _not_public(host, str(found[0][4][0]) if found else "no address"))
        return allowed

    def _connected(self, places: Sequence[tuple[Any, ...]], tls_name: str) -> socket.socket:
        """A connection to the first place that answers."""
        failed: OSError = ConnectionError("no address answers")
        for family, kind, protocol, _, place in places:
            self._socket = socket.socket(family, kind, protocol)
            if self._aborted:  # from here on `abort` finds the socket
                raise _stopping()
            try:
                self._socket.settimeout(self._timeout / len(places))
                self._socket.connect(place)
                self._socket.settimeout(self._timeout)
                if tls_name:
                    self._socket = self._context().wrap_socket(self._socket, server_hostname=tls_name.strip("[]"))
            except OSError as error:
                self._hang_up()
                failed = error
                if isinstance(error, ssl.SSLError) or self._aborted:
                    break
                continue
            return self._socket
        raise failed

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._ca_bundle:
            context.load_verify_locations(self._ca_bundle)
        return context

    def _break_off(self) -> None:
        """Shut the connection under whoever waits on it."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def _hang_up(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = None


def _host_and_port(url: str) -> tuple[str, int]:
    """The host in its one spelling, and the port."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused(Reason.ADDRESS, "that is not a web address") from None
    if parts.scheme not in ("http", "https"):
        raise Refused(Reason.ADDRESS, f"only http and https are dialled, not {parts.scheme}:")
    if "@" in parts.netloc:
        raise Refused(Reason.ADDRESS, "an address that names a user is not dialled: its host is easily misread")
    given = parts.hostname or ""
    host = normal_host(f"[{given}]" if ":" in given else given)
    if host is None:
        raise Refused(Reason.ADDRESS, "that address names no host")
    return host, port or (443 if parts.scheme == "https" else 80)


def _shown(scheme: str, host: str, port: int) -> str:
    return host if port == (443 if scheme == "https" else 80) else f"{host}:{port}"


def _not_public(host: str, address: str) -> str:
    which = address if host.strip("[]") == address else f"{host} is {address}, which"
    return f"{which} is not a public address (crawler.allow_networks can allow its network)"


def _stopping() -> Unreachable:
    return Unreachable(Reason.CANCELLED, "presswatch is stopping")


def _within(seconds: float, work: Callable[[], Found], host: str, answer: Future[Found]) -> Found:
    """Look up in a thread of its own: a name server that never answers holds up one message, no more.

    answer: takes what was found; who waits is freed at once where somebody else ends it.
    """

    def run() -> None:
        with suppress(InvalidStateError):  # it was broken off
            try:
                answer.set_result(work())
            except (OSError, UnicodeError) as error:
                answer.set_exception(error)

    threading.Thread(target=run, name=f"look up {host}", daemon=True).start()
    try:
        return answer.result(seconds)
    except TimeoutError as error:
        raise Unreachable(Reason.DNS, f"no name server answers for {host}") from error
    except (OSError, UnicodeError) as error:
        raise Unreachable(Reason.DNS, f"the name {host} is not found") from error
