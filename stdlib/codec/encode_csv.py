"""The `encode_csv` function."""

import re
from functools import lru_cache

from dtl.functions import FunctionError, function, require_kind
from dtl.types.annotations import AnyValue, Fallible, String
from dtl.values.text import from_bytes, to_bytes


@function(own_checks=("delimiter",))
def encode_csv(value: AnyValue, delimiter: String = ",") -> Fallible[String]:
    """Write an array of strings as a record of comma-separated values.

    Fields that contain the delimiter, a quote or a line break are put in quotes, with quotes inside doubled.

    Args:
        value: The fields.
        delimiter: What stands between two fields, a single byte.

    Raises:
        `value` is not an array.
        An element of `value` is not a string.
        `delimiter` is not one byte.

    Examples:
        Fields with a comma and a quote:
            >>> encode_csv!(["plain", "a,b", s'6" tall'])
            s'plain,"a,b","6"" tall"'

        Another delimiter:
            >>> encode_csv!(["a,b", "c"], delimiter: ";")
            "a,b;c"

        Not an array:
            >>> encode_csv!("a,b")
            error: expected array, got string

        Not a string:
            >>> encode_csv!(["a", 1])
            error: expected string, got integer

        Two bytes:
            >>> encode_csv!(["a"], delimiter: "::")
            error: delimiter must be a single character
    """
    require_kind(value, list)
    for item in value:
        require_kind(item, str)
    if not value:
        return ""
    require_kind(delimiter, str)
    mark = to_bytes(delimiter)
    if len(mark) != 1:
        raise FunctionError("delimiter must be a single character")
    special = _special(mark)
    fields = []
    for item in value:
        field = to_bytes(item)
        fields.append(b'"' + field.replace(b'"', b'""') + b'"' if special.search(field) else field)
    # A record of one empty field would be an empty line.
    return '""' if fields == [b""] else from_bytes(mark.join(fields))


@lru_cache(maxsize=256)
def _special(delimiter: bytes) -> re.Pattern[bytes]:
    """Return what finds the bytes for which a field needs quotes."""
    return re.compile(rb'["\r\n' + re.escape(delimiter) + rb"]")
