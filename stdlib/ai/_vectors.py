"""Vectors as arrays of numbers: checks and measures."""

import math
from operator import mul
from typing import Any

from dtl.functions import FunctionError
from dtl.values.value import describe

_NUMBERS = {int, float}


def vector(value: list[Any], name: str = "value") -> list[Any]:
    """Return a vector: a non-empty array of finite numbers.

    Raises:
        FunctionError: It is not one.
    """
    if not value:
        raise FunctionError(f'the vector "{name}" is empty')
    if not _NUMBERS.issuperset(map(type, value)):
        index, wrong = next((i, each) for i, each in enumerate(value) if type(each) not in _NUMBERS)
        raise FunctionError(f'the vector "{name}" must hold numbers, got {describe(wrong)} at index {index}')
    if not math.isfinite(sum(value)) and not all(map(math.isfinite, value)):
        raise FunctionError(f'the vector "{name}" holds a number that is not finite')
    return value


def same_size(a: list[Any], b: list[Any]) -> None:
    """Refuse vectors of different dimensions.

    Raises:
        FunctionError: They differ.
    """
    if len(a) != len(b):
        raise FunctionError(f"the vectors have different dimensions: {len(a)} and {len(b)}")


def similarity(a: list[Any], b: list[Any], metric: str) -> float:
    """Return how alike two vectors of one size are: more is more alike.

    Raises:
        FunctionError: The numbers are too large to compute with.
    """
    if metric == "euclidean":
        return 1.0 / (1.0 + math.dist(a, b))
    product = math.fsum(map(mul, a, b))
    if metric == "cosine":
        length = math.hypot(*a) * math.hypot(*b)
        product = product / length if length else 0.0
    if not math.isfinite(product):
        raise FunctionError("the vectors' numbers are too large")
    return min(1.0, max(-1.0, product)) if metric == "cosine" else product
