"""How deep a closure may make a value while it is being gone through."""

from dtl.functions import FunctionError

# A closure that gives a container for each element of a container would never end.
DEEPEST = 100_000


def check_depth(depth: int) -> None:
    """Stop a walk that goes ever deeper.

    Raises:
        FunctionError: The depth is more than any sensible value has.
    """
    if depth > DEEPEST:
        raise FunctionError(f"the value is nested more than {DEEPEST} levels deep")
