"""Whose word a story is: official, or only an agency's, or only the media's."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from news.source import Standing


class Voice(StrEnum):
    """The weightiest word there is about a story."""

    OFFICIAL = "official"
    AGENCY_ONLY = "agency only"
    MEDIA_ONLY = "media only"


def voice(standings: Iterable[Standing]) -> Voice:
    """Say whose word a story is that publishers of these standings tell.

    The UN speaks officially for itself, as a ministry does. An aggregator adds nothing to what media say.
    """
    present = set(standings)
    if present & {Standing.OFFICIAL, Standing.UN}:
        return Voice.OFFICIAL
    return Voice.AGENCY_ONLY if Standing.AGENCY in present else Voice.MEDIA_ONLY
