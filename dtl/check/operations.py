"""Rules for operators: what type they give and when they can fail (spec 3.7)."""

from __future__ import annotations

from dtl.check import problems
from dtl.check.checker import Checker, Result, rule
from dtl.check.constants import fold, gives_nan, is_sure_divisor
from dtl.check.scope import State
from dtl.functions.function import ABSENT
from dtl.hir import nodes as hir
from dtl.source import Span
from dtl.syntax import nodes as ast
from dtl.types.type import (
    BOOLEAN,
    BOOLEAN_TYPE,
    EMPTY,
    FLOAT,
    FLOAT_TYPE,
    INTEGER,
    INTEGER_TYPE,
    NULL,
    NUMBERS,
    OBJECT,
    STRING,
    STRING_TYPE,
    TIMESTAMP,
    UNDEFINED,
    Type,
    overwritten,
)

COMPARISONS = frozenset(("==", "!=", "<", "<=", ">", ">="))
_ORDER = frozenset(("<", "<=", ">", ">="))


def arithmetic(operator: str, left: Type, right: Type) -> tuple[Type, bool]:
    """Return the type of `+ - *` on operands of these types, and whether it can fail by itself."""
    if operator == "+" and (left.within(STRING) or right.within(STRING)):
        return STRING_TYPE, not (left.within(STRING | NULL) and right.within(STRING | NULL))
    if left.within(FLOAT) or right.within(FLOAT):
        return FLOAT_TYPE, not (left.within(NUMBERS) and right.within(NUMBERS))
    if left.within(INTEGER) and right.within(INTEGER):
        return INTEGER_TYPE, False
    if operator == "*" and (
        (left.within(STRING) and right.within(INTEGER)) or (left.within(INTEGER) and right.within(STRING))
    ):
        return STRING_TYPE, False
    return Type(NUMBERS if operator == "-" else NUMBERS | STRING), True


def strict_type(operator: str, left: Result, right: Result, is_sound: bool = False) -> tuple[Type, bool]:
    """Return the type of a strict operator and whether the whole can fail."""
    a, b = left.type, right.type
    operands = left.fallible or right.fallible
    if operator in ("+", "-", "*"):
        type, fails = arithmetic(operator, a, b)
        nan = gives_nan(operator, left.constant, right.constant)
        return type, operands or fails or nan
    if operator == "/":
        # A sure divisor makes the whole infallible, whatever the operands (as VRL has it).
        return FLOAT_TYPE, not ((a.within(INTEGER) or a.within(FLOAT)) and is_sure_divisor(right.constant))
    if operator in _ORDER:
        fits = any(a.within(kinds) and b.within(kinds) for kinds in (STRING, TIMESTAMP, NUMBERS))
        return BOOLEAN_TYPE, operands or not fits
    if operator == "|":
        return Type(OBJECT, overwritten(a.object or EMPTY, b.object or EMPTY, is_sound)), operands
    return BOOLEAN_TYPE, operands


def combine(checker: Checker, span: Span, operator: str, left: Result, right: Result) -> Result:
    """Return a strict operator applied to two checked operands."""
    type, fallible = strict_type(operator, left, right)
    sound_left = left._replace(type=left.hir.type, fallible=left.hir.fallible, constant=_sure(left))
    sound_right = right._replace(type=right.hir.type, fallible=right.hir.fallible, constant=_sure(right))
    sound, fails = strict_type(operator, sound_left, sound_right, is_sound=True)
    # VRL takes `f() / 2` for infallible even when f can fail; the HIR says what is true. NaN can come of any float.
    fails = fails or left.hir.fallible or right.hir.fallible
    if operator in ("+", "-", "*") and sound.kinds & FLOAT:
        fails = True
    if operator == "|" and not type.includes(sound):
        checker.is_sound = False
    made = hir.Operation(span, sound, operator, left.hir, right.hir, fails)
    return Result(made, type, fallible, fold(operator, left.constant, right.constant))


def _sure(operand: Result) -> object:
    return operand.hir.value if isinstance(operand.hir, hir.Constant) else ABSENT


@rule(ast.Unary)
def unary(checker: Checker, node: ast.Unary) -> Result | None:
    """`!e` and, in dtl, `-e`."""
    found = checker.check(node.operand)
    if found is None:
        return None
    if node.operator.text == "-":
        zero = Result(hir.Constant(node.operator.span, INTEGER_TYPE, 0), INTEGER_TYPE, False, 0)
        return combine(checker, node.span, "-", zero, found)
    if not found.type.within(BOOLEAN):
        if not checker.options.is_lenient or not found.type.kinds & (BOOLEAN | NULL):
            checker.fail(problems.non_boolean_negation(node.operator.span, node.operand.span, found.type))
            return None
        found = as_condition(checker, found)
    return Result(hir.Not(node.span, BOOLEAN_TYPE, found.hir, found.hir.fallible), BOOLEAN_TYPE, found.fallible)


def as_condition(checker: Checker, found: Result) -> Result:
    """Return a value of uncertain type as a condition (dtl): null and false are false, anything else but true fails."""
    truth = hir.Constant(found.hir.span, BOOLEAN_TYPE, True)
    made = hir.And(found.hir.span, BOOLEAN_TYPE, found.hir, truth, True)
    return Result(made, BOOLEAN_TYPE, found.fallible)


@rule(ast.Binary)
def binary(checker: Checker, node: ast.Binary) -> Result | None:
    """Every binary operator; `&&`, `||` and `??` may leave out their right side."""
    mark = len(checker.pending)
    operator = node.operator.text
    before = checker.state
    left = checker.check(node.left)
    if left is None:
        return None
    after_left = checker.state
    if operator == "??":
        del checker.pending[mark:]
    right = checker.check(node.right)
    if right is None:
        return None
    if operator in COMPARISONS and isinstance(node.left, ast.Binary) and node.left.operator.text in COMPARISONS:
        checker.fail(problems.chained_comparison(node.operator.span), mark)
        return None
    if operator == "??":
        found = coalesce(checker, node, left, right, after_left)
    elif operator == "||":
        found = either(checker, node, left, right, after_left)
    elif operator == "&&":
        found = both(checker, node, left, right, after_left)
    else:
        if operator == "|":
            types = [left.type, right.type]
            if checker.options.dialect == "vrl" and checker.state is not before:
                again = checker.types_again((node.left, node.right))
                types = [new or old for new, old in zip(again, types, strict=True)]
            bad = [n.span for n, type in zip((node.left, node.right), types, strict=True) if not type.within(OBJECT)]
            if bad:
                checker.fail(problems.only_objects_merge(bad), mark)
                return None
        found = combine(checker, node.span, operator, left, right)
    if found is None or not found.fallible:
        del checker.pending[mark:]
    return found


def coalesce(checker: Checker, node: ast.Binary, left: Result, right: Result, after_left: State) -> Result | None:
    """`a ?? b`: only for an a that can fail."""
    if not left.fallible:
        checker.fail(problems.unnecessary_coalescing(node.left.span, node.right.span, node.operator.span))
        return None
    checker.state = after_left.joined(checker.state)
    type = left.type | right.type
    sound = left.hir.type | right.hir.type
    made = hir.Recover(node.span, sound, left.hir, right.hir, None, right.hir.fallible)
    return Result(made, type, right.fallible)


def either(checker: Checker, node: ast.Binary, left: Result, right: Result, after_left: State) -> Result:
    """`a || b`."""
    a = left.type
    sound = left.hir.type.without_kinds(NULL) | right.hir.type
    fails = left.hir.fallible or right.hir.fallible
    made = hir.Or(node.span, sound, left.hir, right.hir, fails)
    if a.is_never:
        # VRL takes what never comes for null; `set(.a, ["b"], 1)` has no type there, but does come.
        checker.is_sound = False
    if a.within(NULL) or left.constant is False:
        return Result(made, right.type, right.fallible)
    if not a.contains(NULL | BOOLEAN) or left.constant is True:
        if a.kinds & UNDEFINED:
            # VRL forgets that what is undefined reads as null.
            checker.is_sound = False
        checker.state = after_left
        return Result(made, a, left.fallible)
    checker.state = after_left.joined(checker.state)
    return Result(made, a.without_kinds(NULL) | right.type, left.fallible or right.fallible)


def both(checker: Checker, node: ast.Binary, left: Result, right: Result, after_left: State) -> Result:
    """`a && b`."""
    a, b = left.type, right.type
    logical = NULL | BOOLEAN
    fits = left.hir.type.within(logical) and right.hir.type.within(logical)
    fails = left.hir.fallible or right.hir.fallible or not fits
    made = hir.And(node.span, BOOLEAN_TYPE, left.hir, right.hir, fails)
    if a.is_never:
        checker.is_sound = False
    if a.within(NULL) or left.constant is False:
        checker.state = after_left
        return Result(made, BOOLEAN_TYPE, False)
    if left.constant is True:
        return Result(made, BOOLEAN_TYPE, right.fallible)
    checker.state = after_left.joined(checker.state)
    fallible = left.fallible or right.fallible or not (a.within(logical) and b.within(logical))
    return Result(made, BOOLEAN_TYPE, fallible)
