"""Compare this project with the real engine on generated programs.

    python -m tests.differential.against_vrl --count 100000 --seed 1

Needs `vector-vrl` (Python 3.12 or later). Ends with status 1 when there is an unexplained difference.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import sys
import time
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

import dtl
from dtl.values.decode import from_json
from dtl.values.encode import to_json
from tests.differential.generate import case, event_text

#: Gives the event as text that shows more than the embedding does (nested values, float spelling).
_EPILOGUE = '\n. = {"o": encode_json(.), "m": encode_json(%)}'


@dataclass(frozen=True)
class Answer:
    """What an engine made of a program: the messages of a refusal, or an outcome for each event."""

    refused: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


class EnginePanic(Exception):
    """The real engine gave up on a program by a bug of its own, so that it has no answer."""


def theirs(program: str, events: list[str]) -> Answer:
    """Ask the real engine; raise `EnginePanic` if it breaks."""
    try:
        return _theirs(program, events)
    except BaseException as error:  # a Rust panic is no `Exception`
        if type(error).__name__ == "PanicException":
            raise EnginePanic(str(error)) from error
        raise


def _theirs(program: str, events: list[str]) -> Answer:
    from vector_vrl import execute_vrl, validate_vrl  # only where the comparison is made

    checked = validate_vrl(program)
    if not checked.success:
        return Answer(refused=tuple(checked.error.split("\n")))
    found = []
    for text in events:
        result = execute_vrl(program + _EPILOGUE, [text], {})[0]
        if result.keys() == {"error", "original"}:
            message = result["error"]
            kind = "abort" if message.startswith("VRL aborted: ") else "error"
            found.append(f"{kind}: " + message.removeprefix("VRL aborted: ").removeprefix("VRL error: "))
        elif result.keys() == {"o", "m"}:
            found.append(f"ok: {result['o']} {result['m']}")
        else:
            found.append("returned")
    return Answer(outcomes=tuple(found))


def ours(program: str, events: list[str], backend: str) -> Answer:
    """Ask this project."""
    try:
        compiled = dtl.compile(program, dialect="vrl", backend=backend)
    except dtl.CompileError as error:
        return Answer(refused=tuple(found.message for found in error.diagnostics if found.is_error))
    found = []
    for text in events:
        outcome = compiled.run(from_json(text))
        if outcome.status == "ok":
            found.append(f"ok: {to_json(outcome.record)} {to_json(outcome.metadata)}")
        else:
            assert outcome.error is not None
            kind = "abort" if outcome.status == "aborted" else "error"
            found.append(f"{kind}: {outcome.error.message}")
    return Answer(outcomes=tuple(found))


def without_types(text: str) -> str:
    """Return an outcome without the field in which programs keep what `type_def` says."""
    if not text.startswith("ok: {"):
        return text
    event, end = json.JSONDecoder().raw_decode(text[4:])
    event.pop("t", None)
    return json.dumps(event, sort_keys=True) + text[4 + end :]


_MISCOUNTED = re.compile(r"[{\[]\s*[(\[]")

#: Differences that are known and explained: (reason, test on the program and both answers).
EXPLAINED: tuple[tuple[str, Any], ...] = (
    (
        "the type shown by `type_def` after a write at a negative index into an array of unknown length",
        lambda program, real, own: (
            "[-" in program
            and [without_types(text) for text in real.outcomes] == [without_types(text) for text in own.outcomes]
        ),
    ),
    (
        "the engine's lexer loses count of brackets in `{(1)}.a` and `[(1)][0]`, which its grammar allows",
        lambda program, real, own: (
            "syntax error" in real.refused
            and "syntax error" not in own.refused
            and _MISCOUNTED.search(program) is not None
        ),
    ),
    (
        "the engine's lexer ran past the end of a query (E210), an internal error of its own",
        lambda program, real, own: "unexpected parse error" in real.refused,
    ),
    (
        "a top-level return ends the program before the epilogue that shows the event",
        lambda program, real, own: (
            "returned" in real.outcomes
            and all(a == b or a == "returned" for a, b in zip(real.outcomes, own.outcomes, strict=True))
        ),
    ),
    (
        "the number of syntax errors after the first is not specified (spec 7.4)",
        lambda program, real, own: (
            bool(real.refused and own.refused) and real.refused[0] == own.refused[0] == "syntax error"
        ),
    ),
)


def explain(program: str, real: Answer, own: Answer) -> str | None:
    """Return why two answers may differ, or None."""
    return next((reason for reason, holds in EXPLAINED if holds(program, real, own)), None)


def compare(random: Random, backend: str) -> tuple[str, Any]:
    """Return "ran" or "refused" for equal answers, else "explained" or "different", with the particulars."""
    program, events = case(random)
    texts = [event_text(event) for event in events]
    own = ours(program, texts, backend)
    try:
        real = theirs(program, texts)
    except EnginePanic:
        return "explained", "the engine panicked"
    if normal(real) == normal(own):
        return ("refused" if real.refused else "ran"), None
    reason = explain(program, real, own)
    if reason is not None:
        return "explained", reason
    return "different", {"program": program, "events": events, "theirs": asdict(real), "ours": asdict(own)}


def normal(answer: Answer) -> Answer:
    """Return an answer without what no engine promises."""
    return Answer(answer.refused, tuple(re.sub(r"\s+$", "", text) for text in answer.outcomes))


def _work(task: tuple[int, int, str]) -> tuple[dict[str, int], list[Any]]:
    seed, count, backend = task
    random = Random(seed)
    counts: dict[str, int] = {}
    different = []
    for _ in range(count):
        state = random.getrandbits(64)
        try:
            verdict, details = compare(Random(state), backend)
        except Exception as error:  # a crash of either engine is a difference to look at
            verdict, details = "different", {"crash": repr(error), "state": state, "program": case(Random(state))[0]}
        label = f"explained: {details}" if verdict == "explained" else verdict
        counts[label] = counts.get(label, 0) + 1
        if verdict == "different":
            different.append(details)
    return counts, different


def main() -> int:
    """Run the comparison from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--backend", default="bytecode")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", type=int, default=10)
    parser.add_argument("--failures", help="write every difference to this file")
    options = parser.parse_args()
    started = time.monotonic()
    size = max(options.count // (options.jobs * 4), 1)
    tasks = [(options.seed * 1_000_003 + i, size, options.backend) for i in range(options.count // size)]
    counts: dict[str, int] = {}
    different: list[Any] = []
    with multiprocessing.get_context("spawn").Pool(options.jobs) as pool:
        for found, details in pool.imap_unordered(_work, tasks):
            different += details
            for verdict, number in found.items():
                counts[verdict] = counts.get(verdict, 0) + number
    for details in different[: options.show]:
        print(json.dumps(details, ensure_ascii=False, indent=1))
    if options.failures:
        with open(options.failures, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(details) + "\n" for details in different)
    total = sum(counts.values())
    print(f"seed {options.seed}: {total} programs in {time.monotonic() - started:.0f} s")
    for label, number in sorted(counts.items(), key=lambda item: -item[1]):
        print(f"{number:8}  {label}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
