"""The checker's findings: facts in, diagnostics out. Titles and general notes live with the codes."""

from __future__ import annotations

from dtl.diagnostics.codes import title
from dtl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label, Severity
from dtl.functions.function import Function, Parameter
from dtl.source import Span
from dtl.syntax import nodes as ast
from dtl.syntax.show import show as show_code
from dtl.types import type as kind
from dtl.types.show import show as show_type
from dtl.types.type import Type

_COERCE_HINT = "hint: coerce the value to the required type using a coercion function"
_COERCE_LINK = "see documentation about type coercion at https://functions.vrl.dev/#coerce-functions"

#: For each exact parameter kind: the guard function, the coercion and a fallback (spec 7.2).
_GUARDS = {
    kind.STRING: ("string", "to_string", '"default"'),
    kind.INTEGER: ("int", "to_int", "0"),
    kind.FLOAT: ("float", "to_float", "0"),
    kind.BOOLEAN: ("bool", "to_bool", "false"),
    kind.TIMESTAMP: ("timestamp", "to_timestamp", "now()"),
    kind.OBJECT: ("object", None, None),
    kind.ARRAY: ("array", None, None),
}


def problem(
    code: int,
    *labels: Label,
    notes: tuple[str, ...] = (),
    fixes: tuple[Fix, ...] = (),
    message: str | None = None,
    severity: Severity = Severity.ERROR,
) -> Diagnostic:
    """Return a diagnostic with its code's title."""
    return Diagnostic(code, message or title(code), labels, notes, fixes, severity)


def here(span: Span, text: str) -> Label:
    """Return a primary label."""
    return Label(span, text)


def context(span: Span, text: str) -> Label:
    """Return a secondary label."""
    return Label(span, text, primary=False)


# --- fallibility ------------------------------------------------------------------------------------


def unhandled_error(span: Span, call: ast.Expression | None = None) -> Diagnostic:
    """E100: nobody handles what can fail here."""
    return problem(
        100,
        here(span, "expression can result in runtime error"),
        context(span, "handle the error case to ensure runtime success"),
        fixes=bang_fix(call),
    )


def bang_fix(call: ast.Expression | None) -> tuple[Fix, ...]:
    """Return the fix that aborts on error: a `!` behind the called name."""
    if isinstance(call, (ast.Call, ast.MethodCall)) and call.bang is None:
        end = call.name.span.end
        return (Fix(f"abort on error: `{call.name.text}!`", (Edit(Span(end, end), "!"),)),)
    return ()


def fallible_assignment(
    node: ast.Assign, cause: UncertainArgument | None, call: ast.Expression | None = None
) -> Diagnostic:
    """E103: the right side can fail."""
    target, value = show_code(node.target), show_code(node.value)
    # VRL marks the target up to one byte before the right side.
    left = Span(node.target.span.start, max(node.value.span.start - 1, node.target.span.start))
    labels = [
        here(
            node.value.span,
            "this expression is fallible because at least one argument's type cannot be verified to be valid",
        )
    ]
    if cause is not None:
        argument = show_code(cause.argument.value)
        labels.append(
            here(
                node.value.span,
                f"`{argument}` argument type is `{show_type(cause.type)}` and this function expected a parameter "
                f"`{cause.parameter.name}` of type `{show_type(cause.parameter.type)}`",
            )
        )
        labels.append(
            here(
                node.value.span,
                f"update the expression to be infallible by adding a `!`: `{with_bang(value, cause.function.name)}`",
            )
        )
    labels.append(context(left, "or change this to an infallible assignment:"))
    labels.append(context(left, f"{target}, err = {value}"))
    target_end = node.target.span.end
    fixes = (
        *bang_fix(call),
        Fix("handle the error: `" + target + ", err = ...`", (Edit(Span(target_end, target_end), ", err"),)),
    )
    return problem(103, *labels, fixes=fixes)


def with_bang(code: str, name: str) -> str:
    """Return code with the first call of a name made aborting."""
    return code.replace(name, name + "!", 1)


def unnecessary_error_assignment(node: ast.AssignResult) -> Diagnostic:
    """E104: the right side cannot fail."""
    return problem(
        104,
        here(node.error.span, "this error assignment is unnecessary"),
        context(node.value.span, "because this expression can't fail"),
        context(node.ok.span, f"use: {show_code(node.ok)} = {show_code(node.value)}"),
        fixes=(Fix("assign the value alone", (Edit(Span(node.ok.span.end, node.error.span.end), ""),), safe=True),),
    )


def fallible_argument(node: ast.Expression) -> Diagnostic:
    """E630: an argument can fail."""
    return problem(
        630,
        here(node.span, "this expression can fail"),
        context(node.span, "handle the error before passing it in as an argument"),
        fixes=bang_fix(node),
    )


def fallible_operand(word: str, place: Span, use: str) -> Diagnostic:
    """E631: the operand of abort or return can fail."""
    return problem(
        631,
        here(place, f"{word} only accepts an infallible expression argument"),
        context(place, f"handle errors before using the expression as {use}"),
    )


def unnecessary_coalescing(left: Span, right: Span, operator: Span) -> Diagnostic:
    """E651: the left side of `??` cannot fail."""
    return problem(
        651,
        here(left, "this expression can't fail"),
        context(right, "this expression never resolves"),
        context(operator, "remove this error coalescing operation"),
        fixes=(Fix("remove the `??` and its right side", (Edit(Span(left.end, right.end), ""),), safe=True),),
    )


def unnecessary_bang(name: Span, bang: Span) -> Diagnostic:
    """E620: `!` on a call that cannot fail."""
    return problem(
        620,
        here(name, "this function can't fail"),
        context(bang, "remove this abort (!) instruction"),
        fixes=(Fix("remove the `!`", (Edit(bang, ""),), safe=True),),
        severity=Severity.WARNING,
    )


# --- expressions ------------------------------------------------------------------------------------


def invalid_regex(span: Span, reason: str) -> Diagnostic:
    """E101: a regex literal that does not compile."""
    return problem(101, here(span, f"regex parse error: {reason}"))


def invalid_timestamp(span: Span, reason: str) -> Diagnostic:
    """E601: a timestamp literal that is none."""
    return problem(601, here(span, f"invalid timestamp format: {reason}"))


def undefined_variable(
    span: Span, near: str | None, notes: tuple[str, ...] = (), shown: Span | None = None
) -> Diagnostic:
    """E701: nothing of that name was assigned; what is `shown` is not the name where VRL points elsewhere."""
    labels = [here(shown or span, "undefined variable")]
    fixes: tuple[Fix, ...] = ()
    if near is not None:
        labels.append(context(shown or span, f'did you mean "{near}"?'))
        fixes = (Fix(f"use `{near}`", (Edit(span, near),)),)
    return problem(701, *labels, notes=notes, fixes=fixes)


def non_boolean_predicate(span: Span, type: Type) -> Diagnostic:
    """E102: a predicate that is no boolean."""
    return problem(
        102,
        here(span, "this predicate must resolve to a boolean"),
        context(span, f"instead it resolves to {show_type(type)}"),
        notes=(_COERCE_HINT, "see documentation about if expressions at https://vrl.dev/expressions/#if"),
    )


def non_boolean_negation(operator: Span, operand: Span, type: Type) -> Diagnostic:
    """E660: `!` on what is no boolean."""
    return problem(
        660,
        here(operator, "negation only works on boolean values"),
        context(operand, f"this expression resolves to {show_type(type)}"),
        notes=(_COERCE_HINT, _COERCE_LINK),
    )


def non_string_abort(span: Span, type: Type) -> Diagnostic:
    """E113: an abort message that is no string."""
    return problem(
        113,
        here(span, "abort only accepts an expression argument resolving to a string"),
        context(span, f"this expression resolves to {show_type(type)}"),
        notes=(_COERCE_HINT, _COERCE_LINK),
    )


def chained_comparison(operator: Span) -> Diagnostic:
    """E650: a comparison of a comparison."""
    return problem(650, here(operator, ""))


def only_objects_merge(spans: list[Span]) -> Diagnostic:
    """E652: `|` on what is not known to be an object."""
    return problem(652, *(here(span, "this expression must resolve to an object") for span in spans))


# --- assignments ------------------------------------------------------------------------------------


def no_op_assignment(node: ast.Assign | ast.AssignResult, target: Span) -> Diagnostic:
    """E640: an assignment to nothing."""
    return problem(
        640,
        here(node.value.span, "this no-op assignment has no effect"),
        context(target, "either assign to a path or variable here"),
        context(Span(target.start, max(node.value.span.start - 1, target.start)), "or remove the assignment"),
    )


def invalid_target(span: Span) -> Diagnostic:
    """E641: an assignment to a path into something that is no place."""
    return problem(641, here(span, "invalid assignment target"), context(span, "use one of variable or path"))


def rejected_mutation(segment: Span, parent: Span, type: Type, is_field: bool, notes: tuple[str, ...]) -> Diagnostic:
    """E642: a write below a value that has no fields or elements."""
    what = "querying a field of a non-object type" if is_field else "indexing into a non-array type"
    return problem(
        642,
        here(segment, f"{what} is unsupported"),
        context(parent, f"this path resolves to a value of type {show_type(type)}"),
        notes=notes,
    )


def read_only(span: Span) -> Diagnostic:
    """E315: a write to a path that the host protects."""
    return problem(315, here(span, "mutation of read-only value"))


# --- calls ------------------------------------------------------------------------------------------


def undefined_function(span: Span, near: str | None, advice: str | None = None) -> Diagnostic:
    """E105: no function of that name; `advice` is for one that there once was."""
    labels = [here(span, "undefined function")]
    fixes: tuple[Fix, ...] = ()
    if advice is not None:
        labels.append(context(span, advice))
    elif near is not None:
        labels.append(context(span, f'did you mean "{near}"?'))
        fixes = (Fix(f"call `{near}`", (Edit(span, near),)),)
    return problem(105, *labels, fixes=fixes)


def too_many_arguments(span: Span, most: int) -> Diagnostic:
    """E106: more arguments than parameters."""
    plural = "" if most == 1 else "s"
    return problem(
        106,
        here(span, "too many function arguments"),
        context(span, f"this function takes a maximum of {most} argument{plural}"),
        notes=("see documentation about function arguments at https://vrl.dev/expressions/#arguments",),
    )


def missing_argument(span: Span, name: str, position: int) -> Diagnostic:
    """E107: a required argument is not given."""
    return problem(107, here(span, f'required argument missing: "{name}" (position {position})'))


def unknown_keyword(span: Span, called: Span, names: list[str]) -> Diagnostic:
    """E108: no parameter of that name."""
    listed = ", ".join(f'"{name}"' for name in names)
    return problem(
        108, here(span, "unknown keyword"), context(called, f"this function accepts the following keywords: {listed}")
    )


def unexpected_closure(closure: Span, call: Span) -> Diagnostic:
    """E109: a closure for a function that takes none."""
    return problem(109, here(closure, "unexpected closure"), context(call, "this function does not accept a closure"))


def missing_closure(call: Span, example: str) -> Diagnostic:
    """E111: a function that needs a closure."""
    return problem(111, here(call, "this function expects a closure"), notes=(f"example: {example}",))


def closure_arity(name: Span, parameters: Span, expected: int, given: int) -> Diagnostic:
    """E120: a closure with the wrong number of parameters."""
    return problem(
        120,
        here(name, f"this function requires a closure with {expected} argument(s)"),
        context(parameters, f"but {given} argument(s) are supplied"),
    )


def closure_input(call: Span, type: Type) -> Diagnostic:
    """E121: the iterated value is not surely an object or array."""
    return problem(
        121,
        here(call, "the closure tied to this function call expects a different input value"),
        context(call, f"expression has an inferred type of {show_type(type)} where an array or object was expected"),
    )


def closure_result(body: Span, expected: Type, received: Type) -> Diagnostic:
    """E122: a closure body of the wrong type."""
    return problem(
        122,
        here(body, "block returns invalid value type"),
        context(body, f"expected: {show_type(expected)}"),
        context(body, f"received: {show_type(received)}"),
    )


class UncertainArgument:
    """Facts of an argument whose type may not fit: for E110, and for E103 when it is the cause."""

    def __init__(
        self, function: Function, parameter: Parameter, argument: ast.Argument, type: Type, call: ast.Expression
    ) -> None:
        self.function = function
        self.parameter = parameter
        self.argument = argument
        self.type = type
        self.call = call


def invalid_argument_type(facts: UncertainArgument, certain: bool) -> Diagnostic:
    """E110: an argument's type does not fit (`certain`), or may not fit and nobody handles that."""
    value = facts.argument.value
    name = facts.argument.name
    uncertain_span = name.span if name is not None else value.span
    second = facts.argument.span if certain else uncertain_span
    code, call = show_code(value), show_code(facts.call)
    if getattr(facts.call, "bang", None) is not None:
        call = with_bang(call, facts.function.name)
    labels = (
        here(value.span, f"this expression resolves to {_type_words(facts.type)}"),
        context(second, f'but the parameter "{facts.parameter.name}" expects {_type_words(facts.parameter.type)}'),
    )
    notes: list[str] = []
    guard = _GUARDS.get(facts.parameter.type.kinds)
    if guard is not None:
        strict, coerce, fallback = guard
        notes += [
            "try: ensuring an appropriate type at runtime",
            "",
            f"    {code} = {strict}!({code})",
            f"    {call}",
            "",
        ]
        if coerce is not None:
            notes += [
                "try: coercing to an appropriate type and specifying a default value as a fallback in case "
                "coercion fails",
                "",
                f"    {code} = {coerce}({code}) ?? {fallback}",
                f"    {call}",
                "",
            ]
    fixes: tuple[Fix, ...] = ()
    if guard is not None:
        strict, coerce, fallback = guard
        written = value.span
        fixes = (
            Fix(
                f"make sure of the type: `{strict}!(...)`",
                (Edit(Span(written.start, written.start), f"{strict}!("), Edit(Span(written.end, written.end), ")")),
            ),
        )
    if not certain:
        fixes = (*bang_fix(facts.call), *fixes)
    return problem(110, *labels, notes=tuple(notes), fixes=fixes)


def _type_words(type: Type) -> str:
    if type.is_any:
        return "any"
    return f"the exact type {show_type(type)}" if type.is_exact else f"one of {show_type(type)}"


def function_problem(
    call: Span, code: int, inner_title: str, texts: list[str], notes: tuple[str, ...] = ()
) -> Diagnostic:
    """E610: the function's own compile step refused the call; `texts` are the inner labels, primary first."""
    labels = tuple(Label(call, text, primary=index == 0) for index, text in enumerate(texts))
    return problem(610, *labels, notes=notes, message=f"function compilation error: error[E{code}] {inner_title}")
