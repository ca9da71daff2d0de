"""The `rename_keys` function."""

from typing import Any

from dtl.functions import Arguments, FunctionError, Result, function
from dtl.types.annotations import Fallible, Object
from dtl.types.type import OBJECT, STRING, Collection, Type
from dtl.values.text import replaced
from dtl.values.value import describe

from ._elements import elements_type


@function(dialect="dtl")
def rename_keys(value: Object, names: Object) -> Fallible[Object]:
    """Return an object with other names for some of its fields.

    A name that the object does not have is passed over. A renamed field takes the place of one that had its new name;
    two fields can change names with each other. The call cannot fail where it is certain that all new names are
    strings.

    Args:
        value: The object.
        names: The new names, under the old ones.

    Raises:
        A new name is not a string.

    Examples:
        One field:
            >>> rename_keys({ "msg": "hello", "id": 1 }, { "msg": "message", "lvl": "level" })
            { "id": 1, "message": "hello" }

        Exchanged names:
            >>> rename_keys({ "a": 1, "b": 2 }, { "a": "b", "b": "a" })
            { "a": 2, "b": 1 }

        A number for a name:
            >>> rename_keys!({ "a": 1 }, { "a": 2 })
            error: field names must be strings, got integer
    """
    for name in names.values():
        if type(name) is not str:
            raise FunctionError(f"field names must be strings, got {describe(name)}")
    result: dict[str, Any] = {key: part for key, part in value.items() if key not in names}
    result.update((replaced(names[key]), value[key]) for key in sorted(names) if key in value)
    return result


@rename_keys.typed
def _result(arguments: Arguments) -> Result:
    made = Type(OBJECT, Collection({}, elements_type(arguments)))
    return Result(made, not elements_type(arguments, "names").within(STRING))
