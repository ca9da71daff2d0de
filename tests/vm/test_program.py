"""The public way to run a program: what a host may give, and what it gets."""

from __future__ import annotations

import enum
import threading
from collections import OrderedDict
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import pytest

import dtl
from dtl.values.timestamp import Timestamp
from dtl.vm.limits import Limits


class Level(enum.IntEnum):
    HIGH = 3


class Name(str):
    pass


def nested(depth: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"k": value}
    return value


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (datetime(2024, 5, 6, 7, 8, 9, 10, tzinfo=UTC), Timestamp(1714979289, 10_000)),
        (b"\xff", "\udcff"),
        ((1, [2, (3,)]), [1, [2, [3]]]),
        (2**63, 2.0**63),
        (-(10**400), float("-inf")),
        (float("nan"), None),
        (Level.HIGH, 3),
        (Name("x"), "x"),
        (OrderedDict(a=1), {"a": 1}),
        (MappingProxyType({"a": (1,)}), {"a": [1]}),
        ("half \ud83d", "half \ufffd"),
        ("\ud83d\ude00", "\U0001f600"),
        ({"ü": {"\ud83d": 1}}, {"ü": {"\ufffd": 1}}),
    ],
)
def test_what_a_host_may_give(given: Any, taken: Any) -> None:
    record = dtl.compile(".b = .a").run({"a": given, "list": [given]}).record
    assert record == {"a": taken, "b": taken, "list": [taken]}
    assert type(record["a"]) is type(taken)


@pytest.mark.parametrize("record", [5, "text", [1], {1: 2}, {"a": {None: 1}}, {"a": object()}, nested(100_000)])
def test_what_is_no_record(record: Any) -> None:
    with pytest.raises(TypeError):
        dtl.compile(".").run(record)


def test_the_record_given_stays_as_it_is() -> None:
    record = {"a": {"b": [1, {"c": 2}]}, "d": [1]}
    outcome = dtl.compile(".a.b[1].c = 3\n.a.x = 1\n.d = push(array!(.d), 2)\ndel(.a.b[0])\n.new = .").run(record)
    assert outcome.status == "ok"
    assert outcome.record["a"] == {"b": [{"c": 3}], "x": 1}
    assert record == {"a": {"b": [1, {"c": 2}]}, "d": [1]}


@pytest.mark.parametrize(
    ("source", "status", "message", "place"),
    [
        (".a = 1\nabort", "aborted", "aborted", (2, 1)),
        ('.a = 1\n."é" = abs!(.b)', "failed", None, (2, 8)),
        (".a = 1\nif .n == 1 { deleted() }", "dropped", None, None),
        (".a = 1\n.b = 1 / .zero", "failed", "can't divide by zero", (2, 6)),
        ('.a = 1\nthrow "no"', "failed", "no", (2, 1)),
    ],
)
def test_ends_that_are_not_well(source: str, status: str, message: str | None, place: tuple[int, int] | None) -> None:
    given = {"n": 1, "zero": 0}
    for backend in ("interpreter", "bytecode"):
        outcome = dtl.compile(source, backend=backend).run(given, {"m": 1})
        assert (outcome.status, outcome.record, outcome.metadata) == (status, given, {"m": 1})
        assert outcome.value is None
        if place is None:
            assert outcome.error is None
        else:
            assert outcome.error is not None
            assert outcome.error.place == place
            assert message is None or outcome.error.message == message


@pytest.mark.parametrize("backend", ["interpreter", "bytecode"])
def test_limits(backend: str) -> None:
    def end(source: str, record: dict[str, Any], **limits: Any) -> str:
        outcome = dtl.compile(source, backend=backend, limits=Limits(**limits)).run(record)
        return outcome.error.message if outcome.error else outcome.status

    assert end("while true { .a = 1 }", {}, steps=1000) == "the program takes more than 1000 steps"
    assert end("while true { .a = 1 }", {}, seconds=0.05) == "the program takes longer than 0.05 seconds"
    assert end("x = { while true { .a = 1 }; to_int(.b) } ?? 5", {}, steps=50) == "the program takes more than 50 steps"
    assert end(".a = .", {"b": {"c": 1}}, depth=2) == "the record is nested more than 2 deep"
    assert end(".a = .", {"b": {"c": 1}}, depth=3) == "ok"
    assert end('.a = "x" * 50', {}, size=40) == "the record is larger than 40 bytes"
    assert "deep" in end("fn f(x) { f(x) ?? 1 }\n.a = f(1)", {})


def test_needs_name_what_a_program_touches() -> None:
    source = ".a.b = .c\n%x = 1\ndel(.d)\nif exists(.e[0]) { . = {} }\nfn f() { .g }\n.h = f()"
    needs = dtl.compile(source).needs
    assert {path for _, path in needs.reads} == {("c",), ("d",), ("e", 0), ("g",)}
    assert needs.writes == {(".", ("a", "b")), ("%", ("x",)), (".", ()), (".", ("h",))}
    assert needs.deletes == {(".", ("d",))}


def test_a_program_may_run_in_many_threads() -> None:
    program = dtl.compile("for_each([1, 2, 3]) -> |_, v| { .sum = (to_int(.sum) ?? 0) + v * int!(.n) }")
    found: dict[int, Any] = {}

    def work(number: int) -> None:
        found[number] = [outcome.record["sum"] for outcome in program.run_batch({"n": number} for _ in range(200))]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: [6 * number] * 200 for number in range(4)}
