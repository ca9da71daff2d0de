"""What is known at a place: the variables in scope and their types, the fields of event, metadata and variables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from dtl.ide.analysis import Analysis
from dtl.ide.names import path_of, scope_at
from dtl.source import Span
from dtl.syntax import nodes
from dtl.types.type import Type
from dtl.values.encode import to_json

Path = tuple[str | int, ...]

# Where a variable begins in a text that does not parse: an assignment, a closure's or function's parameters, a loop.
_MADE = re.compile(
    r"(?:^|[;{(\n])[ \t]*([^\W\d]\w*)[ \t]*(?:,[ \t]*([^\W\d]\w*)[ \t]*)?=(?![=>])"
    r"|->[ \t]*\|([^|\n]*)\||\bfn[ \t]+\w+\(([^)\n]*)\)|\bfor[ \t]+([\w, \t]+?)[ \t]+in\b|\bcatch[ \t]+(\w+)"
)
_NAME = re.compile(r"(?<![\w:.])[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """A field that exists or may exist: where it is known from, its type, its value in the sample."""

    name: str
    type: Type | None
    value: tuple[Any, ...]
    is_sampled: bool


def variables(analysis: Analysis, offset: int) -> dict[str, Type | None]:
    """Return the variables in scope at an offset with their types as far as known, the nearest last."""
    found: dict[str, Type | None] = {}
    at = analysis.statement_index(offset)
    broken = at
    while broken >= 0 and isinstance(analysis.statements[broken], nodes.Invalid):
        broken -= 1
    if broken < at:
        start = analysis.statements[broken + 1].span.start
        if broken >= 0 and analysis.text.count("\n", analysis.statements[broken].span.end, start) == 0:
            start = analysis.statements[broken].span.start
        for match in _MADE.finditer(analysis.text, start, offset):
            for group in match.groups():
                found.update(dict.fromkeys(_NAME.findall(group or "")))
    for index in range(at + 1):
        node = analysis.statements[index]
        if node.span.end < offset or index < at:
            for name, span in analysis.outlines[index].variables.items():
                found.pop(name, None)
                where = Span(span.start + node.span.start, span.end + node.span.start)
                found[name] = analysis.checked.types.get(where)
        else:
            _add_inner(analysis, node, offset, found)
    return found


def _add_inner(analysis: Analysis, node: Any, offset: int, found: dict[str, Type | None]) -> None:
    """Add the variables that the root expression around an offset has brought into scope there."""
    scope = scope_at(node, offset)
    if isinstance(node, nodes.Function):
        found.clear()
        for parameter in node.parameters:
            found[parameter.name.text] = analysis.checked.types.get(parameter.name.span)
    for name, key in scope.items():
        if key[0] == "variable":
            place = Span(key[1], key[1] + len(name))
            known = analysis.checked.types.get(place)
            if known is not None or name not in found:
                found.pop(name, None)
                found[name] = known


def fields(analysis: Analysis, root: str, prefix: Path, offset: int) -> list[FieldInfo]:
    """Return the fields known below a path, those of the sample first.

    `root` is "event", "metadata" or a variable's name.
    """
    known = root_type(analysis, root, offset)
    below = known.at(prefix) if known is not None else None
    typed = below.object.known if below is not None and below.object is not None else {}
    sampled: dict[str | int, Type] = {}
    if root == "event":
        part = analysis.sample.type.at(prefix)
        sampled = dict(part.object.known) if part.object is not None else {}
    mentioned = {
        path[len(prefix)]
        for outline in analysis.outlines
        for at, path in outline.paths
        if at == root and len(path) > len(prefix) and path[: len(prefix)] == prefix
    }
    names = [
        *sampled,
        *sorted(n for n in typed if n not in sampled and isinstance(n, str)),
        *sorted(n for n in mentioned if n not in sampled and n not in typed and isinstance(n, str)),
    ]
    found = []
    for name in names:
        if isinstance(name, int):
            continue
        value = analysis.sample.value((*prefix, name)) if root == "event" else ()
        type = sampled.get(name) if name in sampled and name not in typed else typed.get(name)
        found.append(FieldInfo(name, type, value, name in sampled))
    return found


def root_type(analysis: Analysis, root: str, offset: int) -> Type | None:
    """Return what is known of the event, the metadata or a variable."""
    if root == "event" or root == "this":
        return analysis.checked.event
    if root == "metadata":
        return analysis.checked.metadata
    return variables(analysis, offset).get(root)


def field_at(query: nodes.Query, offset: int) -> tuple[Path, Span] | None:
    """Return the path up to the segment at an offset, and where it is written."""
    for index, segment in enumerate(query.path):
        if segment.span.start <= offset <= segment.span.end:
            return path_of(query.path[: index + 1]), Span(query.span.start, segment.span.end)
    return None


def shown(value: Any, most: int = 80) -> str:
    """Return a value's JSON, cut to fit."""
    text = to_json(value)
    return text if len(text) <= most else text[: most - 1] + "…"
