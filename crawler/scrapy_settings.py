"""Scrapy's settings: everything that could surprise is off by name (several of its defaults are unsafe for a daemon).

As shipped, Scrapy 2.19 opens a telnet console and a remote control server that run code, answers for file:, ftp:, s3:
and data: addresses, verifies no certificate, ignores robots.txt, keeps cookies, follows redirects anywhere and takes
bodies of a gigabyte. tests/crawler/test_scrapy_settings.py pins each line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scrapy.settings.default_settings import (
    DOWNLOADER_MIDDLEWARES_BASE,
    EXTENSIONS_BASE,
    SPIDER_MIDDLEWARES_BASE,
)

from news.egress import Network

REDIRECTS = 5

# Scrapy's own middlewares that stay, and ours, from the engine (low) to the wire (high).
_MIDDLEWARES: dict[str, int] = {
    "crawler.middlewares.public_hosts.PublicHosts": 50,
    "crawler.middlewares.robots.ObeyRobots": 100,
    "crawler.middlewares.conditional.Conditional": 200,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
    "crawler.middlewares.received.AsReceived": 595,
    "crawler.middlewares.redirects.SameSite": 600,
}
_WITH_PROXY: dict[str, int] = {"scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750}


def scrapy_settings(
    *,
    user_agent: str,
    timeout: float,
    max_size: int,
    proxy: str = "",
    ca_bundle: str = "",
    ca_bundles: Mapping[str, str] | None = None,
    allow_networks: Sequence[Network] = (),
) -> dict[str, Any]:
    """The settings of every crawl. `timeout`: seconds of one download; `max_size`: bytes, also after decompression.

    `ca_bundles`: files of certificate authorities that count for one site each, by the site's name.
    """
    middlewares: dict[str, int | None] = dict.fromkeys(DOWNLOADER_MIDDLEWARES_BASE)
    middlewares |= _MIDDLEWARES | (_WITH_PROXY if proxy else {})
    handler = "crawler.downloads.PatientDownloads"
    return {
        # Who we are, and whom we obey.
        "USER_AGENT": user_agent,
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_PARSER": "scrapy.robotstxt.ProtegoRobotParser",
        "DEFAULT_REQUEST_HEADERS": {"Accept": "*/*"},
        # What is spoken, and with whom.
        "DOWNLOAD_HANDLERS": {"data": None, "file": None, "ftp": None, "s3": None, "http": handler, "https": handler},
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.2",
        "HTTPPROXY_ENABLED": bool(proxy),
        "PRESSWATCH_PROXY": proxy,
        "PRESSWATCH_CA_BUNDLE": ca_bundle,
        "PRESSWATCH_CA_BUNDLES": dict(ca_bundles or {}),
        "PRESSWATCH_ALLOW_NETWORKS": tuple(allow_networks),
        # How much, how long.
        "DOWNLOAD_TIMEOUT": timeout,
        "DOWNLOAD_MAXSIZE": max_size,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": False,  # what came is read, and the visit says that it was cut
        "REDIRECT_ENABLED": True,
        "REDIRECT_MAX_TIMES": REDIRECTS,
        "METAREFRESH_ENABLED": False,
        # The turns at a host are kept by middlewares.patience, across crawls; a hung source must hold no place.
        "CONCURRENT_REQUESTS": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1_000,
        "DOWNLOAD_DELAY": 0,
        # Nothing that remembers, repeats or tells on its own.
        "COOKIES_ENABLED": False,
        "RETRY_ENABLED": False,
        "REFERER_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "AUTOTHROTTLE_ENABLED": False,
        "JOBDIR": None,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "MEMUSAGE_ENABLED": False,
        "LOG_ENABLED": False,
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "STATS_DUMP": False,
        "EXTENSIONS": dict.fromkeys(EXTENSIONS_BASE),
        "SPIDER_MIDDLEWARES": dict.fromkeys(SPIDER_MIDDLEWARES_BASE),
        "DOWNLOADER_MIDDLEWARES": middlewares,
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    }
