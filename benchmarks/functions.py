"""Every function beside the reference engine: the job of its first documented example, over many records.

    python benchmarks/functions.py [--records 2000] [--only NAME ...]

Both sides read each record from a line of JSON, run the program, and write the record as JSON. Needs `vector-vrl`
(Python 3.12 or later). The ten slowest ratios are shown; `--all` shows every one.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import dtl
from dtl.functions import Effect
from dtl.functions.standard import standard_library
from dtl.vm.lines import LineRunner

_LEFT_OUT = (Effect.AI, Effect.NETWORK)


def best(job: Callable[[], object], times: int = 3) -> float:
    """Return the time of a job's best run in seconds."""
    found = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        job()
        found = min(found, time.perf_counter() - started)
    return found


def ratio(source: str, lines: list[str]) -> float | None:
    """Return how fast this project is in units of the engine's speed, or None where the engine has no such function."""
    from vector_vrl import execute_vrl, validate_vrl  # only where the comparison is made

    program = f".r = {{ {source} }}"
    if not validate_vrl(program).success:
        return None
    compiled = dtl.compile(program, dialect="vrl")

    runner = LineRunner(compiled.code, compiled.context)
    raw = [line.encode() for line in lines]
    return best(lambda: execute_vrl(program, lines, {})) / best(lambda: runner(raw))


def main() -> int:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    lines = ['{"message": "a line", "status": 200}'] * options.records
    found: list[tuple[float, str]] = []
    left_out = []
    for function in standard_library():
        if (
            function.dialect != "vrl"
            or function.effect in _LEFT_OUT
            or (options.only and function.name not in options.only)
        ):
            continue
        sources = [e.source for e in function.documentation.examples if e.error is None and not e.skip]
        measured = ratio(sources[0], lines) if sources else None
        if measured is None:
            left_out.append(function.name)
        else:
            found.append((measured, function.name))
    found.sort()
    for value, name in found if options.all else found[:10]:
        print(f"{value:6.2f}x  {name}")
    slow = sum(value < 0.3 for value, _ in found)
    print(f"{len(found)} functions, {slow} below 0.3x; not in the engine: {', '.join(left_out)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
