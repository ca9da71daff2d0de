"""How values are shown, and integers of 64 bits."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtl.values.regex import Regex
from dtl.values.text import from_bytes
from dtl.values.timestamp import Timestamp
from dtl.values.value import I64_MAX, I64_MIN, clamp, describe, display, kind_name, wrap

KINDS: list[tuple[Any, str]] = [
    (None, "null"),
    (False, "boolean"),
    (3, "integer"),
    (3.0, "float"),
    ("3", "string"),
    (Timestamp(0), "timestamp"),
    (Regex("x"), "regex"),
]


@pytest.mark.parametrize(("value", "kind"), [*KINDS, ([1], "array"), ({"a": 1}, "object")])
def test_kind_names(value: Any, kind: str) -> None:
    assert kind_name(value) == kind


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        *KINDS,
        ([], "array"),
        ({}, "object"),
        ([True, "s", [2.0, []]], "[boolean, string, [float, array]]"),
        ({"z": {}, "a": [None]}, "{ a: [null], z: object }"),
        ({"": 1, "a-b": 1, "9": 1, "9a": 1, "@q_1": 1, "é": 1}, '{ "": integer, "9": integer, 9a: integer, '
         '@q_1: integer, "a-b": integer, "é": integer }'),
        ({'say "hi"': 1}, '{ "say "hi"": integer }'),
    ],
)  # fmt: skip
def test_messages_name_the_kinds_inside(value: Any, kind: str) -> None:
    assert describe(value) == kind


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (-7, "-7"),
        (2.0, "2"),
        ('a\\b"c\nd\te', '"a\\\\b\\"c\\nd\te"'),
        (from_bytes(b"x\xffy"), '"x\ufffdy"'),
        (Timestamp(0, 250_000_000), "t'1970-01-01T00:00:00.250Z'"),
        (Regex(r"^\d'$"), r"r'^\d'$'"),
        ([], "[]"),
        ({}, "{  }"),
        ([1, [], "a"], '[1, [], "a"]'),
        ({"b": {"x": 0.5}, "a": [None, {}]}, '{ "a": [null, {  }], "b": { "x": 0.5 } }'),
        ({'q"': 1}, '{ "q"": 1 }'),
    ],
)
def test_display(value: Any, text: str) -> None:
    assert display(value) == text


def test_deep_values_are_shown_without_recursion() -> None:
    value: Any = 1
    for _ in range(20_000):
        value = [{"a": value}]
    assert describe(value).startswith("[{ a: [{ a: ")
    assert display(value).endswith(" }] }]")


@given(st.integers())
def test_wrapping_is_twos_complement(number: int) -> None:
    assert wrap(number) == int.from_bytes((number % 2**64).to_bytes(8, "big"), "big", signed=True)


@given(st.integers())
def test_clamping_keeps_what_fits(number: int) -> None:
    assert I64_MIN <= clamp(number) <= I64_MAX
    assert clamp(number) == number or not I64_MIN <= number <= I64_MAX
