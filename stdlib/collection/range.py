"""The `range` function."""

from dtl.functions import Arguments, FunctionError, InvalidArgument, Result, function
from dtl.types.annotations import Fallible, Integer
from dtl.types.type import INTEGER_TYPE, array_of

_LONGEST = 1_000_000


@function(dialect="dtl")
def range_(start: Integer, end: Integer, step: Integer = 1) -> Fallible[list[Integer]]:
    """Return an array of integers at equal distances.

    The call cannot fail if its arguments are constants.

    Args:
        start: The first integer.
        end: The limit that is not reached.
        step: The distance; the integers descend if it is negative.

    Raises:
        `step` is zero.
        There would be more than 1000000 integers.

    Examples:
        Ascending:
            >>> range(0, 4)
            [0, 1, 2, 3]

        Every fifth, descending:
            >>> range(20, 0, step: -5)
            [20, 15, 10, 5]

        No distance:
            >>> range!(0, 4, step: length([]))
            error: the step of a range must not be zero

        Too many:
            >>> range!(0, 10000000 * length(["a"]))
            error: the range has more than 1000000 integers
    """
    if step == 0:
        raise FunctionError("the step of a range must not be zero")
    found = range(start, end, step)
    # len() refuses a range of 2^63 integers and more.
    if found and abs(found[-1] - found[0]) // abs(step) >= _LONGEST:
        raise FunctionError(f"the range has more than {_LONGEST} integers")
    return list(found)


@range_.check
def _constant_range(arguments: Arguments) -> None:
    if _is_constant(arguments):
        start, end, step = (arguments.constant(name, 1) for name in ("start", "end", "step"))
        try:
            range_(start, end, step)
        except FunctionError as problem:
            raise InvalidArgument(problem.message) from None


def _is_constant(arguments: Arguments) -> bool:
    given = [name for name in ("start", "end", "step") if arguments.given(name)]
    return all(type(arguments.constant(name)) is int for name in given)


@range_.typed
def _result(arguments: Arguments) -> Result:
    return Result(array_of(INTEGER_TYPE), not _is_constant(arguments))
