"""Walk the HIR: the short backend that defines what a program means."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from dtl.ai.request import Request
from dtl.backends.asking import ask
from dtl.backends.budget import CALL_DEPTH, Budget, LimitExceeded, too_deep
from dtl.backends.meaning import (
    CAUGHT,
    MEANINGS,
    call_failed,
    conjoin,
    default_argument,
    entries,
    is_leaking,
    message_text,
    refuse_kind,
    thrown_text,
    truth,
)
from dtl.functions.context import Context
from dtl.functions.function import Function
from dtl.hir import nodes
from dtl.hir.nodes import EVENT, METADATA, Hir, Place, Unit
from dtl.hir.visit import body_of
from dtl.source import Position, Source, Span
from dtl.types.annotations import Reference
from dtl.types.kind import KIND_OF
from dtl.values.errors import Abort, Drop, Failure, Return, Stop
from dtl.values.operators import negate, or_failure
from dtl.values.path import exists, get, insert, remove

# Each node of the tree takes three Python calls; they do not use up the stack of the machine.
_PYTHON_CALLS = 100_000


class _Break(Exception):
    """`break` on its way to its loop."""


class _Continue(Exception):
    """`continue` on its way to its loop."""


class Interpreted:
    """A program as its own tree."""

    def __init__(self, unit: Unit, source: Source, counted: bool) -> None:
        self.unit: Unit | None = unit
        self.body = unit.body
        self.source = source
        self.counted = counted
        #: Where the spans of all that is evaluated are noted, for coverage.
        self.trace: set[tuple[int, int]] | None = None
        #: The places whose values are kept, each with what it gave last in a run; none are kept if this is None.
        self.watched: dict[Span, Any] | None = None

    def __call__(
        self, event: Any, metadata: Any, context: Context, budget: Budget | None = None
    ) -> tuple[Any, Any, Any]:
        """Run the program (see `Runnable`)."""
        return self.run_in({}, event, metadata, context, budget)

    def run_in(
        self, slots: dict[str, Any], event: Any, metadata: Any, context: Context, budget: Budget | None = None
    ) -> tuple[Any, Any, Any]:
        """Run with variables that may have values already; they are changed in place, as a REPL wants."""
        kind = _Frame if self.trace is None and self.watched is None else _TracedFrame
        frame = kind(self.source, event, metadata, context, (budget or Budget()) if self.counted else None)
        frame.slots = slots
        if isinstance(frame, _TracedFrame):
            frame.home, frame.trace, frame.watched = self.source, self.trace, self.watched or {}
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(max(limit, _PYTHON_CALLS))
        try:
            value = frame.evaluate(self.body)
        except Return as result:
            value = result.value
        finally:
            sys.setrecursionlimit(limit)
        return value, frame.event, frame.metadata

    def span_of(self, stop: BaseException) -> Span | None:
        """Return the part of the source that raised something."""
        place = getattr(stop, "place", None)
        return place if isinstance(place, Span) else None

    def inner_place(self, stop: BaseException) -> tuple[str, Position] | None:
        """Return the imported file, and the place there, that raised something."""
        found: tuple[str, Position] | None = getattr(stop, "inner", None)
        return found


class _Frame:
    """A run: the event, its metadata, and the variables, all null at first."""

    def __init__(self, source: Source, event: Any, metadata: Any, context: Context, budget: Budget | None) -> None:
        self.source = source
        self.event = event
        self.metadata = metadata
        self.context = context
        self.budget = budget
        self.slots: dict[str, Any] = {}
        self.depth = 0

    def evaluate(self, node: Hir) -> Any:
        """Return a node's value, and leave its span on what stops it."""
        try:
            return _METHODS[type(node)](self, node)
        except (Stop, LimitExceeded) as stop:
            if stop.place is None:
                stop.place = node.span
            raise

    def read(self, place: Place) -> Any:
        """Return what lies at a place."""
        return get(self.root(place), place.path)

    def root(self, place: Place) -> Any:
        """Return the event, the metadata or the variable that a place is in."""
        if place.root == EVENT:
            return self.event
        return self.metadata if place.root == METADATA else self.slots.get(place.root)

    def set_root(self, place: Place, value: Any) -> None:
        """Put another value in the stead of a root."""
        if place.root == EVENT:
            self.event = value
        elif place.root == METADATA:
            self.metadata = value
        else:
            self.slots[place.root] = value

    def write(self, place: Place | None, value: Any) -> None:
        """Store at a place."""
        if place is not None:
            self.set_root(place, insert(self.root(place), place.path, value))

    def step(self) -> None:
        """Count a step, if steps are counted."""
        if self.budget is not None:
            self.budget.step()

    # --- values -----------------------------------------------------------------------------------

    def constant(self, node: nodes.Constant) -> Any:
        return node.value

    def load(self, node: nodes.Load) -> Any:
        return self.read(node.place)

    def access(self, node: nodes.Access) -> Any:
        return get(self.evaluate(node.value), node.path)

    def array(self, node: nodes.MakeArray) -> Any:
        return [self.evaluate(item) for item in node.items]

    def object(self, node: nodes.MakeObject) -> Any:
        return {key: self.evaluate(item) for key, item in node.entries}

    def reference(self, node: nodes.RefArgument) -> Any:
        return Reference(self.evaluate(node.root), node.path)

    def kind_test(self, node: nodes.KindTest) -> Any:
        return bool(KIND_OF[type(self.evaluate(node.value))] & node.kinds)

    # --- operators --------------------------------------------------------------------------------

    def operation(self, node: nodes.Operation) -> Any:
        left = self.evaluate(node.left)
        return MEANINGS[node.operator](left, self.evaluate(node.right))

    def negation(self, node: nodes.Not) -> Any:
        return negate(self.evaluate(node.operand))

    def conjunction(self, node: nodes.And) -> Any:
        left = self.evaluate(node.left)
        if left is None or left is False:
            return False
        return conjoin(left, self.evaluate(node.right))

    def disjunction(self, node: nodes.Or) -> Any:
        left = self.evaluate(node.left)
        if left is not None and left is not False:
            return left
        try:
            return self.evaluate(node.right)
        except CAUGHT as stop:
            failure = or_failure(stop)
            failure.place = stop.place
            raise failure from None

    def recovery(self, node: nodes.Recover) -> Any:
        caught = Failure if node.is_try else CAUGHT
        try:
            return self.evaluate(node.left)
        except caught as stop:
            if node.error is not None:
                self.slots[node.error] = stop.message
        return self.evaluate(node.right)

    # --- control ----------------------------------------------------------------------------------

    def conditional(self, node: nodes.Conditional) -> Any:
        if truth(self.evaluate(node.test)):
            return self.evaluate(node.then)
        return None if node.otherwise is None else self.evaluate(node.otherwise)

    def sequence(self, node: nodes.Sequence) -> Any:
        value = None
        for item in node.body:
            self.step()
            value = self.evaluate(item)
        return value

    def loop(self, node: nodes.Loop) -> Any:
        items = None if node.items is None else iter(entries(self.evaluate(node.items)))
        while True:
            if items is None:
                if node.test is not None and not truth(self.evaluate(node.test)):
                    return None
            else:
                entry = next(items, None)
                if entry is None:
                    return None
                for slot, value in zip(node.slots, entry, strict=True):
                    if slot is not None:
                        self.slots[slot] = value
            self.step()
            try:
                self.evaluate(node.body)
            except _Break:
                return None
            except _Continue:
                pass

    def loop_exit(self, node: nodes.LoopExit) -> Any:
        raise _Break if node.is_break else _Continue

    def abort(self, node: nodes.Abort) -> Any:
        if node.message is None:
            raise Abort
        raise Abort(message_text(self.evaluate(node.message)))

    def return_(self, node: nodes.Return) -> Any:
        raise Return(self.evaluate(node.value))

    def throw(self, node: nodes.Throw) -> Any:
        raise Failure(thrown_text(self.evaluate(node.message)))

    def drop(self, node: nodes.Drop) -> Any:
        raise Drop

    # --- places -----------------------------------------------------------------------------------

    def store(self, node: nodes.Store) -> Any:
        value = self.evaluate(node.value)
        self.write(node.place, value)
        return value

    def store_result(self, node: nodes.StoreResult) -> Any:
        try:
            value, message = self.evaluate(node.value), None
        except CAUGHT as stop:
            value, message = node.default, stop.message
        self.write(node.ok, value)
        self.write(node.error, message)
        return value if message is None else message

    def delete(self, node: nodes.Delete) -> Any:
        compact = False
        if node.compact is not None:
            try:
                compact = truth(self.evaluate(node.compact))
            except Stop as stop:
                raise call_failed(stop, "del", *self.source.byte_span(node.span)) from None
        rest, removed = remove(self.root(node.place), node.place.path, compact)
        self.set_root(node.place, rest)
        return removed

    def existence(self, node: nodes.Exists) -> Any:
        return exists(self.root(node.place) if node.value is None else self.evaluate(node.value), node.place.path)

    # --- calls ------------------------------------------------------------------------------------

    def call(self, node: nodes.Call) -> Any:
        function = node.function
        named: dict[str, Any] = {"context": self.context} if function.takes_context else {}
        if node.closure is not None:
            named["closure"] = self.closure(node.closure, function)
        try:
            return self.called(node, named)
        except Stop as stop:
            if stop.place is None:
                stop.place = node.span
            raise call_failed(stop, function.name, *node.place) from None

    def called(self, node: nodes.Call, named: dict[str, Any]) -> Any:
        """Return what a call gives; what stops it is not worded as the call's failure yet."""
        function = node.function
        at_once = {guard.index: guard for guard in node.guards if guard.at_once}
        given: dict[int, Any] = {}
        for index in node.order:
            if (argument := node.arguments[index]) is not None:
                given[index] = self.evaluate(argument)
                if index in at_once:
                    self.check((at_once[index],), given)
        self.check(node.guards, given)
        value = function.evaluate(*[self.argument(node, i, given) for i in range(len(function.parameters))], **named)
        if not isinstance(value, Request):
            return value
        return value.read(ask(self.context, value)) if node.asks else None

    def together(self, node: nodes.Together) -> Any:
        for slot, call in zip(node.slots, node.calls, strict=True):
            try:
                self.slots[slot] = self.called(call, {"context": self.context} if call.function.takes_context else {})
            except Stop as stop:
                self.slots[slot] = stop
        return self.evaluate(node.then)

    def taken(self, node: nodes.Taken) -> Any:
        kept = self.slots[node.slot]
        if isinstance(kept, Stop):
            raise call_failed(kept, node.name, *node.place) from None
        return kept

    def check(self, guards: tuple[nodes.Guard, ...], given: dict[int, Any]) -> None:
        """Refuse arguments of other kinds than those wanted."""
        for guard in guards:
            value = given[guard.index]
            if not KIND_OF[type(value)] & guard.kinds:
                raise refuse_kind(guard.kinds, value)

    def argument(self, node: nodes.Call, index: int, given: dict[int, Any]) -> Any:
        """Return an argument as the evaluator wants it."""
        if index not in given:
            return default_argument(node.function, index)
        preparation = node.function.preparations.get(node.function.parameters[index].name)
        if preparation is None or index in node.prepared:
            return given[index]
        return preparation.prepare(given[index])

    def closure(self, node: nodes.Closure, function: Function) -> Callable[..., Any]:
        """Return a closure as the evaluator calls it; it may name only the last of its parameters."""

        def run(*values: Any) -> Any:
            self.step()
            slots = (None,) * (len(values) - len(node.slots)) + node.slots
            for slot, value in zip(slots, values, strict=True):
                if slot is not None:
                    self.slots[slot] = value
            try:
                return self.evaluate(node.body)
            except Stop as stop:
                if is_leaking(stop, len(slots), values[0] if values else None):
                    for slot, shadowed in node.shadowed:
                        self.slots[shadowed] = self.slots.get(slot)
                raise

        return run

    def invoke(self, node: nodes.Invoke) -> Any:
        function = node.function
        outer, source = self.slots, self.source
        try:
            values = [self.evaluate(argument) for argument in node.arguments]
            self.check(node.guards, dict(enumerate(values)))
            self.step()
            if self.depth >= CALL_DEPTH:
                raise too_deep()
            self.slots = dict(zip(function.parameters, values, strict=True))
            self.source = function.source
            self.depth += 1
            try:
                return self.evaluate(body_of(function))
            except Return as result:
                return result.value
            except (Stop, LimitExceeded) as stop:
                if function.source != source:
                    # What is in another file is told by the call, and by the innermost place there.
                    if stop.inner is None and isinstance(stop.place, Span):
                        stop.inner = function.source.name, function.source.position(stop.place.start)
                    stop.place = node.span
                raise
            finally:
                self.slots, self.source = outer, source
                self.depth -= 1
        except Stop as stop:
            if stop.place is None:
                stop.place = node.span
            raise call_failed(stop, function.name, *node.place) from None


class _TracedFrame(_Frame):
    """A run that notes what it evaluates, and what comes of the places that are watched."""

    home: Source
    trace: set[tuple[int, int]] | None
    watched: dict[Span, Any]

    def evaluate(self, node: Hir) -> Any:
        """Return a node's value, note its span and, if that is watched, the value; not of what another file holds."""
        if self.source is not self.home and self.source != self.home:
            return super().evaluate(node)
        if self.trace is not None:
            self.trace.add(node.span)
        if self.trace is not None and isinstance(node, nodes.Conditional) and node.otherwise is None:
            value = self.choice(node, self.trace)
        else:
            value = super().evaluate(node)
        if node.span in self.watched:
            self.watched[node.span] = value
        return value

    def choice(self, node: nodes.Conditional, trace: set[tuple[int, int]]) -> Any:
        """Return the value of an `if` without `else`; that nothing was done is noted as an empty span at its end."""
        body = node.then.span
        had = body in trace
        trace.discard(body)
        try:
            value = super().evaluate(node)
            if body not in trace:
                trace.add((node.span.end, node.span.end))
            return value
        finally:
            if had:
                trace.add(body)


_METHODS: dict[type, Callable[[_Frame, Any], Any]] = {
    nodes.Constant: _Frame.constant,
    nodes.Load: _Frame.load,
    nodes.Access: _Frame.access,
    nodes.MakeArray: _Frame.array,
    nodes.MakeObject: _Frame.object,
    nodes.Operation: _Frame.operation,
    nodes.Not: _Frame.negation,
    nodes.And: _Frame.conjunction,
    nodes.Or: _Frame.disjunction,
    nodes.Recover: _Frame.recovery,
    nodes.Conditional: _Frame.conditional,
    nodes.Sequence: _Frame.sequence,
    nodes.Store: _Frame.store,
    nodes.StoreResult: _Frame.store_result,
    nodes.Call: _Frame.call,
    nodes.Together: _Frame.together,
    nodes.Taken: _Frame.taken,
    nodes.RefArgument: _Frame.reference,
    nodes.Delete: _Frame.delete,
    nodes.Exists: _Frame.existence,
    nodes.Abort: _Frame.abort,
    nodes.Return: _Frame.return_,
    nodes.Throw: _Frame.throw,
    nodes.Drop: _Frame.drop,
    nodes.KindTest: _Frame.kind_test,
    nodes.Loop: _Frame.loop,
    nodes.LoopExit: _Frame.loop_exit,
    nodes.Invoke: _Frame.invoke,
}


def emit(unit: Unit, source: Source, *, counted: bool = False) -> Interpreted:
    """Return the program as it is."""
    return Interpreted(unit, source, counted)
