"""The `unflatten` function."""

from typing import Any

from dtl.functions import FunctionError, function
from dtl.types.annotations import Boolean, Object, String
from dtl.values.text import replaced


@function(checked_last=("value",))
def unflatten(value: Object, separator: String = ".", recursive: Boolean = True) -> Object:
    """Make a nested object of a flat one: fields whose names share a beginning become fields of one object.

    Where a field's name is the beginning of others, the others win. Objects within arrays stay as they are.

    Args:
        value: The object.
        separator: What stands between the parts of a name.
        recursive: Whether the names of inner objects are taken apart too.

    Raises:
        `separator` is empty and the object has several fields.

    Examples:
        Two names with the same beginning:
            >>> unflatten({ "user.name": "Ada", "user.born": 1815, "id": 7 })
            { "id": 7, "user": { "born": 1815, "name": "Ada" } }

        Only the outermost names:
            >>> unflatten({ "a_b": { "c_d": 1 } }, separator: "_", recursive: false)
            { "a": { "b": { "c_d": 1 } } }

        Nothing to divide by:
            >>> unflatten({ "a": 1, "b": 2 }, separator: "")
            error: the separator is empty
    """
    root: list[Any] = [None]
    # Where a nested object goes, and the names and values that make it; names come in order.
    todo: list[tuple[Any, Any, list[tuple[str, Any]]]] = [(root, 0, [(key, value[key]) for key in sorted(value)])]
    separator = replaced(separator)
    while todo:
        holder, place, fields = todo.pop()
        made: dict[str, Any] = {}
        holder[place] = made
        for head, members in _grouped(fields, separator).items():
            if len(members) == 1:
                rest, part = members[0]
                at, name = made, head
                for step in () if rest is None else _steps(rest, separator):
                    at[name] = {}
                    at, name = at[name], step
                at[name] = part
                if recursive and type(part) is dict:
                    todo.append((at, name, [(key, part[key]) for key in sorted(part)]))
            else:
                todo.append((made, head, [(rest, part) for rest, part in members if rest is not None]))
    result: dict[str, Any] = root[0]
    return result


def _grouped(fields: list[tuple[str, Any]], separator: str) -> dict[str, list[tuple[str | None, Any]]]:
    """Return what follows the first part of each name, by that part; None where nothing follows."""
    if not separator:
        if len(fields) > 1:
            raise FunctionError("the separator is empty")
        return {"": [(name, part) for name, part in fields]}
    groups: dict[str, list[tuple[str | None, Any]]] = {}
    for name, part in fields:
        head, found, rest = name.partition(separator)
        groups.setdefault(head, []).append((rest if found else None, part))
    return groups


def _steps(name: str, separator: str) -> list[str]:
    """Return the parts of a name; every character is one where the separator is empty."""
    return name.split(separator) if separator else ["", *name, ""]
