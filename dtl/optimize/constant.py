"""Constants as passes make them."""

from __future__ import annotations

from typing import Any

from dtl.hir.nodes import Constant, Hir
from dtl.types.kind import ARRAY, KIND_OF, OBJECT
from dtl.types.type import Type
from dtl.values.measure import measure
from dtl.values.value import Value

# Larger values are made when the program runs: it would be a waste to keep them.
_MOST_VALUES = 1_000
_MOST_CHARACTERS = 10_000


def constant(node: Hir, value: Value) -> Constant:
    """Return the constant that takes a node's place."""
    kind = KIND_OF[type(value)]
    return Constant(node.span, node.type if kind in (ARRAY, OBJECT) else Type(kind), value)


def is_small(value: Any) -> bool:
    """Tell whether a value may be kept as a constant."""
    size = measure(value)
    return size.values <= _MOST_VALUES and size.characters <= _MOST_CHARACTERS
