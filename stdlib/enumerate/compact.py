"""The `compact` function."""

from types import NoneType
from typing import Any

from dtl.functions import function
from dtl.types.annotations import Array, Boolean, Object

from .._nullish import nullish
from ._container import container_type


@function(checked_last=("value",))
def compact(
    value: Object | Array,
    recursive: Boolean = True,
    null: Boolean = True,
    string: Boolean = True,
    object: Boolean = True,
    array: Boolean = True,
    nullish: Boolean = False,
) -> Object | Array:
    """Take what is empty out of an object or array.

    Args:
        value: The object or array.
        recursive: Whether inner objects and arrays are compacted too, before it is seen whether they are empty.
        null: Whether null counts as empty.
        string: Whether a string of no characters counts as empty.
        object: Whether an object without fields counts as empty.
        array: Whether an array without elements counts as empty.
        nullish: Whether what `is_nullish` counts as empty goes too, whatever the others say.

    Examples:
        An object:
            >>> compact({ "name": "Ada", "phone": "", "notes": { "old": null } })
            { "name": "Ada" }

        Only nulls:
            >>> compact(["", null, [], 0], string: false, array: false)
            ["", [], 0]

        Blanks and dashes too:
            >>> compact({ "user": "-", "path": "/" }, nullish: true)
            { "path": "/" }
    """
    flags = ((NoneType, null), (str, string), (dict, object), (list, array))
    return _compacted(value, recursive, frozenset(kind for kind, is_meant in flags if is_meant), nullish)


def _compacted(
    value: dict[str, Any] | list[Any], recursive: bool, empties: frozenset[type], drop_nullish: bool
) -> dict[str, Any] | list[Any]:
    """Return a container without its empty parts, from the innermost outwards.

    Args:
        value: The container.
        recursive: Whether inner containers are gone through.
        empties: The kinds that go where there is nothing in them.
        drop_nullish: Whether nullish values go too.
    """

    def is_kept(part: Any) -> bool:
        if not part and type(part) in empties:
            return False
        return not (drop_nullish and nullish(part))

    # Containers with the places where their parts go; inner ones come after those that hold them.
    root: list[Any] = [value]
    order: list[tuple[Any, Any]] = [(root, 0)]
    copies: list[Any] = []
    for holder, key in order:
        old = holder[key]
        new: Any = old.copy()
        holder[key] = new
        copies.append(new)
        if recursive:
            inner = enumerate(new) if type(new) is list else new.items()
            order.extend([(new, place) for place, part in inner if type(part) is list or type(part) is dict])
    for new in reversed(copies):
        if type(new) is list:
            new[:] = [part for part in new if is_kept(part)]
        else:
            for key in [key for key, part in new.items() if not is_kept(part)]:
                del new[key]
    result: dict[str, Any] | list[Any] = root[0]
    return result


compact.typed(container_type)
