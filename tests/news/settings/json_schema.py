"""As much of a JSON Schema validator as the schema of config.yaml needs; an unknown keyword is an error, not a pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

_SILENT = {"$defs", "$schema", "default", "description", "discriminator", "format", "title", "writeOnly"}
_STRUCTURE = {"$ref", "additionalProperties", "anyOf", "items", "oneOf", "properties", "required"}
_TYPES: dict[str, tuple[type, ...]] = {
    "array": (list,),
    "boolean": (bool,),
    "integer": (int,),
    "null": (type(None),),
    "number": (int, float),
    "object": (dict,),
    "string": (str,),
}
_SIMPLE: dict[str, Callable[[Any, Any], bool]] = {
    "const": lambda value, wanted: value == wanted,
    "enum": lambda value, wanted: value in wanted,
    "exclusiveMinimum": lambda value, wanted: not isinstance(value, int | float) or value > wanted,
    "maxLength": lambda value, wanted: not isinstance(value, str) or len(value) <= wanted,
    "maximum": lambda value, wanted: not isinstance(value, int | float) or value <= wanted,
    "minItems": lambda value, wanted: not isinstance(value, list) or len(value) >= wanted,
    "minLength": lambda value, wanted: not isinstance(value, str) or len(value) >= wanted,
    "minimum": lambda value, wanted: not isinstance(value, int | float) or value >= wanted,
    "pattern": lambda value, wanted: not isinstance(value, str) or bool(re.search(wanted, value)),
    "type": lambda value, wanted: (
        isinstance(value, _TYPES[wanted]) and not (isinstance(value, bool) and wanted in ("integer", "number"))
    ),
}


class Validator:
    """Checks values against one schema."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.root = schema

    def faults(self, value: Any, schema: Any = None, at: str = "$") -> Iterator[str]:
        """What in `value` the schema does not allow, as texts."""
        schema = self.root if schema is None else schema
        assert set(schema) <= _SILENT | _STRUCTURE | set(_SIMPLE), f"keywords of no meaning here: {set(schema)}"
        if "$ref" in schema:
            yield from self.faults(value, self.root["$defs"][schema["$ref"].removeprefix("#/$defs/")], at)
        for keyword in sorted(set(schema) & set(_SIMPLE)):
            if not _SIMPLE[keyword](value, schema[keyword]):
                yield f"{at}: {value!r} against {keyword} {schema[keyword]!r}"
        for keyword, most in (("anyOf", len(schema.get("anyOf", ()))), ("oneOf", 1)):
            fitting = sum(not list(self.faults(value, form, at)) for form in schema.get(keyword, ()))
            if keyword in schema and not 1 <= fitting <= most:
                yield f"{at}: {value!r} fits {fitting} forms"
        if isinstance(value, dict):
            yield from self._in_object(value, schema, at)
        for position, one in enumerate(value if isinstance(value, list) and "items" in schema else ()):
            yield from self.faults(one, schema["items"], f"{at}[{position}]")

    def _in_object(self, value: dict[str, Any], schema: Any, at: str) -> Iterator[str]:
        others = schema.get("additionalProperties", True)
        for name in schema.get("required", ()):
            if name not in value:
                yield f"{at}: {name} is missing"
        for name, below in value.items():
            if name in schema.get("properties", {}):
                yield from self.faults(below, schema["properties"][name], f"{at}.{name}")
            elif others is False:
                yield f"{at}: {name} is unknown"
            elif isinstance(others, dict):
                yield from self.faults(below, others, f"{at}.{name}")
