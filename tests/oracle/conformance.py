"""Compare every backend with recorded answers of the reference engine, which lie outside this repository.

Usage: conformance.py FOLDER [--show N]

The folder has its own runner. A failure is a gap that must be listed in known_gaps.jsonl with a reason, one JSON
object a line: `{"id": .., "reason": ..}`, and `"backend"` where only one is concerned. A listed gap that passes counts
as a failure too, so that the list stays true.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from dtl.backends import BACKENDS  # noqa: E402

GAPS = HERE / "known_gaps.jsonl"
FILES = ("dev/operators.jsonl", "dev/cases.jsonl")


class Run(NamedTuple):
    """The cases of one run, and why each failing one failed."""

    ids: set[str]
    failures: dict[str, str]


def read_gaps() -> list[dict[str, str]]:
    """Return the known gaps; a line without a reason is refused."""
    gaps = [json.loads(line) for line in GAPS.read_text(encoding="utf-8").splitlines() if line.strip()]
    if lacking := [gap["id"] for gap in gaps if not gap.get("reason")]:
        raise SystemExit(f"known gaps without a reason: {lacking}")
    return gaps


def compare(corpus: Path, backend: str) -> Run:
    """Run the corpus on a backend."""
    files = [corpus / name for name in FILES]
    ids = {json.loads(line)["id"] for file in files for line in file.read_text(encoding="utf-8").splitlines()}
    with tempfile.TemporaryDirectory() as folder:
        failures = Path(folder) / "failures.jsonl"
        runner = corpus / "run_conformance.py"
        command = f'"{sys.executable}" "{HERE / "adaptor.py"}" --backend {backend}'
        done = subprocess.run(
            [sys.executable, runner, *files, "--cmd", command, "--show", "0", "--failures", failures],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        if not failures.is_file():
            raise SystemExit(f"the corpus's runner failed:\n{done.stdout}\n{done.stderr}")
        found = [json.loads(line) for line in failures.read_text(encoding="utf-8").splitlines()]
    notes = [line for line in done.stdout.splitlines() if line.startswith(("error ", "took "))]
    print(f"{backend}: {len(ids) - len(found)} of {len(ids)} as the reference engine; {'; '.join(notes)}")
    return Run(ids, {each["id"]: each["why"] for each in found})


def main() -> int:
    """Compare all backends; return how the run went."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--show", type=int, default=50, help="how many unexplained failures to show")
    arguments = parser.parse_args()
    gaps = read_gaps()
    passed = explained = 0
    problems: list[str] = []
    for backend in BACKENDS:
        known = {gap["id"] for gap in gaps if gap.get("backend", backend) == backend}
        run = compare(arguments.corpus.resolve(), backend)
        problems += [f"{backend}: {name}: {why}" for name, why in run.failures.items() if name not in known]
        closed = (known & run.ids) - run.failures.keys()
        problems += [f"{backend}: {name}: passes, so it is no gap any more" for name in sorted(closed)]
        explained += len(known & run.failures.keys())
        passed += len(run.ids) - len(run.failures) - len(closed)
    for problem in problems[: arguments.show]:
        print(f"FAILED {problem}")
    if len(problems) > arguments.show:
        print(f"... and {len(problems) - arguments.show} more")
    print(f"{explained} known gaps, see {GAPS.relative_to(ROOT)}")
    print(f"{passed} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
