"""Coercions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from dtl.values.convert import to_bool, to_float, to_int, to_string
from dtl.values.errors import FunctionError
from dtl.values.regex import Regex
from dtl.values.timestamp import Timestamp
from tests.values.strategies import floats, integers, timestamps

# A value and what it is as a string, an integer, a float and a boolean; text stands for the error instead of a number.
TABLE: list[tuple[Any, str, Any, Any, Any]] = [
    ("", "", 'Invalid integer "": cannot parse integer from empty string',
     'Invalid floating point number "": cannot parse float from empty string', 'Invalid boolean value ""'),
    ("12", "12", 12, 12.0, True),
    ("00", "00", 0, 0.0, False),
    ("1.5", "1.5", 'Invalid integer "1.5": invalid digit found in string', 1.5, 'Invalid boolean value "1.5"'),
    ("Yes", "Yes", 'Invalid integer "Yes": invalid digit found in string',
     'Invalid floating point number "Yes": invalid float literal', True),
    ("N", "N", 'Invalid integer "N": invalid digit found in string',
     'Invalid floating point number "N": invalid float literal', False),
    ("NaN", "NaN", 'Invalid integer "NaN": invalid digit found in string', 'NaN number not supported "NaN"',
     'Invalid boolean value "NaN"'),
    (0, "0", 0, 0.0, False),
    (-3, "-3", -3, -3.0, True),
    (2.0, "2", 2, 2.0, True),
    (-2.9, "-2.9", -2, -2.9, True),
    (-0.0, "-0", 0, -0.0, False),
    (1e300, "1" + "0" * 300, 2**63 - 1, 1e300, True),
    (float("-inf"), "-inf", -(2**63), float("-inf"), True),
    (True, "true", 1, 1.0, True),
    (False, "false", 0, 0.0, False),
    (None, "", 0, 0.0, False),
    (Timestamp(-2, 500_000_000), "1969-12-31T23:59:58.500Z", -2, -1.5, "unable to coerce timestamp into boolean"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "string", "integer", "number", "boolean"), TABLE)
def test_coercions(value: Any, string: str, integer: Any, number: Any, boolean: Any) -> None:
    assert to_string(value) == string
    for coerce, expected in ((to_int, integer), (to_float, number), (to_bool, boolean)):
        if isinstance(expected, str):
            with pytest.raises(FunctionError) as failure:
                coerce(value)
            assert failure.value.message == expected
        else:
            found = coerce(value)
            assert type(found) is type(expected) and repr(found) == repr(expected)


@pytest.mark.parametrize(("value", "kind"), [([1, "x"], "[integer, string]"), ({}, "object"), (Regex("x"), "regex")])
def test_what_cannot_be_coerced(value: Any, kind: str) -> None:
    for coerce, target in ((to_string, "string"), (to_int, "integer"), (to_float, "float"), (to_bool, "boolean")):
        with pytest.raises(FunctionError) as failure:
            coerce(value)
        assert failure.value.message == f"unable to coerce {kind} into {target}"


@given(integers)
def test_integers_survive_as_text(number: int) -> None:
    assert to_int(to_string(number)) == number


@given(floats)
def test_floats_survive_as_text(number: float) -> None:
    assert to_float(to_string(number)) == number


@given(timestamps)
def test_timestamps_are_unix_seconds(timestamp: Timestamp) -> None:
    # The nanoseconds are made a double before they are divided, so the last microsecond is not exact.
    assert to_float(timestamp) == pytest.approx(to_int(timestamp) + timestamp.nanos / 1e9, abs=2e-6)


def test_a_timestamp_whose_nanoseconds_need_more_than_64_bits() -> None:
    with pytest.raises(FunctionError, match="can't convert out of range timestamp"):
        to_float(Timestamp(2**35))
