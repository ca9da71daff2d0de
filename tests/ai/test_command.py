"""`dtl run` over programs with model calls, as processes that are watched, limited, replayed and killed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support.model_server import ledger
from tests.support.model_server.answers import vector_of
from tests.support.model_server.configuration import KEY, PROVIDERS, config_of
from tests.support.model_server.process import ModelServer, Start

pytest.importorskip("httpx")

ROOT = Path(__file__).resolve().parents[2]
#: Seconds that an answer may take to be read and kept: tests run beside others. The benchmarks measure strictly.
BUSY = 0.3
EMBEDDING, CHAT, _ = PROVIDERS["openai"]


class Job:
    """A `dtl run` over some records, as a process."""

    def __init__(
        self, folder: Path, server: ModelServer, program: str, records: list[dict[str, Any]], **settings: Any
    ) -> None:
        self._source = folder / "in.jsonl"
        self._source.write_text("".join(json.dumps(record) + "\n" for record in records))
        self._config = folder / "models.yaml"
        self._config.write_text(config_of(server.url, **settings))
        self._program = program
        self.cache = folder / "answers.sqlite"

    def start(self, *options: str, from_stdin: bool = False, out: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
        """Start it."""
        given = ["--config", str(self._config), "--ai-cache", str(self.cache), *options, "-e", self._program]
        command = [sys.executable, "-m", "dtl", "run", *given, *([] if from_stdin else [str(self._source)])]
        with self._source.open("rb") as source:
            # A pipe that stays open and silent, as a terminal is: only the file is the input then.
            stdin = source if from_stdin else subprocess.PIPE
            return subprocess.Popen(command, cwd=ROOT, stdin=stdin, stdout=out, stderr=out)

    def run(self, *options: str, from_stdin: bool = False) -> tuple[int, list[dict[str, Any]], str]:
        """Run it to its end; return the exit code, the records and what was said."""
        process = self.start(*options, from_stdin=from_stdin)
        assert process.stdout is not None and process.stderr is not None
        out, said = process.stdout.read(), process.stderr.read().decode()
        process.wait(60)
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()
        return process.returncode, [json.loads(line) for line in out.splitlines()], said


@pytest.mark.parametrize("from_stdin", [False, True])
def test_the_command_fills_calls_and_reports(from_stdin: bool, start: Start, tmp_path: Path) -> None:
    server = start(dimensions=2, lists_inputs=False)
    records = [{"text": f"text {n % 3000}"} for n in range(5000)]
    job = Job(tmp_path, server, ".vector = embed!(.text)", records)
    code, out, said = job.run("--ai-report", str(tmp_path / "report.json"), from_stdin=from_stdin)
    assert code == 0, said
    assert [record["vector"] for record in out] == [vector_of(EMBEDDING, record["text"], 2) for record in records]
    assert [line["inputs"] for line in server.lines()] == [2048, 952]
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["total"]["requests"], report["total"]["inputs"]) == (2, 3000)
    assert report["total"]["input_tokens"] == sum(line["tokens"] for line in server.lines())
    assert KEY not in said


def test_the_command_sends_no_more_than_it_may(start: Start, tmp_path: Path) -> None:
    server = start()
    job = Job(tmp_path, server, ".reply, .cause = llm_chat(.text)", [{"text": f"text {n}"} for n in range(20)])
    code, out, said = job.run("--max-requests", "5")
    assert (code, len(out)) == (0, 20), said
    assert len(server.lines()) == 5
    code, out, said = job.run("--estimate")
    assert code == 0, said
    assert len(server.lines()) == 5


def test_a_failed_record_is_reported_and_the_job_goes_on(start: Start, tmp_path: Path) -> None:
    server = start(poison="POISON")
    records = [{"text": "POISON" if n == 4 else f"text {n}"} for n in range(9)]
    job = Job(tmp_path, server, ".reply = llm_chat!(.text)", records)
    code, out, said = job.run("--on-error", str(tmp_path / "dead.jsonl"))
    assert code != 0
    assert [record["text"] for record in out] == [record["text"] for record in records if record["text"] != "POISON"]
    (dead,) = (tmp_path / "dead.jsonl").read_text().splitlines()
    assert "POISON" in dead and "llm_chat" in dead and CHAT in dead, said


def test_what_was_recorded_is_played_without_a_network(start: Start, tmp_path: Path) -> None:
    server = start()
    program = ".mood = sentiment_analysis!(.text)\n.vector = embed!(.text)"
    job = Job(tmp_path, server, program, [{"text": f"text {n % 4}"} for n in range(10)])
    code, wanted, said = job.run("--ai", "record", str(tmp_path / "answers.jsonl"))
    assert code == 0, said
    server.stop()
    job.cache.unlink()
    code, found, said = job.run("--ai", "replay", str(tmp_path / "answers.jsonl"))
    assert (code, found) == (0, wanted), said
    other = Job(tmp_path, server, program, [{"text": "unseen"}])
    code, found, said = other.run("--ai", "replay", str(tmp_path / "answers.jsonl"))
    assert code != 0 and "unseen" in said


def test_a_killed_job_buys_nothing_twice(start: Start, tmp_path: Path) -> None:
    records = [{"id": n, "text": f"text {n}"} for n in range(400)]
    undisturbed = tmp_path / "undisturbed"
    undisturbed.mkdir()
    program = ".vector = embed!(.text)"
    _, wanted, _ = Job(undisturbed, start(), program, records).run()
    server = start(latency=0.1)
    job = Job(tmp_path, server, program, records, batch_size=8, concurrency=2)
    kills = []
    for wait in (0.15, 0.4, 0.0):
        before = len(server.lines())
        process = job.start(out=subprocess.DEVNULL)
        while len(server.lines()) == before and process.poll() is None:
            time.sleep(0.01)
        time.sleep(wait)
        kills.append(time.monotonic())
        process.kill()
        process.wait()
    code, found, said = job.run()
    assert (code, found) == (0, wanted), said
    assert not ledger.bought_again(server.lines(), kills, BUSY)
    assert ledger.inputs_of(server.lines()) <= 400 + len(kills) * 2 * 8


def test_two_runs_at_once_share_a_cache(start: Start, tmp_path: Path) -> None:
    server = start(latency=0.05)
    records = [{"text": f"text {n}"} for n in range(60)]
    job = Job(tmp_path, server, ".reply = llm_chat!(.text)", records, concurrency=2)
    first, second = job.start(), job.start()
    outs = [each.communicate()[0] for each in (first, second)]
    assert outs[0] == outs[1] and len(outs[0].splitlines()) == 60
    count = len(server.lines())
    code, found, said = job.run()
    assert (code, len(found)) == (0, 60), said
    assert len(server.lines()) == count
