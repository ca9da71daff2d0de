"""The `parse_glog` function."""

from __future__ import annotations

from dtl.functions import function
from dtl.types.annotations import Fallible, String
from dtl.values.text import replaced

from ._klog import LogLine, line_reader

_read = line_reader("glog", digits=8)


@function
def parse_glog(value: String) -> Fallible[LogLine]:
    """Read a log line of Google's library glog.

    Its time is taken as UTC.

    Args:
        value: The line.

    Raises:
        `value` is not such a line.
        Its level is none of `I`, `W`, `E` and `F`.
        Its time, a number of a process or of a line is out of range.

    Examples:
        A line:
            >>> parse_glog!("E20210508 06:07:08.000900 71 lamps.cc:12] lamp is out")
            {"file": "lamps.cc", "id": 71, "level": "error", "line": 12, "message": "lamp is out",
            "timestamp": t'2021-05-08T06:07:08.000900Z'}

        Another line:
            >>> parse_glog!("lamp is out")
            error: failed parsing glog message

        Another level:
            >>> parse_glog!("D20210508 06:07:08.000900 71 lamps.cc:12] lamp is out")
            error: unrecognized log level "D"

        Another month:
            >>> parse_glog!("I20211308 06:07:08.000900 71 lamps.cc:12] lamp is out")
            error: failed parsing timestamp 20211308 06:07:08.000900: input is out of range
    """
    return _read(replaced(value), lambda _: "")  # type: ignore[return-value]
