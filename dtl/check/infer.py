"""The checker: from the syntax tree to the HIR, with every type, and what is wrong on the way.

The rules of each family of nodes lie in a module of their own; `checker.py` holds what they share.
"""

from __future__ import annotations

from collections.abc import Mapping

from dtl.check import assignments, calls, control, extensions, literals, matching, operations, user_functions
from dtl.check.checker import Checker, CheckOptions
from dtl.check.silence import silenced
from dtl.check.unused import unused
from dtl.data import fresh, frozen
from dtl.diagnostics.diagnostic import Diagnostic
from dtl.functions.registry import Registry
from dtl.hir import nodes as hir
from dtl.source import Source, Span
from dtl.syntax import nodes as ast
from dtl.types.type import ANY, Type

#: The modules whose rules make up the checker; importing them registers the rules.
FAMILIES = (literals, operations, assignments, control, calls, extensions, matching, user_functions)


@frozen
class Checked:
    """A checked program: its HIR (None when there is an error), findings, and the types after it ran."""

    unit: hir.Unit | None
    diagnostics: list[Diagnostic]
    event: Type
    metadata: Type
    #: Inferred types by span, for the editor: expressions, and targets after their assignment.
    types: Mapping[Span, Type] = fresh(factory=dict)


def check(
    tree: ast.Program,
    source: Source,
    functions: Registry,
    options: CheckOptions,
    unparsed: list[Diagnostic] | None = None,
) -> Checked:
    """Check a program and lower it to HIR.

    In:   the syntax tree, and what the parser found (reported in the program's order)
    Out:  the HIR, or None when there is an error; the findings in VRL's order
    Law:  the types in the HIR hold in every run
    """
    for trusted in (True, False):
        checker = Checker(source, functions, options, trusted)
        if options.dialect != "vrl":
            user_functions.hoist(checker, tree)
        unit = checker.program(tree, unparsed or [])
        if checker.is_sound or unit is None:
            break
    if unit is not None:
        checker.diagnostics.extend(unused(tree, functions, options.dialect))
    event, metadata = (checker.state.event, checker.state.metadata) if checker.is_sound else (ANY, ANY)
    for state in checker.exits:
        event, metadata = event | state.event, metadata | state.metadata
    return Checked(unit, silenced(tree, source, checker.diagnostics), event, metadata, checker.types)
