"""Sizes of values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtl.values.measure import Size, depth, is_deeper, measure, measure_shared
from tests.values.strategies import values


@pytest.mark.parametrize(
    ("value", "size"),
    [
        (None, Size(0, 1, 0)),
        ("abc", Size(0, 1, 3)),
        ([], Size(1, 1, 0)),
        ([1, "ab", [None]], Size(2, 5, 2)),
        ({"key": {"k": "v"}, "é": []}, Size(2, 4, 6)),
    ],
)
def test_sizes(value: Any, size: Size) -> None:
    assert measure(value) == size
    assert depth(value) == size.depth


@given(values, st.integers(0, 6))
def test_depth_is_what_is_deeper_than_less(value: Any, limit: int) -> None:
    assert is_deeper(value, limit) == (depth(value) > limit)


@given(values)
def test_sharing_is_counted_like_anything_else(value: Any) -> None:
    assert measure_shared([value, value]) == measure([value, value])


def test_values_that_hold_themselves_many_times_over() -> None:
    value: Any = "text"
    for _ in range(60):
        value = [value, value]
    assert measure(value) == Size(60, 2**61 - 1, 4 * 2**60)


def test_deep_values() -> None:
    value: Any = 1
    for _ in range(200_000):
        value = [value]
    assert measure(value).depth == 200_000
    assert is_deeper(value, 199_999)
