"""What is known of the elements of an argument, and the truth of what a closure says of them."""

from collections.abc import Iterator
from typing import Any

from dtl.functions import Arguments, FunctionError
from dtl.types.type import ANY, ARRAY, BOOLEAN, CONTAINERS, NEVER, NULL, NULL_TYPE, UNDEFINED, Collection, Type
from dtl.values.value import describe

from .._parts import mapped_parts


def entries(container: Any) -> Iterator[tuple[Any, Any]]:
    """Give the keys and values of an object in order of the keys, or the indexes and elements of an array."""
    if type(container) is dict:
        return iter([(key, container[key]) for key in sorted(container)])
    return enumerate(container)


def elements_type(arguments: Arguments, name: str = "value") -> Type:
    """Return the union of all parts of an argument."""
    given, found = arguments.type(name).only(CONTAINERS), NEVER
    for parts in (given.object, given.array):
        if parts is not None:
            found = found | parts.parts_type
    return found


def array_with(elements: Type) -> Type:
    """Return the type of an array of any length."""
    return Type(ARRAY, None, Collection({}, None if elements.is_never else elements))


def mapped(arguments: Arguments, new: Type) -> Type:
    """Return the type of a container like the argument `value` with other parts."""
    given = arguments.type("value").only(CONTAINERS)
    return Type(given.kinds, mapped_parts(given.object, new), mapped_parts(given.array, new))


def one_or_null(elements: Type, given: Type) -> Type:
    """Return the type of one element that is not null, or of null where all may be null or there may be none."""
    parts = given.only(ARRAY).array
    if parts is not None and any(not part.kinds & (UNDEFINED | NULL) for part in parts.known.values()):
        return elements.without_kinds(NULL)
    return elements | NULL_TYPE


def is_true(answer: Any) -> bool:
    """Return what a closure answered; null counts as false.

    Raises:
        FunctionError: The answer is neither a boolean nor null.
    """
    if answer is True or answer is False:
        return answer
    if answer is None:
        return False
    raise FunctionError(f"expected boolean, got {describe(answer)}")


def may_be_no_answer(arguments: Arguments) -> bool:
    """Tell whether the closure may answer with something else than a boolean or null."""
    return not (arguments.closure or ANY).within(BOOLEAN | NULL | UNDEFINED)
