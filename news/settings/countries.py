"""Countries as config.yaml holds them, for their public holidays; and the country that a time zone lies in."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from news.settings.faults import did_you_mean, wrong

_CODE = "[A-Z]{2}"


def country_of_zone(zone: str) -> str:
    """The country (ISO 3166) whose holidays are meant by a zone; empty for one of no single country, as UTC."""
    from babel.core import get_global  # some milliseconds, which only a recipient without a country costs

    return str(get_global("zone_territories").get(zone, ""))


def _country(code: str) -> str:
    if not re.fullmatch(_CODE, code):
        raise wrong("is not a country's code", "Write its two capital letters, for example KZ")
    from holidays import list_supported_countries  # a tenth of a second, see news.health.days

    known = list_supported_countries()
    if code not in known:
        raise wrong("is not a country whose holidays are known", did_you_mean(code, known) or "Leave it out")
    return code


Country = Annotated[str, AfterValidator(_country), WithJsonSchema({"type": "string", "pattern": f"^{_CODE}$"})]
