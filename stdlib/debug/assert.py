"""The `assert` function."""

from dtl.functions import ABSENT, function
from dtl.types.annotations import Boolean, Fallible, String

from ._failure import failure


@function(own_checks=("message",))
def assert_(condition: Boolean, message: String = ABSENT) -> Fallible[Boolean]:
    """Fail unless a condition holds.

    Args:
        condition: What should be true.
        message: What the failure says.

    Raises:
        `condition` is false.
        `condition` is false, and `message` is not a string.

    Examples:
        It holds:
            >>> assert!(1 < 2)
            true

        It does not:
            >>> assert!(1 > 2, message: "one is less than two")
            error: one is less than two

        There is no such message:
            >>> assert!(1 > 2, message: .reason)
            error: expected string, got null
    """
    if condition:
        return True
    raise failure(message, "assertion failed")
