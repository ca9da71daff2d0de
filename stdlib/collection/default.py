"""The `default` function."""

from dtl.functions import Arguments, function
from dtl.types.annotations import AnyValue
from dtl.types.type import NULL, UNDEFINED, Type


@function(dialect="dtl")
def default(value: AnyValue, fallback: AnyValue) -> AnyValue:
    """Return a value, or another one in place of null and of what is empty.

    Empty are a string of no characters, an array without elements, an object without fields. Zero and false are not.

    Args:
        value: The value.
        fallback: What takes its place.

    Examples:
        A field that is not there:
            >>> default(.level, "info")
            "info"

        An empty string:
            >>> default("", "unknown")
            "unknown"

        Zero stays:
            >>> default(0, 5)
            0
    """
    if value is None or (not value and type(value) in (str, list, dict)):
        return fallback
    return value


@default.typed
def _result(arguments: Arguments) -> Type:
    return arguments.type("value").without_kinds(NULL | UNDEFINED) | arguments.type("fallback").stored()
