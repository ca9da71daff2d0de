"""The `parse_influxdb` function."""

from typing import Any

from dtl.functions import Arguments, FunctionError, function
from dtl.types.annotations import Array, Fallible, String
from dtl.types.type import FLOAT_TYPE, NULL_TYPE, STRING_TYPE, TIMESTAMP_TYPE, Type, array_of, map_of, object_of
from dtl.values.text import replaced

from ._influxdb import Line, read_lines

_METRIC = object_of(
    {
        "name": STRING_TYPE,
        "tags": map_of(STRING_TYPE) | NULL_TYPE,
        "timestamp": TIMESTAMP_TYPE | NULL_TYPE,
        "kind": STRING_TYPE,
        "gauge": object_of({"value": FLOAT_TYPE}),
    }
)


@function
def parse_influxdb(value: String) -> Fallible[Array]:
    """Parse lines of InfluxDB's line protocol into metrics.

    Each field of a line becomes a metric of the kind `gauge`, whose name is the measurement, an underscore and the
    field's key. Empty lines and comments are left out.

    Args:
        value: The lines.

    Raises:
        A line is malformed.
        A field is a string.

    Examples:
        Read a line:
            >>> parse_influxdb!("disk,host=a free=12i,full=false 1700000000000000000")
            [
                {
                    "gauge": { "value": 12.0 }, "kind": "absolute", "name": "disk_free", "tags": { "host": "a" },
                    "timestamp": t'2023-11-14T22:13:20Z'
                },
                {
                    "gauge": { "value": 0.0 }, "kind": "absolute", "name": "disk_full", "tags": { "host": "a" },
                    "timestamp": t'2023-11-14T22:13:20Z'
                }
            ]

        The fields are missing:
            >>> parse_influxdb!("disk,host=a")
            error: InfluxDB line protocol parsing error: A generic parsing error occurred: TakeWhile1

        A field is a string:
            >>> parse_influxdb!(s'disk state="full"')
            error: Error while converting InfluxDB line protocol metric to Vector's metric model: field set values of type string are not supported
    """  # noqa: E501
    return [metric for line in read_lines(replaced(value)) for metric in _metrics(line)]


@parse_influxdb.typed
def _(arguments: Arguments) -> Type:
    return array_of(_METRIC)


def _metrics(line: Line) -> list[dict[str, Any]]:
    common: dict[str, Any] = {"kind": "absolute"}
    if line.tags is not None:
        common["tags"] = line.tags
    if line.timestamp is not None:
        common["timestamp"] = line.timestamp
    if any(isinstance(value, str) for _, value in line.fields):
        raise FunctionError(
            "Error while converting InfluxDB line protocol metric to Vector's metric model: "
            "field set values of type string are not supported"
        )
    return [{"name": f"{line.measurement}_{key}", "gauge": {"value": value}, **common} for key, value in line.fields]
