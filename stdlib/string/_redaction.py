"""What `redact` looks for and what it puts in its place."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any, NoReturn

from dtl.functions import InvalidArgument
from dtl.values.regex import Regex
from dtl.values.text import replaced, to_bytes

from ..cryptography._hashes import SHA2, SHA3

#: Finds what is to be hidden: a pattern, or a text taken as it is.
Filter = Regex | str
#: Makes the replacement of what was found.
Redactor = Callable[[str], str]

# US social security numbers: area, group, serial number; no part is all zeros, no area is 666 or above 899.
_SOCIAL_SECURITY_NUMBER = (
    r"(?:00[1-9]|0[1-9]\d|[1-578]\d{2}|6[0-57-9]\d|66[0-57-9])-"
    r"(?:0[1-9]|[1-9]\d)-"
    r"(?:000[1-9]|00[1-9]0|0[1-9]00|[1-9]000|[1-9]{4})"
).replace(r"\d", "[0-9]")


class InvalidPart(InvalidArgument):
    """A part of an argument is refused; `received` is that part."""

    def __init__(self, message: str, received: Any) -> None:
        super().__init__(message)
        self.received = received


def read_filters(filters: list[Any]) -> tuple[Filter, ...]:
    """Turn the `filters` argument into filters."""
    found: list[Filter] = []
    for item in filters:
        found.extend(_read_filter(item))
    return tuple(found)


def _read_filter(item: Any) -> list[Filter]:
    if isinstance(item, Regex):
        return [item]
    if isinstance(item, dict):
        if "type" not in item:
            raise InvalidPart("filters specified as objects must have type parameter", item)
        kind = item["type"]
        if not isinstance(kind, str):
            raise InvalidPart("type key in filters must be a string", item)
    elif isinstance(item, str):
        kind = item
    else:
        raise InvalidPart("unknown literal for filter, must be a regex, filter name, or object", item)
    if kind == "us_social_security_number":
        return [Regex(_SOCIAL_SECURITY_NUMBER)]
    if kind != "pattern":
        raise InvalidPart("unknown filter name", item)
    if not isinstance(item, dict):
        raise InvalidPart("unknown filter name", item)
    if "patterns" not in item:
        raise InvalidPart("pattern filter must have `patterns` specified", item)
    patterns = item["patterns"]
    if not isinstance(patterns, list):
        raise InvalidPart("`patterns` must be array of regular expression literals", item)
    for pattern in patterns:
        if not isinstance(pattern, (Regex, str)):
            raise InvalidPart("`patterns` must be regular expressions", item)
    return [replaced(pattern) if isinstance(pattern, str) else pattern for pattern in patterns]


def read_redactor(given: Any) -> Redactor:
    """Turn the `redactor` argument into a redactor."""
    if isinstance(given, str):
        if given in ("full", "sha2", "sha3"):
            return _redactor(given, {}, given)
        raise InvalidPart("unknown name of redactor", given)
    if "type" not in given:
        raise InvalidPart("redactor specified as objects must have type\n        parameter", given)
    kind = given["type"]
    if not isinstance(kind, str):
        raise InvalidPart("type key in redactor must be a string", given)
    return _redactor(kind, given, given)


def _redactor(kind: str, options: dict[str, Any], given: Any) -> Redactor:
    def refuse(message: str) -> NoReturn:
        raise InvalidPart(message, given)

    if kind == "full":
        return full
    if kind == "text":
        if "replacement" not in options:
            refuse("text redactor must have `replacement` specified")
        text = options["replacement"]
        if not isinstance(text, str):
            refuse("`replacement` must be a string")
        return lambda found: replaced(text)
    if kind not in ("sha2", "sha3"):
        refuse("unknown `type` for `redactor`")
    variants, usual = (SHA2, "SHA-512/256") if kind == "sha2" else (SHA3, "SHA3-512")
    variant = options.get("variant", usual)
    if not isinstance(variant, str):
        refuse("`variant` must be a string")
    if variant not in variants:
        refuse(f"invalid {kind} variant")
    encoding = options.get("encoding", "base64")
    if not isinstance(encoding, str):
        refuse("encoding must be string")
    if encoding not in ("base64", "base16"):
        refuse("unexpected encoding")
    algorithm = variants[variant]

    def hashed(found: str) -> str:
        digest = hashlib.new(algorithm, to_bytes(found))
        if encoding == "base16":
            return digest.hexdigest()
        return base64.b64encode(digest.digest()).decode("ascii")

    return hashed


def full(found: str) -> str:
    """Hide everything."""
    return "[REDACTED]"
