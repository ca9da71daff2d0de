"""A REPL session: events, variables, and what each line makes of them. No terminal, no IO but what commands read."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from dtl.backends.interpreter import emit
from dtl.check import Checked, CheckOptions, check
from dtl.diagnostics.diagnostic import Diagnostic
from dtl.functions.context import Context
from dtl.functions.registry import Registry
from dtl.functions.standard import standard_library
from dtl.hir.nodes import Unit
from dtl.repl.answer import Answer, Failure, Problems, Value
from dtl.repl.typing import type_of_value
from dtl.source import Source, Span
from dtl.syntax import nodes as ast
from dtl.syntax.parser import parse
from dtl.types.type import OBJECT, Collection, Infinite, Type
from dtl.values.errors import Abort, Drop, Stop

# What reports call what is typed; files to import are looked for beside it, where the session was started.
_NAME = "repl"
# Stands before a line for the functions declared in earlier ones.
_EARLIER = ast.Import(Span(0, 0), (), ast.String(Span(0, 0), "<earlier lines>"))


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
        declared: The code of user functions by their names, and that of imports.
        load: Reads a file that a line imports; none can be imported without.
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
    declared: dict[str, str] = field(default_factory=dict)
    load: Callable[[str, Source], Source] | None = None

    def options(self, before: str = "") -> CheckOptions:
        """Return how a line is checked: with the variables that exist, and the functions declared before."""

        def load(name: str, importer: Source) -> Source:
            if name == _EARLIER.path.value:
                return Source(before, f"{_NAME}, earlier")
            if self.load is None:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
            return self.load(name, importer)

        known = {name: type_of_value(value) for name, value in self.variables.items()}
        event = _open(type_of_value(self.event))
        return CheckOptions(dialect=self.dialect, variables=known, event=event, load=load)

    def compile(self, text: str) -> tuple[Unit | None, list[Answer], Source]:
        """Compile a line; give its unit and what there is to say."""
        source = Source(text, _NAME)
        tree, unparsed = parse(source, self.dialect)
        own = dict(_declarations(tree, source))
        earlier = {name: code for name, code in self.declared.items() if code == name or name not in own}
        checked = self._check(tree, source, unparsed, earlier)
        if any(found.is_error and found.source is not None for found in checked.diagnostics):
            # An earlier function uses one that the line declares anew: then the line's is put among them.
            checked = self._check(tree, source, unparsed, {**self.declared, **own})
        # In a line typed for its value, what VRL calls unused is what the user wants to see.
        found = tuple(problem for problem in checked.diagnostics if problem.is_error or problem.code != 900)
        return checked.unit, [Problems(source, found)] if found else [], source

    def _check(self, tree: ast.Program, source: Source, unparsed: list[Diagnostic], earlier: dict[str, str]) -> Checked:
        """Check a line below the declarations of earlier ones; what is among these is left out of the line."""
        if earlier:
            new = (node for node in tree.body if not earlier.keys() & {name for name, _ in _declared(node, source)})
            tree = replace(tree, body=(_EARLIER, *new))
        return check(tree, source, self.functions, self.options("\n".join(earlier.values())), unparsed)

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
        self.declare(source)
        return [*answers, Value(value)]

    def declare(self, source: Source) -> None:
        """Keep the functions and imports of a line for those that follow."""
        self.declared.update(_declarations(parse(source, self.dialect)[0], source))

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
        """Forget variables, functions and changes."""
        self.declared = {}
        self.variables = {}
        self.go_to(self.index)


def _open(type: Type) -> Type:
    """Return an event's type with room for fields that are not there yet."""
    if type.kinds != OBJECT or type.object is None:
        return type
    return Type(OBJECT, Collection(type.object.known, Infinite.ANY))


def _declarations(tree: ast.Program, source: Source) -> Iterator[tuple[str, str]]:
    """Give the code of a line's functions, by their names, and that of its imports."""
    for node in tree.body:
        yield from _declared(node, source)


def _declared(node: ast.Expression, source: Source) -> Iterator[tuple[str, str]]:
    """Give the name and the code of a function, or the code of an import as both."""
    if isinstance(node, ast.Function | ast.Import):
        code = source.slice(node.span)
        yield node.name.text if isinstance(node, ast.Function) else code, code


def is_complete(text: str, dialect: str) -> bool:
    """Tell whether a text can stand alone: a program that breaks off at its end wants another line."""
    if text.lstrip().startswith(":"):
        return True
    _, problems = parse(Source(text), dialect)
    return not any(problem.code in (204, 207, 208) for problem in problems)
