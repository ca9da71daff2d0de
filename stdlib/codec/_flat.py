"""Objects as lines of keys and values: what `encode_key_value` and `encode_logfmt` share."""

from __future__ import annotations

import re
from typing import Any

from dtl.functions import FunctionError, require_kind
from dtl.values.convert import to_string
from dtl.values.regex import Regex
from dtl.values.text import replaced
from dtl.values.value import Value, describe

# White space in Unicode's sense, and what would end a key or begin a quoted text.
_QUOTED = re.compile('["=\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]')


def flattened(value: dict[str, Any]) -> dict[str, Any]:
    """Return an object's leaves by their path, parts joined by dots; empty containers have none."""
    leaves: dict[str, Any] = {}
    todo: list[tuple[str, Any]] = [(key, value[key]) for key in sorted(value, reverse=True)]
    while todo:
        path, item = todo.pop()
        if type(item) is dict:
            todo.extend((f"{path}.{key}", item[key]) for key in sorted(item, reverse=True))
        elif type(item) is list:
            todo.extend((f"{path}.{index}", item[index]) for index in range(len(item) - 1, -1, -1))
        else:
            leaves[path] = item
    return leaves


def read_ordering(fields: list[Any]) -> tuple[str, ...]:
    """Return the names of the fields that come first.

    Raises:
        FunctionError: One is not a string.
    """
    for index, field in enumerate(fields):
        if not isinstance(field, str):
            raise FunctionError(f"invalid field value type at index {index}: expected string, got {describe(field)}")
    return tuple(replaced(field) for field in fields)


def line(value: Value, fields: list[Any], between: Value, separator: Value, flags: Value) -> str:
    """Write an object on one line.

    Args:
        value: The object.
        fields: Names of the fields that come first; the others follow in the order of their names.
        between: What stands between a key and its value.
        separator: What stands between two pairs.
        flags: Whether a key alone stands for true, and nothing at all for false.

    Raises:
        FunctionError: An argument, or an element of `fields`, is of another kind.
    """
    first = read_ordering(fields)
    given, between, separator = require_kind(value, dict), require_kind(between, str), require_kind(separator, str)
    require_kind(flags, bool)
    equals, space, leaves = replaced(between), replaced(separator), flattened(given)
    pairs = []
    for key in (*(name for name in dict.fromkeys(first) if name in leaves), *sorted(leaves.keys() - set(first))):
        item = leaves[key]
        if flags and isinstance(item, bool):
            if item:
                pairs.append(_word(key))
        else:
            pairs.append(_word(key) + equals + _word(_text(item)))
    return space.join(pairs)


def _text(item: Any) -> str:
    if item is None:
        return "null"
    if isinstance(item, str):
        return replaced(item)
    return item.pattern if isinstance(item, Regex) else to_string(item)


def _word(text: str) -> str:
    """Escape a key or a value, and quote it where it could be misread."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\\\n")
    return f'"{escaped}"' if _QUOTED.search(text) else escaped
