"""What a call calls: the function, which argument goes to which parameter, and whether the call can fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dtl.functions.function import Arguments, Function, InvalidArgument
from dtl.ide.analysis import Analysis
from dtl.ide.arguments import Call, arguments_of, bound
from dtl.syntax import nodes
from dtl.types.type import ANY, Type
from dtl.values.errors import FunctionError

__all__ = ["Call", "arguments_of", "bound", "can_fail", "constants_of", "fails_for", "function_of", "result_of"]

_LITERALS = (nodes.String, nodes.RawString, nodes.Integer, nodes.Float, nodes.Boolean)


def function_of(analysis: Analysis, name: str) -> Function | None:
    """Return the function of the library that a name stands for in the program."""
    return None if name in analysis.user_functions else analysis.functions.get(name, analysis.dialect)


def can_fail(analysis: Analysis, call: Call) -> bool | None:
    """Tell whether a call fails for some values of its arguments, `!` or not; None where that is not known."""
    if call.name.text in analysis.user_functions:
        return None
    function = function_of(analysis, call.name.text)
    return None if function is None else fails_for(analysis, function, call)


def fails_for(analysis: Analysis, function: Function, call: Call) -> bool:
    """Tell whether a function may fail for the arguments of a call."""
    types: dict[str, Type] = {}
    for parameter, argument in bound(function, call):
        type = analysis.type_of(argument.value) or ANY
        types[parameter.name] = type
        if not parameter.query and not parameter.type.includes(type):
            return True
    return result_of(function, types, constants_of(function, call))[1]


def constants_of(function: Function, call: Call) -> dict[str, Any]:
    """Return the values of the arguments that are literals."""
    return {
        parameter.name: argument.value.value
        for parameter, argument in bound(function, call)
        if isinstance(argument.value, _LITERALS)
    }


def result_of(function: Function, types: Mapping[str, Type], constants: Mapping[str, Any]) -> tuple[Type, bool]:
    """Return what a function gives for arguments of some types: a type, and whether it may fail."""
    try:
        found = function.resolve(Arguments(types, constants, function.result))
    except (FunctionError, InvalidArgument, LookupError, TypeError, ValueError, AttributeError):
        # A rule that needs what only the checker has.
        found = function.result
    return found.type, found.fallible
