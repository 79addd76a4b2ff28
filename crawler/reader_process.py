"""What runs inside a reader process: reading a page, naming languages, and ending when nobody needs it any more."""

from __future__ import annotations

import logging
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

from crawler.allocator import keep_large_blocks_apart
from crawler.read import read_article_page, read_page
from crawler.read.languages import with_language, with_languages
from crawler.read.meanings import Meanings
from crawler.read.page import ArticleReading, Page, Reading
from news.language import detect
from news.link import Link
from news.source import AnySource
from news.story.semantic_model import load_embedder

_SPARE = 5.0  # seconds beyond the deadline after which a process ends itself, whatever its parent does


_EMBEDDING = 0.25  # of the deadline: a long page's last entries rather go without a vector than be lost

log = logging.getLogger(__name__)

_meanings: list[Meanings] = []


def prepare(memory_mb: int, embeds: bool = False) -> None:
    """Make a fresh process ready: load the models, then bound the memory, then watch the parent.

    The bound is on address space (the only one Linux keeps), counted from what the process has mapped by then:
    numpy and the model map far more than they use.
    """
    keep_large_blocks_apart()
    detect("Warm up the model before the first page comes")
    if embeds:
        _load_meanings()
    mapped = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    bound = mapped + memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    threading.Thread(target=_end_with_parent, name="watch the parent", daemon=True).start()


def read(page: Page, source: AnySource, deadline: float) -> Reading:
    """Read a page, name its languages and embed its drafts."""
    with _ending_after(deadline):
        return _with_meanings(with_languages(read_page(page, source), source), source, deadline)


def read_article(page: Page, source: AnySource, link: Link, deadline: float) -> ArticleReading:
    """Read an article's page, name its language and embed it."""
    with _ending_after(deadline):
        reading = read_article_page(page, source, link)
        draft = with_language(reading.draft, source)
        return replace(reading, draft=_meanings[0].with_meaning(draft, source) if _meanings else draft)


def name_languages(reading: Reading, source: AnySource, deadline: float) -> Reading:
    """Name the languages of a page that was read elsewhere, and embed its drafts."""
    with _ending_after(deadline):
        return _with_meanings(with_languages(reading, source), source, deadline)


def ready() -> None:
    """Do nothing: it is done when the process is."""


def _load_meanings() -> None:
    try:
        embedder = load_embedder()
        # What it maps and starts with its first text is counted, too.
        embedder.embed("Warm up the model before the first page comes")
    except Exception as error:
        # A model that does not run here costs grouping across languages some quality, and no page.
        log.warning("texts are not embedded: the model cannot be loaded", exc_info=error)
        return
    _meanings[:] = [Meanings(embedder)]


def _with_meanings(reading: Reading, source: AnySource, deadline: float) -> Reading:
    return _meanings[0].with_meanings(reading, source, _EMBEDDING * deadline) if _meanings else reading


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
