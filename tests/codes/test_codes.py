"""Every code's examples do what they say, and its report reads as recorded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dtl
from dtl.diagnostics.codes import CODES, Code, Stage
from dtl.diagnostics.diagnostic import Diagnostic, Severity
from dtl.diagnostics.render import render
from dtl.source import Source
from tests.tidy.test_functions import REGISTRY

REPORTS = Path(__file__).parent / "reports"
COMPILED = [code for code in CODES.values() if code.stage in (Stage.COMPILE, Stage.WRAPPED)]
RUN = [code for code in CODES.values() if code.stage is Stage.RUN and code.wrong]


def found(program: str, code: Code) -> list[Diagnostic]:
    """Return the diagnostics of a program."""
    skip_if_unknown(program)
    try:
        return list(dtl.compile(program, dialect=code.dialect, strict=True, backend="interpreter").warnings)
    except dtl.CompileError as error:
        return list(error.diagnostics)


def skip_if_unknown(program: str) -> None:
    """Skip a case whose function this version does not have."""
    names = set(re.findall(r"([a-z_0-9]+)!?\(", program)) - {"fn"}
    known = set(REGISTRY.modules) | set(re.findall(r"fn (\w+)", program))
    if missing := sorted(name for name in names & _LATER if name not in known):
        pytest.skip(f"no function {missing[0]} in this version")


# Functions that examples of codes use and that another version may bring.
_LATER = {"parse_grok", "encode_base64", "chunks", "match_any", "mod"}


@pytest.mark.parametrize("code", COMPILED, ids=lambda code: code.name)
def test_the_wrong_example_is_found(code: Code, accepts: bool) -> None:
    diagnostics = found(code.wrong, code)
    if code.stage is Stage.WRAPPED:
        assert [each.code for each in diagnostics] == [610]
        assert f"error[{code.name}]" in diagnostics[0].message
    else:
        assert [each.code for each in diagnostics] == [code.number]
        assert diagnostics[0].severity is code.severity
        assert matches(code.title, diagnostics[0].message)
    if len(code.wrong) < 1000:
        check_report(code, render(diagnostics, Source(code.wrong)), accepts)


@pytest.mark.parametrize("code", [*COMPILED, *RUN], ids=lambda code: code.name)
def test_the_right_example_is_right(code: Code) -> None:
    assert [each.code for each in found(code.right, code) if each.severity is Severity.ERROR] == []


@pytest.mark.parametrize("code", RUN, ids=lambda code: code.name)
def test_the_wrong_example_fails_when_it_runs(code: Code) -> None:
    skip_if_unknown(code.wrong)
    program = dtl.compile(code.wrong, dialect=code.dialect, backend="interpreter")
    outcome = program.run({"zero": 0, "text": "a"})
    if outcome.error is not None:
        assert outcome.status == "failed"
    else:
        assert isinstance(outcome.value, str), "the example ends with the error that it caught"
    text = outcome.error.message if outcome.error is not None else outcome.value
    if code.number:
        assert matches(code.title, text.rsplit("): ", 1)[-1]) or code.number in (301,), text


def matches(title: str, message: str) -> bool:
    """Tell whether a message is the title, where `<..>` stands for anything."""
    pattern = "".join(".+" if part.startswith("<") else re.escape(part) for part in re.split(r"(<[a-z ]+>)", title))
    return re.fullmatch(pattern, message, re.DOTALL) is not None


def check_report(code: Code, report: str, accepts: bool) -> None:
    """Compare a report with the recorded one, or record it."""
    file = REPORTS / f"{code.name}.md"
    text = f"# {code.name}: {code.title}\n\n```{code.dialect}\n{code.wrong}\n```\n\n```diagnostics\n{report}\n```\n"
    if accepts:
        REPORTS.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.is_file(), "no recorded report: run `make accept` and read it"
    assert file.read_text(encoding="utf-8") == text


def test_no_report_is_left_over() -> None:
    assert {path.stem for path in REPORTS.glob("*.md")} <= {code.name for code in COMPILED}


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.name)
def test_a_code_is_explained(code: Code) -> None:
    assert code.title
    assert code.explanation.endswith(".")
    assert bool(code.wrong) == bool(code.right)
    by_program = code.stage not in (Stage.RESERVED, Stage.HOST, Stage.RUN)
    assert code.wrong or not by_program, "a case for each code that a program can cause"
