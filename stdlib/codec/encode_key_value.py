"""The `encode_key_value` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import Array, Boolean, Fallible, Object, String
from dtl.types.type import STRING_TYPE

from ._flat import line

_NO_FIELDS: list[str] = []


@function(own_checks=("value", "key_value_delimiter", "field_delimiter", "flatten_boolean"))
def encode_key_value(
    value: Object,
    fields_ordering: Array = _NO_FIELDS,
    key_value_delimiter: String = "=",
    field_delimiter: String = " ",
    flatten_boolean: Boolean = False,
) -> Fallible[String]:
    """Write an object as keys and values on one line.

    Nested fields and elements get keys such as `a.b` and `a.0`. Keys and values with white space, quotes or `=` are
    put in quotes.

    Args:
        value: The object.
        fields_ordering: Keys that come first, in this order; the others follow in the order of their names.
        key_value_delimiter: What stands between a key and its value.
        field_delimiter: What stands between two pairs.
        flatten_boolean: Whether a key alone stands for true, and false is left out.

    Raises:
        An element of `fields_ordering` is not a string.

    Examples:
        Nested fields:
            >>> encode_key_value({"msg": "disk full", "dev": {"name": "sda", "use": 1.0}})
            s'dev.name=sda dev.use=1 msg="disk full"'

        In an order of one's own:
            >>> encode_key_value!({"a": 1, "b": 2, "c": 3}, fields_ordering: ["c", "a"])
            "c=3 a=1 b=2"

        With other delimiters:
            >>> encode_key_value({"a": 1, "b": "x"}, key_value_delimiter: ":", field_delimiter: ",")
            "a:1,b:x"

        With a flag:
            >>> encode_key_value({"a": 1, "ok": true, "old": false}, flatten_boolean: true)
            "a=1 ok"

        A key that is none:
            >>> encode_key_value!({"a": 1}, fields_ordering: [0])
            error: invalid field value type at index 0: expected string, got integer
    """
    return line(value, fields_ordering, key_value_delimiter, field_delimiter, flatten_boolean)


@encode_key_value.typed
def _(arguments: Arguments) -> Result:
    return Result(STRING_TYPE, arguments.given("fields_ordering"))
