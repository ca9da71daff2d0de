"""Rules for user functions and for importing them from another file (dtl)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dtl.check import problems
from dtl.check.checker import Checker, Result, rule
from dtl.check.extensions import drop
from dtl.check.matching import TYPE_WORDS
from dtl.check.scope import Binding, State
from dtl.check.silence import silenced
from dtl.data import data
from dtl.diagnostics.diagnostic import Severity
from dtl.functions.function import ABSENT
from dtl.hir import nodes as hir
from dtl.hir.visit import effects_of
from dtl.source import Span
from dtl.syntax import nodes as ast
from dtl.syntax.parser import parse
from dtl.types.show import show
from dtl.types.type import ANY, ANY_OBJECT, NULL_TYPE, UNDEFINED, Type, of_kinds


@data
class Declared:
    """A user function: its syntax, parameter types, defaults, HIR, and whether calling it may write the event."""

    node: ast.Function
    types: list[Type]
    defaults: list[Result | None]
    function: hir.UserFunction
    writes: bool = False


def hoist(checker: Checker, tree: ast.Program) -> None:
    """Declare all functions of a program before its statements are checked, so that their order is free."""
    checker.user_functions["deleted"] = drop
    for node in tree.body:
        if isinstance(node, ast.Import):
            import_functions(checker, node)
    functions = [node for node in tree.body if isinstance(node, ast.Function)]
    checker.hoisted = {id(node) for node in functions}
    declare_all(checker, functions)


def declare_all(checker: Checker, nodes: list[ast.Function]) -> None:
    """Declare functions, then check their bodies, so that they may call each other."""
    declared = []
    for node in nodes:
        if node.name.text in checker.user_functions:
            checker.fail(problems.problem(1100, problems.here(node.name.span, f"`{node.name.text}` is defined above")))
            continue
        found = declare(checker, node)
        if found is not None:
            checker.user_functions[node.name.text] = _caller(found)
            declared.append(found)
    for found in declared:
        check_body(checker, found)


def declare(checker: Checker, node: ast.Function) -> Declared | None:
    """Return a function's declaration, its body not yet checked."""
    types: list[Type] = []
    defaults: list[Result | None] = []
    seen: set[str] = set()
    for parameter in node.parameters:
        if parameter.name.text in seen:
            checker.fail(problems.problem(1101, problems.here(parameter.name.span, "another parameter has this name")))
            return None
        seen.add(parameter.name.text)
        type = word_type(checker, parameter.type) if parameter.type is not None else ANY.without_kinds(UNDEFINED)
        if type is None:
            return None
        default = None
        if parameter.default is not None:
            default = checker.check(parameter.default)
            if default is None:
                return None
        elif defaults and defaults[-1] is not None:
            checker.fail(
                problems.problem(1109, problems.here(parameter.name.span, "parameters before it have defaults"))
            )
            return None
        types.append(type)
        defaults.append(default)
    result = word_type(checker, node.result) if node.result is not None else ANY.without_kinds(UNDEFINED)
    if result is None:
        return None
    function = hir.UserFunction(node.name.text, (), (), None, result, True, frozenset(), checker.source)
    return Declared(node, types, defaults, function)


def word_type(checker: Checker, name: ast.Name) -> Type | None:
    """Return the type that a word in a signature stands for."""
    kinds = TYPE_WORDS.get(name.text)
    if kinds is None:
        checker.fail(problems.problem(1102, problems.here(name.span, "the types are " + ", ".join(TYPE_WORDS))))
        return None
    return of_kinds(kinds)


def check_body(checker: Checker, declared: Declared) -> None:
    """Check a function's body in a scope of its own and complete its declaration."""
    node, function = declared.node, declared.function
    saved = (checker.state, checker.slots, checker.returns, checker.throws, checker.loop_depth, checker.pending)
    checker.state, checker.slots, checker.returns, checker.throws = State({}, ANY_OBJECT, ANY_OBJECT), {}, [], False
    checker.loop_depth, checker.pending = 0, []
    exits, checker.exits = checker.exits, []
    start = checker.state
    slots = []
    for parameter, type in zip(node.parameters, declared.types, strict=True):
        slot = checker.slot(parameter.name.text)
        slots.append(slot)
        checker.types[parameter.name.span] = type
        checker.state = checker.state.bind(parameter.name.text, Binding(type, ABSENT, slot))
    body = checker.block(node.body)
    declared.writes = checker.state.event is not start.event or checker.state.metadata is not start.metadata
    fallible = bool(checker.pending) or checker.throws
    if body is not None:
        # What can fail in the body and is not handled makes the function fallible, as with a built-in one.
        checker.pending.clear()
        returned = body.type
        for type in checker.returns:
            returned = returned | type
        function.parameters = tuple(slots)
        function.slots = tuple(checker.slots)
        function.body = body.hir
        function.fallible = fallible
        function.effects = effects_of(body.hir)
        if node.result is None:
            function.result = returned.stored()
        elif returned.kinds & ~function.result.kinds:
            text = f"this gives {show(returned)}, the signature says {show(function.result)}"
            checker.fail(problems.problem(1103, problems.here(node.body.span, text)))
    checker.state, checker.slots, checker.returns, checker.throws, checker.loop_depth, checker.pending = saved
    checker.exits = exits


def _caller(
    declared: Declared,
) -> Callable[[Checker, ast.Call | ast.MethodCall, tuple[ast.Argument, ...]], Result | None]:
    def call(checker: Checker, node: ast.Call | ast.MethodCall, arguments: tuple[ast.Argument, ...]) -> Result | None:
        return invoke(checker, declared, node, arguments)

    return call


def invoke(
    checker: Checker, declared: Declared, node: ast.Call | ast.MethodCall, arguments: tuple[ast.Argument, ...]
) -> Result | None:
    """Check a call of a user function."""
    mark = len(checker.pending)
    results = checker.check_all(tuple(argument.value for argument in arguments))
    if results is None:
        del checker.pending[mark:]
        return None
    parameters = declared.node.parameters
    if node.closure is not None:
        checker.fail(problems.unexpected_closure(node.closure.span, node.span), mark)
        return None
    if len(arguments) > len(parameters):
        span = arguments[0].span.to(arguments[-1].span)
        checker.fail(problems.too_many_arguments(span, len(parameters)), mark)
        return None
    given: dict[str, Result] = {}
    guards: list[hir.Guard] = []
    uncertain = False
    names = [parameter.name.text for parameter in parameters]
    cursor = 0
    for argument, found in zip(arguments, results, strict=True):
        if argument.name is None:
            while cursor < len(names) and names[cursor] in given:
                cursor += 1
            name = names[cursor] if cursor < len(names) else ""
        else:
            name = argument.name.text
        if name not in names:
            span = argument.name.span if argument.name is not None else argument.span
            checker.fail(problems.unknown_keyword(span, node.name.span, names), mark)
            return None
        position = names.index(name)
        wanted = declared.types[position]
        if not wanted.intersects(found.type):
            text = f'this is {show(found.type)}, the parameter "{name}" takes {show(wanted)}'
            checker.fail(problems.problem(110, problems.here(argument.value.span, text)), mark)
            return None
        if found.fallible and not checker.settle(problems.fallible_argument(argument.value), mark):
            return None
        if found.type.kinds & ~(wanted.kinds | UNDEFINED):
            uncertain = True
        if found.hir.type.kinds & ~wanted.kinds:
            guards.append(hir.Guard(position, wanted.kinds))
        given[name] = found
    values: list[hir.Hir] = []
    for position, name in enumerate(names):
        value = given.get(name) or declared.defaults[position]
        if value is None:
            checker.fail(problems.missing_argument(node.span, name, position), mark)
            return None
        values.append(value.hir)
    if declared.writes:
        checker.state = replace(checker.state, event=ANY_OBJECT, metadata=ANY_OBJECT)
    function = declared.function
    own = function.fallible or uncertain
    place = checker.source.byte_span(Span(node.name.span.start, node.arguments_end))
    made = hir.Invoke(node.span, checker.sound(function.result), function, tuple(values), tuple(guards), place, True)
    return Result(made, function.result, own and node.bang is None)


@rule(ast.Function)
def function(checker: Checker, node: ast.Function) -> Result | None:
    """A function was declared before the statements were checked; inside a block it is an error."""
    if id(node) not in checker.hoisted:
        checker.fail(problems.problem(1104, problems.here(node.name.span, "move it out of the block")))
        return None
    return Result(hir.Constant(node.span, NULL_TYPE, None), NULL_TYPE)


# --- import -----------------------------------------------------------------------------------------


@rule(ast.Import)
def import_(checker: Checker, node: ast.Import) -> Result:
    """An import was carried out before the statements were checked."""
    return Result(hir.Constant(node.span, NULL_TYPE, None), NULL_TYPE)


def import_functions(checker: Checker, node: ast.Import) -> None:
    """Declare the functions of another file."""
    load = checker.options.load
    if load is None:
        checker.fail(problems.problem(1106, problems.here(node.path.span, "this host offers no files to import")))
        return
    try:
        source = load(node.path.value, checker.source)
    except OSError as error:
        checker.fail(problems.problem(1106, problems.here(node.path.span, error.strerror or str(error))))
        return
    if source.name in checker.importing:
        chain = " imports ".join((*checker.importing, source.name))
        checker.fail(problems.problem(1107, problems.here(node.path.span, chain)))
        return
    tree, found = parse(source, "dtl")
    inner = Checker(source, checker.functions, checker.options, checker.trusted)
    inner.importing = (*checker.importing, source.name)
    hoist(inner, tree)
    found = [*found, *inner.diagnostics]
    for statement in tree.body:
        if not isinstance(statement, (ast.Function, ast.Import, ast.Invalid)):
            found.append(
                problems.problem(
                    1108, problems.here(statement.span, "an import takes only functions"), severity=Severity.ERROR
                )
            )
            break
    # Only functions are checked here, so not all that its comments allow is known.
    found = silenced(tree, source, found, tells_unused=False)
    by = f"imported by {checker.source.name or 'the program'}, line {checker.source.position(node.span.start).line}"
    for each in found:
        checker.diagnostics.append(replace(each, source=each.source or source, notes=(*each.notes, by)))
    checker.is_sound = checker.is_sound and inner.is_sound
    own = {name: call for name, call in inner.user_functions.items() if name != "deleted"}
    wanted = [(name.text, alias) for name, alias in node.names] or [(name, ast.Name(node.span, name)) for name in own]
    for name, alias in wanted:
        if name not in own:
            checker.fail(problems.problem(1106, problems.here(alias.span, f"`{source.name}` has no function `{name}`")))
        elif alias.text in checker.user_functions:
            checker.fail(problems.problem(1100, problems.here(alias.span, f"`{alias.text}` is defined already")))
        else:
            checker.user_functions[alias.text] = own[name]
