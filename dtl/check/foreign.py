"""What other languages call the functions and values of dtl, for who writes their names by habit."""

from __future__ import annotations

from dtl.functions.registry import distance, near_misses

#: Functions: the name of another language, and the name here.
FUNCTIONS = {
    "contains_key": "has",
    "delete": "del",
    "empty": "is_empty",
    "endswith": "ends_with",
    "env": "get_env_var",
    "fromjson": "parse_json",
    "gsub": "replace",
    "has_key": "has",
    "indexof": "find",
    "is_none": "is_null",
    "isnull": "is_null",
    "json_decode": "parse_json",
    "json_encode": "encode_json",
    "json_parse": "parse_json",
    "json_stringify": "encode_json",
    "len": "length",
    "lower": "downcase",
    "number": "to_float",
    "print": "log",
    "println": "log",
    "puts": "log",
    "regex_match": "match",
    "split_by": "split",
    "startswith": "starts_with",
    "str": "to_string",
    "strftime": "format_timestamp",
    "stringify": "encode_json",
    "strptime": "parse_timestamp",
    "substr": "slice",
    "substring": "slice",
    "tojson": "encode_json",
    "tolower": "downcase",
    "tonumber": "to_float",
    "tostring": "to_string",
    "toupper": "upcase",
    "upper": "upcase",
    "uuid": "uuid_v4",
}
#: Values, likewise.
VALUES = {
    "None": "null",
    "nil": "null",
    "NULL": "null",
    "Null": "null",
    "True": "true",
    "TRUE": "true",
    "yes": "true",
    "False": "false",
    "FALSE": "false",
    "no": "false",
    "self": ".",
    "event": ".",
    "record": ".",
}


def function_meant(name: str, known: list[str]) -> str | None:
    """Return the function that a name stands for, if there is one that it surely does."""
    meant = FUNCTIONS.get(name.lower().replace("__", "_"))
    return meant if meant in known else _near(name, known)


def value_meant(name: str, known: list[str]) -> str | None:
    """Return the variable or value that a name stands for, if there is one that it surely does."""
    return VALUES.get(name) or _near(name, known)


def _near(name: str, known: list[str]) -> str | None:
    """Return the nearest name; nothing where so much is different that it would be a guess."""
    near = next(iter(near_misses(name, known)), None)
    return near if near is not None and distance(name, near) <= max(len(name) // 3, len(name) > 2) else None
