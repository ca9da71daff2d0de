"""How long `dtl run` takes on one record: with nothing kept, and with the program compiled before.

    python -m benchmarks.start [RUNS]

Prints the least wall and processor time of the runs, in milliseconds, beside those of Python doing nothing.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_PROGRAM = """
.message = upcase(string!(.message))
.ts = parse_timestamp!(.ts, "%Y-%m-%dT%H:%M:%SZ")
.id = .x + 1 ?? 0
.kind = if .id == 2 { "two" } else { "other" }
del(.x)
.
"""
_RECORD = '{"message":"abc","ts":"2024-01-01T00:00:00Z","x":1}\n'


def _once(words: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Return the wall and processor time of a run, in seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main(runs: int = 20) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "program.dtl").write_text(_PROGRAM)
        (folder / "in.ndjson").write_text(_RECORD)
        # Modules are compiled once, as they are by an installation.
        environment = {**os.environ, "DTL_CACHE_DIR": str(folder / "cache"), "PYTHONDONTWRITEBYTECODE": ""}
        files = [str(folder / "program.dtl"), str(folder / "in.ndjson")]
        commands = {
            "python": [sys.executable, "-c", "pass"],
            "python with orjson": [sys.executable, "-c", "import orjson"],
            "cold": [sys.executable, "-m", "dtl", "run", "--no-cache", *files],
            "warm": [sys.executable, "-m", "dtl", "run", *files],
        }
        print(f"{'':20} {'wall ms':>8} {'cpu ms':>8}   least of {runs}")
        for label, words in commands.items():
            _once(words, environment)
            times = [_once(words, environment) for _ in range(runs)]
            wall, processor = (min(column) * 1000 for column in zip(*times, strict=True))
            print(f"{label:20} {wall:8.1f} {processor:8.1f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
