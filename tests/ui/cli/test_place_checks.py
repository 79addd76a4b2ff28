from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from news.settings import Settings, parse_settings
from tests.ui.cli.desk import Desk
from ui.cli import place_checks

WEB = 'contact: desk@ifrc-desk.kz\nweb: {{listen: "127.0.0.1:{port}"}}\n'
DKIM = (
    "smtp: {host: 127.0.0.1, sender: a@ifrc-desk.kz, dkim: {domain: ifrc-desk.kz, selector: s1, key_file: key.pem}}\n"
)


def settings(text: str) -> Settings:
    return parse_settings(text, {}, read_secret=str)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on, and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


@pytest.fixture
def healthy() -> Iterator[int]:
    """A port at which /health answers as presswatch does."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/health" else 404)
            self.end_headers()
            self.wfile.write(b'{"ok": true}')

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_a_port_that_is_free_one_that_is_taken_and_one_where_the_pages_are(
    taken: int, healthy: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_checks, "_TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as closing:
        free = closing.getsockname()[1]
    found = [place_checks.check_pages(settings(WEB.format(port=port))) for port in (free, taken, healthy)]
    assert [one.right for one in found] == [True, False, True]
    assert f"127.0.0.1:{taken} cannot be listened on: Address already in use" in found[1].told
    assert "web.listen" in found[1].remedy
    assert found[2].told == f"served at http://127.0.0.1:{healthy}"


def test_a_key_that_is_missing_or_none_or_without_its_library_is_told_by_doctor_and_config_check(desk: Desk) -> None:
    desk.config.write_text(desk.config.read_text() + DKIM)
    assert "smtp.dkim" in desk.type("config", "check").stdout
    finding = place_checks.check_signature(settings("contact: a@b.kz\n" + DKIM), desk.folder)
    assert (finding.right, "smtp.dkim" in finding.told) == (False, True)


def test_a_key_that_signs_is_right(tmp_path: Path) -> None:
    pytest.importorskip("dkim", reason="the extra dkim is not installed")
    given = settings("contact: a@b.kz\n" + DKIM)
    assert "cannot be read" in place_checks.check_signature(given, tmp_path).told
    (tmp_path / "key.pem").write_text("no key")
    assert "no private key" in place_checks.check_signature(given, tmp_path).told
    key = rsa.generate_private_key(65537, 2048)
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    (tmp_path / "key.pem").write_bytes(key.private_bytes(*pem))
    assert place_checks.check_signature(given, tmp_path).told == "s1._domainkey.ifrc-desk.kz"
