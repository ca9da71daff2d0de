"""The `parse_klog` function."""

from __future__ import annotations

from dtl.functions import Context, function
from dtl.types.annotations import Fallible, String
from dtl.values.text import replaced

from ._klog import LogLine, line_reader

_read = line_reader("klog", digits=4)


@function
def parse_klog(value: String, *, context: Context) -> Fallible[LogLine]:
    """Read a log line of Kubernetes, as its library klog writes it.

    Its time is taken as UTC and of this year, or of the last one if it is in December and now is January.

    Args:
        value: The line.

    Raises:
        `value` is not such a line.
        Its level is none of `I`, `W`, `E` and `F`.
        Its time, a number of a process or of a line is out of range.

    Examples:
        A line:
            >>> parsed = parse_klog!("W0508 06:07:08.000900 71 lamps.go:12] lamp is out")
            ... [parsed.level, parsed.id, parsed.file, parsed.line, parsed.message]
            ["warning", 71, "lamps.go", 12, "lamp is out"]

        Another line:
            >>> parse_klog!("lamp is out")
            error: failed parsing klog message

        Another level:
            >>> parse_klog!("D0508 06:07:08.000900 71 lamps.go:12] lamp is out")
            error: unrecognized log level "D"

        Another month:
            >>> parse_klog!("I1308 06:07:08.000900 71 lamps.go:12] lamp is out")
            error: failed parsing timestamp 1308 06:07:08.000900: input is out of range
    """

    def year_before(time: str) -> str:
        year, month, *_ = context.now().civil()
        return str(year - 1 if month == 1 and time.startswith("12") else year)

    return _read(replaced(value), year_before)  # type: ignore[return-value]
