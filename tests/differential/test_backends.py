"""The backends on the same programs: values, records, messages and places of errors are equal."""

from __future__ import annotations

import sys
from random import Random
from typing import Any

import pytest

from dtl.api import compile_text, standard_library
from dtl.backends import backend
from dtl.backends.bytecode.code import Emitted
from dtl.hir.nodes import Unit
from dtl.hir.verify import verify
from dtl.optimize import PASSES, optimize
from dtl.source import Source
from dtl.vm.limits import Limits
from dtl.vm.outcome import Outcome
from dtl.vm.program import Program
from tests.differential.flow import EVENTS, flow_program
from tests.differential.generate import case, event_text
from tests.support.typed_json import encode

STEPS = Limits(steps=400)


def seen(outcome: Outcome) -> Any:
    """Return all that there is to compare."""
    error = outcome.error
    if error is not None:
        assert error.cause is None, error
    shown = None if error is None else (error.message, error.span)
    return outcome.status, encode(outcome.value), encode(outcome.record), encode(outcome.metadata), shown


def programs_of(unit: Unit, source: Source) -> dict[str, Program]:
    """Return the unit in every form in which it can run."""
    optimized = optimize(unit)
    verify(optimized)
    bytecode = backend("bytecode").emit(optimized, source)
    assert isinstance(bytecode, Emitted)
    kept = Emitted.from_bytes(bytecode.to_bytes(), source, standard_library().get)
    return {
        "interpreter": Program(backend("interpreter").emit(unit, source)),
        "bytecode": Program(backend("bytecode").emit(unit, source)),
        "interpreter, optimized": Program(backend("interpreter").emit(optimized, source)),
        "bytecode, optimized": Program(bytecode),
        "bytecode, from the cache": Program(kept),
    }


def counting_programs_of(unit: Unit, source: Source) -> list[Program]:
    """Return the unit in the forms that count steps."""
    return [
        Program(backend(name).emit(unit, source, counted=True), limits=STEPS) for name in ("interpreter", "bytecode")
    ]


def compare(text: str, dialect: str, events: list[dict[str, Any]]) -> int:
    """Run a program in all forms on events; return how many runs that were, none if it does not compile."""
    source = Source(text)
    unit = compile_text(source, dialect, optimize=False).unit
    if unit is None:
        return 0
    for improve in PASSES:
        verify(improve(unit))
    programs, counting = programs_of(unit, source), counting_programs_of(unit, source)
    for event in events:
        answers = {name: seen(program.run(event)) for name, program in programs.items()}
        expected = answers["interpreter"]
        assert all(answer == expected for answer in answers.values()), (text, event, answers)
        one, two = (seen(program.run(event)) for program in counting)
        assert one == two, (text, event, one, two)
    return len(events)


@pytest.mark.parametrize("seed", range(4))
def test_backends_agree_on_many_programs(seed: int, request: pytest.FixtureRequest) -> None:
    count = 5_000 if request.config.getoption("--long") else 150
    random, runs = Random(seed), 0
    for _ in range(count):
        runs += compare(flow_program(random), "dtl", list(EVENTS))
        text, events = case(random)
        runs += compare(text, "vrl", [dict(event) for event in events if isinstance(event, dict)])
    assert runs > count, "hardly any program compiles"


@pytest.mark.parametrize(
    "text",
    [
        " + ".join(["to_int!(.a)"] * 400),
        "upcase(" * 30 + "to_string(1)" + ")" * 30,
        "string!(" * 40 + ".s" + ")" * 40,
        "{ " * 60 + ".x = 1" + " }" * 60,
        "[" * 60 + "to_int!(.a)" + "]" * 60,
        "if .a == 0 { 0 }" + "".join(f" else if .a == {n} {{ .r = {n} }}" for n in range(1, 300)),
        "".join(f"if .a != {n} {{ " for n in range(1, 60)) + "return 7" + " }" * 59,
        "for k, v in [1] { " * 25 + "if .a == 5 { break }; .x = k; continue" + " }" * 25,
        "(" + "to_int(.s) ?? (" * 30 + "1" + ")" * 30 + ")",
        ".r = " + " || ".join(["to_bool!(.b)"] * 50),
        "\n".join(f".f{n} = to_int!(.a) + {n}" for n in range(1500)),
        "fn f(x) { if x > 0 { f(x - 1) } else { x } }\n.r = f(150)",
        "fn f(x) { f(x + 1) ?? 0 }\n.r = f(1)",
        "fn f(x) { if x > 0 { f(x - 1) } else { x } }\n.r = map_values([150]) -> |v| { f(v) }",
    ],
)
def test_long_and_deep_programs_run(text: str) -> None:
    source = Source(text)
    compiled = compile_text(source, "dtl", optimize=False)
    assert compiled.unit is not None, compiled.diagnostics
    event = {"a": 5, "s": "text", "b": False}
    answers = [seen(program.run(event)) for program in programs_of(compiled.unit, source).values()]
    assert all(answer == answers[0] for answer in answers)
    assert "internal error" not in str(answers[0])


def test_bytecode_needs_no_deep_stack_where_the_program_is_flat() -> None:
    text = " + ".join(["to_int!(.a)"] * 300)
    unit = compile_text(Source(text), "dtl").unit
    assert unit is not None
    program = Program(backend("bytecode").emit(unit, Source(text)))
    limit = sys.getrecursionlimit()
    assert program.run({"a": 1}).value == 300
    assert sys.getrecursionlimit() == limit
