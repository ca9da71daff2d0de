"""The `has` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Boolean
from dtl.values.text import replaced

from .._equal import is_same


@function(dialect="dtl")
def has(value: AnyValue, item: AnyValue, case_sensitive: Boolean = True) -> Boolean:
    """Tell whether a string, an array or an object has something in it.

    A string has the strings that are part of it, an array its elements, an object its names. Nothing else has
    anything. This is what the method `.contains()` means.

    Args:
        value: The string, array or object.
        item: What to look for.
        case_sensitive: Whether capital and small letters differ; for strings only.

    Examples:
        In a string:
            >>> has("payment failed", "fail")
            true

        In an array:
            >>> has(["a", "b"], "c")
            false

        In an object:
            >>> has({ "user": null }, "user")
            true

        As a method, whatever the case:
            >>> "Payment FAILED".contains("failed", case_sensitive: false)
            true
    """
    if type(value) is list:
        return any(is_same(element, item) for element in value)
    if type(item) is not str:
        return False
    if type(value) is dict:
        return item in value
    if type(value) is not str:
        return False
    if case_sensitive:
        return item in value
    return replaced(item).lower() in replaced(value).lower()
