"""The `values` function."""

from dtl.functions import Arguments, function
from dtl.types.annotations import Array, Object
from dtl.types.type import ANY_ARRAY, OBJECT, Type, array_of


@function
def values(value: Object) -> Array:
    """Return the values of an object's fields, in the order of their names.

    Args:
        value: The object.

    Examples:
        Two fields:
            >>> values({ "name": "Ada", "born": 1815 })
            [1815, "Ada"]
    """
    return [value[key] for key in sorted(value)]


@values.typed
def _result(arguments: Arguments) -> Type:
    fields = arguments.type("value").only(OBJECT).object
    if fields is None or fields.unknown_type.is_any:
        return ANY_ARRAY
    union = fields.parts_type
    return ANY_ARRAY if union.is_never else array_of(union)
