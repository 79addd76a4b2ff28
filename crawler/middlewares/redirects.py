"""Redirects are followed a few times, over http and https, and never away from the source's own site (SOURCES.md 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response
from tldextract import TLDExtract
from w3lib.url import safe_url_string

from crawler.inbox import Redirected
from news.egress import literal_addresses
from news.errors import Refused, Unreadable
from news.hosts import without_www
from news.visit import Reason

HOPS = "redirects"
"""Under this key of a request's meta stands a list that is given the hops of its redirects, one after another."""

_STATUSES = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})


@dataclass(frozen=True, kw_only=True)
class Hop:
    """One redirect: its status, where it leads, and whether it was followed."""

    status: int
    target: str
    followed: bool


def lasting(hops: Iterable[Hop]) -> Redirected | None:
    """Where an address leads for good: as far as the redirects are permanent from the first one on."""
    permanent = list(takewhile(lambda hop: hop.status in _PERMANENT, hops))
    return Redirected(target=permanent[-1].target, followed=permanent[-1].followed) if permanent else None


class SameSite(RedirectMiddleware):
    """Scrapy's redirects, held to the rules of `refusal`; where it leads instead is told, not only that it failed."""

    def handle_referer(self, request: Request, response: Response) -> None:  # noqa: ARG002 - Scrapy's signature
        """Send no Referer: where we came from is nobody's business."""
        request.headers.pop("Referer", None)

    def _engine_started(self) -> None:
        """Scrapy looks for its Referer middleware here, which is off."""

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002 - never passed any more
    ) -> Request | Response:
        """Follow, or raise Refused with the address it would have gone to."""
        location = response.headers.get("Location")
        if response.status in _STATUSES and location is not None:
            target = _target(request.url, location)
            problem = refusal(request.url, target)
            hops = request.meta.get(HOPS)
            if hops is not None:
                hops.append(Hop(status=response.status, target=target[:2_000], followed=not problem))
            if problem:
                raise Refused(Reason.ADDRESS, f"redirected to {target[:500]}: {problem}")
        return super().process_response(request, response)

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        if request.meta.get("redirect_times", 0) >= self.max_redirect_times:
            raise Unreadable(Reason.HTTP_ERROR, f"redirected more than {self.max_redirect_times} times")
        return super()._redirect(redirected, request, reason)


def _target(source: str, location: bytes) -> str:
    """The address that a Location header on `source` means; raises Refused where it means none."""
    try:
        return urljoin(source, safe_url_string(location))
    except ValueError as error:
        said = location[:500].decode("ascii", "replace")
        raise Refused(Reason.ADDRESS, f"redirected to {said}: not an address") from error


def refusal(source: str, target: str) -> str:
    """Why a redirect from `source` to `target` is not followed; empty where it is."""
    try:
        came_from, leads_to = urlsplit(source), urlsplit(target)
        hosts = (came_from.hostname or "", leads_to.hostname or "")
        _ = leads_to.port  # looked at when it is asked for, and then it may be none
    except ValueError:
        return "not an address"
    if leads_to.scheme not in ("http", "https"):
        return "only http and https are fetched"
    if (came_from.scheme, leads_to.scheme) == ("https", "http"):
        return "it would give up encryption"
    if site(hosts[0]) != site(hosts[1]) and bare(hosts[0]) != bare(hosts[1]):
        return "another site"
    return ""


def site(host: str) -> str:
    """The registrable domain a host belongs to; the host itself where it is an address or has none."""
    name = host.lower().rstrip(".")
    return name if literal_addresses(name) else _public_suffixes()(name).top_domain_under_public_suffix or name


def bare(host: str) -> str:
    """The host without "www.": gov.kz is a public suffix of its own, and yet the same site as www.gov.kz."""
    return without_www(host.lower().rstrip("."))


@cache
def _public_suffixes() -> TLDExtract:
    # The list inside the package: it would otherwise be fetched from the network and cached in the user's home.
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
