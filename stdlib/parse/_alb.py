"""The entries of an AWS load balancer's access log, field by field in order."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Any, NamedTuple

from dtl.values.debug import debug_text
from dtl.values.number import InvalidNumber, parse_float, parse_integer
from dtl.values.value import Value


class InvalidEntry(ValueError):
    """A text is no entry; `str()` tells which field is missing or wrong."""


class Form(Enum):
    """How a field is written: letters of a set (first in the entry or not), a number, a word, quoted, or a list."""

    FIRST = auto()
    LETTERS = auto()
    FLOAT = auto()
    INTEGER = auto()
    WORD = auto()
    QUOTED = auto()
    LIST = auto()


class _Field(NamedTuple):
    name: str
    form: Form
    letters: str = ""


_ADDRESS = "0-9a-f.:-"
_TIME = "0-9.:TZ-"
_FIELDS = (
    _Field("type", Form.FIRST, "a-z0-9"),
    _Field("timestamp", Form.LETTERS, _TIME),
    _Field("elb", Form.WORD),
    _Field("client_host", Form.LETTERS, _ADDRESS),
    _Field("target_host", Form.LETTERS, _ADDRESS),
    _Field("request_processing_time", Form.FLOAT, "0-9.-"),
    _Field("target_processing_time", Form.FLOAT, "0-9.-"),
    _Field("response_processing_time", Form.FLOAT, "0-9.-"),
    _Field("elb_status_code", Form.LETTERS, "0-9-"),
    _Field("target_status_code", Form.LETTERS, "0-9-"),
    _Field("received_bytes", Form.INTEGER, "0-9-"),
    _Field("sent_bytes", Form.INTEGER, "0-9-"),
    _Field("request", Form.QUOTED),
    _Field("user_agent", Form.QUOTED),
    _Field("ssl_cipher", Form.WORD),
    _Field("ssl_protocol", Form.WORD),
    _Field("target_group_arn", Form.WORD),
    _Field("trace_id", Form.QUOTED),
    _Field("domain_name", Form.QUOTED),
    _Field("chosen_cert_arn", Form.QUOTED),
    _Field("matched_rule_priority", Form.LETTERS, "0-9-"),
    _Field("request_creation_time", Form.LETTERS, _TIME),
    _Field("actions_executed", Form.QUOTED),
    _Field("redirect_url", Form.QUOTED),
    _Field("error_reason", Form.QUOTED),
    _Field("target_port_list", Form.LIST, _ADDRESS),
    _Field("target_status_code_list", Form.LIST, "0-9"),
    _Field("classification", Form.QUOTED),
    _Field("classification_reason", Form.QUOTED),
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_TRACE = re.compile(" (TID_[^ ]*+)")


def _pattern(field: _Field) -> re.Pattern[str]:
    match field.form:
        case Form.FIRST:
            return re.compile(f"([{field.letters}]++)")
        case Form.WORD:
            return re.compile(" ([^ ]++)")
        case Form.QUOTED:
            return re.compile(r' "((?:[^"\\]++|\\.)*+)"', re.DOTALL)
        case Form.LIST:
            return re.compile(f' "-"| "([{field.letters}]++)"| ([{field.letters}]++)')
    return re.compile(f" ([{field.letters}]++)")


_PATTERNS = [(field, _pattern(field).match) for field in _FIELDS]


def read_entry(text: str, strict: bool) -> dict[str, Value]:
    """Return the fields of an entry; `-` is null.

    Args:
        text: The entry.
        strict: Nothing may stand behind the last field.

    Raises:
        InvalidEntry: A field is missing or has another form, or something is left.
    """
    found: dict[str, Value] = {}
    at = 0
    for field, match_at in _PATTERNS:
        match = match_at(text, at)
        if match is None:
            raise InvalidEntry(_why(field, text, at))
        found[field.name] = _value(field, match, text, at)
        at = match.end()
        if field.name == "request":
            del found["request"]
            found |= _request(_ESCAPE.sub(r"\1", match[1]))
    trace = _TRACE.match(text, at)
    found["traceability_id"] = trace[1] if trace else None
    at = trace.end() if trace else at
    if strict and at < len(text):
        raise InvalidEntry(f'Log should be fully consumed: "{text[at:]}"')
    return found


def _value(field: _Field, match: re.Match[str], text: str, at: int) -> Value:
    if field.form is Form.LIST:
        return [item for item in match.groups() if item is not None]
    word: str = match[1]
    if field.form is Form.FLOAT or field.form is Form.INTEGER:
        read: Any = parse_float if field.form is Form.FLOAT else parse_integer
        try:
            return read(word)  # type: ignore[no-any-return]
        except InvalidNumber:
            raise InvalidEntry(_failure(field, text[at:], "MapRes")) from None
    if field.form is Form.QUOTED and "\\" in word:
        word = _ESCAPE.sub(r"\1", word)
    return None if word == "-" else word


def _request(text: str) -> dict[str, Value]:
    """Return the parts of a request: the method up to the first space, the protocol from the last one on."""
    method, _, rest = text.partition(" ")
    url, space, protocol = rest.rpartition(" ")
    if not space:
        raise InvalidEntry("failed to get field `request_url`")
    return {
        "request_method": None if method == "-" else method,
        "request_url": url,
        "request_protocol": None if protocol == "-" else protocol,
    }


def _why(field: _Field, text: str, at: int) -> str:
    """Tell why a field does not begin at an offset."""
    rest = text[at:]
    match field.form:
        case Form.FIRST:
            return _failure(field, rest, "TakeWhile1")
        case Form.LIST:
            return f"failed to get field `{field.name}`: Parsing Error: ()"
        case Form.QUOTED if rest.startswith(' "'):
            return f"failed to get field `{field.name}`: Parsing requires more data"
        case Form.QUOTED:
            return _failure(field, rest, "Tag")
    if not rest.startswith(" "):
        return _failure(field, rest, "Char")
    return _failure(field, rest[1:], "TakeWhile1")


def _failure(field: _Field, rest: str, rule: str) -> str:
    return f"failed to get field `{field.name}`: Parsing Error: ({debug_text(rest)}, {rule})"
