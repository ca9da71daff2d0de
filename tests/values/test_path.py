"""Paths into values."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given

from dtl.values.errors import Failure
from dtl.values.path import (
    ABSENT,
    InvalidPath,
    Path,
    exists,
    get,
    insert,
    lookup,
    parse_path,
    remove,
    show_path,
)
from tests.values.strategies import paths, values

RECORD: Any = {"a": {"b": [10, {"c": None}]}, "n": None}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ((), RECORD),
        (("a", "b", 0), 10),
        (("a", "b", -1), {"c": None}),
        (("a", "b", 1, "c"), None),
        (("n",), None),
    ],
)
def test_reading(path: Path, found: Any) -> None:
    assert get(RECORD, path) == found == lookup(RECORD, path)
    assert exists(RECORD, path)


@pytest.mark.parametrize("path", [("x",), ("a", 0), ("a", "b", 2), ("a", "b", -3), ("a", "b", "c"), ("n", "x"), (0,)])
def test_reading_what_is_absent(path: Path) -> None:
    assert get(RECORD, path) is None
    assert lookup(RECORD, path) is ABSENT
    assert not exists(RECORD, path)


@pytest.mark.parametrize(
    ("value", "path", "after"),
    [
        ({}, ("a", "b"), {"a": {"b": "new"}}),
        ({"a": 5}, ("a", "b"), {"a": {"b": "new"}}),
        ({"a": {"x": 1}}, ("a", 1), {"a": [None, "new"]}),
        ({"a": [1]}, ("a", "x"), {"a": {"x": "new"}}),
        ([1, 2], (0,), ["new", 2]),
        ([1, 2], (4,), [1, 2, None, None, "new"]),
        ([1, 2], (-2,), ["new", 2]),
        ([1, 2], (-4,), ["new", None, 1, 2]),
        ([], (-1,), ["new"]),
        ({}, ("a", -2, "b", 1), {"a": [{"b": [None, "new"]}, None]}),
        (7, (), "new"),
        ("text", ("a",), {"a": "new"}),
    ],
)
def test_writing(value: Any, path: Path, after: Any) -> None:
    assert insert(value, path, "new") == after


@pytest.mark.parametrize("index", [10**6, -(10**6) - 1, 2**62])
def test_padding_is_bounded(index: int) -> None:
    with pytest.raises(Failure, match="more than 1000000 elements"):
        insert([1], (index,), 0)


@pytest.mark.parametrize(
    ("value", "path", "compact", "after", "removed"),
    [
        ({"a": 1, "b": 2}, ("a",), False, {"b": 2}, 1),
        ({"a": {"b": 1}}, ("a", "b"), False, {"a": {}}, 1),
        ({"a": {"b": 1}}, ("a", "b"), True, {}, 1),
        ({"a": {"b": {"c": 1}, "d": 2}}, ("a", "b", "c"), True, {"a": {"d": 2}}, 1),
        ({"a": [{"b": None}, 2]}, ("a", 0, "b"), True, {"a": [2]}, None),
        ([1, 2, 3], (-2,), False, [1, 3], 2),
        ([1], (0,), True, [], 1),
        ({"a": {"b": {}}}, ("a", "b", "c"), True, {"a": {"b": {}}}, None),
        ([1], (5,), False, [1], None),
        ({"a": 1}, (), False, {}, {"a": 1}),
        ([1], (), False, [], [1]),
        ("x", (), True, None, "x"),
    ],
)
def test_removing(value: Any, path: Path, compact: bool, after: Any, removed: Any) -> None:
    assert remove(value, path, compact) == (after, removed)


@given(values, paths)
def test_what_is_set_is_found(value: Any, path: Path) -> None:
    before = copy.deepcopy(value)
    after = insert(value, path, "new")
    assert value == before
    negative = any(isinstance(step, int) and step < 0 for step in path)
    assert negative or get(after, path) == "new"


@given(values, paths)
def test_what_is_removed_was_there_and_is_gone(value: Any, path: Path) -> None:
    before = copy.deepcopy(value)
    after, removed = remove(value, path)
    assert value == before
    assert removed == get(value, path)
    if not exists(value, path):
        assert after == value
    elif path and isinstance(path[-1], str):
        assert not exists(after, path)


def test_only_the_containers_along_the_path_are_copied() -> None:
    value = {"a": {"b": 1}, "other": {"c": 2}}
    assert insert(value, ("a", "b"), 2)["other"] is value["other"]  # type: ignore[index, call-overload]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (".", ()),
        ("a", ("a",)),
        (".a.b", ("a", "b")),
        ("a[0][-1].b", ("a", 0, -1, "b")),
        ("[2].x", (2, "x")),
        (".[2]", (2,)),
        ('."a b"."c\\"d\\\\"', ("a b", 'c"d\\')),
        ("@x-y_1", ("@x-y_1",)),
        ('""', ("",)),
    ],
)
def test_parsing(text: str, path: Path) -> None:
    assert parse_path(text) == path
    assert parse_path("." + show_path(path)) == path


@pytest.mark.parametrize(
    "text",
    ["..", "a.", "a..b", "a b", "a[", "a[x]", "a.[0]", '"a', 'a"b"', "é", '"a\\n"', "[1]x", f"a[{'9' * 30}]"],
)
def test_what_is_no_path(text: str) -> None:
    with pytest.raises(InvalidPath):
        parse_path(text)


@pytest.mark.parametrize(
    ("path", "text"),
    [((), ""), (("a", "b"), "a.b"), (("a", 0, "b"), "a[0].b"), ((-1,), "[-1]"), (("a-b", "", "9@_"), '"a-b"."".9@_')],
)
def test_showing(path: Path, text: str) -> None:
    assert show_path(path) == text
