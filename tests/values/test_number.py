"""Numbers as text."""

from __future__ import annotations

import pytest
from hypothesis import given

from dtl.values.number import InvalidNumber, display_float, float_to_integer, json_float, parse_float, parse_integer
from tests.values.strategies import finite, floats, integers

INF = float("inf")


@pytest.mark.parametrize(
    ("number", "shown", "json"),
    [
        (3.0, "3", "3.0"),
        (-0.0, "-0", "-0.0"),
        (0.1, "0.1", "0.1"),
        (1.5e21, "1500000000000000000000", "1.5e+21"),
        (9007199254740993.0, "9007199254740992", "9007199254740992.0"),
        (9999999999999998.0, "9999999999999998", "9999999999999998.0"),
        (1e16, "10000000000000000", "1e+16"),
        (0.0001, "0.0001", "0.0001"),
        (0.00001, "0.00001", "0.00001"),
        (-0.0000123, "-0.0000123", "-0.0000123"),
        (0.00000123, "0.00000123", "1.23e-6"),
        (5e-324, "0." + "0" * 323 + "5", "5e-324"),
        (INF, "inf", "null"),
        (-INF, "-inf", "null"),
        # Halfway between two shortest forms: display goes away from zero, JSON to the even digit.
        (817284510313818.25, "817284510313818.3", "817284510313818.2"),
        (-13470540237193.5625, "-13470540237193.563", "-13470540237193.562"),
    ],
)
def test_two_ways_to_write_a_float(number: float, shown: str, json: str) -> None:
    assert (display_float(number), json_float(number)) == (shown, json)


@given(finite)
def test_both_ways_give_the_float_back(number: float) -> None:
    assert float(display_float(number)) == number == float(json_float(number))
    assert "e" not in display_float(number)


@given(floats)
def test_casts_saturate(number: float) -> None:
    whole = float_to_integer(number)
    assert whole == max(-(2**63), min(2**63 - 1, int(number))) if abs(number) != INF else whole in (-(2**63), 2**63 - 1)


@given(integers)
def test_integers_there_and_back(number: int) -> None:
    assert parse_integer(str(number)) == number
    assert parse_integer(f"{number:x}", 16) == number


@pytest.mark.parametrize(
    ("text", "base", "reason"),
    [
        ("", 10, "cannot parse integer from empty string"),
        ("-", 10, "invalid digit found in string"),
        ("1_000", 10, "invalid digit found in string"),
        ("٣", 10, "invalid digit found in string"),
        ("9223372036854775808", 10, "number too large to fit in target type"),
        ("-9223372036854775809", 10, "number too small to fit in target type"),
        ("9" * 20 + "x", 10, "number too large to fit in target type"),  # noticed before the x
        ("9" * 18 + "x", 10, "invalid digit found in string"),
        ("9" * 10_000, 10, "number too large to fit in target type"),
        ("12", 2, "invalid digit found in string"),
        ("zz", 35, "invalid digit found in string"),
    ],
)
def test_what_is_no_integer(text: str, base: int, reason: str) -> None:
    with pytest.raises(InvalidNumber) as problem:
        parse_integer(text, base)
    assert str(problem.value) == reason


@pytest.mark.parametrize(
    ("text", "base", "number"),
    [("+7", 10, 7), ("-0", 10, 0), ("0" * 5_000 + "12", 10, 12), ("-101", 2, -5), ("Zz", 36, 1295)],
)
def test_integers(text: str, base: int, number: int) -> None:
    assert parse_integer(text, base) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+.25", 0.25),
        ("3.", 3.0),
        ("1E-2", 0.01),
        ("-InFiNiTy", -INF),
        ("1e999", INF),
        ("123456789.123456789012", 123456789.12345679),
    ],
)
def test_floats(text: str, number: float) -> None:
    assert parse_float(text) == number


@pytest.mark.parametrize("text", [".", "1e", "e1", "0x1", "1_0", " 1", "1 ", "+-1", "infin", "٣", "1.5f"])
def test_what_is_no_float(text: str) -> None:
    with pytest.raises(InvalidNumber, match="invalid float literal"):
        parse_float(text)


def test_an_empty_text_is_no_float() -> None:
    with pytest.raises(InvalidNumber, match="cannot parse float from empty string"):
        parse_float("")
