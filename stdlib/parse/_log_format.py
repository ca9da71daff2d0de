"""Log lines of a fixed form: what a regular expression finds, with the kinds that the fields have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dtl.functions import FunctionError
from dtl.values.instant import InvalidTimestamp, Timestamp
from dtl.values.number import InvalidNumber, parse_float, parse_integer
from dtl.values.regex import Regex
from dtl.values.strptime import compile_format
from dtl.values.text import replaced
from dtl.values.value import Value
from dtl.values.zone import Zone, find_zone

_INTEGERS = {
    "status", "size", "pid", "tid", "cid", "port", "body_bytes_size", "request_length", "upstream_response_length",
    "upstream_status",
}  # fmt: skip
_FLOATS = {"excess", "request_time", "upstream_response_time"}

GAP = r"\s+"
#: Any text, over line ends too, as short as can be.
ANY = "(?s:.)*?"


def or_dash(name: str, pattern: str) -> str:
    """Return the pattern of a field for which `-` may stand."""
    return f"(?:-|(?P<{name}>{pattern}))"


def log_format(*parts: str) -> Callable[[str, str, str], dict[str, Value] | None]:
    """Return the reader of the lines that these parts of a pattern match one after another.

    It takes the line, the format of its timestamp and the name of the zone for a time without an offset; it returns
    the fields that the line has, or None if it does not match. A field that is no number or no time, though it must
    be, raises FunctionError.
    """
    regex = Regex("".join(parts))
    fields = [(index, name, _reader(name)) for index, name in enumerate(regex.group_names) if name is not None]
    captures = regex.captures

    def read(line: str, time_format: str, zone: str) -> dict[str, Value] | None:
        groups = captures(line)
        if groups is None:
            return None
        found: dict[str, Value] = {}
        for index, name, convert in fields:
            text = groups[index]
            if text is not None:
                found[name] = text if convert is None else convert(text, time_format, zone)
        return found

    return read


def _reader(name: str) -> Callable[[str, str, str], Value] | None:
    if name == "timestamp":
        return read_time
    if name in _INTEGERS:
        return lambda text, *_: _number(parse_integer, text, name)
    if name in _FLOATS:
        return lambda text, *_: _number(parse_float, text, name)
    return None


def _number(read: Callable[[str], Any], text: str, name: str) -> Value:
    try:
        number = read(text)
    except InvalidNumber:
        number = None
    if number is None or number != number:
        raise FunctionError(f"failed parsing {name}")
    return number  # type: ignore[no-any-return]


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
