"""Where programs stand in a workflow: steps with `source` or `script`, conditions of filters and of routing rules."""

from __future__ import annotations

from collections.abc import Iterator

from dtl.embedded.place import Path, Place
from dtl.embedded.tree import Items, Table, Text

_SECTIONS = frozenset({"transformations", "destinations", "ai_models", "vector_stores"})
_DIALECTS = {"dtl": "dtl", "vrl": "vrl"}
_PROGRAM_KEYS = ("source", "script")


def is_workflow(document: Table) -> bool:
    """Tell whether a document has a section that only workflows have."""
    return any(key.value in _SECTIONS for key, _ in document.pairs)


def places(table: Table, path: Path) -> Iterator[Place]:
    """Yield the programs that stand right in a mapping."""
    kind = table.text("type")
    config = table.table("config")
    if kind in _DIALECTS:
        for inner, way in ((table, path), (config, (*path, "config"))):
            for key in _PROGRAM_KEYS:
                if inner is not None and isinstance(text := inner.get(key), Text):
                    yield Place(text, _DIALECTS[kind], "program", (*way, key))
    elif kind is None and not path and isinstance(text := table.get("script"), Text):
        # Only at the top: other files, too, call a shell's commands so further in.
        yield Place(text, "dtl", "program", ("script",))
    if kind == "filter" and config is not None:
        yield from _condition(config, (*path, "config"))
    if (filtered := table.table("filter")) is not None and not path:
        yield from _condition(filtered, ("filter",))
    if isinstance(rules := table.get("routing_rules"), Items):
        for index, rule in enumerate(rules.items):
            if isinstance(rule, Table):
                yield from _condition(rule, (*path, "routing_rules", index))


def _condition(table: Table, path: Path) -> Iterator[Place]:
    if isinstance(text := table.get("condition"), Text):
        yield Place(text, "dtl", "condition", (*path, "condition"))


def models(documents: list[Table]) -> Iterator[str]:
    """Yield the names of the AI models that documents declare."""
    for document in documents:
        for key, value in _entries(document, "ai_models"):
            if key == "local_models" and isinstance(value, Table):
                yield from (name.value for name, _ in value.pairs)
            else:
                yield key


def stores(documents: list[Table]) -> Iterator[tuple[str, int | None]]:
    """Yield the names of the vector stores that documents declare, with their dimension where it is said."""
    for document in documents:
        for key, value in _entries(document, "vector_stores"):
            yield key, _dimension(value)


def _entries(document: Table, section: str) -> list[tuple[str, object]]:
    table = document.table(section)
    return [] if table is None else [(key.value, value) for key, value in table.pairs]


def _dimension(value: object) -> int | None:
    if not isinstance(value, Table):
        return None
    said = value.text("dimension") or (config.text("dimension") if (config := value.table("config")) else None)
    return int(said) if said is not None and said.isdecimal() else None
