"""InfluxDB's line protocol: `measurement,tag=value field=1 1590488773254420000`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dtl.functions import FunctionError
from dtl.values.timestamp import Timestamp
from dtl.values.value import I64_MAX, I64_MIN, U64_MAX

from ._influxdb_split import split_lines

# A tab stands in a name only behind a backslash, which stays.
_MEASUREMENT = re.compile(r"(?:[^\\, \t\0]|\\[\\, \t\0]|\\)+")
_KEY = re.compile(r"(?:[^\\= \t]|\\[\\,= \t]|\\)+")
_TAG = re.compile(r"(?:[^\\, \t]|\\[\\, \t]|\\)+")
_SPACES = re.compile(r" +")
_INTEGER = re.compile(r"(-?[0-9]+)i", re.ASCII)
_UNSIGNED = re.compile(r"([0-9]+)u", re.ASCII)
_FLOAT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", re.ASCII)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BOOLEAN = re.compile(r"(true|True|TRUE|t|T)|false|False|FALSE|f|F")
_TIMESTAMP = re.compile(r" +(-?[0-9]+) *", re.ASCII)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a measurement with its tags, fields (text where a field is a string) and time."""

    measurement: str
    tags: dict[str, str] | None
    fields: list[tuple[str, float | str]]
    timestamp: Timestamp | None


def _malformed(reason: str) -> FunctionError:
    return FunctionError(f"InfluxDB line protocol parsing error: {reason}")


def read_lines(text: str) -> Iterator[Line]:
    """Read the lines that are neither empty nor a comment.

    Raises:
        FunctionError: A line is malformed.
    """
    for line in split_lines(text):
        line = line.lstrip(" \t")
        if line and not line.startswith("#"):
            yield _read_line(line)


def _read_line(line: str) -> Line:
    measurement, at = _read_name(_MEASUREMENT, line, 0, "\\, ")
    if not measurement:
        raise _malformed("Invalid measurement was provided")
    tags: dict[str, str] | None = None
    if line.startswith(",", at):
        tags, at = _read_tags(line, at + 1)
    spaces = _SPACES.match(line, at)
    if spaces is None:
        raise _malformed("A generic parsing error occurred: TakeWhile1")
    fields, at = _read_fields(line, spaces.end())
    if not fields:
        raise _malformed("No fields were provided")
    timestamp = None
    if found := _TIMESTAMP.match(line, at):
        nanos = _checked(found[1], "timestamp", I64_MIN, I64_MAX)
        timestamp, at = Timestamp.from_nanos(nanos), found.end()
    if at < len(line):
        raise _malformed(f"Could not parse entire line. Found trailing content: '{line[at:]}'")
    return Line(measurement, tags, fields, timestamp)


def _read_name(pattern: re.Pattern[str], line: str, at: int, escapable: str) -> tuple[str, int]:
    """Read a name, which may be empty, and resolve its escapes."""
    found = pattern.match(line, at)
    if found is None:
        return "", at
    name = found[0]
    if "\\" in name:
        name = re.sub(rf"\\([{re.escape(escapable)}])", r"\1", name)
        if name.endswith("\\"):
            raise _malformed("Measurements, tag keys and values, and field keys may not end with a backslash")
    return name, found.end()


def _read_tags(line: str, at: int) -> tuple[dict[str, str], int]:
    tags: dict[str, str] = {}
    while True:
        key, end = _read_name(_KEY, line, at, "\\,= ")
        value = ""
        if key and line.startswith("=", end):
            value, end = _read_name(_TAG, line, end + 1, "\\,= ")
        if not value:
            if not tags:
                raise _malformed("Tag Set Malformed")
            return tags, at - 1
        tags[key] = value
        if not line.startswith(",", end):
            return tags, end
        at = end + 1


def _read_fields(line: str, at: int) -> tuple[list[tuple[str, float | str]], int]:
    fields: list[tuple[str, float | str]] = []
    while True:
        key, end = _read_name(_KEY, line, at, "\\,= ")
        value = None
        if key and line.startswith("=", end):
            value, end = _read_value(line, end + 1)
        if value is None:
            # The comma behind the first field is passed over though no field follows; later ones are not.
            return fields, at - (len(fields) > 1)
        fields.append((key, value))
        if not line.startswith(",", end):
            return fields, end
        at = end + 1


def _read_value(line: str, at: int) -> tuple[float | str | None, int]:
    if found := _INTEGER.match(line, at):
        return float(_checked(found[1], "integer", I64_MIN, I64_MAX)), found.end()
    if found := _UNSIGNED.match(line, at):
        return float(_checked(found[1], "unsigned integer", 0, U64_MAX)), found.end()
    if found := _FLOAT.match(line, at):
        return float(found[0]), found.end()
    if found := _STRING.match(line, at):
        return found[0], found.end()
    if found := _BOOLEAN.match(line, at):
        return float(found[1] is not None), found.end()
    return None, at


def _checked(digits: str, what: str, low: int, high: int) -> int:
    # Too many digits to be in range; int() would refuse thousands of them.
    number = int(digits) if len(digits.lstrip("-").lstrip("0")) <= 20 and len(digits) < 4_000 else high + 1
    if not low <= number <= high:
        raise _malformed(f"Unable to parse {what} value '{digits}'")
    return number
