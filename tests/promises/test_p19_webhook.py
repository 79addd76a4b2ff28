"""P19 on the way of webhooks: no inner address is dialled, however it is spelled, whatever a name leads to, ever.

On the way that production goes: settings, the outbox, the channels as they are opened, and a note of whatever is about
to be connected, made at the last place before the system.
"""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from news.errors import DeliveryError, SettingsError
from news.message import ParcelState
from news.settings import Settings, parse_settings
from scheduler.delivery import dial, open_channels
from scheduler.delivery.dial import Found
from scheduler.delivery.send import send_due
from scheduler.delivery.webhook import WebhookChannel
from storage import open_store
from tests.fakehook import FakeHook, Say
from tests.promises.test_p19_inner_addresses import PUBLIC, blocked, inner_addresses, is_inner, listed
from tests.scheduler.delivery.samples import DATE, message

SECRET = "any text of sixteen signs"
BASE = "contact: desk@example.org\n"


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address that is about to be connected; only 127.1.0.0/16 is, all others lead to a closed port."""
    addresses: list[str] = []
    connect = socket.socket.connect

    def noted(self: socket.socket, place: Any) -> None:
        addresses.append(place[0])
        if not place[0].startswith("127.1."):
            raise ConnectionRefusedError("no connection in this test")
        connect(self, place)

    monkeypatch.setattr(socket.socket, "connect", noted)
    return addresses


def settings(url: str, allowed: str = "") -> Settings:
    networks = f"crawler: {{allow_networks: [{allowed}]}}\n"
    entry = {"name": "ops", "kind": "webhook", "url": url, "secret": SECRET}
    return parse_settings(f"{BASE}{networks}channels: [{json.dumps(entry)}]\n", {}, read_secret=lambda path: path)


def sent(made: Settings) -> DeliveryError | None:
    """What went wrong with a digest to the channel, as it is opened for sending."""
    try:
        open_channels(made, Path())["ops"].send(message(), "x")
    except DeliveryError as error:
        return error
    return None


def leading(names: dict[str, list[str]]) -> Callable[..., Found]:
    """A name server: one address a look-up, the last for ever."""

    def look_up(name: str, port: int, **_: object) -> Found:
        places = names[name]
        place = places.pop(0) if len(places) > 1 else places[0]
        family, rest = (socket.AF_INET6, (0, 0)) if ":" in place else (socket.AF_INET, ())
        return [(family, socket.SOCK_STREAM, 6, "", (place, port, *rest))]

    return look_up


def never_dialled(url: str, why: str) -> None:
    """The address is refused with the settings, or when it is to be dialled; then it waits for better settings."""
    error: Exception | None
    try:
        error = sent(settings(url))
    except SettingsError as refused:
        error, why = refused, "not a web address"
    assert re.search(why, str(error)), f"{url}: {error}"
    assert not isinstance(error, DeliveryError) or not error.permanent, url


def test_p19_webhook_directly(dialled: list[str]) -> None:
    for url in blocked():
        never_dialled(url, "not a public address|names no host")
    assert dialled == []


def test_p19_webhook_what_the_settings_refuse_is_not_dialled_either(dialled: list[str]) -> None:
    good = settings("https://hook.example.org/")
    for url in blocked():
        made = good.channels[0].model_copy(update={"url": SecretStr(url)})
        with pytest.raises(DeliveryError) as refused:
            WebhookChannel(made, good).send(message(), "x")
        assert re.search("not a public|names no host|names a user|only http|not a web", str(refused.value)), url
    assert dialled == []


def test_p19_webhook_the_look_up_alone_is_a_wall(dialled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What the early look at the address's spelling misses."""
    monkeypatch.setattr(dial, "literal_addresses", lambda _: ())
    for url in blocked():
        never_dialled(url, "not a public address|names no host|is not found|no connection in this test")
    assert [address for address in dialled if is_inner(address)] == []


def test_p19_webhook_by_a_name(dialled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    names: dict[str, list[str]] = {}
    monkeypatch.setattr(socket, "getaddrinfo", leading(names))
    for address in inner_addresses():
        names["hook.example.org"] = [address]
        assert f"hook.example.org is {address}" in str(sent(settings("https://hook.example.org/")))
    assert dialled == []


def test_p19_webhook_by_a_name_that_changes_between_two_look_ups(
    dialled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first look-up leads to the hook and is the only one of its digest; the next digest's leads inside."""
    names: dict[str, list[str]] = {}
    monkeypatch.setattr(socket, "getaddrinfo", leading(names))
    with FakeHook(host="127.1.7.7") as hook:
        made = settings(f"http://hook.example.org:{hook.port}/", allowed=hook.host)
        for address in inner_addresses():
            names["hook.example.org"] = [hook.host, address]
            assert sent(made) is None
            assert f"hook.example.org is {address}" in str(sent(made))
        assert dialled == [hook.host] * len(inner_addresses())
        assert len(hook.posts) == len(inner_addresses())


def test_p19_webhook_a_redirect_is_not_followed(dialled: list[str]) -> None:
    with FakeHook(host="127.1.7.7") as hook:
        made = settings(f"http://{hook.host}:{hook.port}/", allowed=hook.host)
        for url in blocked():
            hook.answers.append(Say(status=307, headers={"Location": url.encode("ascii", "replace").decode()}))
            assert "not followed" in str(sent(made))
        assert set(dialled) == {hook.host}


async def test_p19_webhook_what_is_refused_waits_in_the_outbox(tmp_path: Path, dialled: list[str]) -> None:
    with open_store(f"sqlite:///{tmp_path / 'outbox.db'}") as store:
        store.write_now(lambda unit: unit.outbox.queue(message(), "x", key="one", channel="ops", at=DATE))
        channels = open_channels(settings("http://169.254.169.254/latest/"), tmp_path)
        await send_due(store, channels, now=lambda: DATE, worker="test", lease=timedelta(minutes=3))
        (parcel,) = store.read_now(lambda unit: unit.outbox.list(9))
    assert parcel.state is ParcelState.DEFERRED
    assert "169.254.169.254 is not a public address" in parcel.last_error
    assert dialled == []


def test_p19_webhook_what_is_public_is_dialled(dialled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard is no wall against the world: each of these is dialled, at the address that was judged."""
    real = socket.getaddrinfo

    def public(name: str, port: int, **_: object) -> Found:
        try:
            return list(real(name, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST))
        except OSError:
            return leading({name: ["93.184.216.34"]})(name, port)

    monkeypatch.setattr(socket, "getaddrinfo", public)
    urls = [*(f"http://[{one}]/" if ":" in one else f"http://{one}/" for one in PUBLIC), *listed("allow")]
    for url in urls:
        assert "no connection in this test" in str(sent(settings(url))), url
    assert {str(ip_address(address)) for address in dialled} >= {str(ip_address(address)) for address in PUBLIC}
    assert len(dialled) == len(urls)
