"""What ends an evaluation early: failures, aborts, returns and drops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dtl.values.text import replaced

if TYPE_CHECKING:
    from dtl.values.value import Value


class Stop(Exception):
    """Anything that ends an evaluation before its last expression.

    `??` and `ok, err =` catch every kind of it but Drop, as in VRL.
    """

    #: Where it was raised, in the backend's own terms; the backend that ran the program tells the span.
    place: Any = None
    #: Where in an imported file it was raised, where `place` is the call that led there, likewise.
    inner: Any = None

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Failure(Stop):
    """A run-time error, such as a division by zero."""


class FunctionError(Failure):
    """What a function's evaluator raises; the caller adds the function's name and place."""


class Abort(Stop):
    """The `abort` expression; bytes of its message that are not UTF-8 are shown as U+FFFD."""

    def __init__(self, message: str = "aborted") -> None:
        super().__init__(message if message.isascii() else replaced(message))


class Return(Stop):
    """The `return` expression, with the value that becomes the program's (or the closure's) result."""

    def __init__(self, value: Value) -> None:
        super().__init__("return")
        self.value = value


class Drop(Stop):
    """The record is to be dropped without an error."""

    def __init__(self, message: str = "dropped") -> None:
        super().__init__(message)


def call_failure(name: str, start: int, end: int, inner: Stop | str) -> Failure:
    """Word the failure of a function call.

    Args:
        name: The function.
        start: Where the call begins in the program, in UTF-8 bytes.
        end: Where it ends, likewise.
        inner: What went wrong.
    """
    message = inner if isinstance(inner, str) else inner.message
    return Failure(f'function call error for "{name}" at ({start}:{end}): {message}')
