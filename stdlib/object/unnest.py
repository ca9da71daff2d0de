"""The `unnest` function."""

from typing import Annotated

from dtl.functions import Arguments, FunctionError, Result, function
from dtl.types.annotations import QUERY, Array, Fallible, Of, Reference
from dtl.types.insertion import inserted
from dtl.types.type import ANY_ARRAY, ANY_PARTS, ARRAY, UNDEFINED, Collection, Type, array_of
from dtl.values import path as paths
from dtl.values.value import describe


@function
def unnest(path: Annotated[Reference, Of(ARRAY), QUERY]) -> Fallible[Array]:
    """Return an array of copies of the whole record, each with one element of an array in the array's place.

    Assigned to `.`, it makes one event of each element.

    Args:
        path: The path of the array, in the record, its metadata, a variable or a literal.

    Raises:
        There is no array at the path.

    Examples:
        Two measurements:
            >>> . = { "host": "a", "values": [1, 2] }
            ... unnest(.values)
            [{ "host": "a", "values": 1 }, { "host": "a", "values": 2 }]

        No array:
            >>> unnest!(.missing)
            error: expected array, got null
    """
    elements = paths.get(path.root, path.path)
    if type(elements) is not list:
        raise FunctionError(f"expected array, got {describe(elements)}")
    # The array is taken out first: where it was an element itself, the next one has moved into its place.
    rest = paths.remove(path.root, path.path, compact=True)[0]
    return [paths.insert(rest, path.path, element) for element in elements]


@unnest.typed
def _result(arguments: Arguments) -> Result:
    fallible = not arguments.type("path").within(ARRAY)
    reference = arguments.constant("path")
    if not isinstance(reference, Reference) or not isinstance(reference.root, Type):
        return Result(ANY_ARRAY, fallible)
    root, steps = reference.root, reference.path
    # An element that is itself in an array overwrites the one after it.
    actual = ANY_ARRAY if any(type(step) is int for step in steps) else None
    collection = arguments.type("path").array or ANY_PARTS
    if not steps:
        return Result(Type(ARRAY, None, collection), fallible)
    known = {index: inserted(root, steps, part) for index, part in collection.known.items()}
    if collection.is_closed:
        return Result(Type(ARRAY, None, Collection(known)), fallible, actual)
    further = inserted(root, steps, collection.unknown_type.without_kinds(UNDEFINED))
    return Result(Type(ARRAY, None, Collection(known, further)) if known else array_of(further), fallible, actual)
