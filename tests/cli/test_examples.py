"""The programs in examples/ account for every line of their logs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.command_line import dtl
from tests.support.repository import ROOT

PROGRAMS = sorted((ROOT / "examples").glob("*.dtl"))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
@pytest.mark.parametrize("backend", ["interpreter", "bytecode"])
def test_every_line_is_a_record_or_a_refusal(program: Path, backend: str, tmp_path: Path) -> None:
    log = program.parent / "logs" / f"{program.stem}.log"
    dead = tmp_path / "dead.jsonl"
    ran = dtl(
        "run", str(program), str(log), "--input-format", "raw", "--backend", backend,
        "--on-error", str(dead), "--metadata", '{"year": 2024}',
    )  # fmt: skip
    records = [json.loads(line) for line in ran.output.splitlines()]
    refused = [json.loads(line) for line in dead.read_text(encoding="utf-8").splitlines()]
    lines = log.read_text(encoding="utf-8").splitlines()
    assert len(records) + len(refused) == len(lines)
    assert len(refused) == 1, "each log holds one line that is not of its format"
    assert refused[0]["record"] == {"message": lines[refused[0]["input"]["line"] - 1]}
    assert refused[0]["position"]["line"] > 0
    assert ran.code == 1
    assert all(record["timestamp"].startswith("2024-03-04T08:") for record in records)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_programs_compile_strictly(program: Path) -> None:
    ran = dtl("check", "--strict", "--deny-warnings", str(program))
    assert ran.code == 0, ran.output + ran.errors
