"""The channel `webhook`: signed as Standard Webhooks says, sent again where that can help, and never for long."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from news.errors import DeliveryError, Unreachable
from news.message import Parcel, ParcelState
from news.settings import Settings, parse_settings
from scheduler.delivery import open_channels
from scheduler.delivery.dial import Dialer, look_up
from scheduler.delivery.send import send_due
from scheduler.delivery.webhook import WebhookChannel
from storage import Store, open_store
from tests.fakehook import FakeHook, Say
from tests.fakemail import self_signed
from tests.scheduler.delivery.samples import DATE, message

SECRET = "whsec_" + base64.b64encode(b"a key that both sides know").decode()
DATA = {"schema": 1, "stories": [{"title": "Қазақстан: құжат", "url": "https://office.example/1"}]}
DIGEST = replace(message(), data=DATA)


@pytest.fixture
def hook() -> Iterator[FakeHook]:
    with FakeHook() as server:
        yield server


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'outbox.db'}") as opened:
        yield opened


def settings(url: str, *, secret: str = SECRET, timeout: float = 5, crawler: str = "") -> Settings:
    text = (
        "contact: desk@example.org\n"
        f"crawler: {{allow_networks: [127.0.0.0/8]{crawler}}}\n"
        f"channels: [{{name: ops, kind: webhook, url: '{url}', secret: '{secret}', timeout: {timeout}}}]\n"
    )
    return parse_settings(text, {}, read_secret=lambda path: path)


def channel(url: str, **options: object) -> WebhookChannel:
    made = settings(url, **options)  # type: ignore[arg-type]
    return WebhookChannel(made.channels[0], made, now=lambda: DATE + timedelta(minutes=5))


def at(hook: FakeHook, path: str = "/in?team=press", scheme: str = "http") -> str:
    return f"{scheme}://127.0.0.1:{hook.port}{path}"


def refused(hook: FakeHook, say: Say) -> DeliveryError:
    hook.answers.append(say)
    with pytest.raises(DeliveryError) as caught:
        channel(at(hook)).send(DIGEST, "ops room")
    return caught.value


def test_a_digest_arrives_as_data_with_a_signature_that_the_other_side_can_check(hook: FakeHook) -> None:
    channel(at(hook)).send(DIGEST, "ops room")
    (post,) = hook.posts
    assert post.path == "/in?team=press"
    assert json.loads(post.body) == {
        "type": "digest",
        "schema": 1,
        "id": DIGEST.id,
        "subject": DIGEST.subject,
        "date": "2024-03-08T03:00:00+00:00",
        "to": "ops room",
        "digest": DATA,
    }
    assert post.headers["webhook-id"] == DIGEST.id
    assert post.headers["host"] == f"127.0.0.1:{hook.port}"
    sent_at = post.headers["webhook-timestamp"]
    assert int(sent_at) == (DATE + timedelta(minutes=5)).timestamp()
    signed = b".".join([DIGEST.id.encode(), sent_at.encode(), post.body])
    expected = base64.b64encode(hmac.digest(b"a key that both sides know", signed, hashlib.sha256)).decode()
    assert post.headers["webhook-signature"] == f"v1,{expected}"


def test_a_message_without_data_lets_nothing_of_its_text_out(hook: FakeHook) -> None:
    channel(at(hook), secret="any text of sixteen signs").send(message(), "ops room")
    body = json.loads(hook.posts[0].body)
    assert (body["type"], body["digest"]) == ("message", None)
    assert "UNDRR: 1 story" not in hook.posts[0].body.decode()


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_what_may_pass_by_itself_is_tried_again(hook: FakeHook, status: int) -> None:
    error = refused(hook, Say(status=status, headers={"Retry-After": "120"}, body=b"busy\nsecond line"))
    assert (error.permanent, error.retry_after) == (False, 120.0)
    assert str(error) == f"the channel ops answered {status}: busy"


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 403, 404, 410, 413, 422])
def test_what_does_not_pass_ends_and_no_redirect_is_followed(hook: FakeHook, status: int) -> None:
    error = refused(hook, Say(status=status, headers={"Location": at(hook, "/elsewhere")}, body=b"no\r\nx"))
    assert error.permanent
    assert f"answered {status}" in str(error)
    assert str(error).endswith(": no")
    assert ("gone for good" in str(error)) is (status == 410)
    assert len(hook.posts) == 1


def test_the_pause_of_a_date_is_honoured_too(hook: FakeHook) -> None:
    error = refused(hook, Say(status=503, headers={"Retry-After": "Fri, 08 Mar 2024 03:15:00 GMT"}))
    assert error.retry_after == 600.0


@pytest.mark.parametrize("say", [Say(silent=True), Say(status=500, trickles=True)])
def test_a_side_that_never_ends_costs_no_more_than_the_time_it_may_take(hook: FakeHook, say: Say) -> None:
    hook.answers.append(say)
    begun = time.monotonic()
    with pytest.raises(DeliveryError) as caught:
        channel(at(hook), timeout=0.4).send(DIGEST, "ops room")
    assert time.monotonic() - begun < 3
    assert (caught.value.permanent, caught.value.uncertain) == (False, say.silent)


def test_what_was_taken_is_taken_however_long_the_other_side_talks(hook: FakeHook) -> None:
    hook.answers.append(Say(trickles=True))
    begun = time.monotonic()
    channel(at(hook)).send(DIGEST, "ops room")
    assert time.monotonic() - begun < 3


def test_only_the_beginning_of_an_answer_is_read(hook: FakeHook) -> None:
    error = refused(hook, Say(status=400, body=b"x" * 1_000_000))
    assert len(str(error)) < 300


def test_a_delivery_can_be_broken_off(hook: FakeHook) -> None:
    hook.answers.append(Say(silent=True))
    subject = channel(at(hook), timeout=30)
    threading.Timer(0.2, subject.abort).start()
    with pytest.raises(DeliveryError):
        subject.send(DIGEST, "ops room")
    with pytest.raises(DeliveryError, match="stopping"):
        subject.send(DIGEST, "ops room")


def test_a_look_up_that_never_ends_can_be_broken_off() -> None:
    over, began = threading.Event(), time.monotonic()

    def never(name: str, port: int) -> list[tuple[Any, ...]]:  # noqa: ARG001
        over.wait()
        return []

    dialer = Dialer(allow_networks=(), ca_bundle="", timeout=60, look_up=never)
    threading.Timer(0.1, dialer.abort).start()
    with pytest.raises(Unreachable, match="stopping"):
        dialer.post("https://hook.example/", b"{}", {})
    assert time.monotonic() - began < 10
    over.set()


def test_what_was_looked_up_for_a_process_that_ends_is_not_dialled(hook: FakeHook) -> None:
    def found(name: str, port: int) -> list[tuple[Any, ...]]:  # noqa: ARG001
        dialer._looking = Future()  # the answer came just before
        dialer.abort()
        return list(look_up("127.0.0.1", hook.port))

    dialer = Dialer(allow_networks=(ip_network("127.0.0.0/8"),), ca_bundle="", timeout=5, look_up=found)
    with pytest.raises(Unreachable, match="stopping"):
        dialer.post("http://hook.example/", b"{}", {})
    assert not hook.posts


def test_certificates_are_verified_and_further_authorities_count(tmp_path: Path) -> None:
    tls, _ = self_signed(tmp_path)
    with FakeHook(tls=tls) as hook:
        with pytest.raises(DeliveryError, match="is not valid"):
            channel(at(hook, scheme="https")).send(DIGEST, "ops room")
        assert hook.posts == []
        bundle = f", ca_bundle: '{tmp_path / 'certificate.pem'}'"
        channel(at(hook, scheme="https"), crawler=bundle).send(DIGEST, "ops room")
        assert len(hook.posts) == 1


def test_a_name_is_dialled_by_its_address_and_named_in_the_request(hook: FakeHook) -> None:
    asked: list[str] = []

    def look_up(name: str, port: int) -> list[tuple[object, ...]]:
        asked.append(name)
        return [(2, 1, 6, "", ("127.0.0.2", 9)), (2, 1, 6, "", ("127.0.0.1", port))]

    made = settings(f"http://Hook.Example.org:{hook.port}/%20y/ж")
    WebhookChannel(made.channels[0], made, look_up=look_up).send(DIGEST, "ops room")
    assert asked == ["hook.example.org"]
    assert hook.posts[0].headers["host"] == f"hook.example.org:{hook.port}"
    assert hook.posts[0].path == "/%20y/%D0%B6"


async def test_through_the_outbox_it_is_retried_under_one_id_until_it_is_taken(store: Store, hook: FakeHook) -> None:
    channels = open_channels(settings(at(hook)), Path())
    store.write_now(lambda unit: unit.outbox.queue(DIGEST, "ops room", key="one", channel="ops", at=DATE))
    hook.answers += [Say(status=503, headers={"Retry-After": "3600"}), Say(status=500)]

    async def run(minutes: int) -> Parcel:
        now = DATE + timedelta(minutes=minutes)
        await send_due(store, channels, now=lambda: now, worker="test", lease=timedelta(minutes=3))
        (parcel,) = store.read_now(lambda unit: unit.outbox.list(9))
        return parcel

    assert (await run(0)).state is ParcelState.DEFERRED
    assert ((await run(30)).state, len(hook.posts)) == (ParcelState.DEFERRED, 1), "Retry-After says an hour"
    assert ((await run(61)).state, len(hook.posts)) == (ParcelState.DEFERRED, 2)
    assert ((await run(120)).state, len(hook.posts)) == (ParcelState.SENT, 3)
    assert {post.headers["webhook-id"] for post in hook.posts} == {DIGEST.id}


def test_what_went_wrong_shows_the_host_and_never_the_rest_of_the_address() -> None:
    with pytest.raises(DeliveryError) as caught:
        channel("http://127.0.0.1:9/s3cr3t?key=s3cr3t").send(DIGEST, "ops room")
    assert "127.0.0.1" in str(caught.value)
    assert "s3cr3t" not in str(caught.value)
