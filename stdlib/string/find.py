"""The `find` function."""

from dtl.functions import function
from dtl.types.annotations import Integer, Null, Regex, String
from dtl.values.regex import Regex as RegexValue
from dtl.values.text import byte_length, replaced, to_bytes


@function(checked_last=("pattern", "value"))
def find(value: String, pattern: String | Regex, from_: Integer = 0) -> Integer | Null:
    """Return where a text or pattern first occurs, or null when it does not.

    Places are counted in bytes from 0.

    Args:
        value: The text to search.
        pattern: What to look for.
        from: The byte at which the search begins; what lies before it is not searched.

    Examples:
        The place of a text:
            >>> find("code=503 retry", "503")
            5

        The place of a match:
            >>> find("code=503 retry", r'\\d+')
            5

        From a later byte on:
            >>> find("a-b-c", "-", from: 2)
            3

        Nothing found:
            >>> find("code=503 retry", "404")
            null
    """
    if from_ < 0:
        return None
    if isinstance(pattern, RegexValue):
        return _find_match(replaced(value), pattern, from_)
    if value.isascii() and pattern.isascii():
        place = value.find(pattern, from_)
    else:
        place = to_bytes(value).find(to_bytes(pattern), from_)
    return place if place >= 0 else None


def _find_match(text: str, pattern: RegexValue, from_: int) -> int | None:
    """Find a match in characters, counting in bytes."""
    if from_ > byte_length(text):
        return None
    if text.isascii():
        match = pattern.find(text, from_)
        return match[0] if match else None
    # A start within a character means the next one: every byte before it that begins a character is counted.
    before = to_bytes(text)[:from_]
    match = pattern.find(text, sum(byte & 0xC0 != 0x80 for byte in before))
    return byte_length(text[: match[0]]) if match else None
