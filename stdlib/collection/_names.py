"""Arrays of field names."""

from typing import Any

from dtl.functions import Arguments, FunctionError
from dtl.types.type import ANY_OBJECT, OBJECT, STRING, Collection
from dtl.values.text import replaced
from dtl.values.value import describe

from ._elements import elements_type


def names_of(keys: list[Any]) -> dict[str, None]:
    """Return the names in an array, in order and without repetitions.

    Raises:
        FunctionError: An element is not a string.
    """
    for key in keys:
        if type(key) is not str:
            raise FunctionError(f"field names must be strings, got {describe(key)}")
    return dict.fromkeys(map(replaced, keys))


def may_be_no_name(arguments: Arguments) -> bool:
    """Tell whether an element of the argument `keys` may be something else than a string."""
    return not elements_type(arguments, "keys").within(STRING)


def constant_names(arguments: Arguments) -> list[str] | None:
    """Return the names in the argument `keys`, if they are constant strings."""
    keys = arguments.constant("keys")
    return keys if isinstance(keys, list) and all(type(key) is str for key in keys) else None


def fields_of(arguments: Arguments) -> Collection:
    """Return what is known of the fields of the argument `value`."""
    fields = arguments.type("value").only(OBJECT).object or ANY_OBJECT.object
    assert fields is not None
    return fields
