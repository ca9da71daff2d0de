"""Rules for function calls: binding of arguments, closures, the function's own checks (spec 3.8, 6.3, 9)."""

from __future__ import annotations

from typing import Any

from dtl.check import intrinsics, problems, static
from dtl.check.bound import Bound
from dtl.check.checker import Checker, Result, null_if_undefined, rule
from dtl.check.foreign import function_meant
from dtl.check.literals import path_of
from dtl.check.scope import Binding, State
from dtl.functions.function import ABSENT, Arguments, Effect, Function, Parameter
from dtl.functions.registry import near_misses
from dtl.hir import nodes as hir
from dtl.hir.stop import is_idle, may_stop
from dtl.source import Span
from dtl.syntax import nodes as ast
from dtl.types.annotations import KEY, ClosureShape, Element
from dtl.types.type import (
    ANY,
    ARRAY,
    CONTAINERS,
    INTEGER,
    NEVER,
    OBJECT,
    STRING,
    UNDEFINED,
    UNDEFINED_TYPE,
    Type,
    of_kinds,
)

#: Functions that VRL once had, and what to use instead.
REMOVED = {
    "to_timestamp": '`to_timestamp` was removed: use `parse_timestamp(value, format: "%+")` for text, '
    "`from_unix_timestamp(value)` for numbers",
    "only_fields": "`only_fields` was removed: build the object anew, or use `filter` on its keys",
    "ok": "`ok` was removed: use `value, err = ...`",
    "parse_grok_all": "`parse_grok_all` was removed: use `parse_groks`",
}


@rule(ast.Call)
def call(checker: Checker, node: ast.Call) -> Result | None:
    """`f(a, b)`, `f!(a)`, `f(a) -> |x| { }`."""
    user = checker.user_functions.get(node.name.text)
    if user is not None:
        return user(checker, node, node.arguments)
    return call_function(checker, node, node.arguments)


def call_function(
    checker: Checker, node: ast.Call | ast.MethodCall, arguments: tuple[ast.Argument, ...], name: str | None = None
) -> Result | None:
    """Check a call of a function of the registry with these arguments."""
    mark = len(checker.pending)
    before = checker.state
    results = checker.check_all(tuple(argument.value for argument in arguments))
    if results is None:
        del checker.pending[mark:]
        return None
    name = name or node.name.text
    function = checker.functions.get(name, checker.options.dialect)
    if function is None:
        unknown_function(checker, node, name, mark)
        return None
    if checker.options.sandbox and function.effect in (Effect.ENVIRONMENT, Effect.NETWORK):
        checker.fail(
            problems.problem(
                1500,
                problems.here(node.name.span, f"`{name}` reaches outside of the program ({function.effect.value})"),
            ),
            mark,
        )
        return None
    bound = bind(checker, node, function, arguments, results, mark)
    if bound is None:
        return None
    if (function.closure is None) != (node.closure is None):
        if node.closure is not None:
            checker.fail(problems.unexpected_closure(node.closure.span, node.span), mark)
        else:
            checker.fail(problems.missing_closure(node.span, example_of(function)), mark)
        return None
    if function.intrinsic:
        return intrinsics.INTRINSICS[function.name](checker, node, bound, before)
    return finish(checker, node, bound, before, mark)


def example_of(function: Function) -> str:
    """Return a documented example of a function."""
    examples = function.documentation.examples
    return examples[0].source if examples else function.name


def unknown_function(checker: Checker, node: ast.Call | ast.MethodCall, name: str, mark: int) -> None:
    """Report a name that is no function."""
    known = [*checker.user_functions, *checker.functions.names(checker.options.dialect)]
    if checker.options.dialect == "dtl":
        near = function_meant(name, known)
    else:
        near = next(iter(near_misses(name, known)), None)
    checker.fail(problems.undefined_function(node.name.span, near, REMOVED.get(name)), mark)


def bind(
    checker: Checker,
    node: ast.Call | ast.MethodCall,
    function: Function,
    arguments: tuple[ast.Argument, ...],
    results: list[Result],
    mark: int,
) -> Bound | None:
    """Bind arguments to parameters in VRL's way (spec 2.7) and check their types in order."""
    parameters = function.parameters
    if len(arguments) > len(parameters):
        span = Span(arguments[0].span.start, arguments[-1].span.end)
        checker.fail(problems.too_many_arguments(span, len(parameters)), mark)
        return None
    bound = Bound(function)
    cursor = 0
    for argument, found in zip(arguments, results, strict=True):
        if argument.name is None:
            parameter = parameters[cursor] if cursor < len(parameters) else None
            cursor += 1
        else:
            position = next((i for i, p in enumerate(parameters) if p.name == argument.name.text), None)
            parameter = parameters[position] if position is not None else None
            if position == cursor:
                cursor += 1
        if parameter is None:
            name_span = argument.name.span if argument.name is not None else argument.span
            checker.fail(problems.unknown_keyword(name_span, node.name.span, [p.name for p in parameters]), mark)
            return None
        if not accept(checker, node, bound, parameter, argument, found, mark):
            return None
    for position, parameter in enumerate(parameters):
        if parameter.required and parameter.name not in bound.by_name:
            checker.fail(problems.missing_argument(node.span, parameter.name, position), mark)
            return None
    return bound


def accept(
    checker: Checker,
    node: ast.Call | ast.MethodCall,
    bound: Bound,
    parameter: Parameter,
    argument: ast.Argument,
    found: Result,
    mark: int,
) -> bool:
    """Check one argument's type and fallibility, and that it reads no file in the sandbox."""
    if parameter.file and checker.options.sandbox:
        label = problems.here(argument.span, f"`{bound.function.name}` reads the file that `{parameter.name}` names")
        checker.fail(problems.problem(1500, label), mark)
        return False
    wanted, given = parameter.type, found.type
    if not wanted.includes(given):
        facts = problems.UncertainArgument(bound.function, parameter, argument, given, node)
        if not wanted.intersects(given):
            checker.fail(problems.invalid_argument_type(facts, certain=True), mark)
            return False
        bound.uncertain.append(facts)
    if found.fallible and not checker.settle(problems.fallible_argument(argument.value), mark):
        return False
    bound.by_name[parameter.name] = (parameter, argument, found)
    return True


def finish(checker: Checker, node: ast.Call | ast.MethodCall, bound: Bound, before: State, mark: int) -> Result | None:
    """Check the closure, let the function check itself, work out the result, make the HIR."""
    function = bound.function
    if checker.options.dialect == "vrl":
        # What may fail inside an argument that cannot fail itself, such as `f!(..) -> || { .. }`, is forgotten by VRL.
        del checker.pending[mark:]
        if checker.state is not before:
            look_again(checker, bound)
    has_changed = checker.state is not before
    closure: hir.Closure | None = None
    body: Result | None = None
    if node.closure is not None and function.closure is not None:
        checked = check_closure(checker, node, node.closure, function.closure, bound, mark)
        if checked is None:
            return None
        closure, body = checked
    prepared = static.prepare(checker, node, bound)
    if prepared is None:
        del checker.pending[mark:]
        return None
    arguments, indexes = prepared
    known = Arguments(
        {name: found.type for name, (_, _, found) in bound.by_name.items()},
        {
            name: static.reference_type(checker, found) if parameter.query else found.constant
            for name, (parameter, _, found) in bound.by_name.items()
            if parameter.query or found.constant is not ABSENT
        },
        function.result,
        body.type if body is not None else None,
        checker.options.tables,
    )
    if not static.check(checker, node, bound, known):
        del checker.pending[mark:]
        return None
    result = function.resolve(known)
    if result.actual is not None:
        checker.is_sound = False
    own = result.fallible or (body is not None and body.fallible)
    aborts = node.bang is not None
    if node.bang is not None and not own and not bound.uncertain:
        checker.diagnostics.append(problems.unnecessary_bang(node.name.span, node.bang))
    fallible = not aborts and (own or bool(bound.uncertain))
    if bound.uncertain and not aborts:
        checker.pending.append(bound.uncertain[0])
    if not checker.trusted:
        # The same rule on types that hold in every run.
        sound = {name: found.hir.type for name, (_, _, found) in bound.by_name.items()}
        body_type = closure.body.type if closure is not None else None
        actual = function.resolve(Arguments(sound, {}, function.result, body_type))
        result = result._replace(actual=actual.actual or actual.type)
    made = make_call(checker, node, bound, result, arguments, indexes, closure)
    if has_changed and [function.parameters[index].name for index in made.order] != list(bound.by_name):
        # What the arguments see of each other was worked out in the order of the text.
        checker.is_sound = False
    return Result(made, result.type, fallible)


def look_again(checker: Checker, bound: Bound) -> None:
    """Work out the types of a call's arguments once more, from where the arguments ended.

    The closure and the result are typed by these in VRL, as if the arguments ran twice: `for_each(del(.a))` goes
    over what is left of `.a` after its deletion.
    """
    nodes = tuple(argument.value for _, argument, _ in bound.by_name.values())
    for name, again in zip(list(bound.by_name), checker.types_again(nodes), strict=True):
        parameter, argument, found = bound.by_name[name]
        if again is not None and again != found.type:
            bound.by_name[name] = (parameter, argument, found._replace(type=again))
            checker.is_sound = False


def make_call(
    checker: Checker,
    node: ast.Call | ast.MethodCall,
    bound: Bound,
    result: Any,
    arguments: dict[str, hir.Hir],
    prepared: frozenset[int],
    closure: hir.Closure | None,
) -> hir.Call:
    """Return the HIR of a call."""
    function = bound.function
    parameters = function.parameters
    ordered = tuple(arguments.get(parameter.name) for parameter in parameters)
    doubtful = [
        index
        for index, (parameter, value) in enumerate(zip(parameters, ordered, strict=True))
        if value is not None
        and not parameter.query
        and index not in prepared  # a constant, whose kind is known
        and value.type.kinds & ~parameter.type.kinds
    ]
    last = function.checked_last
    doubtful.sort(key=lambda index: last.index(name) + 1 if (name := parameters[index].name) in last else 0)
    order = evaluation_order(function, ordered)
    guards = [
        hir.Guard(index, parameters[index].type.kinds, is_at_once(function, ordered, order, index))
        for index in doubtful
        if parameters[index].name not in function.own_checks and not runs_unchecked(bound, parameters[index])
    ]
    type = NEVER if any(v is not None and v.type.is_never for v in ordered) else result.actual or result.type
    type = null_if_undefined(type)
    name = node.name.span
    end = node.closure.span.end if node.closure is not None else node.arguments_end
    fails = result.fallible or bool(doubtful) or closure is not None
    fails = fails or any(v is not None and v.fallible for v in ordered)
    return hir.Call(
        node.span,
        type,
        function,
        ordered,
        order,
        tuple(guards),
        prepared,
        closure,
        checker.source.byte_span(Span(name.start, end)),
        fails,
    )


def evaluation_order(function: Function, arguments: tuple[hir.Hir | None, ...]) -> tuple[int, ...]:
    """Return the indexes of the given arguments as they are evaluated: as VRL does it, not as they are written."""
    last = function.evaluated_last
    names = [parameter.name for parameter in function.parameters]
    given = [index for index, value in enumerate(arguments) if value is not None]
    if not any(value is not None and (may_stop(value) or not is_idle(value)) for value in arguments):
        return tuple(given)  # nobody could notice another order, which costs the backends something
    return tuple(sorted(given, key=lambda index: last.index(names[index]) + 1 if names[index] in last else 0))


def is_at_once(function: Function, arguments: tuple[hir.Hir | None, ...], order: tuple[int, ...], index: int) -> bool:
    """Tell whether an argument's kind is checked before the next one is evaluated, and somebody could notice."""
    if function.parameters[index].name not in function.checked_at_once:
        return False
    after = (arguments[at] for at in order[order.index(index) + 1 :])
    return any(value is not None and (may_stop(value) or not is_idle(value)) for value in after)


def runs_unchecked(bound: Bound, parameter: Parameter) -> bool:
    """Tell whether VRL lets a closure run over whatever comes: where it thinks that nothing will.

    The result of `remove!(.a, ["b"])` has no type there, and yet there is one.
    """
    closure = bound.function.closure
    if closure is None or closure.over != parameter.name or not parameter.type.kinds & CONTAINERS:
        return False
    return bound.by_name[parameter.name][2].type.is_never


# --- closures ---------------------------------------------------------------------------------------


def check_closure(
    checker: Checker,
    node: ast.Call | ast.MethodCall,
    closure: ast.Closure,
    shape: ClosureShape,
    bound: Bound,
    mark: int,
) -> tuple[hir.Closure, Result] | None:
    """Check a closure's parameters and body against what the function expects."""
    over = bound.by_name.get(shape.over)
    input_type = over[2].type if over is not None else ANY
    wanted = bound.function.parameter(shape.over)
    if wanted is not None and not wanted.type.includes(input_type):
        if not (checker.options.is_lenient and wanted.type.intersects(input_type)):
            checker.fail(problems.closure_input(node.span, input_type), mark)
            return None
        input_type = input_type.only(wanted.type.kinds)
    given, expected = len(closure.parameters), len(shape.parameters)
    lenient = checker.options.dialect != "vrl"
    if given != expected and not (lenient and 0 < given < expected):
        names = closure.parameters
        parameters = names[0].span.to(names[-1].span) if names else node.span
        checker.fail(problems.closure_arity(node.name.span, parameters, expected, given), mark)
        return None
    return closure_body(checker, closure, shape, input_type, over[1].value if over is not None else None, mark)


def closure_body(
    checker: Checker,
    closure: ast.Closure,
    shape: ClosureShape,
    input_type: Type,
    over: ast.Expression | None,
    mark: int,
) -> tuple[hir.Closure, Result] | None:
    """Check a closure's body with its parameters bound."""
    outer = checker.state
    slots: list[str | None] = []
    shadowed: list[tuple[str, str]] = []
    kinds = shape.parameters[len(shape.parameters) - len(closure.parameters) :]
    for name, kind in zip(closure.parameters, kinds, strict=True):
        if name.text == "_":
            slots.append(None)
            continue
        slot = checker.fresh_slot(name.text)
        slots.append(slot)
        hidden = outer.variables.get(name.text)
        if hidden is not None:
            shadowed.append((slot, hidden.slot))
        type = kind if isinstance(kind, Type) else element_type(kind, input_type)
        if isinstance(kind, Element) and (changed := shadowed_type(checker, closure, over)) is not None:
            type = element_type(kind, changed) if changed.kinds & CONTAINERS else ANY
        if type.is_never and kind is KEY and checker.options.dialect != "vrl":
            type = Type(STRING | INTEGER)
        checker.types[name.span] = type
        checker.state = checker.state.bind(name.text, Binding(type, ABSENT, slot))
    if input_type.object is not None and input_type.array is not None:
        checker.is_sound = False
    before = checker.state
    returns, checker.returns = checker.returns, []
    exits, checker.exits = checker.exits, []
    loops, checker.loop_depth = checker.loop_depth, 0
    body = checker.block(closure.body)
    checker.loop_depth = loops
    returned, checker.returns = checker.returns, returns
    checker.exits = exits
    after = checker.state
    if body is None:
        return None
    # VRL's checker looks neither at a second turn, which starts from where the first ended, nor at what turns change.
    checker.distrust(before, after)
    if shadowed and not all(
        outer.variables[n.text].type.includes(before.variables[n.text].type)
        for n in closure.parameters
        if n.text in outer.variables
    ):
        checker.is_sound = False
    checker.state = outer
    given = body.type
    for returned_type in returned:
        given = given | returned_type
    if given.kinds & ~shape.result:
        # What may fail inside the body still waits, and is reported after this.
        checker.fail(problems.closure_result(closure.body.span, of_kinds(shape.result), given))
        return None
    return hir.Closure(closure.span, tuple(slots), body.hir, tuple(shadowed)), body


def shadowed_type(checker: Checker, closure: ast.Closure, over: ast.Expression | None) -> Type | None:
    """Return the iterated variable's type where an earlier parameter has taken its name: VRL looks at that one."""
    root = over.target if isinstance(over, ast.Query) else over
    if not isinstance(root, ast.Variable) or all(root.name != name.text for name in closure.parameters):
        return None
    bound = checker.state.variables.get(root.name)
    path = path_of(over) if isinstance(over, ast.Query) else ()
    return bound.type.at(path) if bound is not None else None


def element_type(kind: Element, input_type: Type) -> Type:
    """Return the type of a closure parameter: the union of the elements, or the keys' type (spec 6.3).

    Of a value that may be an object or an array VRL sees only the object's parts.
    """
    if input_type.is_never:
        return ANY
    if kind.of == "key":
        if input_type.within(OBJECT):
            return Type(STRING)
        return Type(INTEGER) if input_type.within(ARRAY) else NEVER
    collection = input_type.object or input_type.array
    if collection is None:
        return NEVER
    parts = collection.parts_type.without_kinds(UNDEFINED)
    return UNDEFINED_TYPE if parts.is_never and collection.known else parts
