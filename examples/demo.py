"""Run the seven log programs over their logs and show what comes out: `make demo`."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

import dtl
from dtl.values.encode import to_json

HERE = Path(__file__).parent
SHOWN = "openssh"
METADATA = {"year": 2024}
# The logs are short; to tell the time per line they are run so many times.
REPEATS = 100

BOLD, DIM, GREEN, YELLOW, PLAIN = ("\x1b[1m", "\x1b[2m", "\x1b[32m", "\x1b[33m", "\x1b[0m")
if not sys.stdout.isatty():
    BOLD = DIM = GREEN = YELLOW = PLAIN = ""


def main() -> int:
    """Print a program, one of its records, and a table of all programs."""
    print(f"{BOLD}examples/{SHOWN}.dtl{PLAIN}\n")
    print("\n".join(f"  {DIM}{line}{PLAIN}" for line in _program_text(SHOWN).splitlines()[3:22]), "\n  ...\n")
    line = next(line for line in _lines(SHOWN) if "Failed password for invalid" in line)
    program = _compile(SHOWN)
    print(f"{BOLD}a line{PLAIN}\n\n  {line}\n\n{BOLD}becomes{PLAIN}\n")
    record = to_json(program.run({"message": line}, METADATA).record, pretty=True)
    print("\n".join(f"  {row}" for row in record.splitlines()))
    print(f"\n{BOLD}{'log':<11}{'lines':>6}{'records':>9}{'refused':>9}{'us/line':>9}  most frequent events{PLAIN}")
    lost = 0
    for name in sorted(path.stem for path in HERE.glob("*.dtl")):
        lost += _row(name)
    print("\nEvery line is a record, or refused with a reason; a refused line:\n")
    print(f"  {YELLOW}{_refusal('zookeeper')}{PLAIN}\n")
    print("Now try:  .venv/bin/dtl run -e '.a = 1 + 2' --null-input")
    return 1 if lost else 0


def _row(name: str) -> int:
    """Print a log's row; return how many lines became neither a record nor an error."""
    program, lines = _compile(name), _lines(name)
    outcomes = [program.run({"message": line}, METADATA) for line in lines]
    started = time.perf_counter()
    for line in lines * REPEATS:
        program.run({"message": line}, METADATA)
    spent = (time.perf_counter() - started) / (len(lines) * REPEATS) * 1e6
    good = [outcome for outcome in outcomes if outcome.status == "ok"]
    bad = [outcome for outcome in outcomes if outcome.status == "failed"]
    events = Counter(outcome.record.get("event") or outcome.record.get("level") or "other" for outcome in good)
    shown = ", ".join(f"{event} {count}" for event, count in events.most_common(3))
    counts = f"{name:<11}{len(lines):>6}{GREEN}{len(good):>9}{YELLOW}{len(bad):>9}{PLAIN}"
    print(f"{counts}{spent:>9.1f}  {DIM}{shown}{PLAIN}")
    return len(lines) - len(good) - len(bad)


def _refusal(name: str) -> str:
    program = _compile(name)
    for number, line in enumerate(_lines(name), 1):
        outcome = program.run({"message": line}, METADATA)
        if outcome.error is not None:
            return f"{name}.log:{number}: {outcome.error.message}"
    return "none"


def _compile(name: str) -> dtl.Program:
    return dtl.compile(_program_text(name), name=f"{name}.dtl")


def _program_text(name: str) -> str:
    return (HERE / f"{name}.dtl").read_text(encoding="utf-8")


def _lines(name: str) -> list[str]:
    return (HERE / "logs" / f"{name}.log").read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    sys.exit(main())
