"""Schemas of structured answers: DTL's short form or JSON schema, and the type of what follows them."""

import re
from collections.abc import Mapping
from typing import Any

from dtl.functions import InvalidArgument
from dtl.types.type import (
    ANY,
    BOOLEAN_TYPE,
    FLOAT,
    INTEGER,
    INTEGER_TYPE,
    NULL,
    NULL_TYPE,
    STRING,
    STRING_TYPE,
    UNDEFINED,
    Type,
    array_of,
    object_of,
)
from dtl.values.value import describe

_WORDS = {
    "string": "string", "text": "string", "integer": "integer", "int": "integer", "number": "number", "float": "number",
    "boolean": "boolean", "bool": "boolean", "null": "null",
}  # fmt: skip
_ARRAY = re.compile(r"(?:array|list)\s*<\s*(.+)\s*>", re.DOTALL)
_DEEPEST = 10


def schema_of(value: Any) -> dict[str, Any]:
    """Return the JSON schema of an object, from either form.

    The short form is an object of fields: `"string"`, `"integer"`, `"number"`, `"boolean"`, `"array<...>"`, `"a|b|c"`
    for one of these texts, `"...?"` for what may be null, an array of one form, or an object of fields.

    Raises:
        InvalidArgument: It is neither.
    """
    if not isinstance(value, dict) or not value:
        raise InvalidArgument('"schema" must be an object with fields')
    if value.get("type") == "object" and isinstance(value.get("properties"), dict):
        return _strict(value, 0)
    return _object(value, "schema", 1)


def _object(fields: dict[str, Any], where: str, depth: int) -> dict[str, Any]:
    properties = {name: _form(fields[name], f"{where}.{name}", depth) for name in sorted(fields)}
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _form(form: Any, where: str, depth: int) -> dict[str, Any]:
    if depth > _DEEPEST:
        raise InvalidArgument(f'"schema" is nested deeper than {_DEEPEST} levels')
    if isinstance(form, dict) and form:
        return _object(form, where, depth + 1)
    if isinstance(form, list) and len(form) == 1:
        return {"type": "array", "items": _form(form[0], where, depth + 1)}
    if not isinstance(form, str):
        raise InvalidArgument(f'"{where}" must be the name of a type, got {describe(form)}')
    text = form.strip()
    if text.endswith("?"):
        return _or_null(_form(text[:-1], where, depth))
    if (array := _ARRAY.fullmatch(text)) is not None:
        return {"type": "array", "items": _form(array.group(1), where, depth + 1)}
    if text.lower() in _WORDS:
        return {"type": _WORDS[text.lower()]}
    parts = [part.strip() for part in text.split("|")]
    if len(parts) == 2 and "null" in parts:
        return _or_null(_form(next(part for part in parts if part != "null"), where, depth))
    if len(parts) > 1 and all(parts):
        return {"type": "string", "enum": parts}
    raise InvalidArgument(f'"{where}" has the unknown type {form!r}')


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _strict(schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
    """Return a JSON schema in the strict form that services want: every field required, no others."""
    if depth > _DEEPEST:
        raise InvalidArgument(f'"schema" is nested deeper than {_DEEPEST} levels')
    result = dict(schema)
    properties = schema.get("properties")
    if isinstance(properties, dict):
        required = schema.get("required", list(properties))
        result["properties"] = {
            name: inner if name in required else _or_null(inner)
            for name, inner in ((name, _strict(each, depth + 1)) for name, each in properties.items())
        }
        result["required"] = list(properties)
        result["additionalProperties"] = False
    if isinstance(schema.get("items"), dict):
        result["items"] = _strict(schema["items"], depth + 1)
    return result


def type_of(schema: Mapping[str, Any]) -> Type:
    """Return the type of values that follow a schema."""
    if "anyOf" in schema:
        found = Type(0)
        for choice in schema["anyOf"]:
            found = found | type_of(choice)
        return found
    kinds = schema.get("type")
    if isinstance(kinds, list):
        found = Type(0)
        for kind in kinds:
            found = found | type_of({**schema, "type": kind})
        return found
    match kinds:
        case "string":
            allowed = schema.get("enum")
            return Type(STRING, texts=frozenset(allowed)) if allowed else STRING_TYPE
        case "integer":
            return INTEGER_TYPE
        case "number":
            return Type(INTEGER | FLOAT)
        case "boolean":
            return BOOLEAN_TYPE
        case "null":
            return NULL_TYPE
        case "array":
            return array_of(type_of(schema.get("items", {})))
        case "object" if schema.get("properties"):
            return object_of({name: type_of(each) for name, each in schema["properties"].items()})
    return ANY.without_kinds(UNDEFINED) | Type(NULL)
