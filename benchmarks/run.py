"""Measure `dtl run` beside a bare loop and the reference engine, on the same records."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from benchmarks.records import write  # noqa: E402

PYTHON = sys.executable
RIVALS = str(HERE / "rivals.py")


def seconds(commands: dict[str, list[str]], times: int, output: str | None = None) -> dict[str, float]:
    """Return the time of each command's best run, its start included; they take turns, so that all meet the same."""
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(times):
        for name, command in commands.items():
            with open(output or os.devnull, "wb") as out:
                started = time.perf_counter()
                subprocess.run(command, stdout=out, check=True, cwd=HERE.parent)
                best[name] = min(best[name], time.perf_counter() - started)
    return best


def dtl_run(program: str, source: str, *options: str) -> list[str]:
    """Return the command that runs a program."""
    return [PYTHON, "-m", "dtl", "run", "--no-warnings", "--on-error", "skip", *options, program, source]


def cores() -> int:
    """Return how many processors there are for a run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def measure(source: Path, folder: Path, count: int, times: int) -> list[dict[str, object]]:
    """Return a row for each program."""
    target = str(folder / "out.jsonl")
    rows = []
    for program in sorted((HERE / "programs").glob("*.vrl")):
        commands = {
            "loop": [PYTHON, RIVALS, "orjson", str(source), target],
            "dtl": dtl_run(str(program), str(source)),
            "alone": dtl_run(str(program), str(source), "--jobs", "1"),
        }
        if find_spec("vector_vrl"):
            commands["vector"] = [PYTHON, RIVALS, "vector", str(source), target, str(program)]
        best = seconds(commands, times, str(folder / "own.jsonl"))
        row: dict[str, object] = {
            "program": program.stem,
            "dtl records/s": round(count / best["dtl"]),
            "orjson loop records/s": round(count / best["loop"]),
            "of the loop": round(best["loop"] / best["dtl"], 2),
            "in one process": round(best["loop"] / best["alone"], 2),
        }
        if "vector" in best:
            row["vector records/s"] = round(count / best["vector"])
            row["times vector"] = round(best["vector"] / best["dtl"], 2)
        rows.append(row)
        print("  ".join(f"{name} {value}" for name, value in row.items()), flush=True)
    return rows


def peak_kilobytes(source: Path) -> dict[str, int]:
    """Return the peak memory of a run over a file, and of the largest of its workers."""
    code = (
        "import resource, sys, dtl.cli\n"
        "dtl.cli.main(sys.argv[1:])\n"
        "peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))\n"
        "print(*peaks, file=sys.stderr)\n"
    )
    arguments = dtl_run(str(HERE / "programs" / "users.vrl"), str(source))[3:]
    done = subprocess.run(
        [PYTHON, "-c", code, *arguments], cwd=HERE.parent, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True
    )
    own, worker = map(int, done.stderr.split()[-2:])
    return {"run": own, "worker": worker}


def starts(times: int) -> dict[str, float]:
    """Return milliseconds from start to end for one record: bare Python, from the cache, and compiled anew."""
    one = [PYTHON, "-m", "dtl", "run", "--null-input", "-e", '.b = upcase("x")']
    commands = {"python": [PYTHON, "-c", "pass"], "warm": one, "cold": [*one, "--no-cache"]}
    seconds(commands, 1)
    return {name: round(best * 1000, 1) for name, best in seconds(commands, times).items()}


def main() -> None:
    """Measure what is asked for and print it; `--json FILE` keeps it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=40)
    parser.add_argument("--times", type=int, default=3, help="runs of each; the best counts")
    parser.add_argument("--memory", action="store_true", help="measure memory on 10 MB and on --megabytes")
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    found: dict[str, object] = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processors": cores(),
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "records.jsonl"
        count = write(source, arguments.megabytes)
        size = f"{count:,} records, {source.stat().st_size / 1e6:.0f} MB"
        print(f"{size}, Python {platform.python_version()}, {cores()} processors, load {os.getloadavg()[0]:.1f}")
        if arguments.memory:
            small = folder / "small.jsonl"
            write(small, 10)
            found["peak KiB"] = {"10 MB": peak_kilobytes(small), f"{arguments.megabytes} MB": peak_kilobytes(source)}
            print(f"peak memory in KiB: {found['peak KiB']}")
        else:
            found["throughput"] = measure(source, folder, count, arguments.times)
            found["milliseconds for one record"] = starts(max(arguments.times, 10))
            print(f"milliseconds for one record: {found['milliseconds for one record']}")
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
