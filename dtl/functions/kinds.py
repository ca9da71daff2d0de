"""The kinds of arguments that a function checks itself."""

from __future__ import annotations

from typing import TypeVar, cast

from dtl.values.errors import FunctionError
from dtl.values.value import KINDS, Value, describe

_Form = TypeVar("_Form")


def require_kind(value: Value, *forms: type[_Form]) -> _Form:
    """Return a value if it is of one of some kinds, given by their Python forms.

    For parameters that a function's declaration lists in `own_checks`, since VRL looks at them only after something
    else may have failed.

    Raises:
        FunctionError: It is of another kind.
    """
    if type(value) not in forms:
        raise FunctionError(f"expected {' or '.join(KINDS[form] for form in forms)}, got {describe(value)}")
    return cast("_Form", value)
