"""The `parse_csv` function."""

from __future__ import annotations

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, String
from dtl.values.text import from_bytes, is_utf8, to_bytes

_LINE_ENDS = "\r\n"


@function
def parse_csv(value: String, delimiter: String = ",") -> Fallible[list[String]]:
    """Read the first record of a text of comma-separated values.

    A field may stand in double quotes; two of them inside stand for one. Lines after the record are not looked at,
    and empty lines before it are passed over.

    Args:
        value: The text.
        delimiter: What stands between two fields: one byte.

    Raises:
        `delimiter` is not exactly one byte.

    Examples:
        A field with the delimiter inside:
            >>> parse_csv!("lamp,\\"red, dim\\",2")
            ["lamp", "red, dim", "2"]

        Another delimiter:
            >>> parse_csv!("lamp;red;2", delimiter: ";")
            ["lamp", "red", "2"]

        A delimiter of two bytes:
            >>> parse_csv!("lamp::red", delimiter: "::")
            error: delimiter must be a single character
    """
    if len(to_bytes(delimiter)) != 1:
        raise FunctionError("delimiter must be a single character")
    text = value.lstrip(_LINE_ENDS)
    if not text:
        return []
    if '"' not in text and delimiter not in _LINE_ENDS and delimiter.isascii():
        return text.partition("\n")[0].partition("\r")[0].split(delimiter)
    if is_utf8(text):
        return _record(text, delimiter)
    # A delimiter outside ASCII may be any byte of a character, so the bytes are read one by one.
    fields = _record(to_bytes(text).decode("latin-1"), to_bytes(delimiter).decode("latin-1"))
    return [from_bytes(field.encode("latin-1")) for field in fields]


def _record(text: str, delimiter: str) -> list[str]:
    """Return the fields of a record that may have quotes."""
    fields: list[str] = []
    at, end = 0, len(text)
    while True:
        parts: list[str] = []
        if at < end and text[at] == '"':
            at += 1
            while True:
                quote = text.find('"', at)
                if quote < 0:
                    fields.append("".join([*parts, text[at:]]))
                    return fields
                parts.append(text[at:quote])
                at = quote + 1
                if at == end or text[at] != '"':
                    break
                parts.append('"')
                at += 1
        begin = at
        while at < end and text[at] != delimiter and text[at] not in _LINE_ENDS:
            at += 1
        fields.append("".join([*parts, text[begin:at]]))
        if at == end or text[at] != delimiter:
            return fields
        at += 1
