"""Conditional GET from our own columns (Scrapy's HTTP cache commits before the items do, and would lose them)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scrapy import Request

from crawler.verdict import body_hash
from news.visit import Validators

_LONGEST = 1_000  # characters of a validator that are kept: what is longer is noise and would not be sent back


class Conditional:
    """Asks only for what is new: turns `request.meta["validators"]` into If-None-Match and If-Modified-Since."""

    def process_request(self, request: Request) -> None:
        """Add the headers; RFC 9110 13.1 knows them for GET only."""
        known = request.meta.get("validators")
        if known is not None and request.method == "GET":
            for name, value in condition(known).items():
                request.headers.setdefault(name, value)


def condition(known: Validators) -> dict[str, str]:
    """The request headers that make a GET conditional on what is known."""
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def new_validators(headers: Mapping[str, str], body: bytes, marks: Iterable[str] = ()) -> Validators:
    """What the next request is to be conditional on; `headers` have lower-case names, `marks` are of its entries."""
    kept = {name: headers.get(name, "") for name in ("etag", "last-modified")}
    etag, last_modified = (value if len(value) <= _LONGEST and value.isprintable() else "" for value in kept.values())
    return Validators(
        etag=etag, last_modified=last_modified, body_hash=body_hash(body), entries=" ".join(filter(None, marks))
    )
