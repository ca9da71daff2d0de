"""The `parse_xml` function."""

from __future__ import annotations

import re

from dtl.functions import FunctionError, function
from dtl.types.annotations import Boolean, Fallible, Object, String
from dtl.values.text import WHITE_SPACE, replaced
from dtl.values.value import Value

from ._xml import Options, read_xml
from ._xml_cursor import InvalidXml

_BETWEEN_TAGS = re.compile(f">[{WHITE_SPACE}]++<")


@function
def parse_xml(
    value: String,
    trim: Boolean = True,
    include_attr: Boolean = True,
    attr_prefix: String = "@",
    text_key: String = "text",
    always_use_text_key: Boolean = False,
    parse_bool: Boolean = True,
    parse_null: Boolean = True,
    parse_number: Boolean = True,
) -> Fallible[String | dict[str, Object]]:
    """Read an XML document into an object.

    An element becomes a field by its name, several of the same name an array. One without attributes and with nothing
    but text becomes that text. Namespaces must be declared and are left out; a document type is refused.

    Args:
        value: The document.
        trim: Drop white space that lies alone between two tags.
        include_attr: Make attributes fields of their element.
        attr_prefix: What stands before the name of an attribute's field.
        text_key: The field of an element's text where it has other fields.
        always_use_text_key: Use that field even where there is nothing but text.
        parse_bool: Read the texts `true` and `false` as booleans.
        parse_null: Read the text `null` and empty text as null.
        parse_number: Read texts that are numbers as integers and floats.

    Raises:
        `value` is not an XML document.

    Examples:
        Elements and attributes:
            >>> parse_xml!("<lamp id='7'><color>red</color><watts>4.5</watts>attic</lamp>")
            {"lamp": {"@id": "7", "color": "red", "text": "attic", "watts": 4.5}}

        Several elements of a name:
            >>> parse_xml!("<lamps><on>1</on><on>7</on></lamps>", parse_number: false)
            {"lamps": {"on": ["1", "7"]}}

        A tag that is not closed:
            >>> parse_xml!("<lamp><color>red</lamp>")
            error: unable to parse xml: expected 'color' tag, not 'lamp' at 1:17
    """
    text = replaced(value)
    if trim:
        text = _BETWEEN_TAGS.sub("><", text)
    prefix, key = replaced(attr_prefix), replaced(text_key)
    options = Options(include_attr, prefix, key, always_use_text_key, parse_bool, parse_null, parse_number)
    try:
        found: Value = read_xml(text, options)
    except InvalidXml as reason:
        raise FunctionError(f"unable to parse xml: {reason}") from None
    return found  # type: ignore[return-value]
