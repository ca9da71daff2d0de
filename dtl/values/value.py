"""The kinds of value, their Python forms, and how messages show them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from dtl.data import frozen
from dtl.pattern import pattern
from dtl.values.instant import Timestamp
from dtl.values.number import display_float
from dtl.values.regex import Regex
from dtl.values.text import replaced

# null, boolean, integer (i64), float (never NaN), string (see dtl.values.text), timestamp, regex, array, object.
# Values are persistent: nobody changes a list or a dict once it is a value.
Value: TypeAlias = bool | int | float | str | Timestamp | Regex | list[Any] | dict[str, Any] | None

I64_MIN = -(2**63)
I64_MAX = 2**63 - 1
U64_MAX = 2**64 - 1

KINDS: dict[type, str] = {
    str: "string",
    int: "integer",
    float: "float",
    bool: "boolean",
    Timestamp: "timestamp",
    Regex: "regex",
    type(None): "null",
    list: "array",
    dict: "object",
}

# A field name that is shown without quotes inside a kind.
_PLAIN_NAME = pattern(r"[0-9]*[A-Za-z_@][0-9A-Za-z_@]*", re.ASCII)


def kind_name(value: Value) -> str:
    """Return the name of a value's kind, without what is inside it."""
    return KINDS[type(value)]


def wrap(number: int) -> int:
    """Return an integer reduced to 64 bits, as two's complement does."""
    if I64_MIN <= number <= I64_MAX:
        return number
    return (number + 2**63) % 2**64 - 2**63


def clamp(number: int) -> int:
    """Return the nearest integer within 64 bits."""
    return I64_MIN if number < I64_MIN else I64_MAX if number > I64_MAX else number


def describe(value: Value) -> str:
    """Return the kind of a value as run-time messages print it, with the kinds of what it contains."""
    return KINDS[type(value)] if not value or not isinstance(value, (list, dict)) else written(value, _KIND_FORM)


def display(value: Value) -> str:
    """Return a value as VRL's console and assertion messages show it; this is not JSON."""
    return written(value, _DISPLAY_FORM) if isinstance(value, (list, dict)) else _display_scalar(value)


@frozen
class Form:
    """How a value is written: what stands around the elements of an array, around the fields of an object and before
    each of them, and how everything else is written.

    `shows_empty` is false where an empty array or object is written as everything else is.
    """

    array: tuple[str, str]
    object: tuple[str, str]
    field: Callable[[str], str]
    other: Callable[[Value], str]
    shows_empty: bool = True


def written(value: Value, form: Form) -> str:
    """Return a value in a form, whatever its depth: fields in the order of their names, a comma between parts."""
    parts: list[str] = []
    # What is still to be written, last first: text, or a value in a one-element tuple.
    todo: list[str | tuple[Value]] = [(value,)]
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        inner = item[0]
        if not isinstance(inner, (list, dict)) or not (inner or form.shows_empty):
            parts.append(form.other(inner))
            continue
        if isinstance(inner, dict):
            opening, closing = form.object
            todo.append(closing)
            for key in sorted(inner, reverse=True):
                todo += ((inner[key],), form.field(key), ", ")
        else:
            opening, closing = form.array
            todo.append(closing)
            for part in reversed(inner):
                todo += ((part,), ", ")
        if inner:
            todo.pop()  # no comma before the first
        todo.append(opening)
    return "".join(parts)


def _display_scalar(value: Value) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return display_float(value)
        case str():
            text = replaced(value)
            if "\\" in text or '"' in text or "\n" in text:
                text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            return f'"{text}"'
        case Timestamp():
            return f"t'{value.to_rfc3339()}'"
        case Regex():
            return f"r'{value.pattern}'"
    raise TypeError(f"not a value: {type(value).__name__}")


def _kind_field(key: str) -> str:
    return f"{key}: " if _PLAIN_NAME.fullmatch(key) else f'"{key}": '


_KIND_FORM = Form(("[", "]"), ("{ ", " }"), _kind_field, kind_name, shows_empty=False)
_DISPLAY_FORM = Form(("[", "]"), ("{ ", " }"), '"{}": '.format, _display_scalar)
