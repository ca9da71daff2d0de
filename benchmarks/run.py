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


def seconds(command: list[str], times: int, output: str | None = None) -> float:
    """Return the time of a command's best run, its start included."""
    best = float("inf")
    for _ in range(times):
        with open(output or os.devnull, "wb") as out:
            started = time.perf_counter()
            subprocess.run(command, stdout=out, check=True, cwd=HERE.parent)
            best = min(best, time.perf_counter() - started)
    return best


def dtl_run(program: str, source: str) -> list[str]:
    """Return the command that runs a program."""
    return [PYTHON, "-m", "dtl", "run", "--no-warnings", "--on-error", "skip", program, source]


def measure(source: Path, folder: Path, count: int, times: int) -> list[dict[str, object]]:
    """Return a row for each program."""
    target = str(folder / "out.jsonl")
    bare = seconds([PYTHON, RIVALS, "orjson", str(source), target], times)
    rows = []
    for program in sorted((HERE / "programs").glob("*.vrl")):
        own = seconds(dtl_run(str(program), str(source)), times, target)
        row: dict[str, object] = {
            "program": program.stem,
            "dtl records/s": round(count / own),
            "orjson loop records/s": round(count / bare),
            "of the loop": round(bare / own, 2),
        }
        if find_spec("vector_vrl"):
            other = seconds([PYTHON, RIVALS, "vector", str(source), target, str(program)], times)
            row["vector records/s"] = round(count / other)
            row["times vector"] = round(other / own, 2)
        rows.append(row)
        print("  ".join(f"{name} {value}" for name, value in row.items()), flush=True)
    return rows


def peak_kilobytes(source: Path) -> int:
    """Return the peak memory of a run over a file."""
    code = (
        "import resource, sys, dtl.cli\n"
        "dtl.cli.main(sys.argv[1:])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
    )
    arguments = dtl_run(str(HERE / "programs" / "users.vrl"), str(source))[3:]
    done = subprocess.run(
        [PYTHON, "-c", code, *arguments], cwd=HERE.parent, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True
    )
    return int(done.stderr.split()[-1])


def starts(times: int) -> dict[str, float]:
    """Return milliseconds from start to end for one record: bare Python, from the cache, and compiled anew."""
    one = [PYTHON, "-m", "dtl", "run", "--null-input", "-e", '.b = upcase("x")']
    seconds(one, 1)
    commands = {"python": [PYTHON, "-c", "pass"], "warm": one, "cold": [*one, "--no-cache"]}
    return {name: round(seconds(command, times) * 1000, 1) for name, command in commands.items()}


def main() -> None:
    """Measure what is asked for and print it; `--json FILE` keeps it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=40)
    parser.add_argument("--times", type=int, default=3, help="runs of each; the best counts")
    parser.add_argument("--memory", action="store_true", help="measure memory on 10 MB and on --megabytes")
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    found: dict[str, object] = {"python": platform.python_version(), "machine": platform.machine()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "records.jsonl"
        count = write(source, arguments.megabytes)
        print(f"{count:,} records, {source.stat().st_size / 1e6:.0f} MB, Python {platform.python_version()}")
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
