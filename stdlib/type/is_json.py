"""The `is_json` function."""

from typing import Literal

from dtl.functions import function
from dtl.types.annotations import Boolean, Maybe, String
from dtl.values.text import to_bytes

from ._json_syntax import is_valid

_FIRST = {
    ord("{"): "object", ord("["): "array", ord('"'): "string", ord("n"): "null", ord("t"): "bool", ord("f"): "bool",
    ord("-"): "number",
}  # fmt: skip


@function
def is_json(
    value: String,
    variant: Maybe[Literal["object", "array", "string", "number", "bool", "null"]] = None,
) -> Boolean:
    """Tell whether a string is a JSON document.

    Only the form counts: a number may be of any size, and nothing is built.

    Args:
        value: The text.
        variant: The kind of value that the document should be.

    Examples:
        A document:
            >>> is_json("[1, 2, 3]")
            true

        Of a certain kind:
            >>> is_json("[1, 2, 3]", variant: "object")
            false

        Not JSON:
            >>> is_json("{'a': 1}")
            false
    """
    data = to_bytes(value)
    if not is_valid(data):
        return False
    return variant is None or _FIRST.get(data.lstrip(b" \t\r\n")[0], "number") == variant
