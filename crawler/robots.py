"""What a robots.txt allows us: pure, by protego, which knows RFC 9309 and its wildcards (urllib does not)."""

from __future__ import annotations

from protego import Protego


def parsed(robots_txt: str) -> Protego:
    """The rules of one robots.txt; a text that is none has no rules and allows everything."""
    return Protego.parse(robots_txt)


def allowed(robots_txt: str, agent: str, url: str) -> bool:
    """Whether this robots.txt lets `agent` (a product name or a whole User-Agent line) fetch `url`."""
    return bool(parsed(robots_txt).can_fetch(url, agent))
