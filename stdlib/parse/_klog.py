"""Lines of glog and klog, the loggers of Google's C++ libraries and of Kubernetes.

Their header comments give the form: a letter for the level, the date (with its year in glog only) and the time to the
microsecond, the thread, the file and the line, a bracket, and the message.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from dtl.functions import FunctionError
from dtl.types.annotations import Integer, String, Timestamp
from dtl.values.instant import InvalidTimestamp
from dtl.values.number import InvalidNumber, parse_integer
from dtl.values.strptime import compile_format
from dtl.values.value import Value

from ._line_format import text, whole_line

_FORM = "{level}{time} {id}·{file}:{line}]·{message}"
_LEVELS = {"I": "info", "W": "warning", "E": "error", "F": "fatal"}
_TIME = compile_format("%Y%m%d %H:%M:%S%.f")


class LogLine(TypedDict):
    """The fields of a line."""

    level: String
    timestamp: Timestamp
    id: Integer
    file: String
    line: Integer
    message: String


def line_reader(name: str, digits: int) -> Callable[[str, Callable[[str], str]], dict[str, Value]]:
    """Return the reader of a logger's lines.

    It takes a line and what gives the year that stands before a timestamp's text, and raises FunctionError.

    Args:
        name: The logger.
        digits: The digits of its dates.
    """
    fields = {
        "level": text(r"\w"),
        "time": text(rf"\d{{{digits}}}\s\d\d:\d\d:\d\d\.\d{{6}}"),
        "id": text(r"\d+"),
        "file": text(".+"),
        "line": text(r"\d+"),
        "message": text(".*?"),
    }
    captures = whole_line(_FORM, fields).captures

    def read(line: str, year_before: Callable[[str], str]) -> dict[str, Value]:
        groups = captures(line)
        if groups is None:
            raise FunctionError(f"failed parsing {name} message")
        _, letter, time, thread, file, number, message = groups
        assert letter is not None and time is not None and thread is not None and number is not None
        level = _LEVELS.get(letter)
        if level is None:
            raise FunctionError(f'unrecognized log level "{letter}"')
        try:
            timestamp = _TIME.parse(year_before(time) + time)
        except InvalidTimestamp as reason:
            raise FunctionError(f"failed parsing timestamp {time}: {reason}") from None
        return {
            "level": level,
            "timestamp": timestamp,
            "id": _integer(thread, "id"),
            "file": file,
            "line": _integer(number, "line"),
            "message": message,
        }

    return read


def _integer(digits: str, name: str) -> int:
    try:
        return parse_integer(digits)
    except InvalidNumber:
        raise FunctionError(f"failed parsing {name}") from None
