"""The models and stores that a program asks, checked against the configuration before it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dtl.ai.request import Kind
from dtl.diagnostics.codes import title
from dtl.diagnostics.diagnostic import Diagnostic, Label
from dtl.functions.function import Effect
from dtl.hir import nodes as hir
from dtl.hir.visit import walk
from dtl.source import Span

_CODE = 1400
_KINDS: dict[str, Kind] = {"embed": "embed", "vector_search": "search", "ml_predict": "predict"}
#: Functions that ask a provider unless they name a model, by the start of their names.
_FAMILIES = {"gpt": "provider:openai", "claude": "provider:anthropic"}


def unknown_names(unit: hir.Unit, problem: Callable[[Kind, str, str | None], str | None]) -> list[Diagnostic]:
    """Return a finding for each call whose model or store cannot answer: there is none of the name, or it has no key.

    Args:
        unit: The program.
        problem: Tells why a request can go nowhere: its kind, the function, the name of the model or store, if any.
    """
    found = []
    for call, span, name in _names(unit):
        function = call.function.name
        kind = _KINDS.get(function, "image" if function.startswith("image_") else "chat")
        reason = problem(kind, function, name)
        if reason is not None:
            found.append(Diagnostic(_CODE, title(_CODE), (Label(span, reason),)))
    return found


def _names(unit: hir.Unit) -> Iterator[tuple[hir.Call, Span, str | None]]:
    """Yield the calls whose model or store is known: a constant, or the default; and where that is said."""
    for node in walk(unit.body):
        if not isinstance(node, hir.Call) or node.function.effect is not Effect.AI:
            continue
        for parameter, argument in zip(node.function.parameters, node.arguments, strict=True):
            if parameter.name not in ("model", "store"):
                continue
            if argument is None:
                family = node.function.name.partition("_")[0]
                yield node, node.span, _FAMILIES.get(family)
            elif isinstance(argument, hir.Constant):
                name = argument.value if argument.raw is None else argument.raw
                if isinstance(name, str):
                    yield node, argument.span, name
