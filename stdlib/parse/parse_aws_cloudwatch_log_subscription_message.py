"""The `parse_aws_cloudwatch_log_subscription_message` function."""

from __future__ import annotations

from typing import TypedDict

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, String, Timestamp
from dtl.values.text import replaced

from ._cloudwatch import read_message
from ._json_outline import InvalidOutline


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
        message = read_message(replaced(value))
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
