"""`dtl run` over programs with model calls, as processes that are watched, limited, replayed and killed."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support.model_server import ledger
from tests.support.model_server.answers import answer_to, vector_of
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
        self.program = program
        self.cache = folder / "answers.sqlite"

    def start(
        self,
        *options: str,
        from_stdin: bool = False,
        from_pipe: bool = False,
        out: int = subprocess.PIPE,
        by: tuple[str, ...] = ("-m", "dtl"),
    ) -> subprocess.Popen[bytes]:
        """Start it."""
        given = ["--config", str(self._config), "--ai-cache", str(self.cache), *options, "-e", self.program]
        files = [] if from_stdin or from_pipe else [str(self._source)]
        command = [sys.executable, *by, "run", *given, *files]
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


def _of(stream: Any, count: int, seconds: float) -> list[bytes]:
    """Return lines of a pipe that stays open; fewer when they do not come in time."""
    found = b""
    end = time.monotonic() + seconds
    while found.count(b"\n") < count and (left := end - time.monotonic()) > 0:
        if select.select([stream], [], [], left)[0]:
            found += os.read(stream.fileno(), 1 << 16)
    return found.splitlines()


@pytest.mark.parametrize(
    ("pause", "most"),
    [
        # Silence after the records: they are asked for together when it begins.
        (0.0, 3),
        # A record now and then, never a silence: a question waits for a second at most.
        (0.02, 15),
    ],
)
def test_a_pipe_that_stays_open_is_answered(pause: float, most: int, start: Start, tmp_path: Path) -> None:
    server = start()
    job = Job(tmp_path, server, ".vector = embed!(.text)", [])
    process = job.start("-", from_pipe=True)
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(b'{"text": "the first"}\n')
    process.stdin.flush()
    assert len(_of(process.stdout, 1, 30.0)) == 1
    count = 100 if pause else 5
    for number in range(count):
        process.stdin.write(b'{"text": "text %d"}\n' % number)
        process.stdin.flush()
        time.sleep(pause)
    found = _of(process.stdout, count, 10.0)
    assert [json.loads(line)["text"] for line in found] == [f"text {number}" for number in range(count)]
    assert len(server.lines()) <= most
    if pause:  # most were answered while others were still to come
        assert len(server.lines()) >= 3
    process.stdin.write(b'{"text": "the last"}')
    assert json.loads(process.communicate()[0])["text"] == "the last"


def test_a_pipe_that_ends_fills_its_calls(start: Start, tmp_path: Path) -> None:
    server = start(dimensions=2, lists_inputs=False)
    job = Job(tmp_path, server, ".vector = embed!(.text)", [])
    process = job.start("-", from_pipe=True)
    out, said = process.communicate(b"".join(b'{"text": "text %d"}\n' % number for number in range(5000)))
    assert len(out.splitlines()) == 5000, said
    assert [line["inputs"] for line in server.lines()] == [2048, 2048, 904]


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


@pytest.mark.parametrize(("provider", "address"), [("openai", "/v1/batches"), ("anthropic", "/v1/messages/batches")])
def test_a_batch_under_way_is_not_bought_again(provider: str, address: str, start: Start, tmp_path: Path) -> None:
    server = start(batch_seconds=1.5, poison="POISON")
    records = [{"text": f"text {number % 8}"} for number in range(20)]
    job = Job(tmp_path, server, ".reply, .cause = llm_chat(.text)", records, provider=provider, mode="batch")

    def sent() -> list[dict[str, Any]]:
        return [line for line in server.lines() if line["path"] == address and line["method"] == "POST"]

    process = job.start(out=subprocess.DEVNULL)
    while not sent() and process.poll() is None:
        time.sleep(0.02)
    time.sleep(BUSY)
    process.kill()
    process.wait()
    # What has come to be asked since then goes in a batch of its own.
    more = Job(tmp_path, server, job.program, [*records, {"text": "new"}, {"text": "POISON"}], provider=provider,
               mode="batch")  # fmt: skip
    code, out, said = more.run()
    assert code == 0, said
    assert [record["reply"] for record in out[:-1]] == [answer_to(PROVIDERS[provider][1], "", None, record["text"])
                                                       for record in out[:-1]]  # fmt: skip
    assert out[-1]["cause"]
    assert [line["inputs"] for line in sent()] == [8, 2]
    assert more.run()[1] == out
    assert sum(line["inputs"] for line in sent()[2:]) == 0, "what was refused is known from the batch"


_DIES_WITH_AN_ANSWER = """
import os, sys
from dtl.__main__ import main
from dtl.ai.cache.keeper import Keeper
def dies(self, entries, then):
    print("dies", flush=True)
    os.kill(os.getpid(), 9)
Keeper.put = dies
main()
"""


def test_an_answer_that_was_not_in_the_cache_yet_is_not_bought_again(start: Start, tmp_path: Path) -> None:
    server = start()
    records = [{"text": f"text {number % 8}"} for number in range(20)]
    program = ".mood = sentiment_analysis!(.text)\n.vector = embed!(.text)"
    job = Job(tmp_path, server, program, records, concurrency=1)
    for _ in range(3):
        process = job.start(out=subprocess.PIPE, by=("-c", _DIES_WITH_AN_ANSWER))
        out, said = process.communicate()
        assert process.returncode == -9, said.decode()
        assert out.startswith(b"dies"), said.decode()
    assert 0 < ledger.inputs_of(server.lines()) < 16
    code, found, said = job.run()
    assert code == 0, said
    assert [record["vector"] for record in found] == [vector_of(EMBEDDING, record["text"], 8) for record in records]
    assert ledger.inputs_of(server.lines()) == 16
    assert [path.name for path in tmp_path.glob("answers.sqlite*")] == ["answers.sqlite"], "nothing is left behind"


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
