"""Models and vector stores that a configuration names, and names that it does not have.

What reads configurations takes a while to import and few programs have one: `dtl.ide.configuration` does it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dtl.diagnostics.diagnostic import Diagnostic, Label, Severity
from dtl.functions.function import Effect, Function
from dtl.functions.registry import Registry
from dtl.ide.arguments import Call, bound
from dtl.source import Source, Span
from dtl.syntax import nodes
from dtl.syntax.visit import walk

if TYPE_CHECKING:
    from dtl.ai.config.entries import AiConfig, Entry

# What a root expression that names a model or store has in its text.
_SIGNS = ("model", "store", "vector_", "embed", "llm_", "gpt_", "claude_", "ml_")
_CODE = 1400


@dataclass(frozen=True)
class Models:
    """What a program can name; nothing is known without a configuration."""

    config: AiConfig | None = None

    @property
    def is_configured(self) -> bool:
        """Tell whether there is a configuration."""
        return self.config is not None and bool(self.config.file)

    def entries(self, parameter: str) -> dict[str, Entry]:
        """Return the entries that an argument may name, by the parameter that it goes to."""
        if self.config is None:
            return {}
        return dict({"model": self.config.models, "store": self.config.stores}.get(parameter, {}))

    def findings(self, tree: nodes.Program, source: Source, functions: Registry, dialect: str) -> Iterator[Diagnostic]:
        """Give a warning for each name that is not configured, and for vectors that do not fit their store."""
        if not self.is_configured or dialect == "vrl":
            return
        for root in tree.body:
            text = source.slice(root.span)
            if not any(sign in text for sign in _SIGNS):
                continue
            for node in walk(root):
                if isinstance(node, nodes.Call | nodes.MethodCall):
                    function = functions.get(node.name.text, dialect)
                    if function is not None and function.effect is Effect.AI:
                        yield from self._of_call(function, node, functions)

    def _of_call(self, function: Function, call: Call, functions: Registry) -> Iterator[Diagnostic]:
        for parameter, argument in bound(function, call):
            entries = self.entries(parameter.name)
            name = argument.value.value if isinstance(argument.value, nodes.String) else None
            if name is None or not entries or name in entries or ":" in name:
                continue
            if any(entry.model == name for entry in entries.values()):
                continue
            known = ", ".join(f"`{each}`" for each in sorted(entries))
            yield _warning(argument.value.span, f"no {parameter.name} `{name}` is configured", f"configured: {known}")
        store, vector = _literal(function, call, "store"), next((a.value for _, a in bound(function, call)), None)
        if store is not None and isinstance(vector, nodes.Call):
            inner = functions.get(vector.name.text)
            model = _literal(inner, vector, "model") if inner is not None and inner.name == "embed" else None
            yield from self._of_sizes(vector.span, model, store)

    def _of_sizes(self, span: Span, model: str | None, store: str) -> Iterator[Diagnostic]:
        source, target = self.entries("model").get(model or ""), self.entries("store").get(store)
        made = source.get("dimensions") if source is not None else None
        taken = target.get("dimension") if target is not None else None
        if made is not None and taken is not None and made != taken:
            yield _warning(span, f"a vector of {made} numbers does not fit", f"`{store}` takes vectors of {taken}")


def _literal(function: Function | None, call: Call, name: str) -> str | None:
    """Return the text of an argument, if it is written out."""
    if function is None:
        return None
    for parameter, argument in bound(function, call):
        if parameter.name == name and isinstance(argument.value, nodes.String):
            return argument.value.value
    return None


def _warning(span: Span, message: str, text: str) -> Diagnostic:
    return Diagnostic(_CODE, message, (Label(span, text),), severity=Severity.WARNING)
