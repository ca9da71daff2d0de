"""A call's arguments at their parameters."""

from __future__ import annotations

from dataclasses import dataclass, field

from dtl.check.checker import Result
from dtl.check.problems import UncertainArgument
from dtl.functions.function import Function, Parameter
from dtl.syntax import nodes as ast


@dataclass
class Bound:
    """A call whose arguments were bound: by parameter name, in the order written."""

    function: Function
    by_name: dict[str, tuple[Parameter, ast.Argument, Result]] = field(default_factory=dict)
    uncertain: list[UncertainArgument] = field(default_factory=list)
