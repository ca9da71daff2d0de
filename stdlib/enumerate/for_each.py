"""The `for_each` function."""

from contextlib import suppress
from typing import Annotated

from dtl.functions import function
from dtl.types.annotations import ELEMENT, KEY, Array, ClosureFunction, ClosureShape, Null, Object
from dtl.types.type import ALL
from dtl.values.errors import Return

from ._container import entries


@function
def for_each(
    value: Object | Array,
    *,
    closure: Annotated[ClosureFunction, ClosureShape((KEY, ELEMENT), ALL)],
) -> Null:
    """Run a closure for each part of an object or array.

    It goes through an object in the order of the keys. What the closure gives is not used: it is there for what it
    assigns. For an object, `return` in the closure goes on with the next field.

    Args:
        value: The object or array.
        closure: Called with the key (or index) and the value of each part.

    Examples:
        Add up:
            >>> total = 0
            ... for_each([1, 2, 3]) -> |_index, value| { total = total + value }
            ... total
            6

        Collect names:
            >>> names = []
            ... for_each({ "b": 1, "a": 2 }) -> |key, _value| { names = push(names, key) }
            ... names
            ["a", "b"]
    """
    if type(value) is dict:
        for key, part in entries(value):
            with suppress(Return):
                closure(key, part)
    elif type(value) is list:
        for index, part in enumerate(value):
            closure(index, part)
