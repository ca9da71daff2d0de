"""Constants as passes make them."""

from __future__ import annotations

from typing import Any

from dtl.hir.nodes import Constant, Hir
from dtl.types.type import (
    ARRAY,
    BOOLEAN,
    FLOAT,
    INTEGER,
    NULL,
    OBJECT,
    REGEX,
    STRING,
    TIMESTAMP,
    Type,
)
from dtl.values.measure import measure
from dtl.values.regex import Regex
from dtl.values.timestamp import Timestamp
from dtl.values.value import Value

#: The kind of each Python form of a value.
KINDS: dict[type, int] = {
    str: STRING,
    int: INTEGER,
    float: FLOAT,
    bool: BOOLEAN,
    Timestamp: TIMESTAMP,
    Regex: REGEX,
    type(None): NULL,
    list: ARRAY,
    dict: OBJECT,
}

# Larger values are made when the program runs: it would be a waste to keep them.
_MOST_VALUES = 1_000
_MOST_CHARACTERS = 10_000


def constant(node: Hir, value: Value) -> Constant:
    """Return the constant that takes a node's place."""
    kind = KINDS[type(value)]
    return Constant(node.span, node.type if kind in (ARRAY, OBJECT) else Type(kind), value)


def is_small(value: Any) -> bool:
    """Tell whether a value may be kept as a constant."""
    size = measure(value)
    return size.values <= _MOST_VALUES and size.characters <= _MOST_CHARACTERS
