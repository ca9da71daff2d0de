"""Comments that silence warnings: where they count, which do nothing, and the action that writes one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dtl
from dtl.cli import main
from dtl.diagnostics.codes import CODES
from dtl.diagnostics.codes.code import Stage
from dtl.diagnostics.diagnostic import Severity
from dtl.ide.actions import actions, applied, fix_all
from dtl.ide.findings import findings
from tests.ide.edits import analysis_of

#: Programs with warnings, a dialect each.
WARNED = [
    *((code.wrong, code.dialect) for code in CODES.values() if code.stage is Stage.COMPILE and code.number != 1800
      and code.severity is Severity.WARNING),
    ("x = 1\n.a = upcase(.b)\n.c = to_int(.d) + 1", "dtl"),
    ("if .a == 1 {\n  x = 1; y = 2\n  # a comment\n  z = { 'a': 1,\n    'b': upcase(.c) }\n  .b = 1\n}\n.c = 1", "dtl"),
    ("f = 1; .a = 1\ng = 2; .b = 3 # said", "vrl"),
    ("map_values({}) -> |v| {\n  \"a\"\n  v\n}\n.a = 1", "vrl"),
    ("# dtl: allow(E620)\nx = upcase!(\"a\"); y = 1\n.a = 1", "vrl"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("program", "codes"),
    [
        ("x = 1\n.a = 1", ["E900"]),
        ("# dtl: allow(E900)\nx = 1\n.a = 1", []),
        ("x = 1 # dtl: allow(E900)\n.a = 1", []),
        ("x = 1 # dtl: allow(E900) it is for later\n.a = 1", []),
        ("# dtl: allow(E900, E103)\nx = upcase(.a)\n.a = 1", []),
        ("# dtl: allow(E900)\n\n# more of it\nx = 1\n.a = 1", []),
        ("# dtl: allow(E900)\nif .a == 1 {\n  x = 1\n  .b = 1\n}\n.a = 1", []),
        ("if .a == 1 {\n  # dtl: allow(E900)\n  x = 1\n  y = 1\n  .b = 1\n}\n.a = 1", ["E900"]),
        ("# dtl: allow(E900)\n.a = 1\nx = 1\n.b = 1", ["E900", "E1800"]),
        ("# dtl: allow(E901)\n.a = 1", ["E1800"]),
        ("# dtl: allow(E1400)\n.a = 1", []),
        ("# dtl: allow()\n.a = 1", []),
        ("# dtl: allow(E105)\n.a = foo()", ["E105"]),
        ('.a = "# dtl: allow(E900)"\nx = 1\n.b = 1', ["E900"]),
    ],
)
def test_where_a_comment_counts(program: str, codes: list[str]) -> None:
    assert [each.code for each in findings(analysis_of(program))] == codes
    try:
        compiled = [f"E{each.code}" for each in dtl.compile(program, dialect="dtl", strict=False).warnings]
    except dtl.CompileError as error:
        compiled = [f"E{each.code}" for each in error.diagnostics]
    assert compiled == codes


@pytest.mark.parametrize(("program", "dialect"), WARNED)
def test_the_action_silences_a_warning_and_nothing_else(program: str, dialect: str) -> None:
    before = findings(analysis_of(program, dialect))
    offered = 0
    for found in before:
        for action in actions(analysis_of(program, dialect), found.span):
            if action.title.startswith("allow") and action.finding is not None and action.finding.span == found.span:
                offered += 1
                assert action.is_safe
                after = [each.code for each in findings(analysis_of(applied(program, action.edits), dialect))]
                left = [each.code for each in before if each.code != found.code]
                assert found.code not in after or len(after) < len(before)
                assert [code for code in after if code != found.code] == left
    assert offered


def test_what_applies_all_fixes_silences_nothing() -> None:
    fixed = fix_all(analysis_of("x = upcase(.a)\n.a = 1"))
    assert fixed is None or "allow" not in fixed.edits[0].text


def test_a_comment_that_does_nothing_is_taken_away() -> None:
    analysis = analysis_of(".a = 1\n.b = 2 # dtl: allow(E900)")
    (action,) = [each for each in actions(analysis, findings(analysis)[0].span) if each.title == "remove the comment"]
    assert applied(analysis.text, action.edits).rstrip() == ".a = 1\n.b = 2"


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_the_command_leaves_silenced_warnings_out(form: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "a.vrl"
    for comment, count in (("", 1), ("# dtl: allow(E900)\n", 0)):
        script.write_text(f"{comment}x = 1\n.a = 1\n")
        main(["check", "--format", form, "--deny-warnings", str(script)])
        written = capfd.readouterr().out
        json.loads(written)
        assert written.count("E900") > 0 if count else "E900" not in written
