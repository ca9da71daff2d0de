"""Paths that are given as arrays."""

from typing import Any

from dtl.functions import FunctionError
from dtl.values.path import Path
from dtl.values.text import replaced
from dtl.values.value import describe


def path_of(segments: list[Any]) -> Path:
    """Return the path that an array of names and indexes stands for.

    Raises:
        FunctionError: An element is neither a string nor an integer.
    """
    return tuple([_step(segment) for segment in segments])


def _step(segment: Any) -> str | int:
    if type(segment) is str:
        return replaced(segment)
    if type(segment) is int:
        return segment
    raise FunctionError(f"path segment must be either string or integer, not {describe(segment)}")
