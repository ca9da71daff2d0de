"""A call's arguments at their parameters."""

from __future__ import annotations

from dtl.check.checker import Result
from dtl.check.problems import UncertainArgument
from dtl.data import data, fresh
from dtl.functions.function import Function, Parameter
from dtl.syntax import nodes as ast


@data
class Bound:
    """A call whose arguments were bound: by parameter name, in the order written."""

    function: Function
    by_name: dict[str, tuple[Parameter, ast.Argument, Result]] = fresh(factory=dict)
    uncertain: list[UncertainArgument] = fresh(factory=list)
