"""Every test here may crawl; the loop is that of tests/in_loop.py."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session", autouse=True)
def with_shared_crawling(shared_crawling: None) -> None:
    """Have the crawling of all tests started."""
