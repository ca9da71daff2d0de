"""The `starts_with` function."""

from dtl.functions import function
from dtl.types.annotations import Boolean, String
from dtl.values.text import byte_length, to_bytes

from ._folding import equal_but_for_case


@function(
    evaluated_last=("substring", "value"),
    checked_at_once=("case_sensitive", "substring"),
    checked_last=("substring", "value"),
)
def starts_with(value: String, substring: String, case_sensitive: Boolean = True) -> Boolean:
    """Tell whether a text begins with another.

    Args:
        value: The text.
        substring: What it should begin with.
        case_sensitive: Whether upper and lower case differ.

    Examples:
        A prefix:
            >>> starts_with("ERROR disk full", "ERROR")
            true

        Letters of another case:
            >>> starts_with("ERROR disk full", "error")
            false

        Case left aside:
            >>> starts_with("ERROR disk full", "error", case_sensitive: false)
            true
    """
    if case_sensitive:
        if value.startswith(substring):
            return True
        # Part of a character's bytes may be asked for.
        return not value.isascii() and to_bytes(value).startswith(to_bytes(substring))
    if byte_length(value) < byte_length(substring):
        return False
    return all(equal_but_for_case(a, b) for a, b in zip(value, substring, strict=False))
