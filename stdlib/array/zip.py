"""The `zip` function."""

from typing import Any

from dtl.functions import FunctionError, function
from dtl.types.annotations import Array, Maybe
from dtl.values.value import describe


@function
def zip_(array_0: Array, array_1: Maybe[Array] = None) -> Array:
    """Return an array of arrays: the first elements of all, the second elements of all, and so on.

    It ends with the shortest of them.

    Args:
        array_0: The first array; alone, an array of the arrays.
        array_1: The second array.

    Raises:
        `array_1` is not given, and an element of `array_0` is not an array.

    Examples:
        Two arrays:
            >>> zip([1, 2, 3], ["a", "b"])
            [[1, "a"], [2, "b"]]

        An array of arrays:
            >>> zip([[1, 2], [3, 4], [5, 6]])
            [[1, 3, 5], [2, 4, 6]]

        An element that is no array:
            >>> zip([[1], 2])
            error: expected array, got integer
    """
    arrays: list[Any] = array_0 if array_1 is None else [array_0, array_1]
    for inner in arrays:
        if type(inner) is not list:
            raise FunctionError(f"expected array, got {describe(inner)}")
    length = min(map(len, arrays), default=0)
    return [[inner[index] for inner in arrays] for index in range(length)]
