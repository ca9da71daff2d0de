"""Values as JSON text, as VRL writes it: keys in byte order, floats in its own spelling, no needless escapes.

The fast path is orjson, which writes the same text except for floats with an exponent; everything that it refuses
or spells differently takes the slow path.
"""

from __future__ import annotations

import re
from typing import Any

import orjson
import paula

from dtl.pattern import pattern
from dtl.values.instant import Timestamp
from dtl.values.number import json_float
from dtl.values.regex import Regex
from dtl.values.text import replaced
from dtl.values.value import Value

# A float with an exponent, outside strings (and, at the price of a slower path, in some strings that look like it);
# the first pattern is quicker and finds more than that.
_MAY_BE_EXPONENT = paula.BytesRegex(r"(?-u)[0-9]e-?[0-9]+(?:[,\]}\n]|$)").is_match
_EXPONENT = paula.BytesRegex(r"(?-u)(?:^|[:,\[ \n])-?[0-9][0-9.]*e").is_match
# The same within objects and arrays on one line, where something must follow: quickest of all.
_INNER_EXPONENT = paula.BytesRegex(r"(?-u)[0-9]e[-0-9][0-9]*[,}\]]").is_match

_COMPACT = orjson.OPT_SORT_KEYS
_PRETTY = orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2
_dumps = orjson.dumps

_STRING_OR_EXPONENT = pattern(rb'"(?:[^"\\]|\\.)*"|-?[0-9.]+e-?[0-9]+', re.DOTALL)

_ESCAPED = pattern(r'[\x00-\x1f"\\]')
_ESCAPES = {chr(code): f"\\u{code:04x}" for code in range(0x20)} | {
    '"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t",
}  # fmt: skip


def to_json(value: Value, pretty: bool = False) -> str:
    """Write a value as JSON.

    A timestamp becomes its RFC 3339 text, a regex its pattern, an infinity null, and bytes that are not UTF-8 U+FFFD.

    Args:
        value: What to write.
        pretty: Break lines and indent by two spaces.
    """
    return to_json_bytes(value, pretty).decode("utf-8")


def writes_plainly(lines: bytes) -> bool:
    """Tell whether what orjson wrote, an object or array to a line, is what `to_json_bytes` writes."""
    return not _INNER_EXPONENT(lines)


def respelled(line: bytes) -> bytes:
    """Return what orjson wrote with its floats as `to_json_bytes` writes them."""
    return _STRING_OR_EXPONENT.sub(_respell, line)


def _respell(match: re.Match[bytes]) -> bytes:
    text = match[0]
    return text if text.startswith(b'"') else json_float(float(text)).encode()


def to_json_bytes(value: Value, pretty: bool = False) -> bytes:
    """Write a value as JSON in UTF-8, like `to_json`."""
    try:
        data = _dumps(value, text_of, _PRETTY if pretty else _COMPACT)
    except TypeError:  # escaped bytes in a string, or too deep for it
        return to_json_by_rule(value, pretty).encode("utf-8")
    return to_json_by_rule(value, pretty).encode("utf-8") if _MAY_BE_EXPONENT(data) and _EXPONENT(data) else data


def text_of(value: Any) -> str:
    """Return the string that stands for a value JSON has no form for."""
    if type(value) is Timestamp:
        return value.to_rfc3339()
    if isinstance(value, Regex):
        return value.pattern
    raise TypeError(f"not a value: {type(value).__name__}")


def quoted(text: str) -> str:
    """Write a string as JSON."""
    text = replaced(text)
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(lambda match: _ESCAPES[match[0]], text)
    return f'"{text}"'


def _scalar(value: Value) -> str:
    if type(value) is str:
        return quoted(value)
    if value is None:
        return "null"
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) is int:
        return str(value)
    if type(value) is float:
        return json_float(value)
    return quoted(text_of(value))


def to_json_by_rule(value: Value, pretty: bool) -> str:
    """Write a value of any depth, rule by rule; `to_json` writes the same, more quickly where it can."""
    parts: list[str] = []
    write = parts.append
    comma, colon = (",", ": ") if pretty else (",", ":")
    # Containers that are open: what is left to write of each, whether it is an object, and whether nothing was written.
    stack: list[tuple[Any, bool]] = []

    def start(item: Any) -> bool:
        """Write a scalar or an empty container whole, or open a container; tell whether one was opened."""
        if type(item) is dict and item:
            write("{")
            stack.append((iter([(key, item[key]) for key in sorted(item)]), True))
        elif type(item) is list and item:
            write("[")
            stack.append((iter(item), False))
        else:
            write("{}" if type(item) is dict else "[]" if type(item) is list else _scalar(item))
            return False
        return True

    first = start(value)
    while stack:
        left, is_object = stack[-1]
        depth = len(stack)
        for item in left:
            if not first:
                write(comma)
            if pretty:
                write("\n" + "  " * depth)
            if is_object:
                write(quoted(item[0]) + colon)
                item = item[1]
            first = start(item)
            if first:
                break
        else:
            stack.pop()
            first = False
            if pretty:
                write("\n" + "  " * (depth - 1))
            write("}" if is_object else "]")
    return "".join(parts)
