"""The JSON Schema of config.yaml, from which editors complete and check it."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from pydantic import SecretStr
from pydantic.json_schema import GenerateJsonSchema

from news.settings.declaration_form import ONE_FOR_ALL_WAYS
from news.settings.models import ConfigFile
from news.settings.packs import pack_labels
from news.settings.sections import Section
from news.settings.sources import KINDS
from news.settings.values import written_duration

_USE = {
    "type": "string",
    "description": "Name of a declaration in the catalogue, or id of one of its sources; the keys beside it change it.",
}
_FILLED = r"|\{[a-z]"
"""A text that a row of `for` fills need not have the form before."""


class _AsWritten(GenerateJsonSchema):
    """The schema with defaults in the form in which a person would write them."""

    def encode_default(self, dft: Any) -> Any:
        """The default value as it would stand in the file."""
        if isinstance(dft, timedelta):
            return written_duration(dft)
        if isinstance(dft, time):
            return dft.strftime("%H:%M")
        if isinstance(dft, SecretStr):
            return dft.get_secret_value()
        return {} if isinstance(dft, Section) else super().encode_default(dft)


def settings_schema() -> dict[str, Any]:
    """The JSON Schema of config.yaml (draft 2020-12)."""
    schema = ConfigFile.model_json_schema(schema_generator=_AsWritten)
    _allow_places_and_changes(schema)
    schema["properties"]["packs"] |= _names_of_packs()
    # A section whose lines are all commented out is null to YAML, and fine.
    schema["properties"] = {
        name: form if name in schema["required"] else {"anyOf": [form, {"type": "null"}]}
        for name, form in schema["properties"].items()
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _allow_places_and_changes(schema: dict[str, Any]) -> None:
    """What the settings do with declarations before they check them as sources, told to the schema: places that rows
    fill, `use`, and alternatives, which say only what differs."""
    definitions = schema["$defs"]
    entries = [definitions[kind.__name__] for kind in KINDS.values()]
    for entry in entries:
        entry["properties"] = {name: _open_to_places(form) for name, form in entry["properties"].items()}
    changes = {name: form for entry in entries for name, form in entry["properties"].items()}
    changes["kind"] = {"type": "string", "enum": list(KINDS), "description": "The way in, where it is another one."}
    alternatives = {**changes["instead"], "items": {"$ref": "#/$defs/Alternative"}}
    for entry in entries:
        entry["properties"]["instead"] = alternatives
    definitions["Alternative"] = _object({name: form for name, form in changes.items() if name not in ONE_FOR_ALL_WAYS})
    definitions["Use"] = {**_object({"use": _USE, **changes, "instead": alternatives}), "required": ["use"]}
    items = schema["properties"]["sources"]["items"]
    schema["properties"]["sources"]["items"] = {"anyOf": [items, {"$ref": "#/$defs/Use"}]}


def _names_of_packs() -> dict[str, Any]:
    name = {"type": "string", "enum": [label.name for label in pack_labels()]}
    return {"anyOf": [{"type": "array", "items": name}, name]}


def _open_to_places(form: dict[str, Any]) -> dict[str, Any]:
    return {**form, "pattern": form["pattern"] + _FILLED} if "pattern" in form else form


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}
