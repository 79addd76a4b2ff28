"""What a scheduled crawl costs: inside the running daemon, and as `scrapy crawl` in a fresh process, in the same run.

CPU seconds of all processes that take part (ours with its reader process): the median of fresh processes, the mean of
crawls inside one; the site runs in this process and is not counted. Both fetch the same feed and parse it with
feedparser; ours also obeys robots.txt, asks conditionally, judges the answer, cleans the entries and names their
languages.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

from tests.fakesite import FakeSite

_ROOT = Path(__file__).parents[1]
_FRESH = 5  # processes
_INSIDE = 60  # crawls

_SPIDER = """
import feedparser
import scrapy

class Feed(scrapy.Spider):
    name = "feed"
    start_urls = [{url!r}]

    def parse(self, response):
        for entry in feedparser.parse(response.body).entries:
            yield {{"title": entry.title, "url": entry.link}}
"""
_PROJECT = "SPIDER_MODULES = ['project.spiders']\nLOG_LEVEL = 'ERROR'\nTELNETCONSOLE_ENABLED = False\n"

_DAEMON = """
import asyncio, json, sys, time
import psutil
from crawler.crawl import Crawling
from crawler.loop import run
from news.visit import Validators
from tests.crawler.crawls import NOW, Shelf, errand, settings

def spent():
    process = psutil.Process()
    times = [process.cpu_times(), *(child.cpu_times() for child in process.children(recursive=True))]
    return sum(one.user + one.system for one in times)

async def main():
    crawling = Crawling(settings(delay=0.0, timeout=20.0))
    await crawling.start()
    measured = {}
    for name, url in json.loads(sys.argv[1]).items():
        known, costs = Validators(), []
        for _ in range(int(sys.argv[2]) + 5):
            before, shelf = spent(), Shelf()
            await crawling.crawl([errand(url, id=name, validators=known)], shelf, now=lambda: NOW)
            costs.append(spent() - before)
            if name == "unchanged":
                known = shelf.responses[0].validators or known
        measured[name] = {"cpu": sum(costs[5:]) / len(costs[5:]), "result": shelf.responses[0].visit.result}
    await crawling.stop(5.0)
    print(json.dumps(measured))
    return 0

if __name__ == "__main__":
    sys.exit(run(main))
"""


def run() -> Iterator[str]:
    """The rows of the table; fresh process first, then what the daemon pays for each kind of visit."""
    with FakeSite() as site, tempfile.TemporaryDirectory() as folder:
        feeds = {
            "one page, 3 entries": site.url("/feed?entries=3"),
            "one page, 30 entries": site.url("/feed?entries=30"),
            "unchanged": site.url("/validated"),
        }
        fresh = _fresh_process(Path(folder), feeds["one page, 3 entries"])
        yield f"{'scrapy crawl, fresh process':36} {fresh * 1e3:7.1f} ms CPU"
        for name, measured in _inside(Path(folder), feeds).items():
            cost = float(measured["cpu"])
            row = f"{'in the daemon, ' + name:35} {cost * 1e3:7.1f} ms CPU {fresh / cost:6.0f} times cheaper"
            yield f"{row}   ({measured['result']}; at least 40 are promised)"


def _fresh_process(folder: Path, url: str) -> float:
    spiders = folder / "project" / "spiders"
    spiders.mkdir(parents=True)
    for package in (spiders.parent, spiders):
        (package / "__init__.py").touch()
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = project.settings\n", encoding="utf-8")
    (spiders.parent / "settings.py").write_text(_PROJECT, encoding="utf-8")
    (spiders / "feed.py").write_text(textwrap.dedent(_SPIDER.format(url=url)), encoding="utf-8")
    costs = []
    for _ in range(_FRESH):
        before = os.times()
        subprocess.run([sys.executable, "-m", "scrapy", "crawl", "feed"], cwd=folder, check=True, capture_output=True)
        after = os.times()
        costs.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return statistics.median(costs)


def _inside(folder: Path, feeds: dict[str, str]) -> dict[str, dict[str, str]]:
    script = folder / "daemon.py"
    script.write_text(_DAEMON, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), json.dumps(feeds), str(_INSIDE)],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    measured: dict[str, dict[str, str]] = json.loads(done.stdout)
    return measured


def main() -> None:
    """Print the table."""
    for row in run():
        print(row, flush=True)


if __name__ == "__main__":
    main()
