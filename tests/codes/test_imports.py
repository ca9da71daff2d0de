"""The codes of imports and of the sandbox, which need more than one text or a setting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import dtl
from dtl.backends import BACKENDS
from dtl.diagnostics.diagnostic import Diagnostic
from dtl.diagnostics.render import render
from dtl.source import Source

FILES = {
    "good.dtl": "fn twice(x: integer) -> integer { x * 2 }",
    "loop.dtl": 'import "loop.dtl"',
    "busy.dtl": "fn one() -> integer { 1 }\n.a = 1",
    "wrong.dtl": "fn one() -> string { 1 }",
}


def loader(files: Mapping[str, str]) -> Callable[[str, Source], Source]:
    """Return what reads files by their names."""

    def load(name: str, _importer: Source) -> Source:
        if name not in files:
            raise FileNotFoundError(2, "No such file or directory", name)
        return Source(files[name], name)

    return load


load = loader(FILES)


def found(program: str, *, sandbox: bool = False, files: Mapping[str, str] = FILES) -> list[Diagnostic]:
    """Return a program's diagnostics."""
    try:
        return dtl.compile(program, backend="interpreter", sandbox=sandbox, load=loader(files)).warnings
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


def test_a_report_tells_who_imports_the_file_that_is_wrong() -> None:
    files = {**FILES, "middle.dtl": '# é\nimport "wrong.dtl"'}
    problem = next(each for each in found('import "middle.dtl"', files=files) if each.code == 1103)
    assert problem.notes[-2:] == ("imported by middle.dtl, line 2", "imported by the program, line 1")


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_failure_in_an_imported_function_is_told_by_both_places(backend: str) -> None:
    files = {
        "outer.dtl": 'import "inner.dtl"\nfn outer(x: any) -> string { inner(x) }',
        "inner.dtl": 'fn inner(x: any) -> string {\n  "é" + string!(x)\n}',
    }
    program = dtl.compile('import "outer.dtl"\n.a = outer(.b)', backend=backend, load=loader(files))
    assert program.run({"b": "c"}).record == {"a": "éc", "b": "c"}
    error = program.run({"b": 1}).error
    assert error is not None and error.inner is not None
    assert (error.line, error.column, str(error.inner)) == (2, 6, "inner.dtl:2:9")
    assert str(error).endswith("(line 2, column 6, in inner.dtl:2:9)")


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_failure_in_the_program_is_told_by_its_own_place_alone(backend: str) -> None:
    program = dtl.compile('import "good.dtl"\n.a = twice(int!(.b))', backend=backend, load=load)
    error = program.run({"b": "x"}).error
    assert error is not None and error.inner is None and (error.line, error.column) == (2, 12)


@pytest.mark.parametrize(
    "program",
    [
        '.h = get_env_var("HOME") ?? ""',
        ".h = get_hostname() ?? null",
        ".h = get_timezone_name() ?? null",
        '.h = dns_lookup("localhost") ?? null',
        '.h = reverse_dns("127.0.0.1") ?? null',
        '.h = http_request("http://localhost") ?? null',
        '.d = parse_etld("a.b", psl: "list.dat") ?? null',
        '.p = parse_groks("a", ["%{word:a}"], alias_sources: ["aliases.json"]) ?? null',
        '.p = parse_proto("a", "a.desc", "A") ?? null',
        '.p = encode_proto({}, "a.desc", "A") ?? null',
        '.v = validate_json_schema("{}", "schema.json") ?? null',
    ],
)
def test_the_sandbox_refuses_what_reaches_outside(program: str) -> None:
    assert [problem.code for problem in found(program, sandbox=True)] == [1500]


def test_the_sandbox_lets_everything_else_run() -> None:
    assert found('.d = parse_etld("a.b") ?? null\nlog("a")\n.t = now()', sandbox=True) == []


def test_a_sandboxed_program_of_a_host_reads_no_images(tmp_path: Path) -> None:
    path = tmp_path / "one.png"
    path.write_bytes(b"\x89PNG")
    program = dtl.compile(f'_, .e = image_ocr("{path}")', sandbox=True)
    assert "refused in the sandbox" in (program.run({}).record or {})["e"]


def test_a_comment_in_an_imported_file_silences_what_is_there() -> None:
    text = "fn loud(x: string) -> string { upcase!(x) }\n"
    assert [each.code for each in found('import "a.dtl"\n.a = loud("x")', files={"a.dtl": text})] == [620]
    for allowed in (f"# dtl: allow(E620)\n{text}", text.replace("\n", " # dtl: allow(E620, E900)\n")):
        assert found('import "a.dtl"\n.a = loud("x")', files={"a.dtl": allowed}) == []
        assert found('import "b.dtl"\n.a = 1', files={"a.dtl": allowed, "b.dtl": 'import "a.dtl"'}) == []
    # A comment of the importing file is about that file only.
    assert [each.code for each in found('import "a.dtl" # dtl: allow(E620)\n.a = 1', files={"a.dtl": text})] == [
        620,
        1800,
    ]
