"""Running a program on its sample: what becomes of each event, and what every assignment stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dtl.api import compile_text
from dtl.backends import interpreter
from dtl.functions.context import Context
from dtl.hir.nodes import Hir
from dtl.ide.knowledge import shown
from dtl.source import Source, Span
from dtl.syntax import nodes
from dtl.syntax.parser import parse
from dtl.syntax.visit import walk
from dtl.values.encode import to_json
from dtl.values.errors import Abort, Drop, Return
from dtl.vm.ending import ended_by
from dtl.vm.limits import Limits
from dtl.vm.record import own

_STEPS = 2_000_000
_SIZE = 4_000_000


@dataclass(frozen=True)
class Ran:
    """What became of one event, in JSON; `error` says why it failed."""

    status: str
    event: str
    error: str = ""
    place: Span | None = None


@dataclass(frozen=True)
class Evaluation:
    """A run on a sample: what became of each event, and where the first one brought which values."""

    runs: tuple[Ran, ...] = ()
    values: tuple[tuple[Span, str], ...] = ()
    problem: str = ""


class _Watcher(interpreter._Frame):
    """A run that remembers what certain places of the program gave last."""

    watched: frozenset[Span] = frozenset()
    seen: dict[Span, Any]

    def evaluate(self, node: Hir) -> Any:
        """Return a node's value and remember it if its place is watched."""
        value = super().evaluate(node)
        if node.span in self.watched:
            self.seen[node.span] = value
        return value


@dataclass
class _Trace:
    """What one run gave."""

    ran: Ran
    seen: dict[Span, Any] = field(default_factory=dict)


def evaluate(source: Source, dialect: str, events: Iterable[Mapping[str, Any]], seconds: float = 1.0) -> Evaluation:
    """Run a program on events, without access to anything outside of it, each no longer than some seconds."""
    limits = Limits(steps=_STEPS, seconds=seconds, size=_SIZE)
    found = compile_text(source, dialect, None, False, "interpreter", True, False, limits, None)
    if found.program is None:
        errors = [each for each in found.diagnostics if each.is_error]
        return Evaluation(problem=errors[0].message if errors else "the program does not compile")
    tree, _ = parse(source, dialect)
    watched = frozenset(node.span for node in walk(tree) if isinstance(node, nodes.Assign | nodes.AssignResult))
    if tree.body:
        watched |= {tree.body[-1].span}
    traces = [_run(source, found.program.code, event, limits, watched) for event in events]
    values = tuple(sorted((span, shown(value)) for span, value in traces[0].seen.items())) if traces else ()
    return Evaluation(tuple(trace.ran for trace in traces), values)


def _run(source: Source, code: Any, event: Mapping[str, Any], limits: Limits, watched: frozenset[Span]) -> _Trace:
    """Run on one event and watch."""
    frame = _Watcher(source, own(event), {}, Context(), limits.budget())
    frame.watched, frame.seen = watched, {}
    try:
        frame.evaluate(code.body)
        limits.measure(frame.event)
    except Return:
        pass
    except (Abort, Drop, Exception) as problem:
        outcome = ended_by(problem, code, event, {})
        message = outcome.error.message if outcome.error is not None else ""
        place = outcome.error.span if outcome.error is not None else None
        return _Trace(Ran(outcome.status, to_json(own(event)), message, place), frame.seen)
    return _Trace(Ran("ok", to_json(frame.event)), frame.seen)
