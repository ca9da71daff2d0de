"""The `parse_aws_vpc_flow_log` function."""

from __future__ import annotations

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Maybe, String
from dtl.values.number import InvalidNumber, parse_integer
from dtl.values.text import replaced
from dtl.values.value import Value

from ._vpc_flow import DEFAULT_FORMAT, INTEGERS, TEXTS, FlowLog


@function
def parse_aws_vpc_flow_log(value: String, format: Maybe[String] = None) -> Fallible[FlowLog]:
    """Read a record of an AWS VPC flow log.

    A field for which the record has `-` is null.

    Args:
        value: The record: values with one space between two.
        format: The names of the fields, likewise; those of version 2 of the log unless given.

    Raises:
        `format` has a name that is not known, or one twice.
        `value` has more or fewer values than there are names.
        `value` has something else where a number must be.

    Examples:
        Some fields:
            >>> parse_aws_vpc_flow_log!("10.1.2.3 443 ACCEPT -", format: "srcaddr srcport action vpc_id")
            {"action": "ACCEPT", "srcaddr": "10.1.2.3", "srcport": 443, "vpc_id": null}

        An unknown name:
            >>> parse_aws_vpc_flow_log!("10.1.2.3", format: "lamp")
            error: unknown key: `lamp`

        A value too many:
            >>> parse_aws_vpc_flow_log!("ACCEPT OK", format: "action")
            error: no key for value: `OK`

        No number:
            >>> parse_aws_vpc_flow_log!("many", format: "packets")
            error: failed to parse value as i64 (key: `packets`): `many`
    """
    names = (DEFAULT_FORMAT if format is None else replaced(format)).split(" ")
    texts = replaced(value).split(" ")
    fields: dict[str, Value] = {}
    for name, text in zip(names, texts, strict=False):
        read = _read(name, text)
        if name in fields:
            raise FunctionError(f"value already exists for key: `{name}`")
        fields[name] = read
    if len(names) > len(texts):
        raise FunctionError(f"no item for key: `{names[len(texts)]}`")
    if len(texts) > len(names):
        raise FunctionError(f"no key for value: `{texts[len(names)]}`")
    return fields  # type: ignore[return-value]


def _read(name: str, text: str) -> Value:
    if name in INTEGERS:
        if text == "-":
            return None
        try:
            return parse_integer(text)
        except InvalidNumber:
            raise FunctionError(f"failed to parse value as i64 (key: `{name}`): `{text}`") from None
    if name not in TEXTS:
        raise FunctionError(f"unknown key: `{name}`")
    return None if text == "-" else text
