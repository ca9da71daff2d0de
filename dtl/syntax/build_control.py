"""What the grammar's rules make of control flow, and of all that VRL does not have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from dtl.source import Span
from dtl.syntax import build, nodes
from dtl.syntax.build import Expression, name, span_of
from dtl.syntax.tokens import Token

Predicate: TypeAlias = tuple[tuple[Expression, ...], Span]

# --- statements and control ---------------------------------------------------------------------


def assign(target: nodes.Target, operator: Token, _: None, value: Expression) -> nodes.Assign:
    """Make an assignment."""
    return nodes.Assign(Span(target.span[0], value.span[1]), target, name(operator), value)


def assign_result(
    ok: nodes.Target, _: Token, error: nodes.Target, operator: Token, __: None, value: Expression
) -> nodes.AssignResult:
    """Make an error-capturing assignment."""
    return nodes.AssignResult(Span(ok.span.start, value.span.end), ok, error, name(operator), value)


def predicate(condition: Expression) -> Predicate:
    """Make a predicate of one condition."""
    return (condition,), condition.span


def predicate_list(opening: Token, parts: list[Expression], closing: Token) -> Predicate:
    """Make a predicate of several expressions."""
    return tuple(parts), Span(opening[1], closing[2])


def predicate_lines(opening: Token, _: None, parts: list[Expression], closing: Token) -> Predicate:
    """Make a predicate of several expressions that begin on a new line."""
    return tuple(parts), Span(opening[1], closing[2])


def if_(word: Token, condition: Predicate, _: None, body: nodes.Block) -> list[nodes.Branch]:
    """Begin an `if`."""
    return [nodes.Branch(Span(word[1], body.span.end), condition[0], condition[1], body)]


def else_if(
    branches: list[nodes.Branch],
    _: Token,
    __: None,
    word: Token,
    condition: Predicate,
    ___: None,
    body: nodes.Block,
) -> list[nodes.Branch]:
    """Add an `else if`."""
    return branches + if_(word, condition, None, body)


def if_only(branches: list[nodes.Branch]) -> nodes.If:
    """Make an `if` without `else`."""
    return nodes.If(branches[0].span.to(branches[-1].span), tuple(branches), None)


def if_else(branches: list[nodes.Branch], _: Token, __: None, otherwise: nodes.Block) -> nodes.If:
    """Make an `if` with `else`."""
    return nodes.If(branches[0].span.to(otherwise.span), tuple(branches), otherwise)


def abort(word: Token) -> nodes.Abort:
    """Make `abort`."""
    return nodes.Abort(span_of(word), None)


def abort_with(word: Token, message: Expression) -> nodes.Abort:
    """Make `abort` with a message."""
    return nodes.Abort(Span(word[1], message.span.end), message)


def return_(word: Token, value: Expression) -> nodes.Return:
    """Make `return`."""
    return nodes.Return(Span(word[1], value.span.end), span_of(word), value)


# --- dtl only -----------------------------------------------------------------------------------


def first_value(value: Any, *_: object) -> Any:
    """Return the first value."""
    return value


def two(one: Any, _: Token, __: None, other: Any) -> list[Any]:
    """Begin a list of two."""
    return [one, other]


def fourth(values: list[Any], _: Token, __: None, value: Any) -> list[Any]:
    """Add to a list, after a separator that may end a line."""
    values.append(value)
    return values


def condition(_: None, body: Expression, __: None) -> list[Expression]:
    """Return a condition alone."""
    return [body]


def broken_condition(_: None, token: Token, __: None) -> list[Expression]:
    """Stand in for a condition that could not be parsed."""
    return [build.invalid(token)]


def filter(word: Token, condition: Predicate, *_: object) -> nodes.Filter:
    """Make a final `if` without a block."""
    parts, place = condition
    body = parts[-1] if len(parts) == 1 else nodes.Block(place, parts)
    return nodes.Filter(Span(word[1], place.end), body)


def throw(word: Token, message: Expression) -> nodes.Throw:
    """Make `throw`."""
    return nodes.Throw(Span(word[1], message.span.end), message)


def coalesce_or(
    left: Expression, operator: Token, _: None, middle: Expression, other: Token, __: None, right: Expression
) -> nodes.Binary:
    """Make `a ?? b || throw c`."""
    return build.binary(left, operator, None, build.binary(middle, other, None, right))


def lambda_one(parameter: Token) -> tuple[tuple[nodes.Name, ...], Span]:
    """Make a lambda's only parameter."""
    return (name(parameter),), span_of(parameter)


def lambda_none(opening: Token, closing: Token) -> tuple[tuple[nodes.Name, ...], Span]:
    """Make a lambda's empty parameters."""
    return (), Span(opening[1], closing[2])


def lambda_many(opening: Token, names: list[nodes.Name], closing: Token) -> tuple[tuple[nodes.Name, ...], Span]:
    """Make a lambda's parameters."""
    return tuple(names), Span(opening[1], closing[2])


# `lambda` is a word of Python's, so the function goes by another name; see `function_named`.
def lambda_(parameters: tuple[tuple[nodes.Name, ...], Span], arrow: Token, _: None, body: Expression) -> nodes.Closure:
    """Make a lambda."""
    names, place = parameters
    block = body if isinstance(body, nodes.Block) else nodes.Block(body.span, (body,))
    return nodes.Closure(Span(place.start, body.span.end), names, place, block, True)


def match(
    word: Token, subject: Expression, _: None, __: Token, ___: None, arms: list[nodes.Arm], *closing: Any
) -> nodes.Match:
    """Make a `match`."""
    return nodes.Match(Span(word[1], closing[-1][2]), subject, tuple(arms))


def arm(pattern: nodes.Pattern, _: Token, __: None, body: Expression) -> nodes.Arm:
    """Make an arm."""
    return nodes.Arm(Span(pattern.span.start, body.span.end), pattern, None, body)


def arm_if(pattern: nodes.Pattern, _: Token, guard: Expression, __: Token, ___: None, body: Expression) -> nodes.Arm:
    """Make an arm with a guard."""
    return nodes.Arm(Span(pattern.span.start, body.span.end), pattern, guard, body)


def alternatives(options: list[nodes.Pattern]) -> nodes.AlternativePattern:
    """Make a pattern of several."""
    return nodes.AlternativePattern(options[0].span.to(options[-1].span), tuple(options))


def literal_pattern(value: Expression) -> nodes.LiteralPattern:
    """Make a pattern of a literal."""
    return nodes.LiteralPattern(value.span, value)


def range_pattern(low: Expression, mark: Token, high: Expression) -> nodes.RangePattern:
    """Make a range with both bounds."""
    return nodes.RangePattern(low.span.to(high.span), low, high, mark[2] - mark[1] == 3)


def range_from(low: Expression, mark: Token) -> nodes.RangePattern:
    """Make a range without an upper bound."""
    return nodes.RangePattern(Span(low.span.start, mark[2]), low, None, False)


def range_to(mark: Token, high: Expression) -> nodes.RangePattern:
    """Make a range without a lower bound."""
    return nodes.RangePattern(Span(mark[1], high.span.end), None, high, mark[2] - mark[1] == 3)


def type_pattern(word: Token, binding: Token | None = None) -> nodes.TypePattern:
    """Make a pattern of a type."""
    bound = name(binding) if binding else None
    return nodes.TypePattern(Span(word[1], (binding or word)[2]), name(word), bound)


def name_pattern(token: Token) -> nodes.NamePattern:
    """Make a pattern that takes any value and names it."""
    return nodes.NamePattern(span_of(token), str(token[3]))


def wildcard_pattern(token: Token) -> nodes.WildcardPattern:
    """Make `_`."""
    return nodes.WildcardPattern(span_of(token))


def try_(word: Token, _: None, body: nodes.Block, __: Token, ___: None, handler: nodes.Block) -> nodes.Try:
    """Make a `try` that does not look at the error."""
    return nodes.Try(Span(word[1], handler.span.end), body, None, handler)


def try_named(
    word: Token, _: None, body: nodes.Block, __: Token, error: Token, ___: None, handler: nodes.Block
) -> nodes.Try:
    """Make a `try`."""
    return nodes.Try(Span(word[1], handler.span.end), body, name(error), handler)


def for_(
    word: Token, names: list[nodes.Name], _: Token, iterable: Expression, __: None, body: nodes.Block
) -> nodes.For:
    """Make a `for`."""
    return nodes.For(Span(word[1], body.span.end), tuple(names), iterable, body)


def while_(word: Token, condition: Expression, _: None, body: nodes.Block) -> nodes.While:
    """Make a `while`."""
    return nodes.While(Span(word[1], body.span.end), condition, body)


def break_(word: Token) -> nodes.Break:
    """Make `break`."""
    return nodes.Break(span_of(word))


def continue_(word: Token) -> nodes.Continue:
    """Make `continue`."""
    return nodes.Continue(span_of(word))


def function(
    word: Token,
    called: Token,
    _: Token,
    parameters: list[nodes.Parameter] | None,
    __: Token,
    result: nodes.Name | None,
    ___: None,
    body: nodes.Block,
) -> nodes.Function:
    """Make a user's function."""
    return nodes.Function(Span(word[1], body.span.end), name(called), tuple(parameters or ()), result, body)


def parameter(token: Token) -> nodes.Parameter:
    """Make a parameter."""
    return nodes.Parameter(span_of(token), name(token), None, None)


def parameter_typed(token: Token, _: Token, kind: nodes.Name) -> nodes.Parameter:
    """Make a parameter with a type."""
    return nodes.Parameter(Span(token[1], kind.span.end), name(token), kind, None)


def parameter_default(token: Token, _: Token, default: Expression) -> nodes.Parameter:
    """Make a parameter with a default."""
    return nodes.Parameter(Span(token[1], default.span.end), name(token), None, default)


def parameter_typed_default(
    token: Token, _: Token, kind: nodes.Name, __: Token, default: Expression
) -> nodes.Parameter:
    """Make a parameter with a type and a default."""
    return nodes.Parameter(Span(token[1], default.span.end), name(token), kind, default)


def import_all(word: Token, path: Token) -> nodes.Import:
    """Make an import of all functions of a file."""
    return nodes.Import(Span(word[1], path[2]), (), _path(path))


def import_names(
    word: Token, _: Token, __: None, names: list[tuple[nodes.Name, nodes.Name]], ___: Token, ____: Token, path: Token
) -> nodes.Import:
    """Make an import of some functions of a file."""
    return nodes.Import(Span(word[1], path[2]), tuple(names), _path(path))


def import_name(token: Token) -> tuple[nodes.Name, nodes.Name]:
    """Make a function's name there and here, which are one."""
    return name(token), name(token)


def import_renamed(token: Token, _: Token, here: Token) -> tuple[nodes.Name, nodes.Name]:
    """Make a function's name there and here."""
    return name(token), name(here)


def _path(token: Token) -> nodes.String:
    """Return a file's name; it knows no templates."""
    found = build.string(token)
    return found if isinstance(found, nodes.String) else nodes.String(found.span, str(token[3]))


def function_named(rule: str) -> Callable[..., Any]:
    """Return the function a rule names."""
    if not rule:
        return build.same
    found: Callable[..., Any] | None = getattr(build, rule, None) or globals().get(rule) or globals().get(rule + "_")
    if found is None:
        raise LookupError(f"the grammar names {rule}, which makes nothing")
    return found
