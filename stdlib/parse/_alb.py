"""The entries of an AWS load balancer's access log, field by field in order."""

from __future__ import annotations

import re
from typing import Any

from dtl.values.debug import debug_text
from dtl.values.number import InvalidNumber, parse_float, parse_integer
from dtl.values.value import Value

from ._alb_fields import FIELDS, Field, Form


class InvalidEntry(ValueError):
    """A text is no entry; `str()` tells which field is missing or wrong."""


_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_TRACE = re.compile(" (TID_[^ ]*+)")


def _pattern(field: Field) -> re.Pattern[str]:
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


_PATTERNS = [(field, _pattern(field).match) for field in FIELDS]


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


def _value(field: Field, match: re.Match[str], text: str, at: int) -> Value:
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


def _why(field: Field, text: str, at: int) -> str:
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


def _failure(field: Field, rest: str, rule: str) -> str:
    return f"failed to get field `{field.name}`: Parsing Error: ({debug_text(rest)}, {rule})"
