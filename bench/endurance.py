"""Ten thousand crawls in one process: what its memory and its descriptors come to (P9).

`python -m bench endurance [--crawls N] [--minutes M] [--plot FILE]`. The site runs here and is not measured;
`bench.endurance_crawls` is. Memory may grow by less than 1 MB per 1,000 crawls, descriptors not at all. Counted is the
process's own memory, without pages of files: SQLite maps its database, which grows with every item, and the kernel
takes such pages back when they are needed. The slope is that of a straight line through the samples after the first
tenth, which the process needs to have loaded everything once.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import numpy as np

from bench.endurance_memory import Held
from bench.endurance_plot import Curve, plot
from bench.endurance_texts import sentence, title
from tests.promises.site import LoopbackSite

ROOT = Path(__file__).parents[1]
CRAWLS = 10_000
SAMPLES = 200
MEGABYTE = 1_000_000
LONGEST = 6 * 3_600.0
PROMISED = "its own pages"
MEASURES = {
    PROMISED: "own",
    "Python's objects": "objects",
    "C's blocks": "blocks",
    "and pages of files": "rss",
    "its reader": "readers",
}
"""What is told of memory, by its name in tables and drawings -> the attribute of `Held`."""

CHALLENGE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
)


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What the process held after so many crawls."""

    crawls: int
    held: Held


class Town(LoopbackSite):
    """A site whose feed, list and interface have something new at each visit, with others that never change or fail."""

    def __init__(self) -> None:
        super().__init__("127.0.0.8")
        self._published = 30

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        name = handler.path.strip("/").partition("/")[0]
        self.asked.clear()  # nobody asks for them here
        if handler.path in ("/news", "/list", "/json"):
            self._published += 1
        newest = range(self._published, self._published - 20, -1)
        if name == "news":
            _send(handler, _rss(newest))
        elif name == "list" and handler.path.count("/") > 1:
            _send(handler, _article(int(handler.path.rpartition("/")[2])), "text/html")
        elif name == "list":
            items = "".join(f"<li><a href='/list/{n}'>{title(n)} of the list</a></li>" for n in newest[:10])
            _send(handler, f"<html><body><ul>{items}</ul></body></html>".encode(), "text/html")
        elif name == "json":
            records = [{"title": f"{title(n)} of the ministry", "url": f"https://m.example/{n}"} for n in newest]
            _send(handler, json.dumps({"items": records}).encode(), "application/json")
        elif name == "validated" and handler.headers.get("If-None-Match"):
            _send(handler, b"", status=304)
        elif name in ("same", "validated"):
            _send(handler, _rss(range(20)), etag='"one"' if name == "validated" else "")
        elif name == "large":
            _send(handler, _rss([self._published, *range(60)], times=4))
        elif name == "truncated":
            _send(handler, _rss(newest)[:-60])
        elif name == "challenge":
            _send(handler, CHALLENGE, "text/html")
        else:
            _send(handler, b"no", "text/plain", status=503 if name == "unavailable" else 404)


def run(crawls: int = CRAWLS, drawing: Path | None = None, seconds: float = LONGEST) -> Iterator[str]:
    """The rows of the table; `drawing` is the file that the plot is written to."""
    with Town() as town, tempfile.TemporaryDirectory() as folder:
        samples, visits = _crawled(town.address, crawls, seconds, Path(folder))
    empty, *samples = samples
    first, last = samples[0], samples[-1]
    settled = samples[len(samples) // 10 :]
    descriptors = [one.held.descriptors for one in settled]
    yield f"{last.crawls} crawls, one visit each: {', '.join(f'{name} {count}' for name, count in visits.items())}"
    yield "MB: empty, with full caches, at the end; and the slope, MB per 1,000 crawls"
    for name, measure in MEASURES.items():
        held = [getattr(one.held, measure) / MEGABYTE for one in (empty, first, last)]
        yield f"{name:20} {held[0]:7.1f} {held[1]:7.1f} {held[2]:7.1f} {grown(settled, measure):+8.2f}"
    yield f"promised is less than 1 of {PROMISED}"
    yield f"descriptors: {min(descriptors)} to {max(descriptors)}, at the end {descriptors[-1]} (flat is promised)"
    yield f"threads at the end {last.held.threads}"
    if drawing is not None:
        slope = grown(settled, MEASURES[PROMISED])
        heading = f"{last.crawls:,} crawls in one process: {slope:+.2f} MB per 1,000 crawls"
        drawing.write_text(plot(heading, _curves(samples)), encoding="utf-8")
        yield f"plotted in {drawing}"


def main(arguments: list[str]) -> None:
    """Print the rows, as the options of the command say."""
    parser = argparse.ArgumentParser(prog="python -m bench endurance")
    parser.add_argument("--crawls", type=int, default=CRAWLS, help="how many crawls")
    parser.add_argument("--minutes", type=float, default=LONGEST / 60, help="as many of them as that is enough for")
    parser.add_argument("--plot", type=Path, help="an SVG file to draw the samples into")
    options = parser.parse_args(arguments)
    for row in run(options.crawls, options.plot, 60 * options.minutes):
        print("  " + row, flush=True)


def grown(samples: Sequence[Sample], measure: str) -> float:
    """How steeply the straight line through the samples rises, MB per 1,000 crawls."""
    over = [one.crawls / 1_000 for one in samples]
    return float(np.polyfit(over, [getattr(one.held, measure) / MEGABYTE for one in samples], 1)[0])


def _curves(samples: Sequence[Sample]) -> list[Curve]:
    over = [one.crawls for one in samples]
    curves = [
        Curve(name=name, unit="MB", x=over, y=[getattr(one.held, measure) / MEGABYTE for one in samples])
        for name, measure in MEASURES.items()
    ]
    return [*curves, Curve(name="open descriptors", unit="", x=over, y=[one.held.descriptors for one in samples])]


def _crawled(address: str, crawls: int, seconds: float, folder: Path) -> tuple[list[Sample], dict[str, int]]:
    """The samples, and how the visits that are still kept ended."""
    every = max(1, crawls // SAMPLES)
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.endurance_crawls", address, str(crawls), str(every), str(seconds), str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    samples: list[Sample] = []
    visits: dict[str, int] = {}
    for line in process.stdout:
        if not line.startswith("{"):
            continue
        told = json.loads(line)
        if "visits" in told:
            visits = told["visits"]
        else:
            samples.append(Sample(crawls=told.pop("crawls"), held=Held(**told)))
    if process.wait() != 0:
        raise RuntimeError(f"the crawls ended early, with status {process.returncode}")
    return samples, visits


def _rss(numbers: Sequence[int] | range, *, times: int = 2) -> bytes:
    entries = "".join(
        f"<item><title>{title(n)}</title><link>https://example.org/{n}</link><guid>r-{n}</guid>"
        f"<description>{' '.join(sentence(n, part) for part in range(times))}</description></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>Town</title>{entries}</channel></rss>".encode()


def _article(number: int) -> bytes:
    text = "".join(f"<p>{sentence(number, part)}</p>" for part in range(6))
    return f"<html lang='en'><body><h1>{title(number)}</h1><div class='text'>{text}</div></body></html>".encode()


def _send(
    handler: BaseHTTPRequestHandler,
    body: bytes,
    kind: str = "application/rss+xml",
    *,
    status: int = 200,
    etag: str = "",
) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    if etag:
        handler.send_header("ETag", etag)
    handler.end_headers()
    handler.wfile.write(body)
