"""Rules for `if`, `abort` and `return`."""

from __future__ import annotations

from dataclasses import replace

from dtl.check import problems
from dtl.check.checker import Checker, Result, rule
from dtl.check.operations import as_condition
from dtl.hir import nodes as hir
from dtl.source import Span
from dtl.syntax import nodes as ast
from dtl.types.type import BOOLEAN, NEVER, NULL, NULL_TYPE, STRING


def predicate(checker: Checker, branch: ast.Branch) -> Result | None:
    """Check an `if` predicate: infallible and exactly boolean (in dtl: boolean or null)."""
    mark = len(checker.pending)
    results = checker.check_all(branch.predicate)
    if results is None:
        del checker.pending[mark:]
        return None
    found = checker.sequence(branch.predicate_span, results)
    if found.fallible:
        cause = checker.cause_since(mark)
        finding = checker.worded(cause if cause is not None else problems.unhandled_error(branch.predicate_span))
        if not checker.settle(replace(finding, message="fallible predicate"), mark):
            return None
        found = found._replace(fallible=False)
    return condition(checker, found, branch.predicate_span)


def condition(checker: Checker, found: Result, span: Span) -> Result | None:
    """Return a checked expression as a condition, or report that it is none."""
    if found.type.within(BOOLEAN):
        return found
    if checker.options.is_lenient and found.type.kinds & (BOOLEAN | NULL):
        return as_condition(checker, found)
    checker.fail(problems.non_boolean_predicate(span, found.type))
    return None


@rule(ast.If)
def if_(checker: Checker, node: ast.If) -> Result | None:
    """`if a { } else if b { } else { }`: the branches' types and end states are joined."""
    return branches(checker, node, 0)


def branches(checker: Checker, node: ast.If, index: int) -> Result | None:
    """Check a branch and, nested as its else, all that follow."""
    branch = node.branches[index]
    test = predicate(checker, branch)
    if test is None:
        return None
    after_test = checker.state
    then = checker.block(branch.body)
    if then is None:
        return None
    after_then = checker.state
    otherwise: Result | None = None
    checker.state = after_test
    if index + 1 < len(node.branches):
        otherwise = branches(checker, node, index + 1)
        if otherwise is None:
            return None
    elif node.otherwise is not None:
        otherwise = checker.block(node.otherwise)
        if otherwise is None:
            return None
    checker.state = after_then.joined(checker.state)
    other_type = otherwise.type if otherwise is not None else NULL_TYPE
    other_hir = otherwise.hir.type if otherwise is not None else NULL_TYPE
    made = hir.Conditional(
        node.span if index == 0 else branch.span,
        then.hir.type | other_hir,
        test.hir,
        then.hir,
        otherwise.hir if otherwise is not None else None,
        test.hir.fallible or then.hir.fallible or (otherwise is not None and otherwise.hir.fallible),
    )
    fallible = then.fallible or (otherwise is not None and otherwise.fallible)
    return Result(made, then.type | other_type, fallible)


@rule(ast.Abort)
def abort(checker: Checker, node: ast.Abort) -> Result | None:
    """`abort`, `abort message`."""
    if node.message is None:
        return Result(hir.Abort(node.span, NEVER, None, True), NEVER)
    mark = len(checker.pending)
    found = checker.check(node.message)
    if found is None:
        del checker.pending[mark:]
        return None
    if found.fallible and not checker.settle(
        problems.fallible_operand("abort", node.message.span, "an abort message"), mark
    ):
        return None
    if not found.type.within(STRING) and not (checker.options.is_lenient and found.type.kinds & STRING):
        checker.fail(problems.non_string_abort(node.message.span, found.type))
        return None
    return Result(hir.Abort(node.span, NEVER, found.hir, True), NEVER)


@rule(ast.Return)
def return_(checker: Checker, node: ast.Return) -> Result | None:
    """`return value`."""
    mark = len(checker.pending)
    found = checker.check(node.value)
    if found is None:
        del checker.pending[mark:]
        return None
    if found.fallible and not checker.settle(problems.fallible_operand("return", node.keyword, "a return value"), mark):
        return None
    checker.returns.append(found.type)
    checker.exits.append(checker.state)
    return Result(hir.Return(node.span, NEVER, found.hir, True), NEVER)
