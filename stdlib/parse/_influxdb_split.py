"""The lines of InfluxDB's line protocol."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = re.compile(r'\\.|[ =,"\n]', re.DOTALL)


def split_lines(text: str) -> Iterator[str]:
    """Split at line ends outside quotes; only a field's value, behind the first space, can be in quotes."""
    begin = 0
    behind_space = quoted = False
    equals = commas = 0
    for found in _MARK.finditer(text):
        mark = found[0]
        if mark == " ":
            behind_space = True
        elif mark == "\n" and not quoted:
            yield text[begin : found.start()]
            begin = found.end()
            behind_space = False
            equals = commas = 0
        elif behind_space and mark == '"' and equals > commas:
            quoted = not quoted
        elif behind_space and not quoted:
            equals += mark == "="
            commas += mark == ","
    yield text[begin:]
