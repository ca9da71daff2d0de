"""The other commands: check, show, explain, fmt, and the list of all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dtl.cli import commands
from tests.support.command_line import dtl


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Return a folder with a good program, a doubtful and a wrong one."""
    (tmp_path / "good.dtl").write_text(".a = 1\n")
    (tmp_path / "doubtful.dtl").write_text(".a = 1 / .b\n")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "wrong.vrl").write_text('.x = "é"\n.a = 1 / .b\n')
    (tmp_path / "notes.txt").write_text("not a program")
    return tmp_path


def test_check_finds_programs_in_folders(programs: Path) -> None:
    ran = dtl("check", str(programs))
    assert ran.code == 1
    assert "wrong.vrl:2:6" in ran.output
    assert "warning[E103]" in ran.output
    assert ran.errors == "3 programs: 1 error, 1 warning\n"


def test_check_of_a_good_program_is_silent(programs: Path) -> None:
    ran = dtl("check", str(programs / "good.dtl"))
    assert ran == ("", "1 program: 0 errors, 0 warnings\n", 0)


@pytest.mark.parametrize(("flag", "code"), [("--deny-warnings", 1), ("--strict", 1), ("--format=text", 0)])
def test_check_of_a_doubtful_program(programs: Path, flag: str, code: int) -> None:
    assert dtl("check", flag, str(programs / "doubtful.dtl")).code == code


def test_check_reads_standard_input() -> None:
    assert dtl("check", "-", stdin=".a = 1 +").code == 1


def test_check_as_json(programs: Path) -> None:
    ran = dtl("check", "--format", "json", str(programs / "sub"))
    (found,) = json.loads(ran.output)
    assert found["code"] == "E103"
    assert found["severity"] == "error"
    assert found["file"].endswith("wrong.vrl")
    assert found["span"]["start"] == {"line": 2, "column": 6, "offset": 14}
    assert found["span"]["end"] == {"line": 2, "column": 12, "offset": 20}
    assert any(not label["primary"] for label in found["labels"])
    assert any("errors.vrl.dev/103" in note for note in found["notes"])


def test_check_as_sarif(programs: Path) -> None:
    log = json.loads(dtl("check", "--format", "sarif", str(programs)).output)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["E103"]
    first = run["results"][0]
    assert first["ruleId"] == "E103"
    assert first["level"] == "warning"
    region = first["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 6, "endLine": 1, "endColumn": 12}
    (change,) = first["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"]["text"]


def test_check_of_a_missing_file() -> None:
    ran = dtl("check", "nowhere.dtl")
    assert ran.code == 4
    assert "cannot read nowhere.dtl" in ran.errors


def test_explain_a_code() -> None:
    ran = dtl("explain", "E103")
    assert ran.code == 0
    assert "unhandled fallible assignment" in ran.output
    assert "Wrong:" in ran.output and "Right:" in ran.output
    assert dtl("explain", "103").output == ran.output


def test_explain_lists_codes() -> None:
    assert "E1000" in dtl("explain").output


def test_explain_an_unknown_code() -> None:
    assert dtl("explain", "E999").code == 2
    assert dtl("explain", "what").code == 2


@pytest.mark.parametrize("stage", ["tokens", "ast", "types", "hir", "python"])
def test_show_every_stage(stage: str) -> None:
    ran = dtl("show", "--stage", stage, "-e", '.a = upcase("x") + string!(.b)')
    assert ran.code == 0
    assert ran.output.strip()


def test_show_what_does_not_compile() -> None:
    ran = dtl("show", "--dialect", "vrl", "-e", ".a = 1 / .b")
    assert ran.code == 3
    assert "E103" in ran.errors


def test_fmt_changes_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.dtl"
    file.write_text(".a   =   1")
    assert dtl("fmt", "--check", str(file)).code == 1
    assert "-.a   =   1" in dtl("fmt", "--diff", str(file)).output
    assert file.read_text() == ".a   =   1"
    assert dtl("fmt", str(file)).code == 0
    assert file.read_text() == ".a = 1\n"
    assert dtl("fmt", "--check", str(file)) == ("", "", 0)


def test_fmt_reads_standard_input() -> None:
    assert dtl("fmt", "-", stdin=".a   =   1").output == ".a = 1\n"


def test_fmt_leaves_a_wrong_program(tmp_path: Path) -> None:
    file = tmp_path / "a.dtl"
    file.write_text(".a = = 1")
    ran = dtl("fmt", str(file))
    assert ran.code == 3
    assert file.read_text() == ".a = = 1"
    assert "E203" in ran.errors


def test_the_overview_names_every_command() -> None:
    ran = dtl("--help")
    assert ran.code == 0
    assert all(f"dtl {name}" in ran.output for name in commands())
    assert dtl().code == 2


@pytest.mark.parametrize("name", commands())
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert dtl(name, "--help").code == 0
    assert "exit codes:" in capsys.readouterr().out


def test_an_unknown_command_or_option(capsys: pytest.CaptureFixture[str]) -> None:
    ran = dtl("walk")
    assert ran.code == 2
    assert "no command 'walk'" in ran.errors
    assert dtl("run", "--no-such-option").code == 2
    assert "--no-such-option" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--strickt"], "dtl run: unrecognized arguments: --strickt; did you mean --strict?"),
        (["run", "--limit-steps", "x"], "dtl run: argument --limit-steps: 'x' is no whole number from 1"),
        (["run", "--limit-seconds", "0"], "dtl run: argument --limit-seconds: '0' is no number of seconds above 0"),
        (["run", "--timezone", "Nowhere"], "dtl run: argument --timezone: no time zone 'Nowhere'"),
    ],
)
def test_a_wrong_word_is_told_in_a_line(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert dtl(*arguments).code == 2
    assert capsys.readouterr().err == f"{message} (`dtl run --help` lists the arguments)\n"


@pytest.mark.parametrize("command", ["check", "fmt", "run", "repl", "test", "show"])
def test_a_missing_file_is_named_with_the_reason(command: str) -> None:
    ran = dtl(command, "nowhere.dtl")
    assert ran.code == 4
    assert ran.errors.lower().startswith("dtl: cannot read nowhere.dtl: no such file")
