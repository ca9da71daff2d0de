"""The `assert_eq` function."""

from dtl.functions import ABSENT, function
from dtl.types.annotations import AnyValue, Boolean, Fallible, String
from dtl.values.value import display

from .._equal import is_same
from ._failure import failure


@function(own_checks=("message",))
def assert_eq(left: AnyValue, right: AnyValue, message: String = ABSENT) -> Fallible[Boolean]:
    """Fail unless two values are equal.

    They must be of the same kind too: `1` is not `1.0`.

    Args:
        left: One value.
        right: The other.
        message: What the failure says; the two values, if it is not given.

    Raises:
        The values differ.

    Examples:
        They are equal:
            >>> assert_eq!(upcase("a"), "A")
            true

        They are not:
            >>> assert_eq!([1, "a"], [1, "b"])
            error: assertion failed: [1, "a"] == [1, "b"]

        With another message:
            >>> assert_eq!(1, 1.0, message: "not the same kind")
            error: not the same kind
    """
    if is_same(left, right):
        return True
    raise failure(message, f"assertion failed: {display(left)} == {display(right)}")
