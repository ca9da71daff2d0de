"""The records in DNS messages: their types, classes and data."""

from __future__ import annotations

import base64
import struct
from typing import Any

from dtl.values.value import Value

from .._optional import missing
from ._dns_names import CLASSES, EXTENDED_ERRORS, OPTIONS

_EXTENDED_ERROR = 15


class InvalidMessage(ValueError):
    """Bytes are not a DNS message."""


def show_class(number: int) -> str:
    """Return the name of a class, or its number."""
    return CLASSES.get(number, str(number))


def show_type(number: int) -> str | None:
    """Return the name of a type of record, if it has one."""
    text = _dns().rdatatype.to_text(number)
    return None if text.startswith("TYPE") else str(text)


def read_content(message: bytes, start: int, size: int, kind: int, group: int, lowercase: bool) -> dict[str, Value]:
    """Return a record's data as text, or in base64 where its type is not known."""
    if not size:
        return {}
    if show_type(kind) is None:
        return {"rDataBytes": base64.b64encode(message[start : start + size]).decode()}
    module = _dns()
    try:
        data = module.rdata.from_wire(group, kind, message, start, size)
    except (module.exception.DNSException, ValueError, struct.error, IndexError) as reason:
        raise InvalidMessage(str(reason)) from None
    text = str(data.to_text())
    return {"rData": text.lower() if lowercase and module.rdatatype.to_text(kind) in _HOST_TYPES else text}


# The types whose data is a host name and nothing else.
_HOST_TYPES = frozenset({"CNAME", "NS", "PTR", "DNAME", "MB", "MD", "MF", "MG", "MR"})


def read_extensions(data: bytes) -> dict[str, Value]:
    """Return the options and extended errors of the pseudo-record of extensions."""
    options: list[Value] = []
    errors: list[Value] = []
    at = 0
    while at + 4 <= len(data):
        code, size = struct.unpack_from(">2H", data, at)
        content = data[at + 4 : at + 4 + size]
        at += 4 + size
        if code == _EXTENDED_ERROR and len(content) >= 2:
            errors.append(_extended_error(int.from_bytes(content[:2], "big"), content[2:]))
        else:
            name = OPTIONS.get(code, f"Unknown({code})")
            options.append({"optCode": code, "optName": name, "optValue": base64.b64encode(content).decode()})
    return {name: found for name, found in (("options", options), ("ede", errors)) if found}


def _extended_error(code: int, text: bytes) -> Value:
    error: dict[str, Value] = {"infoCode": code}
    if code < len(EXTENDED_ERRORS):
        error["purpose"] = EXTENDED_ERRORS[code]
    if text:
        error["extraText"] = text.decode("utf-8", "replace")
    return error


def _dns() -> Any:
    # Lazy, as few programs read DNS messages.
    try:
        import dns
        import dns.exception
        import dns.rdata
        import dns.rdatatype
    except ImportError:
        raise missing("parse_dnstap", "dnspython", "dns") from None
    return dns
