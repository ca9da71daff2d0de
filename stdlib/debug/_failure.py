"""What a failed assertion says."""

from typing import Any

from dtl.functions import ABSENT, FunctionError
from dtl.values.text import replaced
from dtl.values.value import describe


def failure(message: Any, otherwise: str) -> FunctionError:
    """Return the failure with the message that was given, or with another text where none was.

    The message's kind is looked at only here: while an assertion holds, it does not matter.
    """
    if message is ABSENT:
        return FunctionError(otherwise)
    return FunctionError(replaced(message) if type(message) is str else f"expected string, got {describe(message)}")
