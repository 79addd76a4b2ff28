"""The web server as a service of the daemon: it serves one installation in the daemon's own loop until told to end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Final

import structlog
import uvicorn

from scheduler.app import App
from ui.web.app import web_app

_log = structlog.get_logger()

_AGAIN: Final = 5.0
_MOST_CONNECTIONS: Final = 200


async def serve_web(app: App, over: asyncio.Event, *, clock: Callable[[], datetime]) -> None:
    """Serve the pages of `app`, whose settings say where, until `over`.

    A place that cannot be listened on is tried again every few seconds: digests do not wait for it. Requests under way
    at the end have a few seconds.
    """
    said = ""
    while not over.is_set():
        try:
            listening = _listening(app.settings.web.place)
        except OSError as error:
            problem = error.strerror or str(error)
            if problem != said:
                _log.error("pages are not served", listen=app.settings.web.listen, problem=problem)
                said = problem
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), _AGAIN)
            continue
        with listening:
            await _serve(app, listening, over, clock)


async def _serve(app: App, listening: socket.socket, over: asyncio.Event, clock: Callable[[], datetime]) -> None:
    config = uvicorn.Config(
        web_app(app, clock=clock),
        lifespan="off",
        ws="none",
        http="h11",
        log_config=None,
        access_log=False,  # it would hold the tokens
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=max(int(app.settings.daemon.grace / 3), 1),
    )
    server = _Server(config)
    ending = asyncio.create_task(_end(server, over))
    _log.info("pages are served", at=app.settings.web.served_at)
    try:
        await server.serve(sockets=[listening])
    finally:
        ending.cancel()


class _Server(uvicorn.Server):
    """A server that leaves the signals to the daemon."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _end(server: _Server, over: asyncio.Event) -> None:
    await over.wait()
    server.should_exit = True


def _listening(place: tuple[str, int]) -> socket.socket:
    # Bound here: uvicorn would end the process where it cannot.
    host, port = place
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
        listening.setblocking(False)
    except BaseException:
        listening.close()
        raise
    return listening
