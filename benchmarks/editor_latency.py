"""How long an editor waits on a 1,000-line program: first findings, findings after a keystroke, completion, hover.

Everything is measured from outside, over the standard streams, as a client sees it. Where Linux tells it, the time
that the server took of the processor is shown beside: what the wait would be on an idle machine. Whether the answers
are right after 10,000 random edits is the matter of `python -m tests.lsp.edits`.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.lsp.client import Started

#: What each figure may be at the most, in milliseconds (95th percentile).
LIMITS = {"first findings": 600, "findings after a keystroke": 50, "completion": 20, "hover": 20}
_URI = "file:///bench/program.dtl"


def program(lines: int = 1_000) -> str:
    """Return a program of many lines such as people write."""
    rows = []
    for number in range(lines // 10):
        rows += [
            f"# part {number}",
            f'message_{number} = string(.message) ?? ""',
            f'parts_{number} = split(message_{number}, " ", limit: 5)',
            f'if contains(message_{number}, "error {number}") {{',
            f'  .level_{number} = upcase(string(.level) ?? "info")',
            "} else {",
            f'  .level_{number} = "none"',
            "}",
            f".parsed_{number} = parse_json(message_{number}) ?? {{}}",
            f'.tags.t{number} = {{"a": {number}, "b": length(parts_{number}), "c": .host}}',
        ]
    return "\n".join(rows) + "\n"


def main() -> int:
    """Measure, print a table, and fail if a figure is above its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keystrokes", type=int, default=200)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--json", metavar="FILE", help="write the figures there")
    arguments = parser.parse_args()
    figures = measure(arguments.keystrokes, arguments.starts)
    failed = False
    print(f"{'':28}{'median':>10}{'p95':>10}{'limit':>10}{'cpu median':>12}{'cpu p95':>10}   ms")
    for name, pairs in figures.items():
        times, busy = [wall for wall, _ in pairs], [cpu for _, cpu in pairs]
        middle, high = statistics.median(times), percentile(times, 0.95)
        failed = failed or high > LIMITS[name]
        processor = f"{statistics.median(busy):12.1f}{percentile(busy, 0.95):10.1f}"
        print(f"{name:28}{middle:10.1f}{high:10.1f}{LIMITS[name]:10}{processor}")
    if arguments.json:
        rows = {
            name: {
                "median": statistics.median(wall for wall, _ in pairs),
                "p95": percentile([wall for wall, _ in pairs], 0.95),
                "cpu_p95": percentile([cpu for _, cpu in pairs], 0.95),
            }
            for name, pairs in figures.items()
        }
        Path(arguments.json).write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return 1 if failed else 0


class Watch:
    """Times what happens until the server has answered, from outside and by its own processor time."""

    def __init__(self, client: Started | None = None) -> None:
        self.pid = client.process.pid if client is not None else None
        self.begun = time.perf_counter()
        self.busy = processor_time(self.pid)

    def stop(self, pid: int | None = None) -> tuple[float, float]:
        """Return both times in milliseconds."""
        wall = (time.perf_counter() - self.begun) * 1000
        return wall, processor_time(pid or self.pid) - self.busy


def processor_time(pid: int | None) -> float:
    """Return what a process has taken of the processor, in milliseconds; 0 where that cannot be known."""
    found = 0
    for path in Path(f"/proc/{pid}/task").glob("*/schedstat") if pid is not None else ():
        try:
            found += int(path.read_text().split()[0])
        except OSError:
            continue
    return found / 1e6


def measure(keystrokes: int, starts: int) -> dict[str, list[tuple[float, float]]]:
    """Return the times of each kind, in milliseconds: as the client sees them, and of the processor."""
    text = program()
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in LIMITS}
    for _ in range(starts):
        watch = Watch()
        with Started() as client:
            client.initialize()
            client.open(_URI, text)
            client.diagnostics(_URI)
            figures["first findings"].append(watch.stop(client.process.pid))
            client.leave()
    with Started() as client:
        client.initialize()
        client.open(_URI, text)
        client.diagnostics(_URI)
        client.at("completion", _URI, 5, 2)
        chance = random.Random(1)
        lines = text.split("\n")
        for _ in range(keystrokes):
            line = chance.choice(
                [n for n in range(len(lines)) if lines[n].startswith(("message", "  .level", ".parsed"))]
            )
            column = len(lines[line])
            for typed in ("\n", ".", "l", ""):
                place = {"line": line + 1, "character": 0 if typed == "." else 1}
                end = place
                if typed in ("\n", ""):
                    place = end = {"line": line, "character": column}
                if typed == "":
                    end = {"line": line + 1, "character": 2}
                watch = Watch(client)
                client.change(_URI, {"range": {"start": place, "end": end}, "text": typed})
                client.diagnostics(_URI)
                figures["findings after a keystroke"].append(watch.stop())
                if typed in (".", "l"):
                    watch = Watch(client)
                    client.at("completion", _URI, line + 1, 1 if typed == "." else 2)
                    figures["completion"].append(watch.stop())
            watch = Watch(client)
            client.at("hover", _URI, line, chance.randrange(column))
            figures["hover"].append(watch.stop())
        client.leave()
    return figures


def percentile(times: list[float], part: float) -> float:
    """Return the time that a part of all do not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


if __name__ == "__main__":
    sys.exit(main())
