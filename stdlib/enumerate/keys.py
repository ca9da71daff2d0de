"""The `keys` function."""

from dtl.functions import function
from dtl.types.annotations import Object, String


@function
def keys(value: Object) -> list[String]:
    """Return the names of an object's fields, in order.

    Args:
        value: The object; inner objects are not looked into.

    Examples:
        Two fields:
            >>> keys({ "name": "Ada", "born": 1815 })
            ["born", "name"]
    """
    return sorted(value)
