"""The messages that AWS CloudWatch Logs sends to subscribers."""

from __future__ import annotations

from typing import Any

import orjson

from dtl.values.calendar import MAX_YEAR, MIN_YEAR, days_from_civil
from dtl.values.instant import Timestamp

from ._json_outline import fail, skip_space
from ._json_scalar import end_of_scalar, read_string, refuse, scalar
from ._json_struct import Read, list_of, read_whole, start_of, struct_of

_TYPES = ("CONTROL_MESSAGE", "DATA_MESSAGE")
_FIRST = days_from_civil(MIN_YEAR, 1, 1) * 86_400_000
_END = days_from_civil(MAX_YEAR + 1, 1, 1) * 86_400_000


def _read_type(data: bytes, at: int) -> tuple[str, int]:
    """Read the type: a string, or an object whose key it is and whose value is null."""
    if data[at] != 0x7B:
        return _read_name_of_type(data, at, "expected value")
    at = skip_space(data, at + 1)
    if at >= len(data):
        fail(data, at, "EOF while parsing an object")
    kind, at = _read_name_of_type(data, at, "expected value" if data[at] == 0x7D else "key must be a string")
    at = skip_space(data, at)
    if not data.startswith(b":", at):
        fail(data, min(at + 1, len(data)), "EOF while parsing an object" if at >= len(data) else "expected `:`")
    at = start_of(data, at + 1)
    end = end_of_scalar(data, at) if data[at] not in b"[{" else at
    if data[at:end] != b"null":
        refuse(data, at, "unit")
    at = skip_space(data, end)
    if not data.startswith(b"}", at):
        fail(data, at, "EOF while parsing an object" if at >= len(data) else "expected value")
    return kind, at + 1


def _read_name_of_type(data: bytes, at: int, otherwise: str) -> tuple[str, int]:
    if data[at] != 0x22:
        fail(data, at + 1, otherwise)
    kind, at = read_string(data, at)
    if kind not in _TYPES:
        fail(data, at, f"unknown variant `{kind}`, expected `CONTROL_MESSAGE` or `DATA_MESSAGE`")
    return kind, at


def _read_time(data: bytes, at: int) -> tuple[Timestamp, int]:
    end = end_of_scalar(data, at) if data[at] not in b"[{" else at
    number = scalar(data, at, end) if end > at else None
    if type(number) is not int:
        refuse(data, at, "a unix timestamp in milliseconds")
    if not _FIRST <= number < _END:
        fail(data, end, f"value is not a legal timestamp: {number}")
    return Timestamp.from_nanos(number * 1_000_000), end


_EVENT: dict[str, Read] = {"id": read_string, "timestamp": _read_time, "message": read_string}
_MESSAGE: dict[str, Read] = {
    "owner": read_string,
    "messageType": _read_type,
    "logGroup": read_string,
    "logStream": read_string,
    "subscriptionFilters": list_of(read_string),
    "logEvents": list_of(struct_of("AwsCloudWatchLogEvent", _EVENT)),
}
_read_carefully = struct_of("AwsCloudWatchLogsSubscriptionMessage", _MESSAGE)


def read_message(text: str) -> dict[str, Any]:
    """Return the fields of a message.

    Raises:
        InvalidOutline: The text is none.
    """
    return _read_usual(text) or read_whole(text.encode(), _read_carefully)


def _read_usual(text: str) -> dict[str, Any] | None:
    """Read a message of the usual form, in which each name stands once; None leaves a text to the careful reader."""
    try:
        message = orjson.loads(text)
    except ValueError:
        return None
    if type(message) is not dict or not _is_usual(message):
        return None
    events = message["logEvents"]
    once = all(text.count(f'"{name}"') == 1 for name in _MESSAGE)
    if not once or any(text.count(f'"{name}"') != len(events) for name in _EVENT):
        return None
    for event in events:
        event["timestamp"] = Timestamp.from_nanos(event["timestamp"] * 1_000_000)
    return message


def _is_usual(message: dict[str, Any]) -> bool:
    if message.keys() != _MESSAGE.keys() or message["messageType"] not in _TYPES:
        return False
    events, filters = message["logEvents"], message["subscriptionFilters"]
    texts = (message["owner"], message["logGroup"], message["logStream"])
    return (
        type(events) is type(filters) is list
        and all(type(text) is str for text in (*texts, *filters))
        and all(type(event) is dict and _is_usual_event(event) for event in events)
    )


def _is_usual_event(event: dict[str, Any]) -> bool:
    if event.keys() != _EVENT.keys() or type(event["id"]) is not str or type(event["message"]) is not str:
        return False
    time = event["timestamp"]
    return type(time) is int and _FIRST <= time < _END
