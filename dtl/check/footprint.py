"""Which variables and which fields of event and metadata an expression mentions."""

from __future__ import annotations

from dtl.data import frozen
from dtl.syntax import nodes as ast
from dtl.syntax.visit import walk


@frozen
class Footprint:
    """What the check of an expression can depend on, and can change.

    Attributes:
        names: Variables.
        fields: First-level fields of the event (also those of metadata paths: VRL looks them up there, spec 3.6).
        metadata: First-level fields of the metadata.
        whole_event: Whether more of the event than these fields matters.
        whole_metadata: Likewise of the metadata.
    """

    names: frozenset[str]
    fields: frozenset[str]
    metadata: frozenset[str]
    whole_event: bool
    whole_metadata: bool


def footprint(node: ast.Expression) -> Footprint:
    """Return an expression's footprint."""
    names: set[str] = set()
    fields: set[str] = set()
    metadata: set[str] = set()
    whole_event = whole_metadata = False
    for here in walk(node):
        if isinstance(here, ast.Variable):
            names.add(here.name)
            whole_event = whole_event or here.name == "this"
        elif isinstance(here, ast.Query):
            first = here.path[0] if here.path else None
            name = first.name if isinstance(first, ast.Field) else None
            if isinstance(here.target, ast.Event):
                whole_event = whole_event or name is None
                fields.update(() if name is None else (name,))
            elif isinstance(here.target, ast.Metadata):
                whole_metadata = whole_metadata or name is None
                metadata.update(() if name is None else (name,))
                fields.update(() if name is None else (name,))
    return Footprint(frozenset(names), frozenset(fields), frozenset(metadata), whole_event, whole_metadata)
