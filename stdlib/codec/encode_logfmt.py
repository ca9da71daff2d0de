"""The `encode_logfmt` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import Array, Fallible, Object, String
from dtl.types.type import STRING_TYPE

from ._flat import line

_NO_FIELDS: list[str] = []


@function(own_checks=("value",))
def encode_logfmt(value: Object, fields_ordering: Array = _NO_FIELDS) -> Fallible[String]:
    """Write an object as a line of logfmt.

    Nested fields and elements get keys such as `a.b` and `a.0`. Keys and values with white space, quotes or `=` are
    put in quotes. A key alone stands for true, and false is left out.

    Args:
        value: The object.
        fields_ordering: Keys that come first, in this order; the others follow in the order of their names.

    Raises:
        An element of `fields_ordering` is not a string.

    Examples:
        A log message:
            >>> encode_logfmt({"level": "warn", "msg": "disk full", "retry": true})
            s'level=warn msg="disk full" retry'

        In an order of one's own:
            >>> encode_logfmt!({"level": "warn", "ts": 1700000000}, fields_ordering: ["ts"])
            "ts=1700000000 level=warn"

        A key that is none:
            >>> encode_logfmt!({"level": "warn"}, fields_ordering: [0])
            error: invalid field value type at index 0: expected string, got integer
    """
    return line(value, fields_ordering, "=", " ", True)


@encode_logfmt.typed
def _(arguments: Arguments) -> Result:
    return Result(STRING_TYPE, arguments.given("fields_ordering"))
