"""What reading an article costs: a known source by its selectors against trafilatura fast, same pages, same run.

The pages are those of `bench.article_pages`. Like is compared with like: text with text, from markup; and what a draft
needs, from bytes, its charset, safe HTML and the choice of what to believe included, with trafilatura's metadata and
text. Only the ratios carry over to other machines. Interleaved rounds, CPU time.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

import trafilatura
from selectolax.lexbor import LexborHTMLParser

from bench.article_pages import SHAPES, paragraphs, sentence
from crawler.read import read_article_page
from crawler.read.extract import extracted
from crawler.read.page import ArticleWay, Page
from crawler.read.selectors import body_nodes
from news.item import Draft
from news.link import Link
from news.source import AnySource, ArticleRules, ListingSource
from news.text.clean import plain_text

_ROUNDS, _PAGES = 7, 6


def run() -> list[str]:
    """Measure each shape; one line a shape and one for all."""
    chance = random.Random(2026)
    rows = [f"{_PAGES} pages a shape, {_ROUNDS} rounds; CPU ms a page, the median of the rounds"]
    totals = [0.0] * 5
    for shape in SHAPES:
        pages = [shape.page(sentence(chance, 9), paragraphs(chance), chance) for _ in range(_PAGES)]
        medians = _medians(pages, shape.rules)
        totals = [total + median for total, median in zip(totals, medians, strict=True)]
        size = sum(len(page.encode()) for page in pages) // len(pages) // 1000
        rows.append(_row(f"{shape.name}, {size} kB", medians))
    rows.append(_row("all", [total / len(SHAPES) for total in totals]))
    return rows


def _row(name: str, medians: list[float]) -> str:
    parse, text, draft, general, with_metadata = medians
    return (
        f"{name:<18} parse {parse:.2f} | text: selectors {text:.2f}, trafilatura fast {general:.2f}, "
        f"{general / text:.1f} times cheaper | title, date, author, picture and text: source's draft {draft:.2f}, "
        f"trafilatura fast {with_metadata:.2f}, {with_metadata / draft:.1f} times cheaper"
    )


def _medians(pages: list[str], rules: ArticleRules) -> list[float]:
    """Median CPU milliseconds a page: parsing, text by selectors, the whole draft, trafilatura's text, and its all."""
    source = ListingSource(id="bench", url="https://news.example/", publisher="Bench", language="ru", articles=rules)
    fetched = [
        Page(url=f"https://news.example/{number}", body=page.encode(), fetched_at=datetime(2026, 11, 22, tzinfo=UTC))
        for number, page in enumerate(pages)
    ]
    for page in fetched:
        _assert_same(page, source)
    works: tuple[Callable[[int], object], ...] = (
        lambda number: LexborHTMLParser(pages[number]),
        lambda number: _text(pages[number], rules),
        lambda number: read_article_page(fetched[number], source, _link(fetched[number])),
        lambda number: extracted(pages[number]),
        lambda number: trafilatura.bare_extraction(
            pages[number], fast=True, favor_recall=True, include_comments=False, with_metadata=True
        ),
    )
    rounds: list[list[float]] = [[] for _ in works]
    for _ in range(_ROUNDS):
        for work, taken in zip(works, rounds, strict=True):
            started = time.process_time()
            for number in range(len(pages)):
                work(number)
            taken.append((time.process_time() - started) / len(pages) * 1e3)
    return [statistics.median(taken) for taken in rounds]


def _text(page: str, rules: ArticleRules) -> str:
    nodes = body_nodes(LexborHTMLParser(page), rules.body, rules.drop)
    return plain_text("".join(node.html or "" for node in nodes))


def _assert_same(page: Page, source: AnySource) -> None:
    """Both ways find the article, or their times could not be compared."""
    reading = read_article_page(page, source, _link(page))
    found, wanted = plain_text(extracted(page.body.decode())).split(), reading.draft.text.split()
    missing = set(wanted[:20]) - set(found)
    if reading.way is not ArticleWay.SELECTORS or reading.oddities or missing:
        raise AssertionError(f"the ways differ on {page.url}: {reading.way} {reading.oddities} {missing}")


def _link(page: Page) -> Link:
    return Link(url=page.url, said=Draft(title="", url=page.url))


def main() -> None:
    """Print the rows."""
    print("\n".join(run()))


if __name__ == "__main__":
    main()
