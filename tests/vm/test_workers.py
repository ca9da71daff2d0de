"""Worker processes give what one process gives, in the same order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import dtl
from dtl.vm.lines import LineRunner
from dtl.vm.workers import Task, Workers, workers_for
from tests.support.repository import ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")

PROGRAM = "if .n == 7 { abort }\n.text = upcase(string!(.s))\nif .n == 400 { .x = 1 / int!(.zero) }"


def tasks(blocks: int) -> Iterator[Task]:
    """Give blocks of lines; every fifth is not to be run."""
    number = 0
    for index in range(blocks):
        lines = []
        for _ in range(37):
            lines.append(json.dumps({"n": number, "s": "x" * (number % 300)}).encode())
            number += 1
        yield index, lines, index % 5 != 4


def runner_of(source: str) -> LineRunner:
    program = dtl.compile(source, dialect="dtl")
    return LineRunner(program.code, program.context)


def test_results_are_those_of_one_process() -> None:
    runner = runner_of(PROGRAM)
    workers = Workers(runner, 3)
    try:
        found = list(workers.run(tasks(60)))
    finally:
        workers.end()
    expected = [(first, lines, runner(lines) if is_meant else None) for first, lines, is_meant in tasks(60)]
    assert [(first, lines) for first, lines, _ in found] == [(first, lines) for first, lines, _ in expected]
    for (_, _, one), (_, _, two) in zip(found, expected, strict=True):
        assert (one is None) == (two is None)
        if one is not None and two is not None:
            assert (one.written, one.kept, one.dropped) == (two.written, two.kept, two.dropped)
            assert [trouble.line for trouble in one.troubles] == [trouble.line for trouble in two.troubles]
    assert sum(len(block.troubles) for _, _, block in found if block is not None) == 1


def test_a_process_that_dies_costs_nothing_but_time() -> None:
    runner = runner_of(PROGRAM)
    workers = Workers(runner, 2)
    try:
        results = workers.run(tasks(30))
        found = [next(results)]
        for process in workers.processes:
            os.kill(process, signal.SIGKILL)
        found += results
    finally:
        workers.end()
    assert [block.written if block else None for _, _, block in found] == [
        runner(lines).written if is_meant else None for _, lines, is_meant in tasks(30)
    ]


def test_an_end_before_the_last_block_leaves_no_process() -> None:
    workers = Workers(runner_of("while .n == 3 { .a = 1 }"), 2)
    next(workers.run((index, [b'{"n":%d}' % index], True) for index in range(8)))
    processes = workers.processes
    workers.end()
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_only_programs_that_touch_nothing_outside_have_workers() -> None:
    assert workers_for(dtl.compile(".a = now()").code) == workers_for(dtl.compile(".a = 1").code)
    assert workers_for(dtl.compile('log("seen")').code) == 0
    assert workers_for(dtl.compile(".a = uuid_v4()").code) == 0
    assert workers_for(dtl.compile(".a = 1", backend="interpreter").code) == 0


@pytest.mark.parametrize("rule", ["skip", "keep", "fail"])
def test_the_command_gives_the_same_with_and_without_workers(rule: str, tmp_path: Path) -> None:
    lines = [line for _, block, _ in tasks(40) for line in block]
    lines[50:50] = [b"no json", b"", b"[1]"]
    file = tmp_path / "in.jsonl"
    file.write_bytes(b"\n".join(lines))
    found = []
    for jobs in ("1", "3"):
        command = [sys.executable, "-m", "dtl", "run", "--jobs", jobs, "--no-cache", "--on-error", rule, "-e", PROGRAM]
        found.append(subprocess.run([*command, str(file)], cwd=ROOT, capture_output=True))
    assert found[0].stdout == found[1].stdout
    assert found[0].stderr == found[1].stderr
    assert found[0].returncode == found[1].returncode == 1
