"""Lines of `key=value` fields: the grammar that `parse_key_value` and `parse_logfmt` share.

A line is read once from left to right. What does not fit a quoted or delimited form is taken as it stands, so little
is refused: an empty key, a field that has no value though it must, and text behind the last field.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from dtl.values.text import replaced
from dtl.values.value import Value

from ._key_value_plain import NOT_BARE, has_plain_fields
from ._key_value_scan import Line

LineParser = Callable[[str], dict[str, Value]]

_QUOTED = r'"[^"\\\ud800-\udfff]*+"'


@lru_cache(maxsize=256)
def line_parser(key_value: str, field: str, strict: bool, standalone: bool) -> LineParser:
    """Return the parser of lines with these delimiters.

    Most lines have nothing but keys with a value that is bare or in double quotes. Patterns find that out, and read
    them, several times faster than the scanner does.

    Args:
        key_value: What stands between a key and its value.
        field: What stands between two fields.
        strict: No white space may stand around `key_value`.
        standalone: A key may stand without a value; it is then `true`.
    """
    scan = Line(key_value, field, strict, standalone).parse
    if not has_plain_fields(key_value, field):
        return lambda text: collect(scan(replaced(text)))
    mark, end = re.escape(key_value), re.escape(field)
    bare = f"([^{NOT_BARE}{mark}{end}]++){mark}([^{NOT_BARE}{end}]++)"
    pair = bare[:-1] + f"|{_QUOTED}{'' if field == ' ' else '|'})(?=[{end} ]|\\Z)"
    is_bare = re.compile(rf"{bare}(?:{end}{bare})*+\Z").match
    is_plain = re.compile(rf"{pair}(?:{end} *+{pair})*+\Z").match
    pairs_of = re.compile(pair).findall

    def parse(text: str) -> dict[str, Value]:
        if '"' not in text:
            if is_bare(text) is None:
                return collect(scan(replaced(text)))
            pairs: Any = [pair.split(key_value, 1) for pair in text.split(field)]
        elif is_plain(text) is None:
            return collect(scan(replaced(text)))
        else:
            pairs = [(key, value[1:-1] if value[:1] == '"' else value) for key, value in pairs_of(text)]
        fields: dict[str, Value] = dict(pairs)
        return fields if len(fields) == len(pairs) else collect(pairs)

    return parse


def collect(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    """Return pairs as an object; the values of a key that comes again become an array.

    A key without a value does not count if it also comes with one."""
    fields: dict[str, Value] = {}
    for key, value in pairs:
        known = fields.get(key)
        if known is None or known is True:
            fields[key] = value
        elif value is True:
            continue
        elif type(known) is list:
            known.append(value)
        else:
            fields[key] = [known, value]
    return fields
