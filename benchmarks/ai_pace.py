"""More chats than a budget allows at once: none refused once the budget is known, and no time lost."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ai_bench import MODEL_FOR_CHATS, Row, at_most, exactly, main, run, shell
from tests.support.model_server.answers import answer_to
from tests.support.model_server.ledger import accepted, refused_when_told, too_early
from tests.support.model_server.plan import Plan
from tests.support.model_server.process import ModelServer

TITLE = "2. Chats under a budget of 120 requests in any 6 seconds"
PROGRAM = ".answer = llm_chat!(.text)"


def measure(quick: bool, folder: Path) -> list[Row]:
    """Return the rows; the size is the same when quick, as it takes six seconds."""
    rows: list[Row] = []
    for budget in ("window",) if quick else ("window", "bucket"):
        rows += _paced(budget, folder)
    return rows


def _paced(budget: str, folder: Path) -> list[Row]:
    records = [{"text": f"question {number % 200}"} for number in range(400)]
    plan = Plan(latency=0.05, requests=120, seconds=6.0, budget=budget, retry_after=3.0)
    with ModelServer(folder, plan) as server:
        with shell(server.url) as asker:
            outcomes, seconds = run(PROGRAM, records, asker)
        lines = server.lines()
    wrong = sum(
        outcome.record.get("answer") != answer_to(MODEL_FOR_CHATS, "", None, record["text"])
        for record, outcome in zip(records, outcomes, strict=True)
    )
    # A window leaves room for the 121st when the first has left it, 6 s later; a bucket fills by 20 in a second.
    most = 6.4 if budget == "window" else 4.6
    return [
        exactly(f"{budget}: accepted", len(accepted(lines)), 200),
        exactly("refused after the budget was told", len(refused_when_told(lines)), 0),
        exactly("sent before Retry-After was over", len(too_early(lines)), 0),
        exactly("wrong values", wrong, 0),
        at_most("seconds", seconds, most, " s"),
    ]


if __name__ == "__main__":
    sys.exit(main(TITLE, measure))
