"""The `encode_json` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Boolean, String
from dtl.values.encode import to_json


@function
def encode_json(value: AnyValue, pretty: Boolean = False) -> String:
    """Write a value as JSON.

    Keys come in the order of their bytes. Timestamps become RFC 3339 texts, regular expressions their patterns, and
    infinity becomes null.

    Args:
        value: The value.
        pretty: Whether the result is indented, by two blanks a level.

    Examples:
        On one line:
            >>> encode_json({"name": "ada", "tags": [1, null]})
            s'{"name":"ada","tags":[1,null]}'

        Indented:
            >>> encode_json([true], pretty: true)
            "[\\n  true\\n]"
    """
    return to_json(value, pretty)
