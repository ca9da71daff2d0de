"""Run all measurements of model calls against the server of models; the exit code is 1 when a target is missed."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import ai_cache, ai_embed, ai_faults, ai_fuse, ai_kill, ai_pace
from benchmarks.ai_bench import Row, show

_ALL = (ai_embed, ai_pace, ai_fuse, ai_faults, ai_kill, ai_cache)


def main() -> int:
    """Run them; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, for a check that all is well")
    parser.add_argument(
        "--only", type=int, action="append", metavar="N", help="only this one, from 1 (may be repeated)"
    )
    parser.add_argument("--json", metavar="FILE", help="write what was measured there too")
    arguments = parser.parse_args()
    found: dict[str, list[Row]] = {}
    for number, each in enumerate(_ALL, 1):
        if arguments.only and number not in arguments.only:
            continue
        started = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            found[each.TITLE] = each.measure(arguments.quick, Path(folder))
        show(f"{each.TITLE} ({time.monotonic() - started:.0f} s)", found[each.TITLE])
    if arguments.json:
        told = {"python": platform.python_version(), "machine": platform.machine(), "quick": arguments.quick}
        rows = {title: [asdict(row) for row in part] for title, part in found.items()}
        Path(arguments.json).write_text(json.dumps({**told, "measured": rows}, indent=1))
    missed = sum(not row.is_met for rows in found.values() for row in rows)
    print(f"{missed} of {sum(map(len, found.values()))} missed" if missed else "all targets met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
