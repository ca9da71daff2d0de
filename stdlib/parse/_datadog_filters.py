"""The filters of Datadog's grok rules: what is done to a matched text before it is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from dtl.functions import FunctionError
from dtl.values.decode import from_json
from dtl.values.number import float_to_integer, parse_float, parse_integer
from dtl.values.value import Value

from ._datadog_array import array_filter
from ._datadog_key_value import key_value_filter
from ._datadog_syntax import Call
from ._ruby_hash import parse_hash
from .parse_query_string import parse_query_string
from .parse_xml import parse_xml

#: Takes a value and gives what is stored (null for nothing); raises ValueError or FunctionError to drop the field.
Filter = Callable[[Any], Value]


class InvalidArguments(ValueError):
    """A matcher or filter has arguments it cannot use, or no such filter exists."""

    def __init__(self, name: str, message: str | None = None) -> None:
        super().__init__(message or f"invalid arguments for the function '{name}'")


def read_filter(call: Call) -> Filter:
    """Return the filter that a call names.

    Raises:
        InvalidArguments: There is none, or it does not take these arguments.
    """
    name, arguments = call.name, call.arguments or ()
    if name in _SIMPLE:
        return _SIMPLE[name]
    match name:
        case "scale" if arguments and isinstance(arguments[0], (int, float)) and not isinstance(arguments[0], bool):
            factor = float(arguments[0])
            return lambda value: _scaled(value, factor)
        case "nullIf" if arguments and isinstance(arguments[0], str):
            return lambda value: None if _text(value) == arguments[0] else value
        case "array":
            inner = arguments[-1] if arguments and isinstance(arguments[-1], Call) else None
            split = array_filter(arguments[:-1] if inner else arguments)
            if split is None:
                raise InvalidArguments(name)
            element = read_filter(inner) if inner else None
            return lambda value: [element(part) if element else part for part in split(_text(value))]
        case "keyvalue":
            read = key_value_filter(arguments)
            if read is None:
                raise InvalidArguments(name)
            return lambda value: read(_text(value))
        case "scale" | "nullIf":
            raise InvalidArguments(name)
    raise InvalidArguments(name, f"unknown filter '{name}'")


def implied_filter(matcher: str) -> tuple[str, Filter | None]:
    """Return the pattern that a matcher stands for, and the filter that comes with it."""
    if matcher in ("integer", "integerExt", "number", "numberExt"):
        return f"{matcher}Str", _SIMPLE[matcher]
    return matcher, None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("not a string")
    return value


def _integral(number: float) -> int | float:
    """Return an integer where the number is one that 64 bits hold (or just does not fit them)."""
    whole = float_to_integer(number)
    return whole if float(whole) == number else number


def _number(value: Any) -> int | float:
    number = parse_float(_text(value))
    return 0 if number != number else _integral(number)


def _scaled(value: Any, factor: float) -> int | float:
    number = parse_float(value) if isinstance(value, str) else value
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        raise ValueError("not a number")
    scaled = float(number) * factor
    if scaled != scaled:
        raise ValueError("not a number")
    return _integral(scaled)


def _query_string(value: Any) -> Value:
    """Read a query string, without the fields that have no value."""
    found = parse_query_string.evaluate(_text(value))
    result: dict[str, Value] = {}
    for key, values in found.items():
        parts = [part for part in (values if isinstance(values, list) else [values]) if part]
        if parts:
            result[key] = parts if len(parts) > 1 else parts[0]
    return result


def _xml(value: Any) -> Value:
    defaults = [parameter.default for parameter in parse_xml.parameters[1:]]
    found: Value = parse_xml.evaluate(_text(value), *defaults)
    return found


def _json(value: Any) -> Value:
    try:
        return from_json(_text(value))
    except ValueError as reason:
        raise FunctionError(str(reason)) from None


_SIMPLE: dict[str, Filter] = {
    "integer": lambda value: parse_integer(_text(value)),
    "integerExt": lambda value: float_to_integer(parse_float(_text(value))),
    "number": _number,
    "numberExt": _number,
    "boolean": lambda value: _text(value).lower() == "true" and value.isascii(),
    "lowercase": lambda value: _text(value).lower(),
    "uppercase": lambda value: _text(value).upper(),
    "json": _json,
    "rubyhash": lambda value: parse_hash(_text(value)),
    "querystring": _query_string,
    "xml": _xml,
    "decodeuricomponent": lambda value: unquote_to_bytes(_text(value)).decode("utf-8", "replace"),
}
