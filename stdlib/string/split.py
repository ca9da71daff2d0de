"""The `split` function."""

from collections.abc import Callable

from dtl.functions import function
from dtl.types.annotations import Integer, Regex, String
from dtl.values.regex import Regex as RegexValue
from dtl.values.text import replaced

# An omitted limit: no text has that many parts.
_MANY = 2**63 - 1


@function(evaluated_last=("pattern",), checked_last=("pattern",))
def split(value: String, pattern: String | Regex, limit: Integer = _MANY) -> list[String]:
    """Split a text at every place where a text or pattern occurs.

    Args:
        value: The text.
        pattern: What lies between the parts; an empty one lies around every character.
        limit: How many parts there may be; the last one then holds the rest, and none is given for 0 or less.

    Examples:
        At a text:
            >>> split("eth0,eth1,lo", ",")
            ["eth0", "eth1", "lo"]

        At a pattern:
            >>> split("eth0, eth1 ,lo", r'\\s*,\\s*')
            ["eth0", "eth1", "lo"]

        Into two parts:
            >>> split("key=a=b", "=", limit: 2)
            ["key", "a=b"]
    """
    if limit <= 0:
        return []
    text = replaced(value)
    if isinstance(pattern, RegexValue):
        return pattern.split(text, -1 if limit == _MANY else limit)
    between = replaced(pattern)
    if between:
        return text.split(between, limit - 1)
    every = ["", *text, ""]
    return every if limit >= len(every) else [*every[: limit - 1], "".join(every[limit - 1 :])]


@split.specialize("pattern", "limit")
def _(pattern: str | RegexValue, limit: int) -> Callable[[str], list[str]] | None:
    if limit != _MANY:
        return None
    if isinstance(pattern, RegexValue):
        return lambda value: pattern.split(replaced(value), -1)
    between = replaced(pattern)
    return (lambda value: (value if value.isascii() else replaced(value)).split(between)) if between else None
