"""The `parse_key_value` function."""

from __future__ import annotations

from typing import Literal

from dtl.functions import function
from dtl.types.annotations import Boolean, Fallible, String
from dtl.values.text import replaced

from ._key_value import LineParser, line_parser


@function
def parse_key_value(
    value: String,
    key_value_delimiter: String = "=",
    field_delimiter: String = " ",
    whitespace: Literal["lenient", "strict"] = "lenient",
    accept_standalone_key: Boolean = True,
) -> Fallible[dict[str, String | Boolean | list[String]]]:
    """Read fields of the form `key=value`.

    A key or a value may stand in single or double quotes; in them a backslash goes before `"`, `\\`, and `n` for a line
    end. White space around a key and a value does not count. A key that comes more than once has an array.

    Args:
        value: The text.
        key_value_delimiter: What stands between a key and its value.
        field_delimiter: What stands between two fields.
        whitespace: Whether white space may stand around the key-value delimiter (`lenient`) or ends the field
            (`strict`).
        accept_standalone_key: Take a key without a value, which then is `true`.

    Raises:
        `value` does not begin with a field, or has text that is none.

    Examples:
        Fields between spaces:
            >>> parse_key_value!("lamp=red watts=4.5 note=\\"too dim\\" broken")
            {"broken": true, "lamp": "red", "note": "too dim", "watts": "4.5"}

        Other delimiters, and a key that repeats:
            >>> parse_key_value!("tag: red, tag: dim", key_value_delimiter: ":", field_delimiter: ",")
            {"tag": ["red", "dim"]}

        Text behind the fields:
            >>> parse_key_value!("lamp=red broken", accept_standalone_key: false)
            error: could not parse whole line successfully
    """
    parse = line_parser(
        replaced(key_value_delimiter), replaced(field_delimiter), whitespace == "strict", accept_standalone_key
    )
    return parse(value)  # type: ignore[return-value]


@parse_key_value.specialize("key_value_delimiter", "field_delimiter", "whitespace", "accept_standalone_key")
def _(key_value_delimiter: str, field_delimiter: str, whitespace: str, accept_standalone_key: bool) -> LineParser:
    return line_parser(
        replaced(key_value_delimiter), replaced(field_delimiter), whitespace == "strict", accept_standalone_key
    )
