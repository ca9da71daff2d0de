"""Every code has a case: an example of its own, or a test that names it."""

from __future__ import annotations

import re

import pytest

import dtl
from dtl.backends import BACKENDS
from dtl.diagnostics.codes import CODES, Code, Stage
from dtl.vm.limits import Limits
from tests.support.repository import ROOT

TESTS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("*.py")))
WITHOUT_EXAMPLE = [code for code in CODES.values() if code.stage is not Stage.RESERVED and not code.wrong]


@pytest.mark.parametrize("code", WITHOUT_EXAMPLE, ids=lambda code: code.name)
def test_a_code_without_an_example_is_named_by_a_test(code: Code) -> None:
    words = [re.escape(part) for part in re.split(r"<[a-z ]+>", code.title) if part.strip()]
    is_named = re.search(rf"\bE?{code.number}\b", TESTS) is not None
    # What fails only when a program runs has no number in its report: the test has its words.
    is_worded = code.stage is Stage.RUN and any(re.search(word, TESTS) for word in words)
    assert is_named or is_worded, f"{code.name} ({code.title}) has no case"


@pytest.mark.parametrize(
    ("code", "limits", "words"),
    [
        (1601, Limits(steps=10), "the program takes more than 10 steps"),
        (1602, Limits(size=50), "the record is larger than 50 bytes"),
        (1603, Limits(depth=3), "the record is nested more than 3 deep"),
    ],
)
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_limit_stops_a_run(code: int, limits: Limits, words: str, backend: str) -> None:
    assert CODES[code].stage is Stage.RUN
    program = 'i = 0\nwhile i < 20 { i = i + 1 }\n.a.b.c.d = "0123456789012345678901234567890123456789"'
    outcome = dtl.compile(program, backend=backend, limits=limits).run({})
    assert outcome.status == "failed" and outcome.error is not None and words in outcome.error.message
