"""The `pick` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import Array, Fallible, Object
from dtl.types.type import OBJECT, UNDEFINED, Collection, Type

from ._names import constant_names, fields_of, may_be_no_name, names_of


@function(dialect="dtl")
def pick(value: Object, keys: Array) -> Fallible[Object]:
    """Return an object with only some of its fields.

    A name that the object does not have is passed over. The call cannot fail where it is certain that all names are
    strings.

    Args:
        value: The object.
        keys: The names of the fields that stay.

    Raises:
        An element of `keys` is not a string.

    Examples:
        Two fields:
            >>> pick({ "id": 1, "name": "Ada", "secret": "x" }, ["id", "name", "email"])
            { "id": 1, "name": "Ada" }

        A number for a name:
            >>> pick!({ "id": 1 }, [1])
            error: field names must be strings, got integer
    """
    return {key: value[key] for key in names_of(keys) if key in value}


@pick.typed
def _result(arguments: Arguments) -> Result:
    fields, names = fields_of(arguments), constant_names(arguments)
    if names is not None:
        return Result(Type(OBJECT, Collection({name: fields.part(name) for name in names})))
    known = {key: part.with_kinds(UNDEFINED) for key, part in fields.known.items()}
    return Result(Type(OBJECT, Collection(known, fields.unknown)), may_be_no_name(arguments))
