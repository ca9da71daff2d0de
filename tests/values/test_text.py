"""Strings as byte sequences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtl.values.text import byte_length, from_bytes, is_less, is_utf8, joined, joined_all, replaced, to_bytes


@given(st.binary())
def test_bytes_there_and_back(data: bytes) -> None:
    assert to_bytes(from_bytes(data)) == data


@given(st.binary(max_size=12), st.binary(max_size=12))
def test_joining_is_concatenating_bytes(left: bytes, right: bytes) -> None:
    assert joined(from_bytes(left), from_bytes(right)) == from_bytes(left + right)


@given(st.integers(0, 4), st.sampled_from(["é", "€", "😀", "a\xff"]))
def test_halves_of_a_character_become_the_character(cut: int, character: str) -> None:
    data = to_bytes(character)
    assert joined(from_bytes(data[:cut]), from_bytes(data[cut:])) == character


@given(st.lists(st.binary(max_size=4), max_size=5), st.sampled_from(["", ",", "é"]))
def test_joining_many(parts: list[bytes], separator: str) -> None:
    expected = separator.encode().join(parts)
    assert joined_all([from_bytes(part) for part in parts], separator) == from_bytes(expected)


@given(st.binary(max_size=8), st.binary(max_size=8))
def test_strings_are_ordered_as_their_bytes(left: bytes, right: bytes) -> None:
    assert is_less(from_bytes(left), from_bytes(right)) == (left < right)


@given(st.binary(max_size=12))
def test_length_is_in_bytes(data: bytes) -> None:
    assert byte_length(from_bytes(data)) == len(data)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain", "plain"),
        (b"a\xc3\xffb", "a\ufffd\ufffdb"),
        (b"\xe2\x82", "\ufffd"),  # the beginning of a character is one sequence
        (b"\xf0\x9f\x98x", "\ufffdx"),
        (b"\xed\xa0\x80", "\ufffd\ufffd\ufffd"),  # a surrogate's encoding is three
        (b"\xc0\xaf", "\ufffd\ufffd"),
    ],
)
def test_a_replacement_for_each_invalid_sequence(data: bytes, text: str) -> None:
    assert replaced(from_bytes(data)) == text
    assert is_utf8(from_bytes(data)) == ("\ufffd" not in text)
