"""Values as Rust's debug format shows them."""

from __future__ import annotations

from typing import Any

import pytest

from dtl.values.debug import debug_text, debug_value
from dtl.values.regex import Regex
from dtl.values.text import from_bytes
from dtl.values.timestamp import Timestamp


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", '"plain"'),
        ("it's", '"it\'s"'),
        ('a"b\\c', r'"a\"b\\c"'),
        ("\t\r\n\0", r'"\t\r\n\0"'),
        ("é😀", '"é😀"'),
        ("e\u0301", r'"e\u{301}"'),
        ("\u200b\u202e\ue000\x7f", r'"\u{200b}\u{202e}\u{e000}\u{7f}"'),
        (from_bytes(b"\xff"), '"\ufffd"'),
    ],
)
def test_text_is_quoted(text: str, shown: str) -> None:
    assert debug_text(text) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "Null"),
        (True, "Boolean(true)"),
        (-3, "Integer(-3)"),
        (1.0, "Float(1.0)"),
        (-0.0, "Float(-0.0)"),
        (1e20, "Float(1e20)"),
        (1e-7, "Float(1e-7)"),
        (from_bytes(b"\xc3\xa9'\xff"), r"""Bytes(b"\xc3\xa9'\xff")"""),
        (Timestamp(0, 500_000_000), "Timestamp(1970-01-01T00:00:00.500Z)"),
        (Regex(r"a\d"), r'Regex(ValueRegex(Regex("a\\d")))'),
        ([], "Array([])"),
        ({"b": [1, None], "a": {}}, 'Object({KeyString("a"): Object({}), KeyString("b"): Array([Integer(1), Null])})'),
    ],
)
def test_a_value_names_its_kind(value: Any, shown: str) -> None:
    assert debug_value(value) == shown
