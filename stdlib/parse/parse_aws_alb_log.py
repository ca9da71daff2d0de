"""The `parse_aws_alb_log` function."""

from __future__ import annotations

from typing import TypedDict

from dtl.functions import FunctionError, function
from dtl.types.annotations import Boolean, Fallible, Float, Integer, Null, String
from dtl.values.text import replaced

from ._alb import InvalidEntry, read_entry


class Entry(TypedDict):
    """The fields of an entry, as the reference declares them; the lists are in truth arrays."""

    actions_executed: String | Null
    chosen_cert_arn: String | Null
    classification: String | Null
    classification_reason: String | Null
    client_host: String
    domain_name: String | Null
    elb: String
    elb_status_code: String
    error_reason: String | Null
    matched_rule_priority: String | Null
    received_bytes: Integer
    redirect_url: String | Null
    request_creation_time: String
    request_method: String
    request_processing_time: Float
    request_protocol: String
    request_url: String
    response_processing_time: Float
    sent_bytes: Integer
    ssl_cipher: String | Null
    ssl_protocol: String | Null
    target_group_arn: String
    target_host: String | Null
    target_port_list: String | Null
    target_processing_time: Float
    target_status_code: String | Null
    target_status_code_list: String | Null
    timestamp: String
    trace_id: String
    traceability_id: String | Null
    type: String
    user_agent: String


@function
def parse_aws_alb_log(value: String, strict_mode: Boolean = True) -> Fallible[Entry]:
    """Read an entry of an AWS Elastic (application) load balancer's access log.

    A field for which the entry has `-` is null.

    Args:
        value: The entry.
        strict_mode: Refuse text behind the last field that is known.

    Raises:
        `value` lacks a field, or has another text where a field must be.
        `value` has more fields than are known, and `strict_mode` is not off.

    Examples:
        An entry:
            >>> entry = parse_aws_alb_log!(
            ...     s'h2 2021-05-08T06:07:08.9Z app/lamps/7 10.1.2.3:71 - 0.1 0.2 0.0 200 - 34 56 ' +
            ...     s'"GET http://lamps.example/ HTTP/2" "curl/8" - - arn:1 "Root=1" "-" "-" 0 ' +
            ...     s'2021-05-08T06:07:08.8Z "forward" "-" "-" "-" "-" "-" "-"'
            ... )
            ... [entry.type, entry.request_url, entry.sent_bytes, entry.target_host]
            ["h2", "http://lamps.example/", 56, null]

        Something else:
            >>> parse_aws_alb_log!("lamp")
            error: failed to get field `timestamp`: Parsing Error: ("", Char)

        Fields that are not known:
            >>> parse_aws_alb_log!(
            ...     s'h2 2021-05-08T06:07:08.9Z app/lamps/7 10.1.2.3:71 - 0.1 0.2 0.0 200 - 34 56 ' +
            ...     s'"GET http://lamps.example/ HTTP/2" "curl/8" - - arn:1 "Root=1" "-" "-" 0 ' +
            ...     s'2021-05-08T06:07:08.8Z "forward" "-" "-" "-" "-" "-" "-" on'
            ... )
            error: Log should be fully consumed: " on"
    """
    try:
        return read_entry(replaced(value), strict_mode)  # type: ignore[return-value]
    except InvalidEntry as reason:
        raise FunctionError(str(reason)) from None
