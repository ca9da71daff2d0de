"""`dtl test`: files of cases, what it prints, and what it leaves behind."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dtl.cli import main
from dtl.cli.io.console import Console
from dtl.cli.io.exits import Exit

SCRIPT = """\
.level = downcase!(.level)
if .level == "error" {
  .alert = true
} else {
  .alert = false
}
if .level == "debug" { abort "noise" }
"""


def run(*words: str) -> tuple[int, str, str]:
    """Run a command line; return its code, output and error text."""
    output, errors = io.BytesIO(), io.StringIO()
    code = main(list(words), Console(io.BytesIO(), output, errors))
    return code, output.getvalue().decode(), errors.getvalue()


def cases(folder: Path, text: str, script: str = SCRIPT) -> str:
    """Write a script and its cases; return the folder."""
    (folder / "level.dtl").write_text(script)
    (folder / "level.test.yaml").write_text(text)
    return str(folder)


@pytest.mark.parametrize(
    ("case", "passes", "says"),
    [
        ("{event: {level: ERROR}, expect: {level: error, alert: true}}", True, ""),
        ("{event: {level: ERROR}, expect: {level: error}}", False, 'got [{"alert":true,"level":"error"}]'),
        ("{event: {level: debug}, aborted: noise}", True, ""),
        ("{event: {level: debug}, aborted: other}", False, "expected an abort with 'other', got 'noise'"),
        ("{event: {level: debug}, dropped: true}", True, ""),
        ("{event: {level: info}, dropped: true}", False, "expected nothing"),
        ("{event: {level: 5}, error: expected string}", True, ""),
        ("{event: {level: info}, error: expected string}", False, "expected an error with 'expected string', got 'ok'"),
        ("{event: {level: 5}}", False, "failed: function call error"),
        ("{event: {level: x}, assert: .alert == false}", True, ""),
        ("{event: {level: x}, assert: .alert == true}", False, "does not hold for"),
        ("{event: {level: x}, assert: upcase(5)}", False, "does not compile"),
        ("{events: [{level: A}, {level: B}], expect: [{alert: false, level: a}, {alert: false, level: b}]}", True, ""),
    ],
)
def test_a_case_is_judged(case: str, passes: bool, says: str, tmp_path: Path) -> None:
    code, output, _ = run("test", cases(tmp_path, f"cases:\n  - {case}\n"))
    assert code == (Exit.OK if passes else Exit.FAILED)
    assert output.endswith("1 passed, 0 failed\n" if passes else "0 passed, 1 failed\n")
    assert says in output


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("cases: 5", "`cases:` with a list is missing"),
        ("cases:\n  - {evnt: {}}", "unknown key 'evnt'; did you mean 'event'?"),
        ("cases: [", "level.test.yaml:1:9: not YAML: "),
        ("script: other.dtl\ncases: []", "there is no script"),
    ],
)
def test_a_bad_file_is_named(text: str, says: str, tmp_path: Path) -> None:
    code, _, errors = run("test", cases(tmp_path, text))
    assert code == Exit.FILE
    assert says in errors


def test_what_differs_is_named_by_its_path(tmp_path: Path) -> None:
    more = "{level: info, list: [1, {a: 2}], gone: 1}"
    folder = cases(tmp_path, f"cases:\n  - event: {{level: Info, list: [1, {{a: 3}}], new: 5}}\n    expect: {more}\n")
    _, output, _ = run("test", folder)
    for line in (".gone is missing", ".list[1].a is 3 instead of 2", ".new was not expected: 5"):
        assert f"\n    {line}\n" in output


def test_a_folder_without_tests_is_told(tmp_path: Path) -> None:
    code, output, errors = run("test", str(tmp_path))
    assert (code, output) == (Exit.OK, "0 passed, 0 failed\n")
    assert "NAME.test.yaml" in errors


def test_an_if_without_else_has_a_way_past_it(tmp_path: Path) -> None:
    script = 'if .level == "error" {\n  .alert = true\n}\n.a = 1\n'
    name = cases(tmp_path, "cases:\n  - event: {level: error}\n", script)
    lcov = tmp_path / "l.info"
    _, output, _ = run("test", name, "--coverage", "--lcov", str(lcov))
    assert "not run: the way past the `if` at 3" in output
    assert "BRF:2\nBRH:1\n" in lcov.read_text()
    cases(tmp_path, "cases:\n  - event: {level: error}\n  - event: {level: info}\n", script)
    assert "100.0%" in run("test", name, "--coverage")[1]


def test_update_writes_what_came_out_and_keeps_comments(tmp_path: Path) -> None:
    folder = cases(tmp_path, "cases:\n  # why\n  - event: {level: Info}\n    expect: {}\n")
    assert run("test", folder, "--update")[0] == Exit.FAILED
    assert "# why" in (tmp_path / "level.test.yaml").read_text()
    assert run("test", folder)[0] == Exit.OK


def test_junit_and_coverage(tmp_path: Path) -> None:
    folder = cases(tmp_path, "cases:\n  - event: {level: error}\n")
    junit, lcov, page = (tmp_path / name for name in ("j.xml", "l.info", "c.html"))
    _, output, _ = run("test", folder, "--junit", str(junit), "--coverage", "--lcov", str(lcov), "--html", str(page))
    assert ElementTree.parse(junit).find("testsuite").attrib["tests"] == "1"  # type: ignore[union-attr]
    assert "not run: lines 5, 7" in output
    assert "DA:3,1" in lcov.read_text()
    assert "DA:5,0" in lcov.read_text()
    assert 'class="missed"' in page.read_text()


VECTOR = """\
transforms:
  parse:
    type: remap
    inputs: [in]
    source: |
      .message = upcase!(.message)
  keep:
    type: filter
    inputs: [parse]
    condition: .message != "DROP"
tests:
  - name: upper
    inputs:
      - {insert_at: parse, type: log, log_fields: {message: hello}}
    outputs:
      - extract_from: keep
        conditions:
          - {type: vrl, source: 'assert_eq!(.message, "HELLO")'}
          - {type: vrl, source: '.message == "HELLO"'}
  - name: dropped
    inputs:
      - {insert_at: parse, type: vrl, source: '.message = "drop"'}
    no_outputs_from: [keep]
"""


def test_the_unit_tests_of_a_vector_configuration(tmp_path: Path) -> None:
    (tmp_path / "vector.yaml").write_text(VECTOR)
    code, output, _ = run("test", str(tmp_path))
    assert (code, output) == (Exit.OK, "2 passed, 0 failed\n")
    (tmp_path / "vector.yaml").write_text(VECTOR.replace('"HELLO"', '"OTHER"'))
    assert run("test", str(tmp_path))[0] == Exit.FAILED
