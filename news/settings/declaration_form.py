"""What config.yaml may say around a source: one declaration for many of a kind, and several ways to the same news."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, JsonValue, WithJsonSchema

from news.settings.sections import Section
from news.settings.values import Lines

ONE_FOR_ALL_WAYS = ("id", "use", "for", "instead", "enabled", "every")
"""Keys in which an alternative cannot differ from the declaration that it stands in."""


def _word(value: object) -> object:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Word = Annotated[
    str,
    Field(min_length=1),
    BeforeValidator(_word),
    WithJsonSchema({"anyOf": [{"type": "string", "minLength": 1}, {"type": "number"}]}),
]


class DeclarationForm(Section):
    """How one declaration becomes several sources, and one source has several ways."""

    for_: Annotated[tuple[dict[str, Word], ...] | None, Field(alias="for")] = None
    """Rows of names and values: each makes a source of its own, "{name}" in any text replaced by the row's value."""

    needs: Lines = ()
    """Names that a row of `for` must give; without them this way is left out."""

    instead: tuple[dict[str, JsonValue], ...] = ()
    """Other ways to the same news, tried in this order where the one above yields nothing. Each says what differs."""
