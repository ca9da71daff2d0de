"""The models and stores that a program names by constants, checked against the configuration before it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dtl.ai.request import Kind
from dtl.diagnostics.codes import title
from dtl.diagnostics.diagnostic import Diagnostic, Label
from dtl.functions.function import Effect
from dtl.hir import nodes as hir
from dtl.hir.visit import walk

_CODE = 1400
_KINDS: dict[str, Kind] = {"embed": "embed", "vector_search": "search", "ml_predict": "predict"}


def unknown_names(unit: hir.Unit, problem: Callable[[Kind, str, str], str | None]) -> list[Diagnostic]:
    """Return a finding for each constant name that no model or store has.

    Args:
        unit: The program.
        problem: Tells why a name cannot be meant: a kind of request, the function, the name.
    """
    found = []
    for call, argument, name in _names(unit):
        function = call.function.name
        kind = _KINDS.get(function, "image" if function.startswith("image_") else "chat")
        reason = problem(kind, function, name)
        if reason is not None:
            found.append(Diagnostic(_CODE, title(_CODE), (Label(argument.span, reason),)))
    return found


def _names(unit: hir.Unit) -> Iterator[tuple[hir.Call, hir.Constant, str]]:
    """Yield the calls that name a model or store by a constant."""
    for node in walk(unit.body):
        if not isinstance(node, hir.Call) or node.function.effect is not Effect.AI:
            continue
        for parameter, argument in zip(node.function.parameters, node.arguments, strict=True):
            if parameter.name in ("model", "store") and isinstance(argument, hir.Constant):
                name = argument.value if argument.raw is None else argument.raw
                if isinstance(name, str):
                    yield node, argument, name
