"""How deep a tree is, since passes over it recurse."""

from __future__ import annotations

from dtl.source import Span
from dtl.syntax.visit import Node, children

MAX_DEPTH = 200


def too_deep(node: Node) -> Span | None:
    """Return the place of a node below the greatest depth allowed, or None."""
    level: list[Node] = [node]
    for _ in range(MAX_DEPTH):
        level = [child for parent in level for child in children(parent)]
        if not level:
            return None
    found: Span = level[0].span
    return found
