"""Every case of the specification and of the language's documentation, on every backend."""

from __future__ import annotations

import pytest

import dtl
from dtl.backends import BACKENDS
from dtl.diagnostics.diagnostic import Diagnostic
from dtl.diagnostics.render import render
from dtl.source import Source
from dtl.types.show import show
from dtl.values.decode import from_json
from dtl.values.encode import to_json
from dtl.values.value import display
from tests.support.cases import Case, read_cases, rewrite
from tests.support.repository import ROOT

FILES = sorted([*(ROOT / "tests" / "spec").rglob("*.md"), *(ROOT / "docs" / "language").rglob("*.md")])
CASES = [case for file in FILES for case in read_cases(file)]


def name_of(case: Case) -> str:
    """Return a case's name in test reports."""
    return f"{case.file.stem}: {case.name}"


def diagnostics_of(case: Case, backend: str = "interpreter") -> tuple[dtl.Program | None, list[Diagnostic]]:
    """Compile a case's program."""
    try:
        program = dtl.compile(
            case.program.text, dialect=case.dialect, strict=case.is_strict, backend=backend, timezone="UTC"
        )
    except dtl.CompileError as error:
        return None, list(error.diagnostics)
    return program, list(program.warnings)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_program_does_what_its_case_says(case: Case, backend: str) -> None:
    program, diagnostics = diagnostics_of(case, backend)
    report = render(diagnostics, Source(case.program.text))
    if not case.texts("diagnostics"):
        assert program is not None, report
    if program is None:
        return
    outcome = program.run(from_json(case.before("json")), from_json(case.before("metadata")))
    error = outcome.error.message if outcome.error is not None and outcome.status == "failed" else None
    assert error == next(iter(case.texts("error")), None)
    if error is None:
        assert outcome.status == next(iter(case.texts("status")), "ok")
    if (after := case.after("json")) is not None and outcome.status == "ok":
        assert to_json(outcome.record) == to_json(from_json(after))
    if (after := case.after("metadata")) is not None:
        assert to_json(outcome.metadata) == to_json(from_json(after))
    for result in case.texts("result"):
        assert display(outcome.value) == result


@pytest.mark.parametrize("case", [case for case in CASES if case.texts("diagnostics")], ids=name_of)
def test_a_report_reads_as_its_case_says(case: Case, accepts: bool) -> None:
    _, diagnostics = diagnostics_of(case)
    report = render(diagnostics, Source(case.program.text))
    fence = next(fence for fence in case.expected if fence.kind == "diagnostics")
    if accepts and report != fence.text:
        rewrite(case, fence, report)
    assert report == fence.text


@pytest.mark.parametrize("case", [case for case in CASES if case.texts("types")], ids=name_of)
def test_the_record_has_the_type_that_its_case_says(case: Case) -> None:
    program, _ = diagnostics_of(case)
    assert program is not None
    assert show(program.types) == case.texts("types")[0]


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_case_expects_something(case: Case) -> None:
    assert case.expected
