"""Where pages are served: on this computer only, under an address of one's own."""

from __future__ import annotations

import pytest

from tests.news.settings.text import CONTACT, only_complaint, read


def test_nothing_is_served_unless_asked_for() -> None:
    web = read(CONTACT).web
    assert (web.listen, web.address, web.served_at) == ("", "", "")


@pytest.mark.parametrize(
    ("listen", "place"),
    [
        ("127.0.0.1:8780", ("127.0.0.1", 8780)),
        ("127.9.9.9:1", ("127.9.9.9", 1)),
        ("localhost:65535", ("localhost", 65535)),
        ("[::1]:80", ("::1", 80)),
    ],
)
def test_a_place_on_this_computer_is_taken(listen: str, place: tuple[str, int]) -> None:
    web = read(f'{CONTACT}web: {{listen: "{listen}"}}\n').web
    assert web.place == place
    assert web.served_at == f"http://{listen}"


@pytest.mark.parametrize("listen", ["0.0.0.0:8780", "[::]:8780", "192.168.1.5:80", "press.example.org:80", "[::2]:1"])
def test_p26_what_others_can_reach_is_refused_while_there_is_no_account(listen: str) -> None:
    complaint = only_complaint(f'{CONTACT}web: {{listen: "{listen}"}}\n')
    assert complaint.path == "web.listen"
    assert "can be reached from other computers" in complaint.problem
    assert 'listen on "127.0.0.1:8780"' in complaint.remedy


@pytest.mark.parametrize(
    "listen", ["8780", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:99999", "http://127.0.0.1:80", "::1:80"]
)
def test_what_is_no_place_to_listen_is_refused(listen: str) -> None:
    assert "is not an address to listen on" in only_complaint(f'{CONTACT}web: {{listen: "{listen}"}}\n').problem


def test_links_begin_with_the_address_that_readers_reach() -> None:
    web = read(f'{CONTACT}web: {{listen: "127.0.0.1:8780", address: "https://press.example.org/digest/"}}\n').web
    assert web.address == web.served_at == "https://press.example.org/digest"


@pytest.mark.parametrize("address", ["press.example.org", "ftp://press.example.org", "https://press.example.org/?a=1"])
def test_an_address_that_links_cannot_begin_with_is_refused(address: str) -> None:
    complaint = only_complaint(f'{CONTACT}web: {{listen: "127.0.0.1:8780", address: "{address}"}}\n')
    assert complaint.path == "web.address"


def test_an_address_without_a_server_is_refused() -> None:
    complaint = only_complaint(f"{CONTACT}web: {{address: 'https://press.example.org'}}\n")
    assert "listens nowhere" in complaint.problem
