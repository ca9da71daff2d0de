"""Five analyses of one text: one request where they would be five, with the same values."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ai_bench import Row, at_most, exactly, main, run, shell
from tests.support.model_server.ledger import accepted
from tests.support.model_server.plan import Plan
from tests.support.model_server.process import ModelServer

TITLE = "3. Five analyses of one text"
PROGRAM = """
.mood = sentiment_analysis!(.text)
.language = detect_language!(.text)
.topics = extract_topics!(.text)
.kind = classify_text!(.text, ["news", "sports", "business"])
.summary = llm_summarize!(.text)
"""


def measure(quick: bool, folder: Path) -> list[Row]:
    """Return the rows."""
    records = [{"text": f"A report on matter {number}, in some detail."} for number in range(40 if quick else 400)]
    found: dict[bool, tuple[list[Any], int, int, float]] = {}
    for fuses in (False, True):
        with ModelServer(folder, Plan(latency=0.02)) as server:
            with shell(server.url, fuses=fuses) as asker:
                outcomes, seconds = run(PROGRAM, records, asker)
            lines = accepted(server.lines())
        tokens = sum(line["tokens"] for line in lines)
        found[fuses] = [outcome.record for outcome in outcomes], len(lines), tokens, seconds
    alone, fused = found[False], found[True]
    failed = sum("summary" not in record for record in fused[0])
    return [
        exactly(f"{len(records)} records: requests of the unfused program", alone[1], 5 * len(records)),
        at_most("requests of the fused program", fused[1], alone[1] / 5),
        at_most("tokens of texts sent", fused[2], alone[2] / 5),
        exactly("records with another value", sum(a != b for a, b in zip(alone[0], fused[0], strict=True)), 0),
        exactly("records without values", failed, 0),
        Row("seconds, unfused and fused", f"{alone[3]:.2f} {fused[3]:.2f}", "for information", True),
    ]


if __name__ == "__main__":
    sys.exit(main(TITLE, measure))
