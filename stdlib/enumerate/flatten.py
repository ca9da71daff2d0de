"""The `flatten` function."""

from typing import Any

from dtl.functions import InvalidArgument, function
from dtl.types.annotations import Array, Object, StaticItems, String
from dtl.values.text import replaced

from ._container import container_type


@function(checked_last=("value",))
def flatten(
    value: Object | Array,
    separator: String = ".",
    except_: StaticItems[Array] = [],
) -> Object | Array:
    """Make a nested object or array flat.

    The fields of inner objects get the outer field's name and a separator in front. Objects inside of arrays stay,
    and so do arrays inside of objects. An inner object without fields leaves nothing.

    Args:
        value: The object or array.
        separator: What stands between the names of the fields.
        except: Names of fields, at any depth, whose objects are not made flat.

    Raises:
        `except` has an element that is not a string.

    Examples:
        An object:
            >>> flatten({ "user": { "name": "Ada", "address": { "city": "London" } } })
            { "user.address.city": "London", "user.name": "Ada" }

        Another separator, and a field that is left alone:
            >>> flatten({ "a": { "b": 1 }, "raw": { "c": 2 } }, separator: "_", except: ["raw"])
            { "a_b": 1, "raw": { "c": 2 } }

        An array:
            >>> flatten([1, [2, [3, []]], { "a": [4, [5]] }])
            [1, 2, 3, { "a": [4, [5]] }]

        A name that is no string:
            >>> flatten({}, except: [5])
            error: expected a string value
    """
    if type(value) is list:
        return _flat_array(value)
    return _flat_object(value, replaced(separator), except_)  # type: ignore[arg-type]


def _flat_array(array: list[Any]) -> list[Any]:
    flat: list[Any] = []
    iterators = [iter(array)]
    while iterators:
        for element in iterators[-1]:
            if type(element) is list:
                iterators.append(iter(element))
                break
            flat.append(element)
        else:
            iterators.pop()
    return flat


def _flat_object(value: dict[str, Any], separator: str, kept: frozenset[str]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    # Objects that are being gone through, with their fields in order and what stands before their names.
    levels = [("", value, iter(sorted(value)))]
    while levels:
        prefix, inner, names = levels[-1]
        for name in names:
            part = inner[name]
            if type(part) is dict and name not in kept:
                levels.append((f"{prefix}{name}{separator}", part, iter(sorted(part))))
                break
            flat[prefix + name] = part
        else:
            levels.pop()
    return flat


@flatten.prepare("except")
def _names(names: list[Any]) -> frozenset[str]:
    if any(type(name) is not str for name in names):
        raise InvalidArgument("expected a string value")
    return frozenset(names)


flatten.typed(container_type)
