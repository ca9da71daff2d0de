"""The README's program does what the README says, in each of the three ways."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.command_line import dtl
from tests.support.repository import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def fences(kind: str) -> list[str]:
    """Return the texts of the README's fences of one kind."""
    return re.findall(rf"^```{kind}\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the program, made the current one."""
    (tmp_path / "clean.dtl").write_text(fences("dtl")[0] + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_as_a_command() -> None:
    (text,) = [text for text in fences("sh") if text.startswith("$ echo")]
    command, output = text.split("\n")
    record = re.findall(r"echo '(.*?)'", command)[0]
    arguments = command.split(" | dtl ")[1].split()
    ran = dtl(*arguments, stdin=record + "\n")
    assert ran.output == output + "\n"
    assert ran.errors == ""


@pytest.mark.usefixtures("folder")
def test_from_python() -> None:
    (code,) = fences("python")
    exec(compile(code, "README.md", "exec"), {})


@pytest.mark.usefixtures("folder")
def test_as_a_check() -> None:
    (text,) = [text for text in fences("text") if text.startswith("$ dtl check")]
    command, report = text.split("\n", 1)
    ran = dtl(*command.removeprefix("$ dtl ").split())
    assert ran.output.startswith(report)
    assert ran.code == 1
    assert f"dtl explain {report[6:10]}" in README
