"""The `parse_query_string` function."""

from __future__ import annotations

from dtl.functions import function
from dtl.types.annotations import Array, String
from dtl.values.text import replaced
from dtl.values.value import Value

from ._form import form_pairs


@function
def parse_query_string(value: String) -> dict[str, String | Array]:
    """Read the query of a URL.

    A key that comes more than once has an array of its values, in order; a key without a value has an empty string.

    Args:
        value: The query, with or without `?` before it.

    Examples:
        A key that repeats:
            >>> parse_query_string("?tag=red&tag=dim&page=2&raw")
            {"page": "2", "raw": "", "tag": ["red", "dim"]}
    """
    fields: dict[str, Value] = {}
    for key, text in form_pairs(replaced(value.removeprefix("?"))):
        known = fields.get(key)
        if known is None:
            fields[key] = text
        elif isinstance(known, list):
            known.append(text)
        else:
            fields[key] = [known, text]
    return fields  # type: ignore[return-value]
