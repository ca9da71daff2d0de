"""A service that fails in every way: no value on a wrong record, and a cause for each record without a value."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ai_bench import MODEL_FOR_CHATS, MODEL_FOR_TEXTS, Row, at_least, exactly, main, run, shell
from dtl.functions.standard import standard_library
from tests.support.model_server.answers import answer_to, vector_of
from tests.support.model_server.ledger import UNDER_WAY, after_refusal, too_early
from tests.support.model_server.plan import Plan
from tests.support.model_server.process import ModelServer

TITLE = "4. Records under a plan of faults"
DIMENSIONS = 16
#: What a model itself may make of a question, twice in a row: no fault of the service, and told as the cause.
_OWN_CAUSES = ("the model refuses", "was cut off", "makes no sense")
#: Every record gets a vector; every twentieth is judged too. Nothing is fatal: the cause stands in the record.
PROGRAM = """
.vector, .no_vector = embed(.text)
if mod!(.id, 20) == 0 {
    .mood, .no_mood = sentiment_analysis(.text)
}
"""
FAULTS = {
    "rate_limit": 0.02, "server": 0.03, "overloaded": 0.02, "timeout": 0.01, "reset": 0.02, "cut": 0.02,
    "truncated": 0.02, "html": 0.01, "shuffled": 0.10, "missing": 0.05, "foreign": 0.05, "extra": 0.03,
    "doubled": 0.05, "wrong_schema": 0.05, "prose": 0.02, "refused": 0.01, "too_long": 0.02,
}  # fmt: skip
_JUDGE = standard_library().get("sentiment_analysis").evaluate("any text").prompt  # type: ignore[union-attr]
_POISON, _MUTE, _SILLY = "~poison~", "~mute~", "~silly~"


def plan(seed: int = 1) -> Plan:
    """Return the plan of faults."""
    return Plan(
        latency=0.01,
        dimensions=DIMENSIONS,
        faults=FAULTS,
        seed=seed,
        hang=1.0,
        retry_after=0.5,
        poison=_POISON,
        mute=_MUTE,
        silly=_SILLY,
    )


def records_of(count: int) -> list[dict[str, Any]]:
    """Return records, a few of which can never be answered."""
    return [{"id": number, "text": f"text number {number}{_mark(number)}"} for number in range(count)]


def _mark(number: int) -> str:
    return {777: f" {_POISON}", 333: f" {_MUTE}", 500: f" {_SILLY}"}.get(number % 2000, "")


def measure(quick: bool, folder: Path) -> list[Row]:
    """Return the rows."""
    records = records_of(4_000 if quick else 100_000)
    with ModelServer(folder, plan()) as server:
        with shell(server.url, batch_size=256, timeout="3s", retries=8) as asker:
            outcomes, seconds = run(PROGRAM, records, asker)
        lines = server.lines()
    counts = judge(records, [outcome.record for outcome in outcomes])
    met = Counter(line["fault"] for line in lines if line["fault"])
    rows = [
        exactly(f"{len(records):,} records: values on a wrong record", counts["wrong"], 0),
        exactly("without a value, and no cause told", counts["silent"], 0),
        exactly("that can be answered, but have no value", counts["lost"], 0),
        exactly("that cannot be answered: told so", counts["told"], counts["hopeless"]),
        exactly("records that failed as a whole", sum(outcome.status != "ok" for outcome in outcomes), 0),
        exactly(
            f"sent more than {UNDER_WAY * 1000:.0f} ms after a 429, within its Retry-After", len(too_early(lines)), 0
        ),
        Row("that crossed a 429 on the wire: how many, longest after it", _crossed(lines), "for information", True),
        at_least("kinds of faults met", len(met), len(FAULTS) - 3 if quick else len(FAULTS) + 1),
        Row("requests, of which faulty", f"{len(lines):,} {sum(met.values()):,}", "for information", True),
        Row("seconds", f"{seconds:.1f}", "for information", True),
    ]
    return rows


def _crossed(lines: list[dict[str, Any]]) -> str:
    late = [late for _, late in after_refusal(lines)]
    return f"{len(late)}, {max(late, default=0.0) * 1000:.1f} ms"


def judge(records: list[dict[str, Any]], results: list[dict[str, Any]]) -> Counter[str]:
    """Count what became of records.

    Returns:
        wrong: Values that belong to another record. silent: Records without a value and without a cause. lost: Values
        that could have been had. hopeless: Values that could not. told: Those of them whose cause is told.
    """
    counts: Counter[str] = Counter()
    for record, result in zip(records, results, strict=True):
        text, number = record["text"], record["id"]
        counts["wrong"] += result.get("id") != number or result.get("text") != text
        vector = result.get("vector")
        has_vector = vector not in (None, [])
        counts["wrong"] += has_vector and vector != vector_of(MODEL_FOR_TEXTS, text, DIMENSIONS)
        _count(counts, has_vector, result.get("no_vector"), _POISON in text or _MUTE in text)
        if number % 20 == 0:
            mood = result.get("mood")
            counts["wrong"] += bool(mood) and mood != mood_of(text)
            _count(counts, bool(mood), result.get("no_mood"), _POISON in text or _SILLY in text)
    return counts


def _count(counts: Counter[str], has_value: bool, cause: Any, is_hopeless: bool) -> None:
    counts["hopeless"] += is_hopeless
    if has_value:
        return
    counts["silent"] += not cause
    counts["told"] += is_hopeless and bool(cause)
    counts["lost"] += not is_hopeless and not any(own in str(cause) for own in _OWN_CAUSES)


def mood_of(text: str) -> str:
    """Return the mood that the server sees in a text."""
    found: str = answer_to(MODEL_FOR_CHATS, _JUDGE.instructions, _JUDGE.schema, text)["sentiment"]
    return found


if __name__ == "__main__":
    sys.exit(main(TITLE, measure))
