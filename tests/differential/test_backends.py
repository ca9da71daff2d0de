"""The backends on the same programs: values, records, messages and places of errors are equal."""

from __future__ import annotations

import sys
from random import Random
from typing import Any

import pytest

from dtl.api import compile_text, standard_library
from dtl.backends import backend
from dtl.backends.bytecode.code import Emitted
from dtl.hir import nodes as hir
from dtl.hir.nodes import Unit
from dtl.hir.verify import verify
from dtl.optimize import PASSES, optimize
from dtl.source import Source, Span
from dtl.types.type import ANY, BOOLEAN_TYPE, INTEGER_TYPE, NEVER, NULL_TYPE
from dtl.values.decode import from_json
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


def compare(text: str, dialect: str, events: list[Any]) -> int:
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
        runs += compare(text, "vrl", [from_json(event_text(event)) for event in events])
    assert runs > count, "hardly any program compiles"


@pytest.mark.parametrize(
    "text",
    [
        " + ".join(["to_int!(.a)"] * 150),
        "upcase(" * 30 + "to_string(1)" + ")" * 30,
        "string!(" * 40 + ".s" + ")" * 40,
        "{ " * 60 + ".x = 1" + " }" * 60,
        "[" * 60 + "to_int!(.a)" + "]" * 60,
        "if .a == 0 { 0 }" + "".join(f" else if .a == {n} {{ .r = {n} }}" for n in range(1, 300)),
        "".join(f"if .a != {n} {{ " for n in range(1, 30)) + "return 7" + " }" * 29,
        "for k, v in [1] { " * 7 + "if .a == 5 { break }; .x = k; continue" + " }" * 7,
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


HERE = Span(0, 1)


def nested(kind: str, depth: int) -> hir.Hir:
    """Return a tree that is deeper than the parser would let a program be."""
    place = hir.Place(hir.EVENT, ("a",))
    node: hir.Hir = hir.Operation(HERE, ANY, "+", hir.Load(HERE, ANY, place), hir.Constant(HERE, INTEGER_TYPE, 1), True)
    for _ in range(depth):
        two = hir.Constant(HERE, INTEGER_TYPE, 2)
        if kind == "operation":
            node = hir.Operation(HERE, ANY, "+", node, two, True)
        elif kind == "conditional":
            test = hir.Operation(HERE, BOOLEAN_TYPE, "==", hir.Load(HERE, ANY, place), two)
            node = hir.Conditional(HERE, ANY, test, hir.Store(HERE, ANY, place, two), node, True)
        elif kind == "recovery":
            node = hir.Recover(HERE, ANY, hir.Sequence(HERE, ANY, (node, node) if depth < 8 else (node,)), two)
        elif kind == "disjunction":
            left = hir.Constant(HERE, BOOLEAN_TYPE, False)
            node = hir.Or(HERE, ANY, left, hir.Not(HERE, BOOLEAN_TYPE, node, True), True)
        else:
            leave = hir.Sequence(HERE, NEVER, (node, hir.LoopExit(HERE, NEVER, is_break=True)), True)
            true = hir.Constant(HERE, BOOLEAN_TYPE, True)
            node = hir.Loop(HERE, NULL_TYPE, (None, None), None, true, leave, True)
    return node


@pytest.mark.parametrize("depth", [7, 100, 400])
@pytest.mark.parametrize("kind", ["operation", "conditional", "recovery", "disjunction", "loop"])
def test_trees_may_be_deeper_than_python_would_have_them(kind: str, depth: int) -> None:
    body = nested(kind, depth)
    unit = hir.Unit(hir.Sequence(HERE, ANY, (body, hir.Return(HERE, NEVER, body)), True), (), frozenset())
    limit = sys.getrecursionlimit()
    programs = [Program(backend(name).emit(unit, Source("x"))) for name in ("interpreter", "bytecode")]
    for event in ({"a": 5}, {"a": 2}, {"a": "text"}):
        one, two = (seen(program.run(event)) for program in programs)
        assert one == two
    assert sys.getrecursionlimit() == limit
