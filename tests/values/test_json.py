"""JSON, in and out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dtl.values import json_reader
from dtl.values.compare import same
from dtl.values.decode import DEEPEST, InvalidJson, from_json
from dtl.values.encode import to_json, to_json_by_rule, to_json_bytes
from dtl.values.regex import Regex
from dtl.values.text import from_bytes, replaced
from dtl.values.timestamp import Timestamp
from tests.values.strategies import finite, json_values, values


@given(json_values)
def test_there_and_back(value: Any) -> None:
    assert same(from_json(to_json(value)), value)
    assert same(from_json(to_json_bytes(value, pretty=True)), value)


@given(values)
@example([1e16, 1e-7, -0.0, float("inf"), "2e5", ":3e-4,", from_bytes(b"\xff\xc3")])
@example({"b": [], "a": {}, "é": [[1], {"x": {}}]})
def test_the_slow_writer_writes_the_same(value: Any) -> None:
    assert to_json(value) == to_json_by_rule(value, pretty=False)
    assert to_json(value, pretty=True) == to_json_by_rule(value, pretty=True)
    assert replaced(to_json(value)) == to_json(value)


@given(values)
def test_pretty_differs_in_space_only(value: Any) -> None:
    assert json.loads(to_json(value, pretty=True)) == json.loads(to_json(value))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('\x00\x1f\x7f\u2028/é"\\\b\f\n\r\t', '"\\u0000\\u001f\x7f\u2028/é\\"\\\\\\b\\f\\n\\r\\t"'),
        ({"b": 1, "a": 2, "B": 3, "é": 4, "~": 5, "": 6}, '{"":6,"B":3,"a":2,"b":1,"~":5,"é":4}'),
        ({"\U00010000": 1, "\uffff": 2}, '{"\uffff":2,"\U00010000":1}'),
        (from_bytes(b"a\xffb"), '"a\ufffdb"'),
        (Timestamp(0, 1_000), '"1970-01-01T00:00:00.000001Z"'),
        (Regex('"\\d'), '"\\"\\\\d"'),
        ([1e20, 2.5e-9, 1.0, float("-inf")], "[1e+20,2.5e-9,1.0,null]"),
        ([9223372036854775807, -9223372036854775808], "[9223372036854775807,-9223372036854775808]"),
    ],
)
def test_writing(value: Any, text: str) -> None:
    assert to_json(value) == text


def test_pretty() -> None:
    assert to_json({"b": [1, {}], "a": {"c": []}}, pretty=True) == (
        '{\n  "a": {\n    "c": []\n  },\n  "b": [\n    1,\n    {}\n  ]\n}'
    )


def test_values_of_any_depth_are_written() -> None:
    value: Any = 1.0
    for _ in range(20_000):
        value = [value]
    assert to_json(value) == "[" * 20_000 + "1.0" + "]" * 20_000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-0", -0.0),
        ("-0.0", -0.0),
        ("[-0 , -0]", [-0.0, -0.0]),
        ("12E2", 1200.0),
        ("9223372036854775807", 9223372036854775807),
        ("-9223372036854775808", -9223372036854775808),
        ("9223372036854775808", 9223372036854775808.0),
        ("18446744073709551616", 18446744073709551616.0),
        ("123456789.123456789012", 123456789.1234568),  # not the nearest float
        ('{"a":123456789.123456789012}', {"a": 123456789.1234568}),
        ("0.30000000000000004", 0.30000000000000004),
        ("1e-400", 0.0),
        ("0e999999999999", 0.0),
        ("1e-99999999999", 0.0),
        ('{"a":1,"a":{"b":2}}', {"a": {"b": 2}}),
        ('"\\u00fc\\ud83d\\ude00\\/"', "ü😀/"),
        (" \t\r\n[ 1 , true,null ] ", [1, True, None]),
        ('{"a-0": "-0", "b": " 1e5"}', {"a-0": "-0", "b": " 1e5"}),
    ],
)
def test_reading(text: str, value: Any) -> None:
    for found in (from_json(text), from_json(text.encode()), json_reader.read(text.encode())):
        assert same(found, value)
        assert repr(found) == repr(value)  # tells -0.0 from 0.0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("[1,]", "trailing comma at line 1 column 4"),
        ('{"a":1,}', "trailing comma at line 1 column 8"),
        ("[1\n 2]", "expected `,` or `]` at line 2 column 2"),
        ('{"a" 1}', "expected `:` at line 1 column 6"),
        ('{"a":1 "b"}', "expected `,` or `}` at line 1 column 8"),
        ("{a:1}", "key must be a string at line 1 column 2"),
        ("[", "EOF while parsing a list at line 1 column 1"),
        ('{"a"', "EOF while parsing an object at line 1 column 4"),
        ('"ab', "EOF while parsing a string at line 1 column 3"),
        ('"a\tb"', "control character (\\u0000-\\u001F) found while parsing a string at line 1 column 3"),
        ('"\\x"', "invalid escape at line 1 column 3"),
        ('"\\ud800"', "unexpected end of hex escape at line 1 column 8"),
        ('"\\udc00"', "lone leading surrogate in hex escape at line 1 column 7"),
        ("nul", "EOF while parsing a value at line 1 column 3"),
        ("nan", "expected ident at line 1 column 2"),
        ("NaN", "expected value at line 1 column 1"),
        ("[-Infinity]", "invalid number at line 1 column 3"),
        ("01", "invalid number at line 1 column 2"),
        ("1.", "EOF while parsing a value at line 1 column 2"),
        ("1.x", "invalid number at line 1 column 3"),
        ("1e400", "number out of range at line 1 column 5"),
        ("1e99999999999", "number out of range at line 1 column 12"),
        ("1 2", "trailing characters at line 1 column 3"),
        ("\ufeff1", "expected value at line 1 column 1"),
        ("é", "expected value at line 1 column 1"),
    ],
)
def test_what_is_no_json(text: str, reason: str) -> None:
    for source in (text, text.encode()):
        with pytest.raises(InvalidJson) as problem:
            from_json(source)
        assert str(problem.value) == reason


def test_bytes_that_are_not_utf8_are_refused_with_their_place() -> None:
    with pytest.raises(InvalidJson, match="invalid unicode code point at line 2 column 3"):
        from_json(b'[1,\n"\xff" ]')


@pytest.mark.parametrize("brackets", [("[", "]"), ('{"a":', "}")])
def test_depth(brackets: tuple[str, str]) -> None:
    opening, closing = brackets
    for inner in ("1", "-0"):  # either reader
        assert from_json(opening * DEEPEST + inner + closing * DEEPEST)
        for depth in (DEEPEST + 1, 5_000, 100_000):
            with pytest.raises(InvalidJson, match="recursion limit exceeded at line 1 column"):
                from_json(opening * depth + inner + closing * depth)


def test_many_brackets_are_not_deep() -> None:
    assert len(from_json("[" + ",".join(["[1,[-0]]"] * 1_000) + "]")) == 1_000  # type: ignore[arg-type]


def test_events_may_hold_numbers_out_of_range() -> None:
    assert from_json('{"a":1e999,"b":[-1e999,2]}', lenient_numbers=True) == {"a": None, "b": [None, 2]}
    with pytest.raises(InvalidJson):
        from_json('{"a":1e999}')


numbers = st.from_regex(r"\A-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,24})?([eE][+-]?[0-9]{1,3})?\Z")


@given(st.lists(numbers, max_size=3))
def test_the_quick_readers_read_as_the_exact_one(texts: list[str]) -> None:
    text = "[" + ",".join(texts) + "]"
    try:
        exact = json_reader.read(text.encode())
    except InvalidJson as problem:
        with pytest.raises(InvalidJson) as other:
            from_json(text)
        assert str(other.value) == str(problem)
    else:
        assert repr(from_json(text)) == repr(exact)


@given(finite)
def test_short_decimals_are_read_as_they_are_written(number: float) -> None:
    text = to_json(float(f"{number:.15g}"))
    if sum(map(str.isdigit, text)) in range(1, 16) and "e" not in text:
        assert from_json(text) == float(text)


mutations = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(list('[]{},:"\\-+.eE019ntu \x01é'))), max_size=3)


@given(json_values, mutations)
def test_every_reader_refuses_the_same_texts(value: Any, changes: list[tuple[int, str]]) -> None:
    text = to_json(value)
    for place, character in changes:
        text = text[:place] + character + text[place + 1 :]
    try:
        exact: object = json_reader.read(text.encode())
    except InvalidJson as problem:
        exact = str(problem)
    try:
        found: object = from_json(text)
    except InvalidJson as problem:
        found = str(problem)
    assert repr(found) == repr(exact)
