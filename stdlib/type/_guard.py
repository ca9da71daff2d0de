"""What the functions that insist on a kind share."""

from typing import Any

from dtl.functions import Arguments, FunctionError, Result
from dtl.types.type import Type, of_kinds
from dtl.values.value import describe


def refuse(kind: str, value: Any) -> FunctionError:
    """Return the error for a value that is not of the kind."""
    return FunctionError(f"expected {kind}, got {describe(value)}")


def guarded(arguments: Arguments, kind: int) -> Result:
    """Return what is left of the argument's type, and whether it could have been of another kind."""
    given: Type = arguments.type("value")
    left = given.only(kind)
    return Result(of_kinds(kind) if left.is_never else left, not given.within(kind))
