"""Dnstap frames: what a name server saw, in protobuf's wire format."""

from __future__ import annotations

import base64
import ipaddress
from typing import Any

from dtl.values.timestamp import NANOS, Timestamp
from dtl.values.value import I64_MAX, Value

from ._dns_message import InvalidMessage, read_name, read_query, read_update
from ._dns_names import FAMILIES, MESSAGE_TYPES, PROTOCOLS
from ._dnstap_wire import InvalidFrame, enumeration_at, number_at, read_fields

__all__ = ["InvalidFrame", "read_frame"]

_UPDATES = (13, 14)


def read_frame(data: bytes, lowercase: bool) -> dict[str, Value]:
    """Return a frame as an object; what cannot be read in it is given as `error` and `rawData`.

    Raises:
        InvalidFrame: The bytes are not a frame at all.
    """
    frame = read_fields(data)
    found: dict[str, Value] = {}
    for number, name in ((1, "serverId"), (2, "serverVersion"), (3, "extraInfo")):
        if number in frame:
            found[name] = _text(frame[number])
    kind = enumeration_at(frame, 15)
    found["dataTypeId"] = kind
    if kind != 1:
        found["rawData"] = base64.b64encode(data).decode()
        return found
    found["dataType"] = "Message"
    message = frame.get(14)
    if isinstance(message, bytes):
        try:
            _Message(read_fields(message), lowercase, found).read()
        except InvalidMessage as reason:
            found |= {"error": str(reason), "rawData": base64.b64encode(data).decode()}
    return found


class _Message:
    """Reads a message into an object, part by part, so that what comes before a bad part is kept."""

    def __init__(self, fields: dict[int, Any], lowercase: bool, found: dict[str, Value]) -> None:
        self._fields = fields
        self._lowercase = lowercase
        self._found = found
        self._kind = enumeration_at(fields, 1)

    def read(self) -> None:
        if 2 in self._fields:
            self._read_socket(enumeration_at(self._fields, 2))
        if 11 in self._fields:
            self._found["queryZone"] = read_name(self._fields[11])
        self._found["messageTypeId"] = self._kind
        self._found["messageType"] = MESSAGE_TYPES.get(self._kind, f"Unknown dnstap message type: {self._kind}")
        self._read_time(8, 9, 10, is_request=True)
        self._read_time(12, 13, 14, is_request=False)
        if self._kind not in MESSAGE_TYPES:
            raise InvalidMessage(f"Unsupported DNSTap message type: {self._kind}")
        self._read_content(10, "request")
        self._read_content(14, "response")

    def _read_socket(self, family: int) -> None:
        if family not in FAMILIES:
            raise InvalidMessage(f"Unknown socket family: {family}")
        self._found["socketFamily"] = FAMILIES[family]
        if 3 in self._fields:
            protocol = enumeration_at(self._fields, 3)
            if protocol not in PROTOCOLS:
                raise InvalidMessage(f"Unknown socket protocol: {protocol}")
            self._found["socketProtocol"] = PROTOCOLS[protocol]
        size = 4 if family == 1 else 16
        for number, name, what in ((4, "sourceAddress", "query_address"), (5, "responseAddress", "response_address")):
            if number in self._fields:
                address = self._fields[number][:size]
                if len(address) < size:
                    raise InvalidMessage(f"Cannot parse {what}")
                self._found[name] = str(ipaddress.ip_address(address))
        for number, name in ((6, "sourcePort"), (7, "responsePort")):
            if number in self._fields:
                self._found[name] = number_at(self._fields, number) % 2**32

    def _read_time(self, seconds_at: int, nanos_at: int, message_at: int, is_request: bool) -> None:
        if seconds_at not in self._fields:
            return
        seconds, nanos = number_at(self._fields, seconds_at), number_at(self._fields, nanos_at)
        total = seconds * NANOS + nanos
        if total > I64_MAX:
            raise InvalidMessage("Cannot parse timestamp")
        if self._kind in MESSAGE_TYPES and bool(self._kind % 2) == is_request:
            self._found |= {"time": total, "timePrecision": "ns", "timestamp": Timestamp(seconds, nanos)}
        if message_at not in self._fields:
            self._add("requestData", {"time": total, "timePrecision": "ns"})

    def _read_content(self, number: int, what: str) -> None:
        data = self._fields.get(number)
        if data is None:
            return
        self._found[f"{what}MessageSize"] = len(data)
        read = read_update if self._kind in _UPDATES else read_query
        try:
            self._add(f"{what}Data", read(data, self._lowercase))
        except InvalidMessage:
            self._add(f"{what}Data", {"rawData": base64.b64encode(data).decode()})
            raise

    def _add(self, name: str, parts: dict[str, Value]) -> None:
        old = self._found.get(name)
        self._found[name] = {**old, **parts} if isinstance(old, dict) else parts


def _text(data: Any) -> str:
    try:
        return str(data, "utf-8")
    except (UnicodeDecodeError, TypeError):
        return ""
