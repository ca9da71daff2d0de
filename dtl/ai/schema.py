"""Checks of answers: by the JSON schema that was asked for (the keywords that prompts use), and by their reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dtl.ai.request import Request
from dtl.values.errors import FunctionError

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}


def mismatch(value: Any, schema: Mapping[str, Any], where: str = "the answer") -> str | None:
    """Return in what a value differs from a schema, or None."""
    if "anyOf" in schema:
        if all(mismatch(value, choice, where) for choice in schema["anyOf"]):
            return f"{where} is none of what is allowed"
        return None
    wanted = schema.get("type")
    if wanted is not None:
        names = [wanted] if isinstance(wanted, str) else list(wanted)
        if not any(_is_of(value, name) for name in names):
            return f"{where} is no {' or '.join(names)}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{where} is none of {', '.join(map(repr, schema['enum'][:20]))}"
    if "const" in schema and value != schema["const"]:
        return f"{where} is not {schema['const']!r}"
    if isinstance(value, dict):
        return _object(value, schema, where)
    if isinstance(value, list):
        return _array(value, schema, where)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if "minimum" in schema and value < schema["minimum"]:
            return f"{where} is less than {schema['minimum']}"
        if "maximum" in schema and value > schema["maximum"]:
            return f"{where} is more than {schema['maximum']}"
    return None


def _is_of(value: Any, name: str) -> bool:
    if isinstance(value, bool) and name in ("integer", "number"):
        return False
    return isinstance(value, _TYPES.get(name, (object,)))


def _object(value: dict[str, Any], schema: Mapping[str, Any], where: str) -> str | None:
    for name in schema.get("required", ()):
        if name not in value:
            return f"{where} has no {name!r}"
    properties = schema.get("properties", {})
    extra = schema.get("additionalProperties", True)
    for name, item in value.items():
        inner = f"{name!r} in {where}"
        if name in properties:
            found = mismatch(item, properties[name], inner)
        elif extra is False:
            found = f"{where} has an unknown {name!r}"
        else:
            found = mismatch(item, extra, inner) if isinstance(extra, Mapping) else None
        if found is not None:
            return found
    return None


def _array(value: list[Any], schema: Mapping[str, Any], where: str) -> str | None:
    if len(value) < schema.get("minItems", 0):
        return f"{where} has fewer than {schema['minItems']} items"
    if len(value) > schema.get("maxItems", len(value)):
        return f"{where} has more than {schema['maxItems']} items"
    items = schema.get("items")
    if isinstance(items, Mapping):
        for index, item in enumerate(value):
            found = mismatch(item, items, f"item {index} of {where}")
            if found is not None:
                return found
    return None


def problem_with(request: Request, answer: Any) -> str | None:
    """Tell what is wrong with an answer, if anything is."""
    if request.prompt is not None and request.prompt.schema is not None:
        found = mismatch(answer, request.prompt.schema)
        if found is not None:
            return found
    try:
        request.read(answer)
    except FunctionError as reason:
        return reason.message
    except (TypeError, ValueError, LookupError, AttributeError) as reason:
        return f"{type(reason).__name__}: {reason}"
    return None
