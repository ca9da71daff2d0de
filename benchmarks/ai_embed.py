"""Texts with duplicates: as few requests as the provider's caps allow, each text sent once."""

from __future__ import annotations

import math
import random
import sys
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ai_bench import MODEL_FOR_TEXTS, Row, at_most, exactly, main, run, shell
from tests.support.model_server.answers import vector_of
from tests.support.model_server.ledger import inputs_of
from tests.support.model_server.plan import Plan
from tests.support.model_server.process import ModelServer

TITLE = "1. Embeddings of texts with duplicates"
PROGRAM = ".vector = embed!(.text)"
_MOST_INPUTS = 2048
_MOST_TOKENS = 300_000
_TRIES = 5


def measure(quick: bool, folder: Path) -> list[Row]:
    """Return the rows."""
    rows = _small(folder)
    count = 20_000 if quick else 200_000
    short = [f"short text number {number}" for number in range(count // 5)]
    rows += _drawn(f"{count:,} records, short texts", short, count, folder)
    count //= 10
    long = [f"long text number {number} " + "word " * 300 for number in range(count // 5)]
    rows += _drawn(f"{count:,} records, texts of 1,500 bytes", long, count, folder)
    return rows


def _small(folder: Path) -> list[Row]:
    """2,000 texts, 1,000 of them different; the best of several runs counts."""
    records = [{"text": f"text number {number % 1000}"} for number in range(2000)]
    best = math.inf
    wrong = 0
    with ModelServer(folder, Plan(latency=0.05, per_input=0.0005)) as server:
        for _ in range(_TRIES):
            with shell(server.url) as asker:
                outcomes, seconds = run(PROGRAM, records, asker)
            best = min(best, seconds)
            wrong += _wrong(records, outcomes)
        lines = server.lines()
    return [
        exactly("2,000 records, 1,000 texts: requests", len(lines) / _TRIES, 1.0),
        exactly("inputs", inputs_of(lines) / _TRIES, 1000.0),
        exactly("wrong values", wrong, 0),
        at_most(f"seconds, best of {_TRIES}", best, 0.65, " s"),
    ]


def _drawn(what: str, texts: Sequence[str], count: int, folder: Path) -> list[Row]:
    """Records whose texts follow Zipf's law."""
    sums = list(accumulate(1 / rank for rank in range(1, len(texts) + 1)))
    chance = random.Random(7)
    records = [{"text": texts[min(bisect(sums, chance.random() * sums[-1]), len(texts) - 1)]} for _ in range(count)]
    unique = {record["text"] for record in records}
    # Tokens as the server counts them, which is the same estimate that a client without a tokenizer makes.
    with ModelServer(folder, Plan(bytes_per_token=3, dimensions=8)) as server:
        with shell(server.url) as asker:
            outcomes, seconds = run(PROGRAM, records, asker)
        lines = server.lines()
    tokens = sum(line["tokens"] for line in lines)
    floor = max(math.ceil(len(unique) / _MOST_INPUTS), math.ceil(tokens / _MOST_TOKENS))
    return [
        exactly(f"{what}, {len(unique):,} different: requests", len(lines), floor),
        exactly("inputs", inputs_of(lines), len(unique)),
        exactly("wrong values", _wrong(records, outcomes, 8), 0),
        Row("records a second", f"{count / seconds:,.0f}", "for information", True),
    ]


def _wrong(records: Sequence[dict[str, str]], outcomes: Sequence[object], dimensions: int = 64) -> int:
    right = {text: vector_of(MODEL_FOR_TEXTS, text, dimensions) for text in {record["text"] for record in records}}
    pairs = zip(records, outcomes, strict=True)
    return sum(outcome.record.get("vector") != right[record["text"]] for record, outcome in pairs)  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main(TITLE, measure))
