"""The `omit` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import Array, Fallible, Object
from dtl.types.type import OBJECT, UNDEFINED, UNDEFINED_TYPE, Collection, Type

from ._names import constant_names, fields_of, may_be_no_name, names_of


@function(dialect="dtl")
def omit(value: Object, keys: Array) -> Fallible[Object]:
    """Return an object without some of its fields.

    The call cannot fail where it is certain that all names are strings.

    Args:
        value: The object.
        keys: The names of the fields that go.

    Raises:
        An element of `keys` is not a string.

    Examples:
        Two fields go:
            >>> omit({ "id": 1, "name": "Ada", "secret": "x" }, ["secret", "email"])
            { "id": 1, "name": "Ada" }

        Null for a name:
            >>> omit!({ "id": 1 }, [null])
            error: field names must be strings, got null
    """
    names = names_of(keys)
    return {key: part for key, part in value.items() if key not in names}


@omit.typed
def _result(arguments: Arguments) -> Result:
    fields, names = fields_of(arguments), constant_names(arguments)
    if names is not None:
        left = {key: part for key, part in fields.known.items() if key not in names}
        if not fields.is_closed:
            left.update((name, UNDEFINED_TYPE) for name in names)
        return Result(Type(OBJECT, Collection(left, fields.unknown)))
    known = {key: part.with_kinds(UNDEFINED) for key, part in fields.known.items()}
    return Result(Type(OBJECT, Collection(known, fields.unknown)), may_be_no_name(arguments))
