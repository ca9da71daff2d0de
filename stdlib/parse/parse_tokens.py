"""The `parse_tokens` function."""

from __future__ import annotations

import re

from dtl.functions import function
from dtl.pattern import total
from dtl.types.annotations import String
from dtl.values.text import replaced

_TOKEN = re.compile(
    r"""\[(?P<brackets>(?:[^\]\\]++|\\[\]\\])*+)\]
    |   "(?P<quotes>(?:[^"\\]++|\\["\\])*+)"
    |   (?P<bare>[^ \t\["]++)""",
    re.VERBOSE,
)
_BLANKS = total(r"[ \t]*+")


@function
def parse_tokens(value: String) -> list[String]:
    """Split a text into tokens, as the fields of a log line.

    A token is a word, or what stands in double quotes or square brackets, where a backslash keeps the closing mark
    from ending it. An empty token and a lone `-` become null. What cannot be read so is one token up to the end.

    Args:
        value: The text.

    Examples:
        Words, quotes and brackets:
            >>> parse_tokens("eve \\"POST /orders\\" [8 May] -")
            ["eve", "POST /orders", "8 May", null]
    """
    text = replaced(value)
    tokens: list[str | None] = []
    at, end = 0, len(text)
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            token, at = text[at:], end
        else:
            token, at = match[match.lastgroup or 0], match.end()
            at = _BLANKS.match(text, at).end()
        tokens.append(None if token in ("", "-") else token)
    return tokens  # type: ignore[return-value]
