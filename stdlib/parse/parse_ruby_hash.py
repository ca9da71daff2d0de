"""The `parse_ruby_hash` function."""

from typing import Any

from dtl.functions import function
from dtl.types.annotations import Array, Boolean, Fallible, Float, Null, Object, String
from dtl.values.text import replaced

from ._ruby_hash import parse_hash


@function
def parse_ruby_hash(value: String) -> Fallible[dict[str, Array | Boolean | Float | Null | Object | String]]:
    """Parse a Ruby hash, as `inspect` writes it.

    Keys may be strings, symbols or plain words; after a key stands `=>` or `:`. Numbers become floats, symbols
    strings, `nil` null. Escapes in strings are kept as they are.

    Args:
        value: The hash's text.

    Raises:
        `value` is not a Ruby hash.

    Examples:
        Read a hash:
            >>> parse_ruby_hash!(s'{ :user => "ann", "tries" => 3, last: nil }')
            { "last": null, "tries": 3.0, "user": "ann" }

        Something stands behind the hash:
            >>> parse_ruby_hash!(s'{ :user => "ann" } and more')
            error: could not parse whole line successfully
    """
    found: Any = parse_hash(replaced(value))
    return dict(found)
