"""The `replace` function."""

from collections.abc import Callable

from dtl.functions import function
from dtl.types.annotations import Integer, Regex, String
from dtl.values.regex import Regex as RegexValue
from dtl.values.text import replaced


@function(evaluated_last=("pattern",), checked_last=("pattern",))
def replace(value: String, pattern: String | Regex, with_: String, count: Integer = -1) -> String:
    """Replace the places where a text or pattern occurs.

    In the replacement of a regular expression `$1`, `$name` and `${name}` stand for what a group matched, `$0` for
    the whole match and `$$` for a dollar sign. A text's replacement is taken as it is.

    Args:
        value: The text.
        pattern: What is replaced.
        with: What is put in its place.
        count: How many places are replaced from the start; all of them if negative.

    Examples:
        A text:
            >>> replace("10.0.0.1", ".", "-")
            "10-0-0-1"

        A pattern with groups:
            >>> replace("29.02.2024", r'(\\d+)\\.(\\d+)\\.(\\d+)', "$3-$2-$1")
            "2024-02-29"

        Only the first:
            >>> replace("a b c", " ", "_", count: 1)
            "a_b c"
    """
    if isinstance(pattern, RegexValue):
        return pattern.replace(value, with_, count)
    return replaced(value).replace(replaced(pattern), replaced(with_), max(count, -1))


@replace.specialize("pattern", "with", "count")
def _(pattern: str | RegexValue, with_: str, count: int) -> Callable[[str], str] | None:
    if isinstance(pattern, RegexValue):
        return None
    old, new, most = replaced(pattern), replaced(with_), max(count, -1)
    return lambda value: (value if value.isascii() else replaced(value)).replace(old, new, most)
