"""Lines typed into the REPL, and what comes back."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dtl.repl.answer import Quit
from dtl.repl.commands import COMMANDS, carry_out
from dtl.repl.session import Session, is_complete
from dtl.repl.show import plain
from tests.support.repository import ROOT


def typed(*lines: str) -> list[str]:
    """Return what a session answers to its last line."""
    session = Session()
    answers: list[str] = []
    for line in lines:
        answers = [plain(answer) for answer in carry_out(session, line)]
    return answers


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["1 + 1"], ["2"]),
        (["x = 5", "x * 2"], ["10"]),
        (['x = {"a": 1}', "x.b = 2", "x"], ['{ "a": 1, "b": 2 }']),
        ([".a = 1", ".a + 1"], ["2"]),
        ([':event {"n": 3}', ".n + 1"], ["4"]),
        ([':event {"n": 3}', ".n = 4", ":reset", ".n"], ["3"]),
        ([':type upcase("a")'], ["string"]),
        (["fn twice(x: integer) -> integer { x * 2 }", "twice(3)"], ["6"]),
        (
            ["fn one() -> integer { 1 }", "fn two() -> integer { one() + 1 }", "fn one() -> integer { 5 }", "two()"],
            ["6"],
        ),
        (["fn one() -> integer { 1 }", ":type one()"], ["integer"]),
        ([':event {"n": 3, "s": "a"}', ":type ."], ["{\n  n: integer,\n  s: string,\n}"]),
        ([":type"], ["which expression? for example `:type .`"]),
        (["x = 1", ":vars"], ['{ "x": 1 }']),
        ([":nothing"], ["no command :nothing; :help lists them"]),
        ([":explain nothing"], ["neither a code nor a function: 'nothing'"]),
        ([":dialect vrl"], ["vrl"]),
        (["deleted()"], ["error: the record is dropped"]),
        (['abort "no"'], ['error: aborted: no\n  abort "no"\n  ^^^^^^^^^^']),
        (["x = 1", 'x = to_int!("q")', "x"], ["1"]),
        ([":load no/such/file"], ["cannot read 'no/such/file': No such file or directory"]),
        ([":event {"], ["not JSON: EOF while parsing an object at line 1 column 1"]),
    ],
)
def test_a_line_is_answered(lines: list[str], expected: list[str]) -> None:
    assert typed(*lines) == expected


def test_an_error_shows_the_place() -> None:
    (answer,) = typed("upcase(5)")
    assert "error[E110]" in answer
    assert "upcase(5)" in answer


def test_events_are_walked_through(tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    file.write_text('{"n": 1}\n{"n": 2}\n')
    assert typed(f":event {file}", ":event next") == ["event 2 of 2", '{ "n": 2 }']
    assert typed(f":event {file}", ":event next", ":event next", ":event prev") == ["event 1 of 2", '{ "n": 1 }']


def test_what_ran_is_saved_and_loaded(tmp_path: Path) -> None:
    file = tmp_path / "saved.dtl"
    typed("x = 2", "upcase(5)", ".y = x", f":save {file}")
    assert file.read_text() == "x = 2\n.y = x\n"
    assert typed(f":load {file}", ".y") == ["2"]


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("1 + 1", True),
        ("if true {", False),
        ("[1,", False),
        ('"abc', False),
        ("1 +", False),
        (":help", True),
        ("}", True),
    ],
)
def test_a_line_that_breaks_off_wants_another(text: str, complete: bool) -> None:
    assert is_complete(text, "dtl") is complete


def test_every_command_is_explained() -> None:
    (help_text,) = typed(":help")
    assert all(f":{name}" in help_text and command.__doc__ for name, command in COMMANDS.items())
    assert carry_out(Session(), ":quit") == [Quit()]


def test_a_pipe_gets_plain_answers() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dtl", "repl"], input=b'x = 20\nx + 1\nto_int!("q")\n', capture_output=True, cwd=ROOT
    )
    lines = done.stdout.decode().split("\n")
    assert lines[:2] == ["20", "21"]
    assert lines[2].startswith("error: ")
    assert done.returncode == 1


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed: no terminal to drive")
def test_a_terminal_session(tmp_path: Path) -> None:
    pytest.importorskip("prompt_toolkit", reason="the repl extra is not installed")
    socket = str(tmp_path / "tmux")

    def tmux(*words: str) -> str:
        return subprocess.run(["tmux", "-S", socket, *words], capture_output=True, text=True, check=False).stdout

    def screen_with(text: str) -> str:
        shown = ""
        for _ in range(150):
            shown = tmux("capture-pane", "-p", "-t", "repl")
            if text in shown:
                break
            time.sleep(0.1)
        return shown

    tmux(
        "new-session", "-d", "-s", "repl", "-x", "100", "-y", "30",
        f"XDG_STATE_HOME={tmp_path} {sys.executable} -m dtl repl",
    )  # fmt: skip
    try:
        assert "dtl>" in screen_with("dtl>")
        tmux("send-keys", "-t", "repl", "answer = 6 * 7", "Enter")
        assert "42" in screen_with("42")
        tmux("send-keys", "-t", "repl", "upcas", "Tab")
        assert "upcase" in screen_with("upcase")
        tmux("send-keys", "-t", "repl", '("abc")', "Enter")
        assert '"ABC"' in screen_with('"ABC"')
        tmux("send-keys", "-t", "repl", ":quit", "Enter")
    finally:
        tmux("kill-server")
