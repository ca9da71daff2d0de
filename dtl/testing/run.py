"""Run cases: each event through the steps, what comes out against what is expected."""

from __future__ import annotations

import time
from functools import lru_cache
from typing import Any

from dtl.api import CompileError, compile
from dtl.backends.interpreter import Interpreted
from dtl.testing.case import ANYTHING, Case, Step, Verdict
from dtl.testing.differ import differences
from dtl.values.encode import to_json
from dtl.vm.outcome import Outcome
from dtl.vm.program import Program


@lru_cache(maxsize=256)
def _compiled(step: Step, timezone: str, coverage: bool) -> Program:
    options: dict[str, Any] = {"backend": "interpreter", "optimize": False} if coverage else {}
    return compile(step.text, dialect=step.dialect, name=step.name, timezone=timezone, **options)


def run_case(case: Case, file: str, coverage: bool = False) -> Verdict:
    """Run a case and judge it."""
    verdict = Verdict(file, case.name, 0.0, place=case.place)
    started = time.perf_counter()
    try:
        _judge(case, verdict, coverage)
    except CompileError as error:
        verdict.reasons.append(f"does not compile:\n{error}")
    verdict.seconds = time.perf_counter() - started
    return verdict


def _judge(case: Case, verdict: Verdict, coverage: bool) -> None:
    programs = [_compiled(step, case.timezone, coverage) for step in case.steps]
    for step, program in zip(case.steps, programs, strict=True):
        verdict.sources[step.name] = (step.text, step.dialect)
        if isinstance(program.code, Interpreted):
            program.code.trace = verdict.covered.setdefault(step.name, set())
    came_out: list[Any] = []
    last: Outcome | None = None
    for event in case.events:
        last = _through(case, programs, _made(event))
        if last is not None and last.status == "ok":
            came_out += last.record if isinstance(last.record, list) else [last.record]
    _compare(case, verdict, came_out, last)


def _made(event: Any) -> Any:
    """Return an event; one that a Vector test writes as a program is what the program makes."""
    if isinstance(event, dict) and event.keys() == {"__source"}:
        return compile(event["__source"], dialect="vrl").run({}).record
    return event


def _through(case: Case, programs: list[Program], event: Any) -> Outcome | None:
    outcome: Outcome | None = None
    for step, program in zip(case.steps, programs, strict=True):
        outcome = program.run(event, dict(case.metadata))
        if step.is_condition:
            outcome = Outcome("ok" if outcome.value is True else "dropped", None, event, outcome.metadata)
        if outcome.status != "ok":
            return outcome
        event = outcome.record
    return outcome or Outcome("ok", None, event, {})


def _compare(case: Case, verdict: Verdict, came_out: list[Any], last: Outcome | None) -> None:
    reasons = verdict.reasons
    message = last.error.message if last is not None and last.error is not None else ""
    status = last.status if last is not None else "ok"
    if case.error is not None:
        if status != "failed" or case.error not in message:
            reasons.append(f"expected an error with {case.error!r}, got {message or status!r}")
    elif case.aborted:
        wanted = case.aborted if isinstance(case.aborted, str) else ""
        if status != "aborted" or wanted not in message:
            reasons.append(f"expected an abort{f' with {wanted!r}' if wanted else ''}, got {message or status!r}")
    elif case.dropped:
        if came_out:
            reasons.append(f"expected nothing, got {to_json(came_out)}")
    elif status in ("failed", "aborted"):
        reasons.append(f"{status}: {last.error}" if last is not None else status)
    if case.expected is not ANYTHING and to_json(came_out) != to_json(case.expected):
        differing = "".join(f"\n{each}" for each in differences(case.expected, came_out))
        reasons.append(f"expected {to_json(case.expected)}\n     got {to_json(came_out)}{differing}")
        verdict.actual = came_out[0] if len(case.events) == 1 and len(came_out) == 1 else came_out
    if case.result is not ANYTHING and last is not None and to_json(last.value) != to_json(case.result):
        reasons.append(f"expected the result {to_json(case.result)}, got {to_json(last.value)}")
    if case.checks and not came_out:
        reasons.append("nothing came out to be checked")
    for check in case.checks:
        program = _compiled(check, case.timezone, False)
        for event in came_out:
            outcome = program.run(event)
            if outcome.status != "ok":
                reasons.append(f"assertion {check.text.strip()!r}: {outcome.error} for {to_json(event)}")
            elif outcome.value is False:
                reasons.append(f"assertion {check.text.strip()!r} does not hold for {to_json(event)}")
