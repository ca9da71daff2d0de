"""The `contains_all` function."""

from dtl.functions import Arguments, FunctionError, Result, function
from dtl.types.annotations import Array, Boolean, Fallible, String
from dtl.types.type import BOOLEAN_TYPE, STRING
from dtl.values.text import replaced
from dtl.values.value import kind_name


@function
def contains_all(value: String, substrings: Array, case_sensitive: Boolean = True) -> Fallible[Boolean]:
    """Tell whether all of several strings occur in a text.

    Args:
        value: The text to search.
        substrings: The texts to look for; all elements must be strings.
        case_sensitive: Whether upper and lower case differ.

    Raises:
        An element of `substrings` is not a string.

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
    for part in substrings:
        if not isinstance(part, str):
            raise FunctionError(f"expected string, got {kind_name(part)}")
    text = replaced(value)
    if case_sensitive:
        return all(replaced(part) in text for part in substrings)
    text = text.lower()
    return all(replaced(part).lower() in text for part in substrings)


@contains_all.typed
def _(arguments: Arguments) -> Result:
    parts = arguments.type("substrings").array
    return Result(BOOLEAN_TYPE, parts is None or not parts.parts_type.within(STRING))
