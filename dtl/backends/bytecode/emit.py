"""The emitter: HIR to Python's tree, statement by statement, in the order in which things are evaluated.

Each kind of node has a function here (in `values`, `operators`, `control`, `places`, `calls`) that appends statements
to the block being written and returns the expression that gives the node's value. Such an expression is evaluated
once, after those statements. Only what has no effect is left to an expression: stores and calls are statements.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from dtl.backends.bytecode.binding import Bindings
from dtl.backends.bytecode.build import Builder
from dtl.backends.bytecode.facts import Facts, facts_of
from dtl.backends.bytecode.runtime import NAMES
from dtl.data import data, fresh
from dtl.hir import nodes
from dtl.hir.nodes import EVENT, METADATA, Hir, Unit
from dtl.source import Source

# An expression may be made of this many nodes within one another, before a variable takes what there is.
_DEEPEST_EXPRESSION = 16
# Python allows 20 blocks of `try` and `for` within one another; some are kept back.
_DEEPEST_BLOCKS = 10
# Statements within one another, before the inner ones become a function.
_DEEPEST_NESTING = 40

EmitRule: TypeAlias = Callable[["Emitter", Any], ast.expr]
EffectRule: TypeAlias = Callable[["Emitter", Any], None]

_COMPOUND = (
    nodes.Call,
    nodes.Conditional,
    nodes.Delete,
    nodes.Invoke,
    nodes.Loop,
    nodes.Or,
    nodes.Recover,
    nodes.Sequence,
    nodes.StoreResult,
)

RULES: dict[type, EmitRule] = {}
#: How a node is emitted whose value nobody wants, where that differs.
EFFECTS: dict[type, EffectRule] = {}


def emits(*kinds: type) -> Callable[[EmitRule], EmitRule]:
    """Register how nodes give their value."""

    def add(rule: EmitRule) -> EmitRule:
        RULES.update(dict.fromkeys(kinds, rule))
        return rule

    return add


def effects(*kinds: type) -> Callable[[EffectRule], EffectRule]:
    """Register how nodes are emitted for their effect only."""

    def add(rule: EffectRule) -> EffectRule:
        EFFECTS.update(dict.fromkeys(kinds, rule))
        return rule

    return add


@data
class Scope:
    """A Python function being written.

    Attributes:
        is_body: Whether it is the program or a user function, in which `return` may be Python's own.
        is_part: Whether it is a part of the function around it.
        is_program: Whether it gives the event and metadata with its value.
        depth: The expression for the depth of calls of user functions.
    """

    is_body: bool
    is_part: bool = False
    is_program: bool = False
    depth: str | int = 0
    block: list[ast.stmt] = fresh(factory=list)
    #: Slots that are local here, rather than a variable of a function around.
    locals: frozenset[str] = frozenset()
    outside: set[str] = fresh(factory=set)
    blocks: int = 0
    nesting: int = 0
    loops: int = 0
    can_return: bool = True
    catches_return: bool = False
    exits_loop: bool = False
    outer: Scope | None = None


class Emitter(Builder):
    """The state of one emission."""

    def __init__(self, unit: Unit, source: Source, counted: bool) -> None:
        super().__init__(source)
        self.counted = counted
        self.facts: Facts = facts_of(unit, counted)
        self.bindings = Bindings()
        self.scope = Scope(is_body=True, is_program=True)
        #: Whether nobody will see the message of a failure raised here.
        self.is_quiet = False
        self._deepest = 0
        self._temporaries = 0
        self._variables: dict[str, str] = {EVENT: "event", METADATA: "metadata"}
        self.functions: dict[int, str] = {}
        #: The reads of the whole event or metadata (by id) that need no copy.
        self.lent: set[int] = set()

    # --- nodes ------------------------------------------------------------------------------------

    def value(self, node: Hir) -> ast.expr:
        """Emit a node; return the expression that gives its value."""
        if self._must_part(node):
            return self._part(node)
        before, deepest = self.move(node.span), self._deepest
        self._deepest = 0
        expression = RULES[type(node)](self, node)
        depth = 0 if is_stable(expression) else self._deepest + 1
        if depth > _DEEPEST_EXPRESSION:
            expression, depth = self.kept(expression), 0
        self._deepest = max(deepest, depth)
        self.back(before)
        return expression

    def effect(self, node: Hir) -> None:
        """Emit a node whose value nobody wants."""
        rule = EFFECTS.get(type(node))
        if rule is None or self._must_part(node):
            expression = self.value(node)
            if not isinstance(expression, (ast.Constant, ast.Name)):
                self.add(self.expression(expression))
            return
        before = self.move(node.span)
        rule(self, node)
        self.back(before)

    def values(self, items: list[Hir]) -> list[ast.expr]:
        """Emit nodes to be evaluated in order; return their expressions, to be used in that order at once."""
        expressions: list[ast.expr] = []
        for node in items:
            with self.block() as statements:
                expression = self.value(node)
            if statements:
                expressions = [self.kept(earlier) for earlier in expressions]
                self.scope.block += statements
            expressions.append(expression)
        return expressions

    def step(self) -> None:
        """Count a step, if steps are counted."""
        if self.counted:
            self.add(self.expression(self.call("step")))

    # --- statements -------------------------------------------------------------------------------

    def add(self, *statements: ast.stmt) -> None:
        """Append statements to the block being written."""
        self.scope.block += statements

    @contextmanager
    def block(self, blocks: int = 0, nesting: int = 0) -> Iterator[list[ast.stmt]]:
        """Write into a block of its own, which lies within so many more of Python's blocks."""
        scope = self.scope
        outer, scope.block = scope.block, []
        scope.blocks += blocks
        scope.nesting += nesting
        try:
            yield scope.block
        finally:
            scope.block = outer
            scope.blocks -= blocks
            scope.nesting -= nesting

    @contextmanager
    def guarded(self, *, quiet: bool, may_return: bool = False) -> Iterator[None]:
        """Write what something around will catch: Python's own `return` would slip past it, unless it may."""
        scope = self.scope
        could_return, was_quiet = scope.can_return, self.is_quiet
        scope.can_return, self.is_quiet = could_return and may_return, quiet
        try:
            yield
        finally:
            scope.can_return, self.is_quiet = could_return, was_quiet

    # --- names ------------------------------------------------------------------------------------

    def temporary(self) -> str:
        """Return a new name of a variable that is assigned once."""
        self._temporaries += 1
        return f"t{self._temporaries}"

    def kept(self, expression: ast.expr) -> ast.expr:
        """Evaluate an expression now; return one that gives the value whenever it is evaluated."""
        if is_stable(expression):
            return expression
        name = self.temporary()
        self.add(self.assign(self.target(name), expression))
        return self.name(name)

    def variable(self, slot: str) -> str:
        """Return the Python variable of a slot (or a root)."""
        found = self._variables.get(slot)
        if found is None:
            plain = "v_" + re.sub(r"\W", "_", slot, flags=re.ASCII)
            found, count = plain, 1
            taken = set(self._variables.values())
            while found in taken:
                count += 1
                found = f"{plain}_{count}"
            self._variables[slot] = found
        return found

    def slot(self, slot: str) -> ast.expr:
        """Return the expression that reads a slot or root."""
        return self.name(self.variable(slot))

    def slot_target(self, slot: str) -> ast.expr:
        """Return the target that writes a slot or root as a whole."""
        scope: Scope | None = self.scope
        name = self.variable(slot)
        if scope is not None and slot not in scope.locals:
            scope.outside.add(name)
        return self.target(name)

    def bound(self, prefix: str, spec: tuple[Any, ...], value: Any) -> ast.expr:
        """Return the name under which emitted code finds something made when the program is loaded."""
        return self.name(self.bindings.add(prefix, spec, value))

    # --- functions --------------------------------------------------------------------------------

    @contextmanager
    def function_scope(self, scope: Scope) -> Iterator[Scope]:
        """Write into another function."""
        outer, self.scope = self.scope, scope
        scope.outer = outer
        deepest, self._deepest = self._deepest, 0
        try:
            yield scope
        finally:
            self.scope, self._deepest = outer, deepest

    def finished(self, scope: Scope) -> list[ast.stmt]:
        """Return a function's body: its declarations, and what a `return` from a part of it needs."""
        body = scope.block
        if scope.catches_return:
            given = self.temporary()
            result = self.result(scope, self.attribute(self.name(given), "value"))
            body = [self.try_(body, "Return", given, [self.return_(result)])]
        if scope.outside and scope.outer is not None:
            body = [self.nonlocal_(sorted(scope.outside)), *body]
        return body

    def result(self, scope: Scope, value: ast.expr) -> ast.expr:
        """Return what a function of its kind returns for a value."""
        if scope.is_program:
            return self.make_tuple([value, self.name("event"), self.name("metadata")])
        return value

    def _must_part(self, node: Hir) -> bool:
        """Tell whether a node that adds blocks comes where Python allows no more of them."""
        scope = self.scope
        if scope.blocks < _DEEPEST_BLOCKS and scope.nesting < _DEEPEST_NESTING:
            return False
        return isinstance(node, _COMPOUND)

    def _part(self, node: Hir) -> ast.expr:
        """Emit a node as a function of its own, for Python allows only so many blocks within one another."""
        before = self.move(node.span)
        outer = self.scope
        scope = Scope(
            is_body=outer.is_body,
            is_part=True,
            depth=outer.depth,
            can_return=outer.can_return,
        )
        with self.function_scope(scope):
            value = self.value(node)
            self.add(self.return_(value))
            body = self.finished(scope)
        name = self.temporary()
        self.add(self.function(name, [], body))
        given = self.temporary()
        part = self.call(name)
        self.add(self.assign(self.target(given), self.yield_from(part) if self.facts.asks_in(node) else part))
        if scope.exits_loop:
            from_part = self.name(given)
            self.add(
                self.if_(self.is_(from_part, self.name("LEAVE_LOOP")), self._exit(is_break=True)),
                self.if_(self.is_(from_part, self.name("NEXT_TURN")), self._exit(is_break=False)),
            )
        self.back(before)
        return self.name(given)

    def _exit(self, is_break: bool) -> list[ast.stmt]:
        scope = self.scope
        if scope.loops or not scope.is_part:
            return [self.break_() if is_break else self.continue_()]
        scope.exits_loop = True
        return [self.return_(self.name("LEAVE_LOOP" if is_break else "NEXT_TURN"))]

    def exit_loop(self, is_break: bool) -> None:
        """Leave the loop around, or go on with its next turn."""
        self.add(*self._exit(is_break))

    def return_value(self, value: ast.expr) -> None:
        """End the program or the user function with a value, or raise what stands for that."""
        scope = self.scope
        if scope.is_body and scope.can_return and not scope.is_part:
            self.add(self.return_(self.result(scope, value)))
            return
        if scope.is_body and scope.can_return:
            around: Scope | None = scope
            while around is not None and around.is_part:
                around = around.outer
            assert around is not None
            around.catches_return = True
        self.add(self.raise_(self.call("Return", value), plain=False))


def is_stable(expression: ast.expr) -> bool:
    """Tell whether an expression gives the same whenever it is evaluated: a constant or a temporary."""
    if isinstance(expression, ast.Name):
        return expression.id[0] in "tcp" and expression.id[1:].isdigit()
    return isinstance(expression, ast.Constant)


__all__ = ["EFFECTS", "NAMES", "RULES", "Emitter", "Scope", "effects", "emits", "is_stable"]
