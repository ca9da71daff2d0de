"""What emitted code calls by name."""

from __future__ import annotations

from functools import partial
from types import CodeType, TracebackType
from typing import Any, NoReturn

from dtl.backends.budget import CALL_DEPTH, too_deep
from dtl.backends.meaning import (
    CAUGHT,
    conjoin,
    entries,
    is_leaking,
    message_text,
    refuse_kind,
    thrown_text,
    truth,
)
from dtl.backends.meaning import call_failed as _call_failed
from dtl.types.annotations import Reference
from dtl.types.kind import KIND_OF
from dtl.values.compare import equals, greater, greater_or_equal, less, less_or_equal, same
from dtl.values.errors import Abort, Drop, Failure, Return, Stop
from dtl.values.operators import add, differs, divide, merge, multiply, negate, subtract
from dtl.values.operators import or_failure as _or_failure
from dtl.values.path import exists, get, insert, remove
from dtl.values.regex import Regex
from dtl.values.text import is_less, joined
from dtl.values.timestamp import Timestamp
from dtl.values.value import Value, wrap


class _Exit:
    """How a part of a function says that the loop around it is to be left or to go on."""


LEAVE_LOOP = _Exit()
NEXT_TURN = _Exit()

#: A place in emitted code: the code and the offset of the instruction.
Origin = tuple[CodeType, int]


def origin_of(traceback: TracebackType | None) -> Origin | None:
    """Return the innermost place of emitted code in a traceback that begins in such code."""
    if traceback is None:
        return None
    file = traceback.tb_frame.f_code.co_filename
    found = None
    entry: TracebackType | None = traceback
    while entry is not None:
        if entry.tb_frame.f_code.co_filename == file:
            found = entry
        entry = entry.tb_next
    assert found is not None
    return found.tb_frame.f_code, found.tb_lasti


def call_failed(stop: Stop, name: str, start: int, end: int) -> Stop:
    """Return what a call raises when it was stopped (see `meaning.call_failed`), with its innermost place."""
    if stop.place is None:
        stop.place = origin_of(stop.__traceback__)
    return _call_failed(stop, name, start, end)


def or_failed(stop: Stop) -> Failure:
    """Return what `||` raises when its right side was stopped."""
    failure = _or_failure(stop)
    failure.place = stop.place if stop.place is not None else origin_of(stop.__traceback__)
    return failure


def held(stop: Stop) -> Stop:
    """Return what stopped the making of a request, with its place, to be raised when its answer is wanted."""
    if stop.place is None:
        stop.place = origin_of(stop.__traceback__)
    return stop


def taken(kept: Any, name: str, start: int, end: int) -> Any:
    """Return what a call gave that was asked with others; raise what stopped it as the call's failure."""
    if isinstance(kept, Stop):
        raise _call_failed(kept, name, start, end) from None
    return kept


def unseen() -> Failure:
    """Return a failure of which nobody will see the message."""
    return Failure("")


def refuse_nan() -> NoReturn:
    """Refuse a result that is not a number."""
    raise Failure("operation would produce NaN")


def put(container: Value, name: str, value: Value) -> dict[str, Any]:
    """Return an object with a field set; what is no object is replaced by one."""
    copy = dict(container) if type(container) is dict else {}
    copy[name] = value
    return copy


def deeper(depth: int) -> int:
    """Return the depth of a call of a user function.

    Raises:
        LimitExceeded: It is too deep.
    """
    if depth >= CALL_DEPTH:
        raise too_deep()
    return depth + 1


#: Everything that emitted code may name, besides what only programs that ask models do.
NAMES: dict[str, Any] = {
    "Abort": Abort,
    "CAUGHT": CAUGHT,
    "Drop": Drop,
    "Failure": Failure,
    "KIND_OF": KIND_OF,
    "LEAVE_LOOP": LEAVE_LOOP,
    "NEXT_TURN": NEXT_TURN,
    "Reference": Reference,
    "Regex": Regex,
    "Return": Return,
    "Stop": Stop,
    "Timestamp": Timestamp,
    "add": add,
    "call_failed": call_failed,
    "conjoin": conjoin,
    "deeper": deeper,
    "differs": differs,
    "divide": divide,
    "entries": entries,
    "equals": equals,
    "exists": exists,
    "get": get,
    "greater": greater,
    "greater_or_equal": greater_or_equal,
    "held": held,
    "insert": insert,
    "is_leaking": is_leaking,
    "is_less": is_less,
    "joined": joined,
    "less": less,
    "less_or_equal": less_or_equal,
    "merge": merge,
    "message_text": message_text,
    "multiply": multiply,
    "negate": negate,
    "or_failed": or_failed,
    "partial": partial,
    "put": put,
    "refuse_kind": refuse_kind,
    "refuse_nan": refuse_nan,
    "remove": remove,
    "same": same,
    "subtract": subtract,
    "taken": taken,
    "thrown_text": thrown_text,
    "truth": truth,
    "unseen": unseen,
    "wrap": wrap,
}
