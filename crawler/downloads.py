"""How one request goes over the wire: in turn at its host, within its visit's time, with certificates verified."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from OpenSSL.SSL import Context
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from twisted.internet._sslverify import IOpenSSLTrustRoot
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.internet.ssl import optionsForClientTLS
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

from crawler.middlewares.redirects import site
from news.errors import Refused
from news.hosts import host_of
from news.visit import Reason

if TYPE_CHECKING:
    from crawler.spiders.base import Equipment

log = logging.getLogger(__name__)


class PatientDownloads(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, behind the turns of `Patience` and the visit's limit.

    `request.meta["until"]` is the instant of the loop's clock at which the visit's time is over.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._equipment: Equipment = crawler.spider.equipment  # type: ignore[union-attr]
        # A connection kept open may be closed by the server just as a POST goes out on it, which nobody may repeat.
        self._pool.persistent = False
        bundle: str = crawler.settings["PRESSWATCH_CA_BUNDLE"]
        of_sites: Mapping[str, str] = crawler.settings["PRESSWATCH_CA_BUNDLES"]
        if bundle or of_sites:
            self._contextFactory = cast(IPolicyForHTTPS, MoreAuthorities(bundle, of_sites))

    async def download_request(self, request: Request) -> Response:
        """Download; raises Scrapy's errors, Refused for an address not allowed, Unreachable at a limit."""
        host = host_of(request.url)
        async with self._equipment.limits.until(request.meta["until"]), self._equipment.patience.turn(host):
            try:
                return await super().download_request(request)
            except CannotResolveHostError as error:
                address = self._equipment.resolver.refused(host)
                if address:
                    raise Refused(Reason.ADDRESS, f"{host} is {address}, which is not a public address") from error
                raise


@implementer(IPolicyForHTTPS)
class MoreAuthorities:
    """Verifies certificates against the system's authorities and those of PEM files.

    bundle: a file that counts everywhere, empty for none (`crawler.ca_bundle`); of_sites: files that count for one site
    each, by its name as `middlewares.redirects.site` gives it (a source's own `ca_bundle`).
    """

    def __init__(self, bundle: str, of_sites: Mapping[str, str]) -> None:
        self._bundle = bundle
        # Of one that cannot be read, its source shall hear (its certificate is not trusted), and no other.
        self._of_sites = {name: file for name, file in of_sites.items() if _holds_certificates(file)}

    def creatorForNetloc(self, hostname: bytes, port: int) -> IOpenSSLClientConnectionCreator:  # noqa: ARG002
        """See IPolicyForHTTPS."""
        host = hostname.decode("ascii")
        files = tuple(filter(None, (self._bundle, self._of_sites.get(site(host), ""))))
        return optionsForClientTLS(host, trustRoot=cast(IOpenSSLTrustRoot, _SystemAnd(files)))


@implementer(IOpenSSLTrustRoot)
class _SystemAnd:
    # Twisted knows the system's authorities or a list of one's own, not both; Debian's cannot be listed.
    def __init__(self, files: Sequence[str]) -> None:
        self._files = files

    def _addCACertsToContext(self, context: Context) -> None:
        context.set_default_verify_paths()
        for file in self._files:
            context.load_verify_locations(file)


def _holds_certificates(file: str) -> bool:
    try:
        ssl.create_default_context(cafile=file)
    except (OSError, ssl.SSLError) as error:
        log.error("no certificate authorities in %s: %s", file, error)
        return False
    return True
