"""Functions: what a function of the language is, how one is declared and found.

A module of a function needs only this import:

    from dtl.functions import FunctionError, InvalidArgument, function
"""

from dtl.functions.context import Context
from dtl.functions.declare import function
from dtl.functions.function import (
    ABSENT,
    Arguments,
    Effect,
    Example,
    Function,
    InvalidArgument,
    Parameter,
    Result,
)
from dtl.functions.kinds import require_kind
from dtl.values.errors import FunctionError

__all__ = [
    "ABSENT",
    "Arguments",
    "Context",
    "Effect",
    "Example",
    "Function",
    "FunctionError",
    "InvalidArgument",
    "Parameter",
    "Result",
    "function",
    "require_kind",
]
