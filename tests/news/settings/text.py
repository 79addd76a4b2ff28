"""Short ways to write settings in tests."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from news.errors import Complaint, SettingsError
from news.settings import Settings, parse_settings

CONTACT = "contact: desk@example.org\n"
FEED = "  - {id: one, kind: feed, url: https://one.example/rss, publisher: One}\n"


def read(
    text: str,
    env: Mapping[str, str] | None = None,
    files: Mapping[str, str] | None = None,
    *,
    catalogue: Mapping[str, str] | None = None,
    sites: Collection[str] | None = None,
) -> Settings:
    """The settings of a text; `files` are the secret files that exist, `catalogue` the packs, by default none."""

    def read_secret(name: str) -> str:
        try:
            return (files or {})[name]
        except KeyError:
            raise FileNotFoundError(2, "No such file or directory", name) from None

    return parse_settings(text, env or {}, read_secret=read_secret, catalogue=catalogue or {}, sites=sites)


def complaints(
    text: str,
    env: Mapping[str, str] | None = None,
    files: Mapping[str, str] | None = None,
    *,
    catalogue: Mapping[str, str] | None = None,
    sites: Collection[str] | None = None,
) -> tuple[Complaint, ...]:
    """What is complained about in a text that must be refused."""
    with pytest.raises(SettingsError) as refused:
        read(text, env, files, catalogue=catalogue, sites=sites)
    return refused.value.complaints


def only_complaint(
    text: str,
    env: Mapping[str, str] | None = None,
    files: Mapping[str, str] | None = None,
    *,
    catalogue: Mapping[str, str] | None = None,
    sites: Collection[str] | None = None,
) -> Complaint:
    """The complaint about a text that must be refused for one thing alone."""
    (complaint,) = complaints(text, env, files, catalogue=catalogue, sites=sites)
    return complaint


def place_of(text: str, part: str) -> tuple[int, int]:
    """Line and column, from 1, of the only `part` in `text`."""
    assert text.count(part) == 1, f"{part!r} must stand once in the text"
    at = text.index(part)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
