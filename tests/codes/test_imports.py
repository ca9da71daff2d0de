"""The codes of imports and of the sandbox, which need more than one text or a setting."""

from __future__ import annotations

import dtl
from dtl.diagnostics.diagnostic import Diagnostic
from dtl.diagnostics.render import render
from dtl.source import Source

FILES = {
    "good.dtl": "fn twice(x: integer) -> integer { x * 2 }",
    "loop.dtl": 'import "loop.dtl"',
    "busy.dtl": "fn one() -> integer { 1 }\n.a = 1",
    "wrong.dtl": "fn one() -> string { 1 }",
}


def load(name: str, _importer: Source) -> Source:
    """Return one of the files."""
    if name not in FILES:
        raise FileNotFoundError(2, "No such file or directory", name)
    return Source(FILES[name], name)


def found(program: str, *, sandbox: bool = False) -> list[Diagnostic]:
    """Return a program's diagnostics."""
    try:
        return dtl.compile(program, backend="interpreter", sandbox=sandbox, load=load).warnings
    except dtl.CompileError as error:
        return error.diagnostics


def test_a_good_import() -> None:
    program = dtl.compile('import "good.dtl"\n.a = twice(4)', backend="interpreter", load=load)
    assert program.run({}).record == {"a": 8}


def test_an_import_that_is_not_there() -> None:
    (problem,) = found('import "nowhere.dtl"')
    assert problem.code == 1106
    assert problem.labels[0].text == "No such file or directory"


def test_an_import_cycle() -> None:
    assert 1107 in [problem.code for problem in found('import "loop.dtl"')]


def test_an_import_with_statements() -> None:
    problems = found('import "busy.dtl"')
    assert [problem.code for problem in problems] == [1108]


def test_a_report_shows_the_file_that_is_wrong() -> None:
    problems = found('import "wrong.dtl"')
    report = render(problems, Source('import "wrong.dtl"', "main.dtl"))
    assert "┌─ wrong.dtl:1:" in report
    assert "fn one() -> string { 1 }" in report


def test_the_sandbox_refuses_what_reaches_outside() -> None:
    assert [problem.code for problem in found('.h = get_env_var("HOME") ?? ""', sandbox=True)] == [1500]
    assert [problem.code for problem in found('.h = get_env_var("HOME") ?? ""')] == []
