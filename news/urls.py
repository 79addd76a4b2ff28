"""Canonical addresses: one spelling for what a reader opens, one key for what is the same page.

w3lib writes paths and queries, the URL Standard decides which hosts exist, our tables drop what only counts visitors
and undo what single sites do. An address inside another one's query is never taken out: a well-meaning cleaner once
turned three articles into the address in their utm_referrer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from news.address_rules import Parts, apply_site_rule, is_tracking
from news.hosts import is_literal_address, normal_host, without_www

_EDGES = "".join(map(chr, range(0x21)))
_LINE_SIGNS = re.compile(r"[\t\n\r]")
_WEB_SCHEME = re.compile(r"^(https?):(?:[/\\]*)", re.IGNORECASE)
_ANY_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*):")
_ADDRESS = re.compile(r"^https?://([^/?#]*@)?([^/?#]*)([^?#]*)(\?[^#]*)?", re.DOTALL)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LONGEST = 8_000
_ON_HOST = re.compile(r"https?://[^/\\?#]", re.IGNORECASE)
# An address on a named host, or a path from its root, in signs that nothing has to be done about.
_PLAIN = re.compile(
    r"(https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,9}[a-z]{2,20})?"
    r"(/(?!/)(?:[A-Za-z0-9_~/-]|\.(?![./?]|$)){0,2000}(?:\?[A-Za-z0-9_=&.-]{1,500})?)"
)


@dataclass(frozen=True, kw_only=True)
class Canonical:
    """A canonical address.

    url: what a reader opens; None where the text is no http(s) address. why: what was changed, or why there is none.
    key: text that is equal for the same page: no scheme, no "www.", no closing slash; a site's own id where it has one.
    """

    url: str | None
    why: str
    key: str = ""


def canonical_url(url: str) -> Canonical:
    """Bring an absolute address into its canonical form; never raises, and its own result stays as it is."""
    text = _tidy(url)
    if len(text) > _LONGEST:
        return Canonical(url=None, why=f"longer than {_LONGEST} characters")
    if text.startswith("//"):
        text = f"https:{text}"
    found = _ANY_SCHEME.match(text)
    if not found:
        return Canonical(url=None, why="no absolute address")
    scheme = found[1].lower()
    if scheme not in _DEFAULT_PORTS:
        return Canonical(url=None, why=f"{scheme} is neither http nor https")
    written = _ADDRESS.match(_web_form(text))
    assert written is not None  # every part of the pattern may be empty, and the scheme was just found
    login, host_and_port, path, query = (part or "" for part in written.groups())
    host_text, port_text = _split_port(host_and_port)
    if port_text and (len(port_text) > 5 or int(port_text) > 65_535):
        return Canonical(url=None, why="no such port")
    host = normal_host(host_text)
    if host is None:
        return Canonical(url=None, why="no usable host")
    port = int(port_text) if port_text else None
    return _assemble(scheme, host, port, login=_normal_login(login[:-1]), path_and_query=path + query)


def resolve(base: str, href: str) -> str | None:
    """The absolute http(s) address that `href` means on the page `base`; None where it means none.

    The result is what to fetch: not canonicalised, but where it could not be taken apart as it is written.
    """
    plain = _PLAIN.fullmatch(href)
    if plain and (plain[1] or _ON_HOST.match(base)):
        # Most links of most pages: nothing about them needs interpreting but whether their host can exist.
        origin = _usable_origin(plain[1]) if plain[1] else _origin_of(base)
        return origin + plain[2] if origin else None
    text = _tidy(href)
    base_found, found = _ANY_SCHEME.match(base), _ANY_SCHEME.match(text)
    base_scheme = base_found[1].lower() if base_found else ""
    if found and found[1].lower() == base_scheme and not re.match(r"[/\\]{2}", text[found.end() :]):
        text = text[found.end() :]  # "http:page" means "page" on an http page (URL Standard, special relative state)
        found = None
    if not found:
        if base_scheme not in _DEFAULT_PORTS:
            return None
        end = _end_of_path(text)
        try:
            text = urljoin(base, text[:end].replace("\\", "/") + text[end:])
        except ValueError:
            return None
    text = _web_form(text)
    clean = canonical_url(text).url
    return text if clean and _can_be_split(text) else clean


def _can_be_split(address: str) -> bool:
    """Whether urllib takes an address apart: not with a bracket before its @, which browsers let pass."""
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1_000)
def _usable_origin(origin: str) -> str:
    return origin if canonical_url(f"{origin}/").url else ""


@lru_cache(maxsize=1_000)
def _origin_of(base: str) -> str:
    """Scheme and host of a page's address; empty where it is no usable web address."""
    found = resolve(base, "/?")  # with a sign that is not plain
    return found.removesuffix("/") if found else ""


def _tidy(url: str) -> str:
    # Lone surrogates come out of damaged feeds; no address can hold them.
    return _LINE_SIGNS.sub("", url.strip(_EDGES)).encode("utf-8", "replace").decode("utf-8")


def _web_form(text: str) -> str:
    # Browsers read any number of slashes, either way round, after http: as the two that belong there.
    found = _WEB_SCHEME.match(text)
    if not found:
        return text
    rest = text[found.end() :]
    end = _end_of_path(rest)
    return f"{found[1].lower()}://{rest[:end].replace(chr(92), '/')}{rest[end:]}"


def _end_of_path(text: str) -> int:
    return min((place for place in (text.find("?"), text.find("#")) if place >= 0), default=len(text))


def _split_port(text: str) -> tuple[str, str]:
    host, colon, port = text.rpartition(":")
    if not colon or not (port.isascii() and (port.isdigit() or not port)):
        return text, ""
    return host, port.lstrip("0") or port[:1]


def _normal_login(login: str) -> str:
    name, _, password = (quote(unquote(part), safe="!$&'()*+,;~-._") for part in login.partition(":"))
    return f"{name}:{password}" if password else name


def _assemble(scheme: str, host: str, port: int | None, *, login: str, path_and_query: str) -> Canonical:
    changes = []
    if port == _DEFAULT_PORTS[scheme]:
        port = None
    # Names are served over https today; a literal address or an explicit port is somebody's own server.
    if scheme == "http" and port is None and not is_literal_address(host) and "." in host:
        scheme = "https"
        changes.append("https")
    try:
        clean = canonicalize_url(f"{scheme}://h{path_and_query}")
    except ValueError:
        return Canonical(url=None, why="path or query that cannot be read")
    written = urlsplit(clean)
    kept = [pair for pair in written.query.split("&") if pair and not is_tracking(pair.partition("=")[0])]
    if len(kept) < len([pair for pair in written.query.split("&") if pair]):
        changes.append("tracking parameters dropped")
    before = Parts(host=host, path=written.path or "/", query="&".join(kept))
    after = apply_site_rule(before)
    if (after.host, after.path, after.query) != (before.host, before.path, before.query):
        changes.append(f"rule of {without_www(host)}")
    address = f"{login}@{after.host}" if login else after.host
    if port is not None:
        address += f":{port}"
    result = urlunsplit((scheme, address, after.path, after.query, ""))
    return Canonical(url=result, why=", ".join(changes) or "as it is", key=after.key or _key(after, port))


def _key(parts: Parts, port: int | None) -> str:
    place = without_www(parts.host) + (f":{port}" if port is not None else "")
    query = f"?{parts.query}" if parts.query else ""
    return f"{place}{parts.path.rstrip('/') or '/'}{query}"
