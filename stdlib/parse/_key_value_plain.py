"""Fields of a `key=value` line that hold nothing odd, for which a pattern is enough."""

from __future__ import annotations

import re
from collections.abc import Callable

# What the pattern of a plain field leaves to the scanner, besides the delimiters.
NOT_BARE = r"\s\"'\\\ud800-\udfff"


def has_plain_fields(key_value: str, field: str) -> bool:
    """Tell whether the delimiters allow a pattern for plain fields: those whose key and bare value hold nothing odd."""
    if len(key_value) != 1 or len(field) != 1 or key_value == field:
        return False
    return not re.match(f"[{NOT_BARE}]", key_value) and (field == " " or not re.match(f"[{NOT_BARE}]", field))


def plain_field(key_value: str, field: str, standalone: bool) -> Callable[[str, int], re.Match[str] | None] | None:
    """Return what matches a plain field, which can be read no differently: its key, bare value and quoted value."""
    if not has_plain_fields(key_value, field):
        return None
    mark, end = re.escape(key_value), re.escape(field)
    follower = "(?= |\\Z)" if field == " " else rf"(?= *+{end}|\Z)"
    value = rf"""{mark}(?:([^{NOT_BARE}{end}]++)|"((?:[^"\\]++|\\.)*+)"){follower}"""
    lone = rf"(?= ++[^\s{mark}]|\Z)" if standalone and field == " " else "(?!)"
    return re.compile(rf"[ \t]*+([^{NOT_BARE}{mark}{end}]++)(?:{value}|{lone})", re.DOTALL).match
