"""What runs inside a reader process: reading a page, naming languages, and ending when nobody needs it any more."""

from __future__ import annotations

import os
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path

from crawler.read import read_article_page, read_page
from crawler.read.languages import with_language, with_languages
from crawler.read.page import ArticleReading, Page, Reading
from news.language import detect
from news.link import Link
from news.source import AnySource

_SPARE = 5.0  # seconds beyond the deadline after which a process ends itself, whatever its parent does


def prepare(memory_mb: int) -> None:
    """Make a fresh process ready: load the language model, then bound the memory, then watch the parent.

    The bound is on address space (the only one Linux keeps), counted from what the process has mapped by then:
    numpy and the model map far more than they use.
    """
    detect("Warm up the model before the first page comes")
    mapped = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    bound = mapped + memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    threading.Thread(target=_end_with_parent, name="watch the parent", daemon=True).start()


def read(page: Page, source: AnySource, deadline: float) -> Reading:
    """Read a page and name its languages."""
    with _ending_after(deadline):
        return with_languages(read_page(page, source), source)


def read_article(page: Page, source: AnySource, link: Link, deadline: float) -> ArticleReading:
    """Read an article's page and name its language."""
    with _ending_after(deadline):
        reading = read_article_page(page, source, link)
        return replace(reading, draft=with_language(reading.draft, source))


def name_languages(reading: Reading, source: AnySource, deadline: float) -> Reading:
    """Name the languages of a page that was read elsewhere."""
    with _ending_after(deadline):
        return with_languages(reading, source)


def ready() -> None:
    """Do nothing: it is done when the process is."""


@contextmanager
def _ending_after(deadline: float) -> Iterator[None]:
    # A regular expression gone wild holds the interpreter, so that no thread of ours would run: the kernel's alarm
    # ends the process all the same, should the parent be gone that would have done it.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, deadline + _SPARE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _end_with_parent() -> None:
    """Wait for the parent's end (its side of a pipe closes, by whatever signal) and end too."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
