"""What a function wants of its arguments at compile time: constants, enumerations, its own checks (spec 9)."""

from __future__ import annotations

from typing import Any

from dtl.check import problems
from dtl.check.bound import Bound
from dtl.check.checker import Checker, Result
from dtl.functions.function import ABSENT, Arguments, Function, InvalidArgument, Parameter
from dtl.hir import nodes as hir
from dtl.syntax import nodes as ast
from dtl.types.annotations import Reference
from dtl.types.type import ANY
from dtl.values.errors import FunctionError
from dtl.values.value import display

_CLASSES: dict[type, str] = {
    ast.String: "literal",
    ast.RawString: "literal",
    ast.Template: "literal",
    ast.Integer: "literal",
    ast.Float: "literal",
    ast.Boolean: "literal",
    ast.Null: "literal",
    ast.Regex: "literal",
    ast.Timestamp: "literal",
    ast.Group: "group",
    ast.Block: "block",
    ast.Array: "array",
    ast.Object: "object",
    ast.If: "if-statement",
    ast.Binary: "operation",
    ast.Assign: "assignment",
    ast.AssignResult: "assignment",
    ast.Query: "query",
    ast.Call: "function call",
    ast.MethodCall: "function call",
    ast.Variable: "variable call",
    ast.Unary: "unary operation",
    ast.Abort: "abort operation",
    ast.Return: "return",
}


def expression_class(node: ast.Expression) -> str:
    """Return VRL's word for a kind of expression."""
    return _CLASSES.get(type(node), "expression")


def refuse(checker: Checker, node: ast.Call | ast.MethodCall, code: int, title: str, texts: list[str]) -> None:
    """Report that the function's compile step refused the call."""
    notes = (f"learn more about error code {code} at https://errors.vrl.dev/{code}",) if 400 <= code < 500 else ()
    checker.fail(problems.function_problem(node.span, code, title, texts, notes))


def unexpected_expression(
    checker: Checker, node: ast.Call | ast.MethodCall, name: str, given: ast.Expression, wanted: str
) -> None:
    """E400: the argument is not of the syntactic class that the function needs."""
    texts = [
        f'unexpected expression for argument "{name}"',
        f"received: {expression_class(given)}",
        f"expected: {wanted}",
    ]
    refuse(checker, node, 400, "unexpected expression type", texts)


def prepare(
    checker: Checker, node: ast.Call | ast.MethodCall, bound: Bound
) -> tuple[dict[str, hir.Hir], frozenset[int]] | None:
    """Return the arguments' HIR, constants prepared; None after a compile error.

    The second part holds the indexes of the parameters whose Constant is already prepared.
    """
    arguments: dict[str, hir.Hir] = {}
    prepared = set()
    function = bound.function
    for index, parameter in enumerate(function.parameters):
        entry = bound.by_name.get(parameter.name)
        if entry is None:
            continue
        _, argument, found = entry
        if not check_class(checker, node, parameter, argument.value, found):
            return None
        if parameter.query:
            reference = reference_to(found, argument.value)
            if reference is None:
                unexpected_expression(checker, node, parameter.name, argument.value, "query")
                return None
            arguments[parameter.name] = reference
            continue
        arguments[parameter.name] = found.hir
        preparation = function.preparations.get(parameter.name)
        constant = found.constant
        if preparation is None or constant is ABSENT or not fits(parameter, found):
            continue
        try:
            ready = preparation.prepare(constant)
        except FunctionError as problem:
            if not preparation.at_compile:
                continue
            report_invalid(checker, node, parameter.name, constant, problem)
            return None
        arguments[parameter.name] = hir.Constant(found.hir.span, found.hir.type, ready, raw=constant)
        prepared.add(index)
    return arguments, frozenset(prepared)


def fits(parameter: Parameter, found: Result) -> bool:
    """Tell whether a constant is of the parameter's kinds."""
    return not found.type.kinds & ~parameter.type.kinds


def reference_to(found: Result, node: ast.Expression) -> hir.RefArgument | None:
    """Return a path argument as root and path, or None when it is no path."""
    if not isinstance(node, ast.Query):
        return None
    here = found.hir
    if isinstance(here, hir.Load):
        root = hir.Load(here.span, here.type, hir.Place(here.place.root))
        return hir.RefArgument(here.span, here.type, root, here.place.path)
    assert isinstance(here, hir.Access)
    return hir.RefArgument(here.span, here.type, here.value, here.path, here.fallible)


def reference_type(checker: Checker, found: Result) -> Reference:
    """Return a path argument as the type of its root and the path, for a function's type rule."""
    here = found.hir
    if isinstance(here, hir.Load):
        place = here.place
        if place.is_external:
            return Reference(checker.state.external(place.root), place.path)
        bindings = checker.state.variables.values()
        return Reference(next((b.type for b in bindings if b.slot == place.root), ANY), place.path)
    return Reference(here.value.type, here.path) if isinstance(here, hir.Access) else Reference(ANY, ())


def check_class(
    checker: Checker, node: ast.Call | ast.MethodCall, parameter: Parameter, given: ast.Expression, found: Result
) -> bool:
    """Check that a constant, an enumeration's value or a literal container was given where one must be."""
    name = parameter.name
    if parameter.static_items:
        return check_items(checker, node, parameter, given)
    if (parameter.static or parameter.enum is not None) and found.constant is ABSENT:
        unexpected_expression(checker, node, name, given, "literal")
        return False
    if parameter.enum is not None and isinstance(found.constant, str) and found.constant not in parameter.enum:
        expected = ", ".join(f'"{value}"' for value in parameter.enum)
        texts = [
            f'invalid enum variant for argument "{name}"',
            f"received: {display(found.constant)}",
            f"expected one of: {expected}",
        ]
        refuse(checker, node, 401, 'invalid enum variant"', texts)
        return False
    return True


def check_items(checker: Checker, node: ast.Call | ast.MethodCall, parameter: Parameter, given: ast.Expression) -> bool:
    """Check that a literal array or object of constants was given."""
    from_object = parameter.type.object is not None and parameter.type.array is None
    wanted: tuple[type[ast.Object | ast.Array], str] = (ast.Object, "object") if from_object else (ast.Array, "array")
    if not isinstance(given, wanted[0]):
        unexpected_expression(checker, node, parameter.name, given, wanted[1])
        return False
    items = tuple(e.value for e in given.entries) if isinstance(given, ast.Object) else given.items
    for item in items:
        if not is_static(checker, item):
            texts = [
                f'expected static expression for argument "{parameter.name}"',
                f"received: {expression_class(item)}",
            ]
            refuse(checker, node, 402, "this argument must be a static expression", texts)
            return False
    return True


def is_static(checker: Checker, node: ast.Expression) -> bool:
    """Tell whether an element is constant; it has been checked without error before."""
    diagnostics, pending, state = len(checker.diagnostics), len(checker.pending), checker.state
    found = checker.check(node)
    del checker.diagnostics[diagnostics:], checker.pending[pending:]
    checker.state = state
    return found is not None and found.constant is not ABSENT


def report_invalid(
    checker: Checker, node: ast.Call | ast.MethodCall, name: str, value: Any, problem: FunctionError
) -> None:
    """Report a constant that the function refuses."""
    if not isinstance(problem, InvalidArgument):
        problem = InvalidArgument(problem.message)
    code, message = problem.code, problem.message
    if code == 403:
        received = display(value if problem.received is ABSENT else problem.received)
        texts = [f'invalid argument "{problem.parameter or name}"', f"received: {received}", f"error: {message}"]
        refuse(checker, node, 403, "invalid argument", texts)
        return
    inner = problem.title or message
    text = f"grok pattern error: {message}" if code == 112 else message
    refuse(checker, node, code, inner, [text])


def check(checker: Checker, node: ast.Call | ast.MethodCall, bound: Bound, known: Arguments) -> bool:
    """Run the function's check over all of its arguments."""
    function: Function = bound.function
    if function.checker is None:
        return True
    try:
        function.checker(known)
    except InvalidArgument as problem:
        name = problem.parameter or next(reversed(bound.by_name), "value")
        report_invalid(checker, node, name, known.constant(name, None), problem)
        return False
    return True
