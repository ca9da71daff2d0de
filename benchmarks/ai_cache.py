"""Embeddings that are known already: a change costs what has changed, and a warm run costs nothing but time."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ai_bench import MODEL_FOR_TEXTS, Row, at_least, exactly, main, run, shell
from tests.support.model_server.answers import mark_of, vector_of
from tests.support.model_server.plan import Plan
from tests.support.model_server.process import ModelServer

TITLE = "6. Embeddings that are in the cache"
PROGRAM = ".vector = embed!(.text)"
_TRIES = 3
_DIMENSIONS = 64


def measure(quick: bool, folder: Path) -> list[Row]:
    """Return the rows."""
    count = 10_000 if quick else 100_000
    texts = [f"text number {number}, of some length" for number in range(count)]
    cache = folder / "answers.sqlite"
    with ModelServer(folder, Plan(dimensions=_DIMENSIONS, lists_inputs=True)) as server:

        def asked(inputs: list[str]) -> tuple[list[str], float, int, float]:
            """Run on texts; return the marks of the inputs that were sent, seconds, wrong values, seconds of CPU."""
            before = len(server.lines())
            records = [{"text": text} for text in inputs]
            gc.collect()
            used = time.process_time()
            with shell(server.url, cache) as asker:
                outcomes, seconds = run(PROGRAM, records, asker)
            used = time.process_time() - used
            checked = range(0, len(inputs), 97)
            wrong = sum(
                outcomes[at].record.get("vector") != vector_of(MODEL_FOR_TEXTS, inputs[at], _DIMENSIONS)
                for at in checked
            )
            wrong += sum(outcome.status != "ok" for outcome in outcomes)
            marks = [mark for line in server.lines()[before:] for mark in line["marks"]]
            return marks, seconds, wrong, used

        cold, cold_seconds, wrong, _ = asked(texts)
        warm = [asked(texts) for _ in range(_TRIES)]
        changed = [*texts[: count // 2], "a text that is new", *texts[count // 2 + 1 :]]
        after_change = asked(changed)
        after_insert = asked(["a row in front", *texts])
    old = {mark_of(text) for text in texts}
    wrong += sum(each[2] for each in (*warm, after_change, after_insert))
    return [
        exactly(f"{count:,} texts, cold: inputs sent", len(cold), count),
        exactly("warm: inputs sent", sum(len(each[0]) for each in warm), 0),
        exactly("one input changed: inputs sent", len(after_change[0]), 1),
        exactly("one row in front: inputs sent that are old", sum(mark in old for mark in after_insert[0]), 0),
        exactly("wrong values", wrong, 0),
        at_least(f"warm: records a second, best of {_TRIES}", count / min(each[1] for each in warm), 50_000),
        Row("warm: records a second of CPU", f"{count / min(each[3] for each in warm):,.0f}", "for information", True),
        Row("cold: records a second", f"{count / cold_seconds:,.0f}", "for information", True),
    ]


if __name__ == "__main__":
    sys.exit(main(TITLE, measure))
