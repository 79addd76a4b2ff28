"""What single sites do to their addresses, and the parameters that only count visitors: two tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from news.hosts import without_www

# Set by analytics, mailers and social networks; never by a publisher to choose what is shown. Sorted.
TRACKING_PARAMETERS = frozenset(
    {
        "_ga",
        "_gl",
        "_hsenc",
        "_hsmi",
        "_openstat",
        "dclid",
        "fbclid",
        "from",
        "gbraid",
        "gclid",
        "gclsrc",
        "igsh",
        "igshid",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "msclkid",
        "openstat",
        "ref_src",
        "ref_url",
        "ttclid",
        "twclid",
        "wbraid",
        "yadclid",
        "yclid",
        "ysclid",
    }
)
TRACKING_PREFIXES = ("utm_",)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """A canonical address in parts; `key` is empty until a rule knows a better identity than the address itself."""

    host: str
    path: str
    query: str = ""
    key: str = ""


Rule = Callable[[Parts], Parts]


def is_tracking(parameter: str) -> bool:
    """Whether a query parameter only counts visitors."""
    name = parameter.casefold()
    return name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES)


def apply_site_rule(parts: Parts) -> Parts:
    """The parts as the site's own rule writes them; unchanged where the site has none. Applying it twice is once."""
    rule = _RULES.get(without_www(parts.host))
    return rule(parts) if rule else parts


_GOV_KZ_DETAILS = re.compile(r"^/memleket/entities/([^/]+)/((?:press/)?[^/]+)/details/(\d+)(?:[-_/].*)?$")
_KAZINFORM_TAIL = re.compile(r"[-_](a\d{4,}|[0-9a-f]{6})/?$")


def _gov_kz(parts: Parts) -> Parts:
    # One page is reached with and without slug, page number and stray ampersand; `lang` chooses the content.
    found = _GOV_KZ_DETAILS.match(parts.path)
    if not found:
        return parts
    project, kind, number = found.groups()
    language = _first(parts.query, "lang")
    return Parts(
        host="www.gov.kz",
        path=f"/memleket/entities/{project}/{kind}/details/{number}",
        query=f"lang={language}" if language else "",
        key=f"gov.kz/{project}/{kind.removeprefix('press/')}/{number}/{language}",
    )


def _kazinform(parts: Parts) -> Parts:
    # The slug may belong to another story; the tail of six hex digits (or the old a-number) is the identity.
    host = {"en.inform.kz": "qazinform.com", "www.qazinform.com": "qazinform.com"}.get(parts.host, parts.host)
    found = _KAZINFORM_TAIL.search(parts.path)
    # "-decade" and "-100000" are words of a headline whose address has no tail.
    if not found or not any(sign.isdigit() for sign in found[1]) or found[1].endswith("000"):
        return Parts(host=host, path=parts.path, query=parts.query)
    if host == "qazinform.com":
        edition = "en"
    else:
        label = without_www(host).removesuffix("inform.kz").rstrip(".")
        edition = label or parts.path.split("/")[1]
    return Parts(host=host, path=parts.path, query=parts.query, key=f"kazinform/{edition}/{found[1]}")


def _un_news(parts: Parts) -> Parts:
    # The feed links to /feed/view/en/story/...; the page a reader opens has no such prefix.
    path = parts.path
    while path.startswith("/feed/view/"):
        path = path.removeprefix("/feed/view")
    return Parts(host=parts.host, path=path, query=parts.query)


def _first(query: str, name: str) -> str:
    return next(
        (value for found, value in parse_qsl(query) if found == name and value.isalpha() and value.isascii()), ""
    )


_RULES: Mapping[str, Rule] = {
    "cn.inform.kz": _kazinform,
    "en.inform.kz": _kazinform,
    "gov.kz": _gov_kz,
    "inform.kz": _kazinform,
    "kaz.inform.kz": _kazinform,
    "news.un.org": _un_news,
    "qazinform.com": _kazinform,
    "qz.inform.kz": _kazinform,
}
