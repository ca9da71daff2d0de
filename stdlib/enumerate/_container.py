"""What functions over objects and arrays share: their types and their entries."""

from collections.abc import Iterator
from typing import Any

from dtl.functions import Arguments, Result
from dtl.types.type import ANY_ARRAY, ANY_OBJECT, ARRAY


def container_type(arguments: Arguments) -> Result:
    """Return any array for what is certainly an array, else any object, though it may be an array too."""
    given = arguments.type("value")
    if given.within(ARRAY):
        return Result(ANY_ARRAY)
    return Result(ANY_OBJECT, actual=ANY_OBJECT | ANY_ARRAY if given.kinds & ARRAY else None)


def entries(container: Any) -> Iterator[tuple[Any, Any]]:
    """Give the keys and values of an object in order of the keys, or the indexes and elements of an array."""
    if type(container) is dict:
        return iter([(key, container[key]) for key in sorted(container)])
    return enumerate(container)
