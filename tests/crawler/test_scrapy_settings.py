"""Scrapy's unsafe defaults are off, each by name (P20), in the very settings that a crawl runs with."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy.settings import Settings, default_settings
from scrapy.utils.conf import build_component_list

from crawler.scrapy_settings import scrapy_settings

OURS = Settings(
    scrapy_settings(user_agent="presswatch/0.1 (+mailto:press@example.org)", timeout=20, max_size=5_000_000)
)

PINNED: dict[str, Any] = {
    "ROBOTSTXT_OBEY": True,
    "ROBOTSTXT_PARSER": "scrapy.robotstxt.ProtegoRobotParser",
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.2",
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "COOKIES_ENABLED": False,
    "RETRY_ENABLED": False,
    "REFERER_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "HTTPPROXY_ENABLED": False,
    "METAREFRESH_ENABLED": False,
    "REDIRECT_MAX_TIMES": 5,
    "DOWNLOAD_MAXSIZE": 5_000_000,
    "DOWNLOAD_TIMEOUT": 20,
    "USER_AGENT": "presswatch/0.1 (+mailto:press@example.org)",
}
UNSAFE_AS_SHIPPED = (
    "ROBOTSTXT_OBEY",
    "DOWNLOAD_VERIFY_CERTIFICATES",
    "TELNETCONSOLE_ENABLED",
    "REMOTE_CONTROL_ENABLED",
    "COOKIES_ENABLED",
    "RETRY_ENABLED",
    "HTTPPROXY_ENABLED",
    "METAREFRESH_ENABLED",
)


@pytest.mark.parametrize(("name", "value"), PINNED.items())
def test_a_setting_is_pinned(name: str, value: object) -> None:
    assert OURS[name] == value


@pytest.mark.parametrize("name", UNSAFE_AS_SHIPPED)
def test_scrapy_still_ships_the_contrary(name: str) -> None:
    """Where this fails, Scrapy has changed its mind and our line may go."""
    assert bool(getattr(default_settings, name)) != bool(PINNED[name])


def test_only_http_and_https_have_a_handler() -> None:
    handlers = OURS.getwithbase("DOWNLOAD_HANDLERS")

    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}


def test_no_extension_runs() -> None:
    assert build_component_list(OURS.get_component_priority_dict_with_base("EXTENSIONS")) == []


def test_which_middlewares_run_in_which_order() -> None:
    running = build_component_list(OURS.get_component_priority_dict_with_base("DOWNLOADER_MIDDLEWARES"))

    assert [str(name).rsplit(".", 1)[-1] for name in running] == [
        "PublicHosts",
        "ObeyRobots",
        "Conditional",
        "DownloadTimeoutMiddleware",
        "DefaultHeadersMiddleware",
        "UserAgentMiddleware",
        "HttpCompressionMiddleware",
        "AsReceived",
        "SameSite",
    ]


def test_a_proxy_is_used_only_where_it_is_configured() -> None:
    proxied = scrapy_settings(user_agent="x", timeout=1, max_size=1, proxy="http://proxy.example.org:3128")

    assert proxied["HTTPPROXY_ENABLED"]
    assert any("HttpProxyMiddleware" in name for name in proxied["DOWNLOADER_MIDDLEWARES"])
