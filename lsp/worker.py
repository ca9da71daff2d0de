"""The process in which programs run on samples: it can be killed, and can reach nothing.

Reads jobs as lines of JSON and writes a line for each.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from dtl.ide.evaluation import evaluate
from dtl.source import Source

try:
    import resource
except ImportError:  # Windows has no such limits; the one who started this process ends it there
    resource = None  # type: ignore[assignment]

_MEMORY = 1 << 30


def main() -> None:
    """Do jobs until there are no more."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin.buffer:
        sys.stdout.write(json.dumps(_answer(line)) + "\n")
        sys.stdout.flush()


def _answer(line: bytes) -> dict[str, Any]:
    """Return what one job gives."""
    try:
        job = json.loads(line)
        if resource is not None:
            used = resource.getrusage(resource.RUSAGE_SELF)
            most = int(used.ru_utime + used.ru_stime + job["limit"]) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        source = Source(job["text"], job["name"])
        found = evaluate(source, job["dialect"], job["events"], job["seconds"], job.get("files"))
    except MemoryError:
        return {"problem": "the program needs too much memory", "runs": [], "values": []}
    except Exception as problem:
        return {"problem": f"{type(problem).__name__}: {problem}", "runs": [], "values": []}
    return {
        "problem": found.problem,
        "runs": [
            {
                "status": ran.status,
                "event": ran.event,
                "error": ran.error,
                "place": ran.place,
                "inner": None if ran.inner is None else [ran.inner.name, *ran.inner.place],
            }
            for ran in found.runs
        ],
        "values": [[span.start, span.end, value] for span, value in found.values],
    }


if __name__ == "__main__":
    main()
