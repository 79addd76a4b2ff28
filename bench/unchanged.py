"""How many unchanged feeds one process visits a second: 500 feeds that answer 304 after 200 ms, over 64 connections.

64 hosts are asked side by side, one request at a time each, as the daemon does; the ceiling is what the latency alone
allows. Once with an inbox that keeps nothing (the crawl and its guard alone), once with the intake: a Visit row each,
health judged, the next visit planned. The site runs in a process of its own; robots.txt is known beforehand.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

_ROOT = Path(__file__).parents[1]
FEEDS, HOSTS, LATENCY = 500, 64, 0.2
AIM = 0.35
_ROUNDS = 3
_ANSWER = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nContent-Length: 0\r\n\r\n'
_FIRST = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


async def serve() -> None:
    """Answer 304 to all but robots.txt, each after LATENCY; prints the port, the same on each host."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(LATENCY)
                writer.write(_FIRST if head.startswith(b"GET /robots.txt") else _ANSWER)
        except (asyncio.IncompleteReadError, ConnectionResetError):
            writer.close()

    server = await asyncio.start_server(answer, _host(0), 0)
    port = server.sockets[0].getsockname()[1]
    others = [await asyncio.start_server(answer, _host(number), port) for number in range(1, HOSTS)]
    print(port, flush=True)
    await asyncio.gather(*(one.serve_forever() for one in (server, *others)))


def _host(number: int) -> str:
    """The loopback address of a host; feed after feed goes to the next one."""
    return f"127.9.0.{number % HOSTS + 1}"


async def visits(port: int, folder: Path) -> int:
    """Visit all feeds a few times by each inbox and print what it took: wall-clock and CPU seconds a round."""
    import psutil

    from crawler.crawl import Crawling
    from crawler.inbox import Errand, Inbox
    from news.source import FeedSource
    from news.visit import Validators
    from storage import open_store
    from tests.crawler.crawls import Shelf, settings
    from tests.scheduler.office import NOW, Clock, an_intake

    sources = [
        FeedSource(id=f"feed-{n}", url=f"http://{_host(n)}:{port}/{n}", publisher="P", language="en")
        for n in range(FEEDS)
    ]
    errands = [Errand(source=source, validators=Validators(etag='"1"')) for source in sources]
    clock, process = Clock(NOW), psutil.Process()
    crawling = Crawling(settings(delay=0.0, timeout=20.0, deadline=60.0))
    await crawling.start()
    with open_store(f"sqlite:///{folder}/press.db") as store:
        inboxes: dict[str, Inbox] = {"fetch": Shelf(), "guard, health and Visit rows": an_intake(store, clock)}
        await crawling.crawl(errands, Shelf(), now=clock)  # robots.txt and turns are known from here on
        measured: dict[str, tuple[float, float]] = {}
        for name, inbox in inboxes.items():
            rounds = []
            for _ in range(_ROUNDS):
                clock.now += timedelta(minutes=30)
                before, began = process.cpu_times(), asyncio.get_running_loop().time()
                await crawling.crawl(errands, inbox, now=clock)
                after = process.cpu_times()
                cpu = after.user + after.system - before.user - before.system
                rounds.append((asyncio.get_running_loop().time() - began, cpu))
            measured[name] = min(rounds)
    await crawling.stop(5.0)
    print(json.dumps(measured))
    return 0


def run() -> Iterator[str]:
    """The rows of the table."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
        command = [sys.executable, "-m", "bench.unchanged"]
        site = subprocess.Popen([*command, "serve"], cwd=_ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert site.stdout is not None
            port = int(site.stdout.readline())
            done = subprocess.run(
                [*command, "visit", str(port), folder],
                cwd=_ROOT,
                env=environment,
                check=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        finally:
            site.kill()
            site.wait()
    ceiling = HOSTS / LATENCY
    measured = json.loads(done.stdout.splitlines()[-1])
    for name, (wall, cpu) in measured.items():
        rate = FEEDS / wall
        aim = f"at least {AIM:.0%} promised" if name == "fetch" else ""
        yield (
            f"{name:30} {rate:6.0f} feeds/s {rate / ceiling:5.0%} of the latency ceiling of {ceiling:.0f}/s, "
            f"{cpu / FEEDS * 1e3:4.1f} ms CPU a feed   {aim}"
        )


def main(arguments: list[str]) -> int:
    """Serve, visit, or (without arguments) measure."""
    if arguments[:1] == ["serve"]:
        asyncio.run(serve())
        return 0
    if arguments[:1] == ["visit"]:
        from functools import partial

        from crawler.loop import run as in_loop

        return in_loop(partial(visits, int(arguments[1]), Path(arguments[2])))
    for row in run():
        print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
