"""The words of a digest, one table a language.

English is the only one yet; a recipient with another language gets English wording around the items' own languages.
Adding a language is one more entry of `WORDINGS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from news.source import Standing
from news.story import Relation
from news.story.first import Order
from news.story.voice import Voice
from news.visit import Reason


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """A reason in words: `happened` continues "<source>: ...", `remedy` is a sentence of its own.

    brief: of an article, in brackets or counted.
    """

    brief: str
    happened: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class Wording:
    """All words of one language. locale: name for Babel, which writes days and months."""

    locale: str
    standings: Mapping[Standing, str]
    relations: Mapping[Relation, str]
    voices: Mapping[Voice, str]
    reworded: str
    first: str
    orders: Mapping[Order, str]
    close: str
    fields: Mapping[str, str]
    troubles: Mapping[Reason, Trouble]

    def count(self, number: int, one: str, many: str) -> str:
        """Write `number` with its noun: "1 story", "2,000 stories"."""
        return f"{number:,} {one if number == 1 else many}"


_BY_ITSELF = "Reading is tried again by itself."
_LOOK = "Somebody should look: presswatch source test shows what is received."

ENGLISH = Wording(
    locale="en",
    standings={
        Standing.OFFICIAL: "Official",
        Standing.UN: "UN",
        Standing.AGENCY: "Agency",
        Standing.MEDIA: "Media",
        Standing.AGGREGATOR: "Aggregator",
    },
    relations={
        Relation.NEW: "",
        Relation.SAME: "reprint",
        Relation.UPDATE: "later version",
        Relation.TRANSLATION: "translation",
        Relation.EXCERPT: "",
        Relation.TEMPLATE: "",
    },
    voices={
        Voice.OFFICIAL: "",
        Voice.AGENCY_ONLY: "AGENCY ONLY, no official text seen",
        Voice.MEDIA_ONLY: "MEDIA ONLY, no official text seen",
    },
    reworded="in its own words",
    first="first",
    orders={Order.BEFORE: "earlier", Order.AFTER: "then", Order.CLOSE: "", Order.UNKNOWN: ""},
    close="about the same time",
    fields={"title": "title", "lead": "lead", "text": "text", "tag": "tags"},
    troubles={
        Reason.NONE: Trouble(brief="not tried yet", happened="gave no reason", remedy=_BY_ITSELF),
        Reason.TIMEOUT: Trouble(brief="no answer in time", happened="did not answer in time", remedy=_BY_ITSELF),
        Reason.DNS: Trouble(
            brief="name not found",
            happened="its name was not found on the internet",
            remedy="If this is so for every source: no internet here, or a proxy is needed (presswatch doctor).",
        ),
        Reason.CONNECTION: Trouble(
            brief="no connection",
            happened="no connection could be made",
            remedy="If this is so for every source: no internet here, or a proxy is needed (presswatch doctor).",
        ),
        Reason.TLS: Trouble(
            brief="certificate not valid",
            happened="its certificate could not be verified",
            remedy="Not read until it is valid again; behind an inspecting proxy set crawler.ca_bundle.",
        ),
        Reason.SERVER_ERROR: Trouble(
            brief="error of the site", happened="the site has an error of its own", remedy=_BY_ITSELF
        ),
        Reason.THROTTLED: Trouble(
            brief="asked to come later",
            happened="the site asked us to come less often",
            remedy="It is read again after the pause it asked for.",
        ),
        Reason.CHALLENGE: Trouble(
            brief="challenge page",
            happened="the site showed a robot check instead of its news",
            remedy="We do not disguise ourselves; ask the site to let this reader in, or follow another source.",
        ),
        Reason.TRUNCATED: Trouble(brief="broke off", happened="the answer broke off before its end", remedy=_BY_ITSELF),
        Reason.DEADLINE: Trouble(
            brief="took too long", happened="the visit took too long and was given up", remedy=_BY_ITSELF
        ),
        Reason.CANCELLED: Trouble(
            brief="cut short", happened="the visit was cut short because presswatch stopped", remedy=_BY_ITSELF
        ),
        Reason.API_ERROR: Trouble(
            brief="error of the site", happened="the site's interface answered with an error", remedy=_BY_ITSELF
        ),
        Reason.NOT_STORED: Trouble(
            brief="could not be stored", happened="what it sent could not be stored by our program", remedy=_LOOK
        ),
        Reason.NOT_FOUND: Trouble(brief="404", happened="nothing is at its address any more", remedy=_LOOK),
        Reason.GONE: Trouble(brief="410", happened="the site says that this address is gone for good", remedy=_LOOK),
        Reason.HTTP_ERROR: Trouble(
            brief="refused as faulty", happened="the site refused the request as faulty", remedy=_LOOK
        ),
        Reason.NOT_A_FEED: Trouble(brief="no feed", happened="a page came where a feed was expected", remedy=_LOOK),
        Reason.NOT_JSON: Trouble(brief="no data", happened="a page came where data was expected", remedy=_LOOK),
        Reason.NOT_A_SITEMAP: Trouble(
            brief="no sitemap", happened="a page came where a sitemap was expected", remedy=_LOOK
        ),
        Reason.NOT_A_PAGE: Trouble(
            brief="no page", happened="something else came where a page was expected", remedy=_LOOK
        ),
        Reason.NOT_AN_ARTICLE: Trouble(
            brief="no article on the page", happened="its page has no article on it", remedy=_LOOK
        ),
        Reason.WRONG_SHAPE: Trouble(
            brief="another shape", happened="its data has another shape than declared", remedy=_LOOK
        ),
        Reason.TOO_LARGE: Trouble(
            brief="too large",
            happened="the answer was larger than allowed",
            remedy="If it is right: raise crawler.max_size.",
        ),
        Reason.READER_FAILED: Trouble(
            brief="could not be understood", happened="the page could not be read by our program", remedy=_LOOK
        ),
        Reason.NO_ENTRIES: Trouble(
            brief="empty", happened="its list was empty, which is never taken for no news", remedy=_LOOK
        ),
        Reason.ROBOTS: Trouble(
            brief="robots.txt",
            happened="its robots.txt asks readers like ours to stay away",
            remedy="We obey; follow another source, or ask the site.",
        ),
        Reason.FORBIDDEN: Trouble(
            brief="not let in",
            happened="the site does not let this reader in",
            remedy="We do not disguise ourselves; ask the site to let this reader in, or follow another source.",
        ),
        Reason.ADDRESS: Trouble(
            brief="private network",
            happened="it points into a private network, which is not read",
            remedy="If it is meant: allow the network in crawler.allow_networks.",
        ),
    },
)

WORDINGS: dict[str, Wording] = {"en": ENGLISH}


def wording(language: str) -> Wording:
    """Return the words for `language`, English where that language has none yet."""
    return WORDINGS.get(language, ENGLISH)
