"""A REPL session: events, variables, and what each line makes of them. No terminal, no IO but what commands read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dtl.backends.interpreter import emit
from dtl.check import CheckOptions, check
from dtl.functions.context import Context
from dtl.functions.library import standard_library
from dtl.functions.registry import Registry
from dtl.hir.nodes import Unit
from dtl.repl.answer import Answer, Failure, Problems, Value
from dtl.repl.typing import type_of_value
from dtl.source import Source
from dtl.syntax.parser import parse
from dtl.types.type import OBJECT, Collection, Infinite, Type
from dtl.values.errors import Abort, Drop, Stop


@dataclass
class Session:
    """What a session knows.

    Attributes:
        dialect: "dtl" or "vrl".
        events: The records that `:event next` walks through.
        index: Which of them is at hand.
        event: The event as programs have changed it.
        metadata: Its metadata.
        variables: Variables and their values.
        history: Programs that ran, for `:save`.
    """

    dialect: str = "dtl"
    functions: Registry = field(default_factory=standard_library)
    context: Context = field(default_factory=Context)
    events: list[Any] = field(default_factory=lambda: [{}])
    index: int = 0
    event: Any = field(default_factory=dict)
    metadata: Any = field(default_factory=dict)
    variables: dict[str, Any] = field(default_factory=dict)
    history: list[str] = field(default_factory=list)

    def options(self) -> CheckOptions:
        """Return how a line is checked: with the variables that exist."""
        known = {name: type_of_value(value) for name, value in self.variables.items()}
        return CheckOptions(dialect=self.dialect, variables=known, event=_open(type_of_value(self.event)))

    def compile(self, text: str) -> tuple[Unit | None, list[Answer], Source]:
        """Compile a line; give its unit and what there is to say."""
        source = Source(text)
        tree, unparsed = parse(source, self.dialect)
        checked = check(tree, source, self.functions, self.options(), unparsed)
        # In a line typed for its value, what VRL calls unused is what the user wants to see.
        found = tuple(problem for problem in checked.diagnostics if problem.is_error or problem.code != 900)
        return checked.unit, [Problems(source, found)] if found else [], source

    def run(self, text: str) -> list[Answer]:
        """Run a line over the event and the variables."""
        unit, answers, source = self.compile(text)
        if unit is None:
            return answers
        code = emit(unit, source)
        slots = dict(self.variables)
        event = dict(self.event) if isinstance(self.event, dict) else self.event
        try:
            value, self.event, self.metadata = code.run_in(slots, event, dict(self.metadata), self.context)
        except Drop:
            return [*answers, Failure("the record is dropped", source)]
        except Stop as stop:
            span = code.span_of(stop)
            how = f"aborted: {stop.message}" if isinstance(stop, Abort) else stop.message
            return [*answers, Failure(how, source, *(span or (None, None)))]
        names = {name for name in slots if "#" not in name}
        self.variables = {name: slots[name] for name in sorted(names)}
        self.history.append(text)
        return [*answers, Value(value)]

    def load_events(self, events: list[Any]) -> None:
        """Take other records; the first is at hand."""
        self.events = events or [{}]
        self.go_to(0)

    def go_to(self, index: int) -> None:
        """Take a record as it came."""
        self.index = min(max(index, 0), len(self.events) - 1)
        self.event = self.events[self.index]
        self.metadata = {}

    def reset(self) -> None:
        """Forget variables and changes."""
        self.variables = {}
        self.go_to(self.index)


def _open(type: Type) -> Type:
    """Return an event's type with room for fields that are not there yet."""
    if type.kinds != OBJECT or type.object is None:
        return type
    return Type(OBJECT, Collection(type.object.known, Infinite.ANY))


def is_complete(text: str, dialect: str) -> bool:
    """Tell whether a text can stand alone: a program that breaks off at its end wants another line."""
    if text.lstrip().startswith(":"):
        return True
    _, problems = parse(Source(text), dialect)
    return not any(problem.code in (204, 207, 208) for problem in problems)
