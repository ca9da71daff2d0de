"""Log lines of a fixed form, described by a template and a table of its fields.

In a template

- a blank is white space, `_` is white space or nothing, and `·` is one character of it;
- `{name}` is the field of that name;
- `<...>` is a part for which `-` may stand;
- `(...)` is a part that may be missing;
- all else is itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from dtl.functions import FunctionError
from dtl.values.instant import InvalidTimestamp, Timestamp
from dtl.values.number import InvalidNumber, parse_float, parse_integer
from dtl.values.regex import Regex
from dtl.values.strptime import compile_format
from dtl.values.text import replaced
from dtl.values.value import Value
from dtl.values.zone import Zone, find_zone

#: Any text, over line ends too, as short as can be.
ANY = "(?s:.)*?"

_MARKS = {" ": r"\s+", "_": r"\s*", "·": r"\s", "<": "(?:-|", ">": ")", "(": "(?:", ")": ")?"}
_TOKEN = re.compile(r"\{(\w+)\}|.", re.DOTALL)

#: Makes a value of a field's name and text, the format of the line's time, and the zone of a time without an offset.
_Read = Callable[[str, str, str, str], Value]


class Field(NamedTuple):
    """A field: the regular expression of its text, and what makes a value of that (if it is not the text itself)."""

    pattern: str
    read: _Read | None = None


def text(pattern: str) -> Field:
    """Return a field that is a string."""
    return Field(pattern)


def integer(pattern: str = r"\d+") -> Field:
    """Return a field that is an integer."""
    return Field(pattern, _read_integer)


def number(pattern: str) -> Field:
    """Return a field that is a float."""
    return Field(pattern, _read_number)


def time(pattern: str) -> Field:
    """Return a field that is a timestamp."""
    return Field(pattern, lambda _, text, time_format, zone: read_time(text, time_format, zone))


def expression(template: str, fields: Mapping[str, Field]) -> str:
    """Return a template as a regular expression."""
    return "".join(
        f"(?P<{name}>{fields[name].pattern})" if (name := token[1]) else _MARKS.get(token[0]) or re.escape(token[0])
        for token in _TOKEN.finditer(template)
    )


def whole_line(template: str, fields: Mapping[str, Field], *, more: bool = False) -> Regex:
    """Return the regular expression of the lines that have a template's form; see `line_format`."""
    return Regex(r"^\s*" + expression(template, fields) + ("" if more else r"\s*$"))


def line_format(
    template: str, fields: Mapping[str, Field], *, more: bool = False
) -> Callable[[str, str, str], dict[str, Value] | None]:
    """Return the reader of the lines that have a template's form.

    It takes the line, the format of its time and the name of the zone for a time without an offset; it returns the
    fields that the line has, or None if it has another form. A field that is no number or no time, though it must
    be, raises FunctionError.

    Args:
        template: The form; white space may stand before and behind it.
        fields: The fields of the template, and others.
        more: Whether anything may stand behind it.
    """
    regex = whole_line(template, fields, more=more)
    groups = [(index, name, fields[name].read) for index, name in enumerate(regex.group_names) if name is not None]
    captures = regex.captures

    def read(line: str, time_format: str, zone: str) -> dict[str, Value] | None:
        texts = captures(line)
        if texts is None:
            return None
        found: dict[str, Value] = {}
        for index, name, convert in groups:
            text = texts[index]
            if text is not None:
                found[name] = text if convert is None else convert(name, text, time_format, zone)
        return found

    return read


def _read_integer(name: str, text: str, *_: str) -> Value:
    try:
        return parse_integer(text)
    except InvalidNumber:
        raise FunctionError(f"failed parsing {name}") from None


def _read_number(name: str, text: str, *_: str) -> Value:
    try:
        found = parse_float(text)
    except InvalidNumber:
        found = float("nan")
    if found != found:
        raise FunctionError(f"failed parsing {name}")
    return found


def read_time(text: str, time_format: str, zone_name: str) -> Timestamp:
    """Read a time, which is local if its text has no offset."""
    zone = find_zone(zone_name)
    time_format = replaced(time_format)
    parser = compile_format(time_format)
    try:
        return parser.parse(text, zone)
    except InvalidTimestamp:
        return _read_other_time(text, time_format, zone)


def _read_other_time(text: str, time_format: str, zone: Zone) -> Timestamp:
    """Read a time whose format has a zone's name and no offset, or say why it is none."""
    try:
        fields = compile_format(time_format).fields(text)
        try:
            return fields.instant_in(zone)
        except InvalidTimestamp:
            return fields.instant()
    except InvalidTimestamp as reason:
        raise FunctionError(f"failed parsing timestamp {text} using format {time_format}: {reason}") from None
