"""What functions over objects and arrays share: their types and their entries."""

from collections.abc import Iterator
from typing import Any

from dtl.functions import Arguments
from dtl.types.type import ANY_ARRAY, ANY_OBJECT, ARRAY, Type


def container_type(arguments: Arguments) -> Type:
    """Return any array for what is certainly an array, else any object."""
    return ANY_ARRAY if arguments.type("value").within(ARRAY) else ANY_OBJECT


def entries(container: Any) -> Iterator[tuple[Any, Any]]:
    """Give the keys and values of an object in order of the keys, or the indexes and elements of an array."""
    if type(container) is dict:
        return iter([(key, container[key]) for key in sorted(container)])
    return enumerate(container)
