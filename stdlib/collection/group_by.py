"""The `group_by` function."""

from typing import Annotated, Any

from dtl.functions import Arguments, function
from dtl.types.annotations import ELEMENT, KEY, Array, ClosureFunction, ClosureShape, Object
from dtl.types.type import ALL, Type, map_of
from dtl.values.text import replaced
from dtl.values.value import display

from ._elements import array_with, elements_type, entries


@function(dialect="dtl")
def group_by(
    value: Object | Array,
    *,
    closure: Annotated[ClosureFunction, ClosureShape((KEY, ELEMENT), ALL, partial=True)],
) -> dict[str, Array]:
    """Sort elements into arrays, by what a closure says of each.

    The result has a field for each answer, with the elements in their old order. An answer that is not a string
    becomes one: `true`, `12`, `null`.

    Args:
        value: The array or object.
        closure: Called with the index (or name) and the element; it may name the element only.

    Examples:
        By a field:
            >>> group_by([{ "k": "a", "n": 1 }, { "k": "b", "n": 2 }, { "k": "a", "n": 3 }]) -> |x| { x.k }
            { "a": [{ "k": "a", "n": 1 }, { "k": "a", "n": 3 }], "b": [{ "k": "b", "n": 2 }] }

        By a condition:
            >>> group_by([1, 5, 9]) -> |x| { x > 4 }
            { "false": [1], "true": [5, 9] }
    """
    groups: dict[str, list[Any]] = {}
    for key, element in entries(value):
        answer = closure(key, element)
        groups.setdefault(replaced(answer) if type(answer) is str else display(answer), []).append(element)
    return groups


@group_by.typed
def _result(arguments: Arguments) -> Type:
    return map_of(array_with(elements_type(arguments)))
