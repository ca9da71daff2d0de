"""What every name in a program means: which variable, parameter, function or field each occurrence is of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from dtl.source import Span
from dtl.syntax import nodes
from dtl.syntax.visit import Node, children

#: What an occurrence is of. Two occurrences mean the same thing if their keys are equal:
#: ("variable", place of the first assignment, name), ("parameter", function, name), ("function", name),
#: ("builtin", name), ("field", root, path) with the root "event", "metadata" or a variable's key.
Key: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a name stands: what it is of, and whether it is written or declared there."""

    span: Span
    key: Key
    is_write: bool = False
    is_declaration: bool = False


class Names:
    """All occurrences of a program's names, in the order of the source."""

    def __init__(self, occurrences: Iterable[Occurrence]) -> None:
        self.occurrences = sorted(occurrences, key=lambda each: each.span)

    @staticmethod
    def of(tree: nodes.Program, imported: Iterable[str] = ()) -> Names:
        """Return a program's names; `imported` are functions that come from other files."""
        resolver = _Resolver({*imported, *(node.name.text for node in tree.body if isinstance(node, nodes.Function))})
        for node in tree.body:
            if isinstance(node, nodes.Import):
                resolver.functions.update(alias.text for _, alias in node.names)
        for node in tree.body:
            resolver.visit(node)
        return Names(resolver.found)

    @cached_property
    def by_key(self) -> dict[Key, list[Occurrence]]:
        """Return the occurrences of each thing, in the order of the source."""
        found: dict[Key, list[Occurrence]] = {}
        for each in self.occurrences:
            found.setdefault(each.key, []).append(each)
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [each.span.start for each in self.occurrences]

    def at(self, offset: int) -> Occurrence | None:
        """Return the occurrence around an offset; its end counts as in it."""
        last = bisect_right(self._starts, offset)
        for each in reversed(self.occurrences[max(0, last - 4) : last]):
            if each.span.start <= offset <= each.span.end:
                return each
        return None

    def of_key(self, key: Key) -> list[Occurrence]:
        """Return the occurrences of a thing."""
        return self.by_key.get(key, [])

    def definition(self, key: Key) -> Occurrence | None:
        """Return where a thing is made: its declaration, or the first place that writes it."""
        places = self.of_key(key)
        return next((each for each in places if each.is_declaration), None) or next(
            (each for each in places if each.is_write), None
        )


def path_of(segments: Iterable[nodes.Segment]) -> tuple[str | int, ...]:
    """Return segments as plain names and indexes."""
    return tuple(segment.value if isinstance(segment, nodes.Index) else segment.name for segment in segments)


def resolve(node: Node) -> tuple[dict[str, Key], list[Occurrence]]:
    """Return the variables that a root expression by itself leaves behind, and the occurrences in it."""
    resolver = _Resolver(set())
    resolver.visit(node)
    return resolver.scopes[0], resolver.found


def scope_at(node: Node, offset: int) -> dict[str, Key]:
    """Return the variables that a root expression has brought into scope at an offset, innermost last."""
    resolver = _Resolver(set(), offset)
    resolver.visit(node)
    return resolver.captured or {name: key for scope in resolver.scopes for name, key in scope.items()}


class _Resolver:
    """Walks a program in the order in which it runs."""

    def __init__(self, functions: set[str], cursor: int = -1) -> None:
        self.functions = functions
        self.cursor = cursor
        #: The variables of the innermost scope that holds the cursor.
        self.captured: dict[str, Key] = {}
        self.scopes: list[dict[str, Key]] = [{}]
        self.found: list[Occurrence] = []

    def add(self, span: Span, key: Key, write: bool = False, declaration: bool = False) -> None:
        """Note an occurrence."""
        self.found.append(Occurrence(span, key, write, declaration))

    def known(self, name: str) -> Key | None:
        """Return the variable of a name that is in scope."""
        return next((scope[name] for scope in reversed(self.scopes) if name in scope), None)

    def declare(self, name: nodes.Name | nodes.NamePattern, key: Key | None = None) -> None:
        """Bring a new variable into the innermost scope."""
        text = name.text if isinstance(name, nodes.Name) else name.name
        if text == "_":
            return
        key = key or ("variable", name.span.start, text)
        self.scopes[-1][text] = key
        self.add(name.span, key, write=True, declaration=True)

    def visit(self, node: Node) -> None:
        """Look at a node and all below it."""
        special = _VISITS.get(node.__class__)
        if special is not None:
            special(self, node)
        else:
            for child in children(node):
                self.visit(child)

    # --- what is special ----------------------------------------------------------------------------

    def variable(self, node: nodes.Variable) -> None:
        key = self.known(node.name)
        if key is None and node.name == "this":
            return
        self.add(node.span, key or ("variable", -1, node.name))

    def query(self, node: nodes.Query) -> None:
        self.path(node, write=False)

    def path(self, node: nodes.Query, write: bool) -> None:
        target = node.target
        root: Any = None
        if isinstance(target, nodes.Event):
            root = "event"
        elif isinstance(target, nodes.Metadata):
            root = "metadata"
        elif isinstance(target, nodes.Variable):
            key = self.known(target.name)
            if key is None and target.name == "this":
                root = "event"
            else:
                root = key or ("variable", -1, target.name)
                self.add(target.span, root, write)
        else:
            self.visit(target)
            return
        path = path_of(node.path)
        for index, segment in enumerate(node.path):
            if isinstance(segment, nodes.Field):
                last = index == len(path) - 1
                self.add(segment.span, ("field", root, path[: index + 1]), write and last)

    def target(self, node: nodes.Target) -> None:
        if isinstance(node, nodes.Variable):
            key = self.known(node.name)
            is_new = key is None
            if key is None:
                key = ("variable", node.span.start, node.name)
                self.scopes[-1][node.name] = key
            self.add(node.span, key, write=True, declaration=is_new)
        elif isinstance(node, nodes.Query):
            self.path(node, write=True)

    def assign(self, node: nodes.Assign) -> None:
        self.visit(node.value)
        self.target(node.target)

    def assign_result(self, node: nodes.AssignResult) -> None:
        self.visit(node.value)
        self.target(node.ok)
        self.target(node.error)

    def leave(self, span: Span) -> None:
        """Leave the innermost scope, which was that of a place."""
        if not self.captured and span.start < self.cursor <= span.end:
            self.captured = {name: key for scope in self.scopes for name, key in scope.items() if self.is_made(key)}
        self.scopes.pop()

    def is_made(self, key: Key) -> bool:
        """Tell whether a variable exists at the cursor."""
        return key[0] == "parameter" or bool(key[1] < self.cursor)

    def block(self, node: nodes.Block) -> None:
        self.scopes.append({})
        for part in node.body:
            self.visit(part)
        self.leave(node.span)

    def call(self, node: nodes.Call | nodes.MethodCall) -> None:
        if isinstance(node, nodes.MethodCall):
            self.visit(node.receiver)
        name = node.name.text
        is_user = name in self.functions
        self.add(node.name.span, ("function" if is_user else "builtin", name))
        for argument in node.arguments:
            if argument.name is not None and is_user:
                self.add(argument.name.span, ("parameter", name, argument.name.text))
            self.visit(argument.value)
        if node.closure is not None:
            self.visit(node.closure)

    def closure(self, node: nodes.Closure) -> None:
        self.scopes.append({})
        for parameter in node.parameters:
            self.declare(parameter)
        self.visit(node.body)
        self.leave(node.span)

    def function(self, node: nodes.Function) -> None:
        self.add(node.name.span, ("function", node.name.text), write=True, declaration=True)
        outer, self.scopes = self.scopes, [{}]
        for parameter in node.parameters:
            if parameter.default is not None:
                self.visit(parameter.default)
            self.declare(parameter.name, ("parameter", node.name.text, parameter.name.text))
        self.visit(node.body)
        self.leave(node.span)
        self.scopes = outer

    def import_(self, node: nodes.Import) -> None:
        for _, alias in node.names:
            self.add(alias.span, ("function", alias.text), write=True, declaration=True)

    def for_(self, node: nodes.For) -> None:
        self.visit(node.iterable)
        self.scopes.append({})
        for parameter in node.parameters:
            self.declare(parameter)
        self.visit(node.body)
        self.leave(node.span)

    def try_(self, node: nodes.Try) -> None:
        self.visit(node.body)
        self.scopes.append({})
        if node.error is not None:
            self.declare(node.error)
        self.visit(node.handler)
        self.leave(node.handler.span)

    def arm(self, node: nodes.Arm) -> None:
        self.scopes.append({})
        self.visit(node.pattern)
        if node.guard is not None:
            self.visit(node.guard)
        self.visit(node.body)
        self.leave(node.span)

    def name_pattern(self, node: nodes.NamePattern) -> None:
        self.declare(node)

    def type_pattern(self, node: nodes.TypePattern) -> None:
        if node.binding is not None:
            self.declare(node.binding)

    def binary(self, node: nodes.Binary) -> None:
        self.visit(node.left)
        self.visit(node.right)

    def unary(self, node: nodes.Unary) -> None:
        self.visit(node.operand)


_VISITS: dict[type, Any] = {
    nodes.Variable: _Resolver.variable,
    nodes.Query: _Resolver.query,
    nodes.Assign: _Resolver.assign,
    nodes.AssignResult: _Resolver.assign_result,
    nodes.Block: _Resolver.block,
    nodes.Call: _Resolver.call,
    nodes.MethodCall: _Resolver.call,
    nodes.Closure: _Resolver.closure,
    nodes.Function: _Resolver.function,
    nodes.Import: _Resolver.import_,
    nodes.For: _Resolver.for_,
    nodes.Try: _Resolver.try_,
    nodes.Arm: _Resolver.arm,
    nodes.NamePattern: _Resolver.name_pattern,
    nodes.TypePattern: _Resolver.type_pattern,
    nodes.Binary: _Resolver.binary,
    nodes.Unary: _Resolver.unary,
}
