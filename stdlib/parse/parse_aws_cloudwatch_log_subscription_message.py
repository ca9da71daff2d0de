"""The `parse_aws_cloudwatch_log_subscription_message` function."""

from __future__ import annotations

from typing import TypedDict

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, String, Timestamp
from dtl.values.calendar import MAX_YEAR, MIN_YEAR, days_from_civil
from dtl.values.instant import Timestamp as Instant
from dtl.values.text import replaced

from ._json_outline import InvalidOutline, fail, skip_value
from ._json_scalar import read_string, refuse, scalar
from ._json_struct import list_of, read_whole, struct_of

_FIRST = days_from_civil(MIN_YEAR, 1, 1) * 86_400_000
_END = days_from_civil(MAX_YEAR + 1, 1, 1) * 86_400_000


def _read_type(data: bytes, at: int) -> tuple[str, int]:
    if data[at] != 0x22:
        fail(data, at + 1, "expected value")
    kind, at = read_string(data, at)
    if kind not in ("CONTROL_MESSAGE", "DATA_MESSAGE"):
        fail(data, at, f"unknown variant `{kind}`, expected `CONTROL_MESSAGE` or `DATA_MESSAGE`")
    return kind, at


def _read_time(data: bytes, at: int) -> tuple[Instant, int]:
    end = skip_value(data, at) if data[at] not in b"[{" else at
    number = scalar(data, at, end) if end > at else None
    if type(number) is not int:
        refuse(data, at, "a unix timestamp in milliseconds")
    if not _FIRST <= number < _END:
        fail(data, end, f"value is not a legal timestamp: {number}")
    return Instant.from_nanos(number * 1_000_000), end


_read_event = struct_of("AwsCloudWatchLogEvent", {"id": read_string, "timestamp": _read_time, "message": read_string})
_read_message = struct_of(
    "AwsCloudWatchLogsSubscriptionMessage",
    {
        "owner": read_string,
        "messageType": _read_type,
        "logGroup": read_string,
        "logStream": read_string,
        "subscriptionFilters": list_of(read_string),
        "logEvents": list_of(_read_event),
    },
)


class Event(TypedDict):
    """A log event."""

    id: String
    timestamp: Timestamp
    message: String


class Message(TypedDict):
    """A message."""

    owner: String
    message_type: String
    log_group: String
    log_stream: String
    subscription_filters: list[String]
    log_events: list[Event]


@function
def parse_aws_cloudwatch_log_subscription_message(value: String) -> Fallible[Message]:
    """Read a message that AWS CloudWatch Logs sends to a subscriber.

    Args:
        value: The message as JSON, already unpacked.

    Raises:
        `value` is not JSON, or not such a message.

    Examples:
        A message of one event:
            >>> parse_aws_cloudwatch_log_subscription_message!(
            ...     s'{"messageType": "DATA_MESSAGE", "owner": "71", "logGroup": "attic", "logStream": "lamps",' +
            ...     s'"subscriptionFilters": ["all"],' +
            ...     s'"logEvents": [{"id": "5", "timestamp": 1620446828000, "message": "lamp is out"}]}'
            ... )
            {"log_events": [{"id": "5", "message": "lamp is out", "timestamp": t'2021-05-08T04:07:08Z'}],
            "log_group": "attic", "log_stream": "lamps", "message_type": "DATA_MESSAGE", "owner": "71",
            "subscription_filters": ["all"]}

        Something else:
            >>> parse_aws_cloudwatch_log_subscription_message!("lamp")
            error: unable to parse: expected value at line 1 column 1
    """
    try:
        message = read_whole(replaced(value).encode(), _read_message)
    except InvalidOutline as reason:
        raise FunctionError(f"unable to parse: {reason}") from None
    return {
        "owner": message["owner"],
        "message_type": message["messageType"],
        "log_group": message["logGroup"],
        "log_stream": message["logStream"],
        "subscription_filters": message["subscriptionFilters"],
        "log_events": message["logEvents"],
    }
