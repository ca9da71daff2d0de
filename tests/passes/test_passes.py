"""Each optimizer pass on its case table: a program, and its HIR after the pass."""

from __future__ import annotations

import inspect

import pytest

import dtl
from dtl.api import compile_text
from dtl.hir.nodes import Unit
from dtl.hir.show import show
from dtl.hir.verify import verify
from dtl.optimize import PASSES, Pass, optimize
from dtl.source import Source
from tests.support.cases import Case, read_cases, rewrite
from tests.support.repository import ROOT

FOLDER = ROOT / "tests" / "passes"
BY_NAME: dict[str, Pass] = {improve.__name__: improve for improve in PASSES}
CASES = [case for file in sorted(FOLDER.glob("*.md")) for case in read_cases(file)]


def unit_of(case: Case) -> Unit:
    """Return a case's program as the checker leaves it."""
    compiled = compile_text(Source(case.program.text), case.dialect, optimize=False)
    assert compiled.unit is not None, compiled.diagnostics
    return compiled.unit


def test_every_pass_has_a_case_table_and_says_what_it_keeps() -> None:
    assert {file.stem for file in FOLDER.glob("*.md")} == set(BY_NAME)
    for improve in PASSES:
        text = inspect.getdoc(inspect.getmodule(improve)) or ""
        assert all(word in text for word in ("In:", "Out:", "Law:")), improve.__name__


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file.stem}: {case.name}")
def test_a_pass_does_what_its_case_says(case: Case, accepts: bool) -> None:
    before = unit_of(case)
    verify(before)
    after = BY_NAME[case.file.stem](before)
    verify(after)
    fence = next(found for found in case.expected if found.kind == "hir")
    text = show(after).removesuffix("\n")
    if accepts and text != fence.text:
        rewrite(case, fence, text)
    else:
        assert text == fence.text


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file.stem}: {case.name}")
def test_the_passes_together_keep_the_laws_and_come_to_an_end(case: Case) -> None:
    once = optimize(unit_of(case))
    verify(once)
    assert show(optimize(once)) == show(once)


def test_a_fold_that_fails_leaves_the_error_where_it_is() -> None:
    for text in ("1 / 0", 'to_int("x")', '"a" + 1'):
        folded = dtl.compile(f".a = 1\n.b = {text} ?? 7\n.c = {text}", dialect="dtl").run({})
        plain = dtl.compile(f".a = 1\n.b = {text} ?? 7\n.c = {text}", dialect="dtl", optimize=False).run({})
        assert folded == plain
        assert folded.error is not None and folded.error.line == 3
