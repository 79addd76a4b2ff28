"""Why a source or a page could not be read, and what to do about it: English."""

from __future__ import annotations

from collections.abc import Mapping

from news.visit import Reason
from scheduler.digest.words.vocabulary import Trouble

_BY_ITSELF = "Reading is tried again by itself."
_LOOK = "Somebody should look: presswatch source test shows what is received."
_OFFLINE = "If this is so for every source: no internet here, or a proxy is needed (presswatch doctor)."
_NO_DISGUISE = "We do not disguise ourselves; ask the site to let this reader in, or follow another source."


def _trouble(brief: str, happened: str, remedy: str = _LOOK) -> Trouble:
    return Trouble(brief=brief, happened=happened, remedy=remedy)


TROUBLES: Mapping[Reason, Trouble] = {
    Reason.NONE: _trouble("not tried yet", "gave no reason", _BY_ITSELF),
    Reason.TIMEOUT: _trouble("no answer in time", "did not answer in time", _BY_ITSELF),
    Reason.DNS: _trouble("name not found", "its name was not found on the internet", _OFFLINE),
    Reason.CONNECTION: _trouble("no connection", "no connection could be made", _OFFLINE),
    Reason.TLS: _trouble(
        "certificate not valid",
        "its certificate could not be verified",
        "Not read until it is valid again; behind an inspecting proxy set crawler.ca_bundle.",
    ),
    Reason.SERVER_ERROR: _trouble("error of the site", "the site has an error of its own", _BY_ITSELF),
    Reason.THROTTLED: _trouble(
        "asked to come later",
        "the site asked us to come less often",
        "It is read again after the pause it asked for.",
    ),
    Reason.CHALLENGE: _trouble("challenge page", "the site showed a robot check instead of its news", _NO_DISGUISE),
    Reason.TRUNCATED: _trouble("broke off", "the answer broke off before its end", _BY_ITSELF),
    Reason.DEADLINE: _trouble("took too long", "the visit took too long and was given up", _BY_ITSELF),
    Reason.CANCELLED: _trouble("cut short", "the visit was cut short because presswatch stopped", _BY_ITSELF),
    Reason.API_ERROR: _trouble("error of the site", "the site's interface answered with an error", _BY_ITSELF),
    Reason.NOT_STORED: _trouble("could not be stored", "what it sent could not be stored by our program"),
    Reason.NOT_FOUND: _trouble("404", "nothing is at its address any more"),
    Reason.GONE: _trouble("410", "the site says that this address is gone for good"),
    Reason.HTTP_ERROR: _trouble("refused as faulty", "the site refused the request as faulty"),
    Reason.NOT_A_FEED: _trouble("no feed", "a page came where a feed was expected"),
    Reason.NOT_JSON: _trouble("no data", "a page came where data was expected"),
    Reason.NOT_A_SITEMAP: _trouble("no sitemap", "a page came where a sitemap was expected"),
    Reason.NOT_A_PAGE: _trouble("no page", "something else came where a page was expected"),
    Reason.NOT_AN_ARTICLE: _trouble("no article on the page", "its page has no article on it"),
    Reason.WRONG_SHAPE: _trouble("another shape", "its data has another shape than declared"),
    Reason.TOO_LARGE: _trouble(
        "too large", "the answer was larger than allowed", "If it is right: raise crawler.max_size."
    ),
    Reason.READER_FAILED: _trouble("could not be understood", "the page could not be read by our program"),
    Reason.NO_ENTRIES: _trouble("empty", "its list was empty, which is never taken for no news"),
    Reason.ROBOTS: _trouble(
        "robots.txt",
        "its robots.txt asks readers like ours to stay away",
        "We obey; follow another source, or ask the site.",
    ),
    Reason.FORBIDDEN: _trouble("not let in", "the site does not let this reader in", _NO_DISGUISE),
    Reason.ADDRESS: _trouble(
        "private network",
        "it points into a private network, which is not read",
        "If it is meant: allow the network in crawler.allow_networks.",
    ),
}
