"""Emission of operators: inline where the kinds are known, by the operator's meaning elsewhere."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from dtl.backends.bytecode.emit import Emitter, emits, is_stable
from dtl.hir import nodes
from dtl.hir.nodes import Hir
from dtl.hir.stop import may_stop
from dtl.types.type import BOOLEAN, FLOAT, INTEGER, NULL, NUMBERS, OBJECT, STRING, TIMESTAMP
from dtl.values.operators import OPERATORS
from dtl.values.value import I64_MAX, I64_MIN

# Up to here every integer is a double too, so that comparing as doubles is comparing.
_EXACT = 2**53
_LOGICAL = BOOLEAN | NULL

_ARITHMETIC: dict[str, type[ast.operator]] = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult}
_ORDER: dict[str, type[ast.cmpop]] = {"<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE}


@emits(nodes.Operation)
def operation(emitter: Emitter, node: nodes.Operation) -> ast.expr:
    if node.operator == "|":
        return _merge(emitter, node)
    left, right = emitter.values([node.left, node.right])
    rule: Callable[..., ast.expr | None] = _equality if node.operator in ("==", "!=") else _RULES[node.operator]
    inline = rule(emitter, node, left, right)
    if inline is not None:
        return inline
    return emitter.call(OPERATORS[node.operator].meaning.__name__, left, right)


def _kinds(node: nodes.Operation) -> tuple[int, int]:
    return node.left.type.kinds, node.right.type.kinds


def _is(kinds: int, wanted: int) -> bool:
    """Tell whether a value can only be of some kinds; a type without any claims nothing."""
    return bool(kinds) and not kinds & ~wanted


def _constant(node: Hir) -> Any:
    """Return a node's constant, or Ellipsis."""
    return node.value if isinstance(node, nodes.Constant) else ...


def _arithmetic(emitter: Emitter, node: nodes.Operation, left: ast.expr, right: ast.expr) -> ast.expr | None:
    one, two = _kinds(node)
    operator = _ARITHMETIC[node.operator]()
    if one == two == INTEGER:
        name = emitter.temporary()
        result = emitter.named(name, emitter.binary(left, operator, right))
        fits = emitter.between(emitter.constant(I64_MIN), result, emitter.constant(I64_MAX))
        return emitter.choose(fits, emitter.name(name), emitter.call("wrap", emitter.name(name)))
    if FLOAT in (one, two) and _is(one, NUMBERS) and _is(two, NUMBERS):
        # Python turns the integer into a double as well.
        name = emitter.temporary()
        result = emitter.named(name, emitter.binary(left, operator, right))
        is_number = emitter.compare(result, ast.Eq(), emitter.name(name))
        return emitter.choose(is_number, emitter.name(name), emitter.call("refuse_nan"))
    if node.operator == "+" and one == two == STRING:
        return _concatenate(emitter, node, left, right)
    return None


def _concatenate(emitter: Emitter, node: nodes.Operation, left: ast.expr, right: ast.expr) -> ast.expr:
    before, after = _constant(node.left), _constant(node.right)
    joined = emitter.binary(left, ast.Add(), right)
    if (isinstance(before, str) and not _is_open(before[-1:])) or (isinstance(after, str) and not _is_open(after[:1])):
        return joined
    if not is_stable(left) or not is_stable(right):
        left, right = emitter.kept(left), emitter.kept(right)
    name = emitter.temporary()
    # Halves of a character can only meet where there are bytes beyond ASCII.
    whole = emitter.method(emitter.named(name, emitter.binary(left, ast.Add(), right)), "isascii")
    return emitter.choose(whole, emitter.name(name), emitter.call("joined", left, right))


def _is_open(edge: str) -> bool:
    return "\udc80" <= edge <= "\udcff"


def _divide(emitter: Emitter, node: nodes.Operation, left: ast.expr, right: ast.expr) -> ast.expr | None:
    divisor = _constant(node.right)
    if type(divisor) not in (int, float) or not divisor or abs(divisor) == float("inf"):
        return None
    if not _is(node.left.type.kinds, NUMBERS):
        return None
    return emitter.binary(left, ast.Div(), emitter.constant(float(divisor)))


def _order(emitter: Emitter, node: nodes.Operation, left: ast.expr, right: ast.expr) -> ast.expr | None:
    one, two = _kinds(node)
    compared = emitter.compare(left, _ORDER[node.operator](), right)
    if one == two and one in (INTEGER, FLOAT, TIMESTAMP):
        return compared
    constants = (_constant(node.left), _constant(node.right))
    if _is(one, NUMBERS) and _is(two, NUMBERS) and any(_is_exact(value) for value in constants):
        return compared
    if one == two == STRING and any(isinstance(value, str) and value.isascii() for value in constants):
        return compared
    return None


def _is_exact(value: Any) -> bool:
    return type(value) is int and abs(value) < _EXACT


_RULES: dict[str, Callable[..., ast.expr | None]] = {
    **dict.fromkeys(_ARITHMETIC, _arithmetic),
    **dict.fromkeys(_ORDER, _order),
    "/": _divide,
}


def _equality(emitter: Emitter, node: nodes.Operation, left: ast.expr, right: ast.expr) -> ast.expr | None:
    compared = _equality_inline(emitter, node, left, right)
    if compared is None or node.operator == "==":
        return compared
    if isinstance(compared, ast.Compare):
        opposite: ast.cmpop = ast.NotEq() if isinstance(compared.ops[0], ast.Eq) else ast.IsNot()
        return emitter.compare(compared.left, opposite, compared.comparators[0])
    return emitter.not_(compared)


def _equality_inline(emitter: Emitter, node: nodes.Operation, left: ast.expr, right: ast.expr) -> ast.expr | None:
    for value, mine, other in ((_constant(node.right), right, left), (_constant(node.left), left, right)):
        if isinstance(other, ast.Constant):
            break  # Python warns of `5 is None`; the optimizer has folded it, if it ran
        if value is None or value is True or value is False:
            # A constant is evaluated without effect: its side does not matter.
            return emitter.is_(other, mine)
        if isinstance(value, str) or (_is_exact(value) and value not in (0, 1)):
            return emitter.compare(left, ast.Eq(), right)
    one, two = _kinds(node)
    if one == two and one in (STRING, FLOAT, TIMESTAMP, BOOLEAN):
        return emitter.compare(left, ast.Eq(), right)
    numbers = any(_is_exact(value) for value in (_constant(node.right), _constant(node.left)))
    if numbers and _is(one, NUMBERS) and _is(two, NUMBERS):
        return emitter.compare(left, ast.Eq(), right)
    return None


def _merge(emitter: Emitter, node: nodes.Operation) -> ast.expr:
    kinds = node.left.type.kinds | node.right.type.kinds
    left = node.left
    root = emitter.facts.roots.get(left.place.root) if isinstance(left, nodes.Load) and not left.place.path else None
    if root is not None and root.is_fixed and kinds == OBJECT and isinstance(left, nodes.Load):
        # The event is copied by the merge itself.
        with emitter.block() as statements:
            right = emitter.value(node.right)
        if statements:
            left_value = emitter.kept(emitter.method(emitter.slot(left.place.root), "copy"))
            emitter.add(*statements)
        else:
            left_value = emitter.slot(left.place.root)
        return emitter.binary(left_value, ast.BitOr(), right)
    one, two = emitter.values([node.left, node.right])
    if node.left.type.kinds == node.right.type.kinds == OBJECT:
        return emitter.binary(one, ast.BitOr(), two)
    return emitter.call("merge", one, two)


@emits(nodes.Not)
def negation(emitter: Emitter, node: nodes.Not) -> ast.expr:
    operand = emitter.value(node.operand)
    return emitter.not_(operand) if node.operand.type.kinds == BOOLEAN else emitter.call("negate", operand)


@emits(nodes.And)
def conjunction(emitter: Emitter, node: nodes.And) -> ast.expr:
    left = emitter.value(node.left)
    one, two = node.left.type.kinds, node.right.type.kinds
    with emitter.block(nesting=1) as statements:
        right = emitter.value(node.right)
        is_inline = not statements
        plain = one == two == BOOLEAN
        if not is_inline:
            name = emitter.temporary()
            end = right if plain else emitter.call("conjoin", emitter.name(name), right)
            emitter.add(emitter.assign(emitter.target(name), end))
    if is_inline and plain:
        return emitter.both(left, right)
    if is_inline and _is(one, _LOGICAL) and _is(two, _LOGICAL):
        true = emitter.constant(True)
        return emitter.both(emitter.is_(left, true), emitter.is_(right, true))
    if is_inline:
        name = emitter.temporary()
        missing = _is_missing(emitter, emitter.named(name, left), name)
        return emitter.choose(missing, emitter.constant(False), emitter.call("conjoin", emitter.name(name), right))
    emitter.add(emitter.assign(emitter.target(name), left))
    if plain:
        emitter.add(emitter.if_(emitter.name(name), statements))
    else:
        off = [emitter.assign(emitter.target(name), emitter.constant(False))]
        emitter.add(emitter.if_(_is_missing(emitter, emitter.name(name), name), off, statements))
    return emitter.name(name)


@emits(nodes.Or)
def disjunction(emitter: Emitter, node: nodes.Or) -> ast.expr:
    left = emitter.value(node.left)
    guards = may_stop(node.right) and not emitter.is_quiet
    boolean = node.left.type.kinds == BOOLEAN
    name = emitter.temporary()
    with emitter.block(blocks=guards, nesting=1) as statements:
        if guards or emitter.is_quiet:
            with emitter.guarded(quiet=emitter.is_quiet):
                right = emitter.value(node.right)
        else:
            right = emitter.value(node.right)
        is_inline = not statements and not guards
        if not is_inline:
            emitter.add(emitter.assign(emitter.target(name), right))
    if is_inline:
        if boolean:
            return emitter.either(left, right)
        return emitter.choose(_is_missing(emitter, emitter.named(name, left), name), right, emitter.name(name))
    if guards:
        stop = emitter.temporary()
        failed = emitter.raise_(emitter.call("or_failed", emitter.name(stop)))
        statements = [emitter.try_(statements, "CAUGHT", stop, [failed])]
    emitter.add(emitter.assign(emitter.target(name), left))
    missing = emitter.not_(emitter.name(name)) if boolean else _is_missing(emitter, emitter.name(name), name)
    emitter.add(emitter.if_(missing, statements))
    return emitter.name(name)


def _is_missing(emitter: Emitter, first: ast.expr, name: str) -> ast.expr:
    """Return the test whether a value (which the first expression gives and names) is null or false."""
    return emitter.either(
        emitter.is_(first, emitter.constant(None)), emitter.is_(emitter.name(name), emitter.constant(False))
    )
