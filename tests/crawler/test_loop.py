"""The loop from the first line of a process to its last: results, signals, threads (P13)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fakesite import FakeSite

ROOT = Path(__file__).parents[2]

BEGIN = """
import asyncio, signal, sys, threading
from crawler.loop import run

"""
END = """
if __name__ == "__main__":
    status = run(main)
    print("threads", threading.active_count(), flush=True)
    sys.exit(status)
"""


def started(tmp_path: Path, main: str, *arguments: str) -> subprocess.Popen[str]:
    script = tmp_path / "process.py"
    script.write_text(BEGIN + main + END, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(script), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_the_result_of_main_is_given_and_what_it_left_is_ended(tmp_path: Path) -> None:
    main = """
async def left():
    try:
        await asyncio.sleep(60)
    finally:
        print("tidied", flush=True)

async def main():
    main.task = asyncio.create_task(left())
    await asyncio.to_thread(print, "worked", flush=True)
    return 3
"""
    with started(tmp_path, main) as process:
        out, err = process.communicate(timeout=20)

    assert (out, err, process.returncode) == ("worked\ntidied\nthreads 1\n", "", 3)


def test_an_error_of_main_is_raised(tmp_path: Path) -> None:
    with started(tmp_path, "async def main():\n    raise ValueError('told')\n") as process:
        _, err = process.communicate(timeout=20)

    assert process.returncode == 1
    assert err.endswith("ValueError: told\n")


def test_ctrl_c_cancels_main_first(tmp_path: Path) -> None:
    main = """
async def main():
    print("ready", flush=True)
    try:
        await asyncio.sleep(60)
    finally:
        print("tidied", flush=True)
"""
    with started(tmp_path, main) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)

    assert out == "tidied\n"
    assert "KeyboardInterrupt" in err


def test_a_second_run_is_refused_in_words(tmp_path: Path) -> None:
    main = """
async def main():
    return 0

def again():
    try:
        run(main)
    except RuntimeError as error:
        print(error, flush=True)

import atexit
atexit.register(again)
"""
    with started(tmp_path, main) as process:
        out, err = process.communicate(timeout=20)

    assert "once in a process" in out
    assert (err, process.returncode) == ("", 0)


DAEMON = """
from tests.crawler.crawls import NOW, Shelf, errand, settings
from crawler.crawl import Crawling

async def main():
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    crawling = Crawling(settings(timeout=60.0, deadline=60.0))
    await crawling.start()
    shelf = Shelf()
    crawl = asyncio.create_task(crawling.crawl([errand(sys.argv[1])], shelf, now=lambda: NOW))
    print("ready", flush=True)
    await stop.wait()
    await crawling.stop(4.0)
    await crawl
    print(shelf.responses[0].visit.reason, flush=True)
    return 0
"""


@pytest.mark.parametrize("during", ["a download", "start-up"])
def test_sigterm_ends_a_crawl_with_status_0_and_nothing_left(tmp_path: Path, site: FakeSite, during: str) -> None:
    with started(tmp_path, DAEMON, site.url("/never")) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        while during == "a download" and not any(seen.path == "/robots.txt" for seen in site.seen):
            time.sleep(0.02)
        process.terminate()
        out, err = process.communicate(timeout=20)

    # A download left to itself would end after 60 s, as a timeout: past communicate's patience, and by another name.
    assert (out, err, process.returncode) == ("cancelled\nthreads 1\n", "", 0)
