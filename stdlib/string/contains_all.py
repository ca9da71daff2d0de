"""The `contains_all` function."""

from dtl.functions import Arguments, Result, function, require_kind
from dtl.types.annotations import Array, Boolean, Fallible, String
from dtl.types.type import BOOLEAN_TYPE, STRING
from dtl.values.text import replaced


@function(checked_last=("value", "substrings"))
def contains_all(value: String, substrings: Array, case_sensitive: Boolean = True) -> Fallible[Boolean]:
    """Tell whether all of several strings occur in a text.

    Args:
        value: The text to search.
        substrings: The texts to look for; all elements must be strings.
        case_sensitive: Whether upper and lower case differ.

    Raises:
        An element of `substrings` is not a string, and all before it occur.

    Examples:
        Every word is there:
            >>> contains_all("disk sda1 is full", ["sda1", "full"])
            true

        A word is missing:
            >>> contains_all("disk sda1 is full", ["sda2", "full"])
            false

        Case left aside:
            >>> contains_all("Disk SDA1 is full", ["sda1", "FULL"], case_sensitive: false)
            true

        Not a string:
            >>> contains_all!("port 80", ["port", 80])
            error: expected string, got integer
    """
    text = replaced(value) if case_sensitive else replaced(value).lower()
    for part in substrings:
        require_kind(part, str)
        if (replaced(part) if case_sensitive else replaced(part).lower()) not in text:
            return False
    return True


@contains_all.typed
def _(arguments: Arguments) -> Result:
    parts = arguments.type("substrings").array
    return Result(BOOLEAN_TYPE, parts is None or not parts.parts_type.within(STRING))
