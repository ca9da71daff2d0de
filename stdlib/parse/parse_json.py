"""The `parse_json` function."""

from __future__ import annotations

from importlib import import_module

from dtl.functions import FunctionError, function
from dtl.types.annotations import Boolean, Fallible, Integer, Json, Maybe, String
from dtl.values.decode import InvalidJson, from_json
from dtl.values.text import to_bytes

_MARK = b"\xef\xbb\xbf"


@function(checked_last=("value",))
def parse_json(value: String, max_depth: Maybe[Integer] = None, lossy: Boolean = True) -> Fallible[Json]:
    """Read a value from JSON.

    A number with a point or an exponent, or too large for an integer, becomes a float. Of fields with the same name the
    last one counts.

    Args:
        value: The JSON text.
        max_depth: How many containers may lie within one another, from 1 to 128; those further inside stay JSON text.
        lossy: Put U+FFFD for bytes that are not UTF-8, instead of refusing them.

    Raises:
        `value` is not JSON.
        `max_depth` is not between 1 and 128.

    Examples:
        An object:
            >>> parse_json!(s'{"lamp": "red", "watts": 4.5}')
            {"lamp": "red", "watts": 4.5}

        One level only:
            >>> parse_json!(s'{"lamp": {"color": "red"}, "on": true}', max_depth: 1)
            {"lamp": s'{"color": "red"}', "on": true}

        Not JSON:
            >>> parse_json!("{lamp}")
            error: unable to parse json: key must be a string at line 1 column 2

        No depth at all:
            >>> parse_json!("[1]", max_depth: 0)
            error: max_depth value should be greater than 0 and less than 128, got 0
    """
    try:
        data = value.encode()
    except UnicodeEncodeError:
        data = to_bytes(value)
        if lossy:
            data = data.decode("utf-8", "replace").encode()
    if max_depth is not None:
        # Most programs set no depth, and what it needs takes a while to import.
        return import_module("._json_layers", __package__).read_to_depth(data, max_depth)
    if data.startswith(_MARK):
        data = data[3:]
    try:
        return from_json(data)
    except InvalidJson as reason:
        raise FunctionError(f"unable to parse json: {reason}") from None
