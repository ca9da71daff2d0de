"""A job that is killed again and again: what was answered is not bought twice, and the output is as if nothing was."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ai_bench import Row, at_least, exactly, main
from tests.support.model_server.configuration import config_of
from tests.support.model_server.ledger import bought_again, inputs_of
from tests.support.model_server.plan import Plan
from tests.support.model_server.process import ModelServer

TITLE = "5. A job killed at random moments"
PROGRAM = ".vector = embed!(.text)\n"
ROOT = Path(__file__).resolve().parent.parent
_BATCH = 16


def measure(quick: bool, folder: Path) -> list[Row]:
    """Return the rows."""
    count, kills = (1_600, 4) if quick else (20_000, 50)
    source = folder / "in.jsonl"
    source.write_text("".join(json.dumps({"id": n, "text": f"text number {n}"}) + "\n" for n in range(count)))
    # Eight calls at a time, so slow that the job outlasts the kills.
    plan = Plan(latency=0.2, dimensions=16, lists_inputs=True)
    with ModelServer(folder, Plan(dimensions=16)) as server:
        undisturbed = _job(folder, server.url, source, "undisturbed", concurrency=32)
        process = subprocess.run(undisturbed, cwd=ROOT, check=True, capture_output=True)
        wanted = process.stdout
    with ModelServer(folder, plan) as server:
        command = _job(folder, server.url, source, "killed", concurrency=8)
        killed_at = _killed(command, kills, server)
        begun = time.monotonic()
        found = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
        lines = server.lines()
    again = bought_again(lines, killed_at)
    in_flight = inputs_of(lines) - count
    return [
        exactly(f"{count:,} records: kills while the job ran", len(killed_at), kills),
        exactly("answers bought again that were there 20 ms before a kill", len(again), 0),
        Row("of them there 100 ms before", len(bought_again(lines, killed_at, 0.1)), "for information", True),
        exactly("bytes of output that differ", sum(a != b for a, b in zip(found, wanted, strict=False)), 0),
        exactly("bytes of output", len(found), len(wanted)),
        at_least("answers that the last run found in the journal", count - _inputs_since(lines, begun), 1),
        Row("inputs in flight at a kill, asked again", in_flight, "for information", True),
    ]


def _job(folder: Path, url: str, source: Path, name: str, concurrency: int) -> list[str]:
    settings = folder / f"{name}.yaml"
    settings.write_text(config_of(url, batch_size=_BATCH, concurrency=concurrency))
    cache = str(folder / f"{name}.sqlite")
    given = ["--config", str(settings), "--ai-cache", cache, "-e", PROGRAM, str(source)]
    return [sys.executable, "-m", "dtl", "run", *given]


def _killed(command: list[str], kills: int, server: ModelServer) -> list[float]:
    """Start the job and kill it while it asks, so many times; return when, on the monotonic clock."""
    chance = random.Random(11)
    moments = []
    for _ in range(kills):
        before = len(server.lines())
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while len(server.lines()) == before and process.poll() is None:
            time.sleep(0.02)
        try:
            process.wait(chance.uniform(0.0, 1.0))
            break  # it has come to its end
        except subprocess.TimeoutExpired:
            moments.append(time.monotonic())
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
    return moments


def _inputs_since(lines: list[dict[str, object]], moment: float) -> int:
    return inputs_of(line for line in lines if float(line["at"]) > moment)  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main(TITLE, measure))
