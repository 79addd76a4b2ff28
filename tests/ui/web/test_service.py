"""The web server inside the daemon: it ends with it, and never stands in the way of digests."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakemail import FakeMail
from tests.promises.world import Daemon, Press, read_sources, wait_until, write_config
from tests.ui.web.office import free_port


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as running:
        running.publish("alpha", "Office of alpha opens")
        yield running


@pytest.fixture
def mail() -> Iterator[FakeMail]:
    with FakeMail() as running:
        yield running


def served_at(config: Path, port: int) -> None:
    """Let the pages of this installation be served on `port`, links in mails too."""
    text = config.read_text(encoding="utf-8").partition("\nweb:")[0]
    config.write_text(f'{text}\nweb: {{listen: "127.0.0.1:{port}"}}\n', encoding="utf-8")


def answers(port: int) -> bool:
    try:
        with closing(socket.create_connection(("127.0.0.1", port), timeout=5)) as connection:
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            return connection.recv(999).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def test_p13_the_daemon_ends_in_time_with_readers_connected_and_half_a_request_sent(
    tmp_path: Path, press: Press, mail: FakeMail
) -> None:
    port = free_port()
    config = write_config(tmp_path, press, smtp=mail.port, feeds=("alpha",), recipients=("desk@example.org",))
    served_at(config, port)
    with Daemon(config) as daemon:
        wait_until(lambda: answers(port), seconds=30, what="the web server")
        wait_until(lambda: read_sources(tmp_path) == 1, seconds=30, what="the first visit")
        with (
            closing(socket.create_connection(("127.0.0.1", port))) as idle,
            closing(socket.create_connection(("127.0.0.1", port))) as half,
        ):
            idle.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            assert idle.recv(999)
            half.sendall(b"POST /u/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nform=")
            assert daemon.terminate() == 0
        log = daemon.log.read_text()
    assert not answers(port)
    assert "Traceback" not in log
    assert "daemon stopped" in log


def test_an_edit_moves_the_server_and_digests_go_on_where_it_cannot_listen(
    tmp_path: Path, press: Press, mail: FakeMail
) -> None:
    first, second = free_port(), free_port()
    config = write_config(tmp_path, press, smtp=mail.port, feeds=("alpha",), recipients=("desk@example.org",))
    with closing(socket.create_server(("127.0.0.1", first))):
        served_at(config, first)
        with Daemon(config) as daemon:
            wait_until(lambda: "pages are not served" in daemon.log.read_text(), seconds=30, what="the complaint")
            wait_until(lambda: read_sources(tmp_path) == 1, seconds=30, what="the first visit")
            press.publish("alpha", "Office of alpha closes")
            wait_until(lambda: bool(mail.messages), seconds=30, what="the alert")
            assert daemon.log.read_text().count("pages are not served") == 1
            served_at(config, second)
            wait_until(lambda: answers(second), seconds=30, what="the web server")
            assert daemon.terminate() == 0
            assert "Traceback" not in daemon.log.read_text()
