"""What each root expression mentions: variables that it leaves behind, paths; remembered by its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dtl.ide.names import resolve
from dtl.source import Source, Span
from dtl.syntax import nodes
from dtl.syntax.visit import Node

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What a root expression mentions; places are relative to its start.

    Attributes:
        variables: Where each variable of the program's own scope is last written.
        paths: The longest paths mentioned, by root: "event", "metadata" or a variable's name.
    """

    variables: dict[str, Span]
    paths: frozenset[tuple[str, Path]]


class Outlines:
    """The outlines of one document's root expressions."""

    def __init__(self) -> None:
        self._known: dict[tuple[type, str], Outline] = {}

    def of(self, statements: tuple[nodes.Expression, ...], source: Source) -> list[Outline]:
        """Return the outline of each root expression; only those of this version are kept."""
        known: dict[tuple[type, str], Outline] = {}
        found = []
        for node in statements:
            key = type(node), source.slice(node.span)  # behind an error, a text may be read as something else
            outline = known.get(key) or self._known.get(key) or outline_of(node)
            known[key] = outline
            found.append(outline)
        self._known = known
        return found


def outline_of(node: Node) -> Outline:
    """Return a root expression's outline."""
    start = node.span.start
    scope, occurrences = resolve(node)
    variables: dict[str, Span] = {}
    paths: dict[tuple[str, Path], None] = {}
    outer: dict[Any, str] = {key: name for name, key in scope.items()}
    for each in occurrences:
        if each.is_write and each.key in outer:
            variables[outer[each.key]] = Span(each.span.start - start, each.span.end - start)
        if each.key[0] == "field":
            root = each.key[1] if isinstance(each.key[1], str) else each.key[1][2]
            paths[root, each.key[2]] = None
    return Outline(variables, frozenset(paths))
