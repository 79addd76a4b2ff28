"""P25: GET never unsubscribes; the RFC 8058 POST does, at once, for that digest only, and cannot be forged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from fastapi.routing import APIRoute
from hypothesis import given, settings
from hypothesis import strategies as st

from news.watch.watch import Schedule, ScheduleKind
from scheduler.feeds.feeds import listed_feeds
from scheduler.tokens import Purpose, Tokens
from tests.ui.web.office import NOW, Office, open_office
from ui.web.app import ROUTERS
from ui.web.site import Site


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(tmp_path_factory.mktemp("office")) as opened:
        yield opened


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One that no test manages to change."""
    with open_office(tmp_path_factory.mktemp("untouched")) as opened:
        yield opened


def test_the_post_of_the_header_stops_that_digest_at_once_and_no_other(office: Office) -> None:
    answer = office.one_click(office.path("u", Purpose.ONE_CLICK))
    assert (answer.status, answer.text) == (200, "Stopped.\n")
    assert "Set-Cookie" not in answer.headers
    assert office.stopped() == {"daily"}
    assert office.stopped("chief@example.org") == set()


def test_the_post_may_be_multipart_as_the_rfc_prefers(office: Office) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    kind = "multipart/form-data; boundary=x"
    assert office.post(office.path("u", Purpose.ONE_CLICK), body, Content_Type=kind).status == 200
    assert office.stopped() == {"daily"}


def test_the_post_works_once(office: Office) -> None:
    path = office.path("u", Purpose.ONE_CLICK)
    assert office.one_click(path).status == 200
    once = office.everything()
    assert office.one_click(path).status == 200
    assert office.everything() == once


def test_links_of_before_somebody_started_anew_do_nothing(office: Office) -> None:
    path, number = office.path("u", Purpose.ONE_CLICK), office.recipient().id
    assert office.one_click(path).status == 200
    office.app.store.write_now(lambda unit: unit.subscriptions.resume(number, at=NOW))
    begun = office.everything()
    assert office.stopped() == set()
    answer = office.one_click(path)
    assert answer.status == 410
    assert "out of date" in answer.text
    assert office.everything() == begun


def _every_page(office: Office) -> list[str]:
    this = office.claim(slot="2026-11-23")
    feedback = office.path("n", Purpose.FEEDBACK, this)
    feeds = office.app.store.read_now(lambda unit: list(listed_feeds(unit, key=office.app.key)))
    return [
        *(office.path("u", Purpose.ONE_CLICK), office.path("s", Purpose.STOP), office.path("c", Purpose.CONFIRM)),
        *(office.path("d", Purpose.CLEAN, this), office.path("h", Purpose.HOURS), f"{feedback}/irrelevant"),
        *(f"{feedback}/missing", "/health", "/style.css", "/icon.svg", "/robots.txt"),
        *(f"/feeds/{one.name}.{form}" for one in feeds for form in ("atom", "json")),
    ]


def test_no_get_and_no_head_changes_anything(office: Office) -> None:
    office.freeze(clean_text="Copy", clean_html="<p>Copy</p>")
    before = office.everything()
    for path in _every_page(office):
        for method in ("GET", "HEAD"):
            shown = office.get(path, method=method)
            assert shown.status == 200, path
            assert (method == "HEAD") == (shown.body == b"")
            # What fetches links in advance hands parameters on as well.
            assert office.get(f"{path}?List-Unsubscribe=One-Click", method=method).status == shown.status
    assert office.everything() == before


def test_every_route_but_health_and_what_pages_look_like_needs_a_signed_link(untouched: Office) -> None:
    site = Site(app=untouched.app, tokens=Tokens(untouched.app.key), clock=lambda: NOW)
    routes = [route for router in ROUTERS for route in router(site).routes if isinstance(route, APIRoute)]
    free = {route.path for route in routes if not {"token", "name"} & set(route.param_convertors)}
    assert free == {"/health", "/style.css", "/icon.svg", "/robots.txt"}
    for route in routes:
        if route.path not in free:
            path = re.sub(r"\{\w+\}", "missing", route.path.replace("{form}", "atom"))
            for method in route.methods:
                assert untouched.get(path, method=method).status in (403, 404), path


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_no_other_method_changes_anything(untouched: Office, method: str) -> None:
    before = untouched.everything()
    assert untouched.get(untouched.path("u", Purpose.ONE_CLICK), method=method).status == 405
    assert untouched.everything() == before


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_forged_or_cut_token_is_taken(untouched: Office, data: st.DataObject) -> None:
    token = untouched.path("u", Purpose.ONE_CLICK).removeprefix("/u/")
    letters = st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
    place = data.draw(st.integers(0, len(token) - 2))  # of the last letter only some bits count
    given = data.draw(
        st.one_of(
            st.just(token[: place + 1]),
            st.just(token[place + 1 :]),
            letters.map(lambda letter: token[:place] + letter + token[place + 1 :]),
            st.text(letters, min_size=1, max_size=150),
        )
    )
    if given == token:
        return
    before = untouched.everything()
    answer = untouched.one_click(f"/u/{given}")
    assert answer.status == 403
    assert "Open the newest digest" in answer.text
    assert untouched.everything() == before


def test_a_token_of_another_key_or_purpose_is_refused(untouched: Office) -> None:
    claim, before = untouched.claim(), untouched.everything()
    tokens = Tokens(untouched.app.key)
    foreign = Tokens(b"another installation's key......").sign(Purpose.ONE_CLICK, claim)
    others = [tokens.sign(purpose, claim) for purpose in Purpose if purpose is not Purpose.ONE_CLICK]
    assert {untouched.one_click(f"/u/{token}").status for token in (foreign, *others)} == {403}
    assert untouched.one_click(f"/s/{tokens.sign(Purpose.ONE_CLICK, claim)}").status == 403
    assert untouched.everything() == before


def test_a_token_of_a_recipient_who_is_not_there_is_refused(untouched: Office) -> None:
    claim, before = replace(untouched.claim(), recipient=999), untouched.everything()
    assert untouched.one_click(untouched.path("u", Purpose.ONE_CLICK, claim)).status == 410
    assert untouched.everything() == before


def test_a_post_that_is_neither_one_click_nor_the_pages_form_does_nothing(untouched: Office) -> None:
    before = untouched.everything()
    path = untouched.path("u", Purpose.ONE_CLICK)
    form = Tokens(untouched.app.key).form(path.removeprefix("/u/"))
    for fields in ({}, {"form": "x"}, {"List-Unsubscribe": "no"}, {"form": form[:-1]}):
        assert untouched.post(path, fields).status == 400
    assert untouched.post(path, {"form": form}, Sec_Fetch_Site="cross-site").status == 400
    assert untouched.post(untouched.path("s", Purpose.STOP), {"List-Unsubscribe": "One-Click"}).status == 400
    assert untouched.everything() == before


def test_no_page_with_a_form_takes_a_post_that_did_not_come_from_it(untouched: Office) -> None:
    before = untouched.everything()
    this = untouched.claim(slot="2026-11-23")
    feedback = untouched.path("n", Purpose.FEEDBACK, this)
    for path in (untouched.path("c", Purpose.CONFIRM), f"{feedback}/irrelevant", f"{feedback}/missing"):
        for fields in ({"text": "Too many"}, {"text": "Too many", "form": "0" * 64}):
            assert untouched.post(path, fields).status == 400, path
    assert untouched.everything() == before


def test_who_got_the_digest_forwarded_can_only_have_a_mail_sent_to_its_owner(office: Office) -> None:
    path = office.path("s", Purpose.STOP)
    page = office.get(path)
    assert "addressed to <strong>desk@example.org</strong>" in page.text
    assert "Look into the mailbox" in office.press(path).text
    assert office.stopped() == set()
    (parcel,) = office.app.store.read_now(lambda unit: unit.outbox.list(9))
    assert parcel.address == "desk@example.org"
    # The link in that mail shows a page first, too.
    (link,) = [line for line in parcel.message.text.splitlines() if line.startswith("http")]
    last = link.removeprefix(office.address)
    assert last == office.path("u", Purpose.ONE_CLICK)
    assert link in parcel.message.html
    assert "Stop this digest?" in office.get(last).text
    assert office.stopped() == set()
    assert "The digest is stopped" in office.press(last).text
    assert office.stopped() == {"daily"}


def test_the_mailbox_cannot_be_flooded(office: Office) -> None:
    path = office.path("s", Purpose.STOP)
    for _ in range(5):
        assert office.press(path).status == 200
    assert len(office.app.store.read_now(lambda unit: unit.outbox.list(9))) == 1


def test_the_links_of_a_digest_are_short_and_the_body_has_none_that_stops_by_itself(untouched: Office) -> None:
    links = untouched.links()
    shown = (links.stop, links.hours, links.clean, links.irrelevant, links.missing)
    assert all(len(link) < 200 for link in (*shown, links.one_click))
    assert all(link.startswith("https://press.example.org/") for link in (*shown, links.one_click))
    assert not any("/u/" in link for link in shown)
    path = links.one_click.removeprefix("https://press.example.org")
    assert path == untouched.path("u", Purpose.ONE_CLICK)


def test_without_pages_the_links_are_mails_to_the_owner(untouched: Office) -> None:
    from scheduler.digest.links import links_for

    make = partial(links_for, untouched.recipient(), "daily", "2026-11-23", generation=0, key=b"k" * 32, address="")
    links = make(owner_address="owner@example.org")
    assert (
        links.mail_stop
        == links.stop
        == "mailto:owner@example.org?subject=Stop%20the%20daily%20digest%20of%20desk%40example.org"
    )
    assert links.one_click == ""
    assert links.clean.startswith("mailto:owner@example.org?subject=Copy%20to%20forward%20of%20the%20daily%20digest")
    weekly = replace(untouched.recipient(), schedule=Schedule(kind=ScheduleKind.WEEKLY))
    other = links_for(
        weekly, "daily", "2026-W47", generation=0, key=b"k" * 32, address="", owner_address="o@example.org"
    )
    assert "Stop%20the%20weekly%20digest" in other.stop, "the owner reads what kind of digest it is"
    assert set(vars(make(owner_address="")).values()) == {""}
