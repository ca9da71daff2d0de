"""How deep a tree is, since passes over it recurse."""

from __future__ import annotations

from dtl.source import Span
from dtl.syntax import nodes
from dtl.syntax.visit import Node, children

# A step to the left operand counts one, any other two: chains of operators are longer than nesting is deep, and
# passes take fewer frames for them. Python's own limit of 1,000 frames leaves five for a count.
MAX_DEPTH = 200


def too_deep(node: Node) -> Span | None:
    """Return the place of a node below the greatest depth allowed, or None."""
    stack: list[tuple[Node, int]] = [(node, 0)]
    while stack:
        node, depth = stack.pop()
        if depth > MAX_DEPTH:
            place: Span = node.span
            return place
        left = node.left if isinstance(node, nodes.Binary) else None
        stack += [(child, depth + (1 if child is left else 2)) for child in children(node)]
    return None
