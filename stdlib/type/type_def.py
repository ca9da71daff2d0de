"""The `type_def` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue


@function(intrinsic=True)
def type_def(value: AnyValue) -> AnyValue:
    """Tell what the compiler knows of an expression's type.

    The answer is made at compile time; it helps to see why an expression counts as fallible. A string is called
    `bytes` there. What is not listed of an object or array is described by `..._unknown_infinite`.

    Args:
        value: The expression.

    Examples:
        A literal:
            >>> type_def([1, "a"])
            { "array": { "0": { "integer": true }, "1": { "bytes": true } } }

        A field of the record may be anything:
            >>> type_def(.some_field)
            { "any": true }
    """
    raise NotImplementedError("the compiler answers type_def itself")
