"""The `compact` function."""

from collections.abc import Callable
from functools import cache
from types import NoneType
from typing import Any

from dtl.functions import function
from dtl.types.annotations import Array, Boolean, Object

from .._nullish import nullish as is_nullish
from ._container import container_type


@function(evaluated_last=("value",), checked_last=("value",))
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
    drops = is_nullish if nullish else None
    return _compacted(value, recursive, _empties(null, string, object, array), drops, _DEEPEST_CALL)


compact.typed(container_type)


@compact.specialize("recursive", "null", "string", "object", "array", "nullish")
def _(
    recursive: bool, null: bool, string: bool, object: bool, array: bool, nullish: bool
) -> Callable[[dict[str, Any] | list[Any]], dict[str, Any] | list[Any]]:
    empties, drops = _empties(null, string, object, array), is_nullish if nullish else None
    return lambda value: _compacted(value, recursive, empties, drops, _DEEPEST_CALL)


@cache
def _empties(null: bool, string: bool, object: bool, array: bool) -> frozenset[type]:
    """Return the kinds that go where there is nothing in them."""
    flags = ((NoneType, null), (str, string), (dict, object), (list, array))
    return frozenset(kind for kind, is_meant in flags if is_meant)


# What is gone through besides.
_INNER = frozenset({dict, list})
_NONE: frozenset[type] = frozenset()
# Containers deeper than this are gone through without a call for each.
_DEEPEST_CALL = 100


def _compacted(
    value: dict[str, Any] | list[Any],
    recursive: bool,
    empties: frozenset[type],
    drops: Callable[[Any], bool] | None,
    calls: int,
) -> dict[str, Any] | list[Any]:
    """Return a container without its empty parts, from the innermost outwards.

    Args:
        value: The container.
        recursive: Whether inner containers are gone through.
        empties: The kinds that go where there is nothing in them.
        drops: Tells what goes besides.
        calls: How many calls of this may still lie within one another.
    """
    if recursive and not calls:
        return _compacted_flatly(value, empties, drops)
    inner = _INNER if recursive else _NONE
    if type(value) is dict:
        fields = value.copy()
        for key, part in value.items():
            if part and type(part) in inner:
                fields[key] = part = _compacted(part, True, empties, drops, calls - 1)
            if (not part and type(part) in empties) or (drops is not None and drops(part)):
                del fields[key]
        return fields
    kept: list[Any] = []
    for part in value:
        if part and type(part) in inner:
            part = _compacted(part, True, empties, drops, calls - 1)  # type: ignore[arg-type]
        if (part or type(part) not in empties) and (drops is None or not drops(part)):
            kept.append(part)
    return kept


def _compacted_flatly(
    value: dict[str, Any] | list[Any], empties: frozenset[type], drops: Callable[[Any], bool] | None
) -> dict[str, Any] | list[Any]:
    """Do the same with a container of any depth."""
    # Containers with the places where their parts go; inner ones come after those that hold them.
    root: list[Any] = [value]
    order: list[tuple[Any, Any]] = [(root, 0)]
    copies: list[Any] = []
    for holder, key in order:
        new: Any = holder[key].copy()
        holder[key] = new
        copies.append(new)
        inner = enumerate(new) if type(new) is list else new.items()
        order.extend([(new, place) for place, part in inner if type(part) is list or type(part) is dict])
    for new in reversed(copies):
        kept = _compacted(new, False, empties, drops, 1)
        if isinstance(kept, list):
            new[:] = kept
        else:
            new.clear()
            new.update(kept)
    result: dict[str, Any] | list[Any] = root[0]
    return result
