"""The `parse_key_value` function."""

from __future__ import annotations

from typing import Literal

from dtl.functions import function
from dtl.types.annotations import Boolean, Fallible, Object, String
from dtl.values.text import replaced

from ._key_value import line_parser


@function
def parse_key_value(
    value: String,
    key_value_delimiter: String = "=",
    field_delimiter: String = " ",
    whitespace: Literal["lenient", "strict"] = "lenient",
    accept_standalone_key: Boolean = True,
) -> Fallible[Object]:
    """TODO"""
    parse = line_parser(
        replaced(key_value_delimiter), replaced(field_delimiter), whitespace == "strict", accept_standalone_key
    )
    return parse(value)
