"""Where VRL programs stand in a Vector configuration."""

from __future__ import annotations

from collections.abc import Iterator

from dtl.embedded.place import Path, Place
from dtl.embedded.tree import Items, Table, Text, Tree

#: Components by type, with their settings that hold a condition: a text, or a mapping with `type` and `source`.
_CONDITIONS = {
    "filter": ("condition",),
    "reduce": ("starts_when", "ends_when"),
    "sample": ("exclude",),
    "throttle": ("exclude",),
    "window": ("flush_when", "forward_when"),
}
#: Every name of such a setting.
CONDITION_SETTINGS = frozenset(name for settings in _CONDITIONS.values() for name in settings)


def places(table: Table, path: Path, is_workflow: bool) -> Iterator[Place]:
    """Yield the programs that stand right in a mapping.

    In a workflow the condition of a filter is one over fields; in Vector it is a program of its own.
    """
    kind = table.text("type")
    runs = kind == "remap" or table.text("strategy") == "custom"
    if runs and isinstance(text := table.get("source"), Text):
        yield Place(text, "vrl", "program", (*path, "source"))
    # Of a source or sink: how it reads what comes in.
    decoder = table.table("vrl") if table.text("codec") == "vrl" else None
    if decoder is not None and isinstance(text := decoder.get("source"), Text):
        yield Place(text, "vrl", "program", (*path, "vrl", "source"))
    for setting in _CONDITIONS.get(kind or "", ()):
        dialect, start = ("dtl", "condition") if is_workflow else ("vrl", "program")
        yield from _condition(table.get(setting), (*path, setting), dialect, start)
    if kind == "route" and (routes := table.table("route")) is not None:
        for key, value in routes.pairs:
            yield from _condition(value, (*path, "route", key.value))
    if kind == "exclusive_route" and isinstance(ways := table.get("routes"), Items):
        for index, way in enumerate(ways.items):
            if isinstance(way, Table):
                yield from _condition(way.get("condition"), (*path, "routes", index, "condition"))
    # Of a unit test: what an output must be. Conditions that are mappings are met on their own, by their type.
    if table.get("extract_from") is not None and isinstance(conditions := table.get("conditions"), Items):
        for index, condition in enumerate(conditions.items):
            yield from _condition(condition, (*path, "conditions", index))


def _condition(tree: Tree | None, path: Path, dialect: str = "vrl", start: str = "program") -> Iterator[Place]:
    """Yield a condition that is a text; one that is a mapping with `type: vrl` is met on its own."""
    if isinstance(tree, Text):
        yield Place(tree, dialect, start, path)
