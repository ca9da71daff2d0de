"""Who calls which user function, and which it calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dtl.ide.analysis import Analysis, descend
from dtl.ide.places import aliases
from dtl.source import Source, Span
from dtl.syntax import nodes


@dataclass(frozen=True, slots=True)
class Caller:
    """A user function, or a program's own statements (then `node` is None)."""

    source: Source
    node: nodes.Function | None

    @property
    def name(self) -> str:
        """Return what it is called."""
        return self.node.name.text if self.node is not None else self.source.name.replace("\\", "/").split("/")[-1]

    @property
    def span(self) -> Span:
        """Return all of it."""
        return self.node.span if self.node is not None else Span(0, len(self.source.text))

    @property
    def name_span(self) -> Span:
        """Return its name's place."""
        return self.node.name.span if self.node is not None else Span(0, 0)


def function_at(analysis: Analysis, offset: int) -> Caller | None:
    """Return the user function whose name stands at an offset."""
    found = analysis.names.at(offset)
    if found is None or found.key[0] != "function":
        return None
    declared = analysis.user_functions.get(found.key[1])
    return None if declared is None else Caller(declared[1], declared[0])


def incoming(target: Caller, programs: Iterable[Analysis]) -> list[tuple[Caller, list[Span]]]:
    """Return who calls a function, and where."""
    if target.node is None:
        return []
    found = []
    for analysis in programs:
        names = set(aliases(analysis, target.source, target.node.name.text))
        if not names:
            continue
        groups: dict[int, tuple[Caller, list[Span]]] = {}
        for caller, call in _calls(analysis):
            if call.name.text in names:
                key = caller.span.start if caller.node is not None else -1
                groups.setdefault(key, (caller, []))[1].append(call.name.span)
        found += list(groups.values())
    return found


def outgoing(origin: Caller, analysis: Analysis) -> list[tuple[Caller, list[Span]]]:
    """Return the user functions that one calls, and where; `analysis` is that of its text."""
    groups: dict[str, tuple[Caller, list[Span]]] = {}
    for caller, call in _calls(analysis):
        same = (
            caller.node is None
            if origin.node is None
            else caller.node is not None and caller.node.name.text == origin.node.name.text
        )
        declared = analysis.user_functions.get(call.name.text)
        if same and declared is not None:
            groups.setdefault(call.name.text, (Caller(declared[1], declared[0]), []))[1].append(call.name.span)
    return list(groups.values())


def _calls(analysis: Analysis) -> Iterator[tuple[Caller, nodes.Call | nodes.MethodCall]]:
    """Give every call of a text with the function that it stands in."""
    for root in analysis.tree.body:
        caller = Caller(analysis.source, root if isinstance(root, nodes.Function) else None)
        for node in descend(root):
            if isinstance(node, nodes.Call | nodes.MethodCall):
                yield caller, node
